//! Through rodio to a real sound server with a device that nobody hears, and back from what that device played.
//!
//! Needs pulseaudio, parec and ALSA's pulse plugin. Everything runs in a folder of its own.
//! The player runs in a child process, as ALSA finds its server by the environment of the process.

use super::{Heard, recording, tones};
use playback::{DeviceChoice, DeviceState, Devices, PlayerCommand, RodioDevices};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Set in the child, which then plays.
const CHILD: &str = "PLAYBACK_TEST_CHILD";
const SINK: &str = "null_out";

/// Two servers that start at once get in each other's way.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Stops what it started, whatever happens to the test.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn environment(command: &mut Command, folder: &Path) {
    command
        .env("HOME", folder)
        .env("XDG_RUNTIME_DIR", folder)
        .env("PULSE_SERVER", format!("unix:{}", folder.join("native").display()))
        .env("ALSA_CONFIG_PATH", folder.join("asound.conf"))
        .env_remove("DISPLAY")
        .env_remove("PULSE_LATENCY_MSEC");
}

fn start(command: &mut Command) -> Stopped {
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn();
    Stopped(child.unwrap_or_else(|error| panic!("this test needs {program}: {error}")))
}

fn configure(folder: &Path) {
    let text = "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n";
    std::fs::write(folder.join("asound.conf"), text).expect("a folder to write to");
}

fn sound_server(folder: &Path) -> Stopped {
    configure(folder);
    let socket =
        format!("module-native-protocol-unix auth-anonymous=1 socket={}", folder.join("native").display());
    let mut server = Command::new("pulseaudio");
    environment(&mut server, folder);
    server
        .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"])
        .args(["-L", &format!("module-null-sink sink_name={SINK} rate=48000 channels=2"), "-L", &socket])
        .stdout(Stdio::null());
    let started = start(&mut server);
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let mut asked = Command::new("pactl");
        environment(&mut asked, folder);
        let asked = asked.arg("info").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if asked.expect("this test needs pactl").success() {
            return started;
        }
        assert!(Instant::now() < until, "pulseaudio did not start");
        std::thread::yield_now();
    }
}

/// Runs one of the tests below marked as ignored, as the player, under the server's environment.
fn child(folder: &Path, name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    environment(&mut command, folder);
    command.args(["--exact", name, "--ignored", "--nocapture"]).env(CHILD, "1");
    command
}

#[test]
fn what_the_device_plays_is_what_the_recording_has() {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a folder");
    let _server = sound_server(folder.path());
    let mut recorder = Command::new("parec");
    environment(&mut recorder, folder.path());
    recorder.args(["-d", &format!("{SINK}.monitor"), "--rate=48000", "--channels=2", "--format=float32le"]);
    recorder.args(["--latency-msec=20", "--raw"]).stdout(Stdio::piped());
    let mut recorder = start(&mut recorder);
    let mut out = recorder.0.stdout.take().expect("piped");
    // The first bytes say that it records; nothing is played before.
    let mut first = [0u8; 4096];
    out.read_exact(&mut first).expect("parec records");
    let taken = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        out.read_to_end(&mut bytes).map(|_| bytes)
    });
    let played = child(folder.path(), "sound_server::plays_four_seconds").status().expect("this test again");
    assert!(played.success(), "the player played");
    drop(recorder);
    let bytes = taken.join().expect("no panic").expect("parec's output");
    let samples: Vec<f32> =
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
    let heard: Vec<[f32; 2]> = samples.chunks_exact(2).map(|frame| [frame[0], frame[1]]).collect();
    let start = heard.iter().position(|frame| frame[0].abs() > 0.01).expect("something was heard");
    let (mut found, mut windows, mut place) = (0, 0, 0);
    let meant: Vec<[f32; 2]> = (0..4 * 48_000).map(tones).collect();
    for window in heard[start..].chunks(WINDOW).skip(1).take(78) {
        windows += 1;
        // A machine that is busy makes gaps; what is heard between them still comes in order.
        if let Some(at) = (place..place + 12_000).find(|at| is_like(window, &meant, *at)) {
            found += 1;
            place = at + WINDOW / 2;
        }
    }
    assert!(found * 10 > windows * 7, "it is the recording, in order: {found} of {windows} windows");
    let end = heard.iter().rposition(|frame| frame[0].abs() > 0.01).expect("something");
    let seconds = (end - start) as f64 / 48_000.0;
    // The player is gone at the end of the recording, and with it what the device still held.
    assert!((3.8..4.6).contains(&seconds), "as long as it is: {seconds} s");
}

