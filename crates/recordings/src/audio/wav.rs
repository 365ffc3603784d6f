//! WAV: samples as they are, or in eight bits. What the header says of its length is taken as a hint only: recorders that
//! stream, crash or are still writing leave 0, the greatest number or too much there.

use super::wav_head::{self, WavHead};
use super::{Decode, Start, g711, gsm, library};
use crate::{AudioFormat, Codec, Unreadable};
use std::io::Read;

const PIECE: usize = 16 * 1024;

struct Wav {
    reader: Start,
    head: WavHead,
    table: [f32; 256],
    /// Bytes of sound still to come, if that is known.
    left: Option<u64>,
    buffer: Vec<u8>,
    cut: bool,
}

pub(super) fn open(mut start: Start) -> Result<Box<dyn Decode>, Unreadable> {
    let head = wav_head::read(&mut start)?;
    if matches!(head.codec, Codec::ImaAdpcm | Codec::MsAdpcm) {
        return library::adpcm(start, head);
    }
    if head.codec == Codec::Gsm {
        return gsm::open(start, &head);
    }
    let table = if head.codec == Codec::ALaw { g711::a_law() } else { g711::mu_law() };
    let left = head.sound;
    Ok(Box::new(Wav { reader: start, head, table, left, buffer: Vec::with_capacity(PIECE), cut: false }))
}

impl Decode for Wav {
    fn format(&self) -> AudioFormat {
        AudioFormat { codec: self.head.codec, rate: self.head.rate, channels: self.head.channels as u8 }
    }

    fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, Unreadable> {
        let block = usize::from(self.head.block);
        let wanted = (PIECE / block * block) as u64;
        let wanted = self.left.map_or(wanted, |left| left.min(wanted));
        self.buffer.clear();
        (&mut self.reader).take(wanted).read_to_end(&mut self.buffer)?;
        self.left = self.left.map(|left| left - self.buffer.len() as u64);
        self.cut |= (self.buffer.len() as u64) < wanted && self.left.is_some_and(|left| left > 0);
        // Half a sample at the end is none.
        let whole = &self.buffer[..self.buffer.len() / block * block];
        samples(self.head.codec, whole, &self.table, out);
        Ok(self.buffer.len() as u64 == wanted && wanted > 0)
    }

    fn remarks(&self) -> Vec<String> {
        if self.cut { vec!["It is shorter than its header says.".to_owned()] } else { Vec::new() }
    }
}

fn samples(codec: Codec, bytes: &[u8], table: &[f32; 256], out: &mut Vec<f32>) {
    match codec {
        Codec::Pcm { bits: 8 } => out.extend(bytes.iter().map(|&byte| (f32::from(byte) - 128.0) / 128.0)),
        Codec::Pcm { bits: 16 } => {
            out.extend(each(bytes, |two| f32::from(i16::from_le_bytes(two)) / 32_768.0))
        }
        Codec::Pcm { bits: 24 } => {
            let scale = 1.0 / 2_147_483_648.0;
            out.extend(each(bytes, |[low, middle, high]: [u8; 3]| {
                i32::from_le_bytes([0, low, middle, high]) as f32 * scale
            }));
        }
        Codec::Pcm { .. } => {
            out.extend(each(bytes, |four| (f64::from(i32::from_le_bytes(four)) / 2_147_483_648.0) as f32));
        }
        Codec::Float { bits: 64 } => out.extend(each(bytes, |eight| f64::from_le_bytes(eight) as f32)),
        Codec::Float { .. } => out.extend(each(bytes, f32::from_le_bytes)),
        _ => out.extend(bytes.iter().map(|&byte| table[usize::from(byte)])),
    }
}

fn each<const N: usize>(bytes: &[u8], read: impl Fn([u8; N]) -> f32) -> impl Iterator<Item = f32> {
    bytes.as_chunks::<N>().0.iter().map(move |chunk| read(*chunk))
}
