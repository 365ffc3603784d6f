//! Why a line is no record, in words for the health list. The line itself is kept by whoever asked.

use thiserror::Error;

/// What is wrong with a line. The sentences name no numbers or names of callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum Complaint {
    #[error("The line is longer than {} characters; its beginning was kept.", crate::lines::MAX_LINE_BYTES)]
    TooLong,
    #[error("The line has {found} fields; an SMDR record has at least 17.")]
    TooFewFields { found: usize },
    #[error("The line has {found} fields; no SMDR record has that many.")]
    TooManyFields { found: usize },
    #[error("Field 1 (Call Start) is not a date and time such as 2026/03/09 14:05:00.")]
    StartUnreadable,
    #[error("Field 1 (Call Start) is a date or time that does not exist.")]
    StartImpossible,
    #[error("Field 1 (Call Start) is in the year {year}: check the date of the PBX.")]
    StartOutOfRange { year: u16 },
    #[error("Field {} ({}) should be {}.", .0.number(), .0.name(), .0.expected())]
    Unreadable(Field),
    #[error("A name with a comma in it can be read in more than one way.")]
    Ambiguous,
}

/// Fields that decide whether a line is a record, and by which a name with a comma is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    ConnectedTime,
    RingTime,
    Direction,
    IsInternal,
    CallId,
    Continuation,
    Party1Device,
    Party2Device,
    HoldTime,
    ParkTime,
}

impl Field {
    /// As the manual counts, from 1.
    pub fn number(self) -> u8 {
        match self {
            Field::ConnectedTime => 2,
            Field::RingTime => 3,
            Field::Direction => 5,
            Field::IsInternal => 9,
            Field::CallId => 10,
            Field::Continuation => 11,
            Field::Party1Device => 12,
            Field::Party2Device => 14,
            Field::HoldTime => 16,
            Field::ParkTime => 17,
        }
    }

    /// As the manual names it.
    pub fn name(self) -> &'static str {
        match self {
            Field::ConnectedTime => "Connected Time",
            Field::RingTime => "Ring Time",
            Field::Direction => "Direction",
            Field::IsInternal => "Is Internal",
            Field::CallId => "Call ID",
            Field::Continuation => "Continuation",
            Field::Party1Device => "Party1 Device",
            Field::Party2Device => "Party2 Device",
            Field::HoldTime => "Hold Time",
            Field::ParkTime => "Park Time",
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Field::ConnectedTime => "a length of time such as 00:01:05",
            Field::RingTime | Field::HoldTime | Field::ParkTime => "a number of seconds below one year",
            Field::Direction => "I or O",
            Field::IsInternal | Field::Continuation => "0 or 1",
            Field::CallId => "a number",
            Field::Party1Device | Field::Party2Device => "a device such as E204, T9001 or V9501",
        }
    }
}
