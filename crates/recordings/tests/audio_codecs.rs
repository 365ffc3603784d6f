//! Real speech through every codec, compared with what went in.

mod speech;

use recordings::Codec;
use recordings::audio::Audio;
use recordings::stored::Stored;
use speech::{
    alignment, channel, conversation, correlation, decibels, envelope, heard, monologue, run, samples,
    take_plain, text,
};
use std::fs::File;
use std::path::Path;

/// Takes `source` in and compares with `truth`, at `rate` with so many channels.
fn compare(source: &Path, truth: &Path, rate: u32, channels: usize, alike: f64) {
    let name = source.display();
    let working = source.with_extension("stored.opus");
    let taken = take_plain(source, &working).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (before, after) = (samples(truth, 48_000), heard(&working, None));
    assert_eq!(usize::from(taken.format.channels), channels, "{name}: channels");
    assert_eq!(after.len() as u64, taken.samples * channels as u64, "{name}: as long as was said");
    let apart = before.len().abs_diff(after.len()) / channels;
    assert!(apart <= 48, "{name}: {apart} samples of 48,000 longer or shorter than the source");
    for which in 0..channels {
        let (before, after) = (channel(&before, channels, which), channel(&after, channels, which));
        let (shift, best) = alignment(&before, &after, 30);
        assert!(shift.abs() <= 24, "{name}: shifted by {shift} samples of 48,000");
        assert!(best > alike, "{name}: wave form alike by {best:.3} only (rate {rate})");
        let envelopes = correlation(&envelope(&before, 48_000), &envelope(&after, 48_000));
        assert!(envelopes > 0.98, "{name}: loudness over time alike by {envelopes:.3} only");
    }
}

#[test]
fn every_kind_of_wav_is_stored_as_it_sounds() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path(), 8_000);
    let kinds: [(&str, &[&str]); 9] = [
        ("pcm8", &["-c:a", "pcm_u8"]),
        ("pcm16", &["-c:a", "pcm_s16le"]),
        ("pcm24", &["-c:a", "pcm_s24le"]),
        ("pcm32", &["-c:a", "pcm_s32le"]),
        ("float", &["-c:a", "pcm_f32le"]),
        ("alaw", &["-c:a", "pcm_alaw"]),
        ("mulaw", &["-c:a", "pcm_mulaw"]),
        ("ima", &["-c:a", "adpcm_ima_wav"]),
        ("ms", &["-c:a", "adpcm_ms"]),
    ];
    for (name, codec) in kinds {
        let file = folder.path().join(format!("{name}.wav"));
        let begin = ["-v", "error", "-y", "-i", text(&source)];
        run("ffmpeg", &[&begin, codec, &[text(&file)]].concat());
        // ADPCM pads its last block; what it holds is its truth.
        let truth = if name == "ima" || name == "ms" { &file } else { &source };
        compare(&file, truth, 8_000, 2, 0.85);
    }
}

#[test]
fn gsm_is_read_to_the_sample_as_others_read_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, file) = (monologue(folder.path(), 8_000), folder.path().join("gsm.wav"));
    run("sox", &["-D", text(&source), "-e", "gsm-full-rate", text(&file)]);
    let mut audio = Audio::open(File::open(&file).expect("a file"), Some("wav")).expect("a readable file");
    assert_eq!((audio.format().codec, audio.format().channels), (Codec::Gsm, 1), "what it is made of");
    let mut ours = Vec::new();
    while audio.read(&mut ours).expect("sound") {}
    let (theirs, length) = (samples(&file, 8_000), samples(&source, 8_000).len());
    assert_eq!(ours.len(), length, "as long as what was coded: the last block is filled up");
    let other = ours.iter().zip(&theirs).position(|(ours, theirs)| ours != theirs);
    assert_eq!(other, None, "each sample as ffmpeg has it");
    compare(&file, &source, 8_000, 1, 0.75);
}

#[test]
fn compressed_kinds_are_stored_as_they_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path(), 16_000);
    let kinds: [(&str, &[&str], Codec); 5] = [
        ("one.opus", &["-c:a", "libopus", "-b:a", "64k"], Codec::Opus),
        ("one.mp3", &["-c:a", "libmp3lame", "-b:a", "64k"], Codec::Mp3),
        ("one.flac", &["-c:a", "flac"], Codec::Flac),
        ("two.ogg", &["-c:a", "flac"], Codec::Flac),
        ("one.ogg", &["-c:a", "libvorbis", "-b:a", "64k"], Codec::Vorbis),
    ];
    for (name, codec, known) in kinds {
        let file = folder.path().join(name);
        let begin = ["-v", "error", "-y", "-i", text(&source)];
        run("ffmpeg", &[&begin, codec, &[text(&file)]].concat());
        let working = file.with_extension("working");
        let taken = take_plain(&file, &working).expect("a readable file");
        assert_eq!(taken.format.codec, known, "{name}");
        // What the codec itself lost is not ours: the file as ffmpeg hears it is the truth.
        compare(&file, &file, 16_000, 2, 0.85);
        let length = samples(&source, 48_000).len() as u64 / 2;
        let apart = taken.samples.abs_diff(length);
        assert!(apart <= 48, "{name}: {apart} samples of 48,000 off the length that was encoded");
    }
}

#[test]
fn every_sample_rate_keeps_length_and_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    for rate in [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000] {
        let source = monologue(folder.path(), rate);
        compare(&source, &source, rate, 1, 0.85);
    }
}

