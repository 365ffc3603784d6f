//! Backups: made now or by the clock, read back before they count, and put in the library's place.
//!
//! [`making`] writes one, [`schedule`] says when, [`restoring`] unpacks one beside the library, and [`taking_over`] puts it
//! in the library's place when that is opened next; [`rescue`] does so for a library that cannot be opened. No step of it loses anything: an unfinished file never has its final
//! name, and the library that was there before a restore is moved aside, not removed.

mod folders;
mod going;
mod log;
mod making;
mod places;
mod preferences;
mod rescue;
mod restoring;
mod schedule;
mod standing;
mod taking_over;
#[cfg(test)]
mod tests;
mod view;
mod writing;

pub use going::Told;
pub use making::{Contents, Made};
pub use preferences::take_preferences;
pub use rescue::{Rescuer, Tell};
pub use restoring::{Restorable, look, prepare};
pub use taking_over::{TakenOver, take_over};

pub(crate) use going::Going;
pub(crate) use schedule::save as save_schedule;

use crate::desk::{Desk, Start};
use crate::trouble::{failure_of_store, invalid};
use backup::Trouble;
use contract::backups::BackupProgress;
use contract::{Failure, FailureCode};
use going::Running;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::Notify;

/// What the desk holds for it.
#[derive(Default)]
pub(crate) struct Backups {
    running: Mutex<Option<Running>>,
    /// Held by the one that runs.
    at_work: Arc<tokio::sync::Mutex<()>>,
    /// The schedule was saved, or something came to its end.
    woken: Arc<Notify>,
    looked: Mutex<Looked>,
    /// Why what ran last came to nothing, where no line of the log says it.
    trouble: Mutex<Option<String>>,
    preferences: OnceLock<PathBuf>,
    /// The desk is being closed.
    is_over: AtomicBool,
}

/// The backup that was looked at last, to be restored.
#[derive(Default)]
struct Looked {
    number: u64,
    file: Option<PathBuf>,
}

impl Backups {
    pub(crate) fn progress(&self) -> Option<BackupProgress> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(Running::progress)
    }

    pub(crate) fn stop(&self) {
        if let Some(running) = &*self.running.lock().unwrap_or_else(PoisonError::into_inner) {
            running.stop();
        }
    }

    pub(crate) fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_trouble(&self, trouble: Option<String>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    /// Gives the number by which it is restored.
    pub(crate) fn looked_at(&self, file: PathBuf) -> u64 {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.number += 1;
        looked.file = Some(file);
        looked.number
    }

    pub(crate) fn looked(&self, number: u64) -> Result<PathBuf, Failure> {
        let looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let file = looked.file.clone().filter(|_| looked.number == number);
        file.ok_or_else(|| invalid("Choose the backup once more: another one was looked at since."))
    }

    pub(crate) fn wake(&self) {
        self.woken.notify_one();
    }
}

impl Desk {
    /// Clears away what a kill left, notes a restore that was carried out, and keeps to the schedule from now on.
    pub(crate) async fn start_backups(&self) {
        places::clear_scratch(&self.library().folder);
        if let Err(failure) = self.settle_log().await {
            tracing::warn!(message = failure.message, "the log of backups could not be brought up to date");
        }
        self.note_backup_folders().await;
        if self.start() != Start::Nothing && !self.is_demo() {
            self.keep_backing_up();
        }
    }

    /// Stops what runs, and waits for it. None is begun any more.
    pub(crate) async fn end_backups(&self) {
        let backups = self.backups();
        backups.is_over.store(true, Ordering::Relaxed);
        backups.stop();
        let _at_work = backups.at_work.lock().await;
    }

    /// The window's own settings, kept by the shell, are backed up with the library from now on.
    pub fn back_up_preferences(&self, file: PathBuf) {
        // The first one told stays.
        let _ = self.backups().preferences.set(file);
    }

    /// Backs the database up before the program is changed: quickly, without recordings, into the library's own folder.
    /// `reason` is told in the log and in the file's name, for instance "update to 1.2.0". Gives the file.
    ///
    /// # Errors
    /// When it could not be made, a full disk for instance; then nothing should be changed.
    pub async fn backup_before(&self, reason: &str) -> Result<PathBuf, Failure> {
        self.make_before(reason).await
    }
}

/// A trouble as the boundary tells it.
pub(crate) fn failure_of_backup(trouble: &Trouble) -> Failure {
    let told = invalid(trouble.to_string());
    match trouble {
        Trouble::DiskFull => Failure { code: FailureCode::DiskFull, ..told },
        _ => told,
    }
}

/// The form of the database within the library's folder and within a backup.
pub(crate) const DATABASE: &str = "library.sqlite3";

/// Who else has the library open for writing.
pub fn holder(library: &Path) -> Result<Option<String>, Failure> {
    store::Library::holder(library).map_err(failure_of_store)
}
