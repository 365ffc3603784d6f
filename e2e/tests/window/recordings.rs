//! Recordings in the real window: played, sought in, and there without sound.

use crate::place::Place;
use e2e::{CALLS, Office, RECORDINGS, Sound, Window};
use jiff::{ToSpan, Zoned};
use std::time::Duration;

/// A recording's length: long enough that its end is never reached while the test looks.
const RECORDING_SECONDS: u32 = 120;

/// A call of an SMDR log and the recording of it, taken into the library by the command line.
fn library_with_a_recording(place: &Place) {
    let folder = place.folder.path();
    let log = folder.join("smdr.csv");
    let began = a_moment_ago();
    let row = format!(
        "{},00:02:00,5,0301234567,I,204,204,,0,1000014155,0,E204,Ann Keller,T9001,Line 1.1,0,0\r\n",
        began.strftime("%Y/%m/%d %H:%M:%S")
    );
    std::fs::write(&log, row).expect("a log can be written");
    let recordings = folder.join("recordings");
    std::fs::create_dir_all(&recordings).expect("a folder can be made");
    let name = format!("204_0301234567_{}.wav", began.saturating_add(5.seconds()).strftime("%Y%m%d%H%M%S"));
    std::fs::write(recordings.join(name), tone()).expect("a file can be written");
    let library = folder.join("library");
    for words in [["import", "smdr"], ["import", "recordings"]] {
        let what = if words[1] == "smdr" { &log } else { &recordings };
        let done = std::process::Command::new(place.app.with_file_name("calldoc-cli"))
            .arg("--library")
            .arg(&library)
            .args(words)
            .arg(what)
            .output()
            .expect("the command line was built beside the app");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "calldoc-cli {words:?} failed: {said}");
    }
}

/// Of today, which is what the list of calls begins with, also just after midnight.
fn a_moment_ago() -> Zoned {
    let now = Zoned::now();
    let midnight = now.start_of_day().expect("a day begins");
    now.saturating_sub(5.minutes()).max(midnight)
}

/// 16-bit PCM at 8 kHz, a tone that swells and fades each second, so that the waveform has a shape.
fn tone() -> Vec<u8> {
    const RATE: u32 = 8_000;
    let samples = RATE * RECORDING_SECONDS;
    let bytes = samples * 2;
    let mut wav = Vec::with_capacity(44 + bytes as usize);
    wav.extend(b"RIFF");
    wav.extend((36 + bytes).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16_u32.to_le_bytes());
    wav.extend(1_u16.to_le_bytes());
    wav.extend(1_u16.to_le_bytes());
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * 2).to_le_bytes());
    wav.extend(2_u16.to_le_bytes());
    wav.extend(16_u16.to_le_bytes());
    wav.extend(b"data");
    wav.extend(bytes.to_le_bytes());
    for n in 0..samples {
        let seconds = f64::from(n) / f64::from(RATE);
        let loud = (seconds * std::f64::consts::PI).sin().abs();
        let sample = (seconds * 440.0 * std::f64::consts::TAU).sin() * loud * 8_000.0;
        wav.extend((sample as i16).to_le_bytes());
    }
    wav
}

/// Where the player is, in milliseconds.
async fn position(window: &Window) -> i64 {
    let script = "return Number(document.querySelector(arguments[0])?.getAttribute('aria-valuenow') ?? -1);";
    let at = window.run(script, vec!["[data-testid='player-seek']".into()]).await.expect("the page answers");
    at.as_f64().unwrap_or(-1.0) as i64
}

async fn position_beyond(window: &Window, ms: i64, what: &str) {
    let script = "return Number(document.querySelector(arguments[0])?.getAttribute('aria-valuenow') ?? -1);";
    window
        .until(what, Duration::from_secs(30), script, "[data-testid='player-seek']", |at| {
            at.as_f64().is_some_and(|at| at as i64 > ms)
        })
        .await
        .expect(what);
}

#[tokio::test]
async fn a_click_on_a_recording_plays_it_and_a_key_seeks() {
    let Some(place) = Place::new() else { return };
    library_with_a_recording(&place);
    let sound = Sound::device(place.folder.path()).await.expect("a sound device can be had");
    let (_driver, window) = place.open_with(Office::Own, &sound).await;
    window.go_to(RECORDINGS).await.expect("the rail leads to Recordings");
    window.click("[data-testid='recording-play']").await.expect("a row can be played by a click");
    window.see("[data-testid='player']").await.expect("the player is docked");
    position_beyond(&window, 300, "the position moves by itself").await;

    let before = position(&window).await;
    window.press("l").await.expect("a key can be pressed");
    position_beyond(&window, before + 9_000, "ten seconds on").await;
    window.press("k").await.expect("a key can be pressed");
    window.see("[data-testid='player-toggle'][aria-label^='Play']").await.expect("it pauses");

    window.go_to(CALLS).await.expect("the rail leads elsewhere");
    window.see("[data-testid='player']").await.expect("and the player stays");
    window.click("[data-testid='call-row']").await.expect("the call of the recording is in the list");
    window
        .see("[data-testid='call-detail'] [data-testid='waveform']")
        .await
        .expect("its recording lies under the call bar");
    let complaints = window.complaints().await.expect("complaints are kept");
    assert!(complaints.is_empty(), "the page has nothing to complain about: {complaints:#?}");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn without_a_sound_device_everything_but_the_sound_works() {
    let Some(place) = Place::new() else { return };
    library_with_a_recording(&place);
    let (_driver, window) = place.open(Office::Own).await;
    window.go_to(RECORDINGS).await.expect("the rail leads to Recordings");
    window.click("[data-testid='recording-play']").await.expect("a row can be played by a click");
    window.see("[data-testid='player-trouble']").await.expect("the player says what is amiss");
    window.see("[data-testid='player-seek']").await.expect("the player is docked all the same");
    window.press("l").await.expect("a key can be pressed");
    position_beyond(&window, 9_000, "seeking works all the same").await;
    window.close().await.expect("the window closes");
}
