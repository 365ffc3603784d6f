//! Loudness made even: a fixed gain, and a limiter for what sticks out of it.

use crate::ring::Frame;
use std::collections::VecDeque;

/// What recordings are brought to, in LUFS: speech at a level that small speakers carry, with room for its peaks.
pub(crate) const TARGET_LUFS: f32 = -18.0;
/// A whisper is not blown up to noise, a shout not pressed to nothing.
pub(crate) const MOST_DB: f32 = 20.0;
/// No peak leaves above -1 dBFS, between samples neither; the rest is for what the estimate misses.
const CEILING_DB: f32 = -1.2;
/// The gain goes down over these 5 ms before a peak.
const AHEAD: usize = 240;
/// How fast it comes back, per frame: through in about 100 ms.
const RELEASE: f32 = 1.0 / 2_400.0;
/// Taps of the interpolation between samples.
const TAPS: usize = 16;
/// Places between two samples that are looked at.
const BETWEEN: [f32; 3] = [0.25, 0.5, 0.75];

pub(super) struct Leveller {
    gain: f32,
    ceiling: f32,
    taps: [[f32; TAPS]; BETWEEN.len()],
    /// Frames with their gain that have not left; the front leaves next.
    waiting: VecDeque<Frame>,
    taken: u64,
    left: u64,
    /// What each frame may be multiplied by at most, from the one that leaves next on; only those that no later and
    /// lower one hides.
    lowest: VecDeque<(u64, f32)>,
    /// Frames whose limit is known.
    judged: u64,
    released: f32,
    smooth: VecDeque<f32>,
    smooth_sum: f64,
    last_limit: f32,
}

impl Leveller {
    pub(super) fn new(gain_db: f32) -> Leveller {
        let mut taps = [[0.0; TAPS]; BETWEEN.len()];
        for (row, between) in taps.iter_mut().zip(BETWEEN) {
            for (tap, value) in row.iter_mut().enumerate() {
                let x = tap as f32 - (TAPS / 2 - 1) as f32 - between;
                let window = 0.5 + 0.5 * (std::f32::consts::PI * x / (TAPS / 2) as f32).cos();
                *value = window * (std::f32::consts::PI * x).sin() / (std::f32::consts::PI * x);
            }
        }
        Leveller {
            gain: 10f32.powf(gain_db / 20.0),
            ceiling: 10f32.powf(CEILING_DB / 20.0),
            taps,
            waiting: VecDeque::new(),
            taken: 0,
            left: 0,
            lowest: VecDeque::new(),
            judged: 0,
            released: 1.0,
            smooth: std::iter::repeat_n(1.0, AHEAD).collect(),
            smooth_sum: AHEAD as f64,
            last_limit: 1.0,
        }
    }

    pub(super) fn push(&mut self, frames: &[Frame], out: &mut Vec<Frame>) {
        for frame in frames {
            let (left, right) = (frame.left * self.gain, frame.right * self.gain);
            self.waiting.push_back(Frame { left, right, ..*frame });
            self.taken += 1;
            self.judge(self.taken.saturating_sub(TAPS as u64 / 2));
            while self.judged >= self.left + AHEAD as u64 {
                self.leave(out);
            }
        }
    }

    pub(super) fn finish(&mut self, out: &mut Vec<Frame>) {
        self.judge(self.taken);
        while !self.waiting.is_empty() {
            self.leave(out);
        }
    }

    /// Finds the limits of all frames before `until`.
    fn judge(&mut self, until: u64) {
        while self.judged < until {
            let peak = self.peak(self.judged);
            let limit = if peak > self.ceiling { self.ceiling / peak } else { 1.0 };
            // A peak between two frames concerns both.
            let both = limit.min(self.last_limit);
            self.last_limit = limit;
            while self.lowest.back().is_some_and(|(_, other)| *other >= both) {
                self.lowest.pop_back();
            }
            self.lowest.push_back((self.judged, both));
            self.judged += 1;
        }
    }

    /// The highest from this frame up to the next one.
    fn peak(&self, at: u64) -> f32 {
        let index = usize::try_from(at.saturating_sub(self.left)).unwrap_or(0);
        let height = |index: usize| {
            self.waiting.get(index).map_or(0.0, |frame| frame.left.abs().max(frame.right.abs()))
        };
        let own = height(index);
        // Between two low samples there is no high peak in speech; most frames need no closer look.
        if own.max(height(index + 1)) * 4.0 < self.ceiling {
            return own;
        }
        let mut peak = own;
        for row in &self.taps {
            let (mut left, mut right) = (0.0f32, 0.0f32);
            for (tap, value) in row.iter().enumerate() {
                let place = (index + tap).checked_sub(TAPS / 2 - 1);
                if let Some(frame) = place.and_then(|place| self.waiting.get(place)) {
                    left += frame.left * value;
                    right += frame.right * value;
                }
            }
            peak = peak.max(left.abs()).max(right.abs());
        }
        peak
    }

    fn leave(&mut self, out: &mut Vec<Frame>) {
        let Some(frame) = self.waiting.pop_front() else { return };
        while self.lowest.front().is_some_and(|(at, _)| *at < self.left) {
            self.lowest.pop_front();
        }
        let lowest = self.lowest.front().map_or(1.0, |(_, limit)| *limit);
        if self.left == 0 {
            // As if it had gone on like this before, so that a loud start is no exception.
            self.smooth.iter_mut().for_each(|gain| *gain = lowest);
            self.smooth_sum = f64::from(lowest) * AHEAD as f64;
        }
        self.released = (self.released + RELEASE).min(1.0).min(lowest);
        self.smooth.push_back(self.released);
        self.smooth_sum += f64::from(self.released);
        if let Some(oldest) = self.smooth.pop_front() {
            self.smooth_sum -= f64::from(oldest);
        }
        let gain = ((self.smooth_sum / AHEAD as f64) as f32).min(1.0);
        self.left += 1;
        out.push(Frame { left: frame.left * gain, right: frame.right * gain, ..frame });
    }
}
