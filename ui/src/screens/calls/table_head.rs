//! The head of the call list: names of the columns, and sorting by two of them.

use crate::state::{CallQuery, use_office};
use crate::words::{fill, say};
use contract::calls::CallSort;
use leptos::prelude::*;

#[component]
pub fn TableHead() -> impl IntoView {
    view! {
        <div class="call-head" role="row">
            <SortedHead title=say("Time") class="c-time" first=CallSort::NewestFirst second=CallSort::OldestFirst />
            <SortedHead title=say("Length") class="c-length n" first=CallSort::LongestFirst second=CallSort::ShortestFirst />
            <div role="columnheader" class="c-direction">{say("Direction")}</div>
            <div role="columnheader" class="c-party">{say("Outside party")}</div>
            <div role="columnheader" class="c-talked">{say("Talked with")}</div>
            <div role="columnheader" class="c-group">{say("Group")}</div>
            <div role="columnheader" class="c-outcome">{say("Outcome")}</div>
        </div>
    }
}

/// A click sorts by the column, largest first; another one turns it round.
#[component]
fn SortedHead(title: &'static str, class: &'static str, first: CallSort, second: CallSort) -> impl IntoView {
    let calls = use_office().calls;
    let sort = Memo::new(move |_| calls.query.with(|query| query.sort));
    let turn = move |_| {
        let query = calls.query.get_untracked();
        let sort = if query.sort == first { second } else { first };
        calls.show(CallQuery { sort, ..query });
    };
    let arrow = move || match sort.get() {
        sort if sort == first => " ↓",
        sort if sort == second => " ↑",
        CallSort::NewestFirst | CallSort::OldestFirst | CallSort::LongestFirst | CallSort::ShortestFirst => {
            ""
        }
    };
    let aria = move || match sort.get() {
        sort if sort == first => "descending",
        sort if sort == second => "ascending",
        CallSort::NewestFirst | CallSort::OldestFirst | CallSort::LongestFirst | CallSort::ShortestFirst => {
            "none"
        }
    };
    view! {
        <div role="columnheader" class=class aria-sort=aria>
            <button type="button" class="sort" title=fill("Sort by {column}", &[("column", title)]) on:click=turn>
                {title}
                {arrow}
            </button>
        </div>
    }
}
