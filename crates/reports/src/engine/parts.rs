//! The parts of a day's calls. A person with two phones has one part in a call, made of what both did.

use super::holders::Holders;
use crate::leaf::{Column, Leaf, part};
use model::report::Scope;
use std::borrow::Cow;

pub(crate) struct Parts<'l> {
    leaf: &'l Leaf,
    pub(crate) counts: Cow<'l, [i64]>,
    merged: Option<Merged>,
}

struct Merged {
    /// Of each part of the leaf, the part that it went into.
    into: Vec<u32>,
    columns: Vec<(Column, Vec<i64>)>,
}

/// How the numbers of two phones become one.
enum Join {
    Add,
    Bits,
    /// Of the first phone.
    First,
    /// The first that is there.
    FirstFound,
}

impl<'l> Parts<'l> {
    pub(crate) fn of(leaf: &'l Leaf, scope: Scope, holders: Option<&Holders<'_>>) -> Self {
        let counts = match scope {
            Scope::Call => &[],
            Scope::Person => leaf.numbers(Column::PeopleCount),
            Scope::Group => leaf.numbers(Column::GroupCount),
        };
        let plain = Self { leaf, counts: Cow::Borrowed(counts), merged: None };
        match (scope, holders) {
            (Scope::Person, Some(holders)) if holders.overlap() => merged(leaf, holders),
            _ => plain,
        }
    }

    pub(crate) fn numbers(&self, column: Column) -> &[i64] {
        let own = self.merged.as_ref().and_then(|merged| merged.columns.iter().find(|(of, _)| *of == column));
        own.map_or_else(|| self.leaf.numbers(column), |(_, numbers)| numbers)
    }

    /// Whether something is so of a part, from whether it is so of the leaf's.
    pub(crate) fn any(&self, of_leaf: Vec<bool>) -> Vec<bool> {
        let Some(merged) = &self.merged else { return of_leaf };
        let mut any = vec![false; self.counts.iter().sum::<i64>() as usize];
        for (into, is) in merged.into.iter().zip(of_leaf) {
            any[*into as usize] |= is;
        }
        any
    }
}

const PEOPLE: [(Column, Join); 9] = [
    (Column::Extension, Join::First),
    (Column::PersonGroup, Join::FirstFound),
    (Column::PersonBits, Join::Bits),
    (Column::PersonTalk, Join::Add),
    (Column::PersonRing, Join::Add),
    (Column::PersonRingBefore, Join::Add),
    (Column::PersonHold, Join::Add),
    (Column::PersonTransferHold, Join::Add),
    (Column::PersonPark, Join::Add),
];

fn merged<'l>(leaf: &'l Leaf, holders: &Holders<'_>) -> Parts<'l> {
    let (into, counts) = same_people(leaf, holders);
    let rows = counts.iter().sum::<i64>() as usize;
    let transfers = (Column::PersonTransfers, Join::Add);
    let columns = PEOPLE.iter().chain([&transfers]).filter(|(column, _)| leaf.has().contains(*column));
    let columns = columns.map(|(column, join)| {
        let mut numbers: Vec<Option<i64>> = vec![None; rows];
        for (into, value) in into.iter().zip(leaf.numbers(*column)) {
            let sum = &mut numbers[*into as usize];
            *sum = Some(sum.map_or(*value, |sum| joined(join, sum, *value)));
        }
        (*column, numbers.into_iter().map(Option::unwrap_or_default).collect())
    });
    let columns = columns.collect();
    Parts { leaf, counts: Cow::Owned(counts), merged: Some(Merged { into, columns }) }
}

/// Which part each part of the leaf goes into, and how many each call has then.
fn same_people(leaf: &Leaf, holders: &Holders<'_>) -> (Vec<u32>, Vec<i64>) {
    let entries = leaf.numbers(Column::Extension);
    let counts = leaf.numbers(Column::PeopleCount);
    let mut into = Vec::with_capacity(entries.len());
    let mut new_counts = Vec::with_capacity(counts.len());
    let mut next = 0_u32;
    let mut begin = 0_usize;
    for (count, start) in counts.iter().zip(leaf.numbers(Column::Start)) {
        let end = begin + *count as usize;
        let first = next;
        let mut seen: Vec<(i64, u32)> = Vec::new();
        for entry in &entries[begin..end] {
            let holder = holders.at(*entry as usize, leaf.from_ms() + start);
            let known = holder.and_then(|id| seen.iter().find(|(of, _)| *of == id));
            if let Some((_, place)) = known {
                into.push(*place);
                continue;
            }
            seen.extend(holder.map(|id| (id, next)));
            into.push(next);
            next += 1;
        }
        new_counts.push(i64::from(next - first));
        begin = end;
    }
    (into, new_counts)
}

fn joined(join: &Join, a: i64, b: i64) -> i64 {
    match join {
        Join::Add => a.saturating_add(b),
        Join::First => a,
        Join::FirstFound if a == 0 => b,
        Join::FirstFound => a,
        Join::Bits => {
            let bits = a | b;
            // Talked on the one phone: the other's ringing is no miss.
            if bits & part::TALKED != 0 { bits & !part::MISSED } else { bits }
        }
    }
}
