//! Speech with its pauses left out.

use crate::speech::{channel, correlation, decibels, envelope, samples};
use crate::{conversation, loaded, played, stored};
use playback::PlayerCommand;

/// What stays of a pause at either end, so that words do not run into one another.
const BREATH_MS: u64 = 100;

#[test]
fn of_speech_without_its_pauses_every_word_is_heard() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = conversation(folder.path());
    let stored = stored(&source);
    let said = samples(&source, 48_000);
    let silences = loaded(&stored).silences;
    let silent_ms: u64 = silences.iter().map(|span| span.to_ms - span.from_ms).sum();
    assert!(silences.len() >= 2 && silent_ms > 2_000, "there are pauses to leave out: {silences:?}");
    let heard = played(&stored, [PlayerCommand::SkipSilence(true)]);
    let frame = |ms: u64| ms as usize * 48;
    let pauses: Vec<_> =
        silences.iter().map(|span| frame(span.from_ms + BREATH_MS)..frame(span.to_ms - BREATH_MS)).collect();
    let is_pause = |at: usize| pauses.iter().any(|pause| pause.contains(&at));
    let kept: Vec<f32> = said
        .chunks(2)
        .enumerate()
        .filter(|(at, _)| !is_pause(*at))
        .flat_map(|(_, values)| values.iter().copied())
        .collect();
    let (wanted, came) = (kept.len() / 2, heard.len() / 2);
    assert!(wanted.abs_diff(came) <= 48, "{came} frames are heard of the {wanted} that are no pauses");
    for which in 0..2 {
        let (kept, came) = (channel(&kept, 2, which), channel(&heard, 2, which));
        let alike = correlation(&envelope(&kept, 48_000), &envelope(&came, 48_000));
        assert!(alike > 0.97, "channel {which}: what is heard is what is left, alike by {alike:.3}");
    }
    let both: Vec<f32> = heard.chunks(2).map(|frame| frame[0] + frame[1]).collect();
    let longest = longest_below(&both, -50.0);
    assert!(longest < 420, "{longest} ms of silence in a row are left");
    let before: Vec<f32> = said.chunks(2).map(|frame| frame[0] + frame[1]).collect();
    assert!(longest_below(&before, -50.0) >= 900, "and there were more");
    let lost = energy(&before) - energy(&both);
    assert!(lost.abs() < 0.05 * energy(&before), "no word is cut: {lost} of its energy is gone");
}

/// The longest stretch so quiet, in milliseconds.
fn longest_below(samples: &[f32], level: f32) -> usize {
    let (mut longest, mut now) = (0, 0);
    for part in samples.chunks(480) {
        now = if decibels(part) < level { now + 10 } else { 0 };
        longest = longest.max(now);
    }
    longest
}

fn energy(samples: &[f32]) -> f64 {
    samples.iter().map(|value| f64::from(*value).powi(2)).sum()
}
