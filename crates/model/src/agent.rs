//! What a person's phone is doing.

use crate::At;
use serde::{Deserialize, Serialize};

/// State of an extension. What the PBX does not tell is `Unknown`, never guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentState {
    #[default]
    Unknown,
    Idle,
    Dialing,
    Ringing,
    Talking,
    Hold,
}

/// An extension's state and since when it has held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentStatus {
    pub extension: String,
    pub state: AgentState,
    pub since: At,
}
