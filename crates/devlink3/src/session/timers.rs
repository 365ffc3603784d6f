//! The deadlines of a session, by name.

use std::time::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    /// An answer is overdue.
    Answer,
    /// Time for a test packet.
    Test,
    /// Nothing was heard for too long.
    Stale,
    /// A snapshot may be asked for again.
    Heal,
}

impl Timer {
    const ALL: [Timer; 4] = [Timer::Answer, Timer::Stale, Timer::Heal, Timer::Test];
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timers {
    deadlines: [Option<Instant>; Timer::ALL.len()],
}

impl Timers {
    pub(super) fn set(&mut self, timer: Timer, deadline: Instant) {
        self.deadlines[timer as usize] = Some(deadline);
    }

    pub(super) fn clear(&mut self, timer: Timer) {
        self.deadlines[timer as usize] = None;
    }

    pub(super) fn clear_all(&mut self) {
        self.deadlines = Default::default();
    }

    pub(super) fn next(&self) -> Option<Instant> {
        self.deadlines.iter().flatten().min().copied()
    }

    /// Takes a timer whose deadline has come. Those that end the connection come first.
    pub(super) fn take_due(&mut self, now: Instant) -> Option<Timer> {
        let due = Timer::ALL
            .into_iter()
            .find(|timer| self.deadlines[*timer as usize].is_some_and(|deadline| deadline <= now))?;
        self.clear(due);
        Some(due)
    }
}
