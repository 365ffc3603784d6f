//! A stored recording read from any place, and its waveform.

mod speech;

use recordings::peaks::{Peaks, beside};
use recordings::stored::Stored;
use recordings::{Cancel, Encoding, Key, Tags, Take, take};
use speech::{channel, conversation, correlation, heard, monologue, power, samples, take_plain};

#[test]
fn any_place_sounds_as_it_does_on_the_way_there() {
    let folder = tempfile::tempdir().expect("a folder");
    for source in [conversation(folder.path(), 8_000), monologue(folder.path(), 48_000)] {
        let working = folder.path().join("stored.opus");
        let taken = take_plain(&source, &working).expect("a readable file");
        let whole = heard(&working, None);
        let mut stored = Stored::open(&working, None).expect("a stored file");
        let channels = usize::from(stored.facts().channels);
        assert_eq!(stored.facts().samples, taken.samples, "the length is known from the start");
        let mut piece = vec![0.0; 4_800 * channels];
        for step in 0..60u64 {
            let at = step * 7_919_333 % taken.samples;
            stored.seek(at).expect("a place");
            let mut read = 0;
            while read < piece.len() {
                match stored.read(&mut piece[read..]).expect("sound") {
                    0 => break,
                    more => read += more,
                }
            }
            let truth = &whole[at as usize * channels..];
            assert_eq!(read, piece.len().min(truth.len()), "from {at} on, up to the end");
            let truth = &truth[..read];
            if power(truth) > 1e-5 {
                let alike = correlation(truth, &piece[..read]);
                assert!(alike > 0.99, "at {at}: alike by {alike:.4}");
            }
        }
        stored.seek(taken.samples).expect("the end");
        assert_eq!(stored.read(&mut piece).expect("nothing"), 0, "there is nothing behind the end");
        stored.seek(u64::MAX).expect("far behind the end");
        assert_eq!(stored.read(&mut piece).expect("nothing"), 0, "nor far behind it");
        stored.seek(0).expect("the beginning");
        let read = stored.read(&mut piece).expect("sound");
        assert_eq!(piece[..read], whole[..read], "from the beginning it is the same to the bit");
    }
}

#[test]
fn a_sealed_recording_sounds_as_a_plain_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path(), 16_000);
    let (plain, sealed) = (folder.path().join("plain"), folder.path().join("sealed"));
    let first = take_plain(&source, &plain).expect("a readable file");
    let key = Key::from_bytes([7; 32]);
    let what = Take {
        source: &source,
        working: &sealed,
        tags: Tags::default(),
        encoding: Encoding::default(),
        seal: Some(&key),
    };
    let taken = take(&what, &Cancel::default(), &mut |_| {}).expect("a readable file");
    assert_eq!(
        recordings::place::hash(&sealed).expect("a hash"),
        (taken.stored_sha256, taken.stored_bytes),
        "as on disk"
    );
    assert!(heard(&plain, None) == heard(&sealed, Some(&key)), "the same sound");
    let bytes = std::fs::read(&sealed).expect("a file");
    assert!(!bytes.windows(4).any(|four| four == b"Opus" || four == b"OggS"), "nothing of the sound shows");
    assert_eq!(first.silences, taken.silences, "the same pauses");
    let error = Stored::open(&sealed, None).expect_err("no key").to_string();
    assert!(error.contains(&key.fingerprint()), "the key that is needed is named: {error}");
    let wrong = Stored::open(&sealed, Some(&Key::from_bytes([8; 32]))).expect_err("another key").to_string();
    assert!(wrong.contains("another key"), "{wrong}");
    let mut peaks = Peaks::open(&beside(&sealed), Some(&key)).expect("peaks");
    let mut open = Peaks::open(&beside(&plain), None).expect("peaks");
    let all = 0..taken.duration_ms();
    assert_eq!(
        peaks.level(all.clone(), 300).expect("columns"),
        open.level(all, 300).expect("columns"),
        "one waveform"
    );
    Peaks::open(&beside(&sealed), None).expect_err("the waveform is sealed too");
}

#[test]
fn the_waveform_shows_the_sound_at_every_zoom() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path(), 8_000);
    let working = folder.path().join("stored.opus");
    let taken = take_plain(&source, &working).expect("a readable file");
    let sound = samples(&source, 8_000);
    let mut peaks = Peaks::open(&taken.peaks, None).expect("peaks");
    assert_eq!((peaks.samples(), peaks.channels()), (taken.samples, 2), "what it belongs to");
    assert_eq!(
        (peaks.loudness(), peaks.silences()),
        (taken.loudness, &taken.silences[..]),
        "as told at intake"
    );
    for (range, columns) in
        [(0..taken.duration_ms(), 50), (1_000..4_000, 30), (2_000..2_500, 50), (3_000..3_100, 40)]
    {
        let shown = peaks.level(range.clone(), columns).expect("columns");
        let width = (range.end - range.start) as f64 / columns as f64;
        for which in 0..2 {
            assert_eq!(shown.channels[which].len(), columns, "as many as asked");
            let own = channel(&sound, 2, which);
            for (place, column) in shown.channels[which].iter().enumerate() {
                let from = range.start as f64 + place as f64 * width;
                let at = |ms: f64| ((ms.max(0.0) * 8.0) as usize).min(own.len());
                let loudest =
                    |from, to| own[at(from)..at(to)].iter().fold(0.0f32, |most, value| most.max(value.abs()));
                // A column may show what is up to its neighbour's edge on the level it was taken from.
                let (least, most) =
                    (loudest(from, from + width), loudest(from - 110.0, from + width + 110.0));
                let peak = f32::from(column.peak) / 255.0;
                assert!(
                    peak >= least - 0.004 && peak <= most + 0.004,
                    "{range:?} column {place}: {least} {peak} {most}"
                );
            }
        }
    }
    let beyond = peaks.level(taken.duration_ms() + 1_000..taken.duration_ms() + 2_000, 10).expect("columns");
    assert!(
        beyond.channels.iter().flatten().all(|column| column.peak == 0),
        "behind the end there is nothing"
    );
}

#[test]
fn the_waveform_can_be_made_again_from_what_is_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    let working = folder.path().join("stored.opus");
    let taken = take_plain(&conversation(folder.path(), 8_000), &working).expect("a readable file");
    let again = folder.path().join("again.peaks");
    let mut made = Peaks::of_stored(&working, &again, None).expect("peaks");
    let mut first = Peaks::open(&taken.peaks, None).expect("peaks");
    assert_eq!(made.samples(), first.samples(), "as long");
    let (one, two) = (made.loudness().expect("LUFS"), first.loudness().expect("LUFS"));
    assert!((one - two).abs() < 1.0, "as loud within what Opus changes: {one} {two}");
    let all = 0..taken.duration_ms();
    let (one, two) =
        (made.level(all.clone(), 100).expect("columns"), first.level(all, 100).expect("columns"));
    for (one, two) in one.channels.iter().flatten().zip(two.channels.iter().flatten()) {
        assert!(one.peak.abs_diff(two.peak) < 60, "alike within what Opus changes: {one:?} {two:?}");
    }
}
