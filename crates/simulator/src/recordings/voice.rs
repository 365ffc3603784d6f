//! A voice that is nobody's: vowels from a pulse train through three formants, hissing consonants, syllables and words.
//!
//! Not to be understood, and not to be mistaken for a person; but speech to everything that measures speech.

use super::turns::{Turn, Who};
use crate::dice::Dice;
use std::f32::consts::{PI, TAU};

pub(super) const RATE: u32 = 8_000;

/// F1 to F3 of five vowels, in Hz.
const VOWELS: [[f32; 3]; 5] = [
    [730.0, 1090.0, 2440.0],
    [530.0, 1840.0, 2480.0],
    [270.0, 2290.0, 3010.0],
    [570.0, 840.0, 2410.0],
    [300.0, 870.0, 2240.0],
];
const WIDTHS: [f32; 3] = [80.0, 110.0, 160.0];
const STRENGTHS: [f32; 3] = [1.0, 0.6, 0.3];
const SYLLABLE_MS: (u64, u64) = (130, 260);
const CONSONANT_MS: (u64, u64) = (20, 70);
/// Between syllables, and between words.
const GAP_MS: (u64, u64) = (10, 50);
const WORD_GAP_MS: (u64, u64) = (80, 220);
/// Of full scale.
const LOUD: f32 = 0.35;
const HISS: f32 = 0.05;

/// One party through one recording.
pub(super) struct Voice {
    pitch: f32,
    /// A longer throat has lower formants.
    throat: f32,
}

impl Voice {
    pub(super) fn of(who: Who, seed: u64) -> Self {
        let mut dice = Dice::new(seed ^ 0x766f_6963);
        let vary = dice.between(0, 30) as f32;
        match who {
            Who::Office => Self { pitch: 105.0 + vary, throat: 1.0 },
            Who::Other => Self { pitch: 185.0 + vary, throat: 1.15 },
        }
    }

    /// The sound of a turn: its length in frames, from -1 to 1.
    pub(super) fn speak(&self, turn: Turn, seed: u64) -> Vec<f32> {
        let mut dice = Dice::new(seed ^ turn.from_ms.wrapping_mul(0x9e37_79b9));
        let frames = frames_of(turn.to_ms) - frames_of(turn.from_ms);
        let mut out = Vec::with_capacity(frames + frames_of(500));
        let mut noise = Noise(seed as u32 | 1);
        let mut left_in_word = dice.between(1, 4);
        while out.len() < frames {
            // The pitch falls over a turn, as over a sentence.
            let falls = 1.12 - 0.24 * out.len() as f32 / frames.max(1) as f32;
            self.syllable(&mut out, falls, &mut dice, &mut noise);
            left_in_word -= 1;
            let gap = if left_in_word == 0 {
                left_in_word = dice.between(1, 4);
                WORD_GAP_MS
            } else {
                GAP_MS
            };
            out.resize(out.len() + frames_of(dice.between(gap.0, gap.1)), 0.0);
        }
        out.truncate(frames);
        // No click where a turn is cut off.
        let fade = frames_of(15).min(out.len());
        let start = out.len() - fade;
        for (i, sample) in out.iter_mut().skip(start).enumerate() {
            *sample *= 1.0 - i as f32 / fade as f32;
        }
        out
    }

    fn syllable(&self, out: &mut Vec<f32>, falls: f32, dice: &mut Dice, noise: &mut Noise) {
        if dice.one_in(2) {
            let frames = frames_of(dice.between(CONSONANT_MS.0, CONSONANT_MS.1));
            out.extend((0..frames).map(|i| noise.next() * HISS * swell(i, frames)));
        }
        let frames = frames_of(dice.between(SYLLABLE_MS.0, SYLLABLE_MS.1));
        let vowel = VOWELS[dice.place(VOWELS.len())];
        let mut formants = [Formant::default(); 3];
        for ((formant, hertz), (width, strength)) in
            formants.iter_mut().zip(vowel).zip(WIDTHS.into_iter().zip(STRENGTHS))
        {
            *formant = Formant::new(hertz * self.throat, width, strength);
        }
        let pitch = self.pitch * falls * (0.95 + dice.between(0, 100) as f32 / 1_000.0);
        let loud = LOUD * (0.6 + dice.between(0, 40) as f32 / 100.0);
        let step = pitch / RATE as f32;
        let mut phase = 1.0;
        for i in 0..frames {
            phase += step;
            let mut pulse = noise.next() * 0.004;
            if phase >= 1.0 {
                phase -= 1.0;
                pulse += 1.0;
            }
            let sum: f32 = formants.iter_mut().map(|formant| formant.ring(pulse)).sum();
            out.push((sum * loud * swell(i, frames)).clamp(-0.95, 0.95));
        }
    }
}

pub(super) fn frames_of(ms: u64) -> usize {
    usize::try_from(ms * u64::from(RATE) / 1_000).unwrap_or(usize::MAX)
}

/// Up and down over a syllable.
fn swell(i: usize, frames: usize) -> f32 {
    // A parabola: as good as a sine here, and cheaper.
    let x = i as f32 / frames.max(1) as f32;
    (4.0 * x * (1.0 - x)).min(0.75) / 0.75
}

/// A resonance that a pulse makes ring.
#[derive(Clone, Copy, Default)]
struct Formant {
    back: f32,
    further: f32,
    strength: f32,
    last: f32,
    before: f32,
}

impl Formant {
    fn new(hertz: f32, width: f32, strength: f32) -> Self {
        let r = (-PI * width / RATE as f32).exp();
        let turn = TAU * hertz / RATE as f32;
        Self {
            back: 2.0 * r * turn.cos(),
            further: -r * r,
            strength: strength * turn.sin(),
            last: 0.0,
            before: 0.0,
        }
    }

    fn ring(&mut self, pulse: f32) -> f32 {
        let next = self.strength * pulse + self.back * self.last + self.further * self.before;
        self.before = self.last;
        self.last = next;
        next
    }
}

/// Xorshift, from -1 to 1.
pub(super) struct Noise(pub(super) u32);

impl Noise {
    pub(super) fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as f32 / (u32::MAX / 2) as f32 - 1.0
    }
}
