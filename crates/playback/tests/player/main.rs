//! The player with its threads: through a capture, and through the machine's own devices.

mod capture;
#[cfg(target_os = "linux")]
mod sound_server;

use playback::{Devices, Loaded, Player, PlayerCommand, PlayerState, SAMPLE_RATE, Samples, SourceError};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Long enough for the slowest machine; nothing waits for it unless it fails.
const PATIENCE: Duration = Duration::from_secs(20);

struct Heard {
    player: Player,
    states: Receiver<PlayerState>,
    last: PlayerState,
}

impl Heard {
    fn new(devices: Arc<dyn Devices>) -> Heard {
        let (tell, states) = channel();
        let player = Player::start(devices, move |state| drop(tell.send(state)));
        Heard { player, states, last: PlayerState::default() }
    }

    /// Sends a command, and returns the first state after it that is as wanted.
    fn until(&mut self, command: PlayerCommand, wanted: impl Fn(&PlayerState) -> bool) -> PlayerState {
        self.player.send(command);
        self.wait(wanted)
    }

    fn wait(&mut self, wanted: impl Fn(&PlayerState) -> bool) -> PlayerState {
        loop {
            let state = self.states.recv_timeout(PATIENCE);
            let state = state.unwrap_or_else(|_| panic!("what was waited for never came: {:?}", self.last));
            self.last = state.clone();
            if wanted(&state) {
                return state;
            }
        }
    }
}

/// Made up as it is read: as long as one likes, in no memory.
struct Tones {
    length: u64,
    at: u64,
}

impl Samples for Tones {
    fn channels(&self) -> u8 {
        2
    }

    fn len_frames(&self) -> u64 {
        self.length
    }

    fn seek(&mut self, frame: u64) -> Result<(), SourceError> {
        self.at = frame.min(self.length);
        Ok(())
    }

    fn read(&mut self, out: &mut [f32]) -> Result<usize, SourceError> {
        let count = (out.len() as u64 / 2).min(self.length - self.at);
        for (at, frame) in (self.at..self.at + count).zip(out.chunks_mut(2)) {
            frame.copy_from_slice(&tones(at));
        }
        self.at += count;
        Ok(usize::try_from(count).expect("small"))
    }
}

/// Two parties, each a sum of tones that fits no other place of the recording.
fn tones(at: u64) -> [f32; 2] {
    let at = at as f64 * std::f64::consts::TAU / f64::from(SAMPLE_RATE);
    let left = 0.3 * (at * 201.0).sin() + 0.2 * (at * 333.37).sin();
    let right = 0.3 * (at * 150.5).sin();
    [left as f32, right as f32]
}

fn recording(id: i64, seconds: u64) -> Loaded {
    let samples = Tones { length: seconds * u64::from(SAMPLE_RATE), at: 0 };
    Loaded { id, samples: Box::new(samples), silences: Vec::new(), loudness_lufs: None }
}
