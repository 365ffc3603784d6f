//! From ten thousand calls to ten million: how the cost of each thing grows with the library.
//!
//! The exponent is the slope of log time over log calls: 1 is a cost that grows as the library does, 0 one that does not
//! care. `CALLDOC_BENCH_LARGEST` ends it before ten million, which takes an hour and twelve gigabytes.

use crate::import::{beside_us, write_rows};
use crate::journal::{open, told};
use crate::table::{Table, spread};
use anyhow::Context;
use contract::calls::{AskCalls, CallFilter, CallSort};
use contract::reports::{AskReports, Asked, RunReport};
use desk::{Answer, Desk};
use model::report::{Definition, Period};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// How many calls, and how often what goes through all of them is measured: the largest takes many minutes.
const SIZES: [(usize, usize); 4] = [(10_000, 5), (100_000, 5), (1_000_000, 3), (10_000_000, 1)];
/// Runs of what a person waits for.
const ASKED: usize = 9;
/// The ten thousand calls of the smallest library lie within so many days.
const DAYS: i64 = 4;
const DAY_MS: i64 = 86_400_000;
/// Between a million and ten million, n log n grows by this power of n.
const ALL_CALLS: f64 = 1.07;
/// What is a page at a time may find a deeper tree, not more pages.
const A_PAGE: f64 = 0.15;
const REPORT: &str = "agent-call-summary";

/// What is measured, and whether it goes through all calls.
const THINGS: [(&str, f64); 10] = [
    ("import smdr", ALL_CALLS),
    ("Start: library opened, first page of calls", A_PAGE),
    ("Call list, newest first", A_PAGE),
    ("Call list, from the middle", A_PAGE),
    ("Call list, rare digits", A_PAGE),
    ("Call list, a name that all have", A_PAGE),
    ("A report over four days", A_PAGE),
    ("A report over all time", ALL_CALLS),
    ("rebuild", ALL_CALLS),
    ("backup", ALL_CALLS),
];

/// Seconds by thing and size.
type Told = BTreeMap<&'static str, Vec<(f64, f64)>>;

pub(crate) async fn measure(table: &mut Table) -> anyhow::Result<()> {
    let largest = match std::env::var("CALLDOC_BENCH_LARGEST") {
        Ok(calls) => calls.parse().context("CALLDOC_BENCH_LARGEST is a number of calls")?,
        Err(_) => usize::MAX,
    };
    let mut told = Told::new();
    for (calls, runs) in SIZES.into_iter().filter(|(calls, _)| *calls <= largest) {
        of_size(calls, runs, &mut told).await?;
    }
    for (thing, bound) in THINGS {
        let Some(points) = told.get(thing) else { continue };
        let seconds: Vec<String> = points.iter().map(|(_, seconds)| short(*seconds)).collect();
        let (whole, last) = (slope(points), slope(&points[points.len().saturating_sub(2)..]));
        table.row(
            &format!("{thing}, of 10⁴ to 10{} calls", ["⁴", "⁵", "⁶", "⁷"][points.len() - 1]),
            seconds.join(", "),
            &format!("grows by at most n^{bound}"),
            "ten times fewer calls; the exponent over all, and of the last step",
            format!("{whole:.2}, {last:.2}"),
        );
    }
    Ok(())
}

async fn of_size(calls: usize, runs: usize, told: &mut Told) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let rows = folder.path().join("smdr.csv");
    write_rows(&rows, calls)?;
    let library = folder.path().join("library");
    let mut note = |thing: &'static str, seconds: Vec<f64>| {
        let (median, least, most) = spread(seconds);
        eprintln!("  {calls} calls, {thing}: {} ({} to {})", short(median), short(least), short(most));
        told.entry(thing).or_default().push((calls as f64, median));
    };
    let import = ["import", "smdr", "--time-zone", "Europe/Berlin"];
    let mut seconds = Vec::new();
    for run in 0..runs {
        let into = folder.path().join(format!("library-{run}"));
        seconds.push(command(&into, &import, Some(&rows))?);
        if run == 0 {
            std::fs::rename(into, &library)?;
        } else {
            std::fs::remove_dir_all(into)?;
        }
    }
    std::fs::remove_file(rows)?;
    note("import smdr", seconds);
    asked(&library, &mut note).await?;
    let mut seconds = Vec::new();
    for _ in 0..runs {
        seconds.push(command(&library, &["rebuild"], None)?);
    }
    note("rebuild", seconds);
    let mut seconds = Vec::new();
    for _ in 0..runs {
        let file = folder.path().join("one.calldoc-backup");
        seconds.push(command(&library, &["backup"], Some(&file))?);
        std::fs::remove_file(file)?;
    }
    note("backup", seconds);
    Ok(())
}

