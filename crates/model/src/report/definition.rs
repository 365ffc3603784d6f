//! What a report asks.

use super::{Condition, Dimension, Field, Measure};
use serde::{Deserialize, Serialize};

/// Of a definition as it is saved and shared; a higher one comes from a newer program.
pub const FORMAT: u32 = 1;

/// A report that a person can change, save, share and take in from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    pub format: u32,
    pub name: String,
    /// One sentence: what it answers.
    pub says: String,
    pub chapter: Chapter,
    pub rows: Rows,
    /// The calls it looks at; joined by AND.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    #[serde(default)]
    pub hours: Hours,
    /// The time that is offered first.
    #[serde(default)]
    pub period: Period,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Only so many rows, the first after sorting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chart: Option<Chart>,
}

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "are", rename_all = "snake_case")]
pub enum Rows {
    /// One for each value of `by`, or for each pair of values: two at most. Without any: one row over everything.
    Summed { by: Vec<Dimension>, measures: Vec<Measure> },
    /// One for each call.
    Calls { fields: Vec<Field> },
    /// One for each event of each call.
    Events { fields: Vec<Field> },
}

/// As people name what a report looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    Summary,
    Interval,
    Detail,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chapter {
    #[default]
    Calls,
    Agents,
    Groups,
    Trunks,
    Cost,
    Recordings,
    Time,
}

impl Chapter {
    pub const ALL: [Chapter; 7] = [
        Chapter::Calls,
        Chapter::Agents,
        Chapter::Groups,
        Chapter::Trunks,
        Chapter::Cost,
        Chapter::Recordings,
        Chapter::Time,
    ];
}

/// Calls that began while the office was open, while it was closed, or all. A call of a group is judged by the group's hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    #[default]
    All,
    In,
    Out,
}

/// A stretch of time by the office's calendar. Weeks begin on Monday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Period {
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    #[default]
    ThisMonth,
    LastMonth,
    ThisQuarter,
    LastQuarter,
    ThisYear,
    LastYear,
    /// Whole days before today.
    LastDays {
        days: u16,
    },
    /// From the one instant up to and not including the other, in milliseconds.
    Custom {
        from_ms: i64,
        to_ms: i64,
    },
}

/// By which column rows are ordered; without one, by their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// Place among the measures (or fields).
    pub column: u32,
    pub descending: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub kind: ChartKind,
    /// Those of the measures that are drawn.
    pub measures: Vec<Measure>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    Bar,
    Stacked,
    Line,
    /// Two dimensions: the first down, the second across; the first measure as the shade.
    Heat,
}

impl Definition {
    pub fn style(&self) -> Style {
        match &self.rows {
            Rows::Calls { .. } | Rows::Events { .. } => Style::Detail,
            Rows::Summed { by, .. } if by.first().is_some_and(|by| by.is_interval()) => Style::Interval,
            Rows::Summed { .. } => Style::Summary,
        }
    }

    /// Why it cannot be run, as a sentence; `None` when it can.
    pub fn trouble(&self) -> Option<String> {
        if self.format > FORMAT {
            return Some(
                "This report was made by a newer version of CallDoc. Update CallDoc to use it.".to_owned(),
            );
        }
        if self.name.trim().is_empty() {
            return Some("Give the report a name.".to_owned());
        }
        match &self.rows {
            Rows::Calls { fields } | Rows::Events { fields } if fields.is_empty() => {
                Some("Choose at least one column.".to_owned())
            }
            Rows::Calls { .. } | Rows::Events { .. } => None,
            Rows::Summed { measures, .. } if measures.is_empty() => {
                Some("Choose at least one figure.".to_owned())
            }
            Rows::Summed { by, .. } if by.len() > 2 => {
                Some("Rows can be split by two things at most.".to_owned())
            }
            Rows::Summed { by, .. } if by.len() == 2 && by[0] == by[1] => {
                Some("Rows are split twice by the same thing.".to_owned())
            }
            Rows::Summed { by, measures } => {
                let scope = super::Scope::of(by);
                let wrong = measures.iter().find(|measure| !measure.is_known_of(scope, by))?;
                Some(format!("“{}” cannot be told for these rows.", wrong.label()))
            }
        }
    }
}
