//! The calls behind a figure, and the rows of detail reports: a page of them, the newest first.

use super::details::{self, Beside};
use super::reporter::{Reporter, Watch};
use super::run::Unreadable;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use model::report::{Condition, Definition, Key, Measure, Rows, Table};
use model::{At, Call, CallId};
use reports::{Page, Plan, Stretch};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Days that are looked through at first, and the most at once: most pages are full after some days.
const DAYS_FIRST: usize = 1;
const DAYS_AT_MOST: usize = 32;

/// Calls with what is known beside them.
pub(super) struct Calls {
    pub(super) calls: Vec<(Call, Beside)>,
    /// Where the next page begins.
    pub(super) next: Option<String>,
}

/// The same definition, of the calls that count in a figure only.
pub(crate) fn counted_in(definition: &Definition, measure: Option<Measure>) -> Definition {
    let mut narrowed = definition.clone();
    narrowed.conditions.extend(measure.map(|measure| Condition::CountedIn { measure }));
    narrowed
}

impl Reporter {
    /// Ids, the newest first, and where the next page begins.
    pub(crate) async fn ids(
        &self,
        definition: &Definition,
        stretch: Stretch,
        key: &[Key],
        after: Option<String>,
        limit: u32,
        watch: &Watch,
    ) -> Result<(Vec<CallId>, Option<String>), Failure> {
        let plan = Plan::of(definition, super::hours::service(self.hours.service)).map_err(invalid)?;
        let (plan, office) = (Arc::new(plan), Arc::new(self.office()));
        let after = after.as_deref().map(read_cursor).transpose()?;
        let marks = self.marks(plan.needs(), stretch).await?;
        let days = self.days(stretch, 0).await?;
        let wanted = plan.columns_of_page();
        let mut page = Page::new(&plan, &office, stretch, key, after, limit as usize);
        let mut left = self.days_worth(&plan, &marks, days).await?;
        if let Some((at, _)) = after {
            left.retain(|day| *day <= reports::Leaf::day_of(at));
        }
        let of = left.len() as u64;
        let mut at_once = DAYS_FIRST;
        let mut full = false;
        while !full && !left.is_empty() {
            let days = last_days(&mut left, at_once);
            for given in self.chunk(days, wanted).await?.into_iter().rev() {
                let Ok(leaf) = given.leaf(wanted) else { return Err(self.damaged().await) };
                match page.take(&leaf, &marks).map_err(|_| Unreadable) {
                    Ok(is_full) => full = is_full,
                    Err(Unreadable) => return Err(self.damaged().await),
                }
                if full {
                    break;
                }
            }
            watch.tell(of - left.len() as u64, of)?;
            at_once = (at_once * 2).min(DAYS_AT_MOST);
        }
        let calls = page.into_calls();
        let next = calls.last().filter(|_| calls.len() >= limit as usize).map(cursor);
        Ok((calls.into_iter().map(|(_, id)| id).collect(), next))
    }

    /// Whole calls with what is known beside them.
    pub(super) async fn page(
        &self,
        definition: &Definition,
        stretch: Stretch,
        key: &[Key],
        after: Option<String>,
        limit: u32,
        watch: &Watch,
    ) -> Result<Calls, Failure> {
        let (ids, next) = self.ids(definition, stretch, key, after, limit, watch).await?;
        let found = self.reader.calls_by_id(&ids).await.map_err(failure_of_store)?;
        let mut found: HashMap<CallId, Call> = found.into_iter().map(|call| (call.id, call)).collect();
        let own: Vec<(CallId, CallId)> =
            ids.iter().map(|id| (*id, *id)).chain(self.joined_into(&ids)).collect();
        let mut marks = self.reader.marks_of_calls(&own).await.map_err(failure_of_store)?;
        let calls = ids.into_iter().filter_map(|id| {
            let call = found.remove(&id)?;
            let marks = marks.remove(&id).unwrap_or_default();
            Some((call, Beside { recordings: marks.recordings, notes: marks.notes, tags: marks.tags }))
        });
        Ok(Calls { calls: calls.collect(), next })
    }

    /// A page of a detail report.
    pub(super) async fn detailed(
        &self,
        definition: &Definition,
        stretch: Stretch,
        after: Option<String>,
        limit: u32,
        watch: &Watch,
    ) -> Result<(Table, Option<String>), Failure> {
        let page = self.page(definition, stretch, &[], after, limit, watch).await?;
        let details = self.details(definition);
        let rows = page.calls.iter().flat_map(|(call, beside)| match &definition.rows {
            Rows::Events { .. } => details.events(call, beside).collect(),
            Rows::Calls { .. } | Rows::Summed { .. } => vec![details.call(call, beside)],
        });
        let table = Table {
            columns: details::columns(details.fields),
            rows: rows.collect(),
            made_of: page.calls.len() as u64,
            ..Table::default()
        };
        Ok((table, page.next))
    }
}

/// Takes the last of `days` that follow each other, at most so many.
fn last_days(days: &mut Vec<i64>, most: usize) -> Range<i64> {
    let Some(last) = days.pop() else { return 0..0 };
    let mut first = last;
    while days.last() == Some(&(first - 1)) && last - first + 1 < most as i64 {
        days.pop();
        first -= 1;
    }
    first..last + 1
}

fn cursor((at, id): &(At, CallId)) -> String {
    format!("{}-{}", at.0, id.to_text())
}

fn read_cursor(text: &str) -> Result<(At, CallId), Failure> {
    let read = || {
        let (at, id) = text.split_once('-')?;
        Some((At(at.parse().ok()?), CallId::from_text(id)?))
    };
    read().ok_or_else(|| invalid("This page of the report is not known. Run the report again."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_taken_from_the_last_back_as_they_follow_each_other() {
        let mut days = vec![1, 2, 3, 7, 8, 11];
        let taken: Vec<Range<i64>> =
            std::iter::from_fn(|| if days.is_empty() { None } else { Some(last_days(&mut days, 2)) })
                .collect();
        assert_eq!(taken, vec![11..12, 7..9, 2..4, 1..2], "two at most, and never a day between");
    }
}
