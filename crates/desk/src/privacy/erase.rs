//! One number erased: zeros in its place in calls and journal, its name crossed out, what was written about its calls and
//! their recordings gone for good. The calls stay as figures, so that reports stay right.
//!
//! Each step can be done again: an erasing that was cut off is finished by erasing once more.

use super::Work;
use super::found::{AT_A_TIME, names_of};
use super::mask::Mask;
use super::subject::Subject;
use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::joined::ids_of_all;
use crate::keeping::{Deed, Told};
use crate::recorder::Job;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::privacy::{EraseNumber, Erased};
use model::{Call, CallId, Entry, RecordingId};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{EntryLimits, Left};

/// Entries of the journal that are read at once.
const READ: EntryLimits = EntryLimits { rows: 4_096, bytes: 4 << 20 };

/// Entries that are changed in one transaction.
const WRITTEN: usize = 200;

impl Answer<EraseNumber> for Desk {
    async fn answer(&self, ask: EraseNumber) -> Result<Erased, Failure> {
        let subject = Subject::of(&ask.number)?;
        let _turn = self.keeping().at_privacy.lock().await;
        if self.is_live(&subject) {
            return Err(invalid("A call with this number is going on. Erase it when that has ended."));
        }
        let found = self.find_number(&subject).await?;
        let mut names = BTreeSet::new();
        for some in found.calls.chunks(AT_A_TIME) {
            let calls = self.reader().calls_by_id(some).await.map_err(failure_of_store)?;
            names.extend(calls.iter().filter_map(|call| names_of(call, &subject)));
        }
        let ending = subject.ending().to_owned();
        let mask = Mask::new(subject, names.into_iter().collect());
        let mut erased = Erased::default();
        // First: what follows finds its way by the calls.
        self.erase_recordings(&found.recordings, &mut erased).await?;
        erased.journal_entries = self.erase_from_journal(&mask).await?;
        erased.calls = self.erase_from_calls(&found.calls, &mask).await?;
        self.hand().forget_unused_words(Some(&ending)).await.map_err(failure_of_store)?;
        self.job(|reply| Job::Privacy(Work::Forget { mask: Box::new(mask), reply })).await?;
        // Nothing is lost where that fails; the space is used again in time.
        if !self.hand().clear_free_space().await.unwrap_or(false) {
            erased.left.push(
                "Free space within the database file may hold traces of it until that space is used again."
                    .to_owned(),
            );
        }
        let deed = Deed::NumberErased {
            calls: erased.calls,
            recordings: erased.recordings,
            journal_entries: erased.journal_entries,
            left: erased.left.len() as u64,
        };
        self.note_deed(None, &deed).await?;
        self.recordings_changed();
        self.happen(Happening::Much);
        Ok(erased)
    }
}

impl Desk {
    async fn erase_recordings(&self, ids: &[RecordingId], erased: &mut Erased) -> Result<(), Failure> {
        for some in ids.chunks(AT_A_TIME) {
            let deed = self.deed(None, &Deed::Trashed { rule: None });
            let left = self.hand().trash(some, &deed).await.map_err(failure_of_store)?;
            for (id, left) in some.iter().zip(left) {
                match left {
                    Some(Left::Held) => erased.left.push(format!(
                        "Recording {} is under legal hold and stays as it is. Erase the number again when the hold has ended.",
                        id.0
                    )),
                    None | Some(Left::InTrash) => match self.delete_for_good(*id, Told::WithoutNumbers).await {
                        Ok(()) => erased.recordings += 1,
                        Err(failure) => erased.left.push(format!("Recording {}: {}", id.0, failure.message)),
                    },
                    Some(Left::Unknown | Left::NotInTrash) => {}
                }
            }
        }
        Ok(())
    }

    async fn erase_from_journal(&self, mask: &Mask) -> Result<u64, Failure> {
        let (mut after, mut changed) = (0, 0);
        loop {
            let entries = self.reader().entries(after, READ).await.map_err(failure_of_store)?;
            let Some(last) = entries.last() else { break };
            after = last.seq;
            let found: Vec<(&Entry, Vec<u8>)> =
                entries.iter().filter_map(|entry| Some((entry, mask.bytes(&entry.bytes)?))).collect();
            for some in found.chunks(WRITTEN) {
                let records = self.records_in(some.iter().map(|(entry, _)| *entry));
                let bytes: Vec<(i64, Vec<u8>)> =
                    some.iter().map(|(entry, bytes)| (entry.seq, bytes.clone())).collect();
                self.hand().rewrite_journal(&bytes, &records).await.map_err(failure_of_store)?;
                changed += some.len() as u64;
            }
        }
        Ok(changed)
    }

    async fn erase_from_calls(&self, ids: &[CallId], mask: &Mask) -> Result<u64, Failure> {
        let mut changed = 0;
        for some in ids.chunks(AT_A_TIME) {
            let calls = self.reader().calls_by_id(some).await.map_err(failure_of_store)?;
            let by_all: Vec<CallId> =
                ids_of_all(self.reader(), &calls).await?.into_iter().map(|(_, id)| id).collect();
            self.hand().forget_written(&by_all).await.map_err(failure_of_store)?;
            let (mask, board) = (mask.clone(), self.board().clone());
            let change = Arc::new(move |call: &mut Call| {
                let site = call.site;
                mask.call(call, |number| board.now().names.key(site, number))
            });
            changed +=
                self.job(|reply| Job::Privacy(Work::Rewrite { calls: some.to_vec(), change, reply })).await?;
        }
        Ok(changed)
    }
}
