//! Real speech to try things with: espeak-ng says it, sox and ffmpeg code it.

#![allow(dead_code, reason = "each test uses a part of it")]

use recordings::{Cancel, Encoding, Tags, Take, Taken, take};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const CALLER: &str = "Good morning, this is Anna Berger. I am calling about the order from last Tuesday. It has not \
    arrived yet, and I would like to know when I can expect it.";
pub(crate) const AGENT: &str = "Thank you for calling. Let me have a look at it for you. The parcel left our house on Friday, so \
    it should be with you tomorrow before noon.";

/// Runs a program that the tests need; says which when it is missing.
pub(crate) fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("this test needs the program {program}: {error}"));
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?} failed: {text}");
    text
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Two people in turns, one a channel, at this rate: PCM 16 bit WAV. The left speaks first.
pub(crate) fn conversation(folder: &Path, rate: u32) -> PathBuf {
    let (left, right) = (folder.join("left.wav"), folder.join("right.wav"));
    run("espeak-ng", &["-v", "en+f3", "-w", text(&left), CALLER]);
    run("espeak-ng", &["-v", "en+m3", "-s", "150", "-w", text(&right), AGENT]);
    let mono = |from: &Path, name: &str, before: &str| {
        let to = folder.join(name);
        let rate = rate.to_string();
        // With 1 s before and after what is said.
        run("sox", &["-D", text(from), "-b", "16", "-r", &rate, text(&to), "gain", "-6", "pad", before, "1"]);
        to
    };
    let seconds: f64 = run("soxi", &["-D", text(&left)]).trim().parse().expect("seconds");
    let left = mono(&left, "caller.wav", "1");
    let right = mono(&right, "agent.wav", &format!("{:.3}", seconds + 2.0));
    let both = folder.join(format!("both-{rate}.wav"));
    run("sox", &["-D", "-M", text(&left), text(&right), text(&both)]);
    both
}

/// One person, one channel.
pub(crate) fn monologue(folder: &Path, rate: u32) -> PathBuf {
    let both = conversation(folder, rate);
    let to = folder.join(format!("mono-{rate}.wav"));
    run("sox", &["-D", text(&both), text(&to), "remix", "1,2"]);
    to
}

/// What ffmpeg hears, interleaved, at the file's rate.
pub(crate) fn samples(path: &Path, rate: u32) -> Vec<f32> {
    let raw = path.with_extension("f32");
    let rate = rate.to_string();
    run("ffmpeg", &["-v", "error", "-y", "-i", text(path), "-f", "f32le", "-ar", &rate, text(&raw)]);
    let bytes = std::fs::read(&raw).expect("what ffmpeg wrote");
    bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

pub(crate) fn channel(samples: &[f32], channels: usize, which: usize) -> Vec<f32> {
    samples.iter().skip(which).step_by(channels).copied().collect()
}

/// How alike two sounds are when none is shifted, 1 for the same.
pub(crate) fn correlation(left: &[f32], right: &[f32]) -> f64 {
    let mut sums = (0.0, 0.0, 0.0);
    for (&left, &right) in left.iter().zip(right) {
        let (left, right) = (f64::from(left), f64::from(right));
        sums = (sums.0 + left * right, sums.1 + left * left, sums.2 + right * right);
    }
    sums.0 / (sums.1 * sums.2).sqrt().max(1e-12)
}

/// The shift within `most` frames at which the loudest second of two sounds are most alike, and how alike they are.
pub(crate) fn alignment(left: &[f32], right: &[f32], most: usize) -> (i64, f64) {
    let length = 48_000.min(left.len().saturating_sub(2 * most + 1));
    let begin = (most..left.len() - length - most)
        .step_by(4_800)
        .max_by(|&one, &other| {
            power(&left[one..one + length]).total_cmp(&power(&left[other..other + length]))
        })
        .expect("some sound");
    let piece = &left[begin..begin + length];
    (0..=2 * most)
        .map(|at| (at as i64 - most as i64, correlation(piece, &right[begin + at - most..])))
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .expect("shifts")
}

/// The power of each 20 ms.
pub(crate) fn envelope(samples: &[f32], rate: usize) -> Vec<f32> {
    samples.chunks(rate / 50).map(|chunk| power(chunk).sqrt()).collect()
}

pub(crate) fn power(samples: &[f32]) -> f32 {
    samples.iter().map(|value| value * value).sum::<f32>() / samples.len().max(1) as f32
}

pub(crate) fn decibels(samples: &[f32]) -> f32 {
    10.0 * power(samples).max(1e-12).log10()
}

pub(crate) fn take_plain(source: &Path, working: &Path) -> Result<Taken, recordings::Unreadable> {
    let tags = Tags(vec![("TITLE".into(), "Anna Berger".into()), ("CALLDOC_CALL".into(), "4711".into())]);
    let what = Take { source, working, tags, encoding: Encoding::default(), seal: None };
    take(&what, &Cancel::default(), &mut |_| {})
}

/// All of a stored file, interleaved at 48,000 a second.
pub(crate) fn heard(path: &Path, key: Option<&recordings::Key>) -> Vec<f32> {
    let mut stored = recordings::stored::Stored::open(path, key).expect("a stored file");
    let mut all = Vec::new();
    let mut buffer = vec![0.0; 10_000];
    loop {
        let read = stored.read(&mut buffer).expect("sound");
        if read == 0 {
            return all;
        }
        all.extend_from_slice(&buffer[..read]);
    }
}
