//! How long to wait before the next try.

use std::time::Duration;

/// 1 s doubling to 60 s, each a quarter more or less, so that several offices behind one failure do not come back in step.
#[derive(Debug)]
pub(super) struct Backoff {
    next: Duration,
}

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(60);

impl Backoff {
    pub(super) fn new() -> Self {
        Self { next: FIRST }
    }

    pub(super) fn next_delay(&mut self) -> Duration {
        let delay = self.next.mul_f64(0.75 + fastrand::f64() / 2.0);
        self.next = (self.next * 2).min(LONGEST);
        delay
    }

    pub(super) fn reset(&mut self) {
        self.next = FIRST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_a_minute_and_start_again() {
        let mut backoff = Backoff::new();
        for base_seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
            let delay = backoff.next_delay().as_secs_f64() / f64::from(base_seconds);
            assert!((0.75..=1.25).contains(&delay), "{delay} of {base_seconds} s");
        }
        backoff.reset();
        assert!(backoff.next_delay() <= FIRST * 2, "after success the first delay is short again");
    }
}
