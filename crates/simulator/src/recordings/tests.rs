use super::wav::{a_law, mu_law};
use super::*;
use crate::tape::{Neighbours, Tape, TapeSettings, tape};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

fn office(calls: u32) -> Tape {
    let neighbours = Neighbours::all();
    tape(&TapeSettings { calls, neighbours, ..TapeSettings::default() }).expect("a tape")
}

fn of(tape: &Tape, settings: &RecordingSettings) -> Vec<Recorded> {
    recordings(tape.truth.iter().map(|truth| &truth.call), settings)
}

fn bytes(recorded: &Recorded) -> Vec<u8> {
    let mut bytes = Vec::new();
    recorded.write(&mut bytes).expect("memory");
    bytes
}

#[test]
fn the_same_settings_give_the_same_files() {
    let tape = office(200);
    let settings = RecordingSettings::default();
    let (first, second) = (of(&tape, &settings), of(&tape, &settings));
    assert_eq!(first, second, "names, times, turns");
    assert_eq!(bytes(&first[0]), bytes(&second[0]), "and sound");
    let other = of(&tape, &RecordingSettings { seed: 2, ..settings });
    assert_ne!(bytes(&first[0]), bytes(&other[0]), "another seed, another voice");
}

#[test]
fn five_hundred_calls_have_recordings_of_every_manner_under_names_of_their_own() {
    let found = of(&office(500), &RecordingSettings::default());
    assert!(found.len() > 300, "most calls are talked on: {}", found.len());
    let names: BTreeSet<&str> = found.iter().map(|recorded| recorded.file_name.as_str()).collect();
    assert_eq!(names.len(), found.len(), "no name twice");
    for naming in Naming::ALL {
        assert!(found.iter().any(|recorded| recorded.naming == *naming), "{naming:?} is there");
    }
    let sides: Vec<&SideFile> = found.iter().filter_map(|recorded| recorded.side_file.as_ref()).collect();
    for ending in [".xml", ".json"] {
        assert!(sides.iter().any(|side| side.file_name.ends_with(ending)), "{ending} is there");
    }
    assert!(found.iter().any(|recorded| recorded.by == By::Group), "groups are recorded too");
    assert!(found.iter().any(|recorded| recorded.channels == 2), "some keep the parties apart");
    assert!(found.iter().any(|recorded| recorded.number.is_none()), "some callers are withheld");
}

#[test]
fn a_recording_lies_within_its_call() {
    let tape = office(300);
    let calls: BTreeMap<&str, &Call> =
        tape.truth.iter().map(|truth| (truth.call.id.as_str(), &truth.call)).collect();
    for recorded in of(&tape, &RecordingSettings::default()) {
        let call = calls[recorded.call.as_str()];
        let begins = stretch::instant(&call.started_at).expect("a time");
        let ends = stretch::instant(call.ended_at.as_deref().expect("an end")).expect("a time");
        assert!(recorded.started_at >= begins.plus_ms(-200), "{} before its call", recorded.file_name);
        assert!(recorded.ended_at <= ends.plus_ms(60_000), "{} behind its call", recorded.file_name);
        let talks = call.events.iter().any(|event| event.agent.as_deref() == Some(&recorded.extension));
        assert!(talks, "{} is of somebody in the call", recorded.file_name);
        let ran: u64 = recorded.runs.iter().map(|run| run.to_ms - run.from_ms).sum();
        assert_eq!(recorded.length_ms, ran, "as long as the tape ran");
        assert!(
            recorded.turns.iter().all(|turn| turn.to_ms <= recorded.length_ms),
            "nobody speaks behind the end"
        );
    }
}

fn of_kind(kind: crate::kind::Kind) -> Vec<Recorded> {
    let settings = TapeSettings { calls: 12, kinds: vec![kind], ..TapeSettings::default() };
    of(&tape(&settings).expect("a tape"), &RecordingSettings { groups: 0.0, ..RecordingSettings::default() })
}

