//! The sums of each row, and those of the totals.

use super::day::{Day, Units};
use super::formula::{Source, Sum, What};
use super::rows::Placed;
use std::borrow::Cow;
use std::ops::Range;

/// Units that are added at once. Of half a million rows the ones that these go to stay near for all sums.
const AT_ONCE: usize = 64;

/// The sums of a row stand together, in as few lines of the memory as they can: what one call adds to one of half a
/// million rows is a wait for each line.
#[derive(Debug)]
pub(crate) struct Cells {
    sums: Vec<Sum>,
    places: Vec<Place>,
    /// Words of a row: a part of a line without a rest, or whole lines.
    step: usize,
    /// What rows begin with: whole lines.
    empty: Vec<Line>,
    lines: Vec<Line>,
    totals: Vec<i64>,
}

/// What the processor fetches at once.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Line([u64; WORDS]);

const WORDS: usize = 8;

/// Where a sum stands in its row. Two counts share a word: no office comes to four billion calls.
#[derive(Clone, Copy, Debug)]
enum Place {
    Count { word: usize, shift: u32 },
    Value { word: usize },
}

/// Units that go into a sum, and the values that they have there.
struct Counted<'u> {
    flags: &'u [u64],
    values: Option<(&'u [i64], &'u [u32])>,
}

impl Cells {
    pub(crate) fn new(sums: Vec<Sum>) -> Self {
        let counts = sums.iter().filter(|sum| sum.what.source().is_none()).count();
        let (mut count, mut value) = (0, counts.div_ceil(2));
        let place = |sum: &Sum| match sum.what.source() {
            None => {
                count += 1;
                Place::Count { word: (count - 1) / 2, shift: 32 * ((count - 1) % 2) as u32 }
            }
            Some(_) => {
                value += 1;
                Place::Value { word: value - 1 }
            }
        };
        let places: Vec<Place> = sums.iter().map(place).collect();
        let step = if value <= WORDS { value.next_power_of_two() } else { value.next_multiple_of(WORDS) };
        let totals: Vec<i64> = sums.iter().map(|sum| empty(sum.what)).collect();
        let mut empty = vec![Line([0; WORDS]); step.div_ceil(WORDS)];
        for begin in (0..empty.len() * WORDS).step_by(step) {
            for (place, total) in places.iter().zip(&totals) {
                place.put(&mut empty, begin, *total);
            }
        }
        Self { lines: Vec::new(), totals, empty, step, places, sums }
    }

    /// `once` are the units, each call once.
    pub(crate) fn add(&mut self, day: &Day<'_>, units: &Units, once: &Units, placed: &Placed, rows: usize) {
        self.grow(rows);
        let repeated = placed.units.as_ref().unwrap_or(units);
        let values: Vec<Option<(Source, Cow<'_, [i64]>)>> =
            self.sums.iter().map(|sum| sum.what.source().map(|of| (of, day.values(of)))).collect();
        for ((sum, total), values) in self.sums.iter().zip(&mut self.totals).zip(&values) {
            let counted = match sum.what {
                What::Parts => units,
                What::Calls => once,
                What::Total(source) | What::Highest(source) | What::Lowest(source) => {
                    if matches!(source, Source::Part(_)) { units } else { once }
                }
            };
            let of_units = Counted::of(counted, values.as_ref(), 0..counted.flags.len());
            join(sum.what, total, of_units.total(*sum));
        }
        for begin in (0..placed.slots.len()).step_by(AT_ONCE) {
            let block = begin..placed.slots.len().min(begin + AT_ONCE);
            let slots = &placed.slots[block.clone()];
            for ((place, sum), values) in self.places.iter().zip(&self.sums).zip(&values) {
                let of_block = Counted::of(repeated, values.as_ref(), block.clone());
                let rows = slots.iter().map(|slot| *slot as usize * self.step);
                of_block.add(*sum, *place, rows, &mut self.lines);
            }
        }
    }

    pub(crate) fn row(&self, sum: usize, row: usize) -> i64 {
        let begin = row * self.step;
        if begin < self.lines.len() * WORDS {
            self.places[sum].of(&self.lines, begin)
        } else {
            empty(self.sums[sum].what)
        }
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
        for (row, slot) in slots.iter().enumerate() {
            let (theirs, own) = (row * self.step, *slot as usize * self.step);
            if theirs >= other.lines.len() * WORDS {
                break;
            }
            for (sum, place) in self.sums.iter().zip(&self.places) {
                let mut cell = place.of(&self.lines, own);
                join(sum.what, &mut cell, place.of(&other.lines, theirs));
                place.put(&mut self.lines, own, cell);
            }
        }
        for ((sum, cell), value) in self.sums.iter().zip(&mut self.totals).zip(&other.totals) {
            join(sum.what, cell, *value);
        }
    }

    fn grow(&mut self, rows: usize) {
        while self.lines.len() * WORDS < rows * self.step {
            self.lines.extend_from_slice(&self.empty);
        }
    }
}

impl Place {
    fn of(self, lines: &[Line], begin: usize) -> i64 {
        let at = |word: usize| lines[(begin + word) / WORDS].0[(begin + word) % WORDS];
        match self {
            Place::Count { word, shift } => i64::from((at(word) >> shift) as u32),
            Place::Value { word } => at(word).cast_signed(),
        }
    }

