//! Live: calls in progress, people, groups.

use crate::calls::{CallRow, Span};
use crate::command::command;
use model::AgentState;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskLive {}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Live {
    pub now_ms: i64,
    /// Longest-lived first.
    pub calls: Vec<LiveCall>,
    /// By name.
    pub people: Vec<Person>,
    pub groups: Vec<GroupNow>,
}

/// A call in progress. Its running state is the last of `spans`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveCall {
    pub row: CallRow,
    /// Main events so far, in order.
    pub spans: Vec<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub site: i64,
    pub extension: String,
    pub name: Option<String>,
    pub state: AgentState,
    pub since_ms: i64,
}

/// A hunt group now and today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupNow {
    pub site: i64,
    pub number: String,
    pub name: Option<String>,
    pub waiting: u32,
    /// Since when the caller who waits longest has been waiting.
    pub longest_since_ms: Option<i64>,
    pub answered_today: u32,
    pub abandoned_today: u32,
    /// Share of offered calls answered within the service level's seconds, 0 to 1; `None` before the first.
    pub service_level: Option<f64>,
}

command!(AskLive, "live", Live);
