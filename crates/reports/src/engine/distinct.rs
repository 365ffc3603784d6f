//! How many different numbers, or channels, each row has.

use super::axis::text_ids;
use super::day::{Day, Units};
use super::keys::Keys;
use crate::leaf::Column;

/// Pairs that are kept before the same ones are thrown out again.
const SLACK: usize = 1 << 16;

#[derive(Debug, Default)]
pub(crate) struct Distinct {
    /// All that came: as many as are in the totals.
    keys: Keys,
    rows: Pairs,
}

/// A row and the number of a text in each, without repetitions and in order up to `sorted`.
#[derive(Debug, Default)]
struct Pairs {
    pairs: Vec<u64>,
    sorted: usize,
}

impl Distinct {
    /// `units` with their rows; those that have none of `flag` are left out.
    pub(crate) fn add(&mut self, day: &Day<'_>, column: Column, flag: u64, units: &Units, slots: &[u32]) {
        let flagged = || units.flags.iter().map(|flags| flags & flag != 0);
        let calls: Vec<u32> =
            units.calls.iter().zip(flagged()).filter(|(_, is)| *is).map(|(call, _)| *call).collect();
        let (codes, texts) = (day.leaf.numbers(column), day.leaf.texts(column));
        let ids = text_ids(&mut self.keys, &calls, codes, texts, &|texts, entry| texts.get(entry, 0).into());
        let slots = slots.iter().zip(flagged()).filter(|(_, is)| *is).map(|(slot, _)| *slot);
        self.rows.add(slots.zip(ids));
    }

    /// `slots`: where each row of the other is here.
    pub(crate) fn merge(&mut self, other: Distinct, slots: &[u32]) {
        let ids = self.keys.merge(&other.keys, false);
        let theirs = other.rows.pairs.into_iter();
        self.rows.add(theirs.map(|pair| (slots[(pair >> 32) as usize], ids[pair as u32 as usize])));
    }

    /// Of each row, and of all together.
    pub(crate) fn counts(&mut self, rows: usize) -> (Vec<i64>, i64) {
        self.rows.tidy();
        let mut counts = vec![0; rows];
        for pair in &self.rows.pairs {
            counts[(pair >> 32) as usize] += 1;
        }
        (counts, self.keys.len() as i64)
    }
}

impl Pairs {
    fn add(&mut self, pairs: impl Iterator<Item = (u32, u32)>) {
        for (slot, id) in pairs {
            if self.pairs.len() >= self.sorted + self.sorted / 2 + SLACK {
                self.tidy();
            }
            self.pairs.push(u64::from(slot) << 32 | u64::from(id));
        }
    }

    fn tidy(&mut self) {
        self.pairs[self.sorted..].sort_unstable();
        // Two runs in order are merged by a sort that looks for such.
        self.pairs.sort();
        self.pairs.dedup();
        self.sorted = self.pairs.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_is_one_however_often_it_comes() {
        let mut pairs = Pairs::default();
        let count = 3 * SLACK as u32;
        for _ in 0..3 {
            pairs.add((0..count).rev().map(|n| (n % 7, n / 7)));
        }
        assert!(pairs.pairs.len() < 2 * count as usize + SLACK, "repetitions do not pile up");
        pairs.tidy();
        let wanted: Vec<u64> = (0..7)
            .flat_map(|slot| (slot..count).step_by(7).map(move |n| u64::from(slot) << 32 | u64::from(n / 7)))
            .collect();
        assert_eq!(pairs.pairs, wanted, "each once, row by row");
    }
}
