//! The player's decisions, without threads, sound or a clock of its own.
//!
//! `handle` takes a command or a piece of news, `next_output` gives what is to be done about it, and `next_deadline` says
//! when to come back with what was heard. A play is an *order* to the worker with a generation of its own; what the device
//! took says which generation it belongs to, so that a position of before a seek is never taken for one after it.

mod device;
mod order;

use crate::ring::GENERATIONS;
use crate::samples::{frame_at, ms_at};
use crate::shared::Heard;
use crate::worker::Fill;
use crate::{DeviceChoice, DeviceState, Loaded, PlayerCommand, PlayerState, Samples, Span, Wish};
use std::collections::VecDeque;
use std::time::Duration;

/// Positions go out 20 times a second: even to the eye, and nothing to the window.
const PUSH_EVERY: Duration = Duration::from_millis(50);
/// After a pause the last fade is over by then, and the position final.
const SETTLE_AFTER: Duration = Duration::from_millis(100);
/// How long a device is held after the sound stops: pausing and going on is instant, and no sound server is kept awake.
const RELEASE_AFTER: Duration = Duration::from_secs(5);

pub(crate) enum Input {
    Command(PlayerCommand),
    /// What the device took so far. Comes before everything else that is told, and at each deadline.
    Heard(Heard),
    DeviceOpened {
        name: String,
    },
    DeviceFailed {
        words: String,
    },
    DeviceLost {
        words: String,
    },
    /// It fails, and may be well again when it is opened anew.
    DeviceStuck {
        words: String,
    },
    /// The answer to [`Output::LookForDevice`].
    DeviceFound(bool),
    SourceFailed {
        generation: u32,
        words: String,
    },
}

pub(crate) enum Output {
    State(PlayerState),
    Wish(Wish),
    /// These samples are played from now on; `None` gives back what is there.
    Take(Option<Box<dyn Samples>>),
    /// `gapless`: what sounds goes on until this can be heard.
    Fill {
        fill: Fill,
        gapless: bool,
    },
    Sound(bool),
    Volume(f32),
    OpenDevice(DeviceChoice),
    ReleaseDevice,
    LookForDevice(DeviceChoice),
}

#[derive(Default)]
pub(crate) struct Machine {
    state: PlayerState,
    length: u64,
    silences: Vec<Span>,
    loudness_lufs: Option<f32>,
    generation: u32,
    /// Where the ear is, by the last that the device took; where an order starts before it is heard.
    at: u64,
    /// Something of the order was heard.
    is_heard: bool,
    /// Where the position stands that was told last, which it does not go back behind.
    told: u64,
    /// Plays as soon as the device is open.
    starting: bool,
    /// The order stopped at an error and is given again at the next play.
    faulted: bool,
    /// What is told as trouble is about the device.
    device_trouble: bool,
    look_at: Option<Duration>,
    release_at: Option<Duration>,
    search: device::Search,
    reopening: device::Reopening,
    outputs: VecDeque<Output>,
}

impl Machine {
    pub(crate) fn new() -> Machine {
        Machine::default()
    }

    pub(crate) fn handle(&mut self, now: Duration, input: Input) {
        match input {
            Input::Heard(heard) => self.hear(now, heard),
            Input::Command(command) => self.command(now, command),
            Input::DeviceOpened { name } => self.opened(now, name),
            Input::DeviceFailed { words } => self.failed(now, words),
            Input::DeviceLost { words } => self.lost(now, words),
            Input::DeviceStuck { words } => self.stuck(now, words),
            Input::DeviceFound(found) => self.found(now, found),
            Input::SourceFailed { generation, words } => self.source_failed(now, generation, words),
        }
    }

