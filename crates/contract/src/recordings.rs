//! Recordings: the list, paged, and one of them; what is done with them.

use crate::calls::{CallRow, Named};
use crate::command::command;
use crate::notes::Note;
use crate::scorecards::ScoreLine;
use model::{Direction, RecordingMatch};
use serde::{Deserialize, Serialize};

/// Which recordings. Filters are joined by AND; `None` and `false` leave a filter out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordingFilter {
    /// Start at or after.
    pub from_ms: Option<i64>,
    /// Start before.
    pub to_ms: Option<i64>,
    /// Of the call.
    pub direction: Option<Direction>,
    /// Digits anywhere in the outside party's number.
    pub number: Option<String>,
    /// Extension that was recorded, or that talked on the call.
    pub agent: Option<String>,
    pub group: Option<String>,
    /// Words or pieces of words: names, numbers, file name, notes, tags.
    pub text: Option<String>,
    pub tag: Option<String>,
    pub min_seconds: Option<u32>,
    /// Without a call.
    pub unmatched: bool,
    pub noted: bool,
    pub scored: bool,
    pub held: bool,
    /// Only what is in the trash; else only what is not.
    pub trashed: bool,
    /// Only those whose file is missing or changed.
    pub damaged: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingSort {
    #[default]
    NewestFirst,
    OldestFirst,
    LongestFirst,
    ShortestFirst,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskRecordings {
    pub filter: RecordingFilter,
    pub sort: RecordingSort,
    /// Where the page before ended.
    pub after: Option<String>,
    /// 1 to 500.
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordingPage {
    pub rows: Vec<RecordingRow>,
    /// Give it as `after` for the next page; `None` at the end.
    pub next: Option<String>,
}

/// Totals of all that match, asked for after the first rows are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskRecordingTotals {
    pub filter: RecordingFilter,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingTotals {
    pub recordings: u64,
    pub length_ms: i64,
    pub bytes: u64,
    pub unmatched: u64,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordingRow {
    pub id: String,
    pub site: i64,
    pub started_ms: i64,
    pub length_ms: i64,
    /// 2: one party on each.
    pub channels: u8,
    /// The call it belongs to.
    pub call: Option<String>,
    /// Of the call.
    pub direction: Option<Direction>,
    /// Outside number, or what the file's name says.
    pub number: Option<String>,
    /// The number as people of the site's country write it; `None`: as `number`.
    pub shown_number: Option<String>,
    pub name: Option<String>,
    /// Whose phone was recorded; those who talked on the call where the file does not say.
    pub people: Vec<Named>,
    pub group: Option<Named>,
    pub matched: RecordingMatch,
    /// 0 to 1; `None` when decided by hand or not matched.
    pub confidence: Option<f32>,
    pub tags: Vec<String>,
    pub notes: u32,
    /// Mean of its scorecards, 0 to 100.
    pub score: Option<f32>,
    /// Under legal hold: nothing deletes it.
    pub held: bool,
    pub trashed_ms: Option<i64>,
    pub state: RecordingState,
}

/// Whether it can be heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingState {
    #[default]
    Good,
    /// Its file is not where it was put (a disk that is not there now, or a file that was taken away).
    Missing,
    /// Its file is not what was put there.
    Changed,
    /// Encrypted, and the key is not in the keychain.
    Locked,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskRecording {
    pub id: String,
}

/// One recording with everything known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordingView {
    pub row: RecordingRow,
    /// The call it belongs to, as a row.
    pub call_row: Option<CallRow>,
    pub file_name: String,
    /// Where it came from, in words ("Watched folder VRL", "Dropped into the window").
    pub came_from: String,
    pub taken_ms: i64,
    /// "WAV, G.711 A-law, 8 kHz, one channel"
    pub original_format: String,
    pub original_bytes: u64,
    pub original_sha256: String,
    pub original_kept: bool,
    pub stored_bytes: u64,
    pub stored_sha256: String,
    pub pool: String,
    pub encrypted: bool,
    /// EBU R 128, in LUFS.
    pub loudness: Option<f32>,
    /// Why it belongs to its call, a sentence each.
    pub reasons: Vec<String>,
    pub hold_reason: Option<String>,
    /// When retention takes it, by which rule.
    pub goes: Option<Goes>,
    /// Each change of the stored file, oldest first.
    pub versions: Vec<VersionLine>,
    /// Silenced for good, from and to, from its beginning.
    pub silenced: Vec<(i64, i64)>,
    pub notes: Vec<Note>,
    pub scores: Vec<ScoreLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goes {
    pub at_ms: i64,
    pub rule: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    pub at_ms: i64,
    /// "Taken in", "Silenced 0:12 to 0:19: card number"
    pub says: String,
    pub sha256: String,
}

/// Peaks of a stretch for a waveform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskPeaks {
    pub id: String,
    pub from_ms: i64,
    /// `None`: to the end.
    pub to_ms: Option<i64>,
    /// 1 to 4,000.
    pub columns: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peaks {
    pub from_ms: i64,
    pub to_ms: i64,
    /// For each channel, for each column: the loudest sample's distance from silence, 0 to 255.
    pub channels: Vec<Vec<u8>>,
    /// Stretches in which nobody speaks.
    pub silent: Vec<(i64, i64)>,
}

/// Calls that a recording may belong to, the likeliest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskRecordingCandidates {
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordingCandidate {
    pub call: CallRow,
    /// 0 to 1.
    pub confidence: f32,
    pub reasons: Vec<String>,
}

/// Decided by hand, and never changed by CallDoc.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchRecording {
    pub id: String,
    pub to: MatchTo,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", content = "call", rename_all = "snake_case")]
pub enum MatchTo {
    Call(String),
    /// It belongs to no call.
    None,
    /// Takes the decision back: CallDoc decides again.
    Rules,
}

/// Puts recordings into the trash, from which they can be taken back for seven days. Those under legal hold stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashRecordings {
    pub ids: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreRecordings {
    pub ids: Vec<String>,
}

/// Deletes what is in the trash for good, now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteRecordings {
    pub ids: Vec<String>,
}

/// Legal hold, on or (without `why`) off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldRecordings {
    pub ids: Vec<String>,
    pub why: Option<String>,
}

/// What became of each of several recordings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub done: u32,
    /// Why some were left as they were, a sentence each.
    pub left: Vec<String>,
}

