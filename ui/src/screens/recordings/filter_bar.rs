//! The filter as a sentence of chips, more of it behind a button, and the totals of what it leaves.

use super::filter_menu::FilterMenu;
use crate::parts::clock::number;
use crate::parts::filter_text::FilterText;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::recording_words::{bytes, many_recordings};
use crate::parts::words::spoken_length;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::recordings::RecordingTotals;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn FilterBar(filter_text: NodeRef<html::Input>) -> impl IntoView {
    let office = use_office();
    let recordings = office.recordings;
    let chips =
        Memo::new(move |_| recordings.query.with(|query| query.chips(|number| office.name_of(number))));
    let sentence =
        Memo::new(move |_| recordings.query.with(|query| query.sentence(|number| office.name_of(number))));
    let text =
        Signal::derive(move || recordings.query.with(|query| query.filter.text.clone().unwrap_or_default()));
    let apply = Callback::new(move |text: Option<String>| recordings.filter(|filter| filter.text = text));
    view! {
        <div class="chips" role="group" aria-label=say("Filter")>
            <For each=move || chips.get() key=|chip| chip.clone() let:chip>
                <span class="chip" data-testid="chip">
                    {chip.1.clone()}
                    <button type="button" aria-label=fill("Remove {filter}", &[("filter", &chip.1)]) title=say("Remove") on:click=move |_| recordings.remove_part(chip.0)>
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
            <span class="sm mute totals" role="status" data-testid="recording-totals">
                {move || {
                    if recordings.totals.failure.with(Option::is_some) {
                        return say("The totals could not be counted").to_owned();
                    }
                    recordings.totals.answer.get().map(|totals| words(&totals)).unwrap_or_default()
                }}
            </span>
            <p class="sr-only" role="status">{move || sentence.get()}</p>
        </div>
    }
}

fn words(totals: &RecordingTotals) -> String {
    let mut parts = vec![many_recordings(totals.recordings)];
    if totals.recordings > 0 {
        parts.push(spoken_length(totals.length_ms));
        parts.push(bytes(totals.bytes));
    }
    if totals.unmatched > 0 {
        parts.push(fill("{count} without a call", &[("count", &number(totals.unmatched))]));
    }
    parts.join(" · ")
}
