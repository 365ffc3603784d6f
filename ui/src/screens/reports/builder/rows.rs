//! What the rows of a report are: figures of things or of stretches of time, calls, or events.

use crate::state::report_draft::{RowsKind, set_dimension, set_kind};
use crate::state::reports::Reports;
use crate::state::use_office;
use crate::words::{say, term};
use leptos::prelude::*;
use model::report::{Dimension, Rows};

#[component]
pub fn RowsChoice() -> impl IntoView {
    let reports = use_office().reports;
    let kind = Memo::new(move |_| reports.definition.with(|of| of.as_ref().map(|of| RowsKind::of(&of.rows))));
    let buttons = RowsKind::ALL.map(|this| {
        let is_on = move || kind.get() == Some(this);
        let testid = match this {
            RowsKind::Figures => "builder-figures",
            RowsKind::Calls => "builder-calls",
            RowsKind::Events => "builder-events",
        };
        view! {
            <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() data-testid=testid on:click=move |_| reports.change(|of| set_kind(of, this))>
                {this.title()}
            </button>
        }
    });
    view! {
        <fieldset class="builder-part">
            <legend>{say("Rows")}</legend>
            <div class="segmented" role="group" aria-label=say("What rows are")>{buttons.into_iter().collect_view()}</div>
            <Show when=move || kind.get() == Some(RowsKind::Figures)>
                <SplitBy reports place=0 words=say("One row for each") none=say("everything together") />
                <Show when=move || { !split(reports).is_empty() }>
                    <SplitBy reports place=1 words=say("and each") none=say("nothing more") />
                </Show>
            </Show>
            {move || match kind.get() {
                Some(RowsKind::Calls) => Some(view! { <p class="says">{say("One row for each call; a click opens it.")}</p> }),
                Some(RowsKind::Events) => Some(view! { <p class="says">{say("One row for each event of each call.")}</p> }),
                Some(RowsKind::Figures) | None => None,
            }}
        </fieldset>
    }
}

#[component]
fn SplitBy(reports: Reports, place: usize, words: &'static str, none: &'static str) -> impl IntoView {
    let now = Memo::new(move |_| split(reports).get(place).copied());
    let other = Memo::new(move |_| split(reports).get(1 - place).copied());
    let option = move |this: Dimension| {
        view! {
            <option value=this.label() selected=move || now.get() == Some(this) disabled=move || other.get() == Some(this)>{term(this.label())}</option>
        }
    };
    let of_things = Dimension::ALL.into_iter().filter(|this| !this.is_interval()).map(option).collect_view();
    let of_time = Dimension::ALL.into_iter().filter(|this| this.is_interval()).map(option).collect_view();
    let choose = move |event| {
        let label = event_target_value(&event);
        let dimension = Dimension::ALL.into_iter().find(|this| this.label() == label);
        reports.change(|of| set_dimension(of, place, dimension));
    };
    view! {
        <label class="field">
            <span>{words}</span>
            <select data-testid=format!("builder-by-{place}") on:change=choose>
                <option value="" selected=move || now.get().is_none()>{none}</option>
                <optgroup label=say("Things")>{of_things}</optgroup>
                <optgroup label=say("Time")>{of_time}</optgroup>
            </select>
        </label>
    }
}

fn split(reports: Reports) -> Vec<Dimension> {
    reports.definition.with(|of| match of.as_ref().map(|of| &of.rows) {
        Some(Rows::Summed { by, measures: _ }) => by.clone(),
        Some(Rows::Calls { .. } | Rows::Events { .. }) | None => Vec::new(),
    })
}
