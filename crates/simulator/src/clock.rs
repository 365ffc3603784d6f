//! The one place where the simulator asks for the time of day.

use model::At;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// The wall clock as it was at the start, moved on by the monotonic one: lengths stay true when someone sets the clock,
/// and tests can stop time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    started_at: At,
    since: Instant,
}

impl Clock {
    pub(crate) fn start() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started_at: At(0) + since_epoch, since: Instant::now() }
    }

    pub(crate) fn now(&self) -> At {
        self.started_at + self.since.elapsed()
    }
}