    fn put(self, lines: &mut [Line], begin: usize, value: i64) {
        let (Place::Count { word, .. } | Place::Value { word }) = self;
        let cell = &mut lines[(begin + word) / WORDS].0[(begin + word) % WORDS];
        *cell = match self {
            Place::Count { shift, .. } => {
                *cell & !(u64::from(u32::MAX) << shift) | u64::from(value as u32) << shift
            }
            Place::Value { .. } => value.cast_unsigned(),
        };
    }
}

impl<'u> Counted<'u> {
    fn of(units: &'u Units, values: Option<&'u (Source, Cow<'u, [i64]>)>, block: Range<usize>) -> Self {
        let values = values.map(|(source, values)| {
            let places = if matches!(source, Source::Part(_)) { &units.parts } else { &units.calls };
            (&**values, &places[block.clone()])
        });
        Self { flags: &units.flags[block], values }
    }

    /// `rows`: where each unit's row begins.
    fn add(&self, sum: Sum, place: Place, rows: impl Iterator<Item = usize>, lines: &mut [Line]) {
        match (place, self.values) {
            (Place::Count { word, shift }, _) => {
                for (flags, row) in self.flags.iter().zip(rows) {
                    let cell = &mut lines[(row + word) / WORDS].0[(row + word) % WORDS];
                    *cell = cell.wrapping_add(u64::from(flags & sum.of != 0) << shift);
                }
            }
            (Place::Value { word }, Some((values, places))) => {
                let given = rows.zip(self.given(sum, values, places));
                match sum.what {
                    What::Total(_) => join_each(lines, word, given, i64::wrapping_add),
                    What::Highest(_) => join_each(lines, word, given, i64::max),
                    What::Lowest(_) => join_each(lines, word, given, i64::min),
                    What::Calls | What::Parts => {}
                }
            }
            (Place::Value { .. }, None) => {}
        }
    }

    /// Of all units in one.
    fn total(&self, sum: Sum) -> i64 {
        let Some((values, places)) = self.values else {
            return self.flags.iter().map(|flags| i64::from(flags & sum.of != 0)).sum();
        };
        let (none, values) = (empty(sum.what), self.given(sum, values, places));
        match sum.what {
            What::Highest(_) => values.fold(none, i64::max),
            What::Lowest(_) => values.fold(none, i64::min),
            What::Calls | What::Parts | What::Total(_) => values.fold(none, i64::wrapping_add),
        }
    }

    /// What each unit gives, without a branch: most flags are as likely as not.
    fn given(&self, sum: Sum, values: &[i64], places: &[u32]) -> impl Iterator<Item = i64> {
        let none = empty(sum.what);
        self.flags.iter().zip(places).map(move |(flags, place)| {
            let value = values[*place as usize];
            if flags & sum.of != 0 { value } else { none }
        })
    }
}

fn join_each(
    lines: &mut [Line],
    word: usize,
    given: impl Iterator<Item = (usize, i64)>,
    with: impl Fn(i64, i64) -> i64,
) {
    for (row, value) in given {
        let cell = &mut lines[(row + word) / WORDS].0[(row + word) % WORDS];
        *cell = with(cell.cast_signed(), value).cast_unsigned();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::flags::{ALL, ANSWERED, INBOUND};
    use crate::leaf::Column;

    const TALK: Source = Source::Call(Column::Talk);

    fn cells(counts: usize, values: usize) -> Cells {
        let count = |n: usize| Sum { of: [ALL, INBOUND, ANSWERED][n % 3], what: What::Calls };
        let whats = [What::Total(TALK), What::Highest(TALK), What::Lowest(TALK)];
        let value = |n: usize| Sum { of: ALL, what: whats[n % 3] };
        // Mixed, as they come in a report.
        let (mut sums, mut rest) = (Vec::new(), (0..values).map(value));
        for n in 0..counts {
            sums.push(count(n));
            sums.extend(rest.next());
        }
        sums.extend(rest);
        Cells::new(sums)
    }

    #[test]
    fn each_sum_of_each_row_has_a_place_of_its_own() {
        for (counts, values) in [(0, 0), (1, 0), (0, 1), (3, 1), (7, 4), (8, 9), (2, 17)] {
            let mut cells = cells(counts, values);
            cells.grow(9);
            let sums = cells.sums.len();
            for row in 0..9 {
                for sum in 0..sums {
                    assert_eq!(cells.row(sum, row), empty(cells.sums[sum].what), "{sum} of {row} is empty");
                }
            }
            let value = |row: usize, sum: usize| match cells.places[sum] {
                Place::Count { .. } => (row * 31 + sum) as i64,
                Place::Value { .. } => -((row * 31 + sum) as i64),
            };
            let wanted: Vec<Vec<i64>> =
                (0..9).map(|row| (0..sums).map(|sum| value(row, sum)).collect()).collect();
            for (row, sums) in wanted.iter().enumerate() {
                for (sum, value) in sums.iter().enumerate() {
                    let begin = row * cells.step;
                    cells.places[sum].put(&mut cells.lines, begin, *value);
                }
            }
            for (row, sums) in wanted.iter().enumerate() {
                let own: Vec<i64> = (0..sums.len()).map(|sum| cells.row(sum, row)).collect();
                assert_eq!(own, *sums, "row {row} of {counts} counts and {values} values");
            }
        }
    }
}
