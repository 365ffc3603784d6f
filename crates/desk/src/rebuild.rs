//! Makes the calls anew from the journal.

use crate::behind::journal_is_readable;
use crate::interpret::{Health, Interpreter};
use crate::mend;
use crate::recorder::Recorder;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use model::{Call, CallId};
use serde::Serialize;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use store::{CallSort, EntryLimits, PageRequest};

/// Entries read at a time.
const AT_A_TIME: EntryLimits = EntryLimits { rows: 4_096, bytes: 4 << 20 };

/// What a rebuild changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rebuilt {
    pub entries: u64,
    pub calls: u64,
    pub added: u64,
    pub removed: u64,
    pub changed: u64,
    /// Of `calls`: older than the journal, and left as they are.
    pub settled: u64,
}

pub(crate) async fn rebuild(recorder: &mut Recorder) -> Result<Rebuilt, Failure> {
    recorder.project().await?;
    // Calls that are damaged cannot be compared with; they are as good as gone.
    let before = prints(recorder).await.unwrap_or_default();
    journal_is_readable(&recorder.reader).await?;
    mend::clear(&mut recorder.writer).await?;
    let mut interpreter = Interpreter::resume(None, Vec::new());
    interpreter.set_gone(recorder.reader.journal_gone().await.map_err(failure_of_store)?);
    let sites: Vec<store::Site> =
        recorder.board.now().sites.values().map(|site| site.settings.clone()).collect();
    for site in sites {
        interpreter.set_site(site.id, &site.time_zone, &site.access_digits);
    }
    interpreter.set_health(Health::KnownAlready);
    recorder.interpreter = interpreter;
    recorder.writer.begin_bulk().await.map_err(failure_of_store)?;
    recorder.board.now().calls.clear();
    let caught_up = catch_up(recorder).await;
    if caught_up.is_err() {
        recorder.falls_behind();
    }
    let entries = caught_up?;
    // What was waiting for time to pass at the end of the journal has waited long enough since.
    recorder.let_time_pass();
    recorder.show_decisions();
    recorder.project().await?;
    recorder.writer.end_bulk().await.map_err(failure_of_store)?;
    recorder.interpreter.set_health(Health::Noted);
    let after = prints(recorder).await?;
    let mut rebuilt = Rebuilt { entries, calls: after.len() as u64, ..Rebuilt::default() };
    for (id, print) in &after {
        match before.get(id) {
            None => rebuilt.added += 1,
            Some(known) if known != print => rebuilt.changed += 1,
            Some(_) => {}
        }
    }
    let gone = recorder.interpreter.gone;
    rebuilt.settled = after.keys().filter(|id| gone.has(**id)).count() as u64;
    rebuilt.removed = before.keys().filter(|id| !after.contains_key(id)).count() as u64;
    Ok(rebuilt)
}

/// Interprets what the journal has beyond the projection. Returns how many entries that were.
pub(crate) async fn catch_up(recorder: &mut Recorder) -> Result<u64, Failure> {
    let mut count = 0;
    loop {
        let after = recorder.interpreter.through_seq();
        let mut entries = recorder.reader.entries(after, AT_A_TIME).await.map_err(failure_of_store)?;
        let Some((last, last_at)) = entries.last().map(|last| (last.seq, last.at)) else { break };
        recorder.last_at = recorder.last_at.max(last_at);
        // What a cut of the journal has not removed yet is not read any more.
        let gone = recorder.interpreter.gone;
        entries.retain(|entry| !gone.takes(entry.seq, entry.said));
        count += entries.len() as u64;
        recorder.interpret(&entries).await;
        if entries.last().is_none_or(|read| read.seq == recorder.interpreter.through_seq()) {
            recorder.interpreter.pass_over(last);
        }
        if recorder.interpreter.through_seq() == after {
            // Why is in the health list; trying again at once would go on for ever.
            return Err(invalid(
                "The journal could not be read to its end. Nothing of it is lost: try again later.",
            ));
        }
        recorder.project().await?;
    }
    Ok(count)
}

/// A fingerprint of every call, to tell what changed.
async fn prints(recorder: &Recorder) -> Result<HashMap<CallId, u64>, Failure> {
    let mut prints = HashMap::new();
    let mut after = None;
    loop {
        let request = PageRequest {
            filter: store::CallFilter::default(),
            sort: CallSort::OldestFirst,
            after,
            limit: 500,
        };
        let page = recorder.reader.calls(&request).await.map_err(failure_of_store)?;
        prints.extend(page.calls.iter().map(|call| (call.id, print(call))));
        after = page.next;
        if after.is_none() {
            return Ok(prints);
        }
    }
}

fn print(call: &Call) -> u64 {
    let mut hasher = DefaultHasher::new();
    serde_json::to_vec(call).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
