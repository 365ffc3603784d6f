//! Takes in whole SMDR logs: rows that are known already are left out before anything is written, so that importing
//! twice changes nothing.

use crate::interpret::{Interpreter, Learned};
use crate::recorder::{Recorder, numbered};
use crate::trouble::{closed, failure_of_store};
use contract::Failure;
use contract::published::ImportSummary;
use model::{At, Entry, Said, SiteId};
use smdr::Line;
use std::collections::HashSet;
use store::{NewEntry, Reader, SeenRecord};

/// Whether rows of a log may be in the library already. A row that stands twice in one log is told in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    MayBe,
    None,
}

/// What one chunk of lines brought.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Taken {
    records: u64,
    duplicates: u64,
    quarantined: u64,
    calls: u64,
}

impl Taken {
    pub(crate) fn of(learned: &Learned) -> Self {
        Self {
            records: learned.records,
            duplicates: learned.duplicates,
            quarantined: learned.quarantined,
            calls: learned.calls,
        }
    }

    fn plus(self, learned: &Learned) -> Self {
        let more = Self::of(learned);
        Self { duplicates: self.duplicates + more.duplicates, ..more }
    }

    pub(crate) fn add_to(self, summary: &mut ImportSummary) {
        summary.records += self.records;
        summary.duplicates += self.duplicates;
        summary.quarantined += self.quarantined;
        summary.calls += self.calls;
    }
}

/// One journal entry of whole lines, known rows left out. While it is committed, together with what was concluded before,
/// the entry before it is interpreted: the disk and the processor work side by side.
pub(crate) async fn take(
    recorder: &mut Recorder,
    site: SiteId,
    bytes: Vec<u8>,
    known: Known,
) -> Result<Taken, Failure> {
    recorder.catch_up_now().await?;
    let (bytes, left_out) = match known {
        Known::MayBe => without_known(recorder, site, bytes).await?,
        Known::None => (bytes, 0),
    };
    let duplicates = Taken { duplicates: left_out, ..Taken::default() };
    // What is left may be blank lines only, which stand where a header or comment was.
    if bytes.trim_ascii().is_empty() {
        return Ok(duplicates);
    }
    let entry =
        NewEntry { at: recorder.clock.now().max(recorder.last_at), site, said: Said::SmdrLines, bytes };
    recorder.last_at = entry.at;
    let changes = recorder.interpreter.take_changes();
    let before = recorder.ahead.take();
    let entries = [entry];
    let interpreting = tokio::spawn(interpret(
        std::mem::replace(&mut recorder.interpreter, Interpreter::resume(None, Vec::new())),
        recorder.reader.clone(),
        before,
    ));
    let committed = recorder.writer.commit(&entries, &changes).await;
    let (interpreter, learned) = match interpreting.await {
        Ok(done) => done,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The program is ending, and this loop with it.
            Err(_) => return Err(closed()),
        },
    };
    recorder.interpreter = interpreter;
    recorder.projected_at = recorder.clock.now();
    if learned.is_err() {
        recorder.falls_behind();
    }
    if let Err(error) = committed.map(|first_seq| recorder.ahead = numbered(first_seq, entries.into()).pop())
    {
        recorder.interpreter.put_back(changes);
        return Err(failure_of_store(error));
    }
    Ok(duplicates.plus(&recorder.pass_on(learned?)))
}

/// A task of its own, so that it has a processor while the commit has the other.
async fn interpret(
    mut interpreter: Interpreter,
    reader: Reader,
    entry: Option<Entry>,
) -> (Interpreter, Result<Learned, Failure>) {
    let learned = interpreter.interpret_many(&reader, entry.as_slice()).await;
    (interpreter, learned)
}

/// The lines of `bytes` that are not in the library yet, and how many were left out.
async fn without_known(recorder: &Recorder, site: SiteId, bytes: Vec<u8>) -> Result<(Vec<u8>, u64), Failure> {
    let Some(mut clock) = recorder.interpreter.clock_of(site) else { return Ok((bytes, 0)) };
    let known_by = clock.clone();
    let mut asked: Vec<(At, u128)> = Vec::new();
    let mut lines: Vec<u32> = Vec::new();
    smdr::facts(&bytes, &mut clock, |index, line| {
        let key = match line {
            Line::Record(record) => (known_by.known_by(record.started_at), record.digest),
            Line::Complaint { raw, .. } => (UNREADABLE_AT, digest(raw)),
            Line::Skipped => return,
        };
        asked.push(key);
        lines.push(index);
    });
    let known = recorder.reader.known_records(site, &asked).await.map_err(failure_of_store)?;
    let known_lines: HashSet<u32> =
        lines.into_iter().zip(known).filter(|(_, known)| *known).map(|(index, _)| index).collect();
    if known_lines.is_empty() {
        return Ok((bytes, 0));
    }
    let fresh = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .zip(0_u32..)
        .filter(|(_, index)| !known_lines.contains(index))
        .flat_map(|(line, _)| line.iter().copied())
        .collect();
    Ok((fresh, known_lines.len() as u64))
}

/// Rows that could not be read have no start; they are known by their digest alone.
const UNREADABLE_AT: At = At(0);

pub(crate) fn unreadable(site: SiteId, digest: u128) -> SeenRecord {
    SeenRecord { site, started_at: UNREADABLE_AT, digest }
}

/// By which a line that could not be read is known when it comes again.
pub(crate) fn digest(line: &[u8]) -> u128 {
    xxhash_rust::xxh3::xxh3_128(line.trim_ascii_end())
}

/// A call is told again with each further record; with its first it is new.
pub(crate) fn is_new(call: &model::Call) -> bool {
    call.basis.records.len() == 1
}
