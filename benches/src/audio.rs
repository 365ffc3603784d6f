//! Recordings: taken in, looked at and sought in, beside ffmpeg and opusdec on the same files.

use crate::table::{RUNS, Table, spread};
use anyhow::{Context, Result, bail};
use recordings::peaks::Peaks;
use recordings::stored::Stored;
use recordings::{Cancel, Encoding, Tags, Take, take};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const TEXT: &str = "Good morning, this is Anna Berger. I am calling about the order from last Tuesday. It has not arrived \
    yet. Let me have a look at it for you. The parcel left our house on Friday, so it should be with you tomorrow.";
const SHORT_SECONDS: u32 = 600;
const LONG_SECONDS: u32 = 3_600;
const FILES: usize = 8;
const SEEKS: u64 = 200;

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let short = speech(folder.path(), SHORT_SECONDS)?;
    let long = speech(folder.path(), LONG_SECONDS)?;
    transcode(table, folder.path(), &short)?;
    together(table, folder.path(), &short)?;
    let stored = folder.path().join("long.opus");
    taken(&long, &stored)?;
    waveform(table, folder.path(), &stored)?;
    seeks(table, &stored)
}

/// Speech in a G.711 WAV, as a PBX records it.
fn speech(folder: &Path, seconds: u32) -> Result<PathBuf> {
    let (said, file) = (folder.join("said.wav"), folder.join(format!("{seconds}.wav")));
    run("espeak-ng", &["-v", "en+f3", "-w", text(&said)?, TEXT])?;
    let length = seconds.to_string();
    let pauses = ["-e", "a-law", "-r", "8000", text(&file)?, "gain", "-6", "pad", "0", "2"];
    run("sox", &[&["-D", text(&said)?], &pauses[..], &["repeat", "-", "trim", "0", &length]].concat())?;
    Ok(file)
}

fn transcode(table: &mut Table, folder: &Path, source: &Path) -> Result<()> {
    let (ours, theirs) = (folder.join("ours.opus"), folder.join("theirs.opus"));
    let complexity = Encoding::default().complexity.to_string();
    let mut own = Vec::new();
    let mut ratios = Vec::new();
    for _ in 0..RUNS {
        let seconds = timed(|| taken(source, &ours))?;
        let settings =
            ["-c:a", "libopus", "-application", "voip", "-b:a", "24k", "-compression_level", &complexity];
        let begin = ["-v", "error", "-y", "-i", text(source)?];
        let beside = timed(|| run("ffmpeg", &[&begin, &settings[..], &[text(&theirs)?]].concat()))?;
        own.push(seconds);
        ratios.push(seconds / beside);
    }
    let ((median, least, most), (ratio, ..)) = (spread(own), spread(ratios));
    table.row(
        "10 minutes of G.711 to Opus, with hashes, peaks and loudness",
        format!("{median:.2} s ({least:.2} to {most:.2})"),
        "1 times",
        "ffmpeg -c:a libopus, which only encodes",
        format!("{ratio:.2}"),
    );
    Ok(())
}

/// As many at a time as there are cores, against one after the other.
fn together(table: &mut Table, folder: &Path, source: &Path) -> Result<()> {
    let working: Vec<PathBuf> = (0..FILES).map(|number| folder.join(format!("{number}.opus"))).collect();
    let cores = std::thread::available_parallelism()?.get();
    let mut seconds = Vec::new();
    let mut ratios = Vec::new();
    for _ in 0..3 {
        let one_by_one = timed(|| working.iter().try_for_each(|working| taken(source, working)))?;
        let at_once = timed(|| {
            std::thread::scope(|scope| {
                let hands = working.chunks(FILES.div_ceil(cores)).map(|share| {
                    scope.spawn(move || share.iter().try_for_each(|working| taken(source, working)))
                });
                let hands: Vec<_> = hands.collect();
                hands.into_iter().try_for_each(|hand| match hand.join() {
                    Ok(outcome) => outcome,
                    Err(_) => bail!("a worker broke off"),
                })
            })
        })?;
        seconds.push(at_once);
        ratios.push(at_once / one_by_one);
    }
    let ((median, least, most), (ratio, ..)) = (spread(seconds), spread(ratios));
    table.row(
        "Eight such files at once",
        format!("{median:.2} s ({least:.2} to {most:.2}), {cores} cores"),
        "both cores",
        "one after the other",
        format!("{ratio:.2}"),
    );
    Ok(())
}

fn waveform(table: &mut Table, folder: &Path, stored: &Path) -> Result<()> {
    let (made, wav) = (folder.join("long.peaks"), folder.join("long.wav"));
    let mut own = Vec::new();
    let mut ratios = Vec::new();
    for _ in 0..RUNS {
        let seconds = timed(|| Peaks::of_stored(stored, &made, None).map(drop).map_err(Into::into))?;
        let beside = timed(|| run("opusdec", &["--quiet", text(stored)?, text(&wav)?]))?;
        own.push(seconds);
        ratios.push(seconds / beside);
    }
    let ((median, least, most), (ratio, ..)) = (spread(own), spread(ratios));
    table.row(
        "Peaks of a stored recording of 60 minutes",
        format!("{median:.2} s ({least:.2} to {most:.2})"),
        "1.5 times",
        "opusdec",
        format!("{ratio:.2}"),
    );
    let mut opened = Vec::new();
    for _ in 0..RUNS {
        let seconds = timed(|| {
            let mut peaks = Peaks::open(&made, None)?;
            let all = 0..peaks.samples() / 48;
            peaks.level(all, 2_000)?;
            Ok(())
        })?;
        opened.push(seconds * 1_000.0);
    }
    let (median, least, most) = spread(opened);
    let figure = format!("{median:.2} ms ({least:.2} to {most:.2})");
    table.row("Waveform of 60 minutes opened", figure, "30 ms", "none", "-".to_owned());
    Ok(())
}

/// From the command to the first 20 ms of sound in hand.
fn seeks(table: &mut Table, stored: &Path) -> Result<()> {
    let opened = timed(|| Stored::open(stored, None).map(drop).map_err(Into::into))? * 1_000.0;
    let mut recording = Stored::open(stored, None)?;
    let samples = recording.facts().samples;
    let mut buffer = [0.0; 960];
    let mut each = Vec::new();
    for number in 0..SEEKS {
        each.push(
            timed(|| {
                recording.seek(number * 7_919_333 % samples)?;
                recording.read(&mut buffer)?;
                Ok(())
            })? * 1_000.0,
        );
    }
    let (median, least, most) = spread(each);
    table.row(
        "A seek in 60 minutes, to the first sound decoded",
        format!("{median:.2} ms ({least:.2} to {most:.2}); opened in {opened:.2} ms"),
        "5 ms",
        "none",
        "-".to_owned(),
    );
    Ok(())
}

pub(crate) fn taken(source: &Path, working: &Path) -> Result<()> {
    let what = Take { source, working, tags: Tags::default(), encoding: Encoding::default(), seal: None };
    take(&what, &Cancel::default(), &mut |_| {})?;
    Ok(())
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64())
}

pub(crate) fn run(program: &str, arguments: &[&str]) -> Result<()> {
    let output = Command::new(program).args(arguments).output();
    let output = output.with_context(|| format!("this figure needs the program {program}"))?;
    if !output.status.success() {
        bail!("{program} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

pub(crate) fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}
