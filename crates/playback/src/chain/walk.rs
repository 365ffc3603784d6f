//! The way through a recording: on from a place, past what is left out, round a loop.

use super::More;
use crate::outlet::FADE;
use crate::ring::{Frame, Place};
use crate::{Samples, SourceError};
use std::ops::Range;

/// Frames read at once: 20 ms, an Opus packet.
const BLOCK: u64 = 960;

pub(super) struct Walk {
    generation: u32,
    at: u64,
    skips: Vec<Range<u64>>,
    looping: Option<Range<u64>>,
    /// The source stands elsewhere.
    astray: bool,
    /// Frames since the last jump, up to the length of a fade.
    since_jump: usize,
    samples: Vec<f32>,
}

impl Walk {
    pub(super) fn new(generation: u32, at: u64, skips: Vec<Range<u64>>, looping: Option<Range<u64>>) -> Walk {
        let looping = looping.filter(|span| !span.is_empty());
        // The start of an order is faded in where it is heard.
        Walk { generation, at, skips, looping, astray: true, since_jump: FADE, samples: Vec::new() }
    }

    pub(super) fn next(
        &mut self,
        source: &mut dyn Samples,
        out: &mut Vec<Frame>,
    ) -> Result<More, SourceError> {
        let length = source.len_frames();
        self.jump(length);
        if self.at >= length {
            return Ok(More::No);
        }
        if std::mem::take(&mut self.astray) {
            source.seek(self.at)?;
        }
        let (border, is_jump) = self.border(length);
        let channels = usize::from(source.channels().clamp(1, 2));
        let wanted = usize::try_from((border - self.at).min(BLOCK)).unwrap_or(0);
        self.samples.resize(wanted * channels, 0.0);
        let got = source.read(&mut self.samples)?.min(wanted);
        if got == 0 {
            // Shorter than it said: what is there was played.
            return Ok(More::No);
        }
        for sample in self.samples.chunks(channels).take(got) {
            let left = sample.first().copied().unwrap_or_default();
            let right = sample.get(1).copied().unwrap_or(left);
            let gain = self.gain(border, is_jump);
            let place = Place { generation: self.generation, at: self.at };
            out.push(Frame { left: left * gain, right: right * gain, place });
            self.at += 1;
            self.since_jump = (self.since_jump + 1).min(FADE);
        }
        let at_end = self.at >= length && !is_jump;
        Ok(if at_end { More::No } else { More::Yes })
    }

    /// Past everything at this place that is not to be heard.
    fn jump(&mut self, length: u64) {
        // Each skip at most once, and once round: a loop in which nothing is heard ends instead of going round for ever.
        for _ in 0..self.skips.len() + 2 {
            let to = match &self.looping {
                Some(span) if self.at >= span.end.min(length) => Some(span.start),
                Some(_) | None => self.skip_here(),
            };
            let Some(to) = to else { return };
            self.at = to;
            self.astray = true;
            self.since_jump = 0;
        }
        self.at = length;
    }

    fn skip_here(&self) -> Option<u64> {
        let index = self.skips.partition_point(|skip| skip.end <= self.at);
        self.skips.get(index).filter(|skip| skip.start <= self.at).map(|skip| skip.end)
    }

    /// Where reading on stops, and whether it goes on elsewhere from there.
    fn border(&self, length: u64) -> (u64, bool) {
        let index = self.skips.partition_point(|skip| skip.start <= self.at);
        let skip = self.skips.get(index).map_or(u64::MAX, |skip| skip.start);
        let round = self.looping.as_ref().map_or(u64::MAX, |span| span.end.min(length));
        let jump = skip.min(round);
        if jump <= length { (jump, jump < length || round == jump) } else { (length, false) }
    }

    /// Fades out before a jump and in after it, so that two places that do not fit make no click.
    fn gain(&self, border: u64, is_jump: bool) -> f32 {
        let fade = FADE as u64;
        let left = border - self.at;
        let out = if is_jump && left < fade { left as f32 / FADE as f32 } else { 1.0 };
        let since = self.since_jump as f32 / FADE as f32;
        out.min(since)
    }
}
