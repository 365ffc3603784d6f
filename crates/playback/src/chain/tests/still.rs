//! At its own speed: what is left out, which party, how loud.

use super::{Memory, at_most, lefts, plain, played, rms, sine, steepest};
use crate::chain::{Chain, More, Settings};
use crate::ring::Frame;
use crate::{Channel, SAMPLE_RATE};
use std::ops::Range;

const SECOND: u64 = SAMPLE_RATE as u64;

fn one(skip: Range<u64>) -> Vec<Range<u64>> {
    std::iter::once(skip).collect()
}

fn places(frames: &[Frame]) -> Vec<u64> {
    frames.iter().map(|frame| frame.place.at).collect()
}

#[test]
fn at_its_own_speed_every_sample_is_as_it_was() {
    let tone = sine(440.0, 1.5, 0.7);
    let frames = played(&mut Memory::mono(tone.clone()), 0, &plain());
    assert_eq!(lefts(&frames), tone, "nothing was asked to be changed");
    assert_eq!(
        places(&frames),
        (0..tone.len() as u64).collect::<Vec<_>>(),
        "each frame says where it is from"
    );
    assert!(frames.iter().all(|frame| frame.left == frame.right), "one channel is heard in both ears");
}

#[test]
fn from_any_place_it_goes_on_as_from_the_start() {
    let tone = sine(300.0, 1.0, 0.7);
    for from in [1u64, 959, 960, 20_011, 47_999] {
        let frames = played(&mut Memory::mono(tone.clone()), from, &plain());
        assert_eq!(lefts(&frames), tone[from as usize..], "from {from} on");
        assert_eq!(frames[0].place.at, from, "and says so");
    }
}

#[test]
fn a_place_behind_the_end_is_the_end() {
    let frames = played(&mut Memory::mono(sine(300.0, 0.1, 0.7)), 1_000_000, &plain());
    assert!(frames.is_empty(), "there is nothing behind the end");
}

#[test]
fn each_party_can_be_heard_alone_in_both_ears() {
    let (one, other) = (sine(300.0, 0.5, 0.5), sine(900.0, 0.5, 0.5));
    let samples: Vec<f32> = one.iter().zip(&other).flat_map(|(left, right)| [*left, *right]).collect();
    let heard = |channel| {
        let mut source = Memory { channels: 2, samples: samples.clone(), at: 0, breaks_at: None };
        let frames = played(&mut source, 0, &Settings { channel, ..plain() });
        frames.iter().map(|frame| (frame.left, frame.right)).collect::<Vec<_>>()
    };
    let twice = |samples: &[f32]| samples.iter().map(|sample| (*sample, *sample)).collect::<Vec<_>>();
    assert_eq!(heard(Channel::Left), twice(&one), "nothing of the right one");
    assert_eq!(heard(Channel::Right), twice(&other), "nothing of the left one");
    let both: Vec<_> = one.iter().copied().zip(other.iter().copied()).collect();
    assert_eq!(heard(Channel::Both), both, "each on its side");
}

#[test]
fn what_is_skipped_is_gone_to_the_frame_and_leaves_no_click() {
    let tone = sine(440.0, 3.0, 0.7);
    let skips = vec![SECOND / 2..SECOND, 2 * SECOND..2 * SECOND + 777];
    let settings = Settings { skips: skips.clone(), ..plain() };
    let frames = played(&mut Memory::mono(tone.clone()), 0, &settings);
    let wanted: Vec<u64> =
        (0..tone.len() as u64).filter(|at| !skips.iter().any(|skip| skip.contains(at))).collect();
    assert_eq!(places(&frames), wanted, "all the others are there, in order");
    assert!(steepest(&lefts(&frames)) <= steepest(&tone) * 1.1, "places that do not fit are faded over");
}

#[test]
fn a_start_inside_a_skip_starts_behind_it() {
    let settings = Settings { skips: one(100..5000), ..plain() };
    let frames = played(&mut Memory::mono(sine(440.0, 1.0, 0.7)), 3000, &settings);
    assert_eq!(frames[0].place.at, 5000, "nothing in between is to be heard");
}

#[test]
fn silence_up_to_the_end_is_left_out_too() {
    let settings = Settings { skips: one(24_000..48_000), ..plain() };
    let frames = played(&mut Memory::mono(sine(440.0, 1.0, 0.7)), 0, &settings);
    assert_eq!(frames.len(), 24_000, "what is skipped at the end is an end");
}

#[test]
fn a_loop_comes_round_for_ever_without_a_click() {
    let tone = sine(440.0, 2.0, 0.7);
    let settings = Settings { looping: Some(10_000..30_001), ..plain() };
    let frames = at_most(&mut Memory::mono(tone.clone()), 5_000, &settings, 100_000);
    let mut wanted = 5_000;
    for frame in &frames {
        assert_eq!(frame.place.at, wanted, "on, and from the end of the loop back to its start");
        wanted = if wanted == 30_000 { 10_000 } else { wanted + 1 };
    }
    assert!(steepest(&lefts(&frames)) <= steepest(&tone) * 1.1, "the way round is faded over");
}

