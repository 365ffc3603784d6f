//! The screen of calls: asks when the question changes, and hears its keys.

use super::filter_bar::FilterBar;
use super::table::CallTable;
use crate::parts::keyboard::{floats_above, has_modifier, is_typing, on_a_button};
use crate::parts::notice::NoSite;
use crate::state::{Office, use_office};
use leptos::html;
use leptos::prelude::*;

/// How far Page Up and Page Down move: a little less than a screenful, so that one keeps one's place.
const PAGE_ROWS: usize = 12;

#[component]
pub fn CallsScreen() -> impl IntoView {
    let office = use_office();
    let calls = office.calls;
    // Ranges are cut by the office's days: asked anew when the question changes, and at midnight.
    Effect::new(move |_| {
        let query = calls.query.get();
        office.ask_again.track();
        office.settings_changed.track();
        office.today.track();
        let filter = query.to_filter(office.now_untracked_ms(), |at_ms| office.offset_ms(at_ms));
        calls.ask(&query, filter);
    });
    Effect::new(move |before: Option<()>| {
        office.figures_changed.track();
        if before.is_some() {
            calls.ask_totals_soon();
        }
    });
    let filter_text = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if hear_key(office, filter_text, list, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
    let set_up = Callback::new(move |()| office.setup.begin());
    view! {
        <Show when=move || !office.is_first_run() fallback=move || view! { <NoSite set_up /> }>
            <div class="calls" data-testid="calls">
                <FilterBar filter_text />
                <CallTable scroller=list />
            </div>
        </Show>
    }
}

/// True when the key was meant for the list.
fn hear_key(
    office: Office,
    filter_text: NodeRef<html::Input>,
    list: NodeRef<html::Div>,
    event: &web_sys::KeyboardEvent,
) -> bool {
    let calls = office.calls;
    if has_modifier(event) || floats_above(event) || is_typing(event) {
        return false;
    }
    let key = event.key();
    match key.as_str() {
        "ArrowDown" => move_by(office, list, |at, _| at.map_or(0, |at| at + 1)),
        "ArrowUp" => move_by(office, list, |at, _| at.unwrap_or_default().saturating_sub(1)),
        "PageDown" => move_by(office, list, |at, _| at.unwrap_or_default() + PAGE_ROWS),
        "PageUp" => move_by(office, list, |at, _| at.unwrap_or_default().saturating_sub(PAGE_ROWS)),
        "Home" => move_by(office, list, |_, _| 0),
        "End" => move_by(office, list, |_, last| last),
        "Enter" if !on_a_button(event) => {
            let selected = calls.selected.get_untracked();
            if selected.is_some() {
                calls.opened.update(|opened| *opened = if *opened == selected { None } else { selected });
            }
        }
        "Escape" if calls.opened.with_untracked(Option::is_some) => calls.opened.set(None),
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

/// Moves the selection, and the focus to the list: the next Enter is meant for it.
fn move_by(office: Office, list: NodeRef<html::Div>, next: impl Fn(Option<usize>, usize) -> usize) {
    let calls = office.calls;
    let selected = calls.selected.get_untracked();
    let found = calls.list.with_untracked(|list| {
        let last = list.rows().len().checked_sub(1)?;
        let at = selected.as_deref().and_then(|id| list.index_of(id));
        let to = next(at, last).min(last);
        list.rows().get(to).map(|listed| listed.row.id.clone())
    });
    if let Some(id) = found {
        calls.selected.set(Some(id));
        if let Some(list) = list.get_untracked() {
            let _ = list.focus();
        }
    }
}
