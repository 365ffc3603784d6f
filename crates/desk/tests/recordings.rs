//! A recording from a file that is given by hand to what is heard of it.

mod intake;
mod office;
mod recorder;
mod sounds;

use contract::player::{AskPlayer, Play, PlayerSettings, Steer, Steering};
use contract::recordings::{
    AskPeaks, AskRecording, AskRecordings, RecordingFilter, RecordingSort, RecordingState,
};
use desk::{Answer, Desk, Means};
use office::{opening, quiet_site};
use playback::CaptureDevice;
use recordings::stored::Stored;
use sounds::{RATE, files_in, voice};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

async fn open(folder: &Path, device: &CaptureDevice) -> Desk {
    let means = Means { sound: Arc::new(device.clone()), cut: None };
    Desk::open_with(opening(folder), means).await.expect("the library opens")
}

fn everything() -> AskRecordings {
    AskRecordings {
        filter: RecordingFilter::default(),
        sort: RecordingSort::NewestFirst,
        after: None,
        limit: 100,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_given_by_hand_is_listed_shown_and_heard() {
    let folder = tempfile::tempdir().expect("a folder");
    let device = CaptureDevice::default();
    let desk = open(&folder.path().join("library"), &device).await;
    let site = quiet_site(&desk).await;
    let file = folder.path().join("drop/204_02079460123_20260309100100.wav");
    sounds::write(&file, 6.0, 1);
    let summary =
        desk.import_recordings(site, &[folder.path().join("drop")], |_, _| {}).await.expect("imported");
    assert_eq!((summary.files, summary.imported, summary.failed), (1, 1, 0), "the one file: {summary:?}");

    let page = desk.answer(everything()).await.expect("a list");
    assert_eq!(page.rows.len(), 1, "one recording");
    let row = &page.rows[0];
    assert_eq!(row.length_ms, 6_000, "to the millisecond");
    assert_eq!(row.started_ms, 1_773_050_460_000, "by its name, in the site's zone");
    assert_eq!(row.number.as_deref(), Some("02079460123"), "by its name");
    assert_eq!(row.people[0].number, "204", "by its name");
    assert_eq!(row.state, RecordingState::Good, "and it can be heard");

    let view = desk.answer(AskRecording { id: row.id.clone() }).await.expect("the recording");
    assert!(view.original_format.contains("PCM 16 bit"), "{}", view.original_format);
    assert_eq!(view.versions.len(), 1, "taken in, and nothing else: {:?}", view.versions);
    let peaks = AskPeaks { id: row.id.clone(), from_ms: 0, to_ms: None, columns: 300 };
    let peaks = desk.answer(peaks).await.expect("a waveform");
    assert_eq!(peaks.channels.len(), 1, "one channel");
    assert_eq!(peaks.channels[0].len(), 300, "as many columns as asked");
    assert!(peaks.channels[0].iter().any(|peak| *peak > 40), "somebody speaks");

    let even = PlayerSettings { even_loudness: false, ..PlayerSettings::default() };
    desk.answer(Steer { to: Steering::Settings(even) }).await.expect("set");
    desk.answer(Play { id: row.id.clone(), at_ms: None, list: vec![row.id.clone()] }).await.expect("plays");
    assert!(device.wait_open(Duration::from_secs(10)), "the device is opened");
    let heard = device.pull(48_000 * 3);
    let source = voice(6.0, 1);
    let best = alike(&source, &heard);
    assert!(best > 0.85, "what is heard is what was recorded: correlation {best}");
    assert_eq!(loudest_difference(&folder.path().join("library/recordings"), &heard), 0.0, "as it is stored");
    let player = desk.answer(AskPlayer {}).await.expect("the player");
    assert_eq!(player.length_ms, 6_000, "the player knows it: {player:?}");
    assert!(player.recording.is_some_and(|shown| shown.id == row.id), "and shows it");
    desk.close().await.expect("closed");
    let left = files_in(&folder.path().join("library/working"));
    assert!(left.is_empty(), "nothing unfinished is left: {left:?}");
}

/// Between what was heard, once it had been faded in, and what the only stored file decodes to.
fn loudest_difference(pool: &Path, heard: &[f32]) -> f32 {
    let names = files_in(pool);
    let name = names.iter().find(|name| name.ends_with(".opus")).expect("a stored file");
    let mut stored = Stored::open(&pool.join(name), None).expect("opened");
    let mut samples = vec![0.0; heard.len() / 2];
    let mut filled = 0;
    while filled < samples.len() {
        match stored.read(&mut samples[filled..]).expect("read") {
            0 => break,
            more => filled += more,
        }
    }
    let left = heard.iter().step_by(2);
    let pairs = samples[..filled].iter().zip(left).skip(4_800);
    pairs.map(|(stored, heard)| (stored - heard).abs()).fold(0.0, f32::max)
}

/// The highest correlation of a piece of the source, a second after its beginning, with what was heard about then
/// (stereo at 48 kHz).
fn alike(source: &[i16], heard: &[f32]) -> f32 {
    let left: Vec<f32> = heard.iter().step_by(2).copied().collect();
    let (from, piece, around) = (RATE as usize, 1_600, 1_200);
    let wanted: Vec<f32> = source[from..from + piece].iter().map(|sample| f32::from(*sample)).collect();
    let power = |samples: &[f32]| samples.iter().map(|sample| sample * sample).sum::<f32>().sqrt().max(1e-9);
    let shifts = (from - around) * 6..(from + around) * 6;
    shifts
        .map(|shift| {
            let there: Vec<f32> = left[shift..].iter().step_by(6).take(piece).copied().collect();
            let product: f32 = wanted.iter().zip(&there).map(|(a, b)| a * b).sum();
            product / (power(&wanted) * power(&there))
        })
        .fold(0.0, f32::max)
}