/// What a person waits for.
async fn asked(library: &Path, note: &mut impl FnMut(&'static str, Vec<f64>)) -> anyhow::Result<()> {
    // Leaves of the days that are over are made once, in the background of the first hours.
    let desk = open(library).await?;
    desk.make_leaves().await.map_err(told)?;
    desk.close().await.map_err(told)?;
    let mut seconds = Vec::new();
    for _ in 0..ASKED {
        let begun = Instant::now();
        let desk = open(library).await?;
        page(&desk, CallFilter::default(), None).await?;
        seconds.push(begun.elapsed().as_secs_f64());
        desk.close().await.map_err(told)?;
    }
    note("Start: library opened, first page of calls", seconds);

    let desk = open(library).await?;
    let newest = page(&desk, CallFilter::default(), None).await?;
    let oldest = desk
        .answer(AskCalls { sort: CallSort::OldestFirst, ..first(CallFilter::default()) })
        .await
        .map_err(told)?;
    let ends = [&newest.rows, &oldest.rows].map(|rows| rows.first().map_or(0, |row| row.started_ms));
    let middle = CallFilter { to_ms: Some(ends[0].midpoint(ends[1])), ..CallFilter::default() };
    let text = |text: &str| Some(text.to_owned());
    let lists = [
        ("Call list, newest first", CallFilter::default()),
        ("Call list, from the middle", middle),
        ("Call list, rare digits", CallFilter { number: text("0039595"), ..CallFilter::default() }),
        ("Call list, a name that all have", CallFilter { text: text("Keller"), ..CallFilter::default() }),
    ];
    for (thing, filter) in lists {
        let mut seconds = Vec::new();
        for _ in 0..ASKED {
            let begun = Instant::now();
            let page = page(&desk, filter.clone(), None).await?;
            seconds.push(begun.elapsed().as_secs_f64());
            anyhow::ensure!(!page.rows.is_empty(), "{thing}: nothing is found");
        }
        note(thing, seconds);
    }
    let reports = desk.answer(AskReports {}).await.map_err(told)?;
    let report = reports.standard.iter().find(|report| report.name == REPORT);
    let definition = &report.context("the report is not there")?.definition;
    let to_ms = ends[0] + DAY_MS;
    let spans =
        [("A report over four days", to_ms - (DAYS + 1) * DAY_MS), ("A report over all time", ends[1])];
    for (thing, from_ms) in spans {
        let mut seconds = Vec::new();
        for run in 0..ASKED as u64 {
            seconds.push(report_takes(&desk, run, definition, Period::Custom { from_ms, to_ms }).await?);
        }
        note(thing, seconds);
    }
    desk.close().await.map_err(told)
}

fn first(filter: CallFilter) -> AskCalls {
    AskCalls { filter, sort: CallSort::NewestFirst, after: None, limit: 100 }
}

async fn page(
    desk: &Desk,
    filter: CallFilter,
    after: Option<String>,
) -> anyhow::Result<contract::calls::CallPage> {
    desk.answer(AskCalls { after, ..first(filter) }).await.map_err(told)
}

async fn report_takes(desk: &Desk, run: u64, definition: &Definition, period: Period) -> anyhow::Result<f64> {
    let asked = Asked { period, compared: false };
    let definition = definition.clone();
    let begun = Instant::now();
    desk.answer(RunReport { run, definition, asked, limit: 200, after: None }).await.map_err(told)?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Seconds that a command takes, from its start to its end.
fn command(library: &Path, words: &[&str], file: Option<&Path>) -> anyhow::Result<f64> {
    let begun = Instant::now();
    let status = Command::new(beside_us("calldoc-cli")?)
        .args(["--json", "--library"])
        .arg(library)
        .args(words)
        .args(file)
        .stdout(Stdio::null())
        .status()?;
    anyhow::ensure!(status.success(), "{words:?} failed");
    Ok(begun.elapsed().as_secs_f64())
}

/// Of the straight line that fits best, both axes logarithmic.
fn slope(points: &[(f64, f64)]) -> f64 {
    let points: Vec<(f64, f64)> = points.iter().map(|(n, seconds)| (n.ln(), seconds.ln())).collect();
    let count = points.len() as f64;
    let middle = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (mid_x, mid_y) = (middle(|point| point.0), middle(|point| point.1));
    let (mut over, mut under) = (0.0, 0.0);
    for (x, y) in points {
        over += (x - mid_x) * (y - mid_y);
        under += (x - mid_x).powi(2);
    }
    over / under
}

/// Three digits, in the unit in which they can be read.
fn short(seconds: f64) -> String {
    if seconds >= 1.0 { format!("{seconds:.1} s") } else { format!("{:.1} ms", seconds * 1_000.0) }
}
