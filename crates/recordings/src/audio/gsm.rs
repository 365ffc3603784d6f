//! GSM 6.10 (full rate) inside WAV: two frames of 160 samples in a block of 65 bytes, 8,000 samples a second.
//!
//! After ETSI EN 300 961 (GSM 06.10), section 5.3, in the whole numbers of 16 bits that it prescribes, so that each
//! decoder gives the same samples.

use super::wav_head::WavHead;
use super::{Decode, Start};
use crate::{AudioFormat, Codec, Unreadable};
use std::io::Read;

const BLOCK: usize = 65;
/// Samples of a frame, and of each of its four parts.
const FRAME: usize = 160;
const PART: usize = 40;
/// How far back the pitch predictor reaches.
const REACH: usize = 120;
/// Blocks read at once.
const BLOCKS: usize = 50;

/// Bits of each of the eight reflection coefficients, and how they are brought back from their code.
const LAR_BITS: [u32; 8] = [6, 6, 5, 5, 4, 4, 3, 3];
const LAR_LEAST: [i16; 8] = [-32, -32, -16, -16, -8, -8, -4, -4];
const LAR_OFFSET: [i16; 8] = [0, 0, 2048, -2560, 94, -1792, -341, -1144];
const LAR_SLOPE: [i16; 8] = [13_107, 13_107, 13_107, 13_107, 19_223, 17_476, 31_454, 29_708];
/// Gains of the pitch predictor.
const GAINS: [i16; 4] = [3_277, 11_469, 21_299, 32_767];
/// Mantissas of a pulse block's height.
const MANTISSAS: [i16; 8] = [18_431, 20_479, 22_527, 24_575, 26_623, 28_671, 30_719, 32_767];
/// Undoes the pre-emphasis.
const EMPHASIS: i16 = 28_180;

struct Gsm {
    reader: Start,
    rate: u32,
    /// Bytes and samples still to come, where the file says it.
    bytes: Option<u64>,
    samples: Option<u64>,
    buffer: Vec<u8>,
    cut: bool,
    voice: Voice,
}

pub(super) fn open(reader: Start, head: &WavHead) -> Result<Box<dyn Decode>, Unreadable> {
    if head.channels != 1 || usize::from(head.block) != BLOCK {
        return Err(Unreadable::unsupported(
            "GSM 6.10 in another form than one channel in blocks of 65 bytes",
        ));
    }
    Ok(Box::new(Gsm {
        reader,
        rate: head.rate,
        bytes: head.sound,
        samples: head.samples,
        buffer: Vec::with_capacity(BLOCK * BLOCKS),
        cut: false,
        voice: Voice::default(),
    }))
}

impl Decode for Gsm {
    fn format(&self) -> AudioFormat {
        AudioFormat { codec: Codec::Gsm, rate: self.rate, channels: 1 }
    }

    fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, Unreadable> {
        let most = (BLOCK * BLOCKS) as u64;
        let wanted = self.bytes.map_or(most, |left| left.min(most));
        self.buffer.clear();
        (&mut self.reader).take(wanted).read_to_end(&mut self.buffer)?;
        let read = self.buffer.len() as u64;
        self.bytes = self.bytes.map(|left| left - read);
        self.cut |= self.bytes.is_some_and(|left| left > 0) && read < wanted;
        let before = out.len();
        for block in self.buffer.as_chunks::<BLOCK>().0 {
            let mut bits = Bits { bytes: block, at: 0 };
            for _ in 0..2 {
                out.extend(self.voice.frame(&mut bits).map(|sample| f32::from(sample) / 32_768.0));
            }
        }
        // The last block is filled up.
        if let Some(left) = &mut self.samples {
            let new = (out.len() - before) as u64;
            out.truncate(before + usize::try_from(new.min(*left)).unwrap_or(0));
            *left -= new.min(*left);
        }
        Ok(read == wanted && wanted > 0)
    }

    fn remarks(&self) -> Vec<String> {
        if self.cut { vec!["It is shorter than its header says.".to_owned()] } else { Vec::new() }
    }
}

/// Numbers of some bits each, the lowest bits first.
struct Bits<'b> {
    bytes: &'b [u8; BLOCK],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> i16 {
        let mut value = 0;
        for bit in 0..count {
            let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
            value |= i16::from(byte >> (self.at % 8) & 1) << bit;
            self.at += 1;
        }
        value
    }
}

/// What a frame leaves to the next.
struct Voice {
    /// The excitation of the past, [`REACH`] long, and behind it that of the part at work.
    excitation: [i16; REACH + PART],
    lag: i16,
    lars: [i16; 8],
    throat: [i16; 9],
    last: i16,
}

