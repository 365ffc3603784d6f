//! From a click, or a seek, to the first sample handed to the sound device; and what playing an hour takes. The recordings
//! are stored files, opened at the click with their peaks, as the desk does it.
//!
//! The device here is a thread that takes 10 ms blocks at their time, as a sound card does, and looks at them. Beside
//! each figure stands the floor: the same device, opened for a sound that is already there.

use crate::audio::{run, taken, text};
use crate::table::{RUNS, Table, spread};
use anyhow::Context;
use playback::device::Pull;
use playback::{
    CaptureDevice, Device, DeviceChoice, DeviceError, Devices, Loaded, Loss, Player, PlayerCommand,
    SAMPLE_RATE, Samples, SourceError, Span,
};
use recordings::peaks::{Peaks, beside};
use recordings::stored::Stored;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const BLOCK: usize = 480;
const PATIENCE: Duration = Duration::from_secs(10);
/// Louder than anything of one party in the other's channel.
const LOUD: f32 = 0.05;

pub(crate) fn measure(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let floor = median(|_| floor())?;
    for minutes in [1, 60] {
        let stored = halves(folder.path(), minutes)?;
        let click = median(|_| click(&stored))?;
        row(table, &format!("Click to sound, {minutes} min"), click, "100 ms", floor);
    }
    let hour_long = halves(folder.path(), 60)?;
    let (card, player) = playing(&hour_long)?;
    let seek = median(|run| seek(&card, &player, run as u64))?;
    drop(player);
    row(table, "Seek to sound, 60 min", seek, "50 ms", floor);
    hour(table, &hour_long)
}

fn row(table: &mut Table, what: &str, figure: f64, wanted: &str, floor: f64) {
    let ratio = format!("{:.1}", figure / floor);
    table.row(what, format!("{figure:.1} ms"), wanted, "opening the device alone", ratio);
}

fn median(mut once: impl FnMut(usize) -> anyhow::Result<Duration>) -> anyhow::Result<f64> {
    let taken: anyhow::Result<Vec<f64>> = (0..RUNS).map(|run| Ok(once(run)?.as_secs_f64() * 1e3)).collect();
    Ok(spread(taken?).0)
}

/// A stored recording of so many minutes with a tone on one side, then on the other, so that a listener knows which half it
/// hears.
fn halves(folder: &Path, minutes: u64) -> anyhow::Result<PathBuf> {
    let stored = folder.join(format!("{minutes}.opus"));
    if stored.exists() {
        return Ok(stored);
    }
    let half = (minutes * 30).to_string();
    let (left, right, both) = (folder.join("left.wav"), folder.join("right.wav"), folder.join("both.wav"));
    let tone = |to: &Path, before: &str, after: &str| {
        let sine = ["synth", &half, "sine", "440", "gain", "-6", "pad", before, after];
        run("sox", &[&["-n", "-r", "8000", "-b", "16", text(to)?], &sine[..]].concat())
    };
    tone(&left, "0", &half)?;
    tone(&right, &half, "0")?;
    run("sox", &["-M", text(&left)?, text(&right)?, "-e", "a-law", text(&both)?])?;
    taken(&both, &stored)?;
    Ok(stored)
}

struct Decoded(Stored);

impl Samples for Decoded {
    fn channels(&self) -> u8 {
        self.0.facts().channels
    }

    fn len_frames(&self) -> u64 {
        self.0.facts().samples
    }

    fn seek(&mut self, frame: u64) -> Result<(), SourceError> {
        self.0.seek(frame).map_err(|error| SourceError(error.to_string()))
    }

    fn read(&mut self, out: &mut [f32]) -> Result<usize, SourceError> {
        let values = self.0.read(out).map_err(|error| SourceError(error.to_string()))?;
        Ok(values / usize::from(self.channels()))
    }
}

fn opened(stored: &Path) -> anyhow::Result<Loaded> {
    let peaks = Peaks::open(&beside(stored), None)?;
    let span = |span: &recordings::Span| Span { from_ms: span.from_ms, to_ms: span.to_ms };
    let silences = peaks.silences().iter().map(span).collect();
    let samples = Box::new(Decoded(Stored::open(stored, None)?));
    Ok(Loaded { id: 1, samples, silences, loudness_lufs: peaks.loudness() })
}

/// Tells when each side is first heard after being silent.
#[derive(Clone)]
struct Card {
    tell: Sender<(Side, Instant)>,
    heard: Arc<Mutex<Receiver<(Side, Instant)>>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

impl Card {
    fn new() -> Card {
        let (tell, heard) = channel();
        Card { tell, heard: Arc::new(Mutex::new(heard)) }
    }

