//! Files of the library that were damaged: told or bridged, never a crash.

mod speech;

use proptest::prelude::*;
use recordings::export::{Channels, ExportFormat, export};
use recordings::peaks::{Peaks, beside};
use recordings::seal::SealedReader;
use recordings::silence::silence;
use recordings::stored::Stored;
use recordings::{Key, Span};
use speech::{conversation, run, take_plain, text};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// A stored recording and its peaks, made once.
fn example() -> &'static (TempDir, PathBuf) {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let stored = folder.path().join("stored.opus");
        take_plain(&conversation(folder.path(), 8_000), &stored).expect("a readable file");
        (folder, stored)
    })
}

/// Does with a file all that can be done; what counts is that it comes back.
fn try_all(folder: &Path, file: &Path) {
    if let Ok(mut stored) = Stored::open(file, None) {
        let mut buffer = vec![0.0; 9_600];
        for at in [0, 48_000, stored.facts().samples / 2, stored.facts().samples] {
            let _ = stored.seek(at);
            let _ = stored.read(&mut buffer);
        }
    }
    let out = folder.join("out");
    let spans = [Span { from_ms: 2_000, to_ms: 2_300 }];
    let _ = silence(file, &out, &spans, None);
    let part = Some(Span { from_ms: 1_500, to_ms: 2_500 });
    let _ = export(file, None, part, ExportFormat::Opus, &out, Channels::Left);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn a_damaged_recording_is_survived(
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let (_, stored) = example();
        let folder = tempfile::tempdir().expect("a folder");
        let mut bytes = std::fs::read(stored).expect("a file");
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= value;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let file = folder.path().join("damaged.opus");
        std::fs::write(&file, &bytes).expect("a file");
        try_all(folder.path(), &file);
    }

    #[test]
    fn a_damaged_waveform_is_survived(
        flips in proptest::collection::vec((0..200usize, any::<u8>()), 1..10),
        range in any::<(u64, u64)>(),
    ) {
        let (_, stored) = example();
        let folder = tempfile::tempdir().expect("a folder");
        let mut bytes = std::fs::read(beside(stored)).expect("a file");
        for (at, value) in flips {
            bytes[at] ^= value;
        }
        let file = folder.path().join("damaged.peaks");
        std::fs::write(&file, &bytes).expect("a file");
        if let Ok(mut peaks) = Peaks::open(&file, None) {
            let _ = peaks.level(range.0..range.1, 100);
            let _ = peaks.level(0..10_000, 100);
        }
    }

    #[test]
    fn any_sealed_file_is_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let key = Key::from_bytes([5; 32]);
        for bytes in [bytes.clone(), [b"CallDocSealed\x01".to_vec(), bytes].concat()] {
            if let Ok(mut reader) = SealedReader::open(Cursor::new(bytes), &key) {
                let _ = reader.read_to_end(&mut Vec::new());
            }
        }
    }

    #[test]
    fn any_recovery_text_is_survived(text in "\\PC{0,120}") {
        let _ = Key::from_recovery_text(&text);
    }
}

#[test]
fn recordings_of_other_makers_are_read_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, stored) = example();
    let both = folder.path().join("both.wav");
    export(stored, None, None, ExportFormat::Wav, &both, Channels::Both).expect("exported");
    for (name, options) in [("joint.opus", &["--bitrate", "64"][..]), ("long.opus", &["--framesize", "60"])] {
        let file = folder.path().join(name);
        run("opusenc", &[&["--quiet"], options, &[text(&both), text(&file)]].concat());
        let (first, second) =
            (Stored::open(stored, None).expect("ours"), Stored::open(&file, None).expect("theirs"));
        assert_eq!(first.facts(), second.facts(), "{name}: as long, as many channels");
        let heard = speech::heard(&file, None);
        assert_eq!(heard.len() as u64, 2 * second.facts().samples, "{name}: to the sample");
        try_all(folder.path(), &file);
    }
}
