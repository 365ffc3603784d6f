//! Files that are not what they claim.

mod speech;

use proptest::prelude::*;
use recordings::audio::Audio;
use recordings::{Cancel, Encoding, Tags, Take, Unreadable, take};
use speech::{conversation, monologue, run, take_plain, text};
use std::io::Cursor;
use std::path::Path;

fn outcome(folder: &Path, name: &str, bytes: &[u8]) -> Unreadable {
    let source = folder.join(name);
    std::fs::write(&source, bytes).expect("a file");
    let working = folder.join("working");
    let error = take_plain(&source, &working).expect_err("nothing to take");
    assert!(!working.exists(), "{name}: nothing is left of a file that was not taken");
    let said = error.to_string();
    assert!(said.ends_with('.') && said.len() > 15, "a sentence: {said}");
    error
}

/// Bytes without a pattern.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn what_is_no_sound_is_told_by_its_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = |name: &str, bytes: &[u8]| outcome(folder.path(), name, bytes);
    assert!(matches!(error("a.wav", b""), Unreadable::Empty), "no bytes");
    assert!(matches!(error("b.wav", &noise(100_000)), Unreadable::Encrypted), "random bytes");
    let text = "Dear colleague, the recordings are on the other server. ".repeat(200);
    assert!(matches!(error("c.wav", text.as_bytes()), Unreadable::NotAudio), "a text");
    assert!(matches!(error("d.wav", b"RIFF\x04\0\0\0WAVE"), Unreadable::Damaged { .. }), "only a head");
    assert!(
        matches!(error("e.opus", b"OggS"), Unreadable::Damaged { .. } | Unreadable::NotAudio),
        "four bytes"
    );
}

#[test]
fn a_codec_that_is_not_read_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, coded) = (monologue(folder.path(), 8_000), folder.path().join("coded.wav"));
    run("ffmpeg", &["-v", "error", "-i", text(&source), "-c:a", "g726", "-b:a", "32k", text(&coded)]);
    let error = take_plain(&coded, &folder.path().join("working")).expect_err("not readable");
    assert!(error.to_string().contains("G.726"), "the codec is named: {error}");
}

#[test]
fn a_wav_that_is_still_growing_or_cut_is_taken_as_far_as_it_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = std::fs::read(conversation(folder.path(), 8_000)).expect("a file");
    let at = whole.windows(4).position(|four| four == b"data").expect("a data chunk") + 4;
    let sound = (whole.len() - at - 4) as u64 / 4 * 6;
    for size in [0, 0xffff_ffff_u32] {
        let mut bytes = whole.clone();
        bytes[4..8].copy_from_slice(&size.to_le_bytes());
        bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
        let file = folder.path().join("growing.wav");
        std::fs::write(&file, &bytes).expect("a file");
        let taken = take_plain(&file, &folder.path().join("working")).expect("readable");
        assert_eq!(taken.samples, sound, "size {size:#x} in the header: all that is there");
    }
    let file = folder.path().join("cut.wav");
    std::fs::write(&file, &whole[..whole.len() / 2 + 1]).expect("a file");
    let taken = take_plain(&file, &folder.path().join("working")).expect("readable");
    assert_eq!(taken.samples, (whole.len() / 2 + 1 - at - 4) as u64 / 4 * 6, "whole samples only");
    assert!(!taken.remarks.is_empty(), "that a part is missing is said");
    // Chunks of others before the sound, one of odd length, and behind it.
    let mut bytes = whole[..12].to_vec();
    bytes.extend(b"LIST\x03\0\0\0abc\0");
    bytes.extend(&whole[12..]);
    bytes.extend(b"bext\x04\0\0\0abcd");
    std::fs::write(&file, &bytes).expect("a file");
    let taken = take_plain(&file, &folder.path().join("working")).expect("readable");
    assert_eq!(
        (taken.samples, taken.source_bytes),
        (sound, bytes.len() as u64),
        "chunks of others are no sound"
    );
}

