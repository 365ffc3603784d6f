//! Reports over an office's calls: the same figures as the lists, from leaves that are kept, made anew, or half and half.

#[path = "../office/mod.rs"]
mod office;

mod files;
mod schedules;

use contract::calls::{AskCalls, AskTotals, CallFilter, CallSort};
use contract::reports::{
    AskReportCalls, AskReports, Asked, OwnReport, ReadReport, ReportView, RunReport, SaveReport,
};
use desk::{Answer, Clock, Desk, Opening};
use jiff::civil::date;
use jiff::tz::TimeZone;
use model::report::{Definition, Dimension, Key, Measure, Period, Rows, Value};
use model::{At, Said, SiteId};
use office::{opening, quiet_site};
use std::path::Path;
use std::sync::Arc;

/// Monday, 2 November 2026, 12:00 in London.
const NOON: At = At(1_793_620_800_000);

/// The four weeks before, with the night on which the clocks went back.
fn weeks() -> Period {
    Period::LastDays { days: 28 }
}

/// A desk over four weeks of a simulated office.
struct Weeks {
    desk: Desk,
    clock: Arc<Clock>,
    site: SiteId,
    folder: tempfile::TempDir,
}

impl Weeks {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(Clock::by_hand(NOON));
        let desk = open_at(&folder.path().join("library"), &clock).await;
        let site = quiet_site(&desk).await;
        let zone = TimeZone::get("Europe/London").expect("a zone");
        let rows = simulator::history(7, &zone, date(2026, 10, 5), date(2026, 11, 2));
        let summary = desk.import_smdr(site, rows.as_slice(), |_| {}).await.expect("imported");
        assert!(summary.calls > 1_500, "a month of an office: {summary:?}");
        Self { desk, clock, site, folder }
    }

    async fn run(&self, definition: &Definition, period: Period) -> ReportView {
        run(&self.desk, definition, Asked { period, compared: false }).await
    }
}

async fn open_at(library: &Path, clock: &Arc<Clock>) -> Desk {
    let opening = Opening { clock: Arc::clone(clock), ..opening(library) };
    Desk::open(opening).await.expect("the library opens")
}

async fn run(desk: &Desk, definition: &Definition, asked: Asked) -> ReportView {
    let ask = RunReport { run: 1, definition: definition.clone(), asked, limit: 5_000, after: None };
    desk.answer(ask).await.expect("the report runs")
}

async fn standard(desk: &Desk, name: &str) -> Definition {
    let reports = desk.answer(AskReports {}).await.expect("reports").standard;
    let found = reports.into_iter().find(|report| report.name == name);
    found.unwrap_or_else(|| panic!("{name} is a standard report")).definition
}

fn summed(by: &[Dimension], measures: &[Measure]) -> Definition {
    let json = serde_json::json!({
        "format": 1, "name": "Test", "says": "What the test asks.", "chapter": "calls",
        "rows": { "are": "summed", "by": by, "measures": measures },
    });
    serde_json::from_value(json).expect("a definition")
}

fn count(value: &Value) -> i64 {
    match value {
        Value::Count(count) => *count,
        other => panic!("a count, not {other:?}"),
    }
}

#[tokio::test]
async fn a_report_counts_the_calls_that_the_list_counts() {
    let weeks = Weeks::open().await;
    let view = weeks.run(&summed(&[], &[Measure::Calls, Measure::Answered]), self::weeks()).await;
    let filter = CallFilter { from_ms: Some(view.from_ms), to_ms: Some(view.to_ms), ..CallFilter::default() };
    let totals = weeks.desk.answer(AskTotals { filter }).await.expect("totals");
    assert!(totals.calls > 1_500, "there is something to count: {totals:?}");
    let row = &view.table.rows[0];
    assert_eq!(count(&row.values[0]) as u64, totals.calls, "each call once");
    assert_eq!(count(&row.values[1]) as u64, totals.answered, "answered ones too");
    let hours = (view.to_ms - view.from_ms) / 3_600_000;
    assert_eq!(hours, 28 * 24 + 1, "the night on which the clocks went back is an hour longer");
}

