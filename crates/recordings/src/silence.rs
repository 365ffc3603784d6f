//! Taking a stretch of sound out of a recording for good.
//!
//! Only packets that have something of the stretch in them, and a few after it, are made anew: from the decoded sound with
//! zeros in the stretch, by an encoder that heard what comes before. So nothing that was said there is in any packet, the
//! sound around it goes on without a break, and all other packets stay as they are, byte by byte.

use crate::opus_code::{Encoder, PACKET};
use crate::opus_pages::StreamWriter;
use crate::output::Output;
use crate::peaks::{Peaks, beside};
use crate::stored::Stored;
use crate::{Encoding, Key, Sha256, Span, Unreadable};
use std::ops::Range;
use std::path::Path;

/// Packets that the encoder hears before it writes one.
const WARM_UP: u64 = 10;
/// A packet also holds what the encoder looked ahead at and a few ms that overlap with its neighbours.
const BEFORE: u64 = 1;
/// A packet after the stretch is coded as a difference from what was heard in it: these are made anew too.
const AFTER: u64 = 3;
/// The sound around fades within so many samples of 48,000 a second, so that nothing clicks.
const FADE: u64 = 96;
/// What may be left: the encoder's own noise (-50 dBFS).
const LOUDEST_LEFT: f32 = 0.003;

/// A file written anew from a stored one. The caller puts it in the place of the old one.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewritten {
    /// As it stands on disk, sealed or not.
    pub sha256: Sha256,
    pub bytes: u64,
    /// At 48,000 a second.
    pub samples: u64,
}

/// Writes `stored` to `out` with silence in place of the spans, as long as before, and its peaks beside it. What is written
/// is listened to: an error if anything is left.
pub fn silence(
    stored: &Path,
    out: &Path,
    spans: &[Span],
    seal: Option<&Key>,
) -> Result<Rewritten, Unreadable> {
    let written = write(stored, out, spans, seal).and_then(|written| {
        check(out, spans, seal)?;
        Peaks::of_stored(out, &beside(out), seal)?;
        Ok(written)
    });
    if written.is_err() {
        let _ = std::fs::remove_file(out);
        let _ = std::fs::remove_file(beside(out));
    }
    written
}

fn write(path: &Path, out: &Path, spans: &[Span], seal: Option<&Key>) -> Result<Rewritten, Unreadable> {
    let mut stored = Stored::open(path, seal)?;
    let head = stored.head().clone();
    let samples = stored.facts().samples;
    if head.gain != 0 {
        return Err(Unreadable::unsupported("Opus with a gain, which only foreign files have"));
    }
    let pre_skip = u64::from(head.pre_skip);
    let quiet = quiet(spans, samples);
    let mut regions = regions(&quiet, pre_skip).into_iter().peekable();
    let output = Output::create(out, seal)?;
    let mut stream = StreamWriter::new(output, stored.serial(), &head, stored.tags())?;
    let mut number = 0;
    let mut voice: Option<Anew> = None;
    while let Some((begins, packet)) = stored.next_packet()? {
        if stored.position() - begins != PACKET {
            return Err(Unreadable::unsupported("Opus in packets that are not of 20 ms"));
        }
        if regions.peek().is_some_and(|region| region.start == number) {
            voice = Some(Anew::begin(path, seal, number, &quiet)?);
        }
        match &mut voice {
            Some(voice) => stream.packet(voice.packet()?, PACKET)?,
            None => stream.packet(&packet, PACKET)?,
        }
        number += 1;
        if regions.next_if(|region| region.end <= number).is_some() {
            voice = None;
        }
    }
    stream.finish_file(samples + pre_skip, samples)
}

/// The spans as samples, in order, those that touch joined.
fn quiet(spans: &[Span], samples: u64) -> Vec<Range<u64>> {
    let mut quiet: Vec<Range<u64>> = spans
        .iter()
        .map(|span| span.from_ms.saturating_mul(48).min(samples)..span.to_ms.saturating_mul(48).min(samples))
        .filter(|span| !span.is_empty())
        .collect();
    quiet.sort_by_key(|span| span.start);
    join(quiet)
}

