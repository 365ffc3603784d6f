//! What runs: one backup or restore at a time, with its progress and a way to stop it.

use super::Backups;
use crate::desk::{Desk, WeakDesk};
use crate::happening::Happening;
use crate::trouble::{closed, invalid};
use contract::Failure;
use contract::backups::{BackupProgress, BackupStep};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// Told how far it is, often; says whether to go on.
pub type Told = Arc<dyn Fn(BackupProgress) -> ControlFlow<()> + Send + Sync>;

pub(super) struct Running {
    progress: Arc<Mutex<BackupProgress>>,
    stop: Arc<AtomicBool>,
}

impl Running {
    pub(super) fn progress(&self) -> BackupProgress {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// It runs as long as this lives.
pub(crate) struct Going {
    desk: WeakDesk,
    progress: Arc<Mutex<BackupProgress>>,
    stop: Arc<AtomicBool>,
    _at_work: OwnedMutexGuard<()>,
}

impl Desk {
    /// # Errors
    /// When another one runs.
    pub(crate) fn begin_backup(&self, step: BackupStep) -> Result<Going, Failure> {
        let backups: &Backups = self.backups();
        let busy = || invalid("A backup or a restore is going on. Wait for its end, or stop it first.");
        let at_work = Arc::clone(&backups.at_work).try_lock_owned().map_err(|_| busy())?;
        if backups.is_over.load(Ordering::Relaxed) {
            return Err(closed());
        }
        let progress = Arc::new(Mutex::new(BackupProgress { step, done_bytes: 0, of_bytes: 0 }));
        let stop = Arc::new(AtomicBool::default());
        let running = Running { progress: Arc::clone(&progress), stop: Arc::clone(&stop) };
        *backups.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(running);
        backups.set_trouble(None);
        Ok(Going { desk: self.weak(), progress, stop, _at_work: at_work })
    }
}

impl Going {
    /// Listeners are told what is news.
    pub(crate) fn told(&self) -> Told {
        let (desk, known, stop) = (self.desk.clone(), Arc::clone(&self.progress), Arc::clone(&self.stop));
        Arc::new(move |progress| {
            let before =
                std::mem::replace(&mut *known.lock().unwrap_or_else(PoisonError::into_inner), progress);
            let is_news = is_news(Some(before), progress);
            if let Some(desk) = desk.upgrade().filter(|_| is_news) {
                desk.happen(Happening::BackupProgress(progress));
            }
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    }
}

impl Going {
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        let Some(desk) = self.desk.upgrade() else { return };
        *desk.backups().running.lock().unwrap_or_else(PoisonError::into_inner) = None;
        desk.happen(Happening::Backups);
    }
}

/// Each half percent, and each step.
pub(super) fn is_news(before: Option<BackupProgress>, now: BackupProgress) -> bool {
    before.is_none_or(|before| before.step != now.step || mark(&before) != mark(&now))
}

fn mark(progress: &BackupProgress) -> u64 {
    progress.done_bytes.saturating_mul(200) / progress.of_bytes.max(1)
}
