//! Peers that crawl.

use super::pbx::{event, grant, journaled};
use crate::collector::Collector;
use crate::program::{complaints, said};
use crate::rows::{came_lately, log, must_hold};
use crate::scenario::{Scenario, Seen, Setting};
use model::Said;
use std::net::Ipv4Addr;
use std::path::Path;
use std::time::Duration;
use store::{EntryLimits, Library};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "slow",
    fault: "the PBX sends a byte a second on both links; an event stops in its middle for longer than a silent link is believed in",
    expected: "An event and a row are there when their last byte has come, once; rows on another connection come in meanwhile. Half \
               an event and then silence is a link that is down, told in words, and tried again; of the half nothing is kept.",
    run,
};

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(crawl(setting))
}

async fn crawl(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let library = setting.path("library");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let collector = Collector::of_both(&library, &listener.local_addr()?.to_string())?;
    let mut granted = grant(&listener).await?;
    let frame = event(1)?;
    let pause = Duration::from_millis(setting.times(20, 1_000) as u64);
    let mut quick = collector.pbx()?;
    std::io::Write::write_all(&mut quick, &log(0..1))?;
    let mut slow = TcpStream::connect(collector.smdr()?).await?;
    slow.set_nodelay(true)?;
    // Its first row shows that it is a PBX.
    slow.write_all(&log(1..2)).await?;
    let row = log(2..3);
    let crawling = row.len().max(frame.len());
    for place in 0..crawling {
        if let Some(byte) = row.get(place) {
            slow.write_all(&[*byte]).await?;
        }
        if let Some(byte) = frame.get(place) {
            granted.stream.write_all(&[*byte]).await?;
        }
        if place == crawling / 2 {
            std::io::Write::write_all(&mut quick, &log(3..4))?;
            wait_for_row(&library, 3, &collector).await?;
            seen.must(!came_lately(&library, 2).await?, || "a row was taken before its end".to_owned());
        }
        tokio::time::sleep(pause).await;
    }
    wait_for_row(&library, 2, &collector).await?;
    let events = events(&library, &frame).await?;
    seen.must(events == (1, 1), || format!("{events:?} instead of the one event"));
    let says = match setting.run {
        crate::scenario::Run::Short => String::new(),
        crate::scenario::Run::Full => {
            half_and_silence(&listener, granted.stream, &collector, &mut seen).await?
        }
    };
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", ended.err));
    must_hold(&library, 0..4, &mut seen).await?;
    seen.must(self::events(&library, &frame).await? == (1, 1), || "half an event was kept".to_owned());
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    let listed = said(&library, &["calls", "--json", "--all"])?;
    seen.must(listed.out.lines().count() == 4, || format!("{} calls of 4 rows", listed.out.lines().count()));
    seen.says = format!(
        "{crawling} times a byte every {} ms: the event and the row came whole, once; another connection's row in between; \"{says}\"",
        pause.as_millis()
    );
    Ok(seen)
}

/// Sends half an event and nothing more; the link must say that it is down and come back. Gives what it said.
async fn half_and_silence(
    listener: &TcpListener,
    mut stream: TcpStream,
    collector: &Collector,
    seen: &mut Seen,
) -> anyhow::Result<String> {
    let frame = event(2)?;
    stream.write_all(&frame[..frame.len() / 2]).await?;
    let again = tokio::time::timeout(Duration::from_secs(90), grant(listener)).await;
    seen.must(again.is_ok(), || "the link did not come back".to_owned());
    let says = super::flood::sentence(&collector.said(), "\"source\":\"devlink3\",\"state\":\"down\"");
    seen.must(!says.is_empty(), || "nothing was said of the silent link".to_owned());
    Ok(says)
}

async fn wait_for_row(library: &Path, number: u64, collector: &Collector) -> anyhow::Result<()> {
    for _ in 0..600 {
        if came_lately(library, number).await.unwrap_or(false) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("row {number} did not come: {}", collector.said())
}

/// Events in the journal, and how many of them are this one.
async fn events(library: &Path, frame: &[u8]) -> anyhow::Result<(usize, usize)> {
    let reader = Library::open_reader(library).await?;
    let entries = reader.entries(0, EntryLimits::default()).await?;
    reader.close().await;
    let events: Vec<_> = entries.iter().filter(|entry| entry.said == Said::DevlinkEvent).collect();
    Ok((events.len(), events.iter().filter(|entry| entry.bytes == journaled(frame)).count()))
}
