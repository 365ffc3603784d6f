//! The computer's clock is set while the office telephones.

use crate::child::{site, told};
use crate::scenario::{Scenario, Seen, Setting};
use desk::{Clock, Desk, Opening, RunOnlyKeychain, Start};
use model::At;
use simulator::{LegFields, Tape, TapeSettings, tape};
use std::sync::Arc;
use store::{CallFilter, CallSort, EntryLimits, PageRequest};

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "clock",
    fault: "the computer's clock jumps an hour and a year, forward and back, amid calls that both sources tell",
    expected: "Everything that was said is in the journal, once, in the order in which it came. Each call is there once. What the \
               clocks differ by is told. rebuild changes nothing. While the clock is a year off, a record, which names the PBX's \
               time, is not taken for one of a call of another year: both are there, each once.",
    run,
};

const HOUR_MS: i64 = 3_600_000;
const YEAR_MS: i64 = 365 * 24 * HOUR_MS;
const CALLS: u32 = 400;
/// Clocks that are farther apart are not compared: a record of another day may be from a log.
const JOINED_WITHIN_MS: i64 = 2 * HOUR_MS;

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(jumps(setting))
}

async fn jumps(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut says = Vec::new();
    for (what, jump) in [("+1 h", HOUR_MS), ("-1 h", -HOUR_MS), ("+1 year", YEAR_MS), ("-1 year", -YEAR_MS)] {
        // There, and back where it was: somebody put it right again.
        says.push(format!("{what}: {}", jump_by(setting, what, jump, &mut seen).await?));
    }
    seen.says = says.join("; ");
    Ok(seen)
}

async fn jump_by(setting: &Setting, what: &str, jump: i64, seen: &mut Seen) -> anyhow::Result<String> {
    let settings = TapeSettings {
        seed: setting.seed,
        calls: CALLS,
        // The site's: what the clocks differ by is the jump alone.
        zone: "UTC".to_owned(),
        leg_fields: LegFields::Always,
        ..TapeSettings::default()
    };
    let tape = tape(&settings)?;
    let library = setting.path(&format!("library{}", jump / HOUR_MS));
    let clock = Arc::new(Clock::by_hand(tape.spoken[0].at));
    let desk = Desk::open(Opening {
        library,
        demo: false,
        keychain: Arc::new(RunOnlyKeychain::default()),
        holder: "faults".to_owned(),
        sources: Start::Nothing,
        clock: Arc::clone(&clock),
        spoken: desk::Language::English,
    })
    .await
    .map_err(told)?;
    let site = site(&desk).await.map_err(told)?;
    let third = tape.spoken.len() / 3;
    for (place, said) in tape.spoken.iter().enumerate() {
        let ahead = if (third..2 * third).contains(&place) { jump } else { 0 };
        clock.turn_to(At(said.at.0 + ahead));
        desk.said(site, said.said, said.bytes.clone()).await.map_err(told)?;
        desk.settle().await.map_err(told)?;
    }
    let last = tape.spoken.last().map_or(At(0), |said| said.at);
    clock.turn_to(At(last.0 + 60_000));
    desk.settle().await.map_err(told)?;
    in_order(&desk, &tape, what, seen).await?;
    let (both, of_records) = by_source(&desk).await?;
    let apart = if jump.abs() > JOINED_WITHIN_MS { tape.truth.len() } else { 0 };
    seen.must(both == tape.truth.len() && of_records <= apart, || {
        format!("{what}: {both} calls of {}, and {of_records} of records alone", tape.truth.len())
    });
    let rebuilt = desk.rebuild().await.map_err(told)?;
    seen.must((rebuilt.added, rebuilt.removed, rebuilt.changed) == (0, 0, 0), || {
        format!("{what}: {rebuilt:?}")
    });
    let health = desk.reader().health(50).await?;
    let clocks: Vec<&str> =
        health.iter().map(|note| note.says.as_str()).filter(|says| says.contains("clock")).collect();
    seen.must(!clocks.is_empty(), || format!("{what}: nothing was said of the clocks: {health:?}"));
    let told_of = clocks.first().map(|says| (*says).to_owned()).unwrap_or_default();
    desk.close().await.map_err(told)?;
    Ok(format!("{both} calls of {}, {of_records} of records alone, \"{told_of}\"", tape.truth.len()))
}

/// Calls that count: those that DevLink3 told, with their records or without, and those that only records tell of.
async fn by_source(desk: &Desk) -> anyhow::Result<(usize, usize)> {
    let (mut told, mut of_records, mut after) = (0, 0, None);
    loop {
        let (filter, sort) = (CallFilter::default(), CallSort::OldestFirst);
        let page = desk.reader().calls(&PageRequest { filter, sort, after, limit: 500 }).await?;
        for call in page.calls.iter().filter(|call| call.is_counted()) {
            match call.basis.devlink_facts {
                0 => of_records += 1,
                _ => told += 1,
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok((told, of_records));
        }
    }
}

async fn in_order(desk: &Desk, tape: &Tape, what: &str, seen: &mut Seen) -> anyhow::Result<()> {
    let (mut after, mut place) = (0, 0);
    loop {
        let entries = desk.reader().entries(after, EntryLimits::default()).await?;
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for entry in &entries {
            let same = tape
                .spoken
                .get(place)
                .is_some_and(|said| said.said == entry.said && said.bytes == entry.bytes);
            seen.must(same, || format!("{what}: entry {} is not what was said then", entry.seq));
            place += 1;
        }
    }
    seen.must(place == tape.spoken.len(), || format!("{what}: {place} entries of {}", tape.spoken.len()));
    Ok(())
}
