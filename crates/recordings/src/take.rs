//! Taking a file in: one pass over the original gives the stored Opus, its peaks and all figures.

mod encode;

use crate::audio::{Audio, Source};
use crate::output::Output;
use crate::peaks::{self, Measure, Measured};
use crate::resample::{Resampler, opus_rate};
use crate::{AudioFormat, Key, Sha256, Span, Unreadable};
use encode::Sink;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

/// Pieces of sound that may wait for the encoder: enough that neither thread waits for the other's short delays.
const WAITING: usize = 16;

/// What to take, and where to put it.
#[derive(Debug, Clone)]
pub struct Take<'a> {
    /// The original; only read.
    pub source: &'a Path,
    /// Where the stored file grows. Its peaks grow at [`crate::peaks::beside`] it. What stands there is replaced.
    pub working: &'a Path,
    pub tags: Tags,
    pub encoding: Encoding,
    /// Seals stored file and peaks.
    pub seal: Option<&'a Key>,
}

/// Opus tags of the stored file: names in ASCII without `=`, values any text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags(pub Vec<(String, String)>);

/// How speech is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// Of each channel.
    pub bits_per_second: u32,
    /// libopus' effort, 0 to 10.
    pub complexity: u8,
}

impl Default for Encoding {
    /// Full effort: a recording is encoded once and heard for years, and an hour of it takes seconds.
    fn default() -> Self {
        Self { bits_per_second: 24_000, complexity: 10 }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub format: AudioFormat,
    pub source_sha256: Sha256,
    pub source_bytes: u64,
    /// Of the stored file as it stands on disk, sealed or not.
    pub stored_sha256: Sha256,
    pub stored_bytes: u64,
    /// Where the peaks are.
    pub peaks: PathBuf,
    /// At 48,000 a second.
    pub samples: u64,
    /// Integrated loudness by EBU R 128 in LUFS; none when there is nothing but silence.
    pub loudness: Option<f32>,
    /// Where nobody speaks.
    pub silences: Vec<Span>,
    /// What had to be bridged in a source that is not whole, in words.
    pub remarks: Vec<String>,
}

impl Taken {
    pub fn duration_ms(&self) -> u64 {
        self.samples / 48
    }
}

/// Stops a [`take`] from another thread.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Reads `source` once and writes the stored file and its peaks. `progress` is told the share of the source that is read,
/// 0 to 1. After an error nothing is left at the working paths.
pub fn take(take: &Take<'_>, cancel: &Cancel, progress: &mut dyn FnMut(f32)) -> Result<Taken, Unreadable> {
    let outcome = take_whole(take, cancel, progress);
    if outcome.is_err() {
        let _ = std::fs::remove_file(take.working);
        let _ = std::fs::remove_file(peaks::beside(take.working));
    }
    if cancel.is_cancelled() { outcome.map_err(|_| Unreadable::Cancelled) } else { outcome }
}

fn take_whole(take: &Take<'_>, cancel: &Cancel, progress: &mut dyn FnMut(f32)) -> Result<Taken, Unreadable> {
    let file = File::open(take.source).map_err(Unreadable::Io)?;
    let length = file.metadata().map_err(Unreadable::Io)?.len().max(1);
    let mut source = Source::new(file, cancel.clone());
    let ending = take.source.extension().and_then(|ending| ending.to_str());
    let mut audio = Audio::open(source.clone(), ending)?;
    let format = audio.format();
    let rate = opus_rate(format.rate);
    let output = Output::create(take.working, take.seal)?;
    let sink = Sink::new(output, rate, format.channels, take.encoding, &take.tags, &source.sha256())?;
    let (sender, receiver) = sync_channel::<Vec<f32>>(WAITING);
    let (heard, stored) = std::thread::scope(|scope| {
        let encoder = scope.spawn(move || {
            let mut sink = sink;
            for piece in receiver {
                sink.add(&piece)?;
            }
            Ok(sink)
        });
        let heard = hear(&mut audio, rate, sender, &mut || {
            progress(source.bytes_read() as f32 / length as f32);
        });
        let lost = || Unreadable::damaged("its encoding was broken off");
        (heard, encoder.join().unwrap_or_else(|_| Err(lost())))
    });
    // When the encoder fails the other side only knows that nobody listens any more.
    let sink = stored?;
    let (measure, frames) = heard?;
    if frames == 0 {
        return Err(Unreadable::Empty);
    }
    let samples = (u128::from(frames) * 48_000 / u128::from(rate)) as u64;
    let remarks = audio.remarks();
    // What stands behind the sound belongs to the original and to its hash.
    std::io::copy(&mut source, &mut std::io::sink()).map_err(Unreadable::Io)?;
    let output = sink.finish(samples)?;
    let Measured { loudness, silences, .. } = &measure;
    let (loudness, silences) = (*loudness, silences.clone());
    let peaks = peaks::beside(take.working);
    peaks::write(&peaks, &measure, take.seal)?;
    let (stored_sha256, stored_bytes) = output.finish()?;
    progress(1.0);
    Ok(Taken {
        format,
        source_sha256: source.sha256(),
        source_bytes: source.bytes_read(),
        stored_sha256,
        stored_bytes,
        peaks,
        samples,
        loudness,
        silences,
        remarks,
    })
}

/// Decodes all of the source, measures it and hands it to the encoder. Returns what was measured and how many frames.
fn hear(
    audio: &mut Audio,
    rate: u32,
    encoder: SyncSender<Vec<f32>>,
    progress: &mut dyn FnMut(),
) -> Result<(Measured, u64), Unreadable> {
    let format = audio.format();
    let channels = usize::from(format.channels);
    let mut resampler = (format.rate != rate).then(|| Resampler::new(format.rate, rate, format.channels));
    let mut measure = Measure::new(rate, format.channels)?;
    let mut frames = 0;
    let mut decoded = Vec::new();
    let mut more = true;
    while more {
        decoded.clear();
        more = audio.read(&mut decoded)?;
        let mut piece = Vec::with_capacity(decoded.len());
        match &mut resampler {
            Some(resampler) => resampler.push(&decoded, &mut piece),
            None => piece.append(&mut decoded),
        }
        if !more && let Some(resampler) = resampler.take() {
            resampler.finish(&mut piece);
        }
        measure.add(&piece)?;
        frames += (piece.len() / channels) as u64;
        if encoder.send(piece).is_err() {
            return Err(Unreadable::damaged("its encoding was broken off"));
        }
        progress();
    }
    Ok((measure.finish(frames * u64::from(48_000 / rate)), frames))
}
