//! The library of recordings: where its files are, what is on its way into it, which call each belongs to, and playing
//! them.

pub(crate) mod facts;
pub(crate) mod intake;
pub(crate) mod matching;
pub(crate) mod playing;
pub(crate) mod retagging;
pub(crate) mod rows;
#[cfg(test)]
mod tests;

use crate::desk::Desk;
use crate::keeping::Keeping;
use crate::trouble::failure_of_store;
use contract::{Failure, FailureCode};
use playback::Devices;
use recordings::Key;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// The steps of taking a file in, after each of which a test can cut it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Noted,
    Copied,
    Encoded,
    Planned,
    PeaksPlaced,
    StoredPlaced,
    OriginalPlaced,
    Committed,
    SourceRemoved,
}

/// Says true where the intake is to stop as if the power had failed.
pub type Cut = Arc<dyn Fn(Step) -> bool + Send + Sync>;

/// What a library of recordings works with.
#[derive(Clone)]
pub struct Means {
    pub sound: Arc<dyn Devices>,
    /// For tests.
    pub cut: Option<Cut>,
}

impl Default for Means {
    fn default() -> Self {
        Self { sound: Arc::new(playback::RodioDevices), cut: None }
    }
}

/// What belongs to recordings, of one desk.
pub(crate) struct Library {
    /// The library's own folder.
    pub(crate) folder: PathBuf,
    pub(crate) intake: intake::Intake,
    pub(crate) matching: matching::Matching,
    pub(crate) playing: playing::Playing,
    pub(crate) retagging: retagging::Retagging,
    pub(crate) keeping: Keeping,
    pub(crate) cut: Option<Cut>,
    seal: RwLock<Seal>,
}

/// Encryption at rest, as it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seal {
    /// New files are encrypted.
    pub(crate) on: bool,
    pub(crate) key: Option<Key>,
    /// The key is missing or is another one: which would be needed, and why it is not there, as a sentence.
    pub(crate) locked: Option<(String, String)>,
}

impl Library {
    pub(crate) fn new(folder: &Path, means: Means) -> Self {
        Self {
            folder: folder.to_owned(),
            intake: intake::Intake::default(),
            matching: matching::Matching::default(),
            playing: playing::Playing::new(means.sound),
            retagging: retagging::Retagging::default(),
            keeping: Keeping::new(),
            cut: means.cut,
            seal: RwLock::default(),
        }
    }

    /// The library's own folder.
    pub(crate) fn root(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn seal(&self) -> Seal {
        self.seal.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_seal(&self, seal: Seal) {
        *self.seal.write().unwrap_or_else(PoisonError::into_inner) = seal;
        self.intake.wake();
    }

    /// The key for new files; `None`: they are not encrypted. Locked: why, as a sentence.
    pub(crate) fn key(&self) -> Result<Option<Key>, String> {
        let seal = self.seal();
        match seal.locked {
            Some((_, why)) => Err(why),
            None => Ok(seal.key.filter(|_| seal.on)),
        }
    }

    /// The key for a file that is encrypted with the one of this fingerprint.
    pub(crate) fn key_of(&self, sealed_with: Option<&str>) -> Result<Option<Key>, String> {
        let Some(wanted) = sealed_with else { return Ok(None) };
        let seal = self.seal();
        match seal.key {
            Some(key) if key.fingerprint() == wanted => Ok(Some(key)),
            _ => Err(seal.locked.map_or_else(
                || {
                    format!(
                        "This recording is encrypted, and its key ({wanted}) is not in the keychain. Enter the recovery \
                         key in Settings > Recordings."
                    )
                },
                |(_, why)| why,
            )),
        }
    }

    /// Nothing is begun any more; what is being worked on ends within a moment.
    pub(crate) async fn stop(&self) {
        self.intake.stop().await;
        self.matching.wake();
        self.retagging.wake();
    }

    /// Unfinished files.
    pub(crate) fn working(&self) -> PathBuf {
        self.folder.join("working")
    }

    /// A pool's folder by its setting.
    pub(crate) fn folder_of(&self, pool: &store::Pool) -> PathBuf {
        if pool.folder.is_empty() { self.folder.join("recordings") } else { PathBuf::from(&pool.folder) }
    }
}

impl Desk {
    /// Goes on with what was cut off, and follows what comes.
    pub(crate) async fn start_library(&self) {
        self.start_keeping().await;
        self.recall_player().await;
        self.start_matching();
        self.start_retagging();
        self.start_intake();
    }

    /// The folder of a pool.
    pub(crate) async fn pool_folder(&self, pool: i64) -> Result<PathBuf, Failure> {
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let found = pools.iter().find(|known| known.id == pool);
        found.map(|pool| self.library().folder_of(pool)).ok_or_else(|| Failure {
            code: FailureCode::Library,
            message: "The pool of this recording is not in the library any more.".to_owned(),
            detail: None,
        })
    }

    /// Where a recording's stored file is.
    pub(crate) async fn path_of(&self, recording: &store::Recording) -> Result<PathBuf, Failure> {
        Ok(self.pool_folder(recording.pool).await?.join(&recording.stored_file))
    }
}

/// What cannot be read or heard, as the boundary tells it.
pub(crate) fn unreadable(error: &recordings::Unreadable) -> Failure {
    Failure { code: FailureCode::Library, message: error.to_string(), detail: None }
}
