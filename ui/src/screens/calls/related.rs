//! Calls that belong to the opened one, and what was decided about it by hand.

use super::deciding::{Deciding, Parting};
use crate::parts::basis_words::relation;
use crate::parts::clock::Style;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::calls::RelatedCall;
use contract::decisions::DecisionLine;
use leptos::prelude::*;

#[component]
pub fn RelatedCalls(
    related: Vec<RelatedCall>,
    look_at: Callback<String>,
    deciding: Deciding,
) -> impl IntoView {
    let lines = related.into_iter().map(|other| {
        let lead = relation(other.relation);
        let id = other.id.clone();
        let known = other.says.clone().map(heard);
        let link = match known {
            Some(says) => view! {
                <button type="button" class="link" data-testid="related-call" data-call-id=id.clone() on:click=move |_| look_at.run(id.clone())>
                    {says}
                </button>
            }
            .into_any(),
            None => view! { <span class="mute">{say("a call that is not in the library")}</span> }.into_any(),
        };
        let part = move |_| deciding.parting.set(Some(Parting::Related(other.clone())));
        view! {
            <li>
                <span class="mute">{lead}": "</span>
                {link}
                <button type="button" class="link quiet-link" data-testid="part-related" on:click=part>{say("Not part of it?")}</button>
            </li>
        }
    });
    view! { <ul class="related sm" aria-label=say("Calls that belong to this one")>{lines.collect_view()}</ul> }
}

#[component]
pub fn DecisionLines(decisions: Vec<DecisionLine>, deciding: Deciding) -> impl IntoView {
    let office = use_office();
    let lines = decisions.into_iter().map(|line| {
        let when = office.clock(Style::DateAndMinute, line.at_ms);
        let over = line.taken_back;
        let says = heard(&line.says);
        let take_back = move |_| deciding.taking_back.set(Some(line.clone()));
        view! {
            <li class:over=over data-testid="decision">
                <span>{says}</span>
                <span class="mute">" "{fill("by hand, {when}", &[("when", &when)])}</span>
                {if over {
                    view! { <span class="mute">" · "{say("taken back")}</span> }.into_any()
                } else {
                    view! {
                        " "
                        <button type="button" class="link" data-testid="take-back" on:click=take_back>{say("Take back")}</button>
                    }
                        .into_any()
                }}
            </li>
        }
    });
    view! { <ul class="decided" aria-label=say("Decided by hand")>{lines.collect_view()}</ul> }
}
