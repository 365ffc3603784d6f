//! What a simulation came to.

use crate::kind::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Calls that ended.
    pub calls: u64,
    pub calls_by_kind: BTreeMap<Kind, u64>,
    /// Calls that were in progress when the simulation was stopped.
    pub unfinished: u64,
    /// The furthest behind its plan that a step went out: more than a moment when the machine is too slow for the speed.
    pub latest_step_ms: u64,
    /// Event frames handed to clients, snapshots included.
    pub events_sent: u64,
    pub rows: RowCounts,
    /// Recordings that are complete.
    pub recordings: u64,
    /// Why there are not more of them.
    pub recordings_trouble: Option<String>,
    /// Why the file with the truth is not complete.
    pub truth_trouble: Option<String>,
}

/// SMDR rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    pub delivered: u64,
    /// Still in the buffer: they would have gone with the next row that gets through.
    pub buffered: u64,
    /// Fell out of a full buffer.
    pub dropped: u64,
}
