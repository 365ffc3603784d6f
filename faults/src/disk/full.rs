//! There is no room left while something is taken in.

use super::power::filled;
use super::small::Mounted;
use crate::collector::Collector;
use crate::program::{complaints, said};
use crate::rows::{calls, in_journal, log, must_hold};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use std::io::Write;
use std::net::TcpStream;

pub(crate) const COLLECT: Scenario = Scenario {
    name: "full-collect",
    fault: "the disk fills up while collecting, and has room again later",
    expected: "The collector says that the disk is full, goes on running and lets the PBX wait. When there is room, all rows \
               come in, each once. check finds nothing, rebuild changes nothing.",
    run: run_collect,
};

pub(crate) const IMPORT: Scenario = Scenario {
    name: "full-import",
    fault: "the disk fills up during an import of 20,000 rows",
    expected: "The import ends with 1 and says that the disk is full. The library is whole. With room, the same import again \
               brings all rows in, each once.",
    run: run_import,
};

/// A library with its log and its index of the log takes 5 MB before there is anything in it.
pub(super) const DISK_BYTES: u64 = 48 << 20;
const ROWS: u64 = 400;

fn run_collect(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(collect(setting))
}

async fn collect(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let disk = Mounted::small(setting.path("disk"), DISK_BYTES)?;
    let library = disk.path().join("library");
    let collector = Collector::of_rows(&library)?;
    let mut pbx = collector.pbx()?;
    pbx.write_all(&log(0..50))?;
    let begun = collector.until(|| Ok(rows_in(&library)? >= 50));
    seen.must(begun.is_ok(), || format!("it does not collect: {}", collector.said()));
    disk.fill(0)?;
    let sender = std::thread::spawn(move || send(pbx));
    let told = collector.until(|| Ok(collector.said().contains("The disk is full")));
    seen.must(told.is_ok(), || format!("it did not say that the disk is full: {}", collector.said()));
    let stuck = rows_in(&library)?;
    disk.free()?;
    let came = collector.until(|| Ok(rows_in(&library)? >= ROWS));
    seen.must(came.is_ok(), || "not all rows came in after there was room".to_owned());
    sender.join().map_err(|_| anyhow::anyhow!("the sender panicked"))??;
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", ended.err));
    must_hold(&library, 0..ROWS, &mut seen).await?;
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "\"The disk is full. …\" after {stuck} of {ROWS} rows; with room all {} came, each once",
        in_journal(&library).await?.len()
    );
    Ok(seen)
}

/// One row at a time, so that each is a commit; waits when nobody takes them.
fn send(mut pbx: TcpStream) -> anyhow::Result<()> {
    for number in 50..ROWS {
        pbx.write_all(&log(number..number + 1))?;
        std::thread::sleep(std::time::Duration::from_millis(3));
    }
    Ok(())
}

fn rows_in(library: &std::path::Path) -> anyhow::Result<u64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let library = library.to_owned();
    // Asked from within a runtime: on a thread of its own.
    let found =
        std::thread::spawn(move || runtime.block_on(in_journal(&library)).map(|rows| rows.len() as u64));
    match found.join() {
        Ok(Ok(rows)) => Ok(rows),
        // Not made yet, or no room to look at it.
        Ok(Err(_)) | Err(_) => Ok(0),
    }
}

fn run_import(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(import(setting))
}

async fn import(setting: &Setting) -> anyhow::Result<Seen> {
    const IMPORTED: u64 = 20_000;
    let mut seen = Seen::default();
    let disk = Mounted::small(setting.path("disk"), DISK_BYTES)?;
    let library = disk.path().join("library");
    filled(&library, setting, 100)?;
    let file = setting.path("many.csv");
    std::fs::write(&file, log(0..IMPORTED))?;
    let words = ["import", "smdr", file.to_str().context("a path that is text")?, "--json"];
    disk.fill(3 << 20)?;
    let full = said(&library, &words)?;
    seen.must(full.code == Some(1) && full.err.contains("The disk is full"), || {
        format!("the import ended with {:?}: {} {}", full.code, full.out, full.err)
    });
    disk.free()?;
    let checked = said(&library, &["check"])?;
    seen.must(checked.code == Some(0), || format!("after it: {} {}", checked.out, checked.err));
    let came = calls(&library).await?;
    seen.must(came < IMPORTED, || "the disk was never full".to_owned());
    let again = said(&library, &words)?;
    seen.must(again.code == Some(0), || format!("again, with room: {}", again.err));
    let all = calls(&library).await?;
    seen.must(all == IMPORTED, || format!("{all} calls of {IMPORTED} rows"));
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!("\"{}\"; {came} calls until then, {all} after the second import", full.err.trim());
    Ok(seen)
}
