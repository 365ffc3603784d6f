//! The filter as a sentence of chips, more of it behind a button, and the totals of what it leaves.

use super::filter_menu::FilterMenu;
use crate::parts::clock::number;
use crate::parts::filter_text::FilterText;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::words::spoken_length;
use crate::state::{CallQuery, use_office};
use crate::words::{fill, say};
use contract::calls::CallTotals;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn FilterBar(filter_text: NodeRef<html::Input>) -> impl IntoView {
    let office = use_office();
    let calls = office.calls;
    let chips = Memo::new(move |_| {
        let chips = calls.query.with(|query| query.chips(|number| office.name_of(number)));
        chips.into_iter().map(|chip| (chip.part, chip.text)).collect::<Vec<_>>()
    });
    let sentence =
        Memo::new(move |_| calls.query.with(|query| query.sentence(|number| office.name_of(number))));
    let text =
        Signal::derive(move || calls.query.with(|query| query.filter.text.clone().unwrap_or_default()));
    let apply = Callback::new(move |text: Option<String>| {
        let query = calls.query.get_untracked();
        calls.show(CallQuery { filter: contract::calls::CallFilter { text, ..query.filter }, ..query });
    });
    view! {
        <div class="chips" role="group" aria-label=say("Filter")>
            <For each=move || chips.get() key=|chip| chip.clone() let:chip>
                <span class="chip" data-testid="chip">
                    {chip.1.clone()}
                    <button
                        type="button"
                        aria-label=fill("Remove {filter}", &[("filter", &chip.1)])
                        title=say("Remove")
                        on:click=move |_| calls.remove_part(chip.0)
                    >
                        <Icon of=Glyph::Close />
                    </button>
                </span>
            </For>
            <FilterMenu />
            <FilterText
                input=filter_text
                text
                apply
                hint=say("Name, number, note, tag")
                label=say("Filter by name, number, note, tag")
            />
            <span class="sp"></span>
            <Totals />
            <p class="sr-only" role="status">{move || sentence.get()}</p>
        </div>
    }
}

#[component]
fn Totals() -> impl IntoView {
    let totals = use_office().calls.totals;
    view! {
        <span class="sm mute totals" role="status" data-testid="totals">
            {move || {
                if totals.failure.with(Option::is_some) {
                    return say("The totals could not be counted").to_owned();
                }
                totals.answer.get().map(|totals| words(&totals)).unwrap_or_default()
            }}
        </span>
    }
}

fn words(totals: &CallTotals) -> String {
    let calls = match totals.calls {
        1 => say("1 call").to_owned(),
        many => fill("{count} calls", &[("count", &number(many))]),
    };
    let mut parts = vec![
        calls,
        fill("{count} answered", &[("count", &number(totals.answered))]),
        fill("{count} abandoned", &[("count", &number(totals.abandoned))]),
    ];
    if let Some(wait_ms) = totals.mean_wait_ms {
        parts.push(fill("mean wait {length}", &[("length", &spoken_length(wait_ms))]));
    }
    parts.join(" · ")
}
