//! What is cut out, silenced, tagged anew or exported.

mod speech;

use recordings::export::{Channels, ExportFormat, export};
use recordings::peaks::{Peaks, beside};
use recordings::retag::retag;
use recordings::seal::reseal;
use recordings::silence::silence;
use recordings::stored::Stored;
use recordings::{Key, Span, Tags};
use speech::{
    alignment, channel, conversation, correlation, decibels, heard, monologue, power, run, samples,
    take_plain, text,
};
use std::path::Path;

fn part(samples: &[f32], channels: usize, from_ms: u64, to_ms: u64) -> &[f32] {
    &samples[from_ms as usize * 48 * channels..to_ms as usize * 48 * channels]
}

/// The packets of an Ogg Opus file, by the simplest reading of its pages.
fn packets(path: &Path) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(path).expect("a file");
    let (mut at, mut packets, mut open) = (0, Vec::new(), Vec::new());
    while at < bytes.len() {
        let lacing = &bytes[at + 27..at + 27 + usize::from(bytes[at + 26])];
        at += 27 + lacing.len();
        for &piece in lacing {
            open.extend_from_slice(&bytes[at..at + usize::from(piece)]);
            at += usize::from(piece);
            if piece < 255 {
                packets.push(std::mem::take(&mut open));
            }
        }
    }
    packets
}

#[test]
fn a_silenced_span_is_gone_and_the_rest_is_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    for (source, count) in [
        (monologue(folder.path(), 8_000), 1),
        (conversation(folder.path(), 16_000), 2),
        (monologue(folder.path(), 48_000), 1),
    ] {
        let (stored, out) = (folder.path().join("stored.opus"), folder.path().join("silenced.opus"));
        let taken = take_plain(&source, &stored).expect("a readable file");
        let spans = [Span { from_ms: 2_003, to_ms: 3_517 }, Span { from_ms: 5_000, to_ms: 5_250 }];
        let written = silence(&stored, &out, &spans, None).expect("silenced");
        assert_eq!(written.samples, taken.samples, "as long as before");
        let (before, after) = (heard(&stored, None), heard(&out, None));
        assert_eq!(before.len(), after.len(), "as long as before");
        for span in spans {
            let was = part(&before, count, span.from_ms, span.to_ms);
            assert!(
                decibels(was) < -10.0 && decibels(was) > -40.0,
                "something was said there: {}",
                decibels(was)
            );
            let inner = part(&after, count, span.from_ms + 20, span.to_ms - 20);
            assert!(decibels(inner) < -70.0, "{} dBFS are left of {}", decibels(inner), decibels(was));
            // What was said before the span still rings for some ms, far below what can be heard, and a vowel that went
            // on is like itself.
            let was = part(&before, count, span.from_ms + 100, span.to_ms - 20);
            let is = part(&after, count, span.from_ms + 100, span.to_ms - 20);
            let (alike, left) = (correlation(was, is).abs(), power(is) / power(was));
            assert!(alike < 0.05 || left < 1e-6, "alike by {alike:.3} at {left:e} of its power");
        }
        // Around it: the same to the bit well before, and very like it close by.
        assert!(part(&before, count, 0, 1_900) == part(&after, count, 0, 1_900), "before it nothing changed");
        for (from, to) in [(1_940, 2_000), (3_520, 3_620), (3_620, 4_900), (5_255, 6_500)] {
            let (was, is) = (part(&before, count, from, to), part(&after, count, from, to));
            if decibels(was) > -40.0 {
                let alike = correlation(was, is);
                assert!(alike > 0.8, "{from} to {to} ms: alike by {alike:.3}");
            }
        }
        let (was, is) = (packets(&stored), packets(&out));
        assert_eq!(was.len(), is.len(), "as many packets");
        let changed = was.iter().zip(&is).filter(|(was, is)| was != is).count();
        assert!((80..105).contains(&changed), "only packets in and at the spans are other ones: {changed}");
        let told = run("opusinfo", &[text(&out)]);
        assert!(!told.to_lowercase().contains("warning"), "opusinfo finds nothing wrong: {told}");
        let mut peaks = Peaks::open(&beside(&out), None).expect("its peaks");
        let shown = peaks.level(2_100..3_400, 20).expect("columns");
        assert!(shown.channels.iter().flatten().all(|column| column.peak == 0), "the waveform is flat there");
    }
}

