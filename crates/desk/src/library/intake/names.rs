//! Names of files on their way, and what a file is in words.

use crate::desk::Desk;
use crate::library::intake::job::Job;
use recordings::{Taken, peaks};
use std::path::{Path, PathBuf};

/// Unfinished files of one intake.
pub(crate) struct Names {
    pub(crate) copy: PathBuf,
    pub(crate) stored: PathBuf,
    pub(crate) sealed: PathBuf,
    pub(crate) tagged: PathBuf,
}

impl Names {
    pub(crate) fn of(desk: &Desk, row: i64) -> Self {
        let folder = desk.library().working();
        Self {
            copy: folder.join(format!("{row}.in")),
            stored: folder.join(format!("{row}.opus")),
            sealed: folder.join(format!("{row}.sealed")),
            tagged: folder.join(format!("{row}.tagged")),
        }
    }

    pub(crate) fn remove_all(&self) {
        for file in [&self.copy, &self.stored, &self.sealed, &self.tagged, &peaks::beside(&self.stored)] {
            // Most of them were moved away.
            let _ = std::fs::remove_file(file);
        }
    }
}

/// "WAV, G.711 A-law, 8 kHz, one channel"
pub(crate) fn format_in_words(job: &Job, taken: &Taken) -> String {
    let container = Path::new(&job.seen.file).extension().and_then(|ending| ending.to_str()).unwrap_or("?");
    let rate = f64::from(taken.format.rate) / 1000.0;
    let channels = if taken.format.channels == 1 { "one channel" } else { "two channels" };
    let mut words = format!("{}, {}, {rate} kHz, {channels}", container.to_uppercase(), taken.format.codec);
    for remark in &taken.remarks {
        words.push_str("; ");
        words.push_str(remark);
    }
    words
}

pub(crate) fn last_part(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
