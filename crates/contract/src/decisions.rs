//! What a manager decides by hand about calls: joined, parted, taken back.

use crate::calls::CallRow;
use crate::command::command;
use serde::{Deserialize, Serialize};

/// The two are one conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinCalls {
    pub first: String,
    pub second: String,
}

/// Undoes what CallDoc joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartCall {
    pub id: String,
    pub what: Part,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// The SMDR records are another call's: they become a call of their own.
    Records,
    /// The related call counts by itself.
    Related { other: String },
}

/// A decision that holds no more; the calls are what they were without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeBack {
    pub decision: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The place of the decision in the journal, by which it is taken back.
    pub decision: i64,
    /// The call to show now.
    pub id: String,
}

/// Calls that a call might be joined with: the nearest in time, those with the same number first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskNeighbours {
    pub id: String,
}

/// Decisions by hand, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskDecisions {}

/// A decision as it is shown with its calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionLine {
    pub decision: i64,
    pub at_ms: i64,
    /// "Joined with the call of 10:42:18", "Records parted from this call".
    pub says: String,
    /// Calls it is about, by their ids.
    pub calls: Vec<String>,
    pub taken_back: bool,
}

command!(JoinCalls, "join_calls", Decided);
command!(PartCall, "part_call", Decided);
command!(TakeBack, "take_back", Decided);
command!(AskNeighbours, "neighbours", Vec<CallRow>);
command!(AskDecisions, "decisions", Vec<DecisionLine>);
