//! Years of an office's recordings, each with its call.

use model::{
    At, Basis, Call, CallId, Direction, Event, EventKind, Position, RecordingId, RecordingMatch, Said, SiteId,
};
use std::path::Path;
use store::{
    Changes, Hand, Library, MatchDecision, MatchWrite, NewEntry, NewRecording, Note, RecordingSays, Site,
    Tagged, TookIn, Writer,
};

/// 2025-01-01T00:00:00Z
pub(super) const BEGIN: At = At::from_seconds(1_735_689_600);
/// From recording to recording.
pub(super) const EVERY_MS: i64 = 60_000;
const CALLS_A_COMMIT: i64 = 8_000;
/// Recordings in one transaction.
const AT_ONCE: usize = 5_000;
/// One in so many has no call, a tag, another tag, a note.
const UNMATCHED: i64 = 12;
const TAGGED: i64 = 150;
const RARELY_TAGGED: i64 = 25_000;
const NOTED: i64 = 400;

pub(super) async fn fill(folder: &Path, count: i64) -> anyhow::Result<()> {
    let (mut writer, _reader) = Library::open_writer(folder, "bench").await?;
    let site = Site { name: "Bench".to_owned(), time_zone: "Europe/London".to_owned(), ..Site::default() };
    let site = writer.save_site(&site).await?;
    let calls = calls(&mut writer, site, count).await?;
    let hand = writer.hand();
    for (first, calls) in (0..).step_by(AT_ONCE).zip(calls.chunks(AT_ONCE)) {
        let placed: Vec<NewRecording> = (first..).take(calls.len()).map(|n| recording(site, n)).collect();
        let mut matches = Vec::new();
        let mut ids = Vec::new();
        for ((took, call), n) in hand.take_in_placed(&placed).await?.into_iter().zip(calls).zip(first..) {
            let TookIn::New(id) = took else { anyhow::bail!("recording {n} is there already") };
            let call = (n % UNMATCHED != 0).then_some(*call);
            matches.extend(call.map(|call| matched(id, call, n)));
            ids.push((id, call, n));
        }
        hand.match_recordings(MatchDecision::Rules, &matches, &[]).await?;
        for (id, call, n) in ids {
            write_about(&hand, id, call, n).await?;
        }
    }
    Ok(writer.close().await?)
}

async fn calls(writer: &mut Writer, site: SiteId, count: i64) -> anyhow::Result<Vec<CallId>> {
    let mut ids = Vec::new();
    for first in (0..count).step_by(CALLS_A_COMMIT as usize) {
        let seq = writer.next_seq();
        let batch: Vec<Call> =
            (first..count.min(first + CALLS_A_COMMIT)).map(|n| call(site, seq, n)).collect();
        ids.extend(batch.iter().map(|call| call.id));
        let entry = NewEntry { at: BEGIN, site, said: Said::SmdrLines, bytes: Vec::new() };
        writer.commit(&[entry], &Changes { calls: batch, ..Changes::default() }).await?;
    }
    Ok(ids)
}

fn call(site: SiteId, seq: i64, n: i64) -> Call {
    let position = Position { seq, index: (n % CALLS_A_COMMIT) as u32 };
    let started_at = started_at(n);
    let talk = Event {
        kind: EventKind::Talking,
        started_at,
        ended_at: Some(started_at.plus_ms(length_ms(n))),
        agent: Some(extension(n)),
        ..Event::default()
    };
    Call {
        id: CallId::begun_at(position),
        site,
        direction: direction(n),
        started_at,
        start_known: true,
        ended_at: talk.ended_at,
        external_number: Some(number(n)),
        external_e164: Some(key(n)),
        external_name: Some(name(n)),
        events: vec![talk],
        basis: Basis { first: position, last: position, ..Basis::default() },
        ..Call::default()
    }
}

