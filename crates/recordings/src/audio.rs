//! Reading sound of any kind that is known, from beginning to end, with a bounded memory whatever the file claims.

mod entropy;
mod g711;
mod gsm;
mod library;
mod opus;
mod source;
mod wav;
mod wav_head;

pub use source::Source;

use crate::{AudioFormat, Unreadable};
use source::Start;
use std::io::Read;

/// Enough to know a format by, and to tell encrypted bytes from others.
const START: usize = 64 * 1024;
/// No recording is as long; a damaged or hostile file could be.
const MOST_HOURS: u32 = 24;

/// A sound file being read.
pub struct Audio {
    decoder: Box<dyn Decode>,
    format: AudioFormat,
    /// Frames that may still come.
    left: u64,
}

/// What reads one kind of file.
trait Decode: Send {
    fn format(&self) -> AudioFormat;
    /// Appends some interleaved samples at the file's own rate. `false` at the end.
    fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, Unreadable>;
    /// What had to be bridged, in words.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
}

impl std::fmt::Debug for Audio {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Audio").field("format", &self.format).finish_non_exhaustive()
    }
}

impl Audio {
    /// `hint` is the ending of the file's name; the content decides.
    pub fn open(reader: impl Read + Send + Sync + 'static, hint: Option<&str>) -> Result<Self, Unreadable> {
        let start = Start::read(reader, START)?;
        let decoder = decoder(start, hint)?;
        let format = decoder.format();
        if !(1..=2).contains(&format.channels) {
            return Err(Unreadable::unsupported(format!(
                "{} with {} channels",
                format.codec, format.channels
            )));
        }
        if !(2_000..=384_000).contains(&format.rate) {
            return Err(Unreadable::damaged(format!("it claims {} samples a second", format.rate)));
        }
        Ok(Self { decoder, format, left: u64::from(MOST_HOURS) * 3_600 * u64::from(format.rate) })
    }

    pub fn format(&self) -> AudioFormat {
        self.format
    }

    /// Appends the next interleaved samples, at most some thousand. `false` at the end.
    pub fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, Unreadable> {
        let before = out.len();
        let more = self.decoder.read(out)?;
        let frames = (out.len() - before) / usize::from(self.format.channels);
        self.left = self.left.checked_sub(frames as u64).ok_or(Unreadable::TooLong { hours: MOST_HOURS })?;
        // A file may hold numbers that are none.
        for value in &mut out[before..] {
            *value = if value.is_finite() { value.clamp(-1.0, 1.0) } else { 0.0 };
        }
        Ok(more)
    }

    /// What had to be bridged in a file that is not whole, in words. Complete at the end.
    pub fn remarks(&self) -> Vec<String> {
        self.decoder.remarks()
    }
}

fn decoder(start: Start, hint: Option<&str>) -> Result<Box<dyn Decode>, Unreadable> {
    let bytes = start.seen();
    let is_wave = bytes.get(8..12) == Some(b"WAVE");
    match bytes {
        [] => Err(Unreadable::Empty),
        [b'R', b'I', b'F', b'F', ..] | [b'R', b'F', b'6', b'4', ..] if is_wave => wav::open(start),
        [b'O', b'g', b'g', b'S', ..] if contains(bytes, b"OpusHead") => {
            Ok(Box::new(opus::OpusSource::open(start)?))
        }
        [b'O', b'g', b'g', b'S', ..] if contains(bytes, b"Speex   ") => Err(Unreadable::unsupported("Speex")),
        [b'O', b'g', b'g', b'S', ..] => library::open(start, "ogg"),
        [b'f', b'L', b'a', b'C', ..] => library::open(start, "flac"),
        [b'I', b'D', b'3', ..] => library::open(start, "mp3"),
        [b'#', b'!', b'A', b'M', b'R', ..] => Err(Unreadable::unsupported("AMR")),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => {
            Err(Unreadable::unsupported("AAC or another codec in MP4"))
        }
        _ if crate::seal::is_sealed(bytes) => Err(Unreadable::Encrypted),
        _ if mp3_frames(bytes) => library::open(start, "mp3"),
        _ if entropy::looks_random(bytes) => Err(Unreadable::Encrypted),
        _ if hint.is_some_and(|hint| hint.eq_ignore_ascii_case("mp3")) => library::open(start, "mp3"),
        _ => Err(Unreadable::NotAudio),
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes[..bytes.len().min(512)].windows(wanted.len()).any(|window| window == wanted)
}

/// Whether MPEG audio frames follow each other: each says where the next must be.
fn mp3_frames(bytes: &[u8]) -> bool {
    let mut at = 0;
    for _ in 0..3 {
        let Some(length) = bytes.get(at..).and_then(mp3_frame) else { return false };
        at += length;
    }
    true
}

fn mp3_frame(bytes: &[u8]) -> Option<usize> {
    const FIRST: [u32; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const SECOND: [u32; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let &[0xff, second, third, _, ..] = bytes else { return None };
    // Layer III of MPEG 1, 2 or 2.5.
    if second & 0xe0 != 0xe0 || second & 0x06 != 0x02 {
        return None;
    }
    let version = second >> 3 & 3;
    let rate = *[44_100, 48_000, 32_000].get(usize::from(third >> 2 & 3))?;
    let at = usize::from(third >> 4).checked_sub(1)?;
    let (kilobits, rate, factor) = match version {
        3 => (*FIRST.get(at)?, rate, 144_000),
        2 => (*SECOND.get(at)?, rate / 2, 72_000),
        0 => (*SECOND.get(at)?, rate / 4, 72_000),
        _ => return None,
    };
    Some((factor * kilobits / rate) as usize + usize::from(third >> 1 & 1))
}