#[test]
fn hold_stops_the_tape() {
    let found = of_kind(crate::kind::Kind::HoldResume);
    assert_eq!(found.len(), 12, "one file a call");
    for recorded in found {
        assert_eq!(recorded.runs.len(), 2, "before the hold, and after it");
        let whole = u64::try_from(recorded.ended_at - recorded.started_at).expect("forward");
        assert!(recorded.length_ms + 1_000 < whole, "the hold is not in the file");
    }
}

#[test]
fn a_transfer_ends_a_users_recording() {
    let found = of_kind(crate::kind::Kind::BlindTransfer);
    let mut calls: BTreeMap<&str, Vec<&Recorded>> = BTreeMap::new();
    for recorded in &found {
        calls.entry(&recorded.call).or_default().push(recorded);
    }
    for files in calls.values() {
        assert_eq!(files.len(), 2, "one of each person");
        assert_ne!(files[0].extension, files[1].extension, "of different people");
        assert!(files[0].ended_at <= files[1].started_at, "one after the other");
    }
}

#[test]
fn a_call_that_nobody_took_is_not_recorded() {
    assert_eq!(of_kind(crate::kind::Kind::AbandonedRinging), [], "there is nothing to hear");
}

#[test]
fn the_share_is_kept() {
    let tape = office(400);
    let all = of(&tape, &RecordingSettings::default());
    let half = of(&tape, &RecordingSettings { share: 0.5, ..RecordingSettings::default() });
    let ratio = half.len() as f64 / all.len() as f64;
    assert!((0.4..0.6).contains(&ratio), "about half: {ratio}");
}

#[test]
fn names_carry_the_recorders_clock() {
    let tape = office(50);
    let namings = vec![Naming::ExtensionNumberTime];
    let settings =
        RecordingSettings { namings, groups: 0.0, side_files: 0.0, ..RecordingSettings::default() };
    let right = of(&tape, &settings);
    let ahead = of(&tape, &RecordingSettings { clock_ahead_ms: 3_600_000, ..settings });
    let hour = |recorded: &Recorded| {
        recorded.file_name[recorded.file_name.len() - 10..][..2].parse::<u32>().expect("hours")
    };
    for (right, ahead) in right.iter().zip(&ahead) {
        assert_eq!((hour(right) + 1) % 24, hour(ahead), "an hour ahead: {}", ahead.file_name);
        assert_eq!(right.started_at, ahead.started_at, "the truth is the truth");
    }
}

/// The header's fields, and where the samples begin.
fn header_of(bytes: &[u8]) -> (u16, u16, u32, u16, usize, usize) {
    let word = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    let long = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    assert_eq!((&bytes[..4], &bytes[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]), "a WAV file");
    let data = bytes.windows(4).position(|four| four == b"data").expect("samples");
    (word(20), word(22), long(24), word(34), long(data + 4) as usize, data + 8)
}

