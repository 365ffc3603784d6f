//! Reports: run over the leaves of the library, written to files, sent on schedule.
//!
//! A leaf holds the calls of one day in columns (`reports::Leaf`). The library keeps those of days that are over; of days
//! that changed since, the leaf is made from the calls as a report asks for it, and kept by a task in the background.

mod book;
mod details;
mod drill;
mod export;
pub(crate) mod files;
pub(crate) mod hours;
mod leaves;
mod own;
pub(crate) mod post;
mod reporter;
mod run;
mod schedules;
pub(crate) mod times;
mod worth;

pub(crate) use drill::counted_in;
pub(crate) use own::{all as all_reports, read as read_report};
pub(crate) use reporter::{Reporter, Watch};

use crate::desk::{Desk, Start};
use crate::happening::Happening;
use contract::reports::ReportProgress;
use leaves::Leaves;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;
use words::Language;

/// What the desk holds for reports.
#[derive(Default)]
pub(crate) struct Reporting {
    /// A schedule was saved.
    woken: Arc<Notify>,
    /// Runs that are going on, by the number the window gave them.
    runs: Mutex<HashMap<u64, Arc<AtomicBool>>>,
    leaves: Arc<Leaves>,
    /// What people read in files and letters.
    spoken: Mutex<Language>,
}

impl Reporting {
    pub(crate) fn stop(&self, run: u64) {
        let runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = runs.get(&run) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

/// A run that can be stopped as long as this lives.
pub(crate) struct Going {
    desk: Desk,
    run: u64,
    stop: Arc<AtomicBool>,
}

impl Going {
    pub(crate) fn watch(&self) -> Watch {
        let (desk, run) = (self.desk.weak(), self.run);
        let told = move |done, of| {
            if let Some(desk) = desk.upgrade() {
                desk.happen(Happening::ReportProgress(ReportProgress { run, done, of }));
            }
        };
        Watch::new(Arc::clone(&self.stop), self.desk.clock_arc(), told)
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        let mut runs = self.desk.reporting().runs.lock().unwrap_or_else(PoisonError::into_inner);
        if runs.get(&self.run).is_some_and(|stop| Arc::ptr_eq(stop, &self.stop)) {
            runs.remove(&self.run);
        }
    }
}

impl Desk {
    pub(crate) async fn start_reporting(&self) {
        if let Err(failure) = self.know_leaves().await {
            tracing::warn!(
                message = failure.message,
                "what reports are reckoned from could not be looked at"
            );
        }
        if self.start() == Start::Nothing {
            return;
        }
        self.keep_leaves();
        self.keep_schedules();
    }

    /// Files and letters that are made from now on speak it.
    pub fn speak(&self, language: Language) {
        *self.reporting().spoken.lock().unwrap_or_else(PoisonError::into_inner) = language;
    }

    pub(crate) fn spoken(&self) -> Language {
        *self.reporting().spoken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn going(&self, run: u64) -> Going {
        let stop = Arc::new(AtomicBool::default());
        let mut runs = self.reporting().runs.lock().unwrap_or_else(PoisonError::into_inner);
        runs.insert(run, Arc::clone(&stop));
        drop(runs);
        Going { desk: self.clone(), run, stop }
    }
}
