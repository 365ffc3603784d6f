//! The JSON of the command line, which scripts outside the project depend on: names and fields never change, and what
//! is new is added. Instants are RFC 3339 text with the site's offset; lengths are seconds.

use model::{Direction, EventKind, MatchMethod, Relation, SourceKind};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    pub id: String,
    pub site: String,
    pub direction: Direction,
    pub started_at: String,
    pub answered_at: Option<String>,
    pub ended_at: Option<String>,
    pub answered: bool,
    pub abandoned: bool,
    pub abandoned_on_hold: bool,
    pub voicemail: bool,
    pub emergency: bool,
    pub external_number: Option<String>,
    pub external_name: Option<String>,
    pub dialed_number: Option<String>,
    pub agents: Vec<String>,
    pub agents_rung: Vec<String>,
    pub groups: Vec<String>,
    pub talk_s: f64,
    pub ring_s: f64,
    pub hold_s: f64,
    pub queue_s: f64,
    pub park_s: f64,
    pub total_s: f64,
    pub events: Vec<Event>,
    pub related: Vec<Related>,
    pub sources: Vec<SourceKind>,
    pub smdr: Vec<u64>,
    #[serde(rename = "match")]
    pub matched: Option<Match>,
    pub recordings: Vec<String>,
    pub notes: Vec<String>,
    pub tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub kind: EventKind,
    pub started_at: String,
    pub duration_s: f64,
    pub agent: Option<String>,
    pub group: Option<String>,
    pub party: Option<String>,
    pub device: Option<String>,
    pub cause: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    pub id: String,
    pub relation: Relation,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    pub method: MatchMethod,
    pub confidence: f64,
}

/// One line of `collect --events`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveEvent {
    pub at: String,
    #[serde(flatten)]
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum What {
    #[serde(rename = "call.started")]
    CallStarted { call: Box<Call> },
    #[serde(rename = "call.changed")]
    CallChanged { call: Box<Call> },
    #[serde(rename = "call.ended")]
    CallEnded { call: Box<Call> },
    /// What was told of it is no call by itself: it was part of another one.
    #[serde(rename = "call.gone")]
    CallGone { call: Gone },
    #[serde(rename = "agent.changed")]
    AgentChanged { agent: Agent },
    #[serde(rename = "link.changed")]
    LinkChanged { link: Link },
}

/// A call that is not in the library any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    pub extension: String,
    pub name: Option<String>,
    pub site: String,
    pub state: model::AgentState,
    pub since: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub site: String,
    pub source: crate::links::Source,
    pub state: crate::links::LinkState,
    pub says: String,
}

/// Summary of `import smdr`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    pub lines: u64,
    pub records: u64,
    pub duplicates: u64,
    pub quarantined: u64,
    pub calls: u64,
}

/// Summary of `import recordings`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingImportSummary {
    pub files: u64,
    pub imported: u64,
    pub duplicates: u64,
    pub matched: u64,
    pub failed: u64,
}

/// One line of `recordings list`, and `recordings show`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    pub id: String,
    pub site: String,
    pub started_at: String,
    pub duration_s: f64,
    pub channels: u8,
    pub call: Option<String>,
    pub agents: Vec<String>,
    pub group: Option<String>,
    pub external_number: Option<String>,
    #[serde(rename = "match")]
    pub matched: model::RecordingMatch,
    pub confidence: Option<f64>,
    pub file_name: String,
    pub state: crate::recordings::RecordingState,
    pub held: bool,
    pub trashed_at: Option<String>,
    pub original_sha256: String,
    pub stored_sha256: String,
    pub stored_bytes: u64,
    pub notes: Vec<String>,
    pub tags: Vec<String>,
}

/// Summary of `recordings verify`; it exits with 1 when a file is missing or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifySummary {
    pub recordings: u64,
    pub good: u64,
    pub missing: Vec<String>,
    pub changed: Vec<String>,
}

/// Summary of `recordings retention --preview`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionSummary {
    pub recordings: u64,
    pub bytes: u64,
    pub held: u64,
    pub ids: Vec<String>,
}

/// Summary of `backup`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupSummary {
    pub file: String,
    pub bytes: u64,
    /// Files of recordings that are in it.
    pub recording_files: u64,
    /// Files of recordings that were not where they belong.
    pub missing_files: u64,
    pub encrypted: bool,
    /// What is amiss with the library, sentence by sentence.
    pub complaints: Vec<String>,
}

/// Summary of `restore`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreSummary {
    pub file: String,
    /// RFC 3339, with the offset of this computer's zone.
    pub made_at: String,
    /// False: the library is open elsewhere, and the next opening puts the backup in its place.
    pub in_place: bool,
    /// The folder of the library that was there before.
    pub aside: Option<String>,
    /// What is amiss with the restored library, sentence by sentence.
    pub complaints: Vec<String>,
}
