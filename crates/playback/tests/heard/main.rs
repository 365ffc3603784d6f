//! What is heard of a recording: real speech is taken in, played through a capture and compared with what was said.
//!
//! Here alone the player meets the room that stores recordings, as the desk brings them together.

mod codecs;
mod pauses;
#[path = "../../../recordings/tests/speech/mod.rs"]
mod speech;
mod speeds;

use playback::{
    CaptureDevice, Loaded, Player, PlayerCommand, PlayerState, SAMPLE_RATE, Samples, SourceError, Span,
};
use recordings::peaks::{Peaks, beside};
use recordings::stored::Stored;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Long enough for the slowest machine; nothing waits for it unless it fails.
const PATIENCE: Duration = Duration::from_secs(30);
/// Behind its end a sound fades out over 8 ms, so that there is no click.
const FADE: usize = 383;
/// Frames taken at once.
const BLOCK: usize = 4_800;

struct Decoded(Stored);

impl Samples for Decoded {
    fn channels(&self) -> u8 {
        self.0.facts().channels
    }

    fn len_frames(&self) -> u64 {
        self.0.facts().samples
    }

    fn seek(&mut self, frame: u64) -> Result<(), SourceError> {
        self.0.seek(frame).map_err(|error| SourceError(error.to_string()))
    }

    fn read(&mut self, out: &mut [f32]) -> Result<usize, SourceError> {
        let values = self.0.read(out).map_err(|error| SourceError(error.to_string()))?;
        Ok(values / usize::from(self.channels()))
    }
}

/// A stored recording with what its peaks say of it.
fn loaded(stored: &Path) -> Loaded {
    let peaks = Peaks::open(&beside(stored), None).expect("peaks");
    let silences =
        peaks.silences().iter().map(|span| Span { from_ms: span.from_ms, to_ms: span.to_ms }).collect();
    let samples = Decoded(Stored::open(stored, None).expect("a stored file"));
    Loaded { id: 1, samples: Box::new(samples), silences, loudness_lufs: peaks.loudness() }
}

/// Taken in and stored.
fn stored(source: &Path) -> PathBuf {
    let working = source.with_extension("stored.opus");
    speech::take_plain(source, &working).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
    working
}

/// Everything that the device plays from the beginning to the end of a recording, interleaved stereo; what it plays behind
/// the end is cut off. The recording must end loud.
fn played(stored: &Path, settings: impl IntoIterator<Item = PlayerCommand>) -> Vec<f32> {
    let device = CaptureDevice::default();
    let (tell, states) = channel::<PlayerState>();
    let player = Player::start(Arc::new(device.clone()), move |state| drop(tell.send(state)));
    player.send(PlayerCommand::Load(loaded(stored)));
    for setting in settings {
        player.send(setting);
    }
    player.send(PlayerCommand::Play);
    while !states.recv_timeout(PATIENCE).expect("it plays").playing {}
    let mut heard = Vec::new();
    let mut ended = false;
    while !ended {
        let block = device.pull(BLOCK);
        assert!(!block.is_empty(), "the device stays open up to the end");
        heard.extend(block);
        assert!(heard.len() < 600 * SAMPLE_RATE as usize, "it ends");
        ended = states.try_iter().any(|state| {
            assert_eq!(state.trouble, None, "nothing goes wrong");
            state.ended
        });
    }
    let loud = heard.chunks(2).rposition(|frame| frame[0] != 0.0 || frame[1] != 0.0);
    heard.truncate((loud.expect("some sound") + 1 - FADE) * 2);
    heard
}

/// A conversation that ends within its last word: PCM 16 bit at 8 kHz, one party a channel.
fn conversation(folder: &Path) -> PathBuf {
    let whole = speech::conversation(folder, 8_000);
    ends_loud(&whole, &folder.join("conversation.wav"))
}

/// Cuts off what is quiet at the end.
fn ends_loud(source: &Path, to: &Path) -> PathBuf {
    let cut = ["reverse", "silence", "1", "0.01", "5%", "reverse"];
    speech::run("sox", &[&["-D", speech::text(source), speech::text(to)], &cut[..]].concat());
    let sound = speech::samples(to, 48_000);
    let level = speech::decibels(&sound[sound.len() - 4_800..]);
    assert!(level > -45.0, "somebody speaks at its end, not {level:.0} dBFS");
    to.to_owned()
}
