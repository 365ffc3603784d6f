//! Speech through every codec and out of the player.

use crate::speech::{alignment, channel, correlation, decibels, envelope, monologue, run, samples, text};
use crate::{conversation, ends_loud, played, stored};
use playback::{Channel, PlayerCommand};
use std::path::{Path, PathBuf};

/// Frames by which a length may be off: a millisecond.
const LENGTH: usize = 48;

/// Each channel of what is heard is that of the source: as long, at its place, alike in wave form and in loudness over
/// time.
fn compare(name: &str, source: &[f32], channels: usize, heard: &[f32], alike: f64) {
    let (said, came) = (source.len() / channels, heard.len() / 2);
    assert!(said.abs_diff(came) <= LENGTH, "{name}: {came} frames are heard of {said}");
    for which in 0..2 {
        let said = channel(source, channels, which.min(channels - 1));
        let came = channel(heard, 2, which);
        let (shift, best) = alignment(&said, &came, 40);
        assert!(shift.abs() <= 24, "{name}, channel {which}: {shift} frames late");
        assert!(best > alike, "{name}, channel {which}: wave form alike by {best:.3} only");
        let loudness = correlation(&envelope(&said, 48_000), &envelope(&came, 48_000));
        assert!(loudness > 0.98, "{name}, channel {which}: loudness over time alike by {loudness:.3} only");
    }
}

fn coded(source: &Path, name: &str, codec: &[&str]) -> PathBuf {
    let file = source.with_file_name(name);
    let begin = ["-v", "error", "-y", "-i", text(source)];
    run("ffmpeg", &[&begin, codec, &[text(&file)]].concat());
    file
}

/// The conversation in each of these codings, as it is heard.
fn heard_as_said(kinds: &[(&str, &[&str])]) {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path());
    let said = samples(&source, 48_000);
    for (name, codec) in kinds {
        let heard = played(&stored(&coded(&source, name, codec)), []);
        compare(name, &said, 2, &heard, 0.85);
    }
}

#[test]
fn of_whole_numbers_what_was_said_is_heard() {
    heard_as_said(&[
        ("pcm8.wav", &["-c:a", "pcm_u8"]),
        ("pcm16.wav", &["-c:a", "pcm_s16le"]),
        ("pcm24.wav", &["-c:a", "pcm_s24le"]),
    ]);
}

#[test]
fn of_float_and_g711_what_was_said_is_heard() {
    heard_as_said(&[
        ("float.wav", &["-c:a", "pcm_f32le"]),
        ("alaw.wav", &["-c:a", "pcm_alaw"]),
        ("mulaw.wav", &["-c:a", "pcm_mulaw"]),
    ]);
}

#[test]
fn of_compressed_speech_what_was_said_is_heard() {
    heard_as_said(&[
        ("speech.opus", &["-c:a", "libopus", "-b:a", "64k"]),
        ("speech.mp3", &["-c:a", "libmp3lame", "-b:a", "64k"]),
        ("speech.flac", &["-c:a", "flac"]),
    ]);
}

#[test]
fn one_party_is_heard_alone_in_both_ears() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path());
    let stored = stored(&source);
    let said = samples(&source, 48_000);
    // The right one, because it speaks at the end.
    let heard = played(&stored, [PlayerCommand::Channel(Channel::Right)]);
    let (other, own) = (channel(&said, 2, 0), channel(&said, 2, 1));
    compare("the right one", &own, 1, &heard, 0.85);
    let seconds = (0..own.len() - 48_000).step_by(48_000);
    let others: Vec<usize> = seconds
        .filter(|at| decibels(&other[*at..at + 48_000]) > -35.0)
        .filter(|at| decibels(&own[*at..at + 48_000]) < -80.0)
        .collect();
    assert!(others.len() >= 3, "the other one speaks alone for some seconds: {others:?}");
    for at in others {
        let level = decibels(&heard[at * 2..(at + 48_000) * 2]);
        assert!(level < -75.0, "second {}: {level:.0} dBFS of the other one", at / 48_000);
    }
}

#[test]
fn a_single_channel_is_heard_in_both_ears() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = monologue(folder.path(), 16_000);
    let source = ends_loud(&whole, &folder.path().join("one.wav"));
    let heard = played(&stored(&source), []);
    compare("one channel", &samples(&source, 48_000), 1, &heard, 0.85);
    assert!(heard.chunks(2).all(|frame| frame[0] == frame[1]), "the same in both");
}

#[test]
fn of_gsm_what_was_said_is_heard() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = monologue(folder.path(), 8_000);
    let source = ends_loud(&whole, &folder.path().join("one.wav"));
    let coded = folder.path().join("gsm.wav");
    run("sox", &["-D", text(&source), "-e", "gsm-full-rate", text(&coded)]);
    compare("GSM", &samples(&source, 48_000), 1, &played(&stored(&coded), []), 0.75);
}
