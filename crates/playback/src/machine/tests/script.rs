//! Playing, places and settings.

use super::{Desk, Did, SECOND, fills, minute, states};
use crate::shared::Heard;
use crate::{Channel, DeviceState, PlayerCommand, PlayerState, Span, Wish};
use std::time::Duration;

#[test]
fn loading_makes_ready_and_stays_silent() {
    let mut desk = Desk::empty();
    let did = desk.tell(PlayerCommand::Load(minute()));
    assert_eq!(did[0], Did::Take(true), "the worker gets the samples");
    assert_eq!(fills(&did)[0].0.from, 0, "and begins at the start, so that a click finds sound ready");
    let state = states(&did)[0];
    assert_eq!((state.recording, state.length_ms, state.channels), (Some(7), 60_000, 2), "what is loaded");
    assert!(
        !state.playing && state.device == DeviceState::Released,
        "no device is held for a silent recording"
    );
}

#[test]
fn play_opens_the_device_and_plays_when_it_is_open() {
    let mut desk = Desk::loaded();
    let did = desk.tell(PlayerCommand::Play);
    assert!(matches!(did[..], [Did::Open(_)]), "nothing is said to play before there is a device: {did:?}");
    let did = desk.give(super::Input::DeviceOpened { name: "Headset".to_owned() });
    assert_eq!(did[0], Did::Sound(true), "now it sounds");
    let state = states(&did)[0];
    assert!(state.playing, "and is said to");
    assert_eq!(state.device, DeviceState::Open { name: "Headset".to_owned() }, "on this device");
}

#[test]
fn play_without_a_recording_says_so() {
    let mut desk = Desk::empty();
    let did = desk.tell(PlayerCommand::Play);
    assert_eq!(
        states(&did)[0].trouble.as_deref(),
        Some("No recording is loaded."),
        "no device is opened for it"
    );
}

#[test]
fn the_position_is_told_twenty_times_a_second_while_it_plays() {
    let mut desk = Desk::playing();
    let mut told = Vec::new();
    for step in 1..=20 {
        let did = desk.hear(step * SECOND / 20);
        told.extend(states(&did).iter().map(|state| state.position_ms));
    }
    assert_eq!(told, (1..=20).map(|step| step * 50).collect::<Vec<_>>(), "each as the device took it");
    assert_eq!(desk.now, Duration::from_secs(1), "in one second");
}

#[test]
fn what_the_device_has_not_made_sound_of_is_not_heard_yet() {
    let mut desk = Desk::playing();
    desk.tell(PlayerCommand::Speed(2.0));
    desk.hear_late(SECOND, SECOND / 10);
    assert_eq!(
        desk.state().position_ms,
        800,
        "100 ms of the device are 200 ms of the recording at double speed"
    );
}

#[test]
fn the_position_never_goes_back_when_the_device_gets_slower() {
    let mut desk = Desk::playing();
    desk.hear_late(SECOND, 100);
    let before = desk.state().position_ms;
    desk.hear_late(SECOND + 480, 4_800);
    assert_eq!(desk.state().position_ms, before, "it waits until the ear has caught up");
}

#[test]
fn pause_is_told_at_once_and_the_exact_place_when_it_is_silent() {
    let mut desk = Desk::playing();
    desk.hear_late(SECOND, 4_800);
    let did = desk.tell(PlayerCommand::Pause);
    assert_eq!(did[0], Did::Sound(false), "silent first");
    assert!(!states(&did)[0].playing, "and told");
    desk.hear_late(SECOND + 384, 4_800);
    assert_eq!(desk.state().position_ms, 1008, "what the device held was heard after all");
}

#[test]
fn the_device_is_released_some_seconds_after_a_pause_and_nothing_is_due_then() {
    let mut desk = Desk::playing();
    desk.hear(SECOND);
    desk.tell(PlayerCommand::Pause);
    desk.hear(SECOND);
    let did = desk.hear(SECOND);
    assert_eq!(did[0], Did::Release, "no sound server is kept awake for silence");
    assert_eq!(desk.machine.next_deadline(), None, "an idle player wakes nobody");
    let did = desk.tell(PlayerCommand::Toggle);
    assert!(matches!(did[..], [Did::Open(_)]), "and is opened again for the next play: {did:?}");
}

#[test]
fn a_play_within_those_seconds_needs_no_opening() {
    let mut desk = Desk::playing();
    desk.tell(PlayerCommand::Pause);
    let did = desk.tell(PlayerCommand::Play);
    assert_eq!(did[0], Did::Sound(true), "the device is still there");
    desk.hear(100);
    assert!(
        desk.machine.next_deadline().is_some_and(|at| at < Duration::from_secs(1)),
        "nothing is released"
    );
}

