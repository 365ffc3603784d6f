//! The recorder of a running office: files appear in a folder as their stretches end, or grow while they run.

use super::sound::GrowingFile;
use super::{Recorded, RecordingSettings, Tapes};
use crate::error::SimulatorError;
use contract::published::Call;
use model::At;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// How often a growing file is written to.
const PIECE: Duration = Duration::from_millis(500);

/// Where an office's recordings go.
#[derive(Clone, Debug, PartialEq)]
pub struct RecorderSettings {
    /// Made when it is not there.
    pub folder: PathBuf,
    pub of: RecordingSettings,
    pub growth: Growth,
    /// JSON Lines: one [`Recorded`] for each file that is complete.
    pub truth: Option<PathBuf>,
}

/// When a file can be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Growth {
    /// When its stretch has ended, whole.
    #[default]
    WhenComplete,
    /// From its beginning on, with a header that says nothing of its length until the end.
    AsSpoken,
}

/// What has been written so far.
#[derive(Debug, Default)]
struct Written {
    files: u64,
    truth: Option<File>,
    trouble: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Recorder {
    folder: PathBuf,
    growth: Growth,
    tapes: Tapes,
    names: HashMap<String, Vec<String>>,
    running: JoinSet<()>,
    written: Arc<Mutex<Written>>,
}

impl Recorder {
    pub(crate) fn open(settings: &RecorderSettings) -> Result<Self, SimulatorError> {
        let told = |source| SimulatorError::Recordings { source };
        std::fs::create_dir_all(&settings.folder).map_err(told)?;
        let truth = settings.truth.as_ref().map(File::create).transpose().map_err(told)?;
        Ok(Self {
            folder: settings.folder.clone(),
            growth: settings.growth,
            tapes: Tapes::new(settings.of.clone()),
            names: HashMap::new(),
            running: JoinSet::new(),
            written: Arc::new(Mutex::new(Written { truth, ..Written::default() })),
        })
    }

    /// A call begins, and is known to its end; `started_at` is `began` on the office's clock.
    pub(crate) fn record(&mut self, call: &Call, started_at: At, began: Instant) {
        while self.running.try_join_next().is_some() {}
        for recorded in self.tapes.of(call) {
            self.names.entry(call.id.clone()).or_default().push(recorded.file_name.clone());
            let due = |at: At| began + Duration::from_millis(u64::try_from(at - started_at).unwrap_or(0));
            let (from, to) = (due(recorded.started_at), due(recorded.ended_at));
            let (folder, written) = (self.folder.clone(), self.written.clone());
            match self.growth {
                Growth::WhenComplete => self.running.spawn(async move {
                    tokio::time::sleep_until(to).await;
                    let saved = blocking(move || recorded.write_to(&folder).map(|_| recorded)).await;
                    note(&written, saved);
                }),
                Growth::AsSpoken => self.running.spawn(async move {
                    let saved = grow(recorded, folder, from, to).await;
                    note(&written, saved);
                }),
            };
        }
    }

    /// The files of a call that has ended.
    pub(crate) fn take_names(&mut self, call: &str) -> Vec<String> {
        self.names.remove(call).unwrap_or_default()
    }

    /// Waits for what is still being written.
    pub(crate) async fn finish(&mut self) {
        while self.running.join_next().await.is_some() {}
    }

    /// Files that are complete, and why there are not more.
    pub(crate) fn written(&self) -> (u64, Option<String>) {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        (written.files, written.trouble.clone())
    }
}

async fn grow(recorded: Recorded, folder: PathBuf, from: Instant, to: Instant) -> io::Result<Recorded> {
    tokio::time::sleep_until(from).await;
    let told = recorded.clone();
    let mut file = blocking(move || GrowingFile::begin(recorded, &folder)).await?;
    let mut next = from + PIECE;
    while next < to {
        tokio::time::sleep_until(next).await;
        let since_ms = u64::try_from((next - from).as_millis()).unwrap_or(u64::MAX);
        file = blocking(move || file.grow(since_ms).map(|()| file)).await?;
        next += PIECE;
    }
    tokio::time::sleep_until(to).await;
    blocking(move || file.finish()).await?;
    Ok(told)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

fn note(written: &Mutex<Written>, saved: io::Result<Recorded>) {
    let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
    let noted = saved.and_then(|recorded| {
        written.files += 1;
        let Some(file) = &mut written.truth else { return Ok(()) };
        let mut line = serde_json::to_vec(&recorded)?;
        line.push(b'\n');
        file.write_all(&line)
    });
    if let Err(error) = noted {
        tracing::warn!(%error, "a recording cannot be written");
        written.trouble.get_or_insert_with(|| error.to_string());
    }
}

impl RecorderSettings {
    /// Recordings of everything in `folder`.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            of: RecordingSettings::default(),
            growth: Growth::default(),
            truth: None,
        }
    }
}
