//! What the program notes of itself: a file a day in the library's `logs` folder, without callers' numbers, names, paths
//! or secrets.
//!
//! A line passes [`redact`] on its way into the file, whoever wrote it; only CallDoc's own rooms are heard, at `info` and
//! above. Files are bounded in size and number. A disk that does not answer holds nobody up: lines that find no room in the
//! queue are counted and let go.

mod files;
mod layer;
pub(crate) mod redact;

pub use layer::FileLayer;

use crate::clock::Clock;
use files::Files;
use jiff::Timestamp;
use model::At;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

pub(crate) use files::{size_bytes, tail};

/// Within the library's folder.
const FOLDER: &str = "logs";

/// Lines that may wait for the disk.
const WAITING: usize = 1_024;

/// A disk that hangs must not keep the program from ending.
const FLUSHING: Duration = Duration::from_secs(2);

/// Which program writes, as its files are named: two may write beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    App,
    CommandLine,
}

enum Note {
    Line { at: At, line: String },
    Flush(SyncSender<()>),
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Logs {
    notes: SyncSender<Note>,
    lost: Arc<AtomicU64>,
    clock: Arc<Clock>,
}

impl Logs {
    /// Writes into the logs of this library; its folder is made with the first line. Fails when no thread can be had.
    pub fn begin(library: &Path, program: Program, clock: Arc<Clock>) -> std::io::Result<Self> {
        let (notes, queue) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::new(0));
        let (folder, counted) = (folder(library), Arc::clone(&lost));
        std::thread::Builder::new()
            .name("logs".to_owned())
            .spawn(move || write(queue, Files::new(folder, program), &counted))?;
        Ok(Self { notes, lost, clock })
    }

    /// For the program's subscriber.
    pub fn layer(&self) -> FileLayer {
        FileLayer::new(self.clone())
    }

    /// Waits until what was noted is in the file, for a moment at most.
    pub fn flush(&self) {
        let (done, told) = sync_channel(1);
        if self.notes.send(Note::Flush(done)).is_ok() {
            // Whoever waits longer than this waits for a disk that hangs.
            let _ = told.recv_timeout(FLUSHING);
        }
    }

    fn note(&self, line: String) {
        if self.notes.try_send(Note::Line { at: self.clock.now(), line }).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Where the logs of a library are.
pub(crate) fn folder(library: &Path) -> PathBuf {
    library.join(FOLDER)
}

fn write(queue: Receiver<Note>, mut files: Files, lost: &AtomicU64) {
    while let Ok(note) = queue.recv() {
        match note {
            Note::Line { at, line } => {
                let (day, time) = stamp(at);
                let lost = lost.swap(0, Ordering::Relaxed);
                if lost > 0 {
                    files.append(&day, &format!("{time} WARN desk::logs: {lost} lines were lost\n"));
                }
                files.append(&day, &format!("{time} {line}\n"));
            }
            // Nobody waits any more when it took too long.
            Note::Flush(done) => drop(done.send(())),
        }
    }
}

/// The day in UTC, by which files are named, and the instant.
fn stamp(at: At) -> (String, String) {
    let text = Timestamp::from_millisecond(at.0).unwrap_or_default().to_string();
    (text.chars().take(10).collect(), text)
}
