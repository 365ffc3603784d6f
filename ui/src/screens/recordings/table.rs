//! The recordings list: only the rows that can be seen stand in the page, and pages are fetched as one scrolls.

use super::acting::Acting;
use super::opened::Opened;
use super::row::RecordingRowView;
use super::table_head::TableHead;
use crate::parts::measured::watch_height;
use crate::parts::notice::{Empty, Failed, InTable, Skeleton};
use crate::state::list_window::{Extent, Paper};
use crate::state::recording_filter::RecordingQuery;
use crate::state::recording_list::RecordingList;
use crate::state::settings_tab::RecordingsPart;
use crate::state::{Office, Range, use_office};
use crate::words::say;
use contract::recordings::RecordingRow;
use leptos::html;
use leptos::prelude::*;

/// Height of the sticky head, as the style sheet sets it.
const HEAD_PX: f64 = 33.0;
/// This many rows before the last one, the next page is asked for, so that scrolling does not wait for it.
const ASK_BEFORE: usize = 40;
const ROW_PX: f64 = 30.0;
const COMPACT_PX: f64 = 26.0;

#[component]
pub fn RecordingTable(scroller: NodeRef<html::Div>, acting: Acting) -> impl IntoView {
    let office = use_office();
    let recordings = office.recordings;
    let scroll_px = RwSignal::new(0.0);
    let height_px = RwSignal::new(600.0);
    let details_px = RwSignal::new(420.0);
    watch_height(scroller, height_px);
    let compact = move || office.prefs.rows.get() == crate::state::look::Rows::Compact;
    let extent = Memo::new(move |_| {
        let row_px = if compact() { COMPACT_PX } else { ROW_PX };
        let opened = recordings.opened.get();
        recordings.list.with(|list| {
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
        if near_the_end && recordings.known.get() && !recordings.page.busy.get() {
            recordings.ask_more();
        }
    });
    // The selected row is kept in sight; a new question begins at its top.
    Effect::new(move |_| {
        let Some(id) = recordings.selected.get() else { return };
        if !recordings.known.get() {
            return;
        }
        let Some(at) = recordings.list.with_untracked(|list| list.index_of(&id)) else { return };
        let (scroll, height) = (scroll_px.get_untracked(), height_px.get_untracked());
        if let Some(to) = extent.get_untracked().scroll_to_show(at, scroll, height, HEAD_PX) {
            scroll_to(scroller, to);
        }
    });
    Effect::new(move |_| {
        if !recordings.known.get() {
            scroll_to(scroller, 0.0);
        }
    });
    let scrolled = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            scroll_px.set(f64::from(scroller.scroll_top()));
        }
    };
    let before_px = move || format!("{}px", extent.get().top_of(seen.get().start));
    let after_px = move || {
        let extent = extent.get();
        format!("{}px", extent.total_px() - extent.top_of(seen.get().end))
    };
    let count = move || {
        let totals = recordings.totals.answer.get();
        totals.map_or(-1, |totals| i64::try_from(totals.recordings).unwrap_or(-1)).to_string()
    };
    view! {
        <div
            class="card call-list recording-list"
            class:compact=compact
            class:choosing=move || recordings.chosen.with(|chosen| !chosen.is_empty())
            class:many-days=move || !recordings.query.with(|query| query.range.is_one_day())
            role="treegrid"
            aria-label=say("Recordings")
            aria-multiselectable="true"
            tabindex="0"
            aria-rowcount=count
            aria-busy=move || recordings.page.busy.get().to_string()
            aria-activedescendant=move || recordings.selected.get().map(|id| format!("recording-{id}"))
            data-testid="recording-list"
            node_ref=scroller
            on:scroll=scrolled
        >
            <TableHead />
            <div role="presentation" style:height=before_px></div>
            <For each=move || shown(office, seen.get()) key=Shown::key let:item>
                {match item {
                    Shown::Row { index, row, .. } => view! { <RecordingRowView row=*row index /> }.into_any(),
                    Shown::Details { id } => view! { <Opened id details_px acting /> }.into_any(),
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
    Row { index: usize, row: Box<RecordingRow>, revision: u64 },
    Details { id: String },
}

impl Shown {
    /// A row is drawn anew when it changed or moved; details stay as long as they are open.
    fn key(&self) -> (String, u64, usize) {
        match self {
            Shown::Row { index, row, revision } => (row.id.clone(), *revision, *index),
            Shown::Details { id } => (id.clone(), 0, usize::MAX),
        }
    }
}

fn shown(office: Office, seen: std::ops::Range<usize>) -> Vec<Shown> {
    let recordings = office.recordings;
    let opened = recordings.opened.get();
    recordings.list.with(|list| {
        let revision = list.revision();
        let end = seen.end.min(list.rows().len());
        let start = seen.start.min(end);
        let mut shown = Vec::with_capacity(end - start + 1);
        for (index, row) in list.rows()[start..end].iter().enumerate() {
            shown.push(Shown::Row { index: start + index, row: Box::new(row.clone()), revision });
            if opened.as_ref() == Some(&row.id) {
                shown.push(Shown::Details { id: row.id.clone() });
            }
        }
        shown
    })
}

/// What follows the last row: nothing, a wait, a failure, or why there are no rows.
#[component]
fn ListEnd() -> impl IntoView {
    let office = use_office();
    let recordings = office.recordings;
    let rows = Memo::new(move |_| recordings.list.with(|list| list.rows().len()));
    let cut_off = Memo::new(move |_| recordings.list.with(RecordingList::is_cut_off));
    let again = Callback::new(move |()| {
        recordings.page.again();
        recordings.totals.again();
    });
    move || {
        if let Some(failure) = recordings.page.failure.get() {
            return view! { <InTable><Failed failure again /></InTable> }.into_any();
        }
        if !recordings.known.get() || recordings.page.slow.get() {
            return view! { <Show when=move || recordings.page.slow.get()><InTable><Skeleton rows=8 /></InTable></Show> }
                .into_any();
        }
        if cut_off.get() {
            return view! { <InTable><p class="list-end mute sm">{say("These are as many recordings as the list takes. A shorter range or a filter shows the others.")}</p></InTable> }
                .into_any();
        }
        if rows.get() == 0 {
            return view! { <InTable>{nothing_matches(office)}</InTable> }.into_any();
        }
        ().into_any()
    }
}

fn nothing_matches(office: Office) -> AnyView {
    let query = office.recordings.query.get();
    if query.is_everything() {
        let set_up = Callback::new(move |()| office.show_recordings_part(RecordingsPart::Sources));
        let action = (say("Choose a folder to watch").to_owned(), set_up);
        let says = say(
            "CallDoc takes recordings from a folder it watches or from a Voicemail Pro server over SFTP, finds the call each belongs to, and plays them here. Files dropped onto this window are taken in as well.",
        );
        return view! { <Empty title=say("No recordings yet") says action /> }.into_any();
    }
    if query == RecordingQuery::trash() {
        let says = say("What is put into the trash stays here for seven days and can be taken back.");
        return view! { <Empty title=say("The trash is empty") says /> }.into_any();
    }
    let all = Callback::new(move |()| {
        office.recordings.show(RecordingQuery { range: Range::AllTime, ..RecordingQuery::default() })
    });
    let action = (say("Show all recordings").to_owned(), all);
    let says = say("Remove a filter or take a longer range.");
    view! { <Empty title=say("No recording matches") says action /> }.into_any()
}

#[allow(clippy::cast_possible_truncation)]
fn scroll_to(scroller: NodeRef<html::Div>, top_px: f64) {
    if let Some(scroller) = scroller.get_untracked() {
        scroller.set_scroll_top(top_px.round() as i32);
    }
}
