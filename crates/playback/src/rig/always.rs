//! What holds whatever is asked in whatever order.

use super::{Rig, numbered};
use crate::{Channel, PlayerCommand, PlayerState, Span};
use proptest::prelude::*;
use std::time::Duration;

#[derive(Debug, Clone)]
enum Step {
    Tell(Told),
    Run(u64),
    Latency(u64),
}

/// Everything that moves no position by itself.
#[derive(Debug, Clone)]
enum Told {
    Play,
    Pause,
    Speed(f32),
    Skip(bool),
    Channel(Channel),
    Even(bool),
    Volume(f32),
}

impl From<&Told> for PlayerCommand {
    fn from(told: &Told) -> PlayerCommand {
        match told {
            Told::Play => PlayerCommand::Play,
            Told::Pause => PlayerCommand::Pause,
            Told::Speed(speed) => PlayerCommand::Speed(*speed),
            Told::Skip(skip) => PlayerCommand::SkipSilence(*skip),
            Told::Channel(channel) => PlayerCommand::Channel(*channel),
            Told::Even(even) => PlayerCommand::EvenLoudness(*even),
            Told::Volume(volume) => PlayerCommand::Volume(*volume),
        }
    }
}

fn told() -> impl Strategy<Value = Told> {
    let channel = prop_oneof![Just(Channel::Left), Just(Channel::Right), Just(Channel::Both)];
    prop_oneof![
        3 => Just(Told::Play),
        1 => Just(Told::Pause),
        1 => (0.5f32..2.0).prop_map(Told::Speed),
        1 => any::<bool>().prop_map(Told::Skip),
        1 => channel.prop_map(Told::Channel),
        1 => any::<bool>().prop_map(Told::Even),
        1 => (0.0f32..1.0).prop_map(Told::Volume),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => told().prop_map(Step::Tell),
        3 => (0u64..400).prop_map(Step::Run),
        1 => (0u64..150).prop_map(Step::Latency),
    ];
    prop::collection::vec(step, 1..25)
}

fn positions(states: &[PlayerState]) -> Vec<u64> {
    states.iter().map(|state| state.position_ms).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn positions_never_run_back_without_a_seek_or_a_loop(steps in steps()) {
        let mut rig = Rig::with(numbered(30));
        for step in &steps {
            match step {
                Step::Tell(told) => rig.tell(told.into()),
                Step::Run(milliseconds) => rig.run(*milliseconds),
                Step::Latency(milliseconds) => rig.latency = Duration::from_millis(*milliseconds),
            }
        }
        let positions = positions(&rig.states);
        prop_assert!(positions.is_sorted(), "they run on only: {positions:?}");
    }

    #[test]
    fn a_seek_is_told_exactly_and_followed_whatever_came_before(
        steps in steps(),
        position_ms in 0u64..20_000,
    ) {
        let mut rig = Rig::with(numbered(30));
        for step in &steps {
            match step {
                Step::Tell(told) => rig.tell(told.into()),
                Step::Run(milliseconds) => rig.run(*milliseconds),
                Step::Latency(_) => {}
            }
        }
        rig.tell(PlayerCommand::SeekTo { position_ms });
        prop_assert_eq!(rig.state().position_ms, position_ms, "told at once");
        rig.tell(PlayerCommand::Play);
        rig.run(300);
        let (speed, skips) = (rig.state().speed, rig.state().skip_silence);
        let moved = rig.state().position_ms - position_ms;
        let most = (310.0 * speed) as u64 + if skips { 800 } else { 0 };
        prop_assert!(moved <= most && moved + 150 >= (250.0 * speed) as u64, "{} ms in 300 ms at {}", moved, speed);
    }
}

#[test]
fn a_thousand_seeks_are_all_told_and_the_last_is_heard() {
    let mut rig = Rig::with(numbered(60));
    rig.tell(PlayerCommand::Play);
    for step in 0..1_000u64 {
        let position_ms = (step * 7_919) % 59_000;
        rig.tell(PlayerCommand::SeekTo { position_ms });
        assert_eq!(rig.state().position_ms, position_ms, "each is told");
        if step % 3 == 0 {
            rig.decode();
        }
        if step % 10 == 0 {
            rig.run(10);
        }
    }
    rig.tell(PlayerCommand::SeekTo { position_ms: 42_000 });
    rig.run(200);
    assert!(rig.shared.ring.len() <= crate::shared::AHEAD, "nothing of the others is left in the ring");
    assert!((42_100..=42_200).contains(&rig.state().position_ms), "at {}", rig.state().position_ms);
}

#[test]
fn a_thousand_seeks_while_nothing_plays_leave_room_for_the_last() {
    let mut rig = Rig::with(numbered(60));
    for step in 0..1_000u64 {
        rig.tell(PlayerCommand::SeekTo { position_ms: step * 50 });
        if step % 7 == 0 {
            rig.decode();
        }
    }
    rig.tell(PlayerCommand::Loop(Some(Span { from_ms: 49_000, to_ms: 59_000 })));
    rig.tell(PlayerCommand::Play);
    rig.run(200);
    assert!((50_050..=50_200).contains(&rig.state().position_ms), "at {}", rig.state().position_ms);
}
