//! A disk beneath SQLite that fails when it is told to, for this process: an error from the n-th read, write, sync,
//! truncation or opening on, or a power cut.
//!
//! [`install`] wraps the system's virtual file system and makes itself the default one, so that whoever opens a database
//! afterwards stands on it without knowing.
//!
//! A power cut ends the process at once. Of what was written to a file since its last sync, all is gone, or sectors at
//! random, or nothing: as a disk may do it. What is written by other means than SQLite's is as it was.

mod unsynced;
mod vfs;

use std::sync::{Mutex, MutexGuard, PoisonError};
use unsynced::Unsynced;

pub use vfs::install;

/// What SQLite asks a disk for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Open,
    Read,
    Write,
    Sync,
    Truncate,
}

impl Operation {
    pub const ALL: [Operation; 5] =
        [Operation::Open, Operation::Read, Operation::Write, Operation::Sync, Operation::Truncate];
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The disk says that it could not do it.
    Error,
    /// The disk says that it is full.
    Full,
    /// The process ends here (exit code [`POWER_CUT`]), with what the disk still had of it.
    PowerCut,
}

/// What goes wrong, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `None`: whatever is asked for.
    pub operation: Option<Operation>,
    /// So many go well first.
    pub after: u64,
    /// And so many then fail.
    pub times: u64,
    pub effect: Effect,
}

/// How a process ends whose power was cut.
pub const POWER_CUT: i32 = 99;

#[derive(Default)]
struct State {
    fault: Option<Fault>,
    asked: [u64; Operation::ALL.len()],
    failed: u64,
    unsynced: Unsynced,
    dice: fastrand::Rng,
}

static STATE: Mutex<Option<State>> = Mutex::new(None);

/// From now on.
pub fn arm(fault: Fault) {
    with(|state| state.fault = Some(fault));
}

/// From now on all goes well.
pub fn disarm() {
    with(|state| state.fault = None);
}

/// By which a power cut chooses what is lost.
pub fn seed(seed: u64) {
    with(|state| state.dice = fastrand::Rng::with_seed(seed));
}

/// How often something was asked for.
pub fn asked(operation: Operation) -> u64 {
    with(|state| state.asked[operation as usize])
}

/// How often it failed.
pub fn failed() -> u64 {
    with(|state| state.failed)
}

fn state() -> MutexGuard<'static, Option<State>> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn with<T>(act: impl FnOnce(&mut State) -> T) -> T {
    act(state().get_or_insert_default())
}

impl State {
    /// Counts, and says what comes of this one.
    fn turn(&mut self, operation: Operation) -> Option<Effect> {
        self.asked[operation as usize] += 1;
        let fault = self.fault.as_mut()?;
        if fault.operation.is_some_and(|only| only != operation) {
            return None;
        }
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        if fault.times == 0 {
            return None;
        }
        fault.times -= 1;
        self.failed += 1;
        Some(fault.effect)
    }

    /// The disk keeps what it keeps, and this process is no more.
    fn cut_power(&mut self) -> ! {
        self.unsynced.lose(&mut self.dice);
        // SAFETY: ends the process without running anything of it, which is what a power cut does.
        unsafe { libc::_exit(POWER_CUT) }
    }
}
