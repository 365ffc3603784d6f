//! The screen of reports: runs when the question changes, and hears its keys.

use super::bar::Bar;
use super::behind::BehindCalls;
use super::builder::Builder;
use super::chart::ChartCard;
use super::head::Head;
use super::keys::hear_key;
use super::list::ReportList;
use super::schedules::Schedules;
use super::table::ReportTable;
use crate::parts::measured::watch_height;
use crate::parts::notice::{Empty, NoSite};
use crate::state::report_draft::fresh;
use crate::state::reports::{Mode, ReportsPart};
use crate::state::use_office;
use crate::words::say;
use contract::reports::AskReportChoices;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn ReportsScreen() -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    reports.need_list();
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        reports.choices.ask_soon(AskReportChoices {});
    });
    let set_up = Callback::new(move |()| office.setup.begin());
    let tab = move |this: ReportsPart, words: &'static str, testid: &'static str| {
        view! {
            <button type="button" class:on=move || reports.part.get() == this aria-pressed=move || (reports.part.get() == this).to_string() data-testid=testid on:click=move |_| reports.part.set(this)>
                {words}
            </button>
        }
    };
    view! {
        <Show when=move || !office.is_first_run() fallback=move || view! { <NoSite set_up /> }>
            <div class="calls reports" data-testid="reports">
                <div class="rec-head">
                    <div class="segmented heads" role="group" aria-label=say("Reports or schedules")>
                        {tab(ReportsPart::Reports, say("Reports"), "reports-tab")}
                        {tab(ReportsPart::Schedules, say("Schedules"), "schedules-tab")}
                    </div>
                    <span class="sp"></span>
                    <Show when=move || reports.part.get() == ReportsPart::Reports>
                        <button type="button" class="btn" data-testid="report-new" on:click=move |_| reports.build(fresh())>{say("New report")}</button>
                        <super::taking_in::TakeIn />
                    </Show>
                </div>
                {move || match reports.part.get() {
                    ReportsPart::Reports => view! { <Library /> }.into_any(),
                    ReportsPart::Schedules => view! { <Schedules /> }.into_any(),
                }}
            </div>
        </Show>
    }
}

#[component]
fn Library() -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    // Days are the office's: run anew when the question changes, and at midnight. Coming back to a report that is shown
    // does not run it again.
    let came_back = StoredValue::new(true);
    Effect::new(move |_| {
        let definition = reports.definition.get();
        let asked = reports.asked.get();
        office.ask_again.track();
        office.settings_changed.track();
        let is_new = reports.is_new_on(office.today.get());
        if came_back.try_update_value(std::mem::take) == Some(true) && !is_new {
            return;
        }
        if let Some(definition) = definition {
            reports.run_soon(definition, asked, office.now_untracked_ms());
        }
    });
    let filter_text = NodeRef::<html::Input>::new();
    let table = NodeRef::<html::Div>::new();
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if hear_key(reports, filter_text, table, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
    let room = NodeRef::<html::Section>::new();
    let room_px = RwSignal::new(0.0);
    watch_height(room, room_px);
    let is_open = Memo::new(move |_| reports.definition.with(Option::is_some));
    view! {
        <div class="report-room" class:building=move || reports.mode.get() == Mode::Building class:looking-behind=move || reports.behind.figure.with(Option::is_some)>
            {move || match reports.mode.get() {
                Mode::Reading => view! { <ReportList filter_text /> }.into_any(),
                Mode::Building => view! { <Builder /> }.into_any(),
            }}
            <section class="report-view" aria-label=say("Report") node_ref=room>
                <Show when=move || is_open.get() fallback=Nothing>
                    <Opened table room_px />
                </Show>
            </section>
        </div>
    }
}

#[component]
fn Opened(table: NodeRef<html::Div>, room_px: RwSignal<f64>) -> impl IntoView {
    let reports = use_office().reports;
    let looks_behind = Memo::new(move |_| reports.behind.figure.with(Option::is_some));
    view! {
        <Show
            when=move || looks_behind.get()
            fallback=move || {
                view! {
                    <Head />
                    <Bar />
                    <ChartCard room_px />
                    <ReportTable scroller=table />
                }
            }
        >
            <BehindCalls scroller=table />
        </Show>
    }
}

/// Before a report is chosen.
#[component]
fn Nothing() -> impl IntoView {
    let says = say(
        "Each answers one question about the calls of a time that you choose. Every figure shows how it is worked out, and leads to the calls it is made of.",
    );
    view! { <div class="card report-nothing"><Empty title=say("Choose a report") says /></div> }
}
