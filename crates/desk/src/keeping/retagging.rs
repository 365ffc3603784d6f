//! A stored file whose tags do not tell its call any more gets those that do. Its sound stays as it is, byte by byte.

use crate::desk::Desk;
use crate::keeping::deed::{Deed, hex};
use crate::keeping::files::{next_name, peaks_name};
use crate::keeping::off_thread;
use crate::library::retagging::tags;
use crate::library::unreadable;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use model::RecordingId;
use recordings::stored::Stored;
use std::path::PathBuf;
use store::{Doomed, OriginalNow, Replacement, VersionWhy};

impl Desk {
    /// Gives whether anything was to be written.
    pub(crate) async fn retag(&self, id: RecordingId) -> Result<bool, Failure> {
        let _files = self.keeping().at_files.lock().await;
        let recording = self.reader().recording(id).await.map_err(failure_of_store)?;
        let Some(recording) = recording.filter(|recording| recording.trashed_at.is_none()) else {
            return Ok(false);
        };
        // What is under legal hold stays as it is, to the byte.
        if recording.hold_reason.is_some() || self.library().retagging.waits(id, || self.is_loaded(id)) {
            return Ok(false);
        }
        let call = match recording.call {
            Some(call) => self.reader().call(call).await.map_err(failure_of_store)?,
            None => None,
        };
        let wanted = tags(self, recording.site, recording.started_at, &recording.says, call.as_ref());
        let files = self.files_of(id).await?;
        let folder = self.folder_with(&files).await?;
        let key = self.library().key_of(files.sealed_with.as_deref()).map_err(invalid)?;
        let from = folder.join(&files.stored_file);
        let (path, known, key_there) = (from.clone(), wanted.clone(), key.clone());
        let same = off_thread(move || {
            let stored = Stored::open(&path, key_there.as_ref())?;
            let ours = |name: &str| name == "TITLE" || name == "DATE" || name.starts_with("CALLDOC_");
            let has: Vec<&(String, String)> = stored.tags().iter().filter(|(name, _)| ours(name)).collect();
            Ok(has.len() == known.0.len() && known.0.iter().all(|tag| has.contains(&tag)))
        });
        if same.await?.map_err(|error: recordings::Unreadable| unreadable(&error))? {
            self.hand().tags_are_told(id).await.map_err(failure_of_store)?;
            return Ok(false);
        }
        let versions = self.reader().versions(id).await.map_err(failure_of_store)?;
        let stored_file = next_name(&files.stored_file, versions.len());
        let doomed = |file: String| Doomed { pool: files.pool, file };
        let both = |file: &str| vec![doomed(file.to_owned()), doomed(peaks_name(file))];
        let placed = both(&stored_file);
        self.hand().doom(&placed).await.map_err(failure_of_store)?;
        self.keeping().steps.before("make the new file")?;
        let to = folder.join(&stored_file);
        let peaks: (PathBuf, PathBuf) =
            (folder.join(peaks_name(&files.stored_file)), folder.join(peaks_name(&stored_file)));
        let written = off_thread(move || {
            crate::keeping::files::remove(&to).map_err(recordings::Unreadable::NotWritten)?;
            let written = recordings::retag::retag(&from, &to, &wanted, key.as_ref())?;
            // Peaks that are not there are made again when they are looked at.
            let _ = std::fs::copy(&peaks.0, &peaks.1);
            Ok(written)
        });
        let written = written.await?.map_err(|error: recordings::Unreadable| unreadable(&error))?;
        self.keeping().steps.before("put them in place")?;
        let with = Replacement {
            recording: id,
            sha256_before: files.stored_sha256.clone(),
            stored_file,
            stored_bytes: written.bytes,
            stored_sha256: written.sha256.to_vec(),
            sealed_with: files.sealed_with.clone(),
            original: OriginalNow::AsItWas,
            why: VersionWhy::FactsChanged,
            detail: None,
            at: self.clock().now(),
            doomed: both(&files.stored_file),
            placed,
        };
        let deeds = [self.deed(Some(id), &Deed::Retagged { sha256: hex(&written.sha256) })];
        self.hand().replace_files(&with, &deeds).await.map_err(failure_of_store)?;
        // Whoever began to listen meanwhile has the old file open, and hears it to its end.
        self.remove_doomed().await?;
        Ok(true)
    }
}
