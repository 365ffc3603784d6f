//! Orders to the worker: from where, and how.

use super::{Machine, Output};
use crate::chain::Settings;
use crate::chain::level::{MOST_DB, TARGET_LUFS};
use crate::ring::GENERATIONS;
use crate::samples::frame_at;
use crate::worker::Fill;
use crate::{PlayerState, Span};
use std::ops::Range;
use std::time::Duration;

/// Of a silence that is skipped, this much stays at either end: a breath, so that words do not run into one another.
const BREATH_MS: u64 = 100;
/// A skip that saves less is not worth the seam.
const WORTH_MS: u64 = 300;

impl Machine {
    /// From another place: what was to be heard is thrown away.
    pub(super) fn begin_at(&mut self, at: u64) {
        (self.at, self.told) = (at, at);
        self.state.ended = false;
        self.order(false);
    }

    /// The same place in another manner.
    pub(super) fn change(&mut self, now: Duration, change: impl FnOnce(&mut PlayerState)) {
        let before = self.state.clone();
        change(&mut self.state);
        if self.state == before {
            return;
        }
        self.go_on();
        self.tell(now);
    }

    pub(super) fn set_loop(&mut self, now: Duration, span: Option<Span>) {
        let length_ms = self.state.length_ms;
        let inside = |span: Span| Span { from_ms: span.from_ms, to_ms: span.to_ms.min(length_ms) };
        self.state.looping = span.map(inside).filter(|span| span.from_ms < span.to_ms);
        match self.state.looping {
            Some(span) if self.at < frame_at(span.from_ms) || self.at >= frame_at(span.to_ms) => {
                self.begin_at(frame_at(span.from_ms));
            }
            Some(_) | None => self.go_on(),
        }
        self.tell(now);
    }

    fn go_on(&mut self) {
        // At the end nothing is due; playing from there is an order from the start.
        if self.state.recording.is_some() && !self.state.ended {
            self.order(self.is_heard);
        }
    }

    fn order(&mut self, gapless: bool) {
        self.next_generation();
        (self.is_heard, self.faulted) = (false, false);
        let fill = Fill { generation: self.generation, from: self.at, settings: self.settings() };
        self.outputs.push_back(Output::Fill { fill, gapless });
    }

    /// Never 0, which is what a device says that has taken nothing.
    pub(super) fn next_generation(&mut self) {
        self.generation = (self.generation + 1) % GENERATIONS;
        self.generation = self.generation.max(1);
    }

    fn settings(&self) -> Settings {
        let gain = || match self.loudness_lufs {
            Some(loudness) if loudness.is_finite() => (TARGET_LUFS - loudness).clamp(-MOST_DB, MOST_DB),
            // Silence, or never measured: there is nothing to go by.
            Some(_) | None => 0.0,
        };
        Settings {
            speed: self.state.speed,
            skips: if self.state.skip_silence { skips(&self.silences) } else { Vec::new() },
            channel: self.state.channel,
            gain_db: self.state.even_loudness.then(gain),
            looping: self.state.looping.map(|span| frame_at(span.from_ms)..frame_at(span.to_ms)),
        }
    }
}

/// What is left out of each silence, in order and apart from each other.
fn skips(silences: &[Span]) -> Vec<Range<u64>> {
    let mut found: Vec<Range<u64>> = silences
        .iter()
        .map(|silence| silence.from_ms + BREATH_MS..silence.to_ms.saturating_sub(BREATH_MS))
        .filter(|skip| skip.start + WORTH_MS <= skip.end)
        .map(|skip| frame_at(skip.start)..frame_at(skip.end))
        .collect();
    found.sort_by_key(|skip| skip.start);
    let mut end = 0;
    found.retain(|skip| {
        let apart = skip.start > end || end == 0;
        if apart {
            end = skip.end;
        }
        apart
    });
    found
}