/// 50 ms.
const WINDOW: usize = 2_400;

/// Whether what was heard is the recording from a frame on, both parties.
fn is_like(heard: &[[f32; 2]], meant: &[[f32; 2]], from: usize) -> bool {
    let Some(meant) = meant.get(from..from + heard.len()) else { return false };
    let correlation = |step: usize| {
        let (mut product, mut one, mut other) = (0.0, 1e-9, 1e-9);
        for (heard, meant) in heard.iter().zip(meant).step_by(step) {
            for (heard, meant) in heard.iter().zip(meant) {
                let (heard, meant) = (f64::from(*heard), f64::from(*meant));
                product += heard * meant;
                one += heard * heard;
                other += meant * meant;
            }
        }
        product / f64::sqrt(one * other)
    };
    correlation(101) > 0.98 && correlation(1) > 0.995
}

#[test]
#[ignore = "is run by another test as a process of its own"]
fn plays_four_seconds() {
    assert!(std::env::var_os(CHILD).is_some(), "run by its test only");
    let devices = RodioDevices;
    assert!(devices.is_there(&DeviceChoice::Default), "the server's device");
    let mut heard = Heard::new(Arc::new(devices));
    heard.until(PlayerCommand::Load(recording(1, 4)), |state| state.recording == Some(1));
    let started = Instant::now();
    let state = heard.until(PlayerCommand::Play, |state| state.playing || state.trouble.is_some());
    assert_eq!(state.trouble, None, "it plays");
    println!("open after {:?}", started.elapsed());
    let mut last = 0;
    while !heard.last.ended {
        let state = heard.wait(|_| true);
        assert!(state.position_ms >= last, "positions run on");
        last = state.position_ms;
    }
    let took = started.elapsed().as_secs_f64();
    assert!((3.8..5.5).contains(&took), "in real time: {took} s");
}

#[test]
fn a_sound_server_that_goes_away_is_a_lost_device() {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a folder");
    let server = sound_server(folder.path());
    let mut player = child(folder.path(), "sound_server::plays_until_the_device_is_lost");
    let mut player = player.stdout(Stdio::piped()).spawn().map(Stopped).expect("this test again");
    let mut out = std::io::BufReader::new(player.0.stdout.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("it plays") {
        line.clear();
        let read = std::io::BufRead::read_line(&mut out, &mut line).expect("text");
        assert!(read > 0, "the player ended early");
    }
    drop(server);
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("text");
    assert!(player.0.wait().expect("its end").success(), "paused, and said so: {rest}");
}

#[test]
#[ignore = "is run by another test as a process of its own"]
fn plays_until_the_device_is_lost() {
    assert!(std::env::var_os(CHILD).is_some(), "run by its test only");
    let mut heard = Heard::new(Arc::new(RodioDevices));
    heard.until(PlayerCommand::Load(recording(1, 60)), |state| state.recording == Some(1));
    heard.until(PlayerCommand::Play, |state| state.playing && state.position_ms > 0);
    println!("it plays");
    let state = heard.wait(|state| state.device == DeviceState::Lost);
    assert!(!state.playing && state.trouble.is_some(), "{state:?}");
    println!("{}", state.trouble.unwrap_or_default());
}

#[test]
fn a_machine_without_sound_says_so_to_the_person_and_nothing_to_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    // A sound server that is not there.
    configure(folder.path());
    let mut player = child(folder.path(), "sound_server::finds_no_device");
    let output = player.output().expect("this test again");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out} {err}");
    assert!(!err.contains("ALSA"), "ALSA is kept quiet: {err}");
}

#[test]
#[ignore = "is run by another test as a process of its own"]
fn finds_no_device() {
    assert!(std::env::var_os(CHILD).is_some(), "run by its test only");
    assert!(!RodioDevices.is_there(&DeviceChoice::Default), "there is no server");
    let mut heard = Heard::new(Arc::new(RodioDevices));
    heard.until(PlayerCommand::Load(recording(1, 60)), |state| state.recording == Some(1));
    let state = heard.until(PlayerCommand::Play, |state| state.trouble.is_some());
    assert_eq!((state.playing, &state.device), (false, &DeviceState::Missing), "{state:?}");
    println!("{}", state.trouble.unwrap_or_default());
    let state = heard.until(PlayerCommand::Device(DeviceChoice::Named("Gone".to_owned())), |_| true);
    assert_eq!(state.trouble, None, "another one may be there");
    let state = heard.until(PlayerCommand::Play, |state| state.trouble.is_some());
    assert_eq!(state.trouble.as_deref(), Some("The sound device “Gone” is not there."), "by its name");
}
