//! The computer sleeps while the PBX goes on.

use crate::collector::{Collector, words_of_both};
use crate::kill::journal::Journal;
use crate::kill::relay::Relay;
use crate::kill::rows::Rows;
use crate::program::{cli, complaints};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use simulator::{Pace, Settings, Simulator};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "sleep",
    fault: "the collector stands still (SIGSTOP) for longer than a silent link is believed in, while the office telephones, and \
            goes on (SIGCONT)",
    expected: "Everything that TCP acknowledged meanwhile is in the journal, once and in order. A connection that the PBX gave up is \
               made anew with a snapshot. check finds nothing, rebuild changes nothing.",
    run,
};

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(sleep(setting))
}

async fn sleep(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let library = setting.path("library");
    let asleep = Duration::from_secs(setting.times(4, 75) as u64);
    let (rows, smdr) = Rows::start().await?;
    let office = Simulator::start(Settings {
        devlink3: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        smdr_to: Some(smdr),
        seed: setting.seed,
        pace: Pace::CallsPerHour(600.0),
        speed: 20.0,
        ..Settings::default()
    })
    .await?;
    let relay = Relay::start(office.devlink3_addr().context("DevLink3 is served")?).await?;
    let mut command = cli(&library)?;
    command.args(words_of_both(&relay.addr().to_string(), rows.receiver()));
    let collector = Collector::start(command, Some(rows.receiver()))?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    collector.signal("STOP")?;
    tokio::time::sleep(asleep).await;
    collector.signal("CONT")?;
    tokio::time::sleep(Duration::from_secs(6)).await;
    let text = collector.said();
    let summary = office.stop().await;
    // What is on its way arrives within moments on one computer.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", ended.err));
    let mut journal = Journal::default();
    journal.heard(relay.conversations().await, rows.deliveries().await);
    journal.compare(&library, &mut seen).await?;
    let (events, records) = journal.lost();
    seen.must(events == 0 && records == 0, || {
        format!("{events} events and {records} rows were acknowledged and are lost")
    });
    seen.must(journal.has_something(), || "there was no load".to_owned());
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    let ups = text.lines().filter(|line| line.contains("\"source\":\"devlink3\",\"state\":\"up\"")).count();
    seen.must(ups > 0, || "the link was never up".to_owned());
    seen.says = format!(
        "{} s asleep, {} calls meanwhile; {ups} times up; {journal}",
        asleep.as_secs(),
        summary.calls
    );
    Ok(seen)
}
