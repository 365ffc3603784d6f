//! Playing recordings: what is loaded, the list that next and previous walk along, where each was left.

mod samples;

use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::{Deed, unknown_recording};
use crate::trouble::{failure_of_store, not_found};
use contract::player::{Channels, PlayerSettings, PlayerView, Sound};
use contract::recordings::RecordingRow;
use contract::{Failure, FailureCode};
use model::RecordingId;
use playback::{Channel, DeviceChoice, Devices, Loaded, Player, PlayerCommand, PlayerState, Span, Wish};
use recordings::peaks::{self, Peaks};
use recordings::stored::Stored;
use samples::StoredSamples;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Played nearly to its end, it is begun again next time.
const ENDING_MS: i64 = 2_000;
/// Recordings whose place is remembered.
const REMEMBERED: usize = 1_000;

/// The player closes a file within some milliseconds.
const LET_GO: std::time::Duration = std::time::Duration::from_millis(5);
const LET_GO_LOOKS: u32 = 100;

pub(crate) const SETTINGS: &str = "player";
pub(crate) const DEVICE: &str = "sound_device";

pub(crate) struct Playing {
    pub(crate) devices: Arc<dyn Devices>,
    player: OnceLock<Player>,
    desk: Mutex<PlayDesk>,
}

/// What the player does not know.
#[derive(Default)]
struct PlayDesk {
    shown: Option<RecordingRow>,
    list: Vec<RecordingId>,
    left: HashMap<RecordingId, i64>,
    state: PlayerState,
    settings: PlayerSettings,
    chosen: Option<String>,
    /// Played to its end: playing it on from there is another play.
    played_out: Option<RecordingId>,
    /// Why the list did not go on, until something is loaded again.
    trouble: Option<String>,
}

impl Playing {
    pub(crate) fn new(devices: Arc<dyn Devices>) -> Self {
        Self { devices, player: OnceLock::new(), desk: Mutex::default() }
    }

    fn desk(&self) -> MutexGuard<'_, PlayDesk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn chosen(&self) -> Option<String> {
        self.desk().chosen.clone()
    }
}

impl PlayDesk {
    fn place(&self) -> Option<usize> {
        let shown = self.shown.as_ref()?.id.parse().ok().map(RecordingId)?;
        self.list.iter().position(|id| *id == shown)
    }

    /// Those on one side of what is shown, the nearest first.
    fn neighbours(&self, wish: Wish) -> Vec<RecordingId> {
        let Some(place) = self.place() else { return Vec::new() };
        match wish {
            Wish::Next => self.list[place + 1..].to_vec(),
            Wish::Previous => self.list[..place].iter().rev().copied().collect(),
        }
    }

    fn view(&self) -> PlayerView {
        let state = &self.state;
        PlayerView {
            recording: self.shown.clone(),
            position_ms: ms(state.position_ms),
            length_ms: ms(state.length_ms),
            playing: state.playing,
            settings: self.settings,
            loop_ms: state.looping.map(|span| (ms(span.from_ms), ms(span.to_ms))),
            has_previous: self.place().is_some_and(|place| place > 0),
            has_next: self.place().is_some_and(|place| place + 1 < self.list.len()),
            sound: match &state.device {
                playback::DeviceState::Released => Sound::Unknown,
                playback::DeviceState::Open { name } => Sound::Ready(name.clone()),
                playback::DeviceState::Lost | playback::DeviceState::Missing => Sound::None,
            },
            trouble: match (&self.trouble, &state.trouble) {
                (Some(list), Some(player)) => Some(format!("{list} {player}")),
                (list, player) => list.clone().or_else(|| player.clone()),
            },
        }
    }
}

impl Desk {
    pub(crate) fn player_view(&self) -> PlayerView {
        self.library().playing.desk().view()
    }

    /// As it was set in earlier runs.
    pub(crate) async fn recall_player(&self) {
        let settings = self.reader().office_setting(SETTINGS).await.ok().flatten();
        let device = self.reader().office_setting(DEVICE).await.ok().flatten();
        let mut desk = self.library().playing.desk();
        desk.settings =
            settings.and_then(|settings| serde_json::from_str(&settings).ok()).unwrap_or_default();
        desk.chosen = device.and_then(|device| serde_json::from_str(&device).ok()).unwrap_or_default();
    }