#[test]
fn a_loop_up_to_the_end_comes_round_too() {
    let settings = Settings { looping: Some(40_000..60_000), ..plain() };
    let frames = at_most(&mut Memory::mono(sine(440.0, 1.0, 0.7)), 40_000, &settings, 20_000);
    assert_eq!(frames[8_000].place.at, 40_000, "the end of the recording ends the span");
}

#[test]
fn a_loop_in_which_nothing_is_heard_ends() {
    let settings = Settings { looping: Some(10_000..20_000), skips: one(5_000..25_000), ..plain() };
    let frames = played(&mut Memory::mono(sine(440.0, 1.0, 0.7)), 10_000, &settings);
    assert!(frames.is_empty(), "instead of looking for sound for ever");
}

#[test]
fn an_error_in_the_middle_comes_after_what_could_be_read() {
    let mut source = Memory::mono(sine(440.0, 1.0, 0.7));
    source.breaks_at = Some(24_000);
    let mut chain = Chain::new(1, 0, &plain());
    let mut frames = Vec::new();
    let error = loop {
        match chain.next(&mut source, &mut frames) {
            Ok(More::Yes) => {}
            Ok(More::No) => panic!("it breaks before its end"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.to_string(), "It breaks here.", "the source's own words");
    assert!(frames.len() >= 24_000, "what came before is heard: {} frames", frames.len());
}

#[test]
fn a_quiet_recording_is_made_louder_by_the_gain_alone() {
    let tone = sine(440.0, 1.0, 0.05);
    let settings = Settings { gain_db: Some(12.0), ..plain() };
    let frames = played(&mut Memory::mono(tone.clone()), 0, &settings);
    assert_eq!(frames.len(), tone.len(), "loudness changes no length");
    assert_eq!(frames[777].place.at, 777, "and no place");
    let ratio = rms(&lefts(&frames)) / rms(&tone);
    assert!((20.0 * ratio.log10() - 12.0).abs() < 0.05, "12 dB, and nothing to limit: {ratio}");
}

#[test]
fn no_peak_leaves_above_one_decibel_below_full_scale() {
    // At a quarter of the rate, between the samples lies 3 dB more than on them.
    let step = std::f32::consts::TAU / 4.0;
    let hidden = (0..9_600).map(|i| 0.7 * (step * i as f32 + std::f32::consts::FRAC_PI_4).sin());
    let bursts = (0..9_600).map(|i| if (i / 37) % 5 == 0 { 0.9 } else { -0.02 });
    for (what, signal) in [
        ("a sine between its samples", hidden.collect::<Vec<f32>>()),
        ("edges", bursts.collect()),
        ("speech", super::voice(120.0, 0.5)),
    ] {
        let settings = Settings { gain_db: Some(15.0), ..plain() };
        let frames = played(&mut Memory::mono(signal), 0, &settings);
        let peak = 20.0 * true_peak(&lefts(&frames)).log10();
        assert!(peak <= -1.0, "{what} peaks at {peak} dB");
        assert!(peak > -2.5, "{what} is not pressed more than it must be: {peak} dB");
    }
}

#[test]
fn a_limited_peak_pulls_its_neighbourhood_down_for_a_moment_only() {
    let mut tone = sine(440.0, 2.0, 0.1);
    tone[24_000] = 0.9;
    let settings = Settings { gain_db: Some(12.0), ..plain() };
    let out = lefts(&played(&mut Memory::mono(tone.clone()), 0, &settings));
    let gain = |range: Range<usize>| 20.0 * (rms(&out[range.clone()]) / rms(&tone[range])).log10();
    assert!((gain(0..20_000) - 12.0).abs() < 0.05, "as it was before the peak");
    assert!((gain(40_000..90_000) - 12.0).abs() < 0.05, "and again after it");
}

/// By eightfold interpolation with many taps, another way than the limiter's own.
fn true_peak(samples: &[f32]) -> f32 {
    let mut peak = 0.0f32;
    for at in 0..samples.len() {
        for part in 0..8 {
            let between = part as f32 / 8.0;
            let mut value = 0.0;
            for tap in -16isize..=16 {
                let Some(sample) = at.checked_add_signed(tap).and_then(|place| samples.get(place)) else {
                    continue;
                };
                let x = tap as f32 - between;
                let window = 0.5 + 0.5 * (std::f32::consts::PI * x / 17.5).cos();
                let sinc = if x.abs() < 1e-6 {
                    1.0
                } else {
                    (std::f32::consts::PI * x).sin() / (std::f32::consts::PI * x)
                };
                value += sample * window * sinc;
            }
            peak = peak.max(value.abs());
        }
    }
    peak
}
