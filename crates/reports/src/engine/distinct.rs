//! How many different numbers, or channels, each row has.

use super::day::{Day, Units};
use crate::leaf::{Column, Texts};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Pairs that are kept before the same ones are thrown out again.
const SLACK: usize = 1 << 16;

/// A text is known by 64 bits of its hash: among ten million different numbers two look alike with a chance below
/// one in a hundred thousand, and the count would be one too low.
#[derive(Debug, Default)]
pub(crate) struct Distinct {
    rows: Pairs,
    total: Pairs,
}

/// Row and hash, without repetitions up to `sorted`.
#[derive(Debug, Default)]
struct Pairs {
    pairs: Vec<(u32, u64)>,
    sorted: usize,
}

impl Distinct {
    /// `units` with their rows; those that have none of `flag` are left out.
    pub(crate) fn add(&mut self, day: &Day<'_>, column: Column, flag: u64, units: &Units, slots: &[u32]) {
        let texts = day.leaf.texts(column);
        let codes = day.leaf.numbers(column);
        let hashes = hashes(texts);
        let mut own: Vec<(u32, u32)> = Vec::with_capacity(units.calls.len());
        for ((call, flags), slot) in units.calls.iter().zip(&units.flags).zip(slots) {
            if flags & flag != 0 {
                own.push((*slot, codes[*call as usize] as u32));
            }
        }
        own.sort_unstable();
        own.dedup();
        let mut used = vec![false; texts.len()];
        for (slot, code) in own {
            self.rows.push(slot, hashes[code as usize]);
            used[code as usize] = true;
        }
        for (code, _) in used.into_iter().enumerate().filter(|(_, used)| *used) {
            self.total.push(0, hashes[code]);
        }
    }

    pub(crate) fn merge(&mut self, other: Distinct, slots: &[u32]) {
        for (slot, hash) in other.rows.pairs {
            self.rows.push(slots[slot as usize], hash);
        }
        for (slot, hash) in other.total.pairs {
            self.total.push(slot, hash);
        }
    }

    /// Of each row, and of all together.
    pub(crate) fn counts(&mut self, rows: usize) -> (Vec<i64>, i64) {
        self.rows.tidy();
        self.total.tidy();
        let mut counts = vec![0; rows];
        for (slot, _) in &self.rows.pairs {
            counts[*slot as usize] += 1;
        }
        (counts, self.total.pairs.len() as i64)
    }
}

impl Pairs {
    fn push(&mut self, slot: u32, hash: u64) {
        self.pairs.push((slot, hash));
        if self.pairs.len() > 2 * self.sorted + SLACK {
            self.tidy();
        }
    }

    fn tidy(&mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.sorted = self.pairs.len();
    }
}

fn hashes(texts: &Texts) -> Vec<u64> {
    let hash = |entry: usize| {
        let mut hasher = DefaultHasher::new();
        texts.get(entry, 0).hash(&mut hasher);
        hasher.finish()
    };
    (0..texts.len()).map(hash).collect()
}
