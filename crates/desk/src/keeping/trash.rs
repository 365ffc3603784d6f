//! The trash: put in, taken back for seven days, then deleted for good.
//!
//! For good, the files go first and the row after them: a kill in between leaves a row in the trash, and deleting it once
//! more ends it. A file that cannot be removed keeps its row, with an entry of the audit log that says why.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::deed::{Deed, hex};
use crate::keeping::files::{all_of, remove};
use crate::keeping::{off_thread, recording_id};
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::recordings::{DeleteRecordings, Done, RestoreRecordings, TrashRecordings};
use model::{At, RecordingId};
use store::Left;

/// How long the trash keeps.
pub(crate) const TRASH_MS: i64 = 7 * 24 * 3_600_000;

/// Recordings of one request at most.
const AT_ONCE: usize = 10_000;

/// Deleted by the clock between two looks at who else waits.
const DUE_AT_ONCE: u32 = 200;

/// What the audit log tells of a recording that is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Whole,
    /// Its file's name holds a number that is to be nowhere.
    WithoutNumbers,
}

impl Answer<TrashRecordings> for Desk {
    async fn answer(&self, ask: TrashRecordings) -> Result<Done, Failure> {
        let ids = ids(&ask.ids)?;
        let deed = self.deed(None, &Deed::Trashed { rule: None });
        let left = self.hand().trash(&ids, &deed).await.map_err(failure_of_store)?;
        self.recordings_changed();
        Ok(done(&ids, &left))
    }
}

impl Answer<RestoreRecordings> for Desk {
    async fn answer(&self, ask: RestoreRecordings) -> Result<Done, Failure> {
        let ids = ids(&ask.ids)?;
        // One whose deletion has begun has lost files.
        let _files = self.keeping().at_files.lock().await;
        let (mut whole, mut told) = (Vec::new(), Vec::new());
        for id in ids {
            match self.began_to_go(id).await? {
                Some(why) => told.push(why),
                None => whole.push(id),
            }
        }
        let deed = self.deed(None, &Deed::Restored);
        let left = self.hand().restore(&whole, &deed).await.map_err(failure_of_store)?;
        self.recordings_changed();
        let mut done = done(&whole, &left);
        done.left.extend(told);
        Ok(done)
    }
}

impl Answer<DeleteRecordings> for Desk {
    async fn answer(&self, ask: DeleteRecordings) -> Result<Done, Failure> {
        let mut done = Done::default();
        for id in ids(&ask.ids)? {
            match self.delete_for_good(id, Told::Whole).await {
                Ok(()) => done.done += 1,
                Err(failure) => done.left.push(format!("Recording {}: {}", id.0, failure.message)),
            }
        }
        self.recordings_changed();
        Ok(done)
    }
}

impl Desk {
    pub(crate) fn recordings_changed(&self) {
        self.happen(Happening::Recordings);
    }

    /// Deletes what has been in the trash for its time. What cannot be deleted is tried again the next time.
    pub(crate) async fn empty_trash(&self, now: At) -> Result<u64, Failure> {
        let mut deleted = 0;
        let mut failed = 0;
        loop {
            let due = self
                .reader()
                .trashed_before(now.plus_ms(-TRASH_MS), DUE_AT_ONCE + failed)
                .await
                .map_err(failure_of_store)?;
            let due: Vec<RecordingId> = due.into_iter().skip(failed as usize).collect();
            if due.is_empty() {
                break;
            }
            for id in due {
                match self.delete_for_good(id, Told::Whole).await {
                    Ok(()) => deleted += 1,
                    Err(_) => failed += 1,
                }
            }
        }
        if deleted > 0 {
            self.recordings_changed();
        }
        Ok(deleted)
    }

    /// Files first, then the row.
    pub(crate) async fn delete_for_good(&self, id: RecordingId, told: Told) -> Result<(), Failure> {
        let _files = self.keeping().at_files.lock().await;
        let recording = self.reader().recording(id).await.map_err(failure_of_store)?;
        let recording = recording.ok_or_else(super::unknown_recording)?;
        let files = self.files_of(id).await?;
        if files.hold_reason.is_some() {
            return Err(invalid(says(Left::Held)));
        }
        if files.trashed_at.is_none() {
            return Err(invalid(says(Left::NotInTrash)));
        }
        let folder = match self.folder_with(&files).await {
            Ok(folder) => folder,
            Err(failure) => return Err(self.not_deleted(id, failure.message).await),
        };
        self.let_go_of(id).await;
        for file in all_of(&files) {
            self.keeping().steps.before("remove a file")?;
            let path = folder.join(&file);
            if let Err(why) = off_thread(move || remove(&path)).await? {
                return Err(self.not_deleted(id, format!("{file} could not be removed: {why}.")).await);
            }
        }
        self.keeping().steps.before("delete the row")?;
        let file_name = match told {
            Told::Whole => recording.says.file_name,
            Told::WithoutNumbers => "(name erased)".to_owned(),
        };
        let deed = Deed::Deleted {
            file_name,
            started_ms: recording.started_at.0,
            original_sha256: hex(&recording.original_sha256),
            stored_sha256: hex(&files.stored_sha256),
        };
        self.hand().delete_recording(id, &self.deed(Some(id), &deed)).await.map_err(failure_of_store)
    }

    /// Written down once for each reason, not each time that it is tried again.
    async fn not_deleted(&self, id: RecordingId, why: String) -> Failure {
        let deed = self.deed(Some(id), &Deed::NotDeleted { why: why.clone() });
        let last = self.reader().audit(Some(id), None, 1).await.unwrap_or_default();
        if last.first().is_none_or(|last| last.deed.what != deed.what)
            && let Err(error) = self.hand().audit(&[deed]).await
        {
            tracing::warn!(%error, "the audit log could not be written");
        }
        invalid(why)
    }

    /// Why one in the trash cannot come back.
    async fn began_to_go(&self, id: RecordingId) -> Result<Option<String>, Failure> {
        let Some(files) = self.reader().files(id).await.map_err(failure_of_store)? else { return Ok(None) };
        let Ok(folder) = self.folder_with(&files).await else { return Ok(None) };
        if files.trashed_at.is_none() {
            return Ok(None);
        }
        let path = folder.join(&files.stored_file);
        let there = off_thread(move || path.exists()).await?;
        Ok((!there).then(|| format!("Recording {}: its file is not there any more.", id.0)))
    }
}

pub(crate) fn ids(texts: &[String]) -> Result<Vec<RecordingId>, Failure> {
    if texts.len() > AT_ONCE {
        return Err(invalid(format!("At most {AT_ONCE} recordings at once.")));
    }
    let mut ids =
        texts.iter().map(|text| recording_id(text)).collect::<Result<Vec<RecordingId>, Failure>>()?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// What became of each.
pub(crate) fn done(ids: &[RecordingId], left: &[Option<Left>]) -> Done {
    let why = ids.iter().zip(left).filter_map(|(id, left)| Some((id, (*left)?)));
    Done {
        done: u32::try_from(left.iter().filter(|left| left.is_none()).count()).unwrap_or(u32::MAX),
        left: why.map(|(id, left)| format!("Recording {}: {}", id.0, says(left))).collect(),
    }
}

fn says(left: Left) -> &'static str {
    match left {
        Left::Unknown => "it is not in the library.",
        Left::Held => "it is under legal hold, so nothing deletes it.",
        Left::InTrash => "it is in the trash already.",
        Left::NotInTrash => "it is not in the trash.",
    }
}
