//! Measures the library on this machine: journal entries a second, calls a second in bulk, and pages of lists with a
//! million calls behind them.
//!
//! `cargo run --release -p store --example load -- [calls]`; a folder of its own under the system's temporary one.

#![allow(clippy::print_stdout)]

use model::fact::{LegId, NodeId};
use model::{
    AgentState, AgentStatus, At, Basis, Call, CallId, Direction, Ending, Event, EventKind, Position,
    RecordRef, Said, SiteId,
};
use std::time::Instant;
use store::{
    CallFilter, CallSort, Changes, Checkpoint, Library, NewEntry, NumberFilter, PageRequest, Reader,
    SeenRecord, Site, Span, StoreError, Writer,
};

const CALLS_A_COMMIT: usize = 8_000;
const ENTRIES_A_COMMIT: usize = 1_000;
const JOURNAL_ENTRIES: usize = 200_000;
const PHONE_DAYS: i64 = 60;

/// A Delta3 event without its rarer parts is about as long.
const EVENT_BYTES: usize = 400;

/// 2025-01-01T00:00:00Z, a Wednesday.
const BEGIN: At = At::from_seconds(1_735_689_600);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let calls = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let (mut writer, reader) = Library::open_writer(folder.path(), "load example").await?;
    let site = Site { name: "Office".into(), time_zone: "Europe/Berlin".into(), ..Site::default() };
    let site = writer.save_site(&site).await?;
    journal(&mut writer, site).await?;
    bulk(&mut writer, &reader, site, calls).await?;
    phones(&mut writer, site, calls).await?;
    println!("peak memory of the process: {}", peak_memory());
    replaced(&mut writer, site).await?;
    questions(&reader, calls).await?;
    println!("peak memory of the process: {}", peak_memory());
    Ok(())
}

/// What DevLink3 does: entries with a few changed calls and a small engine state.
async fn journal(writer: &mut Writer, site: SiteId) -> Result<(), StoreError> {
    let started = Instant::now();
    let batch: Vec<NewEntry> = (0..ENTRIES_A_COMMIT)
        .map(|_| NewEntry { at: BEGIN, site, said: Said::DevlinkEvent, bytes: vec![b'x'; EVENT_BYTES] })
        .collect();
    for number in 0..JOURNAL_ENTRIES / ENTRIES_A_COMMIT {
        let changes = Changes {
            calls: (0..150).map(|n| call(site, number as i64 * 1_000 + n + 1, n)).collect(),
            checkpoint: Some(Checkpoint {
                through_seq: 0,
                engine_version: 1,
                state: vec![0; 20_000],
                by_hand: None,
            }),
            ..Changes::default()
        };
        writer.commit(&batch, &changes).await?;
    }
    let rate = JOURNAL_ENTRIES as f64 / started.elapsed().as_secs_f64();
    println!(
        "journal: {rate:.0} entries/s in commits of {ENTRIES_A_COMMIT}, each with 150 calls and a state"
    );
    Ok(())
}

/// What `import smdr` does: chunks of lines, records looked for and noted, calls.
async fn bulk(writer: &mut Writer, reader: &Reader, site: SiteId, calls: usize) -> Result<(), StoreError> {
    let mut storing = std::time::Duration::ZERO;
    let mut looking = std::time::Duration::ZERO;
    writer.begin_bulk().await?;
    for first in (0..calls).step_by(CALLS_A_COMMIT) {
        let count = CALLS_A_COMMIT.min(calls - first);
        let seq = writer.next_seq();
        let entry = NewEntry { at: BEGIN, site, said: Said::SmdrLines, bytes: vec![b'1'; count * 150] };
        let batch: Vec<Call> = (first..first + count).map(|n| call(site, seq, n as i64)).collect();
        let records: Vec<SeenRecord> = batch
            .iter()
            .map(|call| SeenRecord { site, started_at: call.started_at, digest: mixed(call.id.0) })
            .collect();
        let asked: Vec<(At, u128)> =
            records.iter().map(|record| (record.started_at, record.digest)).collect();
        let started = Instant::now();
        let known = reader.known_records(site, &asked).await?;
        looking += started.elapsed();
        assert!(known.iter().all(|known| !known), "every record is new");
        let changes = Changes { calls: batch, records, ..Changes::default() };
        let started = Instant::now();
        writer.commit(&[entry], &changes).await?;
        storing += started.elapsed();
    }
    let started = Instant::now();
    writer.end_bulk().await?;
    let ending = started.elapsed().as_secs_f64();
    println!(
        "bulk: {ending:.2} s at the end; before it {calls} calls in {:.2} s of commits and {:.2} s of looking for known records",
        storing.as_secs_f64(),
        looking.as_secs_f64()
    );
    Ok(())
}

