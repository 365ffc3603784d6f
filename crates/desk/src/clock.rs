//! The one place where the time is asked. Everything else is handed `now`.

use model::At;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where the desk gets the time from.
#[derive(Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// Turned by hand, in milliseconds: for tests.
    Hand(AtomicI64),
}

impl Clock {
    pub fn by_hand(at: At) -> Self {
        Clock::Hand(AtomicI64::new(at.0))
    }

    pub fn now(&self) -> At {
        match self {
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
                At(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Clock::Hand(at) => At(at.load(Ordering::SeqCst)),
        }
    }

    /// Turns a clock that is turned by hand; a system clock goes its own way.
    pub fn turn_to(&self, at: At) {
        match self {
            Clock::System => {}
            Clock::Hand(hand) => hand.store(at.0, Ordering::SeqCst),
        }
    }
}
