//! Settings > Privacy: how long things are kept, and what is about one number outside.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskPrivacy {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privacy {
    pub times: KeepTimes,
    /// When the first entry of the journal came that is still there; `None`: there is none.
    pub journal_from_ms: Option<i64>,
    /// Up to when the calls stay as they are, because the journal they were made of is gone; `None`: all can be made anew.
    pub settled_until_ms: Option<i64>,
}

/// In days; `None`: for ever. Recordings have rules of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepTimes {
    pub calls_days: Option<u32>,
    /// At most as long as calls are kept and as long as numbers are whole: the journal could bring both back.
    pub journal_days: Option<u32>,
    pub audit_days: Option<u32>,
    /// Outside numbers lose their last three digits after so long.
    pub whole_numbers_days: Option<u32>,
}

/// From now on carried out once a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavePrivacy {
    pub times: KeepTimes,
}

/// What such times would take now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewPrivacy {
    pub times: KeepTimes,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyPreview {
    pub calls: Over,
    pub journal: Over,
    pub audit: Over,
    /// Calls whose numbers would be shortened.
    pub numbers: Over,
    /// What stays longer than asked, and why, as sentences.
    pub notes: Vec<String>,
}

/// How many, from when on, how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    pub count: u64,
    pub oldest_ms: Option<i64>,
    /// 0 where nothing becomes free.
    pub bytes: u64,
}

/// Carries the stored times out now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunPrivacy {}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyDone {
    pub calls: u64,
    pub journal_entries: u64,
    pub audit_entries: u64,
    /// Calls and recordings.
    pub shortened: u64,
}

/// What there is about a number outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskNumber {
    pub number: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberView {
    pub calls: u64,
    pub first_ms: Option<i64>,
    pub last_ms: Option<i64>,
    pub recordings: u64,
    /// Of these: under legal hold.
    pub held: u64,
    pub notes: u64,
    /// How it is written in what was found, so that a person sees whether it is the right one.
    pub spellings: Vec<String>,
    pub names: Vec<String>,
    /// A call with it is going on: it can be erased when that has ended.
    pub live: bool,
}

/// Calls and recordings of a number in one file; the person says where to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportNumber {
    pub number: String,
}

/// The calls stay as figures, without number and name; what was written about them and their recordings goes for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EraseNumber {
    pub number: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    pub calls: u64,
    pub recordings: u64,
    pub journal_entries: u64,
    /// What could not be erased, and why, a sentence each.
    pub left: Vec<String>,
}

command!(AskPrivacy, "privacy", Privacy);
command!(SavePrivacy, "save_privacy", Privacy);
command!(PreviewPrivacy, "preview_privacy", PrivacyPreview);
command!(RunPrivacy, "run_privacy", PrivacyDone);
command!(AskNumber, "number", NumberView);
command!(ExportNumber, "export_number", crate::health::SavedFile);
command!(EraseNumber, "erase_number", Erased);
