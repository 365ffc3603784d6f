//! Newer versions of CallDoc: what there is, and how far one is.

use crate::command::command;
use serde::{Deserialize, Serialize};

/// Looks for a newer version now. What comes of it is pushed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookForUpdate {}

/// Fetches the version that was found, checks it, backs the library up, installs it and starts it. What comes of it is
/// pushed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstallUpdate {
    /// The one that the person saw.
    pub version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateView {
    /// The version that runs.
    pub running: String,
    pub state: UpdateState,
    /// When it was last looked for one with success.
    pub looked_ms: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum UpdateState {
    /// This build has no key to know a genuine update by.
    NotSetUp,
    /// Not looked yet.
    NotLooked,
    Looking,
    /// Nothing newer in the channel.
    Newest,
    Found {
        release: Release,
    },
    Fetching {
        release: Release,
        done_bytes: u64,
        /// Unknown where the server does not say.
        of_bytes: Option<u64>,
    },
    BackingUp {
        release: Release,
    },
    Installing {
        release: Release,
    },
    /// CallDoc starts again in a moment.
    Restarting {
        release: Release,
    },
    /// The version that runs goes on working.
    Failed {
        /// `None`: it was only being looked for one.
        release: Option<Release>,
        trouble: UpdateTrouble,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    pub version: String,
    /// What is new, as plain text; at most [`NOTES_CHARS`] characters.
    pub notes: String,
    /// When it was released, `2026-11-21`.
    pub date: Option<String>,
}

/// As much as a person reads before pressing a button; a server may send any amount.
pub const NOTES_CHARS: usize = 8_000;

/// Why an update did not come to be: what happened, what to do, and the technical chain one click away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateTrouble {
    pub says: String,
    pub advice: String,
    pub detail: Option<String>,
}

command!(LookForUpdate, "look_for_update", UpdateView);
command!(InstallUpdate, "install_update", UpdateView);
