//! The call list: only the rows that can be seen stand in the page, and pages are fetched as one scrolls.

use super::opened::Opened;
use super::row::{CallRowView, Listing};
use super::table_head::TableHead;
use crate::parts::clock::Style;
use crate::parts::copy::marked;
use crate::parts::measured::watch_height;
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::state::call_list::{CallList, Listed, Reading};
use crate::state::list_window::{Extent, Paper};
use crate::state::{CallQuery, Office, Range, use_office};
use crate::words::{plural, say};
use leptos::html;
use leptos::prelude::*;

/// Height of the sticky head, as the style sheet sets it.
const HEAD_PX: f64 = 33.0;
/// This many rows before the last one, the next page is asked for, so that scrolling does not wait for it.
const ASK_BEFORE: usize = 40;

#[component]
pub fn CallTable(scroller: NodeRef<html::Div>) -> impl IntoView {
    let office = use_office();
    let calls = office.calls;
    let scroll_px = RwSignal::new(0.0);
    let height_px = RwSignal::new(600.0);
    let details_px = RwSignal::new(280.0);
    watch_height(scroller, height_px);
    let extent = Memo::new(move |_| {
        let row_px = office.prefs.rows.get().height_px();
        let opened = calls.opened.get();
        calls.list.with(|list| {
            let at = opened.and_then(|id| list.index_of(&id));
            Extent { rows: list.rows().len(), row_px, opened: at.map(|at| (at, details_px.get())) }
        })
    });
    let seen = Memo::new(move |_| {
        let extent = extent.get();
        if office.printing.get() {
            extent.on_paper(Paper::OpenedAlone)
        } else {
            extent.visible(scroll_px.get(), height_px.get())
        }
    });
    Effect::new(move |_| {
        let near_the_end = !office.printing.get() && seen.get().end + ASK_BEFORE >= extent.get().rows;
        if near_the_end && calls.known.get() && !calls.page.busy.get() {
            calls.ask_more();
        }
    });
    // The selected row is kept in sight; a new question begins at its top.
    Effect::new(move |_| {
        let Some(id) = calls.selected.get() else { return };
        if !calls.known.get() {
            return;
        }
        let Some(at) = calls.list.with_untracked(|list| list.index_of(&id)) else { return };
        let (scroll, height) = (scroll_px.get_untracked(), height_px.get_untracked());
        if let Some(to) = extent.get_untracked().scroll_to_show(at, scroll, height, HEAD_PX) {
            scroll_to(scroller, to);
        }
    });
    Effect::new(move |_| {
        if !calls.known.get() {
            scroll_to(scroller, 0.0);
        }
    });
    Effect::new(move |_| {
        if calls.opened.get().is_none() && calls.reading.get_untracked() == Reading::AtTheTop {
            calls.list.update(CallList::show_held_back);
        }
    });
    let scrolled = move |_| {
        let Some(scroller) = scroller.get_untracked() else { return };
        let top_px = f64::from(scroller.scroll_top());
        scroll_px.set(top_px);
        let reading = if top_px < HEAD_PX { Reading::AtTheTop } else { Reading::FurtherDown };
        if calls.reading.get_untracked() != reading {
            calls.reading.set(reading);
            if reading == Reading::AtTheTop && calls.opened.with_untracked(Option::is_none) {
                calls.list.update(CallList::show_held_back);
            }
        }
    };
    let one_day = Memo::new(move |_| calls.query.with(|query| query.range.is_one_day()));
    let listing = Listing {
        selected: calls.selected,
        opened: calls.opened,
        when: Signal::derive(move || if one_day.get() { Style::Second } else { Style::DayAndSecond }),
    };
    let before_px = move || format!("{}px", extent.get().top_of(seen.get().start));
    let after_px = move || {
        let extent = extent.get();
        format!("{}px", extent.total_px() - extent.top_of(seen.get().end))
    };
    view! {
        <NewCalls scroller />
        <div
            class="card call-list"
            class:compact=move || office.prefs.rows.get() == crate::state::look::Rows::Compact
            class:many-days=move || !one_day.get()
            role="treegrid"
            aria-label=say("Calls")
            tabindex="0"
            aria-rowcount=move || calls.totals.answer.with(|totals| totals.as_ref().map_or(-1, |t| i64::try_from(t.calls).unwrap_or(-1))).to_string()
            aria-busy=move || calls.page.busy.get().to_string()
            aria-activedescendant=move || calls.selected.get().map(|id| format!("call-{id}"))
            data-testid="call-list"
            node_ref=scroller
            on:scroll=scrolled
            on:copy=move |event| copy_plain(office, &event)
        >
            <TableHead />
            <div role="presentation" style:height=before_px></div>
            <For each=move || shown(office, seen.get()) key=Shown::key let:item>
                {match item {
                    Shown::Row { index, listed } => view! { <CallRowView row=listed.row index listing /> }.into_any(),
                    Shown::Details { id } => view! { <Opened id details_px /> }.into_any(),
                }}
            </For>
            <div role="presentation" style:height=after_px></div>
            <ListEnd />
        </div>
    }
}

