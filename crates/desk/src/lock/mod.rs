//! The lock: while it is closed, the desk answers nothing but the lock's own commands, and what it pushes is silent.
//! Sources are heard and recordings taken in all the same.
//!
//! It guards what the window shows from whoever passes by the desk. It is no encryption: whoever is signed in to this
//! computer's account can read the library's files, and takes the lock off with `calldoc-cli lock reset`.

mod answers;
mod passphrase;
mod reset;
mod tries;

pub use reset::{Reset, reset};

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::trouble::failure_of_store;
use contract::command::Answered;
use contract::lock::{LockState, LockView};
use contract::{Command, Failure, FailureCode};
use model::At;
use passphrase::Hashed;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tries::Tries;

/// Under which names they are stored.
const SETTING: &str = "lock";
const TRIES: &str = "lock_tries";

/// Between two looks at whether nobody is there.
const LOOK: Duration = Duration::from_secs(5);

const MINUTE_MS: i64 = 60_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Setting {
    hashed: Hashed,
    idle_minutes: Option<u32>,
}

/// Cheap to clone; all clones are the same lock.
#[derive(Clone, Default)]
pub(crate) struct Lock(Arc<Mutex<Now>>);

#[derive(Default)]
struct Now {
    setting: Option<Setting>,
    /// Closed: set, and nobody gave the passphrase since.
    closed: bool,
    used_at: At,
    tries: Tries,
}

impl Lock {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.now().closed
    }

    fn view(&self, now: At) -> LockView {
        let lock = self.now();
        let state = match (&lock.setting, lock.closed) {
            (None, _) => LockState::None,
            (Some(_), false) => LockState::Open,
            (Some(_), true) => LockState::Locked,
        };
        let wait_ms = lock.tries.wait_ms(now);
        LockView {
            state,
            idle_minutes: lock.setting.as_ref().and_then(|setting| setting.idle_minutes),
            wait_seconds: u32::try_from((wait_ms + 999) / 1000).unwrap_or(u32::MAX),
        }
    }

    /// Whether nobody used the window for as long as was set.
    fn is_forgotten(&self, now: At) -> bool {
        let lock = self.now();
        let idle = lock.setting.as_ref().and_then(|setting| setting.idle_minutes);
        !lock.closed
            && idle.is_some_and(|minutes| now.ms_since(lock.used_at) >= i64::from(minutes) * MINUTE_MS)
    }
}

impl Desk {
    /// As [`crate::Answer::answer`], for those in front of the lock: the one door that the window's commands come through.
    pub async fn ask<C>(&self, ask: C) -> Result<C::Reply, Failure>
    where
        C: Command,
        Desk: Answer<C>,
    {
        if C::ANSWERED == Answered::Always {
            return self.answer(ask).await;
        }
        self.is_open()?;
        let answer = self.answer(ask).await;
        // It may have been locked while it was reckoned.
        self.is_open()?;
        answer
    }

    /// The reason, where the lock is closed. Looks at the clock too: a computer that slept is locked when it wakes.
    pub fn is_open(&self) -> Result<(), Failure> {
        if self.lock().is_forgotten(self.clock().now()) {
            self.close_lock();
        }
        if self.lock().is_closed() { Err(locked()) } else { Ok(()) }
    }

    /// Recalls the lock before anybody can ask: a start finds it closed.
    pub(crate) async fn recall_lock(&self) -> Result<(), Failure> {
        let setting = self.reader().office_setting(SETTING).await.map_err(failure_of_store)?;
        let tries = self.reader().office_setting(TRIES).await.map_err(failure_of_store)?;
        // One that cannot be read is closed, and opened by nothing but a reset.
        let setting = setting.map(|stored| {
            serde_json::from_str(&stored).map_err(|_| Failure {
                code: FailureCode::Library,
                message: format!("The lock cannot be read. {}", reset::HOW),
                detail: None,
            })
        });
        let setting: Option<Setting> = setting.transpose()?;
        let mut lock = self.lock().now();
        lock.closed = setting.is_some();
        lock.setting = setting;
        lock.used_at = self.clock().now();
        lock.tries = tries.and_then(|stored| serde_json::from_str(&stored).ok()).unwrap_or_default();
        Ok(())
    }

    /// Looks now and then whether anybody is there, as long as the desk lives.
    pub(crate) fn watch_lock(&self) {
        let desk = self.weak();
        tokio::spawn(async move {
            let mut looks = tokio::time::interval(LOOK);
            loop {
                looks.tick().await;
                let Some(desk) = desk.upgrade() else { break };
                // Whether it is closed now is told by itself.
                let _ = desk.is_open();
            }
        });
    }

    /// What is heard would tell as much as what is seen.
    fn close_lock(&self) {
        {
            let mut lock = self.lock().now();
            if lock.setting.is_none() || lock.closed {
                return;
            }
            lock.closed = true;
        }
        self.happen(Happening::Lock(LockState::Locked));
        let desk = self.weak();
        tokio::spawn(async move {
            let Some(desk) = desk.upgrade() else { return };
            let pause = contract::player::Steer { to: contract::player::Steering::Pause };
            if let Err(failure) = desk.answer(pause).await {
                tracing::warn!(message = failure.message, "the player could not be paused");
            }
        });
    }
}

fn locked() -> Failure {
    Failure { code: FailureCode::Locked, message: "CallDoc is locked.".to_owned(), detail: None }
}