#[test]
fn what_one_party_says_is_not_in_the_other_channel() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path(), 8_000);
    let working = folder.path().join("stored.opus");
    take_plain(&source, &working).expect("a readable file");
    let before = samples(&source, 48_000);
    let after = heard(&working, None);
    let ours = Stored::open(&working, None).expect("a stored file").facts();
    assert_eq!(ours.channels, 2, "both parties are kept");
    for (speaker, other) in [(0, 1), (1, 0)] {
        let said = channel(&before, 2, speaker);
        let quiet = channel(&before, 2, other);
        let leaked = channel(&after, 2, other);
        // Seconds in which only one of the two speaks.
        let mut counted = 0;
        for at in (0..said.len() - 48_000).step_by(48_000) {
            let second = at..at + 48_000;
            if decibels(&said[second.clone()]) < -35.0 || decibels(&quiet[second.clone()]) > -90.0 {
                continue;
            }
            counted += 1;
            let level = decibels(&leaked[second]);
            assert!(level < -80.0, "second {}: {level:.0} dBFS in the silent channel", at / 48_000);
        }
        assert!(counted >= 3, "the test has seconds to look at, not {counted}");
    }
}

#[test]
fn players_agree_on_what_is_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    for (source, channels) in
        [(monologue(folder.path(), 8_000), "1"), (conversation(folder.path(), 16_000), "2")]
    {
        let working = folder.path().join(format!("stored-{channels}.opus"));
        let taken = take_plain(&source, &working).expect("a readable file");
        let told = run("opusinfo", &[text(&working)]);
        assert!(!told.to_lowercase().contains("warning"), "opusinfo finds nothing wrong: {told}");
        assert!(told.contains("CALLDOC_CALL=4711") && told.contains("TITLE=Anna Berger"), "tags: {told}");
        let entries = "stream=channels:stream_tags:format=duration";
        let probed = run("ffprobe", &["-v", "warning", "-show_entries", entries, text(&working)]);
        assert!(probed.contains(&format!("channels={channels}")), "ffprobe on channels: {probed}");
        assert!(probed.contains("TAG:CALLDOC_CALL=4711"), "ffprobe on tags: {probed}");
        let seconds = probed.lines().find_map(|line| line.strip_prefix("duration=")).expect("a duration");
        // ffprobe counts what the encoder put before the sound in.
        let apart = seconds.parse::<f64>().expect("seconds") - taken.samples as f64 / 48_000.0;
        assert!((0.0..0.01).contains(&apart), "ffprobe is {apart} s apart");
        let wav = folder.path().join("decoded.wav");
        run("opusdec", &["--quiet", "--rate", "48000", "--float", text(&working), text(&wav)]);
        let (theirs, ours) = (samples(&wav, 48_000), heard(&working, None));
        assert_eq!(theirs.len(), ours.len(), "opusdec hears as many samples");
        assert!(correlation(&theirs, &ours) > 0.9999, "opusdec hears the same");
        let ffmpeg = samples(&working, 48_000);
        assert_eq!(ffmpeg.len(), ours.len(), "ffmpeg hears as many samples");
        // Its own decoder rings differently; one channel is enough to see no shift and no other sound.
        let count = usize::from(channels == "2") + 1;
        let (shift, alike) = alignment(&channel(&ffmpeg, count, 0), &channel(&ours, count, 0), 24);
        assert!(shift.abs() < 12 && alike > 0.98, "ffmpeg hears the same: shift {shift}, alike {alike:.4}");
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path(), 8_000);
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let first = take_plain(&source, &one).expect("a readable file");
    let second = take_plain(&source, &two).expect("a readable file");
    assert_eq!(first.stored_sha256, second.stored_sha256, "nothing of time or chance is in a stored file");
    let source_hash = recordings::place::hash(&source).expect("a hash");
    assert_eq!((first.source_sha256, first.source_bytes), source_hash, "the whole original is hashed");
    let stored_hash = recordings::place::hash(&one).expect("a hash");
    assert_eq!(
        (first.stored_sha256, first.stored_bytes),
        stored_hash,
        "the stored file as it stands on disk"
    );
}

#[test]
fn loudness_and_pauses_are_those_of_the_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = monologue(folder.path(), 16_000);
    let taken = take_plain(&source, &folder.path().join("stored")).expect("a readable file");
    let told = run("ffmpeg", &["-nostats", "-i", text(&source), "-af", "ebur128", "-f", "null", "-"]);
    let theirs = told.lines().rev().find_map(|line| line.trim().strip_prefix("I:"));
    let theirs = theirs.and_then(|line| line.trim().trim_end_matches("LUFS").trim().parse::<f32>().ok());
    let (theirs, ours) = (theirs.expect("LUFS"), taken.loudness.expect("speech is no silence"));
    assert!((theirs - ours).abs() < 0.5, "ffmpeg measures {theirs} LUFS, CallDoc {ours}");
    let length = taken.duration_ms();
    let (first, last) = (taken.silences[0], *taken.silences.last().expect("pauses"));
    assert!(
        first.from_ms == 0 && (700..1_300).contains(&first.to_ms),
        "a second before the first word: {first:?}"
    );
    assert!(
        last.to_ms == length && (700..1_500).contains(&(length - last.from_ms)),
        "one after the last: {last:?}"
    );
    let sound = samples(&source, 16_000);
    for span in &taken.silences {
        let level = decibels(&sound[span.from_ms as usize * 16..span.to_ms as usize * 16]);
        assert!(level < -45.0, "{span:?} is silence, not {level:.0} dBFS");
    }
}