fn join(ordered: Vec<Range<u64>>) -> Vec<Range<u64>> {
    let mut joined: Vec<Range<u64>> = Vec::new();
    for range in ordered {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The packets to be made anew, by number.
fn regions(quiet: &[Range<u64>], pre_skip: u64) -> Vec<Range<u64>> {
    let region = |span: &Range<u64>| {
        let first = ((span.start + pre_skip).saturating_sub(FADE) / PACKET).saturating_sub(BEFORE);
        first..(span.end + pre_skip + FADE).div_ceil(PACKET) + AFTER
    };
    join(quiet.iter().map(region).collect())
}

/// Makes packets in a row anew.
struct Anew<'a> {
    stored: Stored,
    encoder: Encoder,
    quiet: &'a [Range<u64>],
    /// The sample that the next frame begins with; before the first there is nothing.
    at: i64,
    frame: Vec<f32>,
}

impl<'a> Anew<'a> {
    fn begin(
        path: &Path,
        seal: Option<&Key>,
        number: u64,
        quiet: &'a [Range<u64>],
    ) -> Result<Self, Unreadable> {
        let mut stored = Stored::open_natural(path, seal)?;
        let encoder = Encoder::new(stored.head(), stored.rate(), Encoding::default())?;
        let first = number.saturating_sub(WARM_UP);
        let shift = i64::from(encoder.pre_skip()) - i64::from(stored.head().pre_skip);
        let at = (first * PACKET) as i64 + shift;
        stored.seek(at.max(0) as u64)?;
        let frame = vec![0.0; encoder.frame()];
        let mut anew = Self { stored, encoder, quiet, at, frame };
        for _ in first..number {
            anew.packet()?;
        }
        Ok(anew)
    }

    fn packet(&mut self) -> Result<&[u8], Unreadable> {
        let channels = usize::from(self.stored.head().channels);
        let step = u64::from(48_000 / self.stored.rate());
        let before = ((-self.at).max(0) as u64).min(PACKET) / step;
        self.frame.fill(0.0);
        let mut filled = before as usize * channels;
        while filled < self.frame.len() {
            match self.stored.read(&mut self.frame[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        for (place, values) in self.frame.chunks_exact_mut(channels).enumerate() {
            let gain = gain(self.quiet, self.at + (place as u64 * step) as i64);
            values.iter_mut().for_each(|value| *value *= gain);
        }
        self.at += PACKET as i64;
        self.encoder.encode(&self.frame)
    }
}

/// 0 in a stretch, 1 away from it.
fn gain(quiet: &[Range<u64>], at: i64) -> f32 {
    let distance = |span: &Range<u64>| match at {
        at if at < span.start as i64 => span.start as i64 - at,
        at if at >= span.end as i64 => at - span.end as i64 + 1,
        _ => 0,
    };
    let nearest = quiet.iter().map(distance).min().unwrap_or(i64::MAX);
    (nearest as f32 / FADE as f32).min(1.0)
}

/// Listens to the stretches.
fn check(out: &Path, spans: &[Span], seal: Option<&Key>) -> Result<(), Unreadable> {
    let mut stored = Stored::open_natural(out, seal)?;
    let facts = stored.facts();
    let step = u64::from(48_000 / stored.rate());
    for span in quiet(spans, facts.samples) {
        // At the edges the sound around still rings for some ms.
        let inner = span.start + 2 * PACKET..span.end.saturating_sub(2 * PACKET);
        if inner.is_empty() {
            continue;
        }
        stored.seek(inner.start)?;
        let mut left = ((inner.end - inner.start) / step) as usize * usize::from(facts.channels);
        let mut buffer = [0.0; 4_096];
        while left > 0 {
            let most = left.min(buffer.len());
            let read = stored.read(&mut buffer[..most])?;
            if read == 0 {
                break;
            }
            if buffer[..read].iter().any(|value| value.abs() > LOUDEST_LEFT) {
                return Err(Unreadable::damaged(
                    "something can still be heard where there should be silence",
                ));
            }
            left -= read;
        }
    }
    Ok(())
}
