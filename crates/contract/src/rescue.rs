//! A library that could not be opened: why, and what a person can do about it without one.

use crate::backups::{BackupLook, BackupProgress};
use crate::command::command;
use serde::{Deserialize, Serialize};

/// Answered with nothing while the library is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskRescue {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescue {
    pub why: Unopened,
    /// What opening it failed with, as a sentence.
    pub says: String,
    pub detail: Option<String>,
    /// Where the library is, as text to be shown.
    pub folder: String,
    /// Backups that can be found without it, the newest first.
    pub backups: Vec<BackupLook>,
    /// Folders that backups went to and that are not there now, as text to be shown.
    pub away: Vec<String>,
    /// A restore goes on.
    pub running: Option<BackupProgress>,
}

/// Why a library was not opened: what a person can do differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unopened {
    /// Its database cannot be understood. A backup brings it back.
    Damaged,
    /// A newer program wrote it. That can open it.
    Newer,
    /// Another program has it open.
    Held,
    /// A disk that is full, a folder that may not be written to, and the like.
    Refused,
}

/// Tries once more; answered as [`AskRescue`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAgain {}

/// The person chooses a file in the system's own window; `None`: changed their mind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseRescue {}

/// Puts a backup in the place of the library and opens that. How it goes on comes as [`crate::Push::BackupProgress`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreUnopened {
    pub look: u64,
    pub passphrase: Option<String>,
}

impl std::fmt::Debug for RestoreUnopened {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("RestoreUnopened").field("look", &self.look).finish_non_exhaustive()
    }
}

/// The library is as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    pub made_at_ms: i64,
    /// What is amiss with it, sentence by sentence.
    pub complaints: Vec<String>,
    /// Where the library that could not be opened is kept, as text to be shown; none when none was there.
    pub aside: Option<String>,
}

/// Ends a restore that goes on; nothing half made is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopRescue {}

command!(AskRescue, "rescue", Option<Rescue>);
command!(OpenAgain, "open_again", Option<Rescue>);
command!(ChooseRescue, "choose_rescue", Option<BackupLook>);
command!(RestoreUnopened, "restore_unopened", Restored);
command!(StopRescue, "stop_rescue", ());

#[cfg(test)]
mod tests {
    use super::RestoreUnopened;

    #[test]
    fn a_passphrase_prints_nowhere() {
        let restore = RestoreUnopened { look: 1, passphrase: Some("correct horse".into()) };
        assert!(!format!("{restore:?}").contains("horse"), "neither in logs nor in panics");
    }
}
