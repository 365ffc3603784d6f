//! The screen of recordings: asks when the question changes, and hears its keys.

use super::acting::{Acting, ActionBar};
use super::filter_bar::FilterBar;
use super::head::Head;
use super::locked::Locked;
use super::opened::Opened;
use super::scores::ScoresByPerson;
use super::table::RecordingTable;
use crate::parts::keyboard::{floats_above, has_modifier, is_typing, on_a_button};
use crate::state::recording_list::RecordingList;
use crate::state::recordings::RecordingsTab;
use crate::state::selection::Selection;
use crate::state::{Office, use_office};
use leptos::html;
use leptos::prelude::*;

/// How far Page Up and Page Down move: a little less than a screenful, so that one keeps one's place.
const PAGE_ROWS: usize = 12;

#[component]
pub fn RecordingsScreen() -> impl IntoView {
    let recordings = use_office().recordings;
    view! {
        <div class="calls">
        <Head />
        {move || match recordings.tab.get() {
            RecordingsTab::List => view! { <Library /> }.into_any(),
            RecordingsTab::Scores => view! { <ScoresByPerson /> }.into_any(),
        }}
        </div>
    }
}

#[component]
fn Library() -> impl IntoView {
    let office = use_office();
    let recordings = office.recordings;
    // Ranges are cut by the office's days: asked anew when the question changes, and at midnight.
    Effect::new(move |_| {
        let query = recordings.query.get();
        office.ask_again.track();
        office.settings_changed.track();
        office.today.track();
        let filter = query.to_filter(office.now_untracked_ms(), |at_ms| office.offset_ms(at_ms));
        recordings.ask(&query, filter);
    });
    Effect::new(move |before: Option<()>| {
        office.recordings_changed.track();
        office.remarked.track();
        if before.is_some() {
            recordings.refresh();
        }
    });
    let acting = Acting::here();
    let filter_text = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if hear_key(office, acting, filter_text, list, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="recordings" data-testid="recordings">
            <FilterBar filter_text />
            <Locked />
            <ActionBar acting />
            <Elsewhere acting />
            <RecordingTable scroller=list acting />
        </div>
    }
}

/// A recording that was gone to and does not stand in the list, above it.
#[component]
fn Elsewhere(acting: Acting) -> impl IntoView {
    let recordings = use_office().recordings;
    let id = Memo::new(move |_| {
        let id = recordings.opened.get().filter(|_| recordings.known.get())?;
        recordings.list.with(|list| list.index_of(&id).is_none()).then_some(id)
    });
    let details_px = RwSignal::new(0.0);
    move || {
        id.get().map(|id| {
            view! {
                <div class="card opened-alone" data-testid="recording-alone">
                    <Opened id details_px acting />
                </div>
            }
        })
    }
}

/// True when the key was meant for the list.
fn hear_key(
    office: Office,
    acting: Acting,
    filter_text: NodeRef<html::Input>,
    list: NodeRef<html::Div>,
    event: &web_sys::KeyboardEvent,
) -> bool {
    let recordings = office.recordings;
    if floats_above(event) || is_typing(event) {
        return false;
    }
    let key = event.key();
    let all = (event.ctrl_key() || event.meta_key()) && matches!(key.as_str(), "a" | "A");
    if all {
        recordings.chosen.update(|chosen| chosen.all(&recordings.ids()));
        return true;
    }
    if has_modifier(event) {
        return false;
    }
    let reach = if event.shift_key() { Reach::Chooses } else { Reach::Moves };
    match key.as_str() {
        "ArrowDown" => move_by(office, list, reach, |at, _| at.map_or(0, |at| at + 1)),
        "ArrowUp" => move_by(office, list, reach, |at, _| at.unwrap_or_default().saturating_sub(1)),
        "PageDown" => move_by(office, list, reach, |at, _| at.unwrap_or_default() + PAGE_ROWS),
        "PageUp" => move_by(office, list, reach, |at, _| at.unwrap_or_default().saturating_sub(PAGE_ROWS)),
        "Home" => move_by(office, list, reach, |_, _| 0),
        "End" => move_by(office, list, reach, |_, last| last),
        "x" | "X" => {
            if let Some(id) = recordings.selected.get_untracked() {
                recordings.chosen.update(|chosen| chosen.turn(&id));
            }
        }
        "Enter" if !on_a_button(event) => {
            let selected = recordings.selected.get_untracked();
            if selected.is_some() {
                recordings
                    .opened
                    .update(|opened| *opened = if *opened == selected { None } else { selected });
            }
        }
        "Delete" => acting.trash(recordings.meant()),
        "Escape" if recordings.chosen.with_untracked(|chosen| !chosen.is_empty()) => {
            recordings.chosen.update(Selection::clear);
        }
        "Escape" if recordings.opened.with_untracked(Option::is_some) => recordings.opened.set(None),
        "/" => {
            if let Some(input) = filter_text.get_untracked() {
                let _ = input.focus();
                input.select();
            }
        }
        _ => return false,
    }
    true
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Moves,
    Chooses,
}

/// Moves the selection, and the focus to the list: the next Enter is meant for it.
fn move_by(
    office: Office,
    list: NodeRef<html::Div>,
    reach: Reach,
    next: impl Fn(Option<usize>, usize) -> usize,
) {
    let recordings = office.recordings;
    let selected = recordings.selected.get_untracked();
    let found = recordings.list.with_untracked(|list| {
        let last = list.rows().len().checked_sub(1)?;
        let at = selected.as_deref().and_then(|id| list.index_of(id));
        list.rows().get(next(at, last).min(last)).map(|row| row.id.clone())
    });
    let Some(id) = found else { return };
    if reach == Reach::Chooses {
        let order = recordings.list.with_untracked(RecordingList::ids);
        recordings.chosen.update(|chosen| chosen.reach(&id, selected.as_deref(), &order));
    }
    recordings.selected.set(Some(id));
    if let Some(list) = list.get_untracked() {
        let _ = list.focus();
    }
}
