//! Recordings kept in order: pools, trash, hold, retention, silencing, export, verification, encryption, and the audit log
//! of all of it.
//!
//! Whoever puts a file in the place of another does it in steps that a kill may end anywhere: the new file is written down
//! as doomed, then made; one transaction gives it to its recording and dooms the old one; then the old one is removed.
//! What is doomed is removed when the library is opened next.

pub(crate) mod daily;
pub(crate) mod deed;
mod encrypting;
pub(crate) mod exporting;
mod facts;
pub(crate) mod files;
mod holding;
mod pools;
mod retagging;
pub(crate) mod retention;
mod silencing;
pub(crate) mod steps;
#[cfg(test)]
pub(crate) mod tests;
mod trash;
mod verifying;
mod wav;
pub(crate) mod witness;

pub(crate) use deed::Deed;
pub(crate) use trash::Told;

use crate::desk::{Desk, Start};
use crate::trouble::{failure_of_store, not_found};
use contract::Failure;
use model::RecordingId;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use steps::Steps;
use tokio::sync::Mutex;

/// What the desk holds for it.
pub(crate) struct Keeping {
    /// The system's account that CallDoc runs under.
    who: String,
    /// Held by the one who changes stored files, one recording at a time.
    at_files: Mutex<()>,
    /// Held by the one who carries out how long things are kept, or erases a number.
    pub(crate) at_privacy: Mutex<()>,
    /// Somebody encrypts or decrypts in the background.
    rewriting: Arc<Mutex<()>>,
    /// Some recording was left as it is because it is being listened to.
    rewrites_wait: AtomicBool,
    /// The audit log's witness is at hand.
    witnessed: AtomicBool,
    steps: Steps,
}

impl Keeping {
    pub(crate) fn new() -> Self {
        Self {
            who: whoami::username().unwrap_or_else(|_| "unknown".to_owned()),
            at_files: Mutex::default(),
            at_privacy: Mutex::default(),
            rewriting: Arc::default(),
            rewrites_wait: AtomicBool::default(),
            witnessed: AtomicBool::default(),
            steps: Steps::default(),
        }
    }

    /// As the audit log names whoever sits here.
    pub(crate) fn who(&self) -> &str {
        &self.who
    }
}

impl Desk {
    pub(crate) fn keeping(&self) -> &Keeping {
        &self.library().keeping
    }

    /// Finishes what was cut off, finds the key, and keeps order from now on.
    pub(crate) async fn start_keeping(&self) {
        {
            let _files = self.keeping().at_files.lock().await;
            if let Err(failure) = self.remove_doomed().await {
                tracing::warn!(message = failure.message, "files of recordings could not be removed");
            }
        }
        if let Err(failure) = self.find_key().await {
            tracing::warn!(message = failure.message, "the key of the recordings could not be looked for");
        }
        self.find_audit_witness_or_note().await;
        self.rewrite_in_background();
        if self.start() != Start::Nothing {
            self.keep_order_daily();
        }
    }

    /// Waits for the act on files that is going on, and lets no other begin: whoever opens the library next has them alone.
    pub(crate) async fn end_keeping(&self) {
        self.settle_tags_at_close().await;
        let _files = self.keeping().at_files.lock().await;
        self.keeping().steps.end();
    }

    /// For the transaction of what is done.
    pub(crate) fn deed(&self, recording: Option<RecordingId>, deed: &Deed) -> store::Deed {
        store::Deed {
            at: self.clock().now(),
            who: self.keeping().who().to_owned(),
            recording,
            what: serde_json::to_string(deed).unwrap_or_default(),
        }
    }

    /// For what is done without a change of rows.
    pub(crate) async fn note_deed(&self, recording: Option<RecordingId>, deed: &Deed) -> Result<(), Failure> {
        self.hand().audit(&[self.deed(recording, deed)]).await.map_err(failure_of_store)
    }

    pub(crate) async fn files_of(&self, id: RecordingId) -> Result<store::Files, Failure> {
        self.reader().files(id).await.map_err(failure_of_store)?.ok_or_else(unknown_recording)
    }
}

/// As shown to people and scripts.
pub(crate) fn recording_id(text: &str) -> Result<RecordingId, Failure> {
    text.parse().map(RecordingId).map_err(|_| unknown_recording())
}

pub(crate) fn unknown_recording() -> Failure {
    not_found("There is no recording with this id in the library.")
}

/// Work on files, off the threads that answer.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|_| crate::trouble::closed())
}
