//! The lock: a passphrase before anything is shown. While it is closed the desk answers nothing but what is here, and
//! pushes nothing.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskLock {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockView {
    pub state: LockState,
    /// Locks by itself when nobody used the window for so long; `None`: only when told to.
    pub idle_minutes: Option<u32>,
    /// So long until a passphrase can be tried again.
    pub wait_seconds: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockState {
    /// There is no passphrase.
    #[default]
    None,
    Open,
    Locked,
}

/// A wrong one is a failure that says how long to wait.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlock {
    pub passphrase: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockNow {}

/// Sets the lock, or takes it off.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetLock {
    /// The passphrase that is set; not asked where there is none.
    pub current: Option<String>,
    pub set: NewLock,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "set", content = "with", rename_all = "snake_case")]
pub enum NewLock {
    Passphrase {
        passphrase: String,
        idle_minutes: Option<u32>,
    },
    /// The passphrase stays.
    Idle {
        idle_minutes: Option<u32>,
    },
    Off,
}

/// Somebody used the window; at most a few times a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StillHere {}

/// Passphrases are printed nowhere.
impl std::fmt::Debug for Unlock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Unlock(\u{2026})")
    }
}

impl std::fmt::Debug for SetLock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SetLock(\u{2026})")
    }
}

command!(AskLock, "lock", LockView, Answered::Always);
command!(Unlock, "unlock", LockView, Answered::Always);
command!(LockNow, "lock_now", LockView, Answered::Always);
command!(SetLock, "set_lock", LockView);
command!(StillHere, "still_here", ());
