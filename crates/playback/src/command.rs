//! What a person can ask of the player.

use crate::{DeviceChoice, Loaded};

/// A stretch of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from_ms: u64,
    pub to_ms: u64,
}

/// Which party is heard. A recording with one channel sounds the same on all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Channel {
    /// The left one, in both ears.
    Left,
    /// The right one, in both ears.
    Right,
    /// Each on its own side.
    #[default]
    Both,
}

#[derive(Debug)]
pub enum PlayerCommand {
    /// Takes the place of what is loaded, paused at its start. Settings stay, a loop does not.
    Load(Loaded),
    Unload,
    /// From where it stands; from the start again when it had ended.
    Play,
    Pause,
    /// Plays or pauses: the space bar.
    Toggle,
    SeekTo {
        position_ms: u64,
    },
    /// The keys for ten seconds back and on.
    SeekBy {
        offset_ms: i64,
    },
    /// 0.5 to 2 at the same pitch; what lies outside is brought inside.
    Speed(f32),
    SkipSilence(bool),
    Channel(Channel),
    EvenLoudness(bool),
    /// Plays the span over and over. `None` ends that.
    Loop(Option<Span>),
    /// 0 to 1.
    Volume(f32),
    /// Comes back as a [`Wish`]: the list is the caller's.
    Next,
    Previous,
    Device(DeviceChoice),
}

/// What only the caller can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Next,
    Previous,
}