#[test]
fn cut_files_of_every_kind_end_early_or_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = monologue(folder.path(), 16_000);
    for name in ["cut.mp3", "cut.flac", "cut.opus", "cut.ogg"] {
        let file = folder.path().join(name);
        run("ffmpeg", &["-v", "error", "-i", text(&source), text(&file)]);
        let bytes = std::fs::read(&file).expect("a file");
        for length in [10, 50, 300, bytes.len() / 2, bytes.len() - 3] {
            std::fs::write(&file, &bytes[..length]).expect("a file");
            let outcome = take_plain(&file, &folder.path().join("working"));
            if length == bytes.len() / 2 {
                let taken = outcome.unwrap_or_else(|error| panic!("{name}: half of it is readable: {error}"));
                assert!(taken.duration_ms() > 3_000, "{name}: {} ms of half", taken.duration_ms());
            }
        }
    }
}

#[test]
fn what_is_stopped_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path(), 8_000);
    let working = folder.path().join("working");
    let cancel = Cancel::default();
    let what = Take {
        source: &source,
        working: &working,
        tags: Tags::default(),
        encoding: Encoding::default(),
        seal: None,
    };
    let stop = cancel.clone();
    let outcome = take(&what, &cancel, &mut |share| {
        if share > 0.3 {
            stop.cancel();
        }
    });
    assert!(matches!(outcome, Err(Unreadable::Cancelled)), "stopped: {outcome:?}");
    assert!(!working.exists() && !recordings::peaks::beside(&working).exists(), "nothing is left");
}

/// Reads some of anything; what counts is that it comes back.
fn read_some(bytes: Vec<u8>) {
    for hint in [None, Some("wav"), Some("mp3")] {
        let Ok(mut audio) = Audio::open(Cursor::new(bytes.clone()), hint) else { continue };
        let mut out = Vec::new();
        for _ in 0..200 {
            out.clear();
            if !matches!(audio.read(&mut out), Ok(true)) {
                break;
            }
            assert!(out.len() < 4_000_000, "a piece is bounded");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        read_some(bytes);
    }

    #[test]
    fn any_head_of_wav_is_survived(
        fmt in proptest::collection::vec(any::<u8>(), 16..60),
        tag in prop::sample::select(vec![1u16, 2, 3, 6, 7, 0x11, 0x31, 0xfffe]),
        size in any::<u32>(),
        sound in proptest::collection::vec(any::<u8>(), 0..2_000),
    ) {
        let mut bytes = b"RIFF\0\0\0\0WAVEfmt ".to_vec();
        bytes.extend((fmt.len() as u32).to_le_bytes());
        bytes.extend(tag.to_le_bytes());
        bytes.extend(&fmt[2..]);
        bytes.extend(b"data");
        bytes.extend(size.to_le_bytes());
        bytes.extend(sound);
        read_some(bytes);
    }

    #[test]
    fn any_opus_is_survived(
        head in proptest::collection::vec(any::<u8>(), 0..40),
        packets in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..6),
        granule in any::<u64>(),
    ) {
        let mut all = vec![[b"OpusHead\x01".to_vec(), head].concat(), b"OpusTags".to_vec()];
        all.extend(packets);
        let mut bytes = Vec::new();
        for (number, packet) in all.iter().enumerate() {
            bytes.extend(page(number as u32, packet, granule, number + 1 == all.len()));
        }
        read_some(bytes);
    }
}

/// A page with one packet and a right checksum.
fn page(number: u32, packet: &[u8], granule: u64, last: bool) -> Vec<u8> {
    let flags = if number == 0 { 2 } else { 0 } | if last { 4 } else { 0 };
    let mut page = [b"OggS\0".as_slice(), &[flags], &granule.to_le_bytes(), &[7, 0, 0, 0]].concat();
    page.extend(number.to_le_bytes());
    page.extend([0; 4]);
    page.push((packet.len() / 255 + 1) as u8);
    page.extend(vec![255; packet.len() / 255]);
    page.push((packet.len() % 255) as u8);
    page.extend(packet);
    let mut sum = 0u32;
    for &byte in &page {
        sum ^= u32::from(byte) << 24;
        for _ in 0..8 {
            sum = sum << 1 ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 };
        }
    }
    page[22..26].copy_from_slice(&sum.to_le_bytes());
    page
}
