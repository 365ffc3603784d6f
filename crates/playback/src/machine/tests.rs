//! The machine by script: what goes in, what comes out, no thread and no sound.

mod devices;
mod script;

use super::{Input, Machine, Output};
use crate::shared::Heard;
use crate::worker::Fill;
use crate::{
    DeviceChoice, Loaded, PlayerCommand, PlayerState, SAMPLE_RATE, Samples, SourceError, Span, Wish,
};
use std::time::Duration;

const SECOND: u64 = SAMPLE_RATE as u64;

/// A minute of nothing: the machine never reads it.
struct Minute;

impl Samples for Minute {
    fn channels(&self) -> u8 {
        2
    }

    fn len_frames(&self) -> u64 {
        60 * SECOND
    }

    fn seek(&mut self, _frame: u64) -> Result<(), SourceError> {
        Ok(())
    }

    fn read(&mut self, _out: &mut [f32]) -> Result<usize, SourceError> {
        Ok(0)
    }
}

/// What the machine wanted, without the samples.
#[derive(Debug, PartialEq)]
enum Did {
    State(PlayerState),
    Wish(Wish),
    Take(bool),
    Fill(Fill, bool),
    Sound(bool),
    Volume(f32),
    Open(DeviceChoice),
    Release,
    Look,
}

/// A machine with its clock, and a device that is there unless a test says otherwise.
struct Desk {
    machine: Machine,
    now: Duration,
    last_fill: Option<Fill>,
}

impl Desk {
    fn empty() -> Desk {
        Desk { machine: Machine::new(), now: Duration::ZERO, last_fill: None }
    }

    fn loaded() -> Desk {
        let mut desk = Desk::empty();
        desk.tell(PlayerCommand::Load(minute()));
        desk
    }

    /// Playing on an open device.
    fn playing() -> Desk {
        let mut desk = Desk::loaded();
        desk.tell(PlayerCommand::Play);
        desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
        desk
    }

    fn tell(&mut self, command: PlayerCommand) -> Vec<Did> {
        self.give(Input::Command(command))
    }

    fn give(&mut self, input: Input) -> Vec<Did> {
        self.machine.handle(self.now, input);
        let mut did = Vec::new();
        while let Some(output) = self.machine.next_output() {
            did.push(match output {
                Output::State(state) => Did::State(state),
                Output::Wish(wish) => Did::Wish(wish),
                Output::Take(samples) => Did::Take(samples.is_some()),
                Output::Fill { fill, gapless } => {
                    self.last_fill = Some(fill.clone());
                    Did::Fill(fill, gapless)
                }
                Output::Sound(playing) => Did::Sound(playing),
                Output::Volume(volume) => Did::Volume(volume),
                Output::OpenDevice(choice) => Did::Open(choice),
                Output::ReleaseDevice => Did::Release,
                Output::LookForDevice(_) => Did::Look,
            });
        }
        did
    }

    /// The device took frames of the last order up to here, and the machine's next deadline comes.
    fn hear(&mut self, at: u64) -> Vec<Did> {
        self.hear_late(at, 0)
    }

    fn hear_late(&mut self, at: u64, latency_frames: u64) -> Vec<Did> {
        let generation = self.last_fill().generation;
        self.turn(Heard { generation, at, latency_frames, ended: false })
    }

    fn hear_the_end(&mut self) -> Vec<Did> {
        let generation = self.last_fill().generation;
        self.turn(Heard { generation, at: 60 * SECOND - 1, latency_frames: 0, ended: true })
    }

    fn turn(&mut self, heard: Heard) -> Vec<Did> {
        self.now = self.machine.next_deadline().unwrap_or(self.now).max(self.now);
        self.give(Input::Heard(heard))
    }

    fn last_fill(&self) -> &Fill {
        self.last_fill.as_ref().expect("an order was given")
    }

    fn state(&self) -> &PlayerState {
        &self.machine.state
    }
}

fn minute() -> Loaded {
    let silences = vec![Span { from_ms: 10_000, to_ms: 12_000 }, Span { from_ms: 20_000, to_ms: 20_400 }];
    Loaded { id: 7, samples: Box::new(Minute), silences, loudness_lufs: Some(-30.0) }
}

fn states(did: &[Did]) -> Vec<&PlayerState> {
    did.iter().filter_map(|did| if let Did::State(state) = did { Some(state) } else { None }).collect()
}

fn fills(did: &[Did]) -> Vec<(&Fill, bool)> {
    did.iter()
        .filter_map(|did| if let Did::Fill(fill, gapless) = did { Some((fill, *gapless)) } else { None })
        .collect()
}