    fn wait(&self, wanted: Side) -> anyhow::Result<Instant> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let (side, at) = heard.recv_timeout(PATIENCE).context("nothing was heard")?;
            if side == wanted {
                return Ok(at);
            }
        }
    }
}

struct Running {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Device for Running {
    fn name(&self) -> &str {
        "Bench"
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Devices for Card {
    fn names(&self) -> Vec<String> {
        vec!["Bench".to_owned()]
    }

    fn open(
        &self,
        _choice: &DeviceChoice,
        mut pull: Box<dyn Pull>,
        _lost: Box<dyn FnMut(Loss) + Send>,
    ) -> Result<Box<dyn Device>, DeviceError> {
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, tell) = (stop.clone(), self.tell.clone());
        let take = move || {
            let mut block = [0.0; BLOCK * 2];
            let mut sounding = None;
            let mut due = Instant::now();
            while !stopped.load(Ordering::Relaxed) {
                pull.pull(&mut block, Some(Duration::from_millis(20)));
                let side = block.chunks(2).find_map(|frame| match frame {
                    [left, _] if left.abs() > LOUD && sounding != Some(Side::Left) => Some(Side::Left),
                    [_, right] if right.abs() > LOUD && sounding != Some(Side::Right) => Some(Side::Right),
                    _ => None,
                });
                if let Some(side) = side {
                    sounding = Some(side);
                    let _ = tell.send((side, Instant::now()));
                }
                due += Duration::from_millis(10);
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
            }
        };
        Ok(Box::new(Running { stop, thread: Some(std::thread::spawn(take)) }))
    }

    fn is_there(&self, _choice: &DeviceChoice) -> bool {
        true
    }
}

/// Sound that is there already.
struct Level;

impl Pull for Level {
    fn pull(&mut self, out: &mut [f32], _latency: Option<Duration>) {
        out.fill(0.5);
    }

    fn wait(&self, _frames: usize, _patience: Duration) {}
}

fn floor() -> anyhow::Result<Duration> {
    let card = Card::new();
    let started = Instant::now();
    let device = card.open(&DeviceChoice::Default, Box::new(Level), Box::new(|_| {}))?;
    let heard = card.wait(Side::Left)?;
    drop(device);
    Ok(heard - started)
}

fn click(stored: &Path) -> anyhow::Result<Duration> {
    let card = Card::new();
    let player = Player::start(Arc::new(card.clone()), |_| {});
    let started = Instant::now();
    player.send(PlayerCommand::Load(opened(stored)?));
    player.send(PlayerCommand::Play);
    Ok(card.wait(Side::Left)? - started)
}

fn playing(stored: &Path) -> anyhow::Result<(Card, Player)> {
    let card = Card::new();
    let player = Player::start(Arc::new(card.clone()), |_| {});
    player.send(PlayerCommand::Load(opened(stored)?));
    player.send(PlayerCommand::Play);
    card.wait(Side::Left)?;
    Ok((card, player))
}

/// Into the other half, and back for the next run.
fn seek(card: &Card, player: &Player, run: u64) -> anyhow::Result<Duration> {
    let started = Instant::now();
    player.send(PlayerCommand::SeekTo { position_ms: 2_000_000 + run * 300_000 });
    let heard = card.wait(Side::Right)?;
    player.send(PlayerCommand::SeekTo { position_ms: run * 300_000 });
    card.wait(Side::Left)?;
    Ok(heard - started)
}

/// Everything on, as fast as it goes: what it takes of a core, and of memory.
fn hour(table: &mut Table, stored: &Path) -> anyhow::Result<()> {
    let before = resident_mb();
    let device = CaptureDevice::default();
    let player = Player::start(Arc::new(device.clone()), |_| {});
    player.send(PlayerCommand::Load(opened(stored)?));
    player.send(PlayerCommand::EvenLoudness(true));
    player.send(PlayerCommand::Speed(2.0));
    player.send(PlayerCommand::Play);
    anyhow::ensure!(device.wait_open(PATIENCE), "the device never opened");
    let started = Instant::now();
    for _ in 0..30 * 60 {
        device.pull(SAMPLE_RATE as usize);
    }
    let share = started.elapsed().as_secs_f64() / (30.0 * 60.0);
    table.row(
        "Playing at double speed, loudness even",
        format!("{:.1} % of a core", share * 100.0),
        "-",
        "its own length",
        format!("{share:.3}"),
    );
    if let (Some(before), Some(after)) = (before, resident_mb()) {
        let more = after - before;
        table.row(
            "Memory of playing 60 min",
            format!("{more:.1} MB"),
            "30 MB",
            "the bound",
            format!("{:.2}", more / 30.0),
        );
    }
    Ok(())
}

fn resident_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
