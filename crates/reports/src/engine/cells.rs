//! The sums of each row, and those of the totals.

use super::day::{Day, Units};
use super::formula::{Source, Sum, What};
use super::rows::Placed;

/// The sums of a row stand together: what one call adds to a row is in one place of the memory.
#[derive(Debug)]
pub(crate) struct Cells {
    sums: Vec<Sum>,
    /// What a row begins with.
    empty: Vec<i64>,
    rows: Vec<i64>,
    totals: Vec<i64>,
}

/// The cells of one sum: of row `slot` at `slot * step + place`.
struct Column<'c> {
    cells: &'c mut [i64],
    step: usize,
    place: usize,
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
        let step = self.sums.len();
        for (place, sum) in self.sums.iter().enumerate() {
            let mut row = Column { cells: &mut self.rows, step, place };
            let mut total = Column { cells: &mut self.totals, step: 0, place };
            let slots = placed.slots.iter().copied();
            let (source, counted) = match sum.what {
                What::Calls => (None, once),
                What::Parts => (None, units),
                What::Total(source) | What::Highest(source) | What::Lowest(source) => {
                    (Some(source), if matches!(source, Source::Part(_)) { units } else { once })
                }
            };
            let Some(source) = source else {
                count(&mut row, &repeated.flags, sum.of, slots);
                count(&mut total, &counted.flags, sum.of, std::iter::repeat(0));
                continue;
            };
            let values = day.values(source);
            fill(&mut row, *sum, &values, places_of(repeated, source), &repeated.flags, slots);
            let places = places_of(counted, source);
            fill(&mut total, *sum, &values, places, &counted.flags, std::iter::repeat(0));
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

    fn grow(&mut self, rows: usize) {
        while self.rows.len() < rows * self.sums.len() {
            self.rows.extend_from_slice(&self.empty);
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

fn count(column: &mut Column<'_>, flags: &[u64], of: u64, slots: impl Iterator<Item = u32>) {
    for (flags, slot) in flags.iter().zip(slots) {
        column.cells[slot as usize * column.step + column.place] += i64::from(flags & of != 0);
    }
}

fn fill(
    column: &mut Column<'_>,
    sum: Sum,
    values: &[i64],
    places: &[u32],
    flags: &[u64],
    slots: impl Iterator<Item = u32>,
) {
    let (step, place) = (column.step, column.place);
    let cells = &mut *column.cells;
    let units = places.iter().zip(flags).zip(slots);
    let counted = units.filter(|((_, flags), _)| *flags & sum.of != 0);
    let counted = counted.map(|((unit, _), slot)| (slot as usize * step + place, values[*unit as usize]));
    match sum.what {
        What::Total(_) => counted.for_each(|(cell, value)| cells[cell] = cells[cell].wrapping_add(value)),
        What::Highest(_) => counted.for_each(|(cell, value)| cells[cell] = cells[cell].max(value)),
        What::Lowest(_) => counted.for_each(|(cell, value)| cells[cell] = cells[cell].min(value)),
        What::Calls | What::Parts => {}
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
