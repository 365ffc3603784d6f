//! The log of backups: what a kill left open in it, what a restore brought, which files are kept, and how it is shown.

use super::places::unfinished;
use super::restoring::RestoreNote;
use crate::desk::Desk;
use crate::keeping::{Deed, off_thread};
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::backups::BackupLine;
use std::path::{Path, PathBuf};
use store::{Backup, BackupState, BackupWhy};

/// Lines that are looked through for files: more than any schedule keeps.
pub(super) const LOOKED_THROUGH: u32 = 1_000;

impl Desk {
    /// After opening: backups that a kill ended have failed, and a restore that was carried out is noted.
    pub(super) async fn settle_log(&self) -> Result<(), Failure> {
        let note = RestoreNote::of(&self.library().folder);
        for line in self.reader().backups(LOOKED_THROUGH).await.map_err(failure_of_store)? {
            if line.state != BackupState::Begun {
                continue;
            }
            let settled = match &note {
                // The library was copied into the backup while that was being made.
                Some(note) if note.made_at_ms == line.begun_at.0 => Backup {
                    state: BackupState::Good,
                    file: note.file.clone(),
                    bytes: note.bytes,
                    says: "Written and read back; restored from since.".to_owned(),
                    ..line
                },
                Some(_) | None => {
                    let part = unfinished(Path::new(&line.file));
                    off_thread(move || std::fs::remove_file(part)).await?.ok();
                    Backup {
                        state: BackupState::Failed,
                        file: String::new(),
                        says: "CallDoc was ended while it was made.".to_owned(),
                        ..line
                    }
                }
            };
            self.hand().note_backup(&settled).await.map_err(failure_of_store)?;
        }
        let Some(note) = note else { return Ok(()) };
        let now = self.clock().now();
        let as_of = self.office_zone().clock_time(model::At(note.made_at_ms), now);
        let aside = match &note.aside {
            Some(folder) => format!(
                " The library before it is kept in {folder}; delete that folder once nothing of it is missed."
            ),
            None => String::new(),
        };
        let line = Backup {
            id: 0,
            begun_at: now,
            due_at: None,
            why: BackupWhy::Restored,
            state: BackupState::Good,
            file: note.file.clone(),
            bytes: note.bytes,
            recordings: note.recordings,
            sealed: false,
            says: format!("The library is again as it was at {as_of}.{aside}"),
        };
        self.hand().note_backup(&line).await.map_err(failure_of_store)?;
        self.note_deed(None, &Deed::LibraryRestored { file: note.file }).await?;
        let folder = self.library().folder.clone();
        off_thread(move || RestoreNote::remove(&folder)).await
    }

    /// Removes the files of the oldest good backups of a kind, so that `keep` stay. Files that are out of reach stay in
    /// the log as they are.
    pub(super) async fn keep_newest(&self, why: BackupWhy, keep: usize) -> Result<(), Failure> {
        let lines = self.reader().backups(LOOKED_THROUGH).await.map_err(failure_of_store)?;
        let good = lines.into_iter().filter(|line| line.why == why && line.state == BackupState::Good);
        for line in good.skip(keep.max(1)) {
            let file = PathBuf::from(&line.file);
            let is_gone = off_thread(move || match std::fs::remove_file(&file) {
                Ok(()) => true,
                // Its folder is there, so somebody removed it; without the folder, its disk is away.
                Err(error) => {
                    error.kind() == std::io::ErrorKind::NotFound && file.parent().is_some_and(Path::is_dir)
                }
            })
            .await?;
            if is_gone {
                let removed = Backup { state: BackupState::Removed, ..line };
                self.hand().note_backup(&removed).await.map_err(failure_of_store)?;
            }
        }
        Ok(())
    }
}

pub(super) fn shown(line: &Backup) -> BackupLine {
    let file = Path::new(&line.file);
    let text = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    BackupLine {
        id: line.id,
        at_ms: line.begun_at.0,
        why: match line.why {
            BackupWhy::ByHand => contract::backups::BackupWhy::ByHand,
            BackupWhy::Schedule => contract::backups::BackupWhy::Schedule,
            BackupWhy::Update => contract::backups::BackupWhy::Update,
            BackupWhy::Restored => contract::backups::BackupWhy::Restored,
        },
        state: match line.state {
            BackupState::Good => contract::backups::BackupState::Good,
            BackupState::Failed => contract::backups::BackupState::Failed,
            BackupState::Begun => contract::backups::BackupState::Begun,
            BackupState::Removed => contract::backups::BackupState::Removed,
        },
        name: text(file.file_name()).unwrap_or_default(),
        folder: text(file.parent().map(Path::as_os_str)).unwrap_or_default(),
        bytes: line.bytes,
        recordings: line.recordings,
        encrypted: line.sealed,
        says: line.says.clone(),
    }
}
