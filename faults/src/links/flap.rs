//! The PBX connects, says something and is gone, again and again, as fast as it can.

use crate::collector::{Collector, memory_mb_and_files};
use crate::program::complaints;
use crate::rows::{calls, in_journal, log};
use crate::scenario::{Scenario, Seen, Setting};
use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::time::Duration;

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "flap",
    fault: "the PBX connects for SMDR and is gone again, 10,000 times as fast as it can; every tenth row comes twice, every \
            seventh connection breaks amid a row; before that come 9,000 rows on one connection, more than are kept in mind",
    expected: "Every whole row is a call, once. The collector's memory and open files stay as they were after the first \
               thousand.",
    run,
};

/// Over all flaps after the first thousand.
const GROWTH_MB_MAX: f64 = 8.0;
/// Connections that a collector has at once; more would be turned away, and their rows with them.
const AT_ONCE: usize = 8;

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(flap(setting))
}

async fn flap(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let library = setting.path("library");
    let collector = Collector::of_rows(&library)?;
    let flaps = setting.times(300, 10_000);
    let warm_up = flaps / 10;
    let mut after_warm_up = (0.0, 0);
    // What is kept in mind for late records has a cap, and grows until then: reached before anything is measured.
    let mut rows = setting.times(1, 9_000) as u64;
    collector.pbx()?.write_all(&log(0..rows))?;
    came(&collector, &library, rows).await?;
    let begun = std::time::Instant::now();
    for flap in 0..flaps {
        if flap == warm_up {
            came(&collector, &library, rows).await?;
            after_warm_up = memory_mb_and_files(collector.id())?;
        }
        let mut pbx = TcpStream::connect(collector.smdr()?)?;
        if flap % 10 == 9 {
            pbx.write_all(&log(rows - 1..rows))?;
        }
        pbx.write_all(&log(rows..rows + 1))?;
        rows += 1;
        if flap % 7 == 6 {
            // The beginning of a row that comes whole with the next connection.
            pbx.write_all(&log(rows..rows + 1)[..30])?;
        }
        // It may be gone already.
        let _ = pbx.shutdown(Shutdown::Both);
        if flap % AT_ONCE == AT_ONCE - 1 {
            // As many as may be there at once have to be taken before more come.
            came(&collector, &library, rows).await?;
        }
    }
    let seconds = begun.elapsed().as_secs();
    came(&collector, &library, rows).await?;
    let (mb, files) = memory_mb_and_files(collector.id())?;
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", ended.err));
    let counted = calls(&library).await?;
    seen.must(counted == rows, || format!("{counted} calls of {rows} rows"));
    let grown = mb - after_warm_up.0;
    seen.must(grown < GROWTH_MB_MAX, || format!("memory grew from {:.1} to {mb:.1} MB", after_warm_up.0));
    seen.must(files <= after_warm_up.1, || format!("{files} files are open, {} before", after_warm_up.1));
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "{flaps} connections in {seconds} s: {rows} rows, {counted} calls; memory {:.1} MB after the first {warm_up}, {mb:.1} MB at \
         the end, {files} open files",
        after_warm_up.0
    );
    Ok(seen)
}

async fn came(collector: &Collector, library: &Path, rows: u64) -> anyhow::Result<()> {
    for _ in 0..3_000 {
        let last = rows.saturating_sub(1);
        if rows == 0 || has(library, last).await {
            return Ok(());
        }
        anyhow::ensure!(collector.is_running(), "the collector ended: {}", collector.said());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let missing = in_journal(library).await?;
    let missing: Vec<u64> = (0..rows).filter(|row| !missing.contains_key(row)).take(10).collect();
    anyhow::bail!("rows did not come: {missing:?}")
}

/// Whether a row is among the last that came.
async fn has(library: &Path, number: u64) -> bool {
    crate::rows::came_lately(library, number).await.unwrap_or(false)
}
