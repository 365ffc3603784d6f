//! A call as a script: timed steps, what the PBX says in each, and what is true of the call meanwhile.
//!
//! Everything refers to steps by their place. When the steps go out (or when they would have gone out, in a history),
//! their real times turn the same script into the truth and into SMDR rows, so that all three always agree.

use crate::kind::Kind;
use crate::leg::Saying;
use model::fact::LegId;
use model::{Direction, Ending, EventKind, Relation};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Script {
    pub(crate) kind: Kind,
    /// Unlike the PBX's numbers it never comes twice.
    pub(crate) serial: u64,
    pub(crate) direction: Direction,
    /// In order of time; the first is the call's start.
    pub(crate) steps: Vec<Step>,
    /// The step at which the call ends for the outside party. What follows is put back in its place.
    pub(crate) over: usize,
    pub(crate) events: Vec<PlannedEvent>,
    /// The call's own record first, then those of consultations, twins and conferences.
    pub(crate) records: Vec<RecordPlan>,
    /// How long after their calls' ends the rows come, at speed 1.
    pub(crate) row_delay_ms: u64,
    pub(crate) external_number: Option<String>,
    pub(crate) external_name: Option<String>,
    pub(crate) dialled: String,
    pub(crate) emergency: bool,
    pub(crate) ending: Ending,
    pub(crate) phones: Vec<PhoneUse>,
    /// Places in the office's list.
    pub(crate) channels: Vec<usize>,
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

/// All rows with one Call ID.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RecordPlan {
    /// Field 10.
    pub(crate) id: u64,
    /// Of the call that it tells of. Unlike the Call ID it never comes twice.
    pub(crate) serial: u64,
    /// What it is to the call; `None`: the call itself.
    pub(crate) relation: Option<Relation>,
    pub(crate) direction: Direction,
    /// Field 4.
    pub(crate) caller: String,
    /// Field 6.
    pub(crate) called: String,
    /// Field 7.
    pub(crate) dialled: String,
    /// Fields 31 to 34; `None`: these rows come without them.
    pub(crate) legs: Option<RecordLegs>,
    /// Steps at which it begins and ends.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) rows: Vec<RowPlan>,
}

/// One SMDR row: the stretches of time it adds up, and its two parties.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RowPlan {
    pub(crate) spans: Vec<Span>,
    pub(crate) party1: Device,
    pub(crate) party2: Device,
    pub(crate) targeting: Targeting,
}

/// A stretch between two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) counts_as: Length,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The lengths of time that a row has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    Connected,
    Ring,
    Hold,
    Park,
}

/// Device code and name as printed in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) code: String,
    pub(crate) name: String,
}

/// Fields 28 to 30: who sent a call to where, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Targeting {
    pub(crate) cause: &'static str,
    pub(crate) by: String,
    pub(crate) number: String,
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
    /// The same in the past that [`crate::history`] tells.
    pub(crate) in_history_until_ms: u64,
}

impl Script {
    /// From the start until everything is put back, at speed 1.
    pub(crate) fn length_ms(&self) -> u64 {
        self.steps.last().map_or(0, |step| step.at_ms)
    }

    /// From the start to the call's end, at speed 1.
    pub(crate) fn call_ms(&self) -> u64 {
        self.steps.get(self.over).map_or(0, |step| step.at_ms)
    }

    pub(crate) fn main_events(&self) -> impl Iterator<Item = &PlannedEvent> {
        self.events.iter().filter(|event| !event.beside)
    }
}

impl Length {
    /// What an event of the call counts as in the call's own rows: ring time is everything before the answer, queueing
    /// and dialling included.
    pub(crate) fn of(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::Talking | EventKind::Voicemail | EventKind::AutoAttendant | EventKind::Conference => {
                Some(Length::Connected)
            }
            EventKind::Ringing
            | EventKind::Queue
            | EventKind::Dialing
            | EventKind::Overflow
            | EventKind::Busy => Some(Length::Ring),
            EventKind::Hold | EventKind::TransferHold => Some(Length::Hold),
            EventKind::Park => Some(Length::Park),
            EventKind::Transfer | EventKind::Listen | EventKind::Callback => None,
        }
    }
}
