//! The calls behind a figure: the rows of the call list, opened in their place, and the way back.

use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::parts::windowed::Windowed;
use crate::screens::calls::opened::Opened;
use crate::screens::calls::row::{CallRowView, Listing};
use crate::state::call_list::{CallList, Listed};
use crate::state::list_window::Extent;
use crate::state::report_calls::Behind;
use crate::state::use_office;
use crate::words::say;
use leptos::html;
use leptos::prelude::*;

/// Height of the head, as the style sheet sets it.
const HEAD_PX: f64 = 33.0;

#[component]
pub fn BehindCalls(scroller: NodeRef<html::Div>) -> impl IntoView {
    let office = use_office();
    let behind = office.reports.behind;
    let details_px = RwSignal::new(280.0);
    let extent = Memo::new(move |_| {
        let row_px = office.prefs.rows.get().height_px();
        let opened = behind.opened.get();
        behind.list.with(|list| {
            let at = opened.and_then(|id| list.index_of(&id));
            Extent { rows: list.rows().len(), row_px, opened: at.map(|at| (at, details_px.get())) }
        })
    });
    let list = Windowed::new(scroller, extent, HEAD_PX, office.printing);
    Effect::new(move |_| {
        if !office.printing.get() && list.is_near_the_end() && behind.known.get() && !behind.page.busy.get() {
            behind.ask_more();
        }
    });
    Effect::new(move |_| {
        let Some(id) = behind.selected.get() else { return };
        if let Some(at) = behind.list.with_untracked(|list| list.index_of(&id)) {
            list.show(at);
        }
    });
    let listing = Listing {
        selected: behind.selected,
        opened: behind.opened,
        when: Signal::stored(Style::DayAndSecond),
    };
    view! {
        <Crumbs />
        <div
            class="card call-list many-days"
            class:compact=move || office.prefs.rows.get() == crate::state::look::Rows::Compact
            role="grid"
            aria-label=say("Calls behind the figure")
            tabindex="0"
            aria-busy=move || behind.page.busy.get().to_string()
            aria-activedescendant=move || behind.selected.get().map(|id| format!("call-{id}"))
            data-testid="report-calls"
            node_ref=scroller
            on:scroll=move |_| list.scrolled()
        >
            <div class="call-head" role="row">
                <div role="columnheader" class="c-time">{say("Time")}</div>
                <div role="columnheader" class="c-length n">{say("Length")}</div>
                <div role="columnheader" class="c-direction">{say("Direction")}</div>
                <div role="columnheader" class="c-party">{say("Outside party")}</div>
                <div role="columnheader" class="c-talked">{say("Talked with")}</div>
                <div role="columnheader" class="c-group">{say("Group")}</div>
                <div role="columnheader" class="c-outcome">{say("Outcome")}</div>
            </div>
            <div role="presentation" style:height=move || list.before()></div>
            <For each=move || shown(behind, list.seen.get()) key=Shown::key let:item>
                {match item {
                    Shown::Row { index, listed } => view! { <CallRowView row=listed.row index listing /> }.into_any(),
                    Shown::Details { id } => view! { <Opened id details_px /> }.into_any(),
                }}
            </For>
            <div role="presentation" style:height=move || list.after()></div>
            <ListEnd />
        </div>
    }
}

/// Where one is: the report, the row, the figure; and the way back.
#[component]
fn Crumbs() -> impl IntoView {
    let reports = use_office().reports;
    let behind = reports.behind;
    let title = Memo::new(move |_| {
        reports.definition.with(|of| of.as_ref().map(|of| of.name.clone()).unwrap_or_default())
    });
    let parts = Memo::new(move |_| {
        let figure = behind.figure.get();
        figure
            .map(|figure| {
                let row = if figure.row.is_empty() { vec![say("Total").to_owned()] } else { figure.row };
                let figure = figure.figure.unwrap_or_else(|| say("All calls").to_owned());
                vec![row.join(", "), figure]
            })
            .unwrap_or_default()
    });
    let time = Memo::new(move |_| {
        reports.sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.view.time.clone()).unwrap_or_default())
    });
    view! {
        <nav class="report-crumbs" aria-label=say("Where you are")>
            <button type="button" class="btn" data-testid="report-back" title=say("Back to the report ( Esc )") on:click=move |_| behind.close()>
                <Icon of=Glyph::Back />
                {title}
            </button>
            {move || parts.get().into_iter().map(|part| view! { <span class="faint" aria-hidden="true">"›"</span><span class="b">{part}</span> }).collect_view()}
            <span class="sp"></span>
            <span class="mute sm">{time}</span>
        </nav>
    }
}

#[derive(Clone)]
enum Shown {
    Row { index: usize, listed: Box<Listed> },
    Details { id: String },
}

impl Shown {
    fn key(&self) -> (String, u64, usize) {
        match self {
            Shown::Row { index, listed } => (listed.row.id.clone(), listed.revision, *index),
            Shown::Details { id } => (id.clone(), 0, usize::MAX),
        }
    }
}

fn shown(behind: Behind, seen: std::ops::Range<usize>) -> Vec<Shown> {
    let opened = behind.opened.get();
    behind.list.with(|list| {
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

#[component]
fn ListEnd() -> impl IntoView {
    let behind = use_office().reports.behind;
    let rows = Memo::new(move |_| behind.list.with(|list| list.rows().len()));
    let cut_off = Memo::new(move |_| behind.list.with(CallList::is_cut_off));
    move || {
        if let Some(failure) = behind.page.failure.get() {
            let again = Callback::new(move |()| behind.page.again());
            return view! { <Failed failure again /> }.into_any();
        }
        if !behind.known.get() || behind.page.slow.get() {
            return view! { <Show when=move || behind.page.slow.get()><Skeleton rows=8 /></Show> }.into_any();
        }
        if cut_off.get() {
            return view! { <p class="list-end mute sm">{say("These are as many calls as the list takes. A shorter time or a filter shows the others.")}</p> }.into_any();
        }
        if rows.get() == 0 {
            let says = say(
                "Calls may have been joined or taken out since the report was run. Go back and run it again.",
            );
            return view! { <Empty title=say("No call is behind this figure any more") says /> }.into_any();
        }
        ().into_any()
    }
}