    /// The player, started when it is first needed.
    fn player(&self) -> &Player {
        let playing = &self.library().playing;
        playing.player.get_or_init(|| {
            let (states, wishes) = (self.weak(), self.weak());
            let runtime = tokio::runtime::Handle::current();
            let told_in = runtime.clone();
            let player = Player::start_in_list(
                Arc::clone(&playing.devices),
                move |state| {
                    if let Some(desk) = states.upgrade() {
                        let _runtime = told_in.enter();
                        desk.player_said(state);
                    }
                },
                move |wish| {
                    if let Some(desk) = wishes.upgrade() {
                        runtime.spawn(async move { desk.play_neighbour(wish).await });
                    }
                },
            );
            let desk = playing.desk();
            for command in commands(desk.settings) {
                player.send(command);
            }
            player.send(PlayerCommand::Device(choice(desk.chosen.as_deref())));
            player
        })
    }

    pub(crate) fn steer(&self, command: PlayerCommand) {
        self.player().send(command);
    }

    /// Called from the player's thread, within the runtime, with each of its states.
    fn player_said(&self, state: PlayerState) {
        let playing = &self.library().playing;
        let mut desk = playing.desk();
        let before = std::mem::replace(&mut desk.state, state);
        if let Some(id) = desk.state.recording.map(RecordingId) {
            let (position, length) = (ms(desk.state.position_ms), ms(desk.state.length_ms));
            if desk.left.len() > REMEMBERED {
                desk.left.clear();
            }
            desk.left.insert(id, if position + ENDING_MS >= length { 0 } else { position });
        }
        let loaded = desk.state.recording.map(RecordingId);
        let again = loaded.filter(|_| desk.state.playing && desk.played_out == loaded);
        let again = again.map(|id| (id, ms(desk.state.position_ms)));
        if desk.state.ended {
            desk.played_out = loaded;
        } else if desk.state.playing {
            desk.played_out = None;
        }
        let let_go = before.recording.filter(|before| desk.state.recording != Some(*before));
        let moved_only = PlayerState { position_ms: before.position_ms, ..desk.state.clone() } == before;
        let happening = if moved_only {
            Happening::Position(ms(desk.state.position_ms))
        } else {
            Happening::Player(Box::new(desk.view()))
        };
        drop(desk);
        if let Some((id, from_ms)) = again {
            self.note_played_again(id, from_ms);
        }
        if let Some(id) = let_go {
            self.library().retagging.let_go(RecordingId(id));
            self.rewrite_what_waited();
        }
        self.happen(happening);
    }

    fn note_played_again(&self, id: RecordingId, from_ms: i64) {
        let desk = self.clone();
        tokio::spawn(async move {
            if let Err(failure) = desk.note_deed(Some(id), &Deed::Played { from_ms }).await {
                // What is not written down is not heard.
                tracing::warn!(message = failure.message, "a play could not be written down");
                desk.steer(PlayerCommand::Pause);
            }
        });
    }

    /// Whether somebody listens to it, or has it open to.
    pub(crate) fn is_loaded(&self, id: RecordingId) -> bool {
        let desk = self.library().playing.desk();
        let shown = desk.shown.as_ref().and_then(|row| row.id.parse().ok().map(RecordingId));
        shown == Some(id) || desk.state.recording.map(RecordingId) == Some(id)
    }

    /// Loads a recording and plays it, from `at_ms` or from where it was left.
    pub(crate) async fn play(
        &self,
        id: RecordingId,
        at_ms: Option<i64>,
        list: Option<Vec<RecordingId>>,
    ) -> Result<(), Failure> {
        let recording = self.reader().recording(id).await.map_err(failure_of_store)?;
        let recording = recording.ok_or_else(unknown_recording)?;
        let key = self.library().key_of(recording.sealed_with.as_deref()).map_err(|message| Failure {
            code: FailureCode::Keychain,
            message,
            detail: None,
        })?;
        let path = self.path_of(&recording).await?;
        let loudness_lufs = recording.loudness;
        let loaded = tokio::task::spawn_blocking(move || open(id, path, key.as_ref(), loudness_lufs))
            .await
            .map_err(|_| crate::trouble::closed())??;
        let row = self.recording_rows(&[recording]).await?.pop().ok_or_else(unknown_recording)?;
        let left = self.library().playing.desk().left.get(&id).copied();
        let from = at_ms.or(left).unwrap_or(0).max(0);
        // Before it is heard: there is no play without its entry.
        self.note_deed(Some(id), &Deed::Played { from_ms: from }).await?;
        {
            let mut desk = self.library().playing.desk();
            desk.shown = Some(row);
            if let Some(list) = list {
                desk.list = list;
            }
            (desk.played_out, desk.trouble) = (None, None);
        }
        self.steer(PlayerCommand::Load(loaded));
        self.steer(PlayerCommand::SeekTo { position_ms: from.unsigned_abs() });
        self.steer(PlayerCommand::Play);
        Ok(())
    }

