//! A backup put in the place of a library that cannot be opened, without a desk: which backups there are, and the restore
//! itself. The library that cannot be opened is moved aside as in any restore; nothing is removed.

use super::folders;
use super::places::beside;
use super::restoring::{look, prepare};
use super::taking_over::{TakenOver, take_over};
use super::{Told, holder};
use crate::clock::Clock;
use crate::diagnostics::{self, Shown};
use crate::keeping::off_thread;
use crate::trouble::invalid;
use contract::backups::{BackupLook, BackupProgress, BackupStep};
use contract::health::DiagnosticsPreview;
use contract::rescue::{Rescue, RestoreUnopened, Restored, Unopened};
use contract::{Failure, FailureCode};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What is told while a restore goes on.
pub type Tell = Arc<dyn Fn(BackupProgress) + Send + Sync>;

/// The way back to a library that can be opened.
pub struct Rescuer {
    library: PathBuf,
    clock: Arc<Clock>,
    /// Files by the number that they are restored by.
    known: Mutex<Vec<PathBuf>>,
    /// Those of them that a person chose.
    chosen: Mutex<Vec<PathBuf>>,
    /// Held while a restore goes on.
    at_work: tokio::sync::Mutex<()>,
    progress: Arc<Mutex<Option<BackupProgress>>>,
    stop: Arc<AtomicBool>,
    diagnostics: Shown,
}

impl Rescuer {
    pub fn of(library: PathBuf, clock: Arc<Clock>) -> Self {
        Self {
            library,
            clock,
            known: Mutex::default(),
            chosen: Mutex::default(),
            at_work: tokio::sync::Mutex::default(),
            progress: Arc::default(),
            stop: Arc::default(),
            diagnostics: Shown::default(),
        }
    }

    /// What a person is shown in the place of the library. `failure` is what opening it failed with.
    ///
    /// # Errors
    /// When the library has no place.
    pub async fn view(&self, failure: Failure) -> Result<Rescue, Failure> {
        let library = self.library.clone();
        let found = off_thread(move || folders::find(&library)).await?;
        let chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut files = Vec::new();
        for file in chosen.into_iter().chain(found.files) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        let mut backups = Vec::new();
        for file in files {
            // One that cannot be read now is none that could be restored.
            if let Ok(seen) = self.seen(&file).await {
                backups.push(seen);
            }
        }
        backups.sort_by_key(|backup: &BackupLook| std::cmp::Reverse(backup.made_at_ms));
        Ok(Rescue {
            why: why(failure.code),
            says: failure.message,
            detail: failure.detail,
            folder: self.library.to_string_lossy().into_owned(),
            backups,
            away: found.away.iter().map(|folder| folder.to_string_lossy().into_owned()).collect(),
            running: *self.progress.lock().unwrap_or_else(PoisonError::into_inner),
        })
    }

    /// A file that a person chose stands in the list from now on.
    ///
    /// # Errors
    /// When it cannot be read; one that is no backup is told in the answer.
    pub async fn choose(&self, file: PathBuf) -> Result<BackupLook, Failure> {
        let seen = self.seen(&file).await?;
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if !chosen.contains(&file) {
            chosen.push(file);
        }
        Ok(seen)
    }

    /// Unpacks and checks a backup, and puts it in the library's place, which can be opened then.
    ///
    /// # Errors
    /// Whatever is amiss with the backup or the disk; the library is as it was then.
    pub async fn restore(&self, ask: RestoreUnopened, tell: Tell) -> Result<Restored, Failure> {
        let busy = |_| invalid("A backup or a restore is going on. Wait for its end, or stop it first.");
        let _at_work = self.at_work.try_lock().map_err(busy)?;
        let file = self.file(ask.look)?;
        if let Some(by) = holder(&self.library)? {
            return Err(held(&by));
        }
        self.stop.store(false, Ordering::Relaxed);
        let begun = BackupProgress { step: BackupStep::Unpacking, done_bytes: 0, of_bytes: 0 };
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
        let prepared = prepare(&self.library, &file, ask.passphrase.as_deref(), self.told(tell)).await;
        let taken_over = match &prepared {
            Ok(_) => take_over(&self.library, self.clock.now()).await,
            Err(_) => Ok(TakenOver::Nothing),
        };
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let prepared = prepared?;
        match taken_over? {
            TakenOver::Done { aside } => Ok(Restored {
                made_at_ms: prepared.made_at_ms,
                complaints: prepared.complaints,
                aside: aside.map(|aside| aside.to_string_lossy().into_owned()),
            }),
            TakenOver::Held { by } => Err(held(&by)),
            TakenOver::Nothing => Err(invalid("The restored library is gone. Restore the backup once more.")),
        }
    }

    /// Ends what goes on.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// What can be told to whoever helps, shown before it is saved.
    ///
    /// # Errors
    /// When the program ends meanwhile.
    pub async fn prepare_diagnostics(&self, failure: &Failure) -> Result<DiagnosticsPreview, Failure> {
        let files = diagnostics::without_library(&self.library, failure, self.clock.now()).await?;
        Ok(self.diagnostics.show(files))
    }

    /// # Errors
    /// When another one was shown since, or it cannot be written there.
    pub async fn save_diagnostics(&self, bundle: u64, place: &Path) -> Result<(), Failure> {
        self.diagnostics.save(bundle, place).await
    }

    fn told(&self, tell: Tell) -> Told {
        let (known, stop) = (Arc::clone(&self.progress), Arc::clone(&self.stop));
        Arc::new(move |progress| {
            let before = known.lock().unwrap_or_else(PoisonError::into_inner).replace(progress);
            if super::going::is_news(before, progress) {
                tell(progress);
            }
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    }

    async fn seen(&self, file: &Path) -> Result<BackupLook, Failure> {
        let says = look(file).await?;
        let aside = beside(&self.library, "before-restore")?;
        Ok(super::view::shown(self.number_of(file), file, says, &aside))
    }

    fn number_of(&self, file: &Path) -> u64 {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let place = known.iter().position(|one| one == file).unwrap_or_else(|| {
            known.push(file.to_owned());
            known.len() - 1
        });
        place as u64
    }

    fn file(&self, number: u64) -> Result<PathBuf, Failure> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let file = usize::try_from(number).ok().and_then(|place| known.get(place).cloned());
        file.ok_or_else(|| invalid("Choose a backup."))
    }
}

fn why(code: FailureCode) -> Unopened {
    match code {
        FailureCode::Damaged => Unopened::Damaged,
        FailureCode::Newer => Unopened::Newer,
        FailureCode::Held => Unopened::Held,
        FailureCode::Library
        | FailureCode::DiskFull
        | FailureCode::Keychain
        | FailureCode::Locked
        | FailureCode::Invalid
        | FailureCode::NotFound
        | FailureCode::Internal => Unopened::Refused,
    }
}

fn held(by: &str) -> Failure {
    Failure {
        code: FailureCode::Held,
        message: format!("The library is open in {by}. Close it there first; nothing was changed."),
        detail: None,
    }
}
