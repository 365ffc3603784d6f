//! The head of a WAV file, up to its sound.

use crate::{Codec, Unreadable};
use std::io::Read;

/// The longest description of a format that is looked at.
const MOST_FMT: u64 = 4_096;
/// Sizes that say "not known": nobody went back to write them when the file was finished, if it is.
const UNKNOWN: [u64; 2] = [0, 0xffff_ffff];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WavHead {
    pub(super) codec: Codec,
    pub(super) rate: u32,
    pub(super) channels: u16,
    /// Bytes of one sample of all channels, or of one block of ADPCM.
    pub(super) block: u16,
    /// Bytes of sound, where the file says it.
    pub(super) sound: Option<u64>,
    /// Samples of a channel, where the file says it: the last block of a coded file may be filled up.
    pub(super) samples: Option<u64>,
}

struct Fmt {
    codec: Codec,
    rate: u32,
    channels: u16,
    block: u16,
}

/// Reads up to the first byte of sound.
pub(super) fn read(reader: &mut impl Read) -> Result<WavHead, Unreadable> {
    let riff = words(reader, 12)?;
    let is_rf64 = riff.starts_with(b"RF64");
    let mut fmt = None;
    let mut long = None;
    let mut samples = None;
    loop {
        let chunk = words(reader, 8)?;
        let size = u64::from(number(&chunk, 4));
        match &chunk[..4] {
            b"fmt " => fmt = Some(read_fmt(reader, size)?),
            b"fact" => {
                let fact = body(reader, size, 4)?;
                samples = fact.get(..4).map(|fact| u64::from(number(fact, 0)));
            }
            b"ds64" => {
                let sizes = body(reader, size, 24)?;
                long = sizes
                    .get(8..16)
                    .map(|_| u64::from(number(&sizes, 8)) | u64::from(number(&sizes, 12)) << 32);
            }
            b"data" => {
                let fmt = fmt.ok_or_else(|| Unreadable::damaged("its sound comes before its format"))?;
                let size = if is_rf64 && size == 0xffff_ffff { long.unwrap_or(size) } else { size };
                let sound = (!UNKNOWN.contains(&size)).then_some(size);
                let Fmt { codec, rate, channels, block } = fmt;
                // It is written together with the length, or neither is.
                let samples = samples.filter(|samples| sound.is_some() && !UNKNOWN.contains(samples));
                return Ok(WavHead { codec, rate, channels, block, sound, samples });
            }
            _ => pass(reader, size + size % 2)?,
        }
    }
}

fn read_fmt(reader: &mut impl Read, size: u64) -> Result<Fmt, Unreadable> {
    let bytes = body(reader, size, MOST_FMT)?;
    if bytes.len() < 16 {
        return Err(Unreadable::damaged("its format is cut off"));
    }
    let half = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    let (mut tag, channels, rate, block, bits) = (half(0), half(2), number(&bytes, 4), half(12), half(14));
    // The extensible form has the real tag at the beginning of an identifier.
    if tag == 0xfffe && bytes.len() >= 26 {
        tag = half(24);
    }
    let bits = u8::try_from(bits).unwrap_or(0);
    let codec = match (tag, bits) {
        (1, 8 | 16 | 24 | 32) => Codec::Pcm { bits },
        (3, 32 | 64) => Codec::Float { bits },
        (6, 8) => Codec::ALaw,
        (7, 8) => Codec::MuLaw,
        (2, _) => Codec::MsAdpcm,
        (0x11, _) => Codec::ImaAdpcm,
        (0x31, _) => Codec::Gsm,
        _ => return Err(Unreadable::unsupported(name(tag, bits))),
    };
    if channels == 0 {
        return Err(Unreadable::damaged("its header names no channel"));
    }
    if channels > 2 {
        return Err(Unreadable::unsupported(format!("{codec} with {channels} channels")));
    }
    let block = match codec {
        Codec::Pcm { bits } | Codec::Float { bits } => u16::from(bits / 8) * channels,
        Codec::ALaw | Codec::MuLaw => channels,
        _ => block,
    };
    Ok(Fmt { codec, rate, channels, block })
}

fn name(tag: u16, bits: u8) -> String {
    match tag {
        1 => format!("PCM with {bits} bits"),
        0x32 => "GSM 6.10 as MSN Audio".to_owned(),
        0x14 | 0x40 | 0x45 | 0x64 => "G.726 ADPCM".to_owned(),
        0x22 => "TrueSpeech".to_owned(),
        0x28f | 0x65 => "G.722".to_owned(),
        0x42 => "G.723.1".to_owned(),
        0x50 => "MPEG layer II inside WAV".to_owned(),
        0x55 => "MP3 inside WAV".to_owned(),
        0x83 | 0x133 => "G.729".to_owned(),
        0xff | 0x1610 => "AAC inside WAV".to_owned(),
        0x160 | 0x161 => "Windows Media Audio".to_owned(),
        0x704f => "Opus inside WAV".to_owned(),
        0xa109 => "Speex".to_owned(),
        _ => format!("WAV format 0x{tag:04x}"),
    }
}

/// The first bytes of a chunk; the rest is passed over. What it claims is not believed before it is there.
fn body(reader: &mut impl Read, size: u64, most: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    reader.take(size.min(most)).read_to_end(&mut bytes)?;
    pass(reader, (size + size % 2).saturating_sub(bytes.len() as u64))?;
    Ok(bytes)
}

fn pass(reader: &mut impl Read, bytes: u64) -> Result<(), Unreadable> {
    let passed = std::io::copy(&mut reader.take(bytes), &mut std::io::sink())?;
    if passed < bytes { Err(Unreadable::damaged("it ends before its sound begins")) } else { Ok(()) }
}

fn words(reader: &mut impl Read, count: usize) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = vec![0; count];
    reader.read_exact(&mut bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => Unreadable::damaged("it ends before its sound begins"),
        _ => Unreadable::Io(error),
    })?;
    Ok(bytes)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte))
}
