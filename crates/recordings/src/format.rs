//! What a sound file is made of.

use std::fmt;

/// How the sound of a source is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Codec {
    /// Whole numbers, so many bits a sample.
    Pcm {
        bits: u8,
    },
    Float {
        bits: u8,
    },
    ALaw,
    MuLaw,
    ImaAdpcm,
    MsAdpcm,
    /// GSM 6.10, full rate.
    Gsm,
    Opus,
    Vorbis,
    Mp3,
    Flac,
}

impl fmt::Display for Codec {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pcm { bits } => write!(out, "PCM {bits} bit"),
            Self::Float { bits } => write!(out, "floating point {bits} bit"),
            Self::ALaw => out.write_str("G.711 A-law"),
            Self::MuLaw => out.write_str("G.711 mu-law"),
            Self::ImaAdpcm => out.write_str("IMA ADPCM"),
            Self::MsAdpcm => out.write_str("Microsoft ADPCM"),
            Self::Gsm => out.write_str("GSM 6.10"),
            Self::Opus => out.write_str("Opus"),
            Self::Vorbis => out.write_str("Vorbis"),
            Self::Mp3 => out.write_str("MP3"),
            Self::Flac => out.write_str("FLAC"),
        }
    }
}

/// What a source says of its sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AudioFormat {
    pub codec: Codec,
    /// Samples a second of one channel.
    pub rate: u32,
    /// One, or two with a party in each.
    pub channels: u8,
}

/// A stretch of a recording, `to_ms` no longer in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    pub from_ms: u64,
    pub to_ms: u64,
}

/// A SHA-256 digest.
pub type Sha256 = [u8; 32];