/// What fifty phones did on the last days: three hundred states each a day.
async fn phones(writer: &mut Writer, site: SiteId, calls: usize) -> Result<(), StoreError> {
    let started = Instant::now();
    let begin = BEGIN.plus_ms(calls as i64 * 40_000 - PHONE_DAYS * 86_400_000);
    for day in 0..PHONE_DAYS {
        let states = (0..300).flat_map(|n| {
            let since = begin.plus_ms(day * 86_400_000 + n * 120_000);
            let state = AgentState::ALL[1 + n as usize % 4];
            (200..250).map(move |phone| {
                (site, AgentStatus { extension: phone.to_string(), state, since: since.plus_ms(phone) })
            })
        });
        writer.commit(&[], &Changes { states: states.collect(), ..Changes::default() }).await?;
    }
    println!("states of phones: {:.2} s for {PHONE_DAYS} days", started.elapsed().as_secs_f64());
    Ok(())
}

async fn replaced(writer: &mut Writer, site: SiteId) -> Result<(), StoreError> {
    let changes = Changes { calls: (0..300).map(|n| call(site, 1, n)).collect(), ..Changes::default() };
    writer.commit(&[], &changes).await?;
    let started = Instant::now();
    writer.commit(&[], &changes).await?;
    println!("replace 300 calls: {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

async fn questions(reader: &Reader, calls: usize) -> Result<(), StoreError> {
    let filters = [
        ("no filter", CallFilter::default()),
        ("agent", CallFilter { agent: Some("207".into()), ..CallFilter::default() }),
        ("group", CallFilter { group: Some("300".into()), ..CallFilter::default() }),
        ("agent and missed", CallFilter { agent: Some("207".into()), missed: true, ..CallFilter::default() }),
        ("exact number", number(NumberFilter::Exact("0301000777".into()))),
        ("number anywhere", number(NumberFilter::Anywhere("000777".into()))),
        ("typed number", typed("030 1000 777", &["0301000777", "+49301000777"])),
        ("typed number without its area", typed("1000777", &[])),
        ("outbound", CallFilter { direction: Some(Direction::Outbound), ..CallFilter::default() }),
        ("text", CallFilter { text: Some("customer 77".into()), ..CallFilter::default() }),
    ];
    for (name, filter) in filters {
        for sort in [CallSort::NewestFirst, CallSort::LongestFirst] {
            let request = PageRequest { filter: filter.clone(), sort, after: None, limit: 100 };
            reader.calls(&request).await?;
            let started = Instant::now();
            let page = reader.calls(&request).await?;
            let ms = started.elapsed().as_secs_f64() * 1e3;
            println!("page, {name}, {sort:?}: {ms:.1} ms for {} calls", page.calls.len());
        }
        let started = Instant::now();
        let totals = reader.totals(&filter).await?;
        let ms = started.elapsed().as_secs_f64() * 1e3;
        println!("totals, {name}: {ms:.1} ms over {} calls", totals.calls);
    }
    let to = BEGIN.plus_ms(calls as i64 * 40_000);
    let day = Span { from: to.plus_ms(-86_400_000), to };
    timed("day counts of 9 days", reader.day_counts(&[day; 9], 5_000)).await?;
    timed("quarters of 9 days", reader.quarter_counts(&[day; 9], 5_000)).await?;
    timed("not called back", reader.not_called_back(day, 5_000, 50)).await?;
    timed("group figures", reader.group_figures(day, 20_000, 5_000)).await?;
    timed("calls of a day's people", reader.day_of_calls(day, to)).await?;
    timed("phones of a day", reader.phones_seen(day)).await?;
    let phones: Vec<(SiteId, String)> = reader.phones_seen(day).await?;
    let phones: Vec<(SiteId, &str)> = phones.iter().map(|(site, phone)| (*site, phone.as_str())).collect();
    timed(&format!("states of {} phones", phones.len()), reader.states_of(day, &phones)).await?;
    timed("search for a name", reader.search("customer 77", &[], 5)).await?;
    timed("search for a number without its area", reader.search("1000777", &[], 5)).await?;
    timed("search for a number", reader.search("0301000", &["+49301000".into()], 5)).await?;
    timed("extensions of nobody", reader.unmapped(|_, _| false)).await?;
    timed("counts", reader.counts()).await?;
    timed("integrity check", reader.integrity_check()).await?;
    Ok(())
}

async fn timed<T>(
    name: &str,
    question: impl Future<Output = Result<T, StoreError>>,
) -> Result<(), StoreError> {
    let started = Instant::now();
    question.await?;
    println!("{name}: {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

fn typed(text: &str, begins: &[&str]) -> CallFilter {
    let begins = begins.iter().map(|begin| (*begin).to_owned()).collect();
    number(NumberFilter::Typed { text: text.into(), begins })
}

fn number(number: NumberFilter) -> CallFilter {
    CallFilter { number: Some(number), ..CallFilter::default() }
}

/// An inbound call in three of four cases, answered in two of three, 2.3 events on average.
fn call(site: SiteId, seq: i64, n: i64) -> Call {
    let position = Position { seq, index: (n % 60_000) as u32 };
    let started_at = BEGIN.plus_ms(n * 40_000);
    let random = mixed(n) as i64 & 0xffff;
    let mut at = started_at;
    let mut events = Vec::new();
    let mut push = |kind, ms: i64, agent: Option<i64>, group: Option<i64>| {
        let ended_at = at.plus_ms(ms);
        events.push(Event {
            kind,
            started_at: at,
            ended_at: Some(ended_at),
            agent: agent.map(|agent| (200 + agent).to_string()),
            group: group.map(|group| (300 + group).to_string()),
            ..Event::default()
        });
        at = ended_at;
    };
    let group = (random % 3 == 0).then_some(random % 5);
    if group.is_some() {
        push(EventKind::Queue, random % 30_000, None, group);
    }
    push(EventKind::Ringing, 1_000 + random % 9_000, Some(random % 50), group);
    if n % 3 != 0 {
        push(EventKind::Talking, 10_000 + random * 7, Some(random % 50), None);
    } else if n % 2 == 0 {
        push(EventKind::Ringing, 2_000, Some(random % 40), None);
    }
    Call {
        id: CallId::begun_at(position),
        site,
        direction: if n % 4 == 0 { Direction::Outbound } else { Direction::Inbound },
        started_at,
        start_known: true,
        ended_at: Some(at),
        external_number: Some(format!("0301{:06}", mixed(n) as u32 % 100_000)),
        external_e164: Some(format!("+49301{:06}", mixed(n) as u32 % 100_000)),
        external_name: (n % 5 == 0).then(|| format!("Customer {}", random % 1_000)),
        dialed_number: Some("03012345".into()),
        trunk: Some(format!("1.{}", random % 8)),
        ending: Some(Ending::CallingDrop),
        events,
        basis: Basis {
            legs: vec![LegId { node: NodeId(0xc0a8_2a01), call: n as u32 }],
            records: vec![RecordRef { position, call_id: n as u64 }],
            first: position,
            last: position,
            ..Basis::default()
        },
        ..Call::default()
    }
}

/// Spreads a number over 128 bits.
fn mixed(n: i64) -> u128 {
    (n as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
}

fn peak_memory() -> String {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| status.lines().find(|line| line.starts_with("VmHWM")).map(str::to_owned))
        .unwrap_or_else(|| "not known on this system".into())
}