fn pcm(length_ms: u64, channels: u8) -> (Recorded, Vec<i16>) {
    let mut recorded = of(&office(20), &RecordingSettings::default()).remove(0);
    (recorded.codec, recorded.channels, recorded.length_ms) = (Codec::Pcm16, channels, length_ms);
    recorded.turns = turns::turns(5, length_ms);
    let bytes = bytes(&recorded);
    let (format, in_header, rate, bits, length, start) = header_of(&bytes);
    assert_eq!((format, in_header, rate, bits), (1, u16::from(channels), 8_000, 16), "as it is said to be");
    assert_eq!(bytes.len() - start, length, "as long as it says");
    let samples = bytes[start..].chunks(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
    (recorded, samples)
}

fn loudness(samples: &[i16]) -> f64 {
    let sum: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    10.0 * (sum / samples.len().max(1) as f64 / 32_768f64.powi(2)).max(1e-12).log10()
}

#[test]
fn who_speaks_is_heard_and_nobody_else() {
    let (recorded, samples) = pcm(60_000, 2);
    assert_eq!(samples.len(), 60 * 8_000 * 2, "to the frame");
    let (left, right): (Vec<i16>, Vec<i16>) = samples.chunks(2).map(|frame| (frame[0], frame[1])).unzip();
    for turn in &recorded.turns {
        let span = turn.from_ms as usize * 8..turn.to_ms as usize * 8;
        let (speaks, listens) = match turn.who {
            Who::Office => (&left[span.clone()], &right[span]),
            Who::Other => (&right[span.clone()], &left[span]),
        };
        assert!(
            (-35.0..-10.0).contains(&loudness(speaks)),
            "speech is as loud as speech: {}",
            loudness(speaks)
        );
        assert!(loudness(listens) < -60.0, "the other one is silent: {}", loudness(listens));
    }
    for pair in recorded.turns.windows(2) {
        let pause = &left[pair[0].to_ms as usize * 8..pair[1].from_ms as usize * 8];
        assert!(loudness(pause) < -60.0, "between turns nobody speaks");
    }
    assert!(
        recorded.turns.windows(2).any(|pair| pair[1].from_ms - pair[0].to_ms > 2_000),
        "long silences are there"
    );
    assert!(samples.iter().all(|sample| sample.unsigned_abs() < 32_000), "nothing is clipped");
}

#[test]
fn two_voices_are_told_apart_by_their_pitch() {
    let (recorded, samples) = pcm(30_000, 1);
    let pitch = |window: &[i16]| -> Option<usize> {
        let alike = |lag: usize| -> f64 {
            let pairs =
                || window.iter().zip(&window[lag..]).map(|(one, other)| (f64::from(*one), f64::from(*other)));
            let product: f64 = pairs().map(|(one, other)| one * other).sum();
            let (one, other) =
                pairs().fold((1.0, 1.0), |sums, (one, other)| (sums.0 + one * one, sums.1 + other * other));
            product / (one * other).sqrt()
        };
        let most = (32..100).map(alike).fold(0.0, f64::max);
        let voiced = most > 0.6 && loudness(window) > -35.0;
        // The first one: every multiple of a period is as good.
        (32..100).find(|lag| voiced && alike(*lag) > 0.93 * most).map(|lag| 8_000 / lag)
    };
    let of = |who: Who| {
        let turns = recorded.turns.iter().filter(|turn| turn.who == who);
        let spoken =
            turns.flat_map(|turn| samples[turn.from_ms as usize * 8..turn.to_ms as usize * 8].chunks(480));
        let mut pitches: Vec<usize> = spoken.filter(|window| window.len() == 480).filter_map(pitch).collect();
        pitches.sort_unstable();
        pitches[pitches.len() / 2]
    };
    assert!(of(Who::Office) < 160 && of(Who::Other) > 160, "{} and {} Hz", of(Who::Office), of(Who::Other));
}

#[test]
fn g711_is_what_the_standard_says() {
    // From the tables of G.711: silence, the ends of the scale, and one in the middle.
    assert_eq!([0, 32_767, -32_768, 1_000, -1_000].map(a_law), [0xd5, 0xaa, 0x2a, 0xfa, 0x7a], "A-law");
    assert_eq!([0, 32_767, -32_768, 1_000, -1_000].map(mu_law), [0xff, 0x80, 0x00, 0xce, 0x4e], "mu-law");
}

#[test]
fn g711_files_say_so_and_have_a_byte_a_sample() {
    for (codec, format) in [(Codec::ALaw, 6), (Codec::MuLaw, 7)] {
        let mut recorded = of(&office(20), &RecordingSettings::default()).remove(0);
        (recorded.codec, recorded.channels, recorded.length_ms) = (codec, 1, 2_000);
        let bytes = bytes(&recorded);
        let (found, channels, rate, bits, length, start) = header_of(&bytes);
        assert_eq!((found, channels, rate, bits, length), (format, 1, 8_000, 8, 16_000), "{codec:?}");
        assert_eq!(bytes.len() - start, 16_000, "all of it is there");
    }
}

#[test]
fn a_file_that_grows_ends_as_the_one_that_is_written_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let recorded = of_kind(crate::kind::Kind::HoldResume).remove(0);
    let path = folder.path().join(&recorded.file_name);
    let mut file = sound::GrowingFile::begin(recorded.clone(), folder.path()).expect("a file");
    let mut sizes = Vec::new();
    for since_ms in [0, 1_000, 2_000, recorded.runs[0].to_ms, recorded.runs[1].from_ms] {
        file.grow(since_ms).expect("it grows");
        sizes.push(std::fs::metadata(&path).expect("it is there").len());
    }
    assert!(sizes.is_sorted() && sizes[2] > sizes[0], "it grows: {sizes:?}");
    assert_eq!(sizes[3], sizes[4], "but not while the call is held");
    let growing = std::fs::read(&path).expect("it can be read");
    assert_eq!(growing[4..8], [0xff; 4], "its length is not known yet");
    file.finish().expect("its end");
    assert_eq!(std::fs::read(&path).expect("it can be read"), bytes(&recorded), "the same in the end");
}

