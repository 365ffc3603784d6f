mod speed;
mod still;

use super::{Chain, More, Settings};
use crate::ring::Frame;
use crate::{Channel, SAMPLE_RATE, Samples, SourceError};

/// A recording in memory that gives its frames in pieces of odd lengths, and breaks where it is told to.
struct Memory {
    channels: u8,
    samples: Vec<f32>,
    at: usize,
    breaks_at: Option<usize>,
}

impl Memory {
    fn mono(samples: Vec<f32>) -> Memory {
        Memory { channels: 1, samples, at: 0, breaks_at: None }
    }
}

impl Samples for Memory {
    fn channels(&self) -> u8 {
        self.channels
    }

    fn len_frames(&self) -> u64 {
        (self.samples.len() / usize::from(self.channels)) as u64
    }

    fn seek(&mut self, frame: u64) -> Result<(), SourceError> {
        self.at = usize::try_from(frame.min(self.len_frames())).expect("small") * usize::from(self.channels);
        Ok(())
    }

    fn read(&mut self, out: &mut [f32]) -> Result<usize, SourceError> {
        if self.breaks_at.is_some_and(|breaks_at| self.at >= breaks_at) {
            return Err(SourceError("It breaks here.".to_owned()));
        }
        let channels = usize::from(self.channels);
        let most = 7 + (self.at * 13) % 900;
        let count = out.len().min(most * channels).min(self.samples.len() - self.at) / channels * channels;
        out[..count].copy_from_slice(&self.samples[self.at..self.at + count]);
        self.at += count;
        Ok(count / channels)
    }
}

fn plain() -> Settings {
    Settings { speed: 1.0, skips: Vec::new(), channel: Channel::Both, gain_db: None, looping: None }
}

/// Everything from a place on.
fn played(source: &mut Memory, from: u64, settings: &Settings) -> Vec<Frame> {
    at_most(source, from, settings, usize::MAX)
}

fn at_most(source: &mut Memory, from: u64, settings: &Settings, frames: usize) -> Vec<Frame> {
    let mut chain = Chain::new(1, from, settings);
    let mut out = Vec::new();
    while out.len() < frames && chain.next(source, &mut out).expect("it can be read") == More::Yes {}
    out
}

fn sine(hertz: f32, seconds: f32, height: f32) -> Vec<f32> {
    let step = std::f64::consts::TAU * f64::from(hertz) / f64::from(SAMPLE_RATE);
    (0..(seconds * SAMPLE_RATE as f32) as usize).map(|i| height * (step * i as f64).sin() as f32).collect()
}

/// A voice: a pulse train of its pitch through two formants, in syllables of 200 ms with gaps of 60 ms.
fn voice(hertz: f32, seconds: f32) -> Vec<f32> {
    let rate = SAMPLE_RATE as f32;
    let period = (rate / hertz).round() as usize;
    let (mut out, mut states) = (Vec::new(), [(0.0f32, 0.0f32); 2]);
    for i in 0..(seconds * rate) as usize {
        let syllable = (i % (rate as usize * 26 / 100)) as f32 / rate;
        let loud = if syllable < 0.2 { (std::f32::consts::PI * syllable / 0.2).sin() } else { 0.0 };
        let mut sample = if i % period == 0 { loud } else { 0.0 };
        for ((formant, width), state) in [(600.0f32, 80.0f32), (1300.0, 100.0)].into_iter().zip(&mut states) {
            let r = (-std::f32::consts::PI * width / rate).exp();
            let next =
                sample + 2.0 * r * (std::f32::consts::TAU * formant / rate).cos() * state.0 - r * r * state.1;
            *state = (next, state.0);
            sample = next * 0.05;
        }
        out.push(sample * 40.0);
    }
    let peak = out.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
    out.iter().map(|sample| sample / peak * 0.5).collect()
}

fn lefts(frames: &[Frame]) -> Vec<f32> {
    frames.iter().map(|frame| frame.left).collect()
}

/// The furthest that one sample lies from the one before.
fn steepest(samples: &[f32]) -> f32 {
    samples.windows(2).fold(0.0, |most, pair| most.max((pair[1] - pair[0]).abs()))
}

fn rms(samples: &[f32]) -> f32 {
    (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32).sqrt()
}