#[test]
fn a_seek_starts_a_new_order_and_old_news_do_not_move_it() {
    let mut desk = Desk::playing();
    desk.hear(SECOND);
    let old = desk.last_fill().generation;
    let did = desk.tell(PlayerCommand::SeekTo { position_ms: 30_000 });
    let (fill, gapless) = fills(&did)[0];
    assert_eq!((fill.from, gapless), (30 * SECOND, false), "what was to be heard is thrown away");
    assert_eq!(states(&did)[0].position_ms, 30_000, "told at once");
    desk.turn(Heard { generation: old, at: 2 * SECOND, latency_frames: 0, ended: false });
    assert_eq!(desk.state().position_ms, 30_000, "the device had not heard of it yet");
}

#[test]
fn ten_seconds_back_and_on_stop_at_the_ends() {
    let mut desk = Desk::loaded();
    let mut by = |offset_ms| {
        desk.tell(PlayerCommand::SeekBy { offset_ms });
        desk.state().position_ms
    };
    assert_eq!([by(10_000), by(-4_000), by(-10_000)], [10_000, 6_000, 0], "not before the start");
    assert_eq!([by(55_000), by(10_000)], [55_000, 60_000], "not behind the end");
}

#[test]
fn the_end_is_a_pause_at_the_end_and_play_begins_again() {
    let mut desk = Desk::playing();
    let did = desk.hear_the_end();
    let state = states(&did)[0];
    assert!(state.ended && !state.playing, "played out");
    assert_eq!(state.position_ms, 60_000, "the position is the length");
    let did = desk.tell(PlayerCommand::Play);
    assert_eq!(fills(&did)[0].0.from, 0, "from the start again");
    assert!(!desk.state().ended && desk.state().playing, "playing");
}

#[test]
fn a_setting_goes_on_where_the_ear_is_without_a_gap() {
    let mut desk = Desk::playing();
    desk.hear(5 * SECOND);
    for command in [
        PlayerCommand::Speed(1.5),
        PlayerCommand::SkipSilence(true),
        PlayerCommand::Channel(Channel::Left),
        PlayerCommand::EvenLoudness(true),
    ] {
        let did = desk.tell(command);
        let (fill, gapless) = fills(&did)[0];
        assert_eq!((fill.from, gapless), (5 * SECOND, true), "the same place in another manner");
        assert_eq!(states(&did)[0].position_ms, 5_000, "the position stands");
        desk.hear(5 * SECOND);
    }
    let settings = &desk.last_fill().settings;
    assert_eq!((settings.speed, settings.channel), (1.5, Channel::Left), "all of them hold");
    assert_eq!(settings.gain_db, Some(12.0), "from -30 to -18 LUFS");
    assert_eq!(settings.skips.len(), 1, "the short silence is not worth it");
    assert_eq!(settings.skips[0], 10_100 * 48..11_900 * 48, "a breath stays at either end");
}

#[test]
fn a_setting_right_after_a_seek_is_part_of_the_seek() {
    let mut desk = Desk::playing();
    desk.hear(5 * SECOND);
    desk.tell(PlayerCommand::SeekTo { position_ms: 4_900 });
    let did = desk.tell(PlayerCommand::Speed(1.5));
    let (fill, gapless) = fills(&did)[0];
    assert_eq!((fill.from, gapless), (4_900 * 48, false), "what still sounds is from before the seek");
}

#[test]
fn a_setting_that_is_so_already_changes_nothing() {
    let mut desk = Desk::playing();
    assert_eq!(desk.tell(PlayerCommand::Speed(1.0)), [], "no order, no state");
}

#[test]
fn nonsense_is_brought_inside() {
    let mut desk = Desk::loaded();
    for (said, meant) in [(9.0, 2.0), (0.0, 0.5), (f32::NAN, 1.0)] {
        desk.tell(PlayerCommand::Speed(said));
        assert_eq!(desk.state().speed, meant, "speed {said}");
    }
    for (said, meant) in [(9.0, 1.0), (-1.0, 0.0), (f32::INFINITY, 1.0)] {
        desk.tell(PlayerCommand::Volume(said));
        assert_eq!(desk.state().volume, meant, "volume {said}");
    }
}

