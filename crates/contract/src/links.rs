//! The link lamps: one per source.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskLinks {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lamp {
    pub site: i64,
    pub site_name: String,
    pub source: Source,
    pub state: LinkState,
    /// What is the case, as a sentence ("Connected to 192.168.42.1", "The PBX refused the password.").
    pub says: String,
    /// What to do about it, where something can be done.
    pub advice: Option<String>,
    pub since_ms: i64,
    pub last_event_ms: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Devlink3,
    Smdr,
    Recordings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Not set up for this site.
    Off,
    /// Trying for the first time.
    Connecting,
    /// Delivering (or, for SMDR, listening without trouble).
    Up,
    /// Connected, with something amiss: refused flags, silence, a gap being healed.
    Degraded,
    /// Lost; trying again by itself.
    Down,
    /// Given up until a person acts: wrong password, changed certificate, missing licence.
    Stopped,
}

command!(AskLinks, "links", Vec<Lamp>);