#[tokio::test]
async fn every_standard_report_runs_and_its_figures_have_their_calls_behind_them() {
    let weeks = Weeks::open().await;
    let reports = weeks.desk.answer(AskReports {}).await.expect("reports").standard;
    assert!(reports.len() >= 40, "at least forty: {}", reports.len());
    for report in &reports {
        let view = weeks.run(&report.definition, self::weeks()).await;
        assert!(!view.table.columns.is_empty(), "{} has columns", report.name);
        let Rows::Summed { measures, .. } = &report.definition.rows else { continue };
        let Some(place) = measures.iter().position(|measure| *measure == Measure::Calls) else { continue };
        for row in view.table.rows.iter().take(5) {
            let behind = calls_behind(&weeks.desk, &report.definition, &row.key, Measure::Calls).await;
            assert_eq!(behind as i64, count(&row.values[place]), "{}: {:?}", report.name, row.label);
        }
    }
}

#[tokio::test]
async fn the_calls_behind_a_figure_are_as_many_as_it_says() {
    let weeks = Weeks::open().await;
    let measures = [Measure::Calls, Measure::Answered, Measure::Missed, Measure::Inbound];
    let definition = summed(&[Dimension::Person, Dimension::Day], &measures);
    let view = weeks.run(&definition, self::weeks()).await;
    assert!(view.table.rows.len() > 50, "people on days: {}", view.table.rows.len());
    for row in view.table.rows.iter().step_by(17) {
        for (measure, value) in measures.iter().zip(&row.values) {
            let behind = calls_behind(&weeks.desk, &definition, &row.key, *measure).await;
            assert_eq!(behind as i64, count(value), "{measure:?} of {:?}", row.label);
        }
    }
}