#[test]
fn a_loop_begins_where_the_ear_is_inside_it_or_at_its_start() {
    let mut desk = Desk::playing();
    desk.hear(5 * SECOND);
    let span = Span { from_ms: 4_000, to_ms: 8_000 };
    let did = desk.tell(PlayerCommand::Loop(Some(span)));
    assert_eq!(fills(&did)[0].0.from, 5 * SECOND, "inside: on from here");
    let span = Span { from_ms: 20_000, to_ms: 70_000 };
    let did = desk.tell(PlayerCommand::Loop(Some(span)));
    assert_eq!(fills(&did)[0].0.from, 20 * SECOND, "outside: from its start");
    assert_eq!(
        states(&did)[0].looping,
        Some(Span { from_ms: 20_000, to_ms: 60_000 }),
        "as long as the recording is"
    );
    let did = desk.tell(PlayerCommand::Loop(Some(Span { from_ms: 9_000, to_ms: 9_000 })));
    assert_eq!(states(&did)[0].looping, None, "an empty span is no loop");
}

#[test]
fn the_position_follows_the_loop_round() {
    let mut desk = Desk::playing();
    desk.tell(PlayerCommand::Loop(Some(Span { from_ms: 0, to_ms: 8_000 })));
    desk.hear(7 * SECOND);
    desk.hear(SECOND / 2);
    assert_eq!(desk.state().position_ms, 500, "back at its start");
}

#[test]
fn a_seek_out_of_the_loop_ends_it() {
    let mut desk = Desk::playing();
    desk.tell(PlayerCommand::Loop(Some(Span { from_ms: 0, to_ms: 8_000 })));
    let did = desk.tell(PlayerCommand::SeekTo { position_ms: 5_000 });
    assert!(states(&did)[0].looping.is_some(), "inside it stays");
    let did = desk.tell(PlayerCommand::SeekTo { position_ms: 30_000 });
    assert_eq!((states(&did)[0].looping, fills(&did)[0].0.from), (None, 30 * SECOND), "outside it is left");
}

#[test]
fn next_and_previous_are_the_callers() {
    let mut desk = Desk::playing();
    assert_eq!(desk.tell(PlayerCommand::Next), [Did::Wish(Wish::Next)], "the list is not here");
    assert_eq!(desk.tell(PlayerCommand::Previous), [Did::Wish(Wish::Previous)], "nor backwards");
}

#[test]
fn another_recording_takes_the_place_and_the_settings_stay() {
    let mut desk = Desk::playing();
    desk.tell(PlayerCommand::Speed(1.5));
    desk.tell(PlayerCommand::Loop(Some(Span { from_ms: 0, to_ms: 8_000 })));
    desk.hear(SECOND);
    let did = desk.tell(PlayerCommand::Load(minute()));
    assert_eq!(did[0], Did::Sound(false), "the one before is silent");
    let state = states(&did)[0];
    assert_eq!((state.position_ms, state.playing, state.looping), (0, false, None), "from its start");
    assert_eq!(state.speed, 1.5, "as fast as the person listens");
}

#[test]
fn unloading_leaves_nothing_but_the_settings() {
    let mut desk = Desk::playing();
    desk.hear(SECOND);
    let old = desk.last_fill().generation;
    desk.tell(PlayerCommand::Unload);
    desk.turn(Heard { generation: old, at: 2 * SECOND, latency_frames: 0, ended: false });
    let device = desk.state().device.clone();
    assert_eq!(desk.state(), &PlayerState { device, ..PlayerState::default() }, "as it was before");
}

#[test]
fn an_error_of_the_source_pauses_in_its_own_words_and_play_tries_again() {
    let mut desk = Desk::playing();
    desk.hear(SECOND);
    let generation = desk.last_fill().generation;
    let words = "The file is damaged.".to_owned();
    let did = desk.give(super::Input::SourceFailed { generation, words: words.clone() });
    let state = states(&did)[0];
    assert_eq!(
        (state.playing, &state.trouble, state.position_ms),
        (false, &Some(words), 1_000),
        "where it stood"
    );
    let did = desk.tell(PlayerCommand::Play);
    assert_eq!(fills(&did)[0].0.from, SECOND, "another try from there");
    assert_eq!(desk.state().trouble, None, "the trouble may have passed");
}

#[test]
fn an_error_of_an_earlier_order_is_no_trouble() {
    let mut desk = Desk::playing();
    let generation = desk.last_fill().generation;
    desk.tell(PlayerCommand::SeekTo { position_ms: 9_000 });
    let did = desk.give(super::Input::SourceFailed { generation, words: "Damaged.".to_owned() });
    assert_eq!(did, [], "it was at a place that nobody wants to hear any more");
}
