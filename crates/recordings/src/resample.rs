//! Changing the sample rate without aliases and without delay.

use std::f64::consts::PI;

/// Zero crossings of the filter on each side: stop band below -80 dB with the window used.
const CROSSINGS: f64 = 24.0;
/// Where the pass band ends, as a share of the lower Nyquist frequency.
const PASS: f64 = 0.94;
const BETA: f64 = 8.5;

/// The rate at which Opus codes sound that comes at `rate`: the lowest that loses nothing.
pub(crate) fn opus_rate(rate: u32) -> u32 {
    [8_000, 12_000, 16_000, 24_000].into_iter().find(|&known| known >= rate).unwrap_or(48_000)
}

/// A bank of filters for a ratio of whole numbers.
pub(crate) struct Resampler {
    up: usize,
    down: usize,
    taps: usize,
    bank: Vec<f32>,
    channels: usize,
    /// Interleaved input that is still needed; its first frame is `first`.
    input: Vec<f32>,
    first: i64,
    /// Frames taken and given so far.
    taken: u64,
    given: u64,
}

impl Resampler {
    pub(crate) fn new(from: u32, to: u32, channels: u8) -> Self {
        let divisor = gcd(from, to);
        let (up, down) = ((to / divisor) as usize, (from / divisor) as usize);
        let cutoff = PASS * f64::from(to.min(from)) / f64::from(from);
        let half = (CROSSINGS / cutoff).ceil() as usize;
        let taps = 2 * half;
        let mut bank = Vec::with_capacity(up * taps);
        for phase in 0..up {
            let weights: Vec<f64> = (0..taps)
                .map(|tap| {
                    weight(tap as f64 - (half as f64 - 1.0) - phase as f64 / up as f64, cutoff, half as f64)
                })
                .collect();
            let sum: f64 = weights.iter().sum();
            bank.extend(weights.iter().map(|weight| (weight / sum) as f32));
        }
        let channels = usize::from(channels);
        let before = half - 1;
        let input = vec![0.0; before * channels];
        Self { up, down, taps, bank, channels, input, first: -(before as i64), taken: 0, given: 0 }
    }

    pub(crate) fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.input.extend_from_slice(samples);
        self.taken += (samples.len() / self.channels) as u64;
        self.give(u64::MAX, out);
    }

    /// What is left: in all as much time as went in.
    pub(crate) fn finish(mut self, out: &mut Vec<f32>) {
        let total = (self.taken as u128 * self.up as u128 + self.down as u128 / 2) / self.down as u128;
        self.input.resize(self.input.len() + self.taps * self.channels, 0.0);
        self.give(total as u64, out);
    }

    fn give(&mut self, total: u64, out: &mut Vec<f32>) {
        let half = (self.taps / 2) as i64;
        let frames = (self.input.len() / self.channels) as i64;
        while self.given < total {
            let at = self.given as u128 * self.down as u128;
            let (centre, phase) = ((at / self.up as u128) as i64, (at % self.up as u128) as usize);
            let begin = centre - (half - 1) - self.first;
            if begin + self.taps as i64 > frames {
                break;
            }
            let weights = &self.bank[phase * self.taps..(phase + 1) * self.taps];
            let window = &self.input[begin as usize * self.channels..];
            for channel in 0..self.channels {
                let values = window[channel..].iter().step_by(self.channels);
                out.push(weights.iter().zip(values).map(|(weight, value)| weight * value).sum());
            }
            self.given += 1;
        }
        let at = self.given as u128 * self.down as u128 / self.up as u128;
        let unneeded = (at as i64 - (half - 1) - self.first).clamp(0, frames);
        self.input.drain(..unneeded as usize * self.channels);
        self.first += unneeded;
    }
}

/// A sinc under a Kaiser window.
fn weight(distance: f64, cutoff: f64, half: f64) -> f64 {
    let inside = 1.0 - (distance / half).powi(2);
    if inside <= 0.0 {
        return 0.0;
    }
    let turn = PI * distance * cutoff;
    let sinc = if turn.abs() < 1e-9 { 1.0 } else { turn.sin() / turn };
    sinc * bessel(BETA * inside.sqrt())
}

/// The modified Bessel function of the first kind, order 0.
fn bessel(x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..40 {
        term *= (x / 2.0 / f64::from(n)).powi(2);
        sum += term;
    }
    sum
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::{Resampler, opus_rate};
    use std::f64::consts::TAU;

    fn tone(hertz: f64, rate: u32, frames: usize) -> Vec<f32> {
        (0..frames).map(|at| (TAU * hertz * at as f64 / f64::from(rate)).sin() as f32).collect()
    }

    fn resampled(samples: &[f32], from: u32, to: u32, channels: u8) -> Vec<f32> {
        let mut resampler = Resampler::new(from, to, channels);
        let mut out = Vec::new();
        for piece in samples.chunks(997 * usize::from(channels)) {
            resampler.push(piece, &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    #[test]
    fn a_tone_keeps_its_pitch_place_and_level() {
        for (from, to) in
            [(44_100, 48_000), (11_025, 12_000), (22_050, 24_000), (32_000, 48_000), (96_000, 48_000)]
        {
            assert_eq!(opus_rate(from), to, "the rate for {from}");
            let out = resampled(&tone(1_000.0, from, from as usize), from, to, 1);
            assert_eq!(out.len(), to as usize, "{from}: a second stays a second");
            let wanted = tone(1_000.0, to, to as usize);
            let inner = 1_000..to as usize - 1_000;
            let off = out[inner.clone()].iter().zip(&wanted[inner]).map(|(is, was)| (is - was).abs());
            let worst = off.fold(0.0, f32::max);
            assert!(worst < 1e-3, "{from} to {to}: off by {worst}");
        }
    }

    #[test]
    fn what_the_lower_rate_cannot_hold_is_gone() {
        let out = resampled(&tone(30_000.0, 96_000, 96_000), 96_000, 48_000, 1);
        let loudest = out[1_000..47_000].iter().fold(0.0f32, |most, value| most.max(value.abs()));
        assert!(loudest < 2e-4, "a tone of 30 kHz comes back at {loudest}");
    }

    #[test]
    fn channels_stay_apart() {
        let both: Vec<f32> = tone(500.0, 44_100, 44_100).into_iter().flat_map(|value| [value, 0.0]).collect();
        let out = resampled(&both, 44_100, 48_000, 2);
        assert_eq!(out.len(), 96_000, "a second of two channels");
        assert!(out.iter().skip(1).step_by(2).all(|&value| value == 0.0), "the silent one stays silent");
    }
}
