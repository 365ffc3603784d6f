//! How it goes: what went wrong in plain words, what was looked at, and a bundle of it for whoever helps.

use crate::command::command;
use crate::links::{LinkState, Source};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskHealth {}

/// Something amiss. Repetitions are counted in one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthEntry {
    pub first_ms: i64,
    pub last_ms: i64,
    pub times: u64,
    pub site_name: Option<String>,
    pub kind: HealthKind,
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthKind {
    Link,
    Quarantine,
    Protocol,
    Gap,
    Keychain,
    Library,
}

/// Everything the health page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskHealthReport {
    pub depth: Depth,
}

/// How closely the library is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// What is known at once.
    #[default]
    Quick,
    /// Every page of the database and every entry of the audit log are read: seconds to minutes.
    Thorough,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthReport {
    pub now_ms: i64,
    pub version: String,
    /// Number of the newest change of the library's format.
    pub format: i64,
    pub sources: Vec<SourceHealth>,
    pub queues: Vec<Queue>,
    pub sizes: Sizes,
    pub findings: Vec<Finding>,
    /// Of the last seven days, the latest first.
    pub troubles: Vec<Trouble>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceHealth {
    pub site_name: String,
    pub source: Source,
    pub state: LinkState,
    pub says: String,
    pub advice: Option<String>,
    pub last_event_ms: Option<i64>,
}

/// Work that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// "Recordings on their way in"
    pub name: String,
    pub waiting: u64,
    /// What it means, as a sentence.
    pub says: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// The database file and the log beside it.
    pub database_bytes: u64,
    pub journal_entries: u64,
    pub recordings: u64,
    pub recordings_bytes: u64,
    pub logs_bytes: u64,
    /// On the library's disk; `None`: it cannot be read.
    pub free_bytes: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Good,
    Warning,
    Bad,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// "library", "disk", "keychain", "audio", or the name of a site and its source.
    pub about: String,
    pub verdict: Verdict,
    pub says: String,
    pub advice: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    pub entry: HealthEntry,
    /// What to do about it, as a sentence.
    pub advice: String,
}

/// Puts a diagnostics bundle together, to be looked at before it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepareDiagnostics {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticsPreview {
    /// Names this bundle to [`SaveDiagnostics`].
    pub bundle: u64,
    pub files: Vec<DiagnosticsFile>,
}

/// A file of the bundle with its whole text: nothing is saved that was not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticsFile {
    pub name: String,
    /// What it is, as a sentence.
    pub says: String,
    pub text: String,
}

/// Saves a bundle as it was shown; the person says where to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveDiagnostics {
    pub bundle: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    /// `None`: the person changed their mind.
    pub file: Option<String>,
}

command!(AskHealth, "health", Vec<HealthEntry>);
command!(AskHealthReport, "health_report", HealthReport);
command!(PrepareDiagnostics, "prepare_diagnostics", DiagnosticsPreview);
command!(SaveDiagnostics, "save_diagnostics", SavedFile);