    /// The nearest that can be played: one that is missing or locked does not hold up the list. When none can, the reason
    /// stays until something is loaded again.
    async fn play_neighbour(&self, wish: Wish) {
        let neighbours = self.library().playing.desk().neighbours(wish);
        let mut trouble = None;
        for id in neighbours {
            match self.play(id, None, None).await {
                Ok(()) => return,
                // The nearest one's: that was asked for.
                Err(failure) => trouble = trouble.or(Some(failure.message)),
            }
        }
        let Some(trouble) = trouble else { return };
        let mut desk = self.library().playing.desk();
        desk.trouble = Some(trouble);
        let view = desk.view();
        drop(desk);
        self.happen(Happening::Player(Box::new(view)));
    }

    /// Closes a recording's file if it is loaded: whoever changes it needs it alone.
    pub(crate) async fn let_go_of(&self, id: RecordingId) {
        let loaded = self.library().playing.desk().state.recording.map(RecordingId);
        if loaded != Some(id) {
            return;
        }
        self.close_player();
        let closed = || self.library().playing.desk().state.recording.map(RecordingId) != Some(id);
        for _ in 0..LET_GO_LOOKS {
            if closed() {
                break;
            }
            tokio::time::sleep(LET_GO).await;
        }
    }

    pub(crate) fn close_player(&self) {
        {
            let mut desk = self.library().playing.desk();
            (desk.shown, desk.trouble) = (None, None);
        }
        self.steer(PlayerCommand::Unload);
    }

    pub(crate) async fn set_player(&self, settings: PlayerSettings) -> Result<(), Failure> {
        let settings = PlayerSettings {
            speed_percent: settings.speed_percent.clamp(50, 200),
            volume_percent: settings.volume_percent.min(100),
            ..settings
        };
        self.library().playing.desk().settings = settings;
        for command in commands(settings) {
            self.steer(command);
        }
        let text = serde_json::to_string(&settings).unwrap_or_default();
        self.hand().set_office_setting(SETTINGS, Some(&text), &[]).await.map_err(failure_of_store)
    }

    pub(crate) async fn choose_device(&self, name: Option<String>) -> Result<(), Failure> {
        self.library().playing.desk().chosen.clone_from(&name);
        self.steer(PlayerCommand::Device(choice(name.as_deref())));
        let text = serde_json::to_string(&name).unwrap_or_default();
        self.hand().set_office_setting(DEVICE, Some(&text), &[]).await.map_err(failure_of_store)
    }
}

/// Opens the file, and reads of its peaks where nobody speaks.
fn open(
    id: RecordingId,
    path: PathBuf,
    key: Option<&recordings::Key>,
    loudness_lufs: Option<f32>,
) -> Result<Loaded, Failure> {
    if !path.is_file() {
        return Err(not_found(
            "The file of this recording is not where it was put: its disk may be away, or somebody removed it.",
        ));
    }
    let stored = Stored::open(&path, key).map_err(|error| crate::library::unreadable(&error))?;
    // Without peaks it is played all the same, with its silence.
    let peaks = Peaks::open(&peaks::beside(&path), key);
    let silences = peaks.map(|peaks| peaks.silences().iter().map(span).collect()).unwrap_or_default();
    Ok(Loaded { id: id.0, samples: Box::new(StoredSamples(stored)), silences, loudness_lufs })
}

fn span(span: &recordings::Span) -> Span {
    Span { from_ms: span.from_ms, to_ms: span.to_ms }
}

fn commands(settings: PlayerSettings) -> [PlayerCommand; 5] {
    [
        PlayerCommand::Speed(f32::from(settings.speed_percent) / 100.0),
        PlayerCommand::SkipSilence(settings.skip_silence),
        PlayerCommand::Channel(match settings.channels {
            Channels::Both => Channel::Both,
            Channels::Left => Channel::Left,
            Channels::Right => Channel::Right,
        }),
        PlayerCommand::EvenLoudness(settings.even_loudness),
        PlayerCommand::Volume(f32::from(settings.volume_percent) / 100.0),
    ]
}

fn choice(name: Option<&str>) -> DeviceChoice {
    name.map_or(DeviceChoice::Default, |name| DeviceChoice::Named(name.to_owned()))
}

fn ms(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}