async fn calls_behind(desk: &Desk, definition: &Definition, key: &[Key], measure: Measure) -> usize {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let ask = AskReportCalls {
            definition: definition.clone(),
            period: weeks(),
            key: key.to_vec(),
            measure: Some(measure),
            after,
            limit: 100,
        };
        let page = desk.answer(ask).await.expect("calls");
        found.extend(page.rows.into_iter().map(|row| (row.started_ms, row.id)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert!(found.is_sorted_by(|a, b| a.0 >= b.0), "the newest first");
    let pages = found.len();
    found.sort();
    found.dedup();
    assert_eq!(found.len(), pages, "each once");
    pages
}

#[tokio::test]
async fn kept_leaves_give_what_fresh_ones_do_and_a_rebuild_changes_nothing() {
    let weeks = Weeks::open().await;
    let definition = summed(
        &[Dimension::Direction, Dimension::HourOfDay],
        &[Measure::Calls, Measure::TalkTime, Measure::ServiceLevel, Measure::LongestWait, Measure::PeakCalls],
    );
    let fresh = weeks.run(&definition, self::weeks()).await.table;
    assert!(fresh.rows.len() > 10, "there is something to compare");
    let kept = weeks.run(&definition, self::weeks()).await.table;
    assert_eq!(kept, fresh, "leaves that the first run kept");
    assert_eq!(weeks.desk.make_leaves().await.expect("made"), 0, "no day is left to be made");
    weeks.desk.rebuild().await.expect("rebuilt");
    let rebuilt = weeks.run(&definition, self::weeks()).await.table;
    assert_eq!(rebuilt, fresh, "the same calls");
}

#[tokio::test]
async fn a_call_that_comes_in_is_in_the_next_run() {
    let weeks = Weeks::open().await;
    let definition = summed(&[], &[Measure::Calls]);
    let before = weeks.run(&definition, Period::Today).await;
    assert_eq!(count(&before.table.totals[0]), 0, "nothing today yet");
    let row =
        "2026/11/02 10:15:00,00:01:00,5,0301234567,I,201,201,,0,1000001,0,E201,Ann,T9001,Line 1.1,0,0\r\n";
    weeks.desk.said(weeks.site, Said::SmdrLines, row.as_bytes().to_vec()).await.expect("heard");
    weeks.desk.settle().await.expect("settled");
    let after = weeks.run(&definition, Period::Today).await;
    assert_eq!(count(&after.table.totals[0]), 1, "it counts at once");
    let late =
        "2026/10/14 10:15:00,00:01:00,5,0301234567,I,201,201,,0,900001,0,E201,Ann,T9001,Line 1.1,0,0\r\n";
    let earlier = weeks.run(&definition, self::weeks()).await;
    weeks.desk.said(weeks.site, Said::SmdrLines, late.as_bytes().to_vec()).await.expect("heard");
    weeks.clock.turn_to(NOON.plus_ms(600_000));
    weeks.desk.settle().await.expect("settled");
    let later = weeks.run(&definition, self::weeks()).await;
    let more = count(&later.table.totals[0]) - count(&earlier.table.totals[0]);
    assert_eq!(more, 1, "a late record makes its day's leaf anew");
}

#[tokio::test]
async fn two_weeks_beside_the_two_before_show_both() {
    let weeks = Weeks::open().await;
    let definition = summed(&[Dimension::Direction], &[Measure::Calls]);
    let asked = Asked { period: Period::LastDays { days: 14 }, compared: true };
    let view = run(&weeks.desk, &definition, asked).await;
    assert!(view.before.is_some(), "the time before is named");
    let whole = weeks.run(&definition, self::weeks()).await.table;
    let both = count(&view.table.totals[0]) + count(&view.table.totals_before[0]);
    assert_eq!(both, count(&whole.totals[0]), "the two halves are the whole");
}

#[tokio::test]
async fn a_report_that_somebody_made_is_saved_shared_and_read_again() {
    let weeks = Weeks::open().await;
    let mut definition = standard(&weeks.desk, "call-details").await;
    definition.name = "Calls of Sales".to_owned();
    let report = OwnReport { id: 0, definition: definition.clone() };
    let saved = weeks.desk.answer(SaveReport { report }).await.expect("saved").own;
    assert_eq!(saved.len(), 1, "it is there");
    let place = weeks.folder.path().join("shared.json");
    weeks.desk.share_report(&definition, &place).await.expect("shared");
    let text = std::fs::read_to_string(&place).expect("a file");
    let read = weeks.desk.answer(ReadReport { text }).await.expect("read");
    assert_eq!(read.definition, definition, "nothing was lost on the way");
    let strange = weeks.desk.answer(ReadReport { text: "{}".to_owned() }).await;
    assert!(strange.is_err_and(|failure| failure.message.contains("no report")), "a strange file is refused");
}

#[tokio::test]
async fn details_come_in_pages_that_miss_nothing() {
    let weeks = Weeks::open().await;
    let definition = standard(&weeks.desk, "call-details").await;
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let asked = Asked { period: self::weeks(), compared: false };
        let ask = RunReport { run: 1, definition: definition.clone(), asked, limit: 300, after };
        let view = weeks.desk.answer(ask).await.expect("a page");
        ids.extend(view.table.rows.into_iter().filter_map(|row| row.call));
        after = view.next;
        if after.is_none() {
            break;
        }
    }
    let (mut listed, mut cursor) = (Vec::new(), None);
    loop {
        let ask = AskCalls {
            filter: CallFilter { to_ms: Some(NOON.0), ..CallFilter::default() },
            sort: CallSort::NewestFirst,
            after: cursor,
            limit: 500,
        };
        let page = weeks.desk.answer(ask).await.expect("a page");
        listed.extend(page.rows.into_iter().map(|row| row.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(ids, listed, "the list's calls in the list's order");
}
