//! Somebody else has the library.

use crate::collector::Collector;
use crate::program::{complaints, said};
use crate::rows::{in_journal, log, must_hold};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::{Context, anyhow};
use faulty::sql::Connection;
use std::io::Write;
use std::time::Duration;

pub(crate) const HELD: Scenario = Scenario {
    name: "held",
    fault: "a second CallDoc opens the library of a collector for writing",
    expected: "It is told who holds it and ends with 1; calls, check and backup work beside the collector, which goes on.",
    run: run_held,
};

pub(crate) const BUSY: Scenario = Scenario {
    name: "busy",
    fault: "another program holds SQLite's lock on the database for longer than anybody waits, while rows come in",
    expected: "The collector says that another program keeps the library busy, and goes on; all rows are there once it was let \
               go, each once.",
    run: run_busy,
};

const ROWS: u64 = 100;
/// Longer than SQLite waits for a lock here.
const HELD_FOR: Duration = Duration::from_secs(14);

fn run_held(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(held(setting))
}

async fn held(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let library = setting.path("library");
    let collector = Collector::of_rows(&library)?;
    collector.pbx()?.write_all(&log(0..ROWS))?;
    came(&collector, &library, ROWS).await?;
    let second = said(&library, &["collect", "--for", "2"])?;
    seen.must(
        second.code == Some(1) && second.err.contains("already open for writing in calldoc-cli collect"),
        || format!("{:?} {}", second.code, second.err),
    );
    let backup = setting.path("a.calldoc-backup");
    let backup = backup.to_str().context("a path that is text")?;
    for words in [vec!["calls"], vec!["check"], vec!["backup", backup]] {
        let beside = said(&library, &words)?;
        seen.must(beside.code == Some(0), || format!("{}: {}", words[0], beside.err));
    }
    collector.pbx()?.write_all(&log(ROWS..2 * ROWS))?;
    came(&collector, &library, 2 * ROWS).await?;
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", ended.err));
    must_hold(&library, 0..2 * ROWS, &mut seen).await?;
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!("\"{}\"", second.err.trim());
    Ok(seen)
}

async fn came(collector: &Collector, library: &std::path::Path, rows: u64) -> anyhow::Result<()> {
    loop {
        let found = in_journal(library).await.map_or(0, |found| found.len() as u64);
        if found >= rows {
            return Ok(());
        }
        anyhow::ensure!(collector.is_running(), "the collector ended: {}", collector.said());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn run_busy(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(busy(setting))
}

async fn busy(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let library = setting.path("library");
    let collector = Collector::of_rows(&library)?;
    let mut pbx = collector.pbx()?;
    pbx.write_all(&log(0..ROWS))?;
    came(&collector, &library, ROWS).await?;
    let other = Connection::open(&library.join("library.sqlite3")).map_err(|error| anyhow!(error))?;
    loop {
        // The collector writes now and then.
        match other.run("BEGIN IMMEDIATE") {
            Ok(_) => break,
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
    pbx.write_all(&log(ROWS..2 * ROWS))?;
    tokio::time::sleep(HELD_FOR).await;
    let text = collector.said();
    let sentence =
        text.lines().find(|line| line.contains("keeps the library busy")).unwrap_or_default().to_owned();
    seen.must(!sentence.is_empty(), || format!("it did not say so: {text}"));
    let meanwhile = in_journal(&library).await?.len();
    other.run("ROLLBACK").map_err(|error| anyhow!(error))?;
    came(&collector, &library, 2 * ROWS).await?;
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", ended.err));
    must_hold(&library, 0..2 * ROWS, &mut seen).await?;
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "\"{sentence}\"; {meanwhile} rows while it was held for {} s, all {} afterwards",
        HELD_FOR.as_secs(),
        2 * ROWS
    );
    Ok(seen)
}