#[test]
fn silencing_works_at_both_ends_and_under_a_seal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let taken = take_plain(&conversation(folder.path(), 8_000), &path("plain")).expect("a readable file");
    let key = Key::from_bytes([9; 32]);
    reseal(&path("plain"), &path("sealed"), None, Some(&key)).expect("sealed");
    let length = taken.duration_ms();
    let spans = [Span { from_ms: length - 3_000, to_ms: length + 5_000 }, Span { from_ms: 0, to_ms: 2_500 }];
    silence(&path("sealed"), &path("out"), &spans, Some(&key)).expect("silenced");
    let after = heard(&path("out"), Some(&key));
    assert_eq!(after.len() as u64, 2 * taken.samples, "as long as before");
    assert!(decibels(part(&after, 2, 0, 2_480)) < -70.0, "its beginning is silent");
    assert!(decibels(part(&after, 2, length - 2_980, length)) < -70.0, "its end is silent");
    let before = heard(&path("plain"), None);
    let (was, is) = (part(&before, 2, 2_700, length - 3_100), part(&after, 2, 2_700, length - 3_100));
    assert!(correlation(was, is) > 0.99, "what is between them is not");
    silence(&path("sealed"), &path("no"), &spans, None).expect_err("not without the key");
    assert!(!path("no").exists(), "and nothing is left of the attempt");
}

#[test]
fn other_tags_leave_the_sound_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (stored, out) = (folder.path().join("stored.opus"), folder.path().join("tagged.opus"));
    take_plain(&conversation(folder.path(), 8_000), &stored).expect("a readable file");
    let tags =
        Tags(vec![("TITLE".into(), "Größe = 5 — 日本".into()), ("CALLDOC_NOTE".into(), "x".repeat(70_000))]);
    let written = retag(&stored, &out, &tags, None).expect("tagged");
    assert_eq!(recordings::place::hash(&out).expect("a hash"), (written.sha256, written.bytes), "as on disk");
    assert_eq!(packets(&stored)[2..], packets(&out)[2..], "the packets are the same");
    assert_eq!(Stored::open(&out, None).expect("a stored file").tags(), tags.0, "the tags are the new ones");
    let told = run("opusinfo", &[text(&out)]);
    assert!(!told.to_lowercase().contains("warning"), "opusinfo finds nothing wrong: {told}");
    assert!(heard(&stored, None) == heard(&out, None), "the same sound");
}

#[test]
fn an_export_has_exactly_the_span_and_the_party() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let taken = take_plain(&conversation(folder.path(), 8_000), &path("plain")).expect("a readable file");
    let key = Key::from_bytes([9; 32]);
    reseal(&path("plain"), &path("sealed"), None, Some(&key)).expect("sealed");
    let whole = heard(&path("plain"), None);
    let length = taken.duration_ms();
    for (from_ms, to_ms) in
        [(0, length), (2_037, 4_411), (0, 1_500), (9_999, 12_000), (length - 2_000, length + 99)]
    {
        let span = Some(Span { from_ms, to_ms });
        let end = to_ms.min(taken.samples / 48);
        let frames = ((to_ms * 48).min(taken.samples) - from_ms * 48) as usize;
        for (channels, which) in
            [(Channels::Both, None), (Channels::Left, Some(0)), (Channels::Right, Some(1))]
        {
            for (format, name) in [(ExportFormat::Wav, "part.wav"), (ExportFormat::Opus, "part.opus")] {
                let out = path(name);
                let seen = format!("{from_ms} to {to_ms} ms, {channels:?}, {name}");
                export(&path("sealed"), Some(&key), span, format, &out, channels).expect("exported");
                let count = if which.is_some() { 1 } else { 2 };
                let is = if name == "part.opus" { heard(&out, None) } else { samples(&out, 48_000) };
                assert!(
                    (is.len() / count).abs_diff(frames) <= 1,
                    "{seen}: {} frames, not {frames}",
                    is.len() / count
                );
                let was = part(&whole, 2, from_ms, end);
                for channel_of in which.map_or(vec![0, 1], |one| vec![one]) {
                    let was = channel(was, 2, channel_of);
                    let is = channel(&is, count, if which.is_some() { 0 } else { channel_of });
                    if decibels(&was) > -45.0 {
                        let (shift, alike) = alignment(&was, &is, 30);
                        // A sample of the WAV file, which has 8,000 a second, is six of these.
                        let most = if name == "part.wav" { 6 } else { 0 };
                        assert!(
                            shift.abs() <= most && alike > 0.97,
                            "{seen}: shift {shift}, alike by {alike:.4}"
                        );
                    }
                }
            }
        }
    }
    let told = run("opusinfo", &[text(&path("part.opus"))]);
    assert!(!told.to_lowercase().contains("warning"), "opusinfo finds nothing wrong: {told}");
    let beyond = Some(Span { from_ms: length + 5, to_ms: length + 9 });
    export(&path("plain"), None, beyond, ExportFormat::Wav, &path("no"), Channels::Both)
        .expect_err("nothing is there");
}
