//! The device as the machine sees it: opened for a play, released some time after, lost and found.

use super::{Machine, Output, RELEASE_AFTER};
use crate::{DeviceChoice, DeviceState};
use std::time::Duration;

/// A device that went away is looked for soon, then ever more seldom: asking the system costs something.
const SEARCH_FIRST: Duration = Duration::from_secs(2);
const SEARCH_SELDOM: Duration = Duration::from_secs(60);
/// A device that worked for so long since it was opened anew was well again.
const WELL_AFTER: Duration = Duration::from_secs(2);
/// Before each time that a stuck device is opened anew. A sound server that has just started refuses for some moments.
const REOPEN_AFTER: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(100), Duration::from_millis(300), Duration::from_secs(1)];

/// When to look for a lost device again.
#[derive(Debug, Default)]
pub(super) struct Search(Option<(Duration, Duration)>);

impl Search {
    pub(super) fn due(&self) -> Option<Duration> {
        self.0.map(|(at, _)| at)
    }

    /// True once, when it is time; then the answer is awaited.
    pub(super) fn is_due(&mut self, now: Duration) -> bool {
        let Some((at, pause)) = self.0 else { return false };
        if at > now {
            return false;
        }
        let pause = (pause * 2).min(SEARCH_SELDOM);
        self.0 = Some((now + pause, pause));
        true
    }

    fn begin(&mut self, now: Duration) {
        self.0 = Some((now + SEARCH_FIRST, SEARCH_FIRST));
    }

    fn end(&mut self) {
        self.0 = None;
    }
}

/// The opening anew of a device that got stuck.
#[derive(Debug, Default)]
pub(super) struct Reopening {
    due: Option<Duration>,
    /// What to say if it fails.
    words: Option<String>,
    tries: usize,
    last_at: Option<Duration>,
}

impl Reopening {
    pub(super) fn due(&self) -> Option<Duration> {
        self.due
    }

    /// True once, when it is time.
    pub(super) fn is_due(&mut self, now: Duration) -> bool {
        self.due.take_if(|due| *due <= now).is_some()
    }

    /// Returns how long to wait before it; `None` when it was tried often enough.
    fn begin(&mut self, now: Duration, words: String) -> Option<Duration> {
        if self.last_at.is_none_or(|at| at + WELL_AFTER <= now) {
            self.tries = 0;
        }
        let pause = *REOPEN_AFTER.get(self.tries)?;
        self.tries += 1;
        self.last_at = Some(now + pause);
        self.words = Some(words);
        Some(pause)
    }

    /// Returns whether it still had to come.
    pub(super) fn end(&mut self) -> bool {
        self.words = None;
        self.due.take().is_some()
    }
}

impl Machine {
    pub(super) fn opened(&mut self, now: Duration, name: String) {
        self.search.end();
        self.reopening.end();
        self.state.device = DeviceState::Open { name };
        if self.starting {
            self.sound(now);
        } else {
            if !self.state.playing {
                self.release_at = Some(now + RELEASE_AFTER);
            }
            self.tell(now);
        }
    }

    pub(super) fn failed(&mut self, now: Duration, words: String) {
        self.search.end();
        match self.reopening.words.take() {
            Some(words) => {
                self.search.begin(now);
                self.silence_for_want_of_a_device(now, DeviceState::Lost, words);
            }
            None => self.silence_for_want_of_a_device(now, DeviceState::Missing, words),
        }
    }

    /// Opened again some times, without a word; then it is lost.
    pub(super) fn stuck(&mut self, now: Duration, words: String) {
        if self.reopening.due().is_some() {
            return;
        }
        let pause = if self.state.playing { self.reopening.begin(now, words.clone()) } else { None };
        let Some(pause) = pause else {
            self.lost(now, words);
            return;
        };
        self.outputs.push_back(Output::ReleaseDevice);
        if pause.is_zero() {
            self.outputs.push_back(Output::OpenDevice(self.state.choice.clone()));
        } else {
            self.reopening.due = Some(now + pause);
        }
    }

    pub(super) fn lost(&mut self, now: Duration, words: String) {
        if !matches!(self.state.device, DeviceState::Open { .. }) {
            return;
        }
        self.outputs.push_back(Output::ReleaseDevice);
        self.search.begin(now);
        self.silence_for_want_of_a_device(now, DeviceState::Lost, words);
    }

    fn silence_for_want_of_a_device(&mut self, now: Duration, device: DeviceState, words: String) {
        self.starting = false;
        if std::mem::take(&mut self.state.playing) {
            self.outputs.push_back(Output::Sound(false));
        }
        self.reopening.end();
        (self.look_at, self.release_at) = (None, None);
        self.state.device = device;
        self.state.trouble = Some(words);
        self.device_trouble = true;
        self.tell(now);
    }

    pub(super) fn found(&mut self, now: Duration, found: bool) {
        if self.state.device != DeviceState::Lost || !found {
            return;
        }
        self.search.end();
        self.state.device = DeviceState::Released;
        if self.device_trouble {
            self.clear_trouble();
        }
        self.tell(now);
    }

    pub(super) fn release(&mut self, now: Duration) {
        self.release_at = None;
        if matches!(self.state.device, DeviceState::Open { .. }) && !self.state.playing {
            self.outputs.push_back(Output::ReleaseDevice);
            self.state.device = DeviceState::Released;
            self.tell(now);
        }
    }

    pub(super) fn choose(&mut self, now: Duration, choice: DeviceChoice) {
        if self.state.choice == choice {
            return;
        }
        self.state.choice = choice;
        self.search.end();
        self.reopening.end();
        if self.device_trouble {
            self.clear_trouble();
        }
        if matches!(self.state.device, DeviceState::Open { .. }) {
            self.outputs.push_back(Output::ReleaseDevice);
        }
        self.release_at = None;
        self.state.device = DeviceState::Released;
        if self.state.playing {
            self.outputs.push_back(Output::OpenDevice(self.state.choice.clone()));
        } else {
            self.tell(now);
        }
    }
}
