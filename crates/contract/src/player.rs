//! The player that is docked on every screen.

use crate::command::command;
use crate::recordings::RecordingRow;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskPlayer {}

/// What the player does and can do now. Between two of these, [`crate::Push::Position`] moves the position.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlayerView {
    /// `None`: nothing is loaded.
    pub recording: Option<RecordingRow>,
    pub position_ms: i64,
    pub length_ms: i64,
    pub playing: bool,
    pub settings: PlayerSettings,
    /// The span that is played over and over.
    pub loop_ms: Option<(i64, i64)>,
    pub has_previous: bool,
    pub has_next: bool,
    pub sound: Sound,
    /// What is amiss, as a sentence.
    pub trouble: Option<String>,
}

/// Kept over restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayerSettings {
    /// 50 to 200, at the same pitch.
    pub speed_percent: u16,
    pub skip_silence: bool,
    pub channels: Channels,
    /// Quiet and loud recordings are heard equally loud.
    pub even_loudness: bool,
    /// 0 to 100.
    pub volume_percent: u8,
}

impl Default for PlayerSettings {
    fn default() -> Self {
        Self {
            speed_percent: 100,
            skip_silence: false,
            channels: Channels::Both,
            even_loudness: true,
            volume_percent: 100,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channels {
    #[default]
    Both,
    Left,
    Right,
}

/// The machine's sound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "device", rename_all = "snake_case")]
pub enum Sound {
    /// Not asked for yet.
    #[default]
    Unknown,
    /// Name of the device.
    Ready(String),
    /// There is none that could be used: everything but the sound works.
    None,
}

/// Plays a recording, from where it was left or from `at_ms`. What the player does then is pushed: an answer could come after
/// a newer push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Play {
    pub id: String,
    pub at_ms: Option<i64>,
    /// Ids of the list that the person looks at, in its order, for next and previous; at most 1,000.
    pub list: Vec<String>,
}

/// Its effect is pushed, as for [`Play`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steer {
    pub to: Steering,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "steer", content = "with", rename_all = "snake_case")]
pub enum Steering {
    Pause,
    Resume,
    /// Pause or resume.
    Toggle,
    SeekTo {
        position_ms: i64,
    },
    /// Back, if negative.
    SeekBy {
        ms: i64,
    },
    Previous,
    Next,
    /// `None`: no loop.
    Loop {
        span_ms: Option<(i64, i64)>,
    },
    Settings(PlayerSettings),
    /// Stops and forgets the recording.
    Close,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskSoundDevices {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundDevices {
    /// `None`: the system's own choice.
    pub chosen: Option<String>,
    pub names: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseSoundDevice {
    /// `None`: the system's own choice.
    pub name: Option<String>,
}

command!(AskPlayer, "player", PlayerView);
command!(Play, "play", ());
command!(Steer, "steer", ());
command!(AskSoundDevices, "sound_devices", SoundDevices);
command!(ChooseSoundDevice, "choose_sound_device", SoundDevices);
