//! What rows of a summary stand for.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Who had the extension then; an extension that nobody is known to have had stands for itself.
    Person,
    Group,
    /// By what numbers are compared by: E.164 where it has that.
    OutsideNumber,
    /// The name that came with the number.
    OutsideName,
    /// What was dialled on inbound calls: the DID.
    LocalNumber,
    Direction,
    /// The line, without its channel.
    Trunk,
    AccountCode,
    /// Tags that people gave, and the PBX's own. A call with two tags counts in each.
    Tag,
    Site,
    /// Kinds of the main events, in order: `queue, ringing, talking`.
    EventSequence,
    /// Kind of the last main event.
    FinalEvent,
    QuarterHour,
    HalfHour,
    Hour,
    Day,
    /// From Monday.
    Week,
    Month,
    HourOfDay,
    /// Monday first.
    DayOfWeek,
}

/// Whose part in a call a row's figures are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole call, once.
    Call,
    /// Each extension's part: a call on which three phones rang counts once in each.
    Person,
    /// Each hunt group's part: a call that two groups saw counts once in each.
    Group,
}

impl Scope {
    pub fn of(by: &[Dimension]) -> Self {
        match by {
            by if by.contains(&Dimension::Person) => Scope::Person,
            by if by.contains(&Dimension::Group) => Scope::Group,
            _ => Scope::Call,
        }
    }
}

impl Dimension {
    pub const ALL: [Dimension; 20] = [
        Dimension::Person,
        Dimension::Group,
        Dimension::OutsideNumber,
        Dimension::OutsideName,
        Dimension::LocalNumber,
        Dimension::Direction,
        Dimension::Trunk,
        Dimension::AccountCode,
        Dimension::Tag,
        Dimension::Site,
        Dimension::EventSequence,
        Dimension::FinalEvent,
        Dimension::QuarterHour,
        Dimension::HalfHour,
        Dimension::Hour,
        Dimension::Day,
        Dimension::Week,
        Dimension::Month,
        Dimension::HourOfDay,
        Dimension::DayOfWeek,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Dimension::Person => "Person",
            Dimension::Group => "Group",
            Dimension::OutsideNumber => "Outside number",
            Dimension::OutsideName => "Outside party",
            Dimension::LocalNumber => "Local number",
            Dimension::Direction => "Direction",
            Dimension::Trunk => "Trunk",
            Dimension::AccountCode => "Account code",
            Dimension::Tag => "Tag",
            Dimension::Site => "Site",
            Dimension::EventSequence => "Event sequence",
            Dimension::FinalEvent => "Final event",
            Dimension::QuarterHour => "Quarter hour",
            Dimension::HalfHour => "Half hour",
            Dimension::Hour => "Hour",
            Dimension::Day => "Day",
            Dimension::Week => "Week",
            Dimension::Month => "Month",
            Dimension::HourOfDay => "Hour of day",
            Dimension::DayOfWeek => "Day of week",
        }
    }

    /// A stretch of time: the call counts where it started.
    pub fn is_interval(self) -> bool {
        match self {
            Dimension::QuarterHour
            | Dimension::HalfHour
            | Dimension::Hour
            | Dimension::Day
            | Dimension::Week
            | Dimension::Month
            | Dimension::HourOfDay
            | Dimension::DayOfWeek => true,
            Dimension::Person
            | Dimension::Group
            | Dimension::OutsideNumber
            | Dimension::OutsideName
            | Dimension::LocalNumber
            | Dimension::Direction
            | Dimension::Trunk
            | Dimension::AccountCode
            | Dimension::Tag
            | Dimension::Site
            | Dimension::EventSequence
            | Dimension::FinalEvent => false,
        }
    }
}
