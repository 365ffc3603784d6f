//! The head of the recordings list: names of the columns, and sorting by two of them.

use crate::state::recording_filter::RecordingQuery;
use crate::state::use_office;
use crate::words::say;
use contract::recordings::RecordingSort;
use leptos::prelude::*;

#[component]
pub fn TableHead() -> impl IntoView {
    view! {
        <div class="call-head recording-head" role="row">
            <div role="columnheader" class="r-choose"><span class="sr-only">{say("Chosen")}</span></div>
            <div role="columnheader" class="r-play"><span class="sr-only">{say("Play")}</span></div>
            <SortedHead title=say("When") sorts=say("Sort by when") class="r-when" first=RecordingSort::NewestFirst second=RecordingSort::OldestFirst />
            <SortedHead title=say("Length") sorts=say("Sort by length") class="r-length n" first=RecordingSort::LongestFirst second=RecordingSort::ShortestFirst />
            <div role="columnheader" class="r-party">{say("Outside party")}</div>
            <div role="columnheader" class="r-people">{say("People")}</div>
            <div role="columnheader" class="r-group">{say("Group")}</div>
            <div role="columnheader" class="r-match">{say("Call")}</div>
            <div role="columnheader" class="r-tags">{say("Tags")}</div>
            <div role="columnheader" class="r-score n">{say("Score")}</div>
            <div role="columnheader" class="r-marks"><span class="sr-only">{say("Marks")}</span></div>
        </div>
    }
}

/// A click sorts by the column, largest first; another one turns it round.
#[component]
fn SortedHead(
    title: &'static str,
    sorts: &'static str,
    class: &'static str,
    first: RecordingSort,
    second: RecordingSort,
) -> impl IntoView {
    let recordings = use_office().recordings;
    let sort = Memo::new(move |_| recordings.query.with(|query| query.sort));
    let turn = move |_| {
        let query = recordings.query.get_untracked();
        let sort = if query.sort == first { second } else { first };
        recordings.show(RecordingQuery { sort, ..query });
    };
    let sorted = move || match sort.get() {
        sort if sort == first => Some((" ↓", "descending")),
        sort if sort == second => Some((" ↑", "ascending")),
        RecordingSort::NewestFirst
        | RecordingSort::OldestFirst
        | RecordingSort::LongestFirst
        | RecordingSort::ShortestFirst => None,
    };
    view! {
        <div role="columnheader" class=class aria-sort=move || sorted().map_or("none", |(_, word)| word)>
            <button type="button" class="sort" title=sorts on:click=turn>
                {title}
                {move || sorted().map(|(arrow, _)| arrow)}
            </button>
        </div>
    }
}