fn recording(site: SiteId, n: i64) -> NewRecording {
    let started_at = started_at(n);
    let (extension, number) = (extension(n), number(n));
    let hash = mixed(n).to_le_bytes();
    let mut sha256 = hash.to_vec();
    sha256.extend(hash);
    NewRecording {
        site,
        started_at,
        length_ms: length_ms(n),
        channels: 1,
        says: RecordingSays {
            file_name: format!("{extension}_{number}_{}.wav", stamp(n)),
            extension: Some(extension),
            number: Some(number),
            ..RecordingSays::default()
        },
        taken_at: started_at,
        original_format: "WAV, G.711 A-law, 8 kHz, one channel".to_owned(),
        original_bytes: length_ms(n).unsigned_abs() * 8,
        original_sha256: sha256.clone(),
        pool: 1,
        stored_file: format!("{:02x}/{n:016x}.opus", n % 256),
        stored_bytes: length_ms(n).unsigned_abs() * 3,
        stored_sha256: sha256,
        loudness: Some(-20.0 - (mixed(n) % 100) as f32 / 10.0),
        number_key: Some(key(n)),
        ..NewRecording::default()
    }
}

fn matched(id: RecordingId, call: CallId, n: i64) -> MatchWrite {
    MatchWrite {
        id,
        call: Some(call),
        matched: RecordingMatch::Score,
        confidence: Some(0.9),
        reasons: vec!["It began a second after the call was answered.".to_owned()],
        direction: Some(direction(n)),
        number: Some(number(n)),
        number_key: Some(key(n)),
        name: Some(name(n)),
        group: (n % 3 == 0).then(|| (300 + mixed(n) % 6).to_string()),
        people: vec![extension(n)],
    }
}

async fn write_about(hand: &Hand, id: RecordingId, call: Option<CallId>, n: i64) -> anyhow::Result<()> {
    let tag = match n {
        _ if n % RARELY_TAGGED == 7 => "training",
        _ if n % TAGGED == 7 => "complaint",
        _ => "",
    };
    if !tag.is_empty() {
        let tagged = call.map_or(Tagged::Recording(id), |call| Tagged::Call(vec![call]));
        hand.set_tags(&tagged, &[tag.to_owned()], &[]).await?;
    }
    if n % NOTED == 11 {
        let text = format!("Wants invoice {n} corrected, was charged twice");
        let at = started_at(n);
        let note = Note { call, recording: Some(id), text, written_at: at, ..Note::default() };
        hand.save_note(&note).await?;
    }
    Ok(())
}

fn started_at(n: i64) -> At {
    BEGIN.plus_ms(n * EVERY_MS)
}

fn length_ms(n: i64) -> i64 {
    5_000 + (mixed(n + 1) % 900_000) as i64
}

fn direction(n: i64) -> Direction {
    if n % 4 == 0 { Direction::Outbound } else { Direction::Inbound }
}

fn extension(n: i64) -> String {
    (200 + mixed(n) % 50).to_string()
}

fn number(n: i64) -> String {
    format!("0207946{:04}", mixed(n) / 7 % 10_000)
}

fn key(n: i64) -> String {
    format!("+44207946{:04}", mixed(n) / 7 % 10_000)
}

fn name(n: i64) -> String {
    let family = ["Keller", "Baker", "Customer", "Singh", "Murphy"][(mixed(n) % 5) as usize];
    format!("{family} {}", mixed(n) / 11 % 1_000)
}

/// As recorders write a time.
fn stamp(n: i64) -> String {
    let (days, minutes) = (n / 1_440, n % 1_440);
    let (year, of_year) = (2025 + days / 336, days % 336);
    format!("{year}{:02}{:02}{:02}{:02}00", of_year / 28 + 1, of_year % 28 + 1, minutes / 60, minutes % 60)
}

/// Spreads a number over all there are, each once.
fn mixed(n: i64) -> u128 {
    (n.unsigned_abs() as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835) >> 3
}
