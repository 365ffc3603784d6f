//! The player as it stands: one value, pushed at each change and about 20 times a second while playing.

use crate::{Channel, DeviceChoice, Span};

#[derive(Debug, Clone, PartialEq)]
pub struct PlayerState {
    /// [`Loaded::id`](crate::Loaded::id) of what is loaded.
    pub recording: Option<i64>,
    /// What is heard now: the device's own delay is taken off where it is known.
    pub position_ms: u64,
    pub length_ms: u64,
    /// Channels of what is loaded; 0 when nothing is.
    pub channels: u8,
    pub playing: bool,
    /// Played to its end, and standing there.
    pub ended: bool,
    pub speed: f32,
    pub skip_silence: bool,
    pub channel: Channel,
    pub even_loudness: bool,
    pub looping: Option<Span>,
    pub volume: f32,
    pub choice: DeviceChoice,
    pub device: DeviceState,
    /// Why it does not play, in words for the person. Gone when it plays.
    pub trouble: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DeviceState {
    /// Not held open, as nothing plays; not known to be missing.
    #[default]
    Released,
    Open {
        name: String,
    },
    /// It went away while it was in use.
    Lost,
    /// There is none, or it cannot be opened.
    Missing,
}

impl Default for PlayerState {
    fn default() -> Self {
        PlayerState {
            recording: None,
            position_ms: 0,
            length_ms: 0,
            channels: 0,
            playing: false,
            ended: false,
            speed: 1.0,
            skip_silence: false,
            channel: Channel::Both,
            even_loudness: false,
            looping: None,
            volume: 1.0,
            choice: DeviceChoice::default(),
            device: DeviceState::default(),
            trouble: None,
        }
    }
}
