//! WAV files.

use crate::pieces::Pieces;
use crate::sound::{Heard, as_wav, heard, levels};
use recordings::peaks::Peaks;
use recordings::stored::Stored;
use recordings::{Cancel, Encoding, Tags, Take, place, take};
use std::io::Cursor;

/// The densest coding, GSM, has 320 samples in 65 bytes.
const VALUES_PER_BYTE: usize = 5;
/// Frames up to which a sound is taken in as well, which takes a thousand times as long as reading it.
const TAKEN_FRAMES: usize = 1_600;

/// Sound is bounded by the file's size; how the disk hands the bytes over changes nothing; written again it is the same; a
/// short one is taken in, and what is stored is as long as it says and has its peaks.
pub fn wav(data: &[u8]) {
    let whole = heard(Cursor::new(data.to_vec()));
    // The length in the head is a hint only: it serves as lengths of pieces here.
    let lengths = data.get(4..8).unwrap_or_default();
    assert_eq!(heard(Pieces::cut(data, lengths).reader()), whole, "however the bytes come");
    let Ok(whole) = whole else { return };
    let most = VALUES_PER_BYTE * data.len();
    let is_wave = data.get(8..12) == Some(b"WAVE");
    assert!(
        !is_wave || whole.values.len() <= most,
        "{} values out of {} bytes",
        whole.values.len(),
        data.len()
    );
    let again = heard(as_wav(&whole)).expect("our own file");
    assert_eq!(again.values, whole.values, "written again");
    if whole.trouble.is_none() && whole.values.len() <= TAKEN_FRAMES {
        taken(data, &whole);
    }
}

fn taken(data: &[u8], heard: &Heard) {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, working) = (folder.path().join("a.wav"), folder.path().join("a.opus"));
    std::fs::write(&source, data).expect("written");
    let encoding = Encoding { complexity: 0, ..Encoding::default() };
    let tags = Tags(vec![("TITLE".to_owned(), "Zoë".to_owned())]);
    let ask = Take { source: &source, working: &working, tags: tags.clone(), encoding, seal: None };
    let taken = take(&ask, &Cancel::default(), &mut |_| {});
    let Ok(taken) = taken else {
        assert!(!working.exists(), "nothing is left of what could not be taken");
        let few = heard.values.len() < 16;
        assert!(few, "{} values can be taken: {}", heard.values.len(), taken.unwrap_err());
        return;
    };
    let (hash, bytes) = place::hash(&source).expect("hashed");
    assert_eq!(
        (taken.source_sha256, taken.source_bytes),
        (hash, bytes),
        "all of the original is vouched for"
    );
    assert_eq!(taken.format, heard.format, "the same sound");
    let (hash, bytes) = place::hash(&working).expect("hashed");
    assert_eq!((taken.stored_sha256, taken.stored_bytes), (hash, bytes), "and all of the stored file");
    let mut stored = Stored::open(&working, None).expect("our own file");
    assert_eq!(stored.tags(), tags.0, "with its tags");
    let facts = stored.facts();
    assert_eq!((facts.samples, facts.channels), (taken.samples, heard.format.channels), "as long as it says");
    let mut values = vec![0.0; 1 << 14];
    let mut read = 0;
    loop {
        match stored.read(&mut values).expect("our own file") {
            0 => break,
            count => read += count as u64,
        }
    }
    assert_eq!(read, facts.samples * u64::from(facts.channels), "to the sample");
    let mut peaks = Peaks::open(&taken.peaks, None).expect("our own file");
    assert_eq!((peaks.samples(), peaks.channels()), (facts.samples, facts.channels), "of the same sound");
    levels(&mut peaks, 7, 33);
}
