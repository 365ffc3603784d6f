//! The sums of each row, and those of the totals.

use super::day::{Day, Units};
use super::formula::{Source, Sum, What};
use super::rows::Placed;
use std::borrow::Cow;

/// The sums of a row stand together: what one call adds to a row is in one place of the memory.
#[derive(Debug)]
pub(crate) struct Cells {
    sums: Vec<Sum>,
    /// What a row begins with.
    empty: Vec<i64>,
    rows: Vec<i64>,
    totals: Vec<i64>,
}

/// Rows of a hundred bytes or two that stay in the nearest cache until it is their turn.
const ROWS_FETCHED: usize = 64;

/// A sum with what it adds up on a day.
struct Adding<'a> {
    what: What,
    of: u64,
    /// By call or part; nothing where only calls and parts are counted.
    values: Cow<'a, [i64]>,
    /// Which value each unit has.
    places: &'a [u32],
}

impl Cells {
    pub(crate) fn new(sums: Vec<Sum>) -> Self {
        let empty: Vec<i64> = sums.iter().map(|sum| empty(sum.what)).collect();
        Self { rows: Vec::new(), totals: empty.clone(), empty, sums }
    }

    /// `once` are the units, each call once.
    pub(crate) fn add(&mut self, day: &Day<'_>, units: &Units, once: &Units, placed: &Placed, rows: usize) {
        self.grow(rows);
        let repeated = placed.units.as_ref().unwrap_or(units);
        let adding: Vec<Adding<'_>> = self.sums.iter().map(|sum| Adding::of(*sum, day, repeated)).collect();
        let step = adding.len();
        // All sums of a row at once: a row of many is far away in the memory, and is gone to once.
        for (block, slots) in placed.slots.chunks(ROWS_FETCHED).enumerate() {
            self.fetch(slots);
            for (place, slot) in slots.iter().enumerate() {
                let unit = block * ROWS_FETCHED + place;
                let row = &mut self.rows[*slot as usize * step..][..step];
                for (cell, adding) in row.iter_mut().zip(&adding) {
                    adding.to(cell, unit, repeated.flags[unit]);
                }
            }
        }
        for (total, sum) in self.totals.iter_mut().zip(&self.sums) {
            let counted = match sum.what {
                What::Calls => once,
                What::Parts => units,
                What::Total(source) | What::Highest(source) | What::Lowest(source) => {
                    if matches!(source, Source::Part(_)) { units } else { once }
                }
            };
            let adding = Adding::of(*sum, day, counted);
            let mut cell = *total;
            for (unit, flags) in counted.flags.iter().enumerate() {
                adding.to(&mut cell, unit, *flags);
            }
            *total = cell;
        }
    }

    pub(crate) fn row(&self, sum: usize, row: usize) -> i64 {
        self.rows.get(row * self.sums.len() + sum).copied().unwrap_or(self.empty[sum])
    }

    pub(crate) fn total(&self, sum: usize) -> i64 {
        self.totals[sum]
    }

    /// `None`: nothing went into a highest or lowest.
    pub(crate) fn known(value: i64) -> Option<i64> {
        if value == i64::MIN || value == i64::MAX { None } else { Some(value) }
    }

    /// `slots`: where each row of the other is here.
    pub(crate) fn merge(&mut self, other: Cells, slots: &[u32], rows: usize) {
        self.grow(rows);
        let step = self.sums.len().max(1);
        for (theirs, slot) in other.rows.chunks(step).zip(slots) {
            let own = &mut self.rows[*slot as usize * step..];
            for ((sum, cell), value) in self.sums.iter().zip(own).zip(theirs) {
                join(sum.what, cell, *value);
            }
        }
        for ((sum, cell), value) in self.sums.iter().zip(&mut self.totals).zip(&other.totals) {
            join(sum.what, cell, *value);
        }
    }

    /// Looks at both ends of some rows, one independent of the other, so that the waits for the memory overlap.
    fn fetch(&self, slots: &[u32]) {
        let step = self.sums.len();
        let ends = |slot: &u32| {
            let first = *slot as usize * step;
            self.rows.get(first).copied().unwrap_or(0)
                ^ self.rows.get(first + step.saturating_sub(1)).copied().unwrap_or(0)
        };
        std::hint::black_box(slots.iter().map(ends).fold(0, |all, ends| all ^ ends));
    }

    fn grow(&mut self, rows: usize) {
        while self.rows.len() < rows * self.sums.len() {
            self.rows.extend_from_slice(&self.empty);
        }
    }
}

impl<'a> Adding<'a> {
    fn of(sum: Sum, day: &'a Day<'_>, units: &'a Units) -> Self {
        let (values, places) = match sum.what {
            What::Calls | What::Parts => (Cow::default(), &[][..]),
            What::Total(source) | What::Highest(source) | What::Lowest(source) => {
                (day.values(source), places_of(units, source))
            }
        };
        Self { what: sum.what, of: sum.of, values, places }
    }

    fn to(&self, cell: &mut i64, unit: usize, flags: u64) {
        let is = flags & self.of != 0;
        let value = || self.values[self.places[unit] as usize];
        match self.what {
            What::Calls | What::Parts => *cell += i64::from(is),
            // Without a branch that nobody could foretell.
            What::Total(_) => *cell = cell.wrapping_add(value() & -i64::from(is)),
            What::Highest(_) if is => *cell = (*cell).max(value()),
            What::Lowest(_) if is => *cell = (*cell).min(value()),
            What::Highest(_) | What::Lowest(_) => {}
        }
    }
}

fn places_of(units: &Units, source: Source) -> &[u32] {
    match source {
        Source::Part(_) => &units.parts,
        Source::Call(_)
        | Source::StartedAt
        | Source::Recordings
        | Source::RecordedMs
        | Source::Scorecards
        | Source::WithPoints
        | Source::PointShares => &units.calls,
    }
}

fn empty(what: What) -> i64 {
    match what {
        What::Calls | What::Parts | What::Total(_) => 0,
        What::Highest(_) => i64::MIN,
        What::Lowest(_) => i64::MAX,
    }
}

fn join(what: What, cell: &mut i64, value: i64) {
    match what {
        What::Calls | What::Parts | What::Total(_) => *cell = cell.wrapping_add(value),
        What::Highest(_) => *cell = (*cell).max(value),
        What::Lowest(_) => *cell = (*cell).min(value),
    }
}
