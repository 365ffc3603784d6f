//! Ogg files: those of others that are taken in, and stored ones.

use crate::pieces::Pieces;
use crate::sound::{as_wav, heard, levels};
use recordings::export::{Channels, ExportFormat, export};
use recordings::peaks::Peaks;
use recordings::retag::retag;
use recordings::silence::silence;
use recordings::stored::Stored;
use recordings::{Span, Tags};
use std::io::Cursor;
use std::path::Path;

/// Longest sound that is also exported and silenced, at 48,000 a second.
const SHORT: u64 = 12_000;
/// What is decoded before a place that is sought.
const PRE_ROLL: u16 = 15_360;

/// How the disk hands the bytes over changes nothing; what is heard is the same when written again; a stored file gives no
/// more sound than it says, from any place, in any portions; with other tags, and with a part silenced, it is as long and its
/// other sound is the same.
pub fn ogg(data: &[u8]) {
    let data = &with_checksums(data);
    let whole = heard(Cursor::new(data.clone()));
    let serial = data.get(14..18).unwrap_or_default();
    assert_eq!(heard(Pieces::cut(data, serial).reader()), whole, "however the bytes come");
    if let Ok(whole) = whole {
        assert_eq!(heard(as_wav(&whole)).expect("our own file").values, whole.values, "written again");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.opus");
    std::fs::write(&path, data).expect("written");
    let Ok(mut stored) = Stored::open(&path, None) else { return };
    let (samples, channels) = (stored.facts().samples, stored.facts().channels);
    assert!((1..=2).contains(&channels), "{channels} channels");
    let all = read_all(&mut stored, 4_096);
    let begins_late = pre_skip(data) > PRE_ROLL;
    for (sample, portion) in [(0, 62), (samples / 2, 4_096), (samples, 4_096), (u64::MAX, 4_096)] {
        stored.seek(sample).expect("any place can be sought");
        let read = read_all(&mut stored, portion);
        let most = samples.saturating_sub(sample) * u64::from(channels);
        assert!(read.len() as u64 <= most, "{} values from {sample} on, of {samples}", read.len());
        // Packets before a place settle the decoder: only from the very beginning is it the same to the last bit.
        assert!(sample != 0 || begins_late || read == all, "in any portions");
    }
    retagged(&path, &all, samples);
    let beside = folder.path().join("a.opus.peaks");
    if let Ok(mut peaks) = Peaks::of_stored(&path, &beside, None) {
        assert_eq!((peaks.samples(), peaks.channels()), (samples, channels), "peaks of the same sound");
        levels(&mut peaks, samples / 96, 33);
    }
    if samples <= SHORT {
        exported(&path, samples, channels);
        silenced(&path, samples);
    }
}

/// What a player leaves out at the beginning, as the head says.
fn pre_skip(data: &[u8]) -> u16 {
    let head = data.windows(8).position(|eight| eight == b"OpusHead");
    let said = head.and_then(|at| data.get(at + 10..at + 12));
    said.map_or(0, |said| u16::from_le_bytes([said[0], said[1]]))
}

fn read_all(stored: &mut Stored, portion: usize) -> Vec<f32> {
    let channels = usize::from(stored.facts().channels);
    let (mut all, mut buffer) = (Vec::new(), vec![0.0; portion]);
    while let Ok(count @ 1..) = stored.read(&mut buffer) {
        assert_eq!(count % channels, 0, "whole frames");
        all.extend_from_slice(&buffer[..count]);
    }
    all
}

fn retagged(path: &Path, all: &[f32], samples: u64) {
    let out = path.with_file_name("b.opus");
    let tags = Tags(vec![("TITLE".to_owned(), "a=b\u{e4}".to_owned()), ("X".to_owned(), String::new())]);
    let Ok(written) = retag(path, &out, &tags, None) else { return };
    assert_eq!(written.samples, samples, "as long as before");
    let mut stored = Stored::open(&out, None).expect("our own file");
    assert_eq!(stored.tags(), tags.0, "the tags that were asked for");
    assert_eq!(stored.facts().samples, samples, "as long as before");
    assert!(read_all(&mut stored, 4_096) == all, "the same sound");
}

fn exported(path: &Path, samples: u64, channels: u8) {
    let out = path.with_file_name("c.wav");
    if let Ok(written) = export(path, None, None, ExportFormat::Wav, &out, Channels::Both) {
        assert_eq!(written.samples, samples, "all of it");
        let said = heard(std::fs::File::open(&out).expect("written"));
        assert!(said.is_ok_and(|said| said.format.channels == channels), "our own file");
    }
    for which in [Channels::Both, Channels::Left, Channels::Right] {
        let part = Some(Span { from_ms: 3, to_ms: samples / 48 });
        let out = path.with_file_name("c.opus");
        if let Ok(written) = export(path, None, part, ExportFormat::Opus, &out, which) {
            let stored = Stored::open(&out, None).expect("our own file");
            assert_eq!(stored.facts().samples, written.samples, "as long as it says");
        }
    }
}

fn silenced(path: &Path, samples: u64) {
    let out = path.with_file_name("d.opus");
    let span = Span { from_ms: samples / 192, to_ms: samples / 96 };
    if let Ok(written) = silence(path, &out, &[span], None) {
        assert_eq!(written.samples, samples, "as long as before");
    } else {
        assert!(!out.exists(), "nothing is left of what could not be silenced");
    }
}

/// Whoever makes a file also makes its checksums: without them hardly any input would be looked at.
fn with_checksums(data: &[u8]) -> Vec<u8> {
    let mut file = data.to_vec();
    let mut at = 0;
    while let Some(head) = file.get(at..at + 27) {
        if !head.starts_with(b"OggS") {
            at += 1;
            continue;
        }
        let segments = usize::from(head[26]);
        let body: usize = file.iter().skip(at + 27).take(segments).map(|piece| usize::from(*piece)).sum();
        let end = at + 27 + segments + body;
        let Some(page) = file.get_mut(at..end) else {
            at += 1;
            continue;
        };
        page[22..26].fill(0);
        let sum = checksum(page);
        page[22..26].copy_from_slice(&sum.to_le_bytes());
        at = end;
    }
    file
}

/// RFC 3533: the polynomial 0x04c11db7, bit by bit.
fn checksum(page: &[u8]) -> u32 {
    page.iter().fold(0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| {
            (sum << 1) ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 }
        })
    })
}
