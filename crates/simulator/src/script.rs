//! A call as a script: timed steps, what the PBX says in each, and what is true of the call meanwhile.
//!
//! Everything refers to steps by their place. When the steps go out (or when they would have gone out, in a history),
//! their real times turn the same script into the truth and into SMDR rows, so that all three always agree.

use crate::kind::Kind;
use crate::leg::Saying;
use model::fact::LegId;
use model::{Direction, Ending, EventKind};
use std::ops::Range;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Script {
    pub(crate) kind: Kind,
    pub(crate) direction: Direction,
    /// In order of time; the first is the call's start, the last its end.
    pub(crate) steps: Vec<Step>,
    pub(crate) events: Vec<PlannedEvent>,
    pub(crate) rows: Vec<RowPlan>,
    /// How long after the end the rows come, at speed 1.
    pub(crate) row_delay_ms: u64,
    /// SMDR's Call ID, shared by the call's rows.
    pub(crate) record_id: u64,
    /// Fields 31 to 34; `None`: these rows come without them.
    pub(crate) record_legs: Option<RecordLegs>,
    pub(crate) external_number: Option<String>,
    pub(crate) external_name: Option<String>,
    /// Field 4.
    pub(crate) caller: String,
    /// Field 6.
    pub(crate) called: String,
    /// Field 7, and the truth's dialled number.
    pub(crate) dialled: String,
    pub(crate) trunk: Option<String>,
    pub(crate) ending: Ending,
    pub(crate) phones: Vec<PhoneUse>,
    pub(crate) channel: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    /// Since the call's start, at speed 1.
    pub(crate) at_ms: u64,
    pub(crate) says: Vec<Saying>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlannedEvent {
    pub(crate) kind: EventKind,
    /// Steps at which it begins and ends.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) beside: bool,
    pub(crate) agent: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) party: Option<String>,
    pub(crate) cause: Option<u16>,
}

/// One SMDR row: the stretch of main events it tells of, and its two parties.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowPlan {
    pub(crate) main_events: Range<usize>,
    pub(crate) party1: Device,
    pub(crate) party2: Device,
}

/// Device code and name as printed in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) code: String,
    pub(crate) name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordLegs {
    pub(crate) caller: LegId,
    pub(crate) called: LegId,
}

/// A phone is taken from the call's start until then, at speed 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PhoneUse {
    pub(crate) place: usize,
    pub(crate) until_ms: u64,
}

impl Script {
    /// At speed 1.
    pub(crate) fn length_ms(&self) -> u64 {
        self.steps.last().map_or(0, |step| step.at_ms)
    }

    pub(crate) fn main_events(&self) -> impl Iterator<Item = &PlannedEvent> {
        self.events.iter().filter(|event| !event.beside)
    }
}
