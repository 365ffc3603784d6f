//! A leaf: everything that reports ask about the counted calls that began on one UTC day, column by column.
//!
//! A report reads the few columns it needs and goes over them in plain loops; texts are looked at once for each entry of
//! the day's dictionary. Leaves are a projection of the calls: one that cannot be read ([`Damaged`]), or of another
//! [`FORMAT`], is made anew.

mod coding;
mod column;
mod of;
mod parts;
mod read;
mod texts;

pub use column::{Column, ColumnSet};
pub use of::StateChange;
pub(crate) use of::kind_of;
pub use texts::Texts;

/// Of the bytes of a column. Another one is not read.
pub const FORMAT: u8 = 3;

pub const DAY_MS: i64 = 86_400_000;

/// What stands for "the PBX told no charge".
pub const NO_CHARGE: i64 = i64::MIN;

/// Bits of [`Column::Marks`]. The lowest two are the direction.
pub mod mark {
    pub const DIRECTION: i64 = 3;
    pub const START_KNOWN: i64 = 1 << 2;
    pub const WITHHELD: i64 = 1 << 3;
    pub const EMERGENCY: i64 = 1 << 4;
    pub const ANSWERED: i64 = 1 << 5;
    pub const ABANDONED: i64 = 1 << 6;
    pub const ON_HOLD: i64 = 1 << 7;
    pub const VOICEMAIL: i64 = 1 << 8;
    /// Some phone rang and its person never talked.
    pub const MISSED: i64 = 1 << 9;
    /// Abandoned in the queue, or while a group rang.
    pub const LOST: i64 = 1 << 10;
    pub const CONFERENCE: i64 = 1 << 11;
    /// A main event of this kind.
    pub const RANG: i64 = 1 << 12;
    pub const HELD: i64 = 1 << 13;
    pub const QUEUED: i64 = 1 << 14;
}

/// Bits of [`Column::PersonBits`] and [`Column::GroupBits`].
pub mod part {
    pub const RANG: i64 = 1;
    /// Or was in a conference.
    pub const TALKED: i64 = 1 << 1;
    pub const MISSED: i64 = 1 << 2;
    pub const CONFERENCE: i64 = 1 << 3;
    pub const HELD: i64 = 1 << 4;
    /// Made the call.
    pub const MADE: i64 = 1 << 5;
    /// Of a group: had a ringing or queue event, beside the main ones too.
    pub const PRESENTED: i64 = 1 << 6;
    pub const QUEUED: i64 = 1 << 7;
}

/// Why bytes are no leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    #[error("a column is missing")]
    Missing(Column),
    #[error("a column is of another format")]
    Format(Column),
    #[error("a column cannot be read")]
    Coding,
    #[error("columns do not fit each other")]
    Shape,
}

/// One day. Which columns it has is up to who made it; [`Leaf::of`] makes all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    day: i64,
    has: ColumnSet,
    calls: usize,
    numbers: Vec<Vec<i64>>,
    texts: Vec<Texts>,
}

impl Leaf {
    /// The UTC day that an instant is in, counted from 1970-01-01.
    pub fn day_of(at: model::At) -> i64 {
        at.0.div_euclid(DAY_MS)
    }

    pub fn day(&self) -> i64 {
        self.day
    }

    /// First instant of the day.
    pub fn from_ms(&self) -> i64 {
        self.day.saturating_mul(DAY_MS)
    }

    /// Counted calls.
    pub fn calls(&self) -> usize {
        self.calls
    }

    pub fn has(&self) -> ColumnSet {
        self.has
    }

    /// Values, or places in the dictionary; nothing of a column that was not read.
    pub fn numbers(&self, column: Column) -> &[i64] {
        &self.numbers[usize::from(column.id())]
    }

    pub fn texts(&self, column: Column) -> &Texts {
        &self.texts[usize::from(column.id())]
    }
}
