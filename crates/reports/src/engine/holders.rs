//! Who had each extension of a day's dictionary.

use super::office::Book;
use crate::leaf::{Column, DAY_MS, Leaf};
use model::At;
use model::report::Who;

/// For each entry, who had it until when.
pub(crate) struct Holders<'l> {
    leaf: &'l Leaf,
    column: Column,
    of: Vec<Vec<Tenure>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Tenure {
    pub(crate) until_ms: i64,
    pub(crate) by: Option<i64>,
}

impl<'l> Holders<'l> {
    pub(crate) fn of(book: &dyn Book, leaf: &'l Leaf, column: Column) -> Self {
        let texts = leaf.texts(column);
        let end_ms = leaf.from_ms() + DAY_MS;
        let tenures = |entry: usize| {
            let (site, number) = texts.pair(entry);
            tenures(book, site, number, leaf.from_ms(), end_ms)
        };
        Self { leaf, column, of: (0..texts.len()).map(tenures).collect() }
    }

    /// `None`: nobody is known to have had it then.
    pub(crate) fn at(&self, entry: usize, at_ms: i64) -> Option<i64> {
        let tenures = &self.of[entry];
        let tenure = tenures.iter().find(|tenure| at_ms < tenure.until_ms).or(tenures.last());
        tenure.and_then(|tenure| tenure.by)
    }

    /// Whoever had it, had it for the whole day.
    pub(crate) fn all_day(&self, entry: usize) -> Option<Option<i64>> {
        match self.of[entry].as_slice() {
            [one] => Some(one.by),
            _ => None,
        }
    }

    pub(crate) fn is(&self, entry: usize, at_ms: i64, any_of: &[Who]) -> bool {
        let (site, number) = self.leaf.texts(self.column).pair(entry);
        is_one_of(any_of, self.at(entry, at_ms), site, number)
    }

    /// Some person had two of the extensions: parts in one call may be the same person's.
    pub(crate) fn overlap(&self) -> bool {
        let mut people: Vec<i64> = Vec::new();
        for tenures in &self.of {
            let mut own: Vec<i64> = tenures.iter().filter_map(|tenure| tenure.by).collect();
            own.sort_unstable();
            own.dedup();
            people.extend(own);
        }
        people.sort_unstable();
        people.windows(2).any(|two| two[0] == two[1])
    }
}

pub(crate) fn is_one_of(any_of: &[Who], holder: Option<i64>, site: i64, number: &str) -> bool {
    any_of.iter().any(|who| match who {
        Who::Person { id } => holder == Some(*id),
        Who::Extension { site: of, number: wanted } => *of == site && wanted == number,
    })
}

fn tenures(book: &dyn Book, site: i64, number: &str, from_ms: i64, end_ms: i64) -> Vec<Tenure> {
    let mut tenures = Vec::with_capacity(1);
    let mut at_ms = from_ms;
    loop {
        let held = book.holder(site, number, At(at_ms));
        let until_ms = held.until.map_or(i64::MAX, |until| until.0);
        tenures.push(Tenure { until_ms, by: held.by });
        // An answer that does not go forward is taken to hold for the rest of the day.
        if until_ms >= end_ms || until_ms <= at_ms {
            return tenures;
        }
        at_ms = until_ms;
    }
}
