//! The lock's own commands.

use super::passphrase::Hashed;
use super::{SETTING, Setting, TRIES};
use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::{Deed, off_thread};
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::lock::{AskLock, LockNow, LockState, LockView, NewLock, SetLock, StillHere, Unlock};

/// Shorter ones are guessed.
const LETTERS_MIN: usize = 8;
/// More is no passphrase that anybody types.
const LETTERS_MAX: usize = 500;

/// A lock that closes while one reads is taken off by those who are annoyed by it.
const IDLE_MINUTES: std::ops::RangeInclusive<u32> = 1..=24 * 60;

impl Answer<AskLock> for Desk {
    async fn answer(&self, _ask: AskLock) -> Result<LockView, Failure> {
        Ok(self.lock().view(self.clock().now()))
    }
}

impl Answer<Unlock> for Desk {
    async fn answer(&self, ask: Unlock) -> Result<LockView, Failure> {
        // One after the other: who asks many at once waits as often.
        let _turn = self.entering().lock().await;
        self.check_passphrase(ask.passphrase).await?;
        {
            let mut lock = self.lock().now();
            lock.closed = false;
            lock.used_at = self.clock().now();
        }
        self.happen(Happening::Lock(LockState::Open));
        Ok(self.lock().view(self.clock().now()))
    }
}

impl Answer<LockNow> for Desk {
    async fn answer(&self, _ask: LockNow) -> Result<LockView, Failure> {
        if self.lock().now().setting.is_none() {
            return Err(invalid("There is no passphrase yet. Set one in Settings > Privacy."));
        }
        self.close_lock();
        Ok(self.lock().view(self.clock().now()))
    }
}

impl Answer<StillHere> for Desk {
    async fn answer(&self, _ask: StillHere) -> Result<(), Failure> {
        self.lock().now().used_at = self.clock().now();
        Ok(())
    }
}

impl Answer<SetLock> for Desk {
    async fn answer(&self, ask: SetLock) -> Result<LockView, Failure> {
        let _turn = self.entering().lock().await;
        let before = self.lock().now().setting.clone();
        if before.is_some() {
            let current = ask.current.ok_or_else(|| invalid("Enter the passphrase that is set now."))?;
            self.check_passphrase(current).await?;
        }
        let (setting, deed) = match (ask.set, before) {
            (NewLock::Off, _) => (None, Deed::LockOff),
            (NewLock::Idle { idle_minutes }, Some(before)) => (
                Some(Setting { idle_minutes: checked(idle_minutes)?, ..before }),
                Deed::LockSet { idle_minutes },
            ),
            (NewLock::Idle { .. }, None) => return Err(invalid("Enter a passphrase first.")),
            (NewLock::Passphrase { passphrase, idle_minutes }, _) => {
                let idle_minutes = checked(idle_minutes)?;
                let letters = passphrase.chars().count();
                if letters < LETTERS_MIN {
                    return Err(invalid(format!(
                        "A passphrase of at least {LETTERS_MIN} letters, please: shorter ones are guessed."
                    )));
                }
                if letters > LETTERS_MAX {
                    return Err(invalid(format!("A passphrase of at most {LETTERS_MAX} letters, please.")));
                }
                let hashed = off_thread(move || Hashed::of(&passphrase)).await?;
                let hashed =
                    hashed.ok_or_else(|| invalid("This computer could not make the lock. Try again."))?;
                (Some(Setting { hashed, idle_minutes }), Deed::LockSet { idle_minutes })
            }
        };
        let stored = setting.as_ref().and_then(|setting| serde_json::to_string(setting).ok());
        self.hand()
            .set_office_setting(SETTING, stored.as_deref(), &[self.deed(None, &deed)])
            .await
            .map_err(failure_of_store)?;
        {
            let mut lock = self.lock().now();
            lock.setting = setting;
            lock.used_at = self.clock().now();
        }
        self.happen(Happening::Settings);
        Ok(self.lock().view(self.clock().now()))
    }
}

impl Desk {
    /// A wrong one is written down before it is told.
    async fn check_passphrase(&self, passphrase: String) -> Result<(), Failure> {
        let now = self.clock().now();
        let (setting, mut tries) = {
            let lock = self.lock().now();
            (lock.setting.clone(), lock.tries)
        };
        let Some(setting) = setting else { return Ok(()) };
        let wait_ms = tries.wait_ms(now);
        if wait_ms > 0 {
            return Err(invalid(format!(
                "Too many wrong passphrases. Wait {}, then try again.",
                span(wait_ms)
            )));
        }
        let is_right = off_thread(move || setting.hashed.is(&passphrase)).await?;
        if is_right {
            tries = super::Tries::default();
        } else {
            tries.wrong_at(now);
        }
        let stored = serde_json::to_string(&tries).ok();
        self.hand().set_office_setting(TRIES, stored.as_deref(), &[]).await.map_err(failure_of_store)?;
        self.lock().now().tries = tries;
        match (is_right, tries.wait_ms(now)) {
            (true, _) => Ok(()),
            (false, 0) => Err(invalid("This is not the passphrase.")),
            (false, wait_ms) => {
                Err(invalid(format!("This is not the passphrase. Wait {}, then try again.", span(wait_ms))))
            }
        }
    }
}

fn checked(idle_minutes: Option<u32>) -> Result<Option<u32>, Failure> {
    match idle_minutes {
        Some(minutes) if !IDLE_MINUTES.contains(&minutes) => {
            Err(invalid("Lock after 1 minute to 24 hours, or only when told to."))
        }
        minutes => Ok(minutes),
    }
}

fn span(wait_ms: i64) -> String {
    match (wait_ms + 999) / 1000 {
        1 => "1 second".to_owned(),
        seconds if seconds < 120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", (seconds + 59) / 60),
    }
}
