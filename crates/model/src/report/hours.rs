//! When an office, or one of its groups, is open.

use super::GroupRef;
use serde::{Deserialize, Serialize};

/// All hours that were set. What is not set is always open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeHours {
    pub of: Vec<HoursOf>,
}

/// A group without hours of its own has its site's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursOf {
    pub site: i64,
    /// `None`: the site.
    pub group: Option<GroupRef>,
    pub hours: BusinessHours,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessHours {
    /// Monday first; spans of each day, split as one likes.
    pub week: [Vec<Open>; 7],
    /// Holidays and exceptions; the last that names a date holds.
    #[serde(default)]
    pub days: Vec<DayRule>,
}

/// From the one minute since midnight up to and not including the other, by the wall clock. A `to_minute` at or below
/// `from_minute` is on the next day; 1440 is midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    pub from_minute: u16,
    pub to_minute: u16,
}

/// One date with hours of its own; without spans it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRule {
    /// `2026-12-24`, or `12-25` for every year.
    pub date: String,
    pub name: String,
    #[serde(default)]
    pub open: Vec<Open>,
}
