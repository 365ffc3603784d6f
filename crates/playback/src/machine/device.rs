//! The device as the machine sees it: opened for a play, released some time after, lost and found.

use super::{Machine, Output, RELEASE_AFTER};
use crate::{DeviceChoice, DeviceState};
use std::time::Duration;

/// A device that went away is looked for soon, then ever more seldom: asking the system costs something.
const SEARCH_FIRST: Duration = Duration::from_secs(2);
/// A device that gets stuck again so soon after it was opened anew is given up.
const STUCK_AGAIN: Duration = Duration::from_secs(2);
const SEARCH_SELDOM: Duration = Duration::from_secs(60);

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

impl Machine {
    pub(super) fn opened(&mut self, now: Duration, name: String) {
        self.search.end();
        self.reopening = None;
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
        match self.reopening.take() {
            Some(words) => {
                self.search.begin(now);
                self.silence_for_want_of_a_device(now, DeviceState::Lost, words);
            }
            None => self.silence_for_want_of_a_device(now, DeviceState::Missing, words),
        }
    }

    /// Opened again once, without a word; at the second time it is lost.
    pub(super) fn stuck(&mut self, now: Duration, words: String) {
        let again = self.reopened_at.is_some_and(|at| now < at + STUCK_AGAIN);
        if !self.state.playing || again {
            self.lost(now, words);
            return;
        }
        self.reopened_at = Some(now);
        self.reopening = Some(words);
        self.outputs.push_back(Output::ReleaseDevice);
        self.outputs.push_back(Output::OpenDevice(self.state.choice.clone()));
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
