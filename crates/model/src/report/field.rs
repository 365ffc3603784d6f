//! Columns of a detail report.

use serde::{Deserialize, Serialize};

/// Of a call; in a report of events, those from [`Field::Event`] on are of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    StartedAt,
    AnsweredAt,
    EndedAt,
    Direction,
    Site,
    OutsideNumber,
    OutsideName,
    DialledNumber,
    CallerExtension,
    /// Who talked, in order.
    People,
    /// Whose phones rang, in order.
    Rung,
    Groups,
    Outcome,
    Total,
    Talk,
    Ring,
    Hold,
    Queue,
    Park,
    TransferHold,
    Wait,
    TimeToAnswer,
    Trunk,
    AccountCode,
    Tags,
    Emergency,
    /// How many.
    Recordings,
    Notes,
    PbxCharge,
    Cost,
    EventSequence,
    CallId,
    Event,
    EventStart,
    EventLength,
    EventPerson,
    EventGroup,
    EventParty,
    EventDevice,
    /// The PBX's number and its words.
    EventCause,
}

impl Field {
    pub const ALL: [Field; 40] = [
        Field::StartedAt,
        Field::AnsweredAt,
        Field::EndedAt,
        Field::Direction,
        Field::Site,
        Field::OutsideNumber,
        Field::OutsideName,
        Field::DialledNumber,
        Field::CallerExtension,
        Field::People,
        Field::Rung,
        Field::Groups,
        Field::Outcome,
        Field::Total,
        Field::Talk,
        Field::Ring,
        Field::Hold,
        Field::Queue,
        Field::Park,
        Field::TransferHold,
        Field::Wait,
        Field::TimeToAnswer,
        Field::Trunk,
        Field::AccountCode,
        Field::Tags,
        Field::Emergency,
        Field::Recordings,
        Field::Notes,
        Field::PbxCharge,
        Field::Cost,
        Field::EventSequence,
        Field::CallId,
        Field::Event,
        Field::EventStart,
        Field::EventLength,
        Field::EventPerson,
        Field::EventGroup,
        Field::EventParty,
        Field::EventDevice,
        Field::EventCause,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Field::StartedAt => "Start",
            Field::AnsweredAt => "Answered at",
            Field::EndedAt => "End",
            Field::Direction => "Direction",
            Field::Site => "Site",
            Field::OutsideNumber => "Outside number",
            Field::OutsideName => "Outside party",
            Field::DialledNumber => "Dialled number",
            Field::CallerExtension => "Calling extension",
            Field::People => "People",
            Field::Rung => "Phones that rang",
            Field::Groups => "Groups",
            Field::Outcome => "Outcome",
            Field::Total => "Length",
            Field::Talk => "Talk time",
            Field::Ring => "Ring time",
            Field::Hold => "Hold time",
            Field::Queue => "Queue time",
            Field::Park => "Park time",
            Field::TransferHold => "Transfer hold time",
            Field::Wait => "Caller wait",
            Field::TimeToAnswer => "Time to answer",
            Field::Trunk => "Trunk",
            Field::AccountCode => "Account code",
            Field::Tags => "Tags",
            Field::Emergency => "Emergency",
            Field::Recordings => "Recordings",
            Field::Notes => "Notes",
            Field::PbxCharge => "PBX charge",
            Field::Cost => "Cost",
            Field::EventSequence => "Event sequence",
            Field::CallId => "Call",
            Field::Event => "Event",
            Field::EventStart => "Event start",
            Field::EventLength => "Event length",
            Field::EventPerson => "Event person",
            Field::EventGroup => "Event group",
            Field::EventParty => "Event party",
            Field::EventDevice => "Device",
            Field::EventCause => "Cause",
        }
    }

    pub fn is_of_event(self) -> bool {
        matches!(
            self,
            Field::Event
                | Field::EventStart
                | Field::EventLength
                | Field::EventPerson
                | Field::EventGroup
                | Field::EventParty
                | Field::EventDevice
                | Field::EventCause
        )
    }
}