#[tokio::test(start_paused = true)]
async fn files_appear_when_their_stretches_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let tape = tape(&TapeSettings {
        calls: 1,
        kinds: vec![crate::kind::Kind::BlindTransfer],
        ..TapeSettings::default()
    });
    let call = tape.expect("a tape").truth.remove(0).call;
    let truth = folder.path().join("truth.jsonl");
    let recordings = folder.path().join("recordings");
    let settings =
        RecorderSettings { truth: Some(truth.clone()), ..RecorderSettings::in_folder(&recordings) };
    let mut recorder = Recorder::open(&settings).expect("a folder");
    let meant = super::recordings([&call], &settings.of);
    let began = tokio::time::Instant::now();
    let started_at = stretch::instant(&call.started_at).expect("a time");
    recorder.record(&call, started_at, began);
    let first = u64::try_from(meant[0].ended_at - started_at).expect("forward");
    tokio::time::sleep_until(began + Duration::from_millis(first - 100)).await;
    assert_eq!(recorder.written(), (0, None), "nothing before the first one ends");
    recorder.finish().await;
    assert_eq!(recorder.written(), (meant.len() as u64, None), "then all of them");
    for recorded in &meant {
        let written = std::fs::read(recordings.join(&recorded.file_name)).expect("it is there");
        assert_eq!(written, bytes(recorded), "whole");
    }
    let lines = std::fs::read_to_string(&truth).expect("the truth");
    assert_eq!(lines.lines().count(), meant.len(), "with the truth about each");
    let names: Vec<String> = meant.iter().map(|recorded| recorded.file_name.clone()).collect();
    assert_eq!(recorder.take_names(&call.id), names, "and the call knows its files");
}

#[tokio::test(start_paused = true)]
async fn a_running_office_writes_what_its_truth_names() {
    let folder = tempfile::tempdir().expect("a folder");
    for growth in [Growth::WhenComplete, Growth::AsSpoken] {
        let recordings = folder.path().join(format!("{growth:?}"));
        let recorder = RecorderSettings { growth, ..RecorderSettings::in_folder(&recordings) };
        let settings =
            crate::Settings { calls: Some(6), recorder: Some(recorder), ..crate::Settings::default() };
        let simulator = crate::Simulator::start(settings).await.expect("it starts");
        let summary = simulator.wait().await;
        let named: BTreeSet<String> =
            simulator.truth().into_iter().flat_map(|call| call.recordings).collect();
        let found: BTreeSet<String> = std::fs::read_dir(&recordings)
            .expect("a folder")
            .map(|entry| entry.expect("a file").file_name().into_string().expect("text"))
            .filter(|name| name.ends_with(".wav"))
            .collect();
        assert!(!named.is_empty(), "some calls are talked on");
        assert_eq!(found, named, "nothing more, nothing less");
        assert_eq!(
            (summary.recordings, summary.recordings_trouble),
            (named.len() as u64, None),
            "and counted"
        );
        for name in &found {
            let bytes = std::fs::read(recordings.join(name)).expect("it can be read");
            let (.., length, start) = header_of(&bytes);
            assert_eq!(bytes.len() - start, length, "{name} is whole");
        }
    }
}
