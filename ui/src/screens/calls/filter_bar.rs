//! The filter as a sentence of chips, more of it behind a button, and the totals of what it leaves.

use super::filter_menu::FilterMenu;
use crate::parts::clock::number;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::words::spoken_length;
use crate::state::{CallQuery, use_office};
use contract::calls::CallTotals;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

const TYPING_PAUSE: Duration = Duration::from_millis(200);

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
    view! {
        <div class="chips" role="group" aria-label="Filter">
            <For each=move || chips.get() key=|chip| chip.clone() let:chip>
                <span class="chip" data-testid="chip">
                    {chip.1.clone()}
                    <button
                        type="button"
                        aria-label=format!("Remove {}", chip.1)
                        title="Remove"
                        on:click=move |_| calls.remove_part(chip.0)
                    >
                        <Icon of=Glyph::Close />
                    </button>
                </span>
            </For>
            <FilterMenu />
            <FilterText input=filter_text />
            <span class="sp"></span>
            <Totals />
            <p class="sr-only" role="status">{move || sentence.get()}</p>
        </div>
    }
}

#[component]
fn FilterText(input: NodeRef<html::Input>) -> impl IntoView {
    let calls = use_office().calls;
    let typed = RwSignal::new(0_u32);
    let text = Memo::new(move |_| calls.query.with(|query| query.filter.text.clone().unwrap_or_default()));
    let apply = move |text: String| {
        let query = calls.query.get_untracked();
        let wanted = text.trim().to_owned();
        let text = (!wanted.is_empty()).then_some(wanted);
        calls.show(CallQuery { filter: contract::calls::CallFilter { text, ..query.filter }, ..query });
    };
    let type_on = move |event| {
        let value = event_target_value(&event);
        typed.update(|count| *count += 1);
        let now_typed = typed.get_untracked();
        set_timeout(
            move || {
                if typed.try_get_untracked() == Some(now_typed) {
                    apply(value);
                }
            },
            TYPING_PAUSE,
        );
    };
    let leave = move |event: web_sys::KeyboardEvent| {
        if matches!(event.key().as_str(), "Escape" | "Enter") {
            event.stop_propagation();
            if let Some(input) = input.get_untracked() {
                let _ = input.blur();
            }
        }
    };
    view! {
        <input
            class="filter-text"
            type="text"
            placeholder="Name or number"
            aria-label="Filter by name or number"
            aria-keyshortcuts="/"
            title="Filter by name or number ( / )"
            autocomplete="off"
            spellcheck="false"
            data-testid="filter-text"
            node_ref=input
            prop:value=text
            on:input=type_on
            on:keydown=leave
        />
    }
}

#[component]
fn Totals() -> impl IntoView {
    let totals = use_office().calls.totals;
    view! {
        <span class="sm mute totals" role="status" data-testid="totals">
            {move || {
                if totals.failure.with(Option::is_some) {
                    return "The totals could not be counted".to_owned();
                }
                totals.answer.get().map(|totals| words(&totals)).unwrap_or_default()
            }}
        </span>
    }
}

fn words(totals: &CallTotals) -> String {
    let calls =
        if totals.calls == 1 { "1 call".to_owned() } else { format!("{} calls", number(totals.calls)) };
    let mut parts = vec![
        calls,
        format!("{} answered", number(totals.answered)),
        format!("{} abandoned", number(totals.abandoned)),
    ];
    if let Some(wait_ms) = totals.mean_wait_ms {
        parts.push(format!("mean wait {}", spoken_length(wait_ms)));
    }
    parts.join(" · ")
}
