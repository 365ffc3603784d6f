//! What is measured of a recording while it passes by.

use super::Column;
use crate::{Span, Unreadable};
use ebur128::{EbuR128, Mode};

/// Columns a second of the finest level.
const FINE: u32 = 100;
/// Sound below this is silence whatever the rest is like, in half decibels above -100 dBFS.
const FLOOR: u8 = 100;
/// Sound so far below the loud parts is no speech (in half decibels).
const BELOW: u8 = 70;
/// A shorter pause belongs to the speech (ms).
const SHORTEST: u64 = 400;
/// What is left of a pause on each side, so that no word is cut (ms).
const EDGE: u64 = 80;

/// All there is to know for a peaks file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Measured {
    pub(crate) channels: u8,
    pub(crate) samples: u64,
    pub(crate) loudness: Option<f32>,
    pub(crate) silences: Vec<Span>,
    /// Interleaved by channel, 100 a second.
    pub(crate) fine: Vec<Column>,
}

pub(crate) struct Measure {
    channels: usize,
    /// Frames of a column.
    step: usize,
    filled: usize,
    peaks: Vec<f32>,
    powers: Vec<f32>,
    columns: Vec<Column>,
    loudness: EbuR128,
}

impl Measure {
    /// `rate` is a multiple of 100.
    pub(crate) fn new(rate: u32, channels: u8) -> Result<Self, Unreadable> {
        let loudness = EbuR128::new(u32::from(channels), rate, Mode::I | Mode::HISTOGRAM)
            .map_err(|error| Unreadable::damaged(format!("its loudness cannot be measured ({error})")))?;
        let channels = usize::from(channels);
        Ok(Self {
            channels,
            step: (rate / FINE) as usize,
            filled: 0,
            peaks: vec![0.0; channels],
            powers: vec![0.0; channels],
            columns: Vec::new(),
            loudness,
        })
    }

    pub(crate) fn add(&mut self, samples: &[f32]) -> Result<(), Unreadable> {
        self.loudness
            .add_frames_f32(samples)
            .map_err(|error| Unreadable::damaged(format!("its loudness cannot be measured ({error})")))?;
        let mut rest = samples;
        while !rest.is_empty() {
            let wanted = (self.step - self.filled) * self.channels;
            let (now, after) = rest.split_at(wanted.min(rest.len()));
            rest = after;
            for channel in 0..self.channels {
                let (mut peak, mut power) = (self.peaks[channel], self.powers[channel]);
                for value in now[channel..].iter().step_by(self.channels) {
                    peak = peak.max(value.abs());
                    power += value * value;
                }
                self.peaks[channel] = peak;
                self.powers[channel] = power;
            }
            self.filled += now.len() / self.channels;
            if self.filled == self.step {
                self.close();
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        for channel in 0..self.channels {
            let peak = (self.peaks[channel] * 255.0).round().clamp(0.0, 255.0) as u8;
            let mean = self.powers[channel] / self.filled as f32;
            let rms = ((10.0 * mean.max(1e-12).log10() + 100.0) * 2.0).round().clamp(0.0, 200.0) as u8;
            self.columns.push(Column { peak, rms });
        }
        self.peaks.fill(0.0);
        self.powers.fill(0.0);
        self.filled = 0;
    }

    /// `samples` is the length at 48,000 a second.
    pub(crate) fn finish(mut self, samples: u64) -> Measured {
        if self.filled > 0 {
            self.close();
        }
        let loudness = self.loudness.loudness_global().ok().filter(|loudness| loudness.is_finite());
        let silences = silences(&self.columns, self.channels, samples / 48);
        Measured {
            channels: self.channels as u8,
            samples,
            loudness: loudness.map(|loudness| loudness as f32),
            silences,
            fine: self.columns,
        }
    }
}

/// Stretches in which no channel is loud enough for speech, in steps of 20 ms.
fn silences(columns: &[Column], channels: usize, length_ms: u64) -> Vec<Span> {
    let gates: Vec<u8> = (0..channels).map(|channel| gate(columns, channels, channel)).collect();
    let is_quiet = |step: &[Column]| {
        step.chunks(channels).all(|column| column.iter().zip(&gates).all(|(column, gate)| column.rms < *gate))
    };
    let mut found = Vec::new();
    let mut since = None;
    let steps = columns.chunks(2 * channels).map(is_quiet).chain([false]);
    for (at, quiet) in steps.enumerate() {
        let at_ms = (at as u64 * 20).min(length_ms);
        match (since, quiet) {
            (None, true) => since = Some(at_ms),
            (Some(from), false) => {
                since = None;
                found.extend(pause(from, at_ms, length_ms));
            }
            _ => {}
        }
    }
    found
}

fn pause(from: u64, to: u64, length: u64) -> Option<Span> {
    if to - from < SHORTEST {
        return None;
    }
    // At the ends of the recording there is no word to be cut.
    let from_ms = if from == 0 { 0 } else { from + EDGE };
    let to_ms = if to >= length { length } else { to - EDGE };
    Some(Span { from_ms, to_ms })
}

/// Speech is within some decibels of the loud parts of its channel.
fn gate(columns: &[Column], channels: usize, channel: usize) -> u8 {
    let mut counts = [0u64; 256];
    let mut total = 0;
    for column in columns.iter().skip(channel).step_by(channels).filter(|column| column.rms >= FLOOR) {
        counts[usize::from(column.rms)] += 1;
        total += 1;
    }
    let mut left = total / 20;
    let loud = (0..=255u8).rev().find(|&rms| {
        let count = counts[usize::from(rms)];
        let reached = count > left;
        left = left.saturating_sub(count);
        reached
    });
    loud.map_or(FLOOR, |loud| loud.saturating_sub(BELOW).max(FLOOR))
}