/// What stands in the page: rows, and the details under the opened one.
#[derive(Clone)]
enum Shown {
    Row { index: usize, listed: Box<Listed> },
    Details { id: String },
}

impl Shown {
    /// A row is drawn anew when it changed or moved; details stay as long as they are open.
    fn key(&self) -> (String, u64, usize) {
        match self {
            Shown::Row { index, listed } => (listed.row.id.clone(), listed.revision, *index),
            Shown::Details { id } => (id.clone(), 0, usize::MAX),
        }
    }
}

fn shown(office: Office, seen: std::ops::Range<usize>) -> Vec<Shown> {
    let calls = office.calls;
    let opened = calls.opened.get();
    calls.list.with(|list| {
        let end = seen.end.min(list.rows().len());
        let start = seen.start.min(end);
        let mut shown = Vec::with_capacity(end - start + 1);
        for (index, listed) in list.rows()[start..end].iter().enumerate() {
            shown.push(Shown::Row { index: start + index, listed: Box::new(listed.clone()) });
            if opened.as_ref() == Some(&listed.row.id) {
                shown.push(Shown::Details { id: listed.row.id.clone() });
            }
        }
        shown
    })
}

/// What follows the last row: nothing, a wait, a failure, or why there are no rows.
#[component]
fn ListEnd() -> impl IntoView {
    let office = use_office();
    let calls = office.calls;
    let rows = Memo::new(move |_| calls.list.with(|list| list.rows().len()));
    let cut_off = Memo::new(move |_| calls.list.with(CallList::is_cut_off));
    let again = Callback::new(move |()| {
        calls.page.again();
        calls.ask_totals_soon();
    });
    move || {
        if let Some(failure) = calls.page.failure.get() {
            return view! { <Failed failure again /> }.into_any();
        }
        if !calls.known.get() || calls.page.slow.get() {
            return view! { <Show when=move || calls.page.slow.get()><Skeleton rows=8 /></Show> }.into_any();
        }
        if cut_off.get() {
            return view! { <p class="list-end mute sm">{say("These are as many calls as the list takes. A shorter range or a filter shows the others.")}</p> }
                .into_any();
        }
        if rows.get() == 0 {
            return nothing_matches(office);
        }
        ().into_any()
    }
}

fn nothing_matches(office: Office) -> AnyView {
    let query = office.calls.query.get();
    if query == CallQuery::default() {
        return view! { <Empty title=say("No calls yet today") says=say("The first one appears here the moment it rings. Earlier days are in the range above.") /> }
            .into_any();
    }
    let range = query.range;
    let reset = if query.is_range_only() {
        let all = Callback::new(move |()| {
            office.calls.show(CallQuery { range: Range::AllTime, ..CallQuery::default() })
        });
        (say("Show all calls").to_owned(), all)
    } else {
        let plain = Callback::new(move |()| office.calls.show(CallQuery { range, ..CallQuery::default() }));
        (say("Remove the filters").to_owned(), plain)
    };
    let says = say("Remove a filter or take a longer range.");
    view! { <Empty title=say("No call matches") says action=reset /> }.into_any()
}

/// Calls that came while one reads further down, or that only the desk can place.
#[component]
fn NewCalls(scroller: NodeRef<html::Div>) -> impl IntoView {
    let office = use_office();
    let calls = office.calls;
    let count = Memo::new(move |_| calls.list.with(CallList::new_calls));
    let show = move |_| {
        if calls.list.with_untracked(CallList::knows_its_new_calls) {
            calls.list.update(CallList::show_held_back);
        } else {
            let query = calls.query.get_untracked();
            let filter = query.to_filter(office.now_untracked_ms(), |at_ms| office.offset_ms(at_ms));
            calls.ask(&query, filter);
        }
        scroll_to(scroller, 0.0);
    };
    view! {
        <Show when=move || count.get() != 0>
            <div class="new-calls">
                <button type="button" class="btn primary" data-testid="new-calls" on:click=show>
                    {move || plural(count.get() as u64, "{count} new call", "{count} new calls")}
                </button>
            </div>
        </Show>
    }
}

/// A number that is marked as it is shown is copied as the world dials it.
fn copy_plain(office: Office, event: &web_sys::ClipboardEvent) {
    let Some(marked) = marked() else { return };
    let plain = office.calls.list.with_untracked(|list| {
        let shown = list.rows().iter().find(|listed| listed.row.shown_number.as_deref() == Some(&marked));
        shown.and_then(|listed| listed.row.number.clone())
    });
    if let Some((data, plain)) = event.clipboard_data().zip(plain)
        && data.set_data("text/plain", &plain).is_ok()
    {
        event.prevent_default();
    }
}

#[allow(clippy::cast_possible_truncation)]
fn scroll_to(scroller: NodeRef<html::Div>, top_px: f64) {
    if let Some(scroller) = scroller.get_untracked() {
        scroller.set_scroll_top(top_px.round() as i32);
    }
}