/// Replaces the sound of spans by silence for good: the stored file, and the original where it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceRecording {
    pub id: String,
    /// From and to, from its beginning.
    pub spans_ms: Vec<(i64, i64)>,
    pub why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Wav,
    Opus,
}

/// Copies recordings, or a span of one, out of the library, each with a small text of its facts. The shell asks the
/// person where to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRecordings {
    pub ids: Vec<String>,
    pub format: ExportFormat,
    /// Of a single recording: from and to, from its beginning.
    pub span_ms: Option<(i64, i64)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Names of the files.
    pub files: Vec<String>,
    /// The folder, as the person chose it; `None`: the person changed their mind.
    pub folder: Option<String>,
    pub failed: Vec<String>,
}

/// Takes in files that a person chooses; the shell asks which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddRecordings {}

command!(AskRecordings, "recordings", RecordingPage);
command!(AskRecordingTotals, "recording_totals", RecordingTotals);
command!(AskRecording, "recording", RecordingView);
command!(AskPeaks, "peaks", Peaks);
command!(AskRecordingCandidates, "recording_candidates", Vec<RecordingCandidate>);
command!(MatchRecording, "match_recording", RecordingRow);
command!(TrashRecordings, "trash_recordings", Done);
command!(RestoreRecordings, "restore_recordings", Done);
command!(DeleteRecordings, "delete_recordings", Done);
command!(HoldRecordings, "hold_recordings", Done);
command!(SilenceRecording, "silence_recording", RecordingView);
command!(ExportRecordings, "export_recordings", Exported);
command!(AddRecordings, "add_recordings", crate::intake::IntakeView);
