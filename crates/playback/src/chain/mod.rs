//! From a recording to frames for the ear: which stretches, which party, how loud, how fast.
//!
//! A chain is made for one order and never changed: other settings are another chain, begun where the ear is. Every frame
//! keeps the place it comes from through all of it, so that a position is exact at any speed and past any silence.

pub(crate) mod level;
mod stretch;
mod walk;

use crate::ring::Frame;
use crate::{Channel, Samples, SourceError};
use level::Leveller;
use std::ops::Range;
use stretch::Stretch;
use walk::Walk;

/// What an order asks for. Places are frames of the recording.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    pub(crate) speed: f32,
    /// Stretches to leave out, in order, none touching another.
    pub(crate) skips: Vec<Range<u64>>,
    pub(crate) channel: Channel,
    /// Decibels that make it as loud as all others; `None` leaves it as it is.
    pub(crate) gain_db: Option<f32>,
    pub(crate) looping: Option<Range<u64>>,
}

pub(crate) struct Chain {
    walk: Walk,
    channel: Channel,
    level: Option<Leveller>,
    stretch: Option<Stretch>,
    read: Vec<Frame>,
    levelled: Vec<Frame>,
}

/// Whether there is more to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum More {
    Yes,
    No,
}

impl Chain {
    pub(crate) fn new(generation: u32, from: u64, settings: &Settings) -> Chain {
        Chain {
            walk: Walk::new(generation, from, settings.skips.clone(), settings.looping.clone()),
            channel: settings.channel,
            level: settings.gain_db.map(Leveller::new),
            stretch: ((settings.speed - 1.0).abs() > 1e-3).then(|| Stretch::new(settings.speed)),
            read: Vec::new(),
            levelled: Vec::new(),
        }
    }

    /// The next frames, appended to `out`. There can be none although more will come.
    pub(crate) fn next(
        &mut self,
        samples: &mut dyn Samples,
        out: &mut Vec<Frame>,
    ) -> Result<More, SourceError> {
        self.read.clear();
        self.levelled.clear();
        let more = self.walk.next(samples, &mut self.read)?;
        choose(self.channel, &mut self.read);
        let is_end = more == More::No;
        let levelled = match &mut self.level {
            None => &self.read,
            Some(level) => {
                level.push(&self.read, &mut self.levelled);
                if is_end {
                    level.finish(&mut self.levelled);
                }
                &self.levelled
            }
        };
        match &mut self.stretch {
            None => out.extend_from_slice(levelled),
            Some(stretch) => {
                stretch.push(levelled, out);
                if is_end {
                    stretch.finish(out);
                }
            }
        }
        Ok(more)
    }
}

fn choose(channel: Channel, frames: &mut [Frame]) {
    for frame in frames {
        match channel {
            Channel::Both => {}
            Channel::Left => frame.right = frame.left,
            Channel::Right => frame.left = frame.right,
        }
    }
}

#[cfg(test)]
mod tests;
