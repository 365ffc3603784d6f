//! What is kept no longer: entries of the journal, calls, entries of the audit log, by their age; and what is about one
//! number outside. Everything is done some rows at a time, each a transaction between two commits of live calls.
//!
//! Calls that began in the part of the journal that is gone are settled: nothing makes them anew, so only they can be
//! removed or changed by age.

mod audit_end;
mod calls_end;
mod journal_end;
mod number;

pub use audit_end::AuditEnd;
pub use journal_end::{Gone, JournalCut};
pub use number::NumberRows;

pub(crate) use audit_end::{beginning, is_told};
pub(crate) use journal_end::gone;

/// Rows of one kind that are over, for a preview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Over {
    pub count: u64,
    pub oldest: Option<model::At>,
    pub bytes: u64,
}

impl Over {
    pub(crate) fn of((count, oldest, bytes): (i64, Option<i64>, Option<i64>)) -> Self {
        Self {
            count: count.cast_unsigned(),
            oldest: oldest.map(model::At),
            bytes: bytes.unwrap_or(0).max(0).cast_unsigned(),
        }
    }
}
