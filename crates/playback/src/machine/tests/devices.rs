//! Devices that are missing, go away and come back.

use super::{Desk, Did, Input, SECOND, states};
use crate::shared::Heard;
use crate::{DeviceChoice, DeviceState, PlayerCommand};
use std::time::Duration;

fn unplug(desk: &mut Desk) -> Vec<Did> {
    desk.give(Input::DeviceLost { words: "Unplugged.".to_owned() })
}

#[test]
fn no_device_is_said_at_the_press_of_play_and_everything_else_works() {
    let mut desk = Desk::loaded();
    desk.tell(PlayerCommand::Play);
    let did = desk.give(Input::DeviceFailed { words: "No device.".to_owned() });
    let state = states(&did)[0];
    assert!(!state.playing, "nothing plays");
    assert_eq!(
        (&state.device, state.trouble.as_deref()),
        (&DeviceState::Missing, Some("No device.")),
        "and why"
    );
    desk.tell(PlayerCommand::SeekTo { position_ms: 12_000 });
    desk.tell(PlayerCommand::Speed(2.0));
    assert_eq!(
        (desk.state().position_ms, desk.state().speed),
        (12_000, 2.0),
        "places and settings need no device"
    );
    let did = desk.tell(PlayerCommand::Play);
    assert!(matches!(did[..], [Did::Open(_)]), "the next press tries again: {did:?}");
}

#[test]
fn a_device_that_goes_away_pauses_and_says_so() {
    let mut desk = Desk::playing();
    desk.hear(SECOND / 2);
    desk.give(Input::Heard(Heard { generation: 1, at: SECOND, latency_frames: 0, ended: false }));
    let did = unplug(&mut desk);
    assert!(
        did.contains(&Did::Sound(false)) && did.contains(&Did::Release),
        "silent, and given back: {did:?}"
    );
    let state = states(&did)[0];
    assert_eq!((state.playing, state.position_ms), (false, 1_000), "it stands where it was heard");
    assert_eq!(
        (&state.device, state.trouble.as_deref()),
        (&DeviceState::Lost, Some("Unplugged.")),
        "and why"
    );
}

#[test]
fn a_lost_device_is_looked_for_ever_more_seldom() {
    let mut desk = Desk::playing();
    unplug(&mut desk);
    let mut looked = Vec::new();
    for _ in 0..7 {
        let did = desk.hear(0);
        assert_eq!(did, [Did::Look], "nothing else is due");
        desk.give(Input::DeviceFound(false));
        looked.push(desk.now.as_secs());
    }
    assert_eq!(looked, [2, 6, 14, 30, 62, 122, 182], "soon, then once a minute");
}

#[test]
fn a_device_that_is_back_ends_the_trouble_and_plays_only_when_told() {
    let mut desk = Desk::playing();
    desk.hear(SECOND);
    unplug(&mut desk);
    desk.hear(SECOND);
    let did = desk.give(Input::DeviceFound(true));
    let state = states(&did)[0];
    assert_eq!((state.playing, &state.trouble), (false, &None), "nobody wants to be surprised by sound");
    assert_eq!(desk.machine.next_deadline(), None, "nothing is looked for any more");
    desk.tell(PlayerCommand::Play);
    desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
    assert!(desk.state().playing, "on it goes");
    assert_eq!(desk.state().position_ms, 1_000, "from where it stood");
}

#[test]
fn play_does_not_wait_for_the_search() {
    let mut desk = Desk::playing();
    unplug(&mut desk);
    let did = desk.tell(PlayerCommand::Play);
    assert!(matches!(did[..], [Did::Open(_)]), "a press of play tries at once: {did:?}");
    desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
    desk.hear(100);
    assert!(desk.state().trouble.is_none() && desk.state().playing, "it is there again");
}

#[test]
fn another_device_takes_over_while_it_plays() {
    let mut desk = Desk::playing();
    desk.hear(SECOND);
    let desk_speaker = DeviceChoice::Named("Desk speaker".to_owned());
    let did = desk.tell(PlayerCommand::Device(desk_speaker.clone()));
    assert_eq!(did, [Did::Release, Did::Open(desk_speaker)], "one is given back, the other opened");
    desk.give(Input::DeviceOpened { name: "Desk speaker".to_owned() });
    assert!(desk.state().playing, "it plays on");
}

