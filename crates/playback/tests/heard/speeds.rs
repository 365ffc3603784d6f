//! Speech faster and slower: its length follows, its pitch does not.

use crate::speech::{channel, run, samples, text};
use crate::{played, stored};
use playback::PlayerCommand;
use std::f64::consts::TAU;
use std::path::{Path, PathBuf};

const SPEEDS: [f32; 6] = [0.5, 0.75, 1.0, 1.25, 1.5, 2.0];
/// Samples a second that the spectrum is taken at: all there is in a telephone call.
const RATE: usize = 8_000;
/// A window of 128 ms tells harmonics 8 Hz apart.
const WINDOW: usize = 1_024;
/// From bin to bin of the spectrum.
const STEP: f64 = 1.005;

/// Speech on one pitch, so that its harmonics stand as lines in a spectrum over all of it.
fn monotone(folder: &Path) -> PathBuf {
    let (said, to) = (folder.join("said.wav"), folder.join("monotone.wav"));
    let words = "<prosody range=\"0%\">All our lines are in use. We will allow you a longer trial now, \
        and you may reorder a new one any morning.</prosody>";
    run("espeak-ng", &["-m", "-v", "en+m3", "-w", text(&said), words]);
    let rate = RATE.to_string();
    let shape =
        ["gain", "-6", "silence", "1", "0.01", "0.5%", "reverse", "silence", "1", "0.01", "3%", "reverse"];
    run("sox", &[&["-D", text(&said), "-b", "16", "-r", &rate, text(&to)], &shape[..]].concat());
    to
}

/// Sound at 48 kHz, of which there is nothing above 4 kHz, at [`RATE`].
fn telephone(samples: &[f32]) -> Vec<f64> {
    samples.iter().step_by(6).map(|value| f64::from(*value)).collect()
}

/// Powers from 70 Hz to 1.6 kHz, each bin so many hundredths above the one before.
fn spectrum(samples: &[f64]) -> Vec<f64> {
    let bins = ((1_600.0_f64 / 70.0).ln() / STEP.ln()) as i32;
    let shape: Vec<f64> = (0..WINDOW).map(|at| 0.5 - 0.5 * (TAU * at as f64 / WINDOW as f64).cos()).collect();
    let windows = samples.chunks_exact(WINDOW);
    let windows: Vec<Vec<f64>> = windows
        .map(|window| window.iter().zip(&shape).map(|(value, shape)| value * shape).collect())
        .collect();
    (0..bins).map(|bin| mean_power(&windows, 70.0 * STEP.powi(bin)).max(1e-12).log10()).collect()
}

/// By Goertzel's recursion: a bin of a Fourier transform with one multiplication a sample.
fn mean_power(windows: &[Vec<f64>], hertz: f64) -> f64 {
    let turn = 2.0 * (TAU * hertz / RATE as f64).cos();
    let power = |window: &Vec<f64>| {
        let (last, before) =
            window.iter().fold((0.0, 0.0), |(last, before), value| (value + turn * last - before, last));
        last * last + before * before - turn * last * before
    };
    windows.iter().map(power).sum::<f64>() / windows.len() as f64
}

/// The fundamental whose first harmonics have the most in the spectrum, of those that a man's voice can have.
fn pitch(spectrum: &[f64]) -> f64 {
    let at = |hertz: f64| spectrum[((hertz / 70.0).ln() / STEP.ln()).round() as usize];
    let candidates = (0..220).map(|bin| 75.0 * STEP.powi(bin));
    // Against what stands half way to the next one, so that a pitch an octave below does not count as well.
    let comb = |hertz: f64| -> f64 {
        (1..=6).map(|n| at(hertz * f64::from(n)) - at(hertz * (f64::from(n) + 0.5))).sum()
    };
    candidates.max_by(|one, other| comb(*one).total_cmp(&comb(*other))).expect("some")
}

/// By which factor one spectrum has to be moved to be most like the other.
fn moved(from: &[f64], to: &[f64]) -> f64 {
    let most = 140;
    let inner = &from[most..from.len() - most];
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let alike = |by: usize| -> f64 {
        let other = &to[by..by + inner.len()];
        let (one_mean, other_mean) = (mean(inner), mean(other));
        let pairs = inner.iter().zip(other).map(|(one, other)| (one - one_mean, other - other_mean));
        let (product, one, other) = pairs.fold((0.0, 0.0, 0.0), |sums, (one, other)| {
            (sums.0 + one * other, sums.1 + one * one, sums.2 + other * other)
        });
        product / (one * other).sqrt()
    };
    let best = (0..=2 * most).max_by(|one, other| alike(*one).total_cmp(&alike(*other))).expect("some");
    STEP.powi(best as i32 - most as i32)
}

#[test]
fn at_every_speed_speech_keeps_its_pitch() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = monotone(folder.path());
    let said = samples(&source, 48_000);
    let own = spectrum(&telephone(&said));
    let own_pitch = pitch(&own);
    assert!((75.0..220.0).contains(&own_pitch), "a man's voice has a pitch of {own_pitch:.0} Hz");
    let stored = stored(&source);
    for speed in SPEEDS {
        let heard = channel(&played(&stored, [PlayerCommand::Speed(speed)]), 2, 0);
        let wanted = said.len() as f64 / f64::from(speed);
        let off = heard.len() as f64 / wanted - 1.0;
        assert!(off.abs() < 0.01, "at {speed} it lasts {} frames, not {wanted:.0}", heard.len());
        let spectrum = spectrum(&telephone(&heard));
        let pitch = pitch(&spectrum);
        assert!(
            (pitch / own_pitch - 1.0).abs() < 0.011,
            "at {speed} the voice of {own_pitch:.1} Hz has {pitch:.1} Hz"
        );
        let moved = moved(&own, &spectrum);
        assert!((moved - 1.0).abs() < 0.011, "at {speed} the whole spectrum is moved by {moved:.3}");
    }
}

#[test]
fn a_tape_that_is_merely_run_faster_would_be_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = samples(&monotone(folder.path()), 48_000);
    let faster: Vec<f32> = said.iter().step_by(5).flat_map(|value| [*value; 4]).collect();
    let (own, faster) = (spectrum(&telephone(&said)), spectrum(&telephone(&faster)));
    let ratio = pitch(&faster) / pitch(&own);
    assert!((ratio / 1.25 - 1.0).abs() < 0.02, "the measure tells a fourth: {ratio:.3}");
}
