//! Reports over ten million calls of five years, beside the plain SQL for the same figure in `sqlite3` on the same file.
//!
//! The library is made once and kept where `CALLDOC_BENCH_LIBRARY` says; without that it is made anew for each run.
//! `CALLDOC_BENCH_REPORT` names the one report that is to be run over five years, for a profiler, and nothing else is.

mod fill;
mod plain;

use crate::journal::{open, told};
use crate::table::{RUNS, Table, spread};
use anyhow::Context;
use contract::calls::{AskCalls, CallFilter, CallSort};
use contract::reports::{AskReports, Asked, RunReport};
use desk::{Answer, Desk};
use model::report::{Definition, Period, Style};
use std::path::{Path, PathBuf};
use std::time::Instant;
use tempfile::TempDir;

const CALLS: i64 = 10_000_000;
const DAY_MS: i64 = 86_400_000;
const MONTH_DAYS: i64 = 30;

/// Ten million calls with everything that is kept of days that are over; the folder goes with its guard.
async fn library() -> anyhow::Result<(Desk, PathBuf, Option<TempDir>)> {
    let (folder, guard) = match std::env::var_os("CALLDOC_BENCH_LIBRARY") {
        Some(kept) => (PathBuf::from(kept), None),
        None => {
            let temporary = tempfile::tempdir()?;
            (temporary.path().to_owned(), Some(temporary))
        }
    };
    if !folder.join("library.sqlite3").is_file() {
        let begun = Instant::now();
        fill::fill(&folder, CALLS).await?;
        eprintln!("{CALLS} calls were put in within {:.0} s", begun.elapsed().as_secs_f64());
    }
    let desk = open(&folder).await?;
    let begun = Instant::now();
    let made = desk.make_leaves().await.map_err(told)?;
    eprintln!("{made} leaves were made within {:.0} s", begun.elapsed().as_secs_f64());
    Ok((desk, folder, guard))
}

/// The call list over the same library.
pub(crate) async fn measure_list(table: &mut Table) -> anyhow::Result<()> {
    let (desk, _, _guard) = library().await?;
    list(&desk, table).await?;
    desk.close().await.map_err(told)
}

pub(crate) async fn measure(table: &mut Table) -> anyhow::Result<()> {
    let (desk, folder, _guard) = library().await?;
    let before = resident_mb();
    let reports = desk.answer(AskReports {}).await.map_err(told)?;
    if let Ok(only) = std::env::var("CALLDOC_BENCH_REPORT") {
        let named = reports.standard.iter().find(|report| report.name == only);
        let report = named.with_context(|| format!("there is no report {only}"))?;
        let ms = run(&desk, &report.definition, Span::All.period()).await?;
        eprintln!("{only} over five years: {ms:.1} ms");
        return desk.close().await.map_err(told);
    }
    for (span, wanted_ms) in [(Span::Month, 150.0), (Span::All, 1_500.0)] {
        let mut slowest = (0.0, String::new());
        let mut all = Vec::new();
        for report in &reports.standard {
            let first_rows = report.definition.style() == Style::Detail;
            if first_rows && span == Span::All {
                continue;
            }
            let ms = run(&desk, &report.definition, span.period()).await?;
            eprintln!("  {}, {}: {ms:.1} ms", span.word(), report.name);
            all.push(ms);
            if ms > slowest.0 {
                slowest = (ms, report.name.clone());
            }
        }
        let (median, ..) = spread(all);
        table.row(
            &format!("Any standard report over {}", span.word()),
            format!("{:.0} ms ({}); median {median:.0} ms", slowest.0, slowest.1),
            &format!("{wanted_ms:.0} ms"),
            "the bound",
            format!("{:.2}", slowest.0 / wanted_ms),
        );
    }
    first_rows(&desk, table).await?;
    let more = resident_mb() - before;
    table.row(
        "Memory beyond idle",
        format!("{more:.0} MB"),
        "150 MB",
        "the bound",
        format!("{:.2}", more / 150.0),
    );
    plain::compare(&desk, &folder, table).await?;
    desk.close().await.map_err(told)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Month,
    All,
}

impl Span {
    fn word(self) -> &'static str {
        match self {
            Span::Month => "a month",
            Span::All => "five years",
        }
    }

    fn period(self) -> Period {
        let end = fill::BEGIN.plus_ms(fill::DAYS * DAY_MS);
        let days = match self {
            Span::Month => MONTH_DAYS,
            Span::All => fill::DAYS,
        };
        Period::Custom { from_ms: end.0 - days * DAY_MS, to_ms: end.0 }
    }
}

async fn run(desk: &Desk, definition: &Definition, period: Period) -> anyhow::Result<f64> {
    let mut runs = Vec::new();
    for run in 0..RUNS as u64 {
        let asked = Asked { period, compared: false };
        let definition = definition.clone();
        let begun = Instant::now();
        desk.answer(RunReport { run, definition, asked, limit: 200, after: None }).await.map_err(told)?;
        runs.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(spread(runs).0)
}

async fn first_rows(desk: &Desk, table: &mut Table) -> anyhow::Result<()> {
    let reports = desk.answer(AskReports {}).await.map_err(told)?;
    let mut slowest = (0.0, String::new());
    for report in reports.standard.iter().filter(|report| report.definition.style() == Style::Detail) {
        let ms = run(desk, &report.definition, Span::All.period()).await?;
        eprintln!("  first rows of {}: {ms:.1} ms", report.name);
        if ms > slowest.0 {
            slowest = (ms, report.name.clone());
        }
    }
    let (ms, name) = slowest;
    table.row(
        "First 200 rows of a detail report over five years",
        format!("{ms:.0} ms ({name})"),
        "100 ms",
        "the bound",
        format!("{:.2}", ms / 100.0),
    );
    Ok(())
}

/// A filter that is typed into the list of calls.
async fn list(desk: &Desk, table: &mut Table) -> anyhow::Result<()> {
    let text = |text: &str| Some(text.to_owned());
    let filters = [
        ("nothing", CallFilter::default()),
        ("a person", CallFilter { agent: text("207"), ..CallFilter::default() }),
        ("a group", CallFilter { group: text("503"), ..CallFilter::default() }),
        ("a whole number", CallFilter { number: text("03000791900"), ..CallFilter::default() }),
        ("abandoned", CallFilter { abandoned: true, ..CallFilter::default() }),
        ("a frequent name", CallFilter { text: text("Company 3"), ..CallFilter::default() }),
        ("a rare name", CallFilter { text: text("Company 299991"), ..CallFilter::default() }),
        ("rare digits", CallFilter { number: text("9919287"), ..CallFilter::default() }),
        ("over nine minutes", CallFilter { min_seconds: Some(540), ..CallFilter::default() }),
    ];
    let mut slowest = (0.0, "");
    for (name, filter) in filters {
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            let ask =
                AskCalls { filter: filter.clone(), sort: CallSort::NewestFirst, after: None, limit: 100 };
            let begun = Instant::now();
            desk.answer(ask).await.map_err(told)?;
            runs.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        let (ms, ..) = spread(runs);
        eprintln!("  call list, {name}: {ms:.1} ms");
        if ms > slowest.0 {
            slowest = (ms, name);
        }
    }
    let (ms, name) = slowest;
    table.row(
        "A filter of the call list, ten million calls",
        format!("{ms:.0} ms ({name})"),
        "100 ms",
        "the bound",
        format!("{:.2}", ms / 100.0),
    );
    Ok(())
}

/// Of this process, in MB, by Linux; 0 elsewhere.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kb.unwrap_or_default() / 1_024.0
}
