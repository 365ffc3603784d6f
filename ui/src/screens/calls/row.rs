//! One row of the call list.

use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::words::{direction, length, named, outcome, outcome_class, party};
use crate::state::use_office;
use crate::words::{fill, plural, say};
use contract::calls::{CallRow, Named};
use leptos::prelude::*;

/// More names than this do not fit; the rest is in the opened call.
const NAMES: usize = 3;

/// The list that a row stands in.
#[derive(Clone, Copy)]
pub struct Listing {
    /// Which row the keys act on.
    pub selected: RwSignal<Option<String>>,
    pub opened: RwSignal<Option<String>>,
    /// Rows of one day need no date.
    pub when: Signal<Style>,
}

/// `index` is the row's place in the list, from 0.
#[component]
pub fn CallRowView(row: CallRow, index: usize, listing: Listing) -> impl IntoView {
    let office = use_office();
    let id = StoredValue::new(row.id.clone());
    let selected = Memo::new(move |_| {
        listing.selected.with(|selected| id.with_value(|id| selected.as_ref() == Some(id)))
    });
    let opened =
        Memo::new(move |_| listing.opened.with(|opened| id.with_value(|id| opened.as_ref() == Some(id))));
    let when = {
        let started_ms = row.started_ms;
        move || office.clock(listing.when.get(), started_ms)
    };
    let toggle = move |_| {
        let id = id.get_value();
        listing.selected.set(Some(id.clone()));
        listing.opened.update(|opened| *opened = if opened.as_ref() == Some(&id) { None } else { Some(id) });
    };
    let (arrow, word) = direction(row.direction);
    let (title, number) = party(&row);
    let talked = if row.talked.is_empty() { "–".to_owned() } else { names(&row.talked, " → ") };
    view! {
        <div
            class="call-row"
            class:sel=move || selected.get() || opened.get()
            class:live=row.ended_ms.is_none()
            role="row"
            id=format!("call-{}", row.id)
            aria-rowindex=(index + 2).to_string()
            aria-selected=move || selected.get().to_string()
            aria-expanded=move || opened.get().to_string()
            data-testid="call-row"
            data-call-id=row.id.clone()
            on:click=toggle
        >
            <div role="gridcell" class="c-time">{when}</div>
            <div role="gridcell" class="c-length n"><Length row=row.clone() /></div>
            <div role="gridcell" class="c-direction mute">
                <span aria-hidden="true">{arrow}</span>
                " "
                {word}
            </div>
            <div role="gridcell" class="c-party" data-testid="call-party">
                <span class="b">{title}</span>
                {number.map(|number| view! { <span class="faint sm">" "{number}</span> })}
                {row.emergency.then(|| view! { <span class="tag bad">" "{say("emergency")}</span> })}
            </div>
            <div role="gridcell" class="c-talked">{talked}</div>
            <div role="gridcell" class="c-group mute">{names(&row.groups, ", ")}</div>
            <div role="gridcell" class="c-outcome" data-testid="call-outcome">
                <span class=outcome_class(&row.outcome)>{outcome(&row.outcome)}</span>
                <CallMarks row=row.clone() />
            </div>
        </div>
    }
}

/// Tags, notes, and the recording, which a click plays.
#[component]
fn CallMarks(row: CallRow) -> impl IntoView {
    let player = use_office().player;
    let tags = row.tags.join(", ");
    let tags = (!tags.is_empty()).then(|| {
        view! { <span class="mark call-tags" title=tags.clone()><Icon of=Glyph::Tag /><span class="sr-only">{tags.clone()}</span></span> }
    });
    let notes = (row.notes > 0).then(|| {
        let says = plural(u64::from(row.notes), "{count} note", "{count} notes");
        view! { <span class="mark" data-testid="call-notes" title=says.clone()><Icon of=Glyph::Note />{row.notes}<span class="sr-only">{says.clone()}</span></span> }
    });
    let recordings = row.recordings;
    let id = StoredValue::new(row.id);
    let is_on = Memo::new(move |_| {
        player.view.with(|view| {
            view.recording
                .as_ref()
                .is_some_and(|recording| id.with_value(|id| recording.call.as_ref() == Some(id)))
        })
    });
    let plays = Memo::new(move |_| is_on.get() && player.playing.get());
    let label = move || if plays.get() { say("Pause the recording") } else { say("Play the recording") };
    let play = (recordings > 0).then(|| {
        view! {
            <button
                type="button"
                class="play"
                class:on=is_on
                tabindex="-1"
                data-testid="call-play"
                aria-label=label
                title=move || fill("{label} ( Space )", &[("label", label())])
                on:click=move |event| {
                    event.stop_propagation();
                    id.with_value(|id| player.play_call(id));
                }
            >
                {move || view! { <Icon of=if plays.get() { Glyph::Pause } else { Glyph::Play } /> }}
            </button>
        }
    });
    view! { <span class="call-marks">{tags}{notes}{play}</span> }
}

/// A call that lives shows how long it has, second by second.
#[component]
fn Length(row: CallRow) -> impl IntoView {
    let office = use_office();
    let started_ms = row.started_ms;
    match row.ended_ms {
        Some(ended_ms) => length(ended_ms - started_ms).into_any(),
        None => (move || length(office.now_ms.get() - started_ms)).into_any(),
    }
}

fn names(of: &[Named], between: &str) -> String {
    let mut shown: Vec<&str> = of.iter().take(NAMES).map(named).collect();
    if of.len() > NAMES {
        shown.push("…");
    }
    shown.join(between)
}
