//! Which calls a report looks at: AND between conditions, OR inside one.

use super::Measure;
use crate::{Direction, EventKind};
use serde::{Deserialize, Serialize};

/// Lists are "any of these"; an empty list leaves the condition out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Condition {
    /// Minutes since midnight of the office, 0 to 1440; `from` after `to` spans midnight.
    TimeOfDay {
        from_minute: u16,
        to_minute: u16,
    },
    /// 1 is Monday.
    DaysOfWeek {
        days: Vec<u8>,
    },
    Directions {
        any_of: Vec<Direction>,
    },
    Sites {
        any_of: Vec<i64>,
    },
    /// Rang or talked.
    People {
        any_of: Vec<Who>,
    },
    /// Talked, in this place among those who talked.
    TalkedAs {
        spot: Spot,
        any_of: Vec<Who>,
    },
    Groups {
        any_of: Vec<GroupRef>,
    },
    GroupAs {
        spot: Spot,
        any_of: Vec<GroupRef>,
    },
    OutsideNumber {
        any_of: Vec<NumberMatch>,
    },
    DialledNumber {
        any_of: Vec<NumberMatch>,
    },
    /// The outside party's name has one of these texts in it, in either case.
    OutsideName {
        any_of: Vec<String>,
    },
    AccountCode {
        any_of: Vec<String>,
    },
    /// Given by people or by the PBX.
    Tags {
        any_of: Vec<String>,
    },
    /// The line, without its channel.
    Trunks {
        any_of: Vec<String>,
    },
    Answered {
        yes: bool,
    },
    Abandoned {
        yes: bool,
    },
    /// Some phone rang and its person never talked.
    Missed {
        yes: bool,
    },
    Voicemail {
        yes: bool,
    },
    Emergency {
        yes: bool,
    },
    Conference {
        yes: bool,
    },
    Transferred {
        yes: bool,
    },
    Recorded {
        yes: bool,
    },
    Scored {
        yes: bool,
    },
    Noted {
        yes: bool,
    },
    /// A length of the call, from and to in seconds, both included.
    Lasting {
        timing: Timing,
        from_seconds: Option<u32>,
        to_seconds: Option<u32>,
    },
    /// With (or without) an event of one of these kinds, those beside the main ones included.
    Events {
        yes: bool,
        any_of: Vec<EventKind>,
    },
    /// These kinds stand in this order among the main events, others between them or not.
    Sequence {
        steps: Vec<EventStep>,
    },
    /// Kind of the last main event.
    FinalEvent {
        any_of: Vec<EventKind>,
    },
    /// Words in the notes of the call or in names and numbers.
    Text {
        text: String,
    },
    /// Calls that count in this figure of a person's, group's or call's row. Set by drilling down.
    CountedIn {
        measure: Measure,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Who {
    Person {
        id: i64,
    },
    /// Whoever has it.
    Extension {
        site: i64,
        number: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupRef {
    pub site: i64,
    pub number: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    First,
    Final,
}

/// Digits only; everything else that was typed is left out before comparing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "digits", rename_all = "snake_case")]
pub enum NumberMatch {
    Exactly(String),
    Begins(String),
    Ends(String),
    Anywhere(String),
    Withheld,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    Total,
    Talk,
    Ring,
    Hold,
    Queue,
    Park,
    TransferHold,
    Wait,
    /// Calls that were not answered have none and are left out.
    TimeToAnswer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventStep {
    pub kind: EventKind,
}
