//! Whether each stored file is what was put there. Encrypted ones are verified as they are: no key is needed.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::deed::{Deed, numbers};
use crate::keeping::off_thread;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::keeping::{Verified, VerifyLine, VerifyRecordings};
use model::RecordingId;
use recordings::place::{Verdict, verify};
use std::path::{Path, PathBuf};
use store::{Files, StoredState};

/// Recordings whose files are read between two words of progress.
const AT_A_TIME: u32 = 25;

impl Answer<VerifyRecordings> for Desk {
    async fn answer(&self, _ask: VerifyRecordings) -> Result<Verified, Failure> {
        self.verify_recordings(|_, _| {}).await
    }
}

impl Desk {
    /// `progress` is told how many of how many are done, as those who listen are.
    pub async fn verify_recordings(
        &self,
        mut progress: impl FnMut(u64, u64) + Send,
    ) -> Result<Verified, Failure> {
        let mut of = self.reader().count_recordings().await.map_err(failure_of_store)?;
        let mut verified = Verified::default();
        let mut last = RecordingId(0);
        loop {
            progress(verified.recordings, of);
            self.happen(Happening::Verifying { done: verified.recordings, of });
            let batch = self.reader().files_after(last, AT_A_TIME).await.map_err(failure_of_store)?;
            let Some(end) = batch.last() else { break };
            last = end.id;
            self.verify_some(batch, &mut verified).await?;
            of = of.max(verified.recordings);
        }
        let ids = |lines: &[VerifyLine]| {
            numbers(
                &lines.iter().filter_map(|line| line.id.parse().ok()).map(RecordingId).collect::<Vec<_>>(),
            )
        };
        let deed = Deed::Verified {
            good: verified.good,
            missing: ids(&verified.missing),
            changed: ids(&verified.changed),
        };
        self.note_deed(None, &deed).await?;
        Ok(verified)
    }

    async fn verify_some(&self, batch: Vec<Files>, verified: &mut Verified) -> Result<(), Failure> {
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let mut todo: Vec<(Files, Option<PathBuf>)> = Vec::with_capacity(batch.len());
        for files in batch {
            let pool = pools.iter().find(|pool| pool.id == files.pool);
            let folder = pool.filter(|pool| self.is_there(pool)).map(|pool| self.library().folder_of(pool));
            todo.push((files, folder));
        }
        let seen = off_thread(move || {
            todo.into_iter()
                .map(|(files, folder)| {
                    let found = look(&files, folder.as_deref());
                    (files, found)
                })
                .collect::<Vec<_>>()
        })
        .await?;
        let mut states = Vec::new();
        for (before, (mut state, mut says)) in seen {
            verified.recordings += 1;
            if state != StoredState::Good {
                // It may have been given another file, or deleted, while it was looked at.
                match self.reader().files(before.id).await.map_err(failure_of_store)? {
                    Some(now) if now.stored_sha256 == before.stored_sha256 => {}
                    _ => (state, says) = (StoredState::Good, String::new()),
                }
            }
            if state != before.state {
                states.push((before.id, state));
            }
            let line = VerifyLine { id: before.id.0.to_string(), file: before.stored_file, says };
            match state {
                StoredState::Good => verified.good += 1,
                StoredState::Missing => verified.missing.push(line),
                StoredState::Changed => verified.changed.push(line),
            }
        }
        if !states.is_empty() {
            self.hand().set_file_states(&states).await.map_err(failure_of_store)?;
            self.recordings_changed();
        }
        Ok(())
    }
}

/// The stored file, then the original where it was kept.
fn look(files: &Files, folder: Option<&Path>) -> (StoredState, String) {
    let Some(folder) = folder else {
        return (StoredState::Missing, "The pool it is in cannot be reached.".to_owned());
    };
    let (state, says) = judge(&folder.join(&files.stored_file), &files.stored_sha256, "file");
    let Some(original) = files.original_file.as_ref().filter(|_| state == StoredState::Good) else {
        return (state, says);
    };
    let path = folder.join(original);
    let sha256 = files.original_now_sha256.as_ref().unwrap_or(&files.original_sha256);
    judge(&path, sha256, "kept original")
}

fn judge(path: &Path, sha256: &[u8], what: &str) -> (StoredState, String) {
    let Ok(sha256) = sha256.try_into() else {
        return (StoredState::Changed, format!("What its {what} must be is not known any more."));
    };
    match verify(path, sha256) {
        Verdict::Same => (StoredState::Good, String::new()),
        Verdict::Changed { .. } => (StoredState::Changed, format!("Its {what} is not what was stored.")),
        Verdict::Missing => (StoredState::Missing, format!("Its {what} is missing.")),
        Verdict::Unreadable(why) => (StoredState::Missing, format!("Its {what} cannot be read: {why}.")),
    }
}
