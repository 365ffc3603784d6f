//! Chance that comes out the same for the same seed.

use crate::kind::Kind;

#[derive(Clone, Debug)]
pub(crate) struct Dice(fastrand::Rng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        self.0.u64(low..=high.max(low))
    }

    /// True once in `n` throws on average.
    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.between(1, n) == 1
    }

    /// True in that share of the throws.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        share > 0.0 && self.0.f64() < share
    }

    pub(crate) fn place(&mut self, count: usize) -> usize {
        self.0.usize(0..count.max(1))
    }

    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        self.0.shuffle(things);
    }

    /// A length whose mean is `mean`, as gaps between independent callers are.
    pub(crate) fn gap(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.0.f64()).max(f64::MIN_POSITIVE).ln()
    }

    /// One of `kinds`, each as often as its weight says.
    pub(crate) fn kind(&mut self, kinds: &[Kind]) -> Kind {
        let weights: Vec<u32> = kinds.iter().map(|kind| kind.weight()).collect();
        kinds.get(self.weighted(&weights)).copied().unwrap_or(Kind::InboundDirect)
    }

    /// One of `weights`' places, each as often as its weight says.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut left = self.0.u32(0..total.max(1));
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }
}
