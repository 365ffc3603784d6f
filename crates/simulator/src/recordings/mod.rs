//! What a recorder beside the PBX makes of the calls: files with voices in them, names in the manner of several makers,
//! and the truth about each.
//!
//! A stretch is what one file holds. A user's ends when the user leaves the call, so that a transfer makes two of them; a
//! group's ends when the call leaves the group; hold and park stop the tape for as long as they last.

mod naming;
mod recorder;
mod sound;
mod stretch;
#[cfg(test)]
mod tests;
mod turns;
mod voice;
mod wav;

pub use naming::{Naming, SideFile};
pub(crate) use recorder::Recorder;
pub use recorder::{Growth, RecorderSettings};
pub use sound::Codec;
pub use turns::{Turn, Who};

use crate::dice::Dice;
use contract::published::Call;
use jiff::tz::Offset;
use model::{At, Direction};
use naming::Namer;
use serde::Serialize;
use stretch::stretches;

/// Everything has a default: all calls, names in every manner, one in four with a side file.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordingSettings {
    pub seed: u64,
    /// Share of the calls that are recorded, from 0 to 1.
    pub share: f64,
    /// Share of a group's recorded calls that have the group's recording beside the user's.
    pub groups: f64,
    /// Share of the files with a side file.
    pub side_files: f64,
    /// Share of the files with one party a channel.
    pub stereo: f64,
    /// Manners of naming, one by chance for each file. Empty: all.
    pub namings: Vec<Naming>,
    /// By how much the recorder's clock is ahead (behind, if negative): names and side files carry its time.
    pub clock_ahead_ms: i64,
}

impl Default for RecordingSettings {
    fn default() -> Self {
        Self {
            seed: 1,
            share: 1.0,
            groups: 0.5,
            side_files: 0.25,
            stereo: 0.25,
            namings: Vec::new(),
            clock_ahead_ms: 0,
        }
    }
}

/// One file, and what is true of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recorded {
    pub file_name: String,
    #[serde(skip)]
    pub side_file: Option<SideFile>,
    /// `contract::published::Call::id` of the call in the truth.
    pub call: String,
    pub by: By,
    /// When its first and its last word fell, by the true time. Names carry the recorder's, in whole seconds.
    #[serde(serialize_with = "milliseconds")]
    pub started_at: At,
    #[serde(serialize_with = "milliseconds")]
    pub ended_at: At,
    /// Stretches of true time in which the tape ran, in milliseconds since its start.
    pub runs: Vec<Run>,
    /// How long the file is: the sum of the runs.
    pub length_ms: u64,
    /// Whose phone it is.
    pub extension: String,
    /// The group whose recording it is.
    pub group: Option<String>,
    /// The other party's, as the PBX delivers it; `None` where it is withheld.
    pub number: Option<String>,
    pub direction: Direction,
    pub naming: Naming,
    pub codec: Codec,
    pub channels: u8,
    /// Who speaks when in the file. In between nobody does.
    pub turns: Vec<Turn>,
    /// Of its voices.
    #[serde(skip)]
    pub(crate) voice_seed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    User,
    Group,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    pub from_ms: u64,
    pub to_ms: u64,
}

/// What is recorded of `calls` (the truth of a tape, or of a running office), in their order. The same arguments give
/// the same files; a call's do not depend on the other calls, but for a name that was taken.
pub fn recordings<'a>(
    calls: impl IntoIterator<Item = &'a Call>,
    settings: &RecordingSettings,
) -> Vec<Recorded> {
    let mut tapes = Tapes::new(settings.clone());
    calls.into_iter().flat_map(|call| tapes.of(call)).collect()
}

/// Makes the files of one call after the other.
#[derive(Debug)]
pub(crate) struct Tapes {
    settings: RecordingSettings,
    namer: Namer,
}

impl Tapes {
    pub(crate) fn new(settings: RecordingSettings) -> Self {
        Self { namer: Namer::new(settings.clock_ahead_ms), settings }
    }

    pub(crate) fn of(&mut self, call: &Call) -> Vec<Recorded> {
        let mut dice = Dice::new(self.settings.seed ^ digest(&call.id));
        if !dice.chance(self.settings.share) {
            return Vec::new();
        }
        let with_group = dice.chance(self.settings.groups);
        let offset = offset_of(&call.started_at);
        stretches(call)
            .into_iter()
            .filter(|stretch| stretch.by == By::User || with_group)
            .map(|stretch| {
                let namings = &self.settings.namings;
                let namings = if namings.is_empty() { Naming::ALL } else { namings };
                let naming = namings[dice.place(namings.len())];
                let codec = Codec::by_chance(&mut dice);
                let channels = if dice.chance(self.settings.stereo) { 2 } else { 1 };
                let with_side_file = dice.chance(self.settings.side_files);
                let voice_seed = dice.between(0, u64::MAX - 1);
                let mut recorded = stretch.recorded(call, naming, codec, channels, voice_seed);
                self.namer.name(&mut recorded, offset);
                if with_side_file {
                    recorded.side_file = Some(self.namer.side_file(&recorded, offset, &mut dice));
                }
                recorded
            })
            .collect()
    }
}

/// Of the office's zone, as the truth's times carry it.
fn offset_of(started_at: &str) -> Offset {
    let pieces = jiff::fmt::temporal::Pieces::parse(started_at).ok();
    pieces.and_then(|pieces| pieces.to_numeric_offset()).unwrap_or(Offset::UTC)
}

/// FNV-1a: the same on every system and in every version.
fn digest(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn milliseconds<S: serde::Serializer>(at: &At, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(at.0)
}
