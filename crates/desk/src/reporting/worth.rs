//! Days on which a call of a detail report can have begun at all: the others are not read. A report of what is rare,
//! an emergency call, a recording, would else go through all years to find a page of it.

use super::reporter::Reporter;
use crate::trouble::failure_of_store;
use contract::Failure;
use model::CallId;
use model::report::{Condition, Definition, Hours};
use reports::{Column, ColumnSet, Leaf, Marks, Plan};
use std::collections::BTreeSet;
use std::ops::Range;

/// Calls whose days are looked up; what more calls have is met soon enough.
const CALLS_MAX: usize = 10_000;

impl Reporter {
    /// Those of `days`, ascending.
    pub(super) async fn days_worth(
        &self,
        plan: &Plan,
        marks: &Marks,
        days: Range<i64>,
    ) -> Result<Vec<i64>, Failure> {
        let definition = plan.definition();
        // What has no hours is always open.
        if definition.hours == Hours::Out && self.hours.hours.of.is_empty() {
            return Ok(Vec::new());
        }
        let mut worth: Option<BTreeSet<i64>> = None;
        let mut narrow = |to: BTreeSet<i64>| {
            worth = Some(match worth.take() {
                Some(worth) => worth.intersection(&to).copied().collect(),
                None => to,
            });
        };
        if plan.marks_of_all() != 0 {
            narrow(self.days_marked(plan.marks_of_all(), days.clone()).await?);
        }
        for calls in calls_meant(definition, marks) {
            if calls.len() <= CALLS_MAX {
                narrow(self.reader.days_of_calls(&calls).await.map_err(failure_of_store)?);
            }
        }
        Ok(match worth {
            Some(worth) => worth.into_iter().filter(|day| days.contains(day)).collect(),
            None => days.collect(),
        })
    }

    /// Days on which some call has each of these marks, as far as their leaves are up to date; and all others.
    async fn days_marked(&self, wanted: i64, days: Range<i64>) -> Result<BTreeSet<i64>, Failure> {
        let columns = ColumnSet::of(&[Column::AnyMarks]);
        let (kept, stale) =
            self.reader.leaves(days, &[Column::AnyMarks.id()]).await.map_err(failure_of_store)?;
        let mut worth: BTreeSet<i64> = stale.into_iter().map(|stale| stale.day).collect();
        for column in kept {
            let Ok(leaf) = Leaf::read(column.day, columns, |_| Some(&column.bytes)) else {
                return Err(self.damaged().await);
            };
            if leaf.numbers(Column::AnyMarks).iter().any(|any| any & wanted == wanted) {
                worth.insert(column.day);
            }
        }
        Ok(worth)
    }
}

/// For each condition that only calls with something written about them or recorded meet: those calls.
fn calls_meant(definition: &Definition, marks: &Marks) -> Vec<Vec<CallId>> {
    let meant = definition.conditions.iter().filter_map(|condition| match condition {
        Condition::Recorded { yes: true } => Some(marks.recorded_calls().collect()),
        Condition::Scored { yes: true } => Some(marks.scored_calls().collect()),
        Condition::Noted { yes: true } => Some(marks.noted_calls().collect()),
        _ => None,
    });
    meant.collect()
}
