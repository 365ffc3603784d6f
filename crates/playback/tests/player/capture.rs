//! Through a device that takes frames when the test says so.

use super::{Heard, PATIENCE, recording, tones};
use playback::{
    CaptureDevice, DeviceState, Loaded, NoDevice, Player, PlayerCommand, Samples, SourceError, Wish,
};
use std::sync::Arc;
use std::sync::mpsc::channel;

fn set_up(seconds: u64) -> (CaptureDevice, Heard) {
    let device = CaptureDevice::default();
    let mut heard = Heard::new(Arc::new(device.clone()));
    heard.until(PlayerCommand::Load(recording(3, seconds)), |state| state.recording == Some(3));
    (device, heard)
}

fn playing(seconds: u64) -> (CaptureDevice, Heard) {
    let (device, mut heard) = set_up(seconds);
    heard.until(PlayerCommand::Play, |state| state.playing);
    (device, heard)
}

#[test]
fn a_recording_comes_out_sample_by_sample_faster_than_time() {
    let (device, mut heard) = playing(10);
    let frames = 10 * 48_000;
    let samples = device.pull(frames);
    assert_eq!(samples.len(), frames * 2, "the device stayed open");
    let wrong = samples.chunks(2).zip(0u64..).skip(400).find(|(frame, at)| **frame != tones(*at));
    assert_eq!(wrong.map(|(_, at)| at), None, "after the first fade every frame is the recording's");
    device.pull(1_000);
    let state = heard.wait(|state| state.ended);
    assert_eq!((state.position_ms, state.playing), (10_000, false), "played to its end");
}

#[test]
fn the_device_is_held_only_while_it_is_needed() {
    let (device, mut heard) = set_up(10);
    assert_eq!(device.openings(), 0, "loading needs no device");
    heard.until(PlayerCommand::Play, |state| state.playing);
    assert!(device.wait_open(PATIENCE), "playing does");
    heard.until(PlayerCommand::Pause, |state| !state.playing);
    assert!(device.is_open(), "a pause keeps it for some seconds");
    heard.until(PlayerCommand::Play, |state| state.playing);
    assert_eq!(device.openings(), 1, "so that going on is instant");
}

#[test]
fn unplugging_pauses_and_plugging_in_goes_on() {
    let (device, mut heard) = playing(10);
    device.pull(48_000);
    device.unplug();
    let state = heard.wait(|state| state.device == DeviceState::Lost);
    assert!(!state.playing, "paused");
    assert_eq!(state.trouble.as_deref(), Some("The sound device was unplugged."), "and said");
    let stood = state.position_ms;
    let state = heard.until(PlayerCommand::Play, |state| state.trouble.is_some());
    assert!(!state.playing, "there is nothing to play on: {state:?}");
    device.plug_in();
    heard.until(PlayerCommand::Play, |state| state.playing);
    let samples = device.pull(4_800);
    assert_ne!(samples[4_000], 0.0, "it sounds again");
    let state = heard.until(PlayerCommand::Pause, |state| !state.playing);
    assert!(state.position_ms >= stood && state.position_ms <= stood + 300, "from where it stood");
}

#[test]
fn a_device_that_gets_stuck_is_opened_again_and_nothing_is_lost() {
    let (device, mut heard) = playing(10);
    device.pull(48_000);
    device.get_stuck();
    heard.wait(|state| device.openings() == 2 && state.playing);
    let samples = device.pull(9_600);
    let begun = samples.chunks(2).skip(400).zip(48_400u64..).all(|(frame, at)| *frame == tones(at));
    assert!(begun, "on from the very frame, after a fade");
    assert_eq!(heard.last.trouble, None, "nobody need know");
}

#[test]
fn without_a_device_everything_but_the_sound_works() {
    let mut heard = Heard::new(Arc::new(NoDevice));
    heard.until(PlayerCommand::Load(recording(3, 10)), |state| state.length_ms == 10_000);
    let state = heard.until(PlayerCommand::SeekTo { position_ms: 4_000 }, |state| state.position_ms == 4_000);
    assert_eq!(state.trouble, None, "places need no device");
    let state = heard.until(PlayerCommand::Play, |state| state.device == DeviceState::Missing);
    assert_eq!(state.trouble.as_deref(), Some("This computer has no sound device."), "playing says why not");
    assert!(!state.playing && state.position_ms == 4_000, "and nothing moved");
}

#[test]
fn a_thousand_seeks_lose_no_command_and_take_no_memory() {
    let (device, mut heard) = playing(3_600);
    device.pull(4_800);
    let before = resident_kb();
    for step in 1..=1_000u64 {
        heard.player.send(PlayerCommand::SeekTo { position_ms: step * 3_001 });
        if step % 50 == 0 {
            device.pull_at_once(480);
        }
    }
    for step in 1..=1_000u64 {
        heard.wait(|state| state.position_ms == step * 3_001);
    }
    let samples = device.pull(9_600);
    let place = 1_000 * 3_001 * 48u64;
    let tail = &samples[samples.len() - 200..];
    let here = |from: u64| tail.chunks(2).zip(from..).all(|(frame, at)| *frame == tones(at));
    assert!((place..place + 9_600).any(here), "the last one is what is heard");
    let grown = resident_kb().saturating_sub(before);
    assert!(grown < 8_192, "memory is flat: {grown} KB more");
}

/// Decoders of others can have holes.
struct Broken;

impl Samples for Broken {
    fn channels(&self) -> u8 {
        1
    }

    fn len_frames(&self) -> u64 {
        48_000
    }

    fn seek(&mut self, _frame: u64) -> Result<(), SourceError> {
        Ok(())
    }

    fn read(&mut self, _out: &mut [f32]) -> Result<usize, SourceError> {
        panic!("on purpose")
    }
}

#[test]
fn a_decoder_that_panics_is_told_and_the_next_recording_plays() {
    let (device, mut heard) = set_up(10);
    let broken = Loaded { id: 4, samples: Box::new(Broken), silences: Vec::new(), loudness_lufs: None };
    let state = heard.until(PlayerCommand::Load(broken), |state| state.trouble.is_some());
    assert_eq!(state.trouble.as_deref(), Some("This recording cannot be decoded."), "said");
    heard.until(PlayerCommand::Load(recording(5, 10)), |state| state.recording == Some(5));
    heard.until(PlayerCommand::Play, |state| state.playing);
    assert_ne!(device.pull(4_800)[4_000], 0.0, "the player lives");
}

#[test]
fn next_and_previous_come_back_to_the_caller() {
    let (tell, wishes) = channel();
    let player = Player::start_in_list(
        Arc::new(NoDevice),
        |_| {},
        move |wish| {
            let _ = tell.send(wish);
        },
    );
    player.send(PlayerCommand::Next);
    player.send(PlayerCommand::Previous);
    let wishes: Vec<_> = (0..2).map(|_| wishes.recv_timeout(PATIENCE).expect("a wish")).collect();
    assert_eq!(wishes, [Wish::Next, Wish::Previous], "in order");
}

#[test]
fn dropping_the_player_releases_the_device() {
    let (device, heard) = playing(10);
    let Heard { player, states, .. } = heard;
    drop(player);
    // The listener goes with the thread, after the device.
    while states.recv_timeout(PATIENCE).is_ok() {}
    assert!(!device.is_open(), "nothing is held");
}

fn resident_kb() -> u64 {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return 0 };
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}