impl Default for Voice {
    fn default() -> Self {
        Self { excitation: [0; REACH + PART], lag: 40, lars: [0; 8], throat: [0; 9], last: 0 }
    }
}

impl Voice {
    fn frame(&mut self, bits: &mut Bits<'_>) -> [i16; FRAME] {
        let lars: [i16; 8] = std::array::from_fn(|n| {
            let code = (bits.take(LAR_BITS[n]) + LAR_LEAST[n]) << 10;
            let value = product(LAR_SLOPE[n], code.saturating_sub(LAR_OFFSET[n] << 1));
            value.saturating_add(value)
        });
        let mut sound = [0; FRAME];
        for part in sound.as_chunks_mut::<PART>().0 {
            self.part(bits, part);
        }
        let before = std::mem::replace(&mut self.lars, lars);
        // The throat moves from where it was to where it is now over a quarter of the frame.
        let each = |mix: fn(i16, i16) -> i16| std::array::from_fn(|n| reflection(mix(before[n], lars[n])));
        let steps: [(std::ops::Range<usize>, [i16; 8]); 4] = [
            (0..13, each(|was, is| (was >> 2).saturating_add(is >> 2).saturating_add(was >> 1))),
            (13..27, each(|was, is| (was >> 1).saturating_add(is >> 1))),
            (27..40, each(|was, is| (was >> 2).saturating_add(is >> 2).saturating_add(is >> 1))),
            (40..FRAME, each(|_, is| is)),
        ];
        for (span, reflections) in steps {
            for sample in &mut sound[span] {
                *sample = self.speak(*sample, &reflections);
            }
        }
        sound
    }

    /// Pulses on a grid, on top of what was a pitch period ago.
    fn part(&mut self, bits: &mut Bits<'_>, out: &mut [i16; PART]) {
        let lag = bits.take(7);
        let gain = GAINS[bits.take(2) as usize & 3];
        let grid = bits.take(2) as usize;
        let (exponent, mantissa) = height(bits.take(6));
        let mut pulses = [0i16; PART];
        for n in 0..13 {
            let code = ((bits.take(3) << 1) - 7) << 12;
            let shift = 6 - exponent;
            let half = if shift > 0 { 1i16 << (shift - 1) } else { 0 };
            pulses[grid + 3 * n] = product(MANTISSAS[mantissa], code).saturating_add(half) >> shift;
        }
        if (40..=120).contains(&lag) {
            self.lag = lag;
        }
        for (n, pulse) in pulses.into_iter().enumerate() {
            let echo = product(gain, self.excitation[REACH + n - self.lag as usize]);
            self.excitation[REACH + n] = pulse.saturating_add(echo);
        }
        out.copy_from_slice(&self.excitation[REACH..]);
        self.excitation.copy_within(PART.., 0);
    }

    /// Through the throat, and without the pre-emphasis.
    fn speak(&mut self, excitation: i16, reflections: &[i16; 8]) -> i16 {
        let mut sound = excitation;
        for n in (0..8).rev() {
            sound = sound.saturating_sub(product(reflections[n], self.throat[n]));
            self.throat[n + 1] = self.throat[n].saturating_add(product(reflections[n], sound));
        }
        self.throat[0] = sound;
        self.last = sound.saturating_add(product(self.last, EMPHASIS));
        self.last.saturating_add(self.last) & !7
    }
}

/// Exponent and mantissa of a logarithmic height.
fn height(code: i16) -> (i16, usize) {
    let mut exponent = if code > 15 { (code >> 3) - 1 } else { 0 };
    let mut mantissa = code - (exponent << 3);
    if mantissa == 0 {
        return (-4, 7);
    }
    while mantissa <= 7 {
        mantissa = mantissa << 1 | 1;
        exponent -= 1;
    }
    (exponent, (mantissa - 8) as usize & 7)
}

/// A log area ratio as a reflection coefficient.
fn reflection(lar: i16) -> i16 {
    let size = lar.saturating_abs();
    let size = if size < 11_059 {
        size << 1
    } else if size < 20_070 {
        size + 11_059
    } else {
        (size >> 2).saturating_add(26_112)
    };
    if lar < 0 { -size } else { size }
}

/// Of two fractions, rounded.
fn product(one: i16, other: i16) -> i16 {
    let product = (i32::from(one) * i32::from(other) + 16_384) >> 15;
    product.min(i32::from(i16::MAX)) as i16
}
