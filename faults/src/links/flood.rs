//! Peers that send as fast as the network goes: what is right, and what never ends.

use super::pbx::{event, grant, journaled};
use crate::collector::{Collector, memory_mb_and_files};
use crate::program::{complaints, said};
use crate::rows::{in_journal, log, must_hold};
use crate::scenario::{Scenario, Seen, Setting};
use model::Said;
use serde_json::Value;
use std::net::Ipv4Addr;
use std::path::Path;
use std::time::{Duration, Instant};
use store::{EntryLimits, Library};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "flood",
    fault: "DevLink3 events, SMDR rows and a line without an end come at once as fast as loopback goes, then a frame that says it \
            has 2 MB",
    expected: "The collector's memory stays below 200 MB; every event and every row is in the journal, once; the list of calls \
               answers meanwhile. The line without an end is kept cut and named; the frame breaks the link, which comes back \
               by itself.",
    run,
};

const MEMORY_MB_MAX: f64 = 200.0;
/// A person waits that long for a list, on a machine that does nothing else but this.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);
/// Header of a frame of 2 MB, twice what is accepted.
const TOO_LONG: [u8; 4] = [0x49, 0x80 | 64, 0, 0];

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(flood(setting))
}

async fn flood(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let library = setting.path("library");
    let events = u32::try_from(setting.times(5_000, 60_000))?;
    let rows = setting.times(3_000, 60_000) as u64;
    let endless_mb = setting.times(20, 300);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let collector = Collector::of_both(&library, &listener.local_addr()?.to_string())?;
    let mut granted = grant(&listener).await?;
    let smdr = collector.smdr()?;
    let frames: Vec<Vec<u8>> = (1..=events).map(event).collect::<Result<_, _>>()?;
    let begun = Instant::now();
    let sending = {
        let frames = frames.clone();
        tokio::spawn(async move {
            for frame in frames {
                granted.stream.write_all(&frame).await?;
            }
            granted.stream.write_all(&TOO_LONG).await?;
            Ok::<_, std::io::Error>(granted)
        })
    };
    let rowing = tokio::spawn(async move {
        let mut pbx = TcpStream::connect(smdr).await?;
        for number in 0..rows {
            pbx.write_all(&log(number..number + 1)).await?;
        }
        pbx.shutdown().await
    });
    let endless = tokio::spawn(async move {
        let mut pbx = TcpStream::connect(smdr).await?;
        pbx.write_all(b"a row,or so it seems\r\n").await?;
        let block = vec![b'x'; 1 << 20];
        for _ in 0..endless_mb {
            pbx.write_all(&block).await?;
        }
        pbx.shutdown().await
    });
    let mut most_mb: f64 = 0.0;
    let mut slowest = Duration::ZERO;
    let mut came = (0, 0);
    let deadline = Instant::now() + Duration::from_secs(400);
    while came != (u64::from(events), rows) {
        anyhow::ensure!(Instant::now() < deadline, "only {came:?} events and rows came");
        anyhow::ensure!(collector.is_running(), "the collector ended: {}", tail(&collector.said()));
        most_mb = most_mb.max(memory_mb_and_files(collector.id())?.0);
        let asked = Instant::now();
        let library_of = library.clone();
        let listed = tokio::task::spawn_blocking(move || said(&library_of, &["calls", "--json"])).await??;
        slowest = slowest.max(asked.elapsed());
        seen.must(listed.code == Some(0), || format!("calls: {}", listed.err));
        came = (
            events_in(&library, &frames, None).await?,
            in_journal(&library).await.map_or(0, |rows| rows.len() as u64),
        );
    }
    let seconds = begun.elapsed().as_secs_f64();
    rowing.await??;
    // It may have been cut off as what it is.
    let _ = endless.await?;
    let held = sending.await??;
    // The frame that is too long ends the connection, and the link comes back.
    let again = tokio::time::timeout(Duration::from_secs(60), grant(&listener)).await;
    seen.must(again.is_ok(), || "the link did not come back after the frame that is too long".to_owned());
    drop(held);
    let text = collector.said();
    let broken = sentence(&text, "\"source\":\"devlink3\",\"state\":\"down\"");
    seen.must(!broken.is_empty(), || "nothing was said of the broken link".to_owned());
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", tail(&ended.err)));
    events_in(&library, &frames, Some(&mut seen)).await?;
    must_hold(&library, 0..rows, &mut seen).await?;
    seen.must(most_mb < MEMORY_MB_MAX, || format!("its memory grew to {most_mb:.0} MB"));
    seen.must(slowest < ANSWERS_WITHIN, || format!("a list of calls took {:.1} s", slowest.as_secs_f64()));
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "{events} events and {rows} rows in {seconds:.0} s beside {endless_mb} MB without a line end: all in the journal, once; \
         memory at most {most_mb:.0} MB; the slowest list of calls took {:.1} s; \"{broken}\"",
        slowest.as_secs_f64()
    );
    Ok(seen)
}

/// How many of these events are in the journal. At the end they must be just these, in order.
async fn events_in(library: &Path, frames: &[Vec<u8>], seen: Option<&mut Seen>) -> anyhow::Result<u64> {
    let Ok(reader) = Library::open_reader(library).await else { return Ok(0) };
    let mut after = 0;
    let mut expected = frames.iter().map(|frame| journaled(frame));
    let (mut found, mut wrong) = (0, 0);
    loop {
        let entries = reader.entries(after, EntryLimits::default()).await?;
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for entry in entries.iter().filter(|entry| entry.said == Said::DevlinkEvent) {
            found += 1;
            wrong += u64::from(expected.next() != Some(&entry.bytes));
        }
    }
    reader.close().await;
    if let Some(seen) = seen {
        seen.must(wrong == 0, || format!("{wrong} events are not what was sent, in order"));
        seen.must(found == frames.len() as u64, || format!("{found} events of {}", frames.len()));
    }
    Ok(found)
}

/// What a link said of itself in the event that holds `words`.
pub(super) fn sentence(text: &str, words: &str) -> String {
    let event = text.lines().find(|line| line.contains(words));
    let event = event.and_then(|line| serde_json::from_str::<Value>(line).ok()).unwrap_or_default();
    event["link"]["says"].as_str().unwrap_or_default().to_owned()
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}
