//! How long to wait before the next try.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
/// A PBX that restarts is found again within a minute, and one that is gone costs next to nothing.
const LONGEST: Duration = Duration::from_secs(60);

/// Seconds of granted events after which a link counts as good. A PBX that grants and closes at once is tried ever
/// more slowly, as one that closes before granting.
pub const STEADY: Duration = Duration::from_secs(10);

/// 1 s doubling to 60 s, less a random part of up to a quarter, so that several desktops do not come back together.
#[derive(Clone, Debug, Default)]
pub struct Backoff {
    tries: u32,
}

impl Backoff {
    /// The next wait. `random` is 0 to 1.
    pub fn next_delay(&mut self, random: f64) -> Duration {
        let full = FIRST.saturating_mul(1 << self.tries.min(6)).min(LONGEST);
        self.tries = self.tries.saturating_add(1);
        full.mul_f64(1.0 - 0.25 * random.clamp(0.0, 1.0))
    }

    /// Only when events were granted and kept coming; a connection that opens proves nothing.
    pub fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_to_a_minute_and_start_again_after_a_reset() {
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..8).map(|_| backoff.next_delay(0.0).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60], "one second doubling to sixty");
        backoff.reset();
        assert_eq!(backoff.next_delay(1.0), Duration::from_millis(750), "at most a quarter less");
    }
}
