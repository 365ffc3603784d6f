//! Faster and slower: the length follows the speed, the pitch does not.

use super::{Memory, lefts, plain, played, rms, sine, steepest, voice};
use crate::SAMPLE_RATE;
use crate::chain::Settings;

const SPEEDS: [f32; 6] = [0.5, 0.75, 1.25, 1.5, 1.9, 2.0];

fn at_speed(samples: &[f32], speed: f32) -> Vec<f32> {
    lefts(&played(&mut Memory::mono(samples.to_vec()), 0, &Settings { speed, ..plain() }))
}

/// How much of a frequency is in it.
fn share(samples: &[f32], hertz: f64) -> f64 {
    let step = std::f64::consts::TAU * hertz / f64::from(SAMPLE_RATE);
    let (mut cosine, mut sine) = (0.0, 0.0);
    for (i, sample) in samples.iter().enumerate() {
        let window = 0.5 - 0.5 * (std::f64::consts::TAU * i as f64 / samples.len() as f64).cos();
        cosine += f64::from(*sample) * window * (step * i as f64).cos();
        sine += f64::from(*sample) * window * (step * i as f64).sin();
    }
    cosine.hypot(sine)
}

/// The strongest frequency within 6 % of one, to a third of a hundredth.
fn strongest(samples: &[f32], around: f64) -> f64 {
    let candidates = (-20..=20).map(|part| around * (1.0 + f64::from(part) / 333.0));
    let shares: Vec<_> = candidates.map(|hertz| (share(samples, hertz), hertz)).collect();
    shares.into_iter().max_by(|one, other| one.0.total_cmp(&other.0)).expect("some").1
}

/// The pitch of a voice of about so many hertz, by the lag at which it is most like itself.
fn pitch(samples: &[f32], around: f32) -> f64 {
    let alike = |lag: usize| -> f64 {
        samples.iter().zip(&samples[lag..]).step_by(5).map(|(one, other)| f64::from(one * other)).sum()
    };
    let period = SAMPLE_RATE as f32 / around;
    let lags = (period * 0.9) as usize..(period * 1.1) as usize;
    let lag = lags.max_by(|one, other| alike(*one).total_cmp(&alike(*other))).expect("some");
    f64::from(SAMPLE_RATE) / lag as f64
}

#[test]
fn the_length_follows_the_speed_to_the_frame() {
    let speech = voice(110.0, 1.0);
    for speed in SPEEDS {
        let wanted = (speech.len() as f64 / f64::from(speed)).round();
        let found = at_speed(&speech, speed).len() as f64;
        assert!((found - wanted).abs() <= 1.0, "{found} frames at {speed}, not {wanted}");
    }
}

#[test]
fn a_tone_keeps_its_pitch_and_its_strength() {
    for hertz in [100.0, 440.0, 3000.0] {
        let tone = sine(hertz, 0.5, 0.5);
        for speed in SPEEDS {
            let found = at_speed(&tone, speed);
            let strongest = strongest(&found, f64::from(hertz));
            let off = (strongest / f64::from(hertz) - 1.0).abs();
            assert!(off < 0.01, "{hertz} Hz at {speed} sounds like {strongest} Hz");
            let strength = 20.0 * (rms(&found) / rms(&tone)).log10();
            assert!(strength.abs() < 1.0, "{hertz} Hz at {speed} is {strength} dB louder");
        }
    }
}

#[test]
fn a_voice_keeps_its_pitch() {
    for hertz in [90.0, 130.0, 220.0] {
        let speech = voice(hertz, 0.8);
        let own = pitch(&speech, hertz);
        for speed in SPEEDS {
            let found = pitch(&at_speed(&speech, speed), hertz);
            assert!((found / own - 1.0).abs() < 0.01, "a voice of {own} Hz at {speed} has {found} Hz");
        }
    }
}

#[test]
fn a_voice_keeps_its_colour() {
    let speech = voice(120.0, 1.0);
    let colour = |samples: &[f32]| -> Vec<f64> {
        let shares: Vec<f64> = (2..24).map(|n| share(samples, 120.0 * f64::from(n))).collect();
        let whole = shares.iter().map(|share| share * share).sum::<f64>().sqrt();
        shares.iter().map(|share| share / whole).collect()
    };
    let own = colour(&speech);
    for speed in SPEEDS {
        let found = colour(&at_speed(&speech, speed));
        let alike: f64 = own.iter().zip(&found).map(|(one, other)| one * other).sum();
        assert!(alike > 0.9, "the formants stand where they stood at {speed}: {alike}");
    }
}

#[test]
fn windows_meet_without_a_click() {
    let tone = sine(313.0, 1.0, 0.5);
    for speed in SPEEDS {
        let found = at_speed(&tone, speed);
        // The last window meets the silence behind the recording.
        let inner = &found[..found.len() - 2_000];
        assert!(steepest(inner) < steepest(&tone) * 1.35, "{} at {speed}", steepest(inner) / steepest(&tone));
    }
}

#[test]
fn places_run_evenly_at_every_speed() {
    for speed in SPEEDS {
        let mut source = Memory::mono(voice(110.0, 1.0));
        let frames = played(&mut source, 5_000, &Settings { speed, ..plain() });
        for (t, frame) in frames.iter().enumerate() {
            let wanted = 5_000 + (t as f64 * f64::from(speed)) as u64;
            assert!(frame.place.at.abs_diff(wanted) <= 1, "frame {t} at {speed} is from {}", frame.place.at);
        }
    }
}

#[test]
fn what_is_heard_is_what_is_at_its_place() {
    // A beep in silence: where it sounds, the places are those of the beep, to the reach of the search and a half window.
    let mut samples = vec![0.0; 96_000];
    samples[48_000..60_000].copy_from_slice(&sine(500.0, 0.25, 0.5));
    for speed in SPEEDS {
        let mut source = Memory::mono(samples.clone());
        let frames = played(&mut source, 0, &Settings { speed, ..plain() });
        let loud = |frame: &&crate::ring::Frame| frame.left.abs() > 0.1;
        let first = frames.iter().find(loud).expect("a beep").place.at;
        let last = frames.iter().rev().find(loud).expect("a beep").place.at;
        assert!(first.abs_diff(48_000) < 2_200, "it begins at {first} at {speed}");
        assert!(last.abs_diff(60_000) < 2_200, "it ends at {last} at {speed}");
    }
}

#[test]
fn two_parties_are_moved_alike() {
    let (one, other) = (voice(110.0, 1.0), voice(190.0, 1.0));
    let samples = one.iter().zip(&other).flat_map(|(left, right)| [*left, *right]).collect();
    let mut source = Memory { channels: 2, samples, at: 0, breaks_at: None };
    let frames = played(&mut source, 0, &Settings { speed: 1.5, ..plain() });
    let rights: Vec<f32> = frames.iter().map(|frame| frame.right).collect();
    assert!(
        (pitch(&lefts(&frames), 110.0) / pitch(&one, 110.0) - 1.0).abs() < 0.01,
        "the left voice is the left voice"
    );
    assert!(
        (pitch(&rights, 190.0) / pitch(&other, 190.0) - 1.0).abs() < 0.01,
        "the right voice is the right voice"
    );
}
