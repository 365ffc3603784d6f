//! What a report gives.

use super::{Field, GroupRef, Measure, Unit, Who};
use crate::{Direction, EventKind};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Heads of the columns that name a row, one for each thing rows are split by; empty in details.
    pub keys: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Over everything the rows are made of, each call once: not the sum of the rows where calls count in several.
    pub totals: Vec<Value>,
    /// Of the period before, where comparison was asked for.
    pub totals_before: Vec<Value>,
    /// Mean of the rows, where that means something; else [`Value::None`].
    pub averages: Vec<Value>,
    /// Rows beyond those given.
    pub rows_left_off: u64,
    /// Calls (or parts in calls) it was made of.
    pub made_of: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub head: String,
    pub unit: Unit,
    pub measure: Option<Measure>,
    pub field: Option<Field>,
    /// The formula, as a sentence.
    pub formula: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What the row stands for, to ask for the calls behind it.
    pub key: Vec<Key>,
    /// The same in words.
    pub label: Vec<String>,
    pub values: Vec<Value>,
    /// Of the period before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Value>,
    /// Of a detail row: its call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Key {
    /// Nothing of the kind: no group, no account code, number withheld.
    None,
    Who {
        who: Who,
    },
    Group {
        group: GroupRef,
    },
    Text {
        text: String,
    },
    Direction {
        direction: i64,
    },
    Site {
        site: i64,
    },
    Event {
        code: u8,
    },
    /// A stretch of time.
    Span {
        from_ms: i64,
        to_ms: i64,
    },
    /// 0 to 23.
    HourOfDay {
        hour: u8,
    },
    /// 1 is Monday.
    DayOfWeek {
        day: u8,
    },
}

/// `None` where there is nothing to tell: a mean of no calls, occupancy of a phone nobody watched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", content = "of", rename_all = "snake_case")]
pub enum Value {
    #[default]
    None,
    Count(i64),
    /// Milliseconds.
    Length(i64),
    /// 0 to 1.
    Share(f64),
    /// Any other number.
    Number(f64),
    /// 1/10,000 of the currency, whose name is empty for the PBX's own charge.
    Money {
        amount: i64,
        currency: String,
    },
    /// An instant, in milliseconds.
    At(i64),
    Text(String),
}

impl Key {
    pub fn of_direction(direction: Direction) -> Self {
        Key::Direction { direction: direction as i64 }
    }

    pub fn of_event(kind: EventKind) -> Self {
        Key::Event { code: kind.code() }
    }
}
