//! What comes out at the device, compared with what is in the recording.

use super::{Rig, breaking, left_of, numbered, right_of};
use crate::outlet::FADE;
use crate::{Channel, PlayerCommand, Span};

/// Nothing in the recording is steeper than this from one sample to the next.
const STEEPEST: f32 = 0.025;

fn assert_no_click(heard: &[(f32, f32)]) {
    for (at, pair) in heard.windows(2).enumerate() {
        let step = (pair[1].0 - pair[0].0).abs().max((pair[1].1 - pair[0].1).abs());
        assert!(step < STEEPEST, "a click of {step} after {at} frames");
    }
}

/// Whether these frames are those of the recording from a place on.
fn is_from(heard: &[(f32, f32)], place: u64) -> bool {
    heard.iter().zip(place..).all(|(frame, at)| *frame == (left_of(at), right_of(at)))
}

/// The place in the recording that these frames are from, near one.
fn place_of(heard: &[(f32, f32)], near: u64) -> Option<u64> {
    (near.saturating_sub(9_600)..near + 9_600).find(|place| is_from(heard, *place))
}

#[test]
fn a_whole_recording_comes_out_sample_by_sample() {
    let mut rig = Rig::with(numbered(5));
    rig.tell(PlayerCommand::Play);
    let heard = rig.run_to_the_end();
    assert!(is_from(&heard[FADE..240_000], FADE as u64), "after the first fade nothing is changed");
    assert!(heard[240_000 + FADE..].iter().all(|frame| *frame == (0.0, 0.0)), "then silence");
    assert_no_click(&heard);
    assert_eq!(rig.state().position_ms, 5_000, "to its end");
}

#[test]
fn skipped_silence_is_not_heard() {
    let mut rig = Rig::with(numbered(5));
    rig.tell(PlayerCommand::SkipSilence(true));
    rig.tell(PlayerCommand::Play);
    let heard = rig.run_to_the_end();
    // 2.1 to 2.9 s is left out.
    let (before, after) = (100_800 - FADE, 100_800 + FADE);
    assert!(is_from(&heard[FADE..before], FADE as u64), "before it all is as it was");
    assert!(
        is_from(&heard[after..240_000 - 38_400], after as u64 + 38_400),
        "after it goes on behind the silence"
    );
    assert_no_click(&heard);
}

#[test]
fn a_seek_is_heard_from_its_place() {
    let mut rig = Rig::with(numbered(60));
    rig.tell(PlayerCommand::Play);
    rig.run(500);
    rig.tell(PlayerCommand::SeekTo { position_ms: 30_000 });
    let from = rig.heard.len();
    rig.run(200);
    let heard = &rig.heard[from - 480..];
    assert_no_click(heard);
    let found = place_of(&heard[5_000..6_000], 30 * 48_000 + 4_000).expect("it is there");
    let began = found - (5_000 - 480);
    assert!(began + 2_000 > 30 * 48_000, "it began within 42 ms after the seek, at {began}");
    let told = rig.state().position_ms.abs_diff(30_000 + 150);
    assert!(told <= 60, "and the position says so, {told} ms off");
}

#[test]
fn a_pause_and_a_play_go_on_where_it_stood() {
    let mut rig = Rig::with(numbered(10));
    rig.tell(PlayerCommand::Play);
    rig.run(500);
    rig.tell(PlayerCommand::Pause);
    rig.run(300);
    let paused = rig.state().position_ms;
    let from = rig.heard.len();
    rig.tell(PlayerCommand::Play);
    rig.run(300);
    assert_no_click(&rig.heard);
    let place = place_of(&rig.heard[from + 1_000..from + 2_000], paused * 48).expect("it plays");
    assert!(place.abs_diff(paused * 48 + 1_000) <= 48, "from the place that was told, not {place}");
}

#[test]
fn a_change_of_speed_makes_no_click_and_no_leap() {
    let mut rig = Rig::with(numbered(20));
    rig.tell(PlayerCommand::Play);
    for speed in [1.5, 0.5, 2.0, 1.0, 0.75] {
        rig.run(400);
        let before = rig.state().position_ms;
        rig.tell(PlayerCommand::Speed(speed));
        rig.run(60);
        let after = rig.state().position_ms;
        assert!(after >= before && after - before < 250, "from {before} to {after} ms in 60 ms at {speed}");
    }
    // Two windows of different phase may stand at either side of a change: twice as steep is still no click.
    for pair in rig.heard.windows(2) {
        assert!((pair[1].0 - pair[0].0).abs() < 2.0 * STEEPEST, "a click");
    }
}

#[test]
fn a_party_can_be_chosen_while_it_plays() {
    let mut rig = Rig::with(numbered(10));
    rig.tell(PlayerCommand::Play);
    rig.run(300);
    rig.tell(PlayerCommand::Channel(Channel::Right));
    rig.run(300);
    let heard = &rig.heard[rig.heard.len() - 4_800..];
    assert!(heard.iter().all(|frame| frame.0 == frame.1), "one party in both ears");
    assert!(heard[0] != heard[100], "and it speaks");
    assert_no_click(&rig.heard);
}

#[test]
fn a_loop_repeats_its_span_to_the_frame() {
    let mut rig = Rig::with(numbered(10));
    rig.tell(PlayerCommand::Loop(Some(Span { from_ms: 1_000, to_ms: 2_000 })));
    rig.tell(PlayerCommand::Play);
    rig.run(3_500);
    for round in 0..3 {
        let from = round * 48_000 + FADE;
        assert!(is_from(&rig.heard[from..from + 40_000], 48_000 + FADE as u64), "round {round}");
    }
    assert_no_click(&rig.heard);
}

#[test]
fn loudness_made_even_is_heard_at_once() {
    let mut rig = Rig::with(numbered(10));
    rig.tell(PlayerCommand::Play);
    rig.run(500);
    rig.tell(PlayerCommand::EvenLoudness(true));
    rig.run(500);
    let power = |frames: &[(f32, f32)]| frames.iter().map(|frame| frame.1 * frame.1).sum::<f32>();
    let gain = 10.0 * (power(&rig.heard[33_600..43_200]) / power(&rig.heard[9_600..19_200])).log10();
    assert!((gain - 3.0).abs() < 0.2, "from -21 to -18 LUFS is 3 dB, not {gain}");
}

#[test]
fn an_error_in_the_middle_pauses_and_says_why() {
    let mut rig = Rig::with(breaking(10, 96_000));
    rig.tell(PlayerCommand::Play);
    let heard = rig.run_to_the_end();
    assert_eq!(rig.state().trouble.as_deref(), Some("The disk went away."), "in the source's words");
    assert!(rig.state().position_ms > 1_600, "close to where it broke: {}", rig.state().position_ms);
    assert_no_click(&heard);
    rig.tell(PlayerCommand::SeekTo { position_ms: 0 });
    rig.tell(PlayerCommand::Play);
    rig.run(200);
    assert!(rig.state().playing && rig.state().trouble.is_none(), "what can be read can be heard");
}

#[test]
fn what_is_told_is_what_is_heard_behind_a_slow_device() {
    let mut rig = Rig::with(numbered(10));
    rig.latency = std::time::Duration::from_millis(200);
    rig.tell(PlayerCommand::Play);
    rig.run(1_000);
    let told = rig.state().position_ms;
    assert!((750..=800).contains(&told), "the device holds 200 ms: {told}");
}
