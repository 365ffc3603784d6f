//! One row of the recordings list.

use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::recording_words::{matched, matched_says, party, people, trouble};
use crate::parts::words::{direction, length, named};
use crate::state::use_office;
use crate::words::{fill, plural, say};
use contract::recordings::{RecordingRow, RecordingState};
use leptos::prelude::*;
use model::RecordingMatch;

/// `index` is the row's place in the list, from 0.
#[component]
pub fn RecordingRowView(row: RecordingRow, index: usize) -> impl IntoView {
    let office = use_office();
    let recordings = office.recordings;
    let id = StoredValue::new(row.id.clone());
    let is = move |signal: RwSignal<Option<String>>| {
        Memo::new(move |_| signal.with(|known| id.with_value(|id| known.as_ref() == Some(id))))
    };
    let selected = is(recordings.selected);
    let opened = is(recordings.opened);
    let chosen = Memo::new(move |_| recordings.chosen.with(|chosen| id.with_value(|id| chosen.has(id))));
    let when = {
        let started_ms = row.started_ms;
        move || {
            let style = match recordings.query.with(|query| query.range.is_one_day()) {
                true => Style::Second,
                false => Style::DayAndSecond,
            };
            office.clock(style, started_ms)
        }
    };
    let reach = move || {
        let order = recordings.ids();
        let from = recordings.selected.get_untracked();
        id.with_value(|id| recordings.chosen.update(|chosen| chosen.reach(id, from.as_deref(), &order)));
    };
    let press = move |event: web_sys::MouseEvent| {
        let id = id.get_value();
        if event.shift_key() {
            reach();
        } else if event.ctrl_key() || event.meta_key() {
            recordings.chosen.update(|chosen| chosen.turn(&id));
        } else {
            recordings.opened.update(|opened| {
                *opened = if opened.as_ref() == Some(&id) { None } else { Some(id.clone()) }
            });
        }
        recordings.selected.set(Some(id));
    };
    // Shift chooses rows here; the browser would mark their text.
    let keep_unmarked = move |event: web_sys::MouseEvent| {
        if event.shift_key() {
            event.prevent_default();
        }
    };
    let tick = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        if event.shift_key() {
            reach();
        } else {
            id.with_value(|id| recordings.chosen.update(|chosen| chosen.turn(id)));
        }
    };
    let arrow = row.direction.map(|this| {
        let (arrow, word) = direction(this);
        view! { <span class="arrow mute" title=word>{arrow}<span class="sr-only">{word}</span></span> }
    });
    let (title, number) = party(&row);
    let label = fill("Choose the recording of {title}", &[("title", &title)]);
    let marks = row.clone();
    let unmatched = row.matched == RecordingMatch::None;
    view! {
        <div
            class="call-row recording-row"
            class:sel=move || selected.get() || opened.get() || chosen.get()
            class:trashed=row.trashed_ms.is_some()
            role="row"
            id=format!("recording-{}", row.id)
            aria-rowindex=(index + 2).to_string()
            aria-selected=move || (selected.get() || chosen.get()).to_string()
            aria-expanded=move || opened.get().to_string()
            data-testid="recording-row"
            data-recording-id=row.id.clone()
            on:mousedown=keep_unmarked
            on:click=press
        >
            <div role="gridcell" class="r-choose">
                <input type="checkbox" tabindex="-1" aria-label=label data-testid="recording-choose" prop:checked=chosen on:click=tick />
            </div>
            <div role="gridcell" class="r-play"><PlayButton id=row.id.clone() title=title.clone() state=row.state /></div>
            <div role="gridcell" class="r-when">{when}</div>
            <div role="gridcell" class="r-length n">{length(row.length_ms)}</div>
            <div role="gridcell" class="r-party" data-testid="recording-party">
                {arrow}
                <span class="b">{title}</span>
                {number.map(|number| view! { <span class="faint sm">" "{number}</span> })}
            </div>
            <div role="gridcell" class="r-people">{people(&row)}</div>
            <div role="gridcell" class="r-group mute">{row.group.as_ref().map(|group| named(group).to_owned())}</div>
            <div role="gridcell" class="r-match sm" class:unmatched=unmatched data-testid="recording-match" title=matched_says(&row)>{matched(&row)}</div>
            <div role="gridcell" class="r-tags sm mute">{row.tags.join(", ")}</div>
            <div role="gridcell" class="r-score n">{row.score.map(|score| format!("{score:.0}"))}</div>
            <div role="gridcell" class="r-marks"><Marks row=marks /></div>
        </div>
    }
}

/// Plays the row, or pauses it while it plays.
#[component]
fn PlayButton(id: String, title: String, state: RecordingState) -> impl IntoView {
    let office = use_office();
    let player = office.player;
    let recordings = office.recordings;
    let id = StoredValue::new(id);
    let is_on = Memo::new(move |_| id.with_value(|id| player.is_loaded(id)));
    let plays = Memo::new(move |_| is_on.get() && player.playing.get());
    let label = move || {
        if plays.get() {
            fill("Pause {title}", &[("title", &title)])
        } else {
            fill("Play {title}", &[("title", &title)])
        }
    };
    let hint = move || {
        let label = if plays.get() { say("Pause") } else { say("Play") };
        fill("{label} ( Space )", &[("label", label)])
    };
    let press = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        let id = id.get_value();
        recordings.selected.set(Some(id.clone()));
        player.play_or_pause(&id, &recordings.ids());
    };
    view! {
        <button
            type="button"
            class="play"
            class:on=is_on
            tabindex="-1"
            data-testid="recording-play"
            aria-label=label
            title=hint
            disabled=state == RecordingState::Missing || state == RecordingState::Locked
            on:click=press
        >
            {move || view! { <Icon of=if plays.get() { Glyph::Pause } else { Glyph::Play } /> }}
        </button>
    }
}

#[component]
fn Marks(row: RecordingRow) -> impl IntoView {
    let mark = |glyph: Glyph, says: String, class: &'static str, word: &'static str| {
        view! {
            <span class=format!("mark {class}") title=says.clone() data-testid=format!("recording-mark-{word}")>
                <Icon of=glyph />
                <span class="sr-only">{says.clone()}</span>
            </span>
        }
    };
    let notes = (row.notes > 0).then(|| {
        view! {
            <span class="mark" title=plural(u64::from(row.notes), "{count} note", "{count} notes") data-testid="recording-mark-notes">
                <Icon of=Glyph::Note />
                {row.notes}
            </span>
        }
    });
    view! {
        {notes}
        {row.held.then(|| mark(Glyph::Hold, say("Under legal hold: nothing deletes it").to_owned(), "", "held"))}
        {row.trashed_ms.map(|_| mark(Glyph::Trash, say("In the trash").to_owned(), "", "trash"))}
        {trouble(row.state).map(|(word, says)| mark(Glyph::Warning, format!("{word}: {says}"), "bad", "damaged"))}
    }
}
