//! What a report is run over, as a sentence: the time, the comparison, the filter; and what the answer rests on.

use super::conditions::ConditionChips;
use super::export::Progress;
use super::period_menu::PeriodMenu;
use crate::parts::clock::number;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::text_box::TickBox;
use crate::state::look::Charts;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::reports::ReportView;
use leptos::prelude::*;

#[component]
pub fn Bar() -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    let compared = Memo::new(move |_| reports.asked.get().compared);
    let compare = Callback::new(move |on| reports.asked.update(|asked| asked.compared = on));
    let has_chart = Memo::new(move |_| {
        reports.definition.with(|definition| definition.as_ref().is_some_and(|of| of.chart.is_some()))
    });
    let shown = move || office.prefs.charts.get() == Charts::Shown;
    view! {
        <div class="chips report-bar" role="group" aria-label=say("Time and filter")>
            <PeriodMenu />
            <TickBox label=say("Compare") testid="report-compare" value=compared set=compare class="compare" />
            <ConditionChips />
        </div>
        <div class="report-rest-line">
            <Rests />
            <Show when=move || has_chart.get()>
                <button type="button" class="btn quiet chart-turn" aria-pressed=move || shown().to_string() data-testid="report-chart-turn" title=move || if shown() { say("Hide the chart") } else { say("Show the chart") } on:click=move |_| office.prefs.charts.update(|charts| *charts = charts.other())>
                    <Icon of=Glyph::Chart />
                    <span class="way-words">{move || if shown() { say("Hide the chart") } else { say("Show the chart") }}</span>
                </button>
            </Show>
        </div>
        <Notes />
    }
}

/// The time in words; while a run takes long, how far it is.
#[component]
fn Rests() -> impl IntoView {
    let reports = use_office().reports;
    let says = Memo::new(move |_| {
        reports.sheet.with(|sheet| sheet.as_ref().map(|sheet| words(&sheet.view, number)))
    });
    view! {
        <Show
            when=move || reports.run.slow.get()
            fallback=move || view! { <p class="report-rests mute sm" role="status" data-testid="report-time">{move || says.get().unwrap_or_default()}</p> }
        >
            <Progress words=say("Working it out") progress=reports.progress stop=Callback::new(move |()| reports.stop_run()) testid="report-run-stop" />
        </Show>
    }
}

/// What a reader has to know of the time.
#[component]
fn Notes() -> impl IntoView {
    let reports = use_office().reports;
    let notes = Memo::new(move |_| {
        reports.sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.view.notes.clone()).unwrap_or_default())
    });
    view! {
        {move || {
            let notes = notes.get();
            (!notes.is_empty()).then(|| view! {
                <ul class="report-notes sm" data-testid="report-notes">
                    {notes.into_iter().map(|note| view! { <li><Icon of=Glyph::Warning />{note}</li> }).collect_view()}
                </ul>
            })
        }}
    }
}

fn words(view: &ReportView, number: impl Fn(u64) -> String) -> String {
    let mut parts = vec![view.time.clone()];
    if let Some(before) = &view.before {
        parts.push(fill("beside {before}", &[("before", before)]));
    }
    let made_of = view.table.made_of;
    parts.push(match made_of {
        1 => say("1 call").to_owned(),
        many => fill("{count} calls", &[("count", &number(many))]),
    });
    if view.table.rows_left_off > 0 {
        parts.push(fill("{count} rows more than shown", &[("count", &number(view.table.rows_left_off))]));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::report::Table;

    #[test]
    fn the_line_says_what_the_answer_rests_on() {
        let view = ReportView {
            time: "1 to 30 November 2026".into(),
            before: Some("October 2026".into()),
            table: Table { made_of: 3_214, rows_left_off: 12, ..Table::default() },
            ..ReportView::default()
        };
        assert_eq!(
            words(&view, |count| count.to_string()),
            "1 to 30 November 2026 · beside October 2026 · 3214 calls · 12 rows more than shown",
            "time, comparison, calls, and what is not there"
        );
    }
}
