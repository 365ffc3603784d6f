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
    /// The person has a call parked and is on no other.
    Parked,
    AfterCallWork,
    DoNotDisturb,
    LoggedOut,
}

impl AgentState {
    /// In the order of their stored numbers: append only.
    pub const ALL: [AgentState; 10] = [
        AgentState::Unknown,
        AgentState::Idle,
        AgentState::Dialing,
        AgentState::Ringing,
        AgentState::Talking,
        AgentState::Hold,
        AgentState::Parked,
        AgentState::AfterCallWork,
        AgentState::DoNotDisturb,
        AgentState::LoggedOut,
    ];

    pub fn code(self) -> u8 {
        self as u8
    }

    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// An extension's state and since when it has held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentStatus {
    pub extension: String,
    pub state: AgentState,
    pub since: At,
}
