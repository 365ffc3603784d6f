//! One look at the collector.

use crate::kernel::{Process, unread_bytes};
use anyhow::{Context, Result};
use std::path::Path;
use store::Reader;

/// As it was at one moment of the office's day; queues are the longest since the sample before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// Of the office's own time, since it opened.
    pub hours: f64,
    pub calls_ended: u64,
    pub rss_mb: f64,
    pub own_mb: f64,
    /// Open files, sockets and pipes.
    pub files: usize,
    pub threads: usize,
    /// The library's write-ahead log.
    pub wal_mb: f64,
    pub database_mb: f64,
    /// Bytes in sockets that the collector had not read.
    pub unread_bytes: u64,
    /// Journal entries that were not in the tables of calls yet.
    pub journal_behind: u64,
}

/// The longest queues since they were last taken.
#[derive(Debug, Default)]
pub(crate) struct Queues {
    unread_bytes: u64,
    journal_behind: u64,
}

impl Queues {
    pub(crate) async fn look(&mut self, reader: &Reader, ports: &[u16]) -> Result<()> {
        let waiting = reader.waiting().await.context("the library cannot be looked at")?;
        self.journal_behind = self.journal_behind.max(waiting.journal_entries);
        self.unread_bytes = self.unread_bytes.max(unread_bytes(ports)?);
        Ok(())
    }

    pub(crate) fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

pub(crate) fn sample(
    process: Process,
    library: &Path,
    queues: &Queues,
    hours: f64,
    calls_ended: u64,
) -> Result<Sample> {
    let memory = process.memory()?;
    Ok(Sample {
        hours,
        calls_ended,
        rss_mb: memory.rss_mb,
        own_mb: memory.own_mb,
        files: process.files()?,
        threads: process.threads()?,
        wal_mb: size_mb(&library.join("library.sqlite3-wal")),
        database_mb: size_mb(&library.join("library.sqlite3")),
        unread_bytes: queues.unread_bytes,
        journal_behind: queues.journal_behind,
    })
}

/// 0 where there is no such file.
fn size_mb(path: &Path) -> f64 {
    std::fs::metadata(path).map_or(0.0, |found| found.len() as f64 / f64::from(1 << 20))
}
