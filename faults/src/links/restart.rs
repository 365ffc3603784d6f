//! The PBX restarts: its connections break amid calls, and it hands out all its numbers again.

use crate::collector::{Collector, words_of_both};
use crate::kill::journal::Journal;
use crate::kill::relay::Relay;
use crate::kill::rows::Rows;
use crate::program::{cli, complaints, said};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use model::Said;
use serde_json::Value;
use simulator::{LegFields, Pace, Settings, Simulator};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;
use store::{EntryLimits, Library};

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "restart",
    fault: "the PBX restarts amid calls, several times, and its call ids, connection ids and record ids start again",
    expected: "The link comes back by itself. Each call that ended is there once, with its own outside party and its own record: none \
               is taken for one of before. Calls that the restart cut are over, unseen. rebuild changes nothing.",
    run,
};

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(restart(setting))
}

async fn office(setting: &Setting, life: u64, smdr: SocketAddr) -> anyhow::Result<Simulator> {
    // The numbers begin again in each life; who calls does not.
    Ok(Simulator::start(Settings {
        devlink3: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        smdr_to: Some(smdr),
        seed: setting.seed + life,
        leg_fields: LegFields::Always,
        pace: Pace::CallsPerHour(300.0),
        speed: 20.0,
        ..Settings::default()
    })
    .await?)
}

async fn restart(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let library = setting.path("library");
    let restarts = setting.times(1, 4);
    let (rows, smdr) = Rows::start().await?;
    let mut now = office(setting, 0, smdr).await?;
    let relay = Relay::start(now.devlink3_addr().context("DevLink3 is served")?).await?;
    let mut command = cli(&library)?;
    command.args(words_of_both(&relay.addr().to_string(), rows.receiver()));
    let collector = Collector::start(command, Some(rows.receiver()))?;
    let (mut truth, mut unfinished) = (Vec::new(), 0);
    for number in 0..=restarts {
        tokio::time::sleep(Duration::from_secs(12)).await;
        let summary = now.stop().await;
        unfinished += summary.unfinished;
        truth.extend(now.truth());
        if number < restarts {
            drop(now);
            now = office(setting, number as u64 + 1, smdr).await?;
            relay.point_to(now.devlink3_addr().context("DevLink3 is served")?);
        }
    }
    // Records are joined within seconds.
    tokio::time::sleep(Duration::from_secs(8)).await;
    let ended = collector.end()?;
    seen.must(ended.code == Some(0), || format!("the end: {}", ended.err));
    let mut journal = Journal::default();
    journal.heard(relay.conversations().await, rows.deliveries().await);
    journal.compare(&library, &mut seen).await?;
    let (events, records) = journal.lost();
    seen.must(events == 0 && records == 0, || format!("{events} events and {records} rows are lost"));
    let listed = said(&library, &["calls", "--json", "--all"])?;
    let calls: Vec<Value> = listed.out.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let sent = rows_in(&library).await?;
    let (with_record, unsent) = compare(&truth, &sent, &calls, &mut seen);
    let cut = calls.len().saturating_sub(with_record);
    seen.must(cut as u64 <= unfinished + unsent, || {
        format!(
            "{cut} calls without a record, {unfinished} were cut and {unsent} ended with their rows unsent"
        )
    });
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "{restarts} restarts: {} calls that ended, each there once with its own record; {cut} of {unfinished} that were cut are \
         there without one",
        truth.len()
    );
    Ok(seen)
}

/// All rows of the journal.
async fn rows_in(library: &Path) -> anyhow::Result<Vec<String>> {
    let reader = Library::open_reader(library).await?;
    let (mut rows, mut after) = (Vec::new(), 0);
    loop {
        let entries = reader.entries(after, EntryLimits::default()).await?;
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for entry in entries.iter().filter(|entry| entry.said == Said::SmdrLines) {
            rows.extend(String::from_utf8_lossy(&entry.bytes).lines().map(str::to_owned));
        }
    }
    reader.close().await;
    Ok(rows)
}

/// By their records each ended call of each life of the PBX is one call, with its own outside party. Gives how many calls
/// have a record, and how many records were not sent any more.
fn compare(
    truth: &[contract::published::Call],
    sent: &[String],
    calls: &[Value],
    seen: &mut Seen,
) -> (usize, u64) {
    // A record's number comes again in each life; its outside number and its time tell them apart.
    let mut made: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    let mut with_record = 0;
    for call in calls {
        let records: Vec<u64> =
            call["smdr"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        with_record += usize::from(!records.is_empty());
        for record in records {
            let party = call["external_number"].as_str().unwrap_or_default();
            made.entry(format!("{record} {party}")).or_default().push(call);
        }
    }
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    let mut unsent = 0;
    for call in truth {
        for record in &call.smdr {
            let party = call.external_number.as_deref().unwrap_or_default();
            // A call may have ended so shortly before the restart that its row did not go out any more.
            if !sent.iter().any(|row| row.contains(&format!(",{record},")) && row.contains(party)) {
                unsent += 1;
                continue;
            }
            *expected.entry(format!("{record} {party}")).or_default() += 1;
        }
    }
    for (record, times) in &expected {
        let found = made.get(record).map_or(0, Vec::len);
        seen.must(found == *times, || format!("record {record}: {found} calls instead of {times}"));
    }
    (with_record, unsent)
}