#[test]
fn another_device_that_cannot_be_opened_pauses() {
    let mut desk = Desk::playing();
    desk.tell(PlayerCommand::Device(DeviceChoice::Named("Gone".to_owned())));
    let did = desk.give(Input::DeviceFailed { words: "Not there.".to_owned() });
    assert!(did.contains(&Did::Sound(false)), "no sound goes nowhere");
    assert_eq!(desk.state().trouble.as_deref(), Some("Not there."), "and why");
}

#[test]
fn a_choice_while_nothing_plays_opens_nothing() {
    let mut desk = Desk::loaded();
    let did = desk.tell(PlayerCommand::Device(DeviceChoice::Named("Desk speaker".to_owned())));
    assert_eq!(states(&did).len(), did.len(), "it is only remembered: {did:?}");
}

#[test]
fn a_pause_while_the_device_opens_is_a_pause() {
    let mut desk = Desk::loaded();
    desk.tell(PlayerCommand::Play);
    desk.tell(PlayerCommand::Pause);
    let did = desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
    assert!(!did.contains(&Did::Sound(true)), "the second thought counts: {did:?}");
    desk.now += Duration::from_secs(5);
    let did = desk.hear(0);
    assert_eq!(did[0], Did::Release, "and it is given back");
}

fn get_stuck(desk: &mut Desk) -> Vec<Did> {
    desk.give(Input::DeviceStuck { words: "No answer.".to_owned() })
}

#[test]
fn a_device_that_is_stuck_is_opened_again_without_a_word() {
    let mut desk = Desk::playing();
    desk.hear(SECOND);
    assert_eq!(get_stuck(&mut desk), [Did::Release, Did::Open(DeviceChoice::Default)], "the same one");
    desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
    assert!(desk.state().playing && desk.state().trouble.is_none(), "it plays on");
}

#[test]
fn a_device_that_is_stuck_and_cannot_be_opened_again_is_lost() {
    let mut desk = Desk::playing();
    get_stuck(&mut desk);
    desk.give(Input::DeviceFailed { words: "Not there.".to_owned() });
    let state = desk.state();
    assert_eq!((state.playing, &state.device), (false, &DeviceState::Lost), "paused");
    assert_eq!(state.trouble.as_deref(), Some("No answer."), "and said");
    assert_eq!(desk.hear(0), [Did::Look], "it is looked for");
}

#[test]
fn a_device_that_is_stuck_again_is_given_time_and_then_lost() {
    let mut desk = Desk::playing();
    let began = desk.now;
    get_stuck(&mut desk);
    for after_ms in [100, 400, 1_400] {
        desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
        assert_eq!(get_stuck(&mut desk), [Did::Release], "it is not opened in the same moment");
        assert_eq!(get_stuck(&mut desk), [], "what else it complains of is the same");
        let did = std::iter::repeat_with(|| desk.hear(0))
            .find(|did| did.contains(&Did::Open(DeviceChoice::Default)));
        assert!(did.is_some(), "it is opened again");
        assert_eq!((desk.now - began).as_millis(), after_ms, "after some time");
        assert!(desk.state().playing, "without a word");
    }
    desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
    get_stuck(&mut desk);
    assert_eq!(desk.state().device, DeviceState::Lost, "opening it does not help");
}

#[test]
fn a_device_that_was_well_in_between_is_opened_again_at_once() {
    let mut desk = Desk::playing();
    for _ in 0..20 {
        let did = get_stuck(&mut desk);
        assert_eq!(did, [Did::Release, Did::Open(DeviceChoice::Default)], "it helped the last time");
        desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
        desk.now += Duration::from_secs(2);
    }
}

#[test]
fn a_pause_while_a_stuck_device_is_waited_for_opens_nothing() {
    let mut desk = Desk::playing();
    get_stuck(&mut desk);
    desk.give(Input::DeviceOpened { name: "Headset".to_owned() });
    get_stuck(&mut desk);
    desk.tell(PlayerCommand::Pause);
    assert_eq!(desk.state().device, DeviceState::Released, "no device is held");
    while desk.machine.next_deadline().is_some() {
        assert!(!desk.hear(0).contains(&Did::Open(DeviceChoice::Default)), "and none is wanted");
    }
    let did = desk.tell(PlayerCommand::Play);
    assert_eq!(did, [Did::Open(DeviceChoice::Default)], "until it plays on");
}