    pub(crate) fn next_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to come back with [`Input::Heard`].
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        [self.look_at, self.release_at, self.search.due(), self.reopening.due()].into_iter().flatten().min()
    }

    fn command(&mut self, now: Duration, command: PlayerCommand) {
        match command {
            PlayerCommand::Load(loaded) => self.load(now, loaded),
            PlayerCommand::Unload => self.unload(now),
            PlayerCommand::Play => self.play(now),
            PlayerCommand::Pause => self.pause(now),
            PlayerCommand::Toggle if self.state.playing || self.starting => self.pause(now),
            PlayerCommand::Toggle => self.play(now),
            PlayerCommand::SeekTo { position_ms } => self.seek(now, frame_at(position_ms)),
            PlayerCommand::SeekBy { offset_ms } => {
                let to = self.state.position_ms.saturating_add_signed(offset_ms);
                self.seek(now, frame_at(to));
            }
            PlayerCommand::Volume(volume) => {
                self.state.volume = if volume.is_finite() { volume.clamp(0.0, 1.0) } else { 1.0 };
                self.outputs.push_back(Output::Volume(self.state.volume));
                self.tell(now);
            }
            PlayerCommand::Next => self.outputs.push_back(Output::Wish(Wish::Next)),
            PlayerCommand::Previous => self.outputs.push_back(Output::Wish(Wish::Previous)),
            PlayerCommand::Device(choice) => self.choose(now, choice),
            PlayerCommand::Speed(speed) => {
                let speed = if speed.is_finite() { speed.clamp(0.5, 2.0) } else { 1.0 };
                self.change(now, |state| state.speed = speed);
            }
            PlayerCommand::SkipSilence(skip) => self.change(now, |state| state.skip_silence = skip),
            PlayerCommand::Channel(channel) => self.change(now, |state| state.channel = channel),
            PlayerCommand::EvenLoudness(even) => self.change(now, |state| state.even_loudness = even),
            PlayerCommand::Loop(span) => self.set_loop(now, span),
        }
    }

    fn load(&mut self, now: Duration, loaded: Loaded) {
        self.stop_sound(now);
        self.length = loaded.samples.len_frames();
        self.silences = loaded.silences;
        self.loudness_lufs = loaded.loudness_lufs;
        self.state.recording = Some(loaded.id);
        self.state.length_ms = ms_at(self.length);
        self.state.channels = loaded.samples.channels();
        self.state.looping = None;
        self.clear_trouble();
        self.outputs.push_back(Output::Take(Some(loaded.samples)));
        self.begin_at(0);
        self.tell(now);
    }

    fn unload(&mut self, now: Duration) {
        self.stop_sound(now);
        self.outputs.push_back(Output::Take(None));
        self.silences.clear();
        (self.length, self.at, self.told, self.loudness_lufs) = (0, 0, 0, None);
        // What the device still says belongs to no order.
        self.next_generation();
        (self.is_heard, self.faulted) = (false, false);
        let state = &mut self.state;
        (state.recording, state.looping, state.ended) = (None, None, false);
        (state.position_ms, state.length_ms, state.channels) = (0, 0, 0);
        self.clear_trouble();
        self.tell(now);
    }

    fn play(&mut self, now: Duration) {
        if self.state.playing || self.starting {
            return;
        }
        if self.state.recording.is_none() {
            self.state.trouble = Some("No recording is loaded.".to_owned());
            self.tell(now);
            return;
        }
        if self.state.ended {
            self.begin_at(self.state.looping.map_or(0, |span| frame_at(span.from_ms)));
        } else if self.faulted {
            self.begin_at(self.at);
        }
        self.release_at = None;
        self.starting = true;
        if matches!(self.state.device, DeviceState::Open { .. }) {
            self.sound(now);
        } else {
            // Told when it is known whether there is a device: nothing plays until then.
            self.outputs.push_back(Output::OpenDevice(self.state.choice.clone()));
        }
    }

    /// The device is there: the sound may begin.
    fn sound(&mut self, now: Duration) {
        self.starting = false;
        self.state.playing = true;
        self.state.ended = false;
        self.clear_trouble();
        self.outputs.push_back(Output::Sound(true));
        self.tell(now);
    }

    fn pause(&mut self, now: Duration) {
        if self.state.playing || self.starting {
            self.stop_sound(now);
            self.tell(now);
        }
    }

    fn stop_sound(&mut self, now: Duration) {
        self.starting = false;
        if std::mem::take(&mut self.state.playing) {
            self.outputs.push_back(Output::Sound(false));
            self.look_at = Some(now + SETTLE_AFTER);
            self.release_at = Some(now + RELEASE_AFTER);
        }
        if self.reopening.end() {
            self.release_at = None;
            self.state.device = DeviceState::Released;
        }
    }

    fn seek(&mut self, now: Duration, to: u64) {
        if self.state.recording.is_none() {
            return;
        }
        let to = to.min(self.length);
        // Whoever leaves a loop by hand has done with it.
        let leaves = |span: &Span| to < frame_at(span.from_ms) || to >= frame_at(span.to_ms);
        if self.state.looping.as_ref().is_some_and(leaves) {
            self.state.looping = None;
        }
        self.begin_at(to);
        self.tell(now);
    }

    fn hear(&mut self, now: Duration, heard: Heard) {
        if heard.generation == self.generation % GENERATIONS && self.state.recording.is_some() {
            self.move_to(heard);
        }
        if self.state.playing && heard.ended {
            self.stop_sound(now);
            self.state.ended = true;
            (self.at, self.told) = (self.length, self.length);
            self.tell(now);
        }
        if self.look_at.is_some_and(|at| at <= now) {
            self.look_at = None;
            self.tell(now);
        }
        if self.release_at.is_some_and(|at| at <= now) {
            self.release(now);
        }
        if self.reopening.is_due(now) {
            self.outputs.push_back(Output::OpenDevice(self.state.choice.clone()));
        }
        if self.search.is_due(now) {
            self.outputs.push_back(Output::LookForDevice(self.state.choice.clone()));
        }
    }

    fn move_to(&mut self, heard: Heard) {
        if self.state.ended {
            return;
        }
        let looping = self.state.looping.filter(|_| heard.at < self.at);
        if let Some(span) = looping {
            self.told = frame_at(span.from_ms);
        }
        self.is_heard = true;
        self.at = heard.at;
        let delay = if self.state.playing { heard.latency_frames as f64 } else { 0.0 };
        let behind = (delay * f64::from(self.state.speed)) as u64;
        self.told = self.told.max(heard.at.saturating_sub(behind));
    }

    fn source_failed(&mut self, now: Duration, generation: u32, words: String) {
        if generation != self.generation {
            return;
        }
        self.stop_sound(now);
        self.faulted = true;
        self.state.trouble = Some(words);
        self.device_trouble = false;
        self.tell(now);
    }

    fn clear_trouble(&mut self) {
        self.state.trouble = None;
        self.device_trouble = false;
    }

    /// Tells the state, and sees to it that the next position follows in time.
    fn tell(&mut self, now: Duration) {
        self.state.position_ms = ms_at(self.told);
        self.outputs.push_back(Output::State(self.state.clone()));
        if self.state.playing {
            self.look_at = Some(now + PUSH_EVERY);
        }
    }
}

#[cfg(test)]
mod tests;
