//! Wrong passphrases slow down: a few are slips, many are somebody who tries.

use model::At;
use serde::{Deserialize, Serialize};

/// Slips that cost no time.
const FREE: u32 = 3;

/// The wait after the first one beyond; it doubles with each.
const FIRST_WAIT_MS: i64 = 5_000;

/// Whoever knows it and slipped often waits no longer than this.
const LONGEST_WAIT_MS: i64 = 15 * 60_000;

/// Kept over restarts, so that starting again is no way around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tries {
    wrong: u32,
    last_at: At,
}

impl Tries {
    pub(crate) fn wrong_at(&mut self, now: At) {
        self.wrong = self.wrong.saturating_add(1);
        self.last_at = now;
    }

    /// How long until the next try. A clock that was set back makes it start again, never longer.
    pub(crate) fn wait_ms(&self, now: At) -> i64 {
        let Some(beyond) = self.wrong.checked_sub(FREE) else { return 0 };
        let wait = FIRST_WAIT_MS.saturating_mul(1 << beyond.min(20)).min(LONGEST_WAIT_MS);
        (wait - now.ms_since(self.last_at)).clamp(0, wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_cost_nothing_and_trying_costs_more_each_time() {
        let mut tries = Tries::default();
        let mut waits = Vec::new();
        for _ in 0..6 {
            tries.wrong_at(At(1_000));
            waits.push(tries.wait_ms(At(1_000)));
        }
        assert_eq!(waits, [0, 0, 5_000, 10_000, 20_000, 40_000], "doubled after the third");
        assert_eq!(tries.wait_ms(At(31_000)), 10_000, "it goes by");
        assert_eq!(tries.wait_ms(At(-500_000)), 40_000, "also by a clock that was set back");
        for _ in 0..100 {
            tries.wrong_at(At(0));
        }
        assert_eq!(tries.wait_ms(At(0)), LONGEST_WAIT_MS, "and never grows without end");
    }
}
