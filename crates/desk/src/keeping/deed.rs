//! What the audit log says was done: JSON in the row, words when it is shown.

use model::RecordingId;
use serde::{Deserialize, Serialize};

/// Stored: variants and fields are added, never changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub(crate) enum Deed {
    Played {
        from_ms: i64,
    },
    Exported {
        format: String,
        from_ms: Option<i64>,
        to_ms: Option<i64>,
        file: String,
        sha256: String,
    },
    /// It could not be finished, and its sound file was removed.
    ExportTakenBack {
        file: String,
        why: String,
    },
    /// By a retention rule, where one said so.
    Trashed {
        rule: Option<String>,
    },
    Restored,
    /// For good. What it was is told here, because it is nowhere else any more.
    Deleted {
        file_name: String,
        started_ms: i64,
        original_sha256: String,
        stored_sha256: String,
    },
    NotDeleted {
        why: String,
    },
    Held {
        why: String,
    },
    Released,
    Silenced {
        spans_ms: Vec<(i64, i64)>,
        why: String,
        sha256: String,
        original: Original,
    },
    /// By hand.
    Matched {
        call: Option<String>,
    },
    LeftToRules,
    Retagged {
        sha256: String,
    },
    PoolSaved {
        name: String,
        folder: String,
        order: i64,
        max_bytes: Option<u64>,
        min_free_bytes: u64,
    },
    PoolRemoved {
        name: String,
        folder: String,
    },
    EncodingSet {
        kilobits: u16,
        keep_original: bool,
    },
    RetentionSet {
        rules: Vec<String>,
        automatic: bool,
    },
    RetentionRun {
        recordings: u64,
        held: u64,
    },
    EncryptionOn {
        key: String,
    },
    EncryptionOff {
        key: String,
    },
    Unlocked {
        key: String,
    },
    Encrypted {
        sha256: String,
    },
    Decrypted {
        sha256: String,
    },
    Verified {
        good: u64,
        missing: Vec<i64>,
        changed: Vec<i64>,
    },
    SourceSaved {
        name: String,
        place: String,
        remove_after: bool,
    },
    SourceRemoved {
        name: String,
    },
    NamingSaved {
        name: String,
        pattern: String,
    },
    NamingRemoved {
        name: String,
    },
    ScorecardSaved {
        name: String,
        questions: u32,
    },
    ScorecardRemoved {
        name: String,
    },
    NoteRemoved {
        text: String,
    },
    /// With the sound of all recordings.
    BackedUp {
        file: String,
        encrypted: bool,
    },
    LibraryRestored {
        file: String,
    },
    LockSet {
        idle_minutes: Option<u32>,
    },
    LockOff,
    /// On the command line, without the passphrase.
    LockReset,
    KeepTimesSet {
        times: String,
    },
    KeepTimesRun {
        calls: u64,
        journal_entries: u64,
        shortened: u64,
    },
    /// Entries before it went by their rule; the first that is left follows from this hash.
    AuditShortened {
        entries: u64,
        hash: String,
    },
    /// Of whom is told nowhere.
    NumberExported {
        calls: u64,
        recordings: u64,
    },
    NumberErased {
        calls: u64,
        recordings: u64,
        journal_entries: u64,
        left: u64,
    },
}

/// What became of a kept original when a recording was silenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Original {
    NotKept,
    Silenced,
    Removed,
}

/// As it is shown.
pub(crate) fn words(what: &str) -> String {
    match serde_json::from_str::<Deed>(what) {
        Ok(deed) => deed.words(),
        // A newer program's.
        Err(_) => "Something that this version of CallDoc does not know".to_owned(),
    }
}

impl Deed {
    pub(crate) fn words(&self) -> String {
        match self {
            Deed::Played { from_ms: 0 } => "Played".to_owned(),
            Deed::Played { from_ms } => format!("Played from {}", length(*from_ms)),
            Deed::Exported { format, from_ms, to_ms, .. } => match (from_ms, to_ms) {
                (Some(from), Some(to)) => {
                    format!("Exported as {format}, {} to {}", length(*from), length(*to))
                }
                _ => format!("Exported as {format}"),
            },
            Deed::ExportTakenBack { file, why } => {
                format!("The exported file {file} was removed again: {why}")
            }
            Deed::Trashed { rule: None } => "Put into the trash".to_owned(),
            Deed::Trashed { rule: Some(rule) } => format!("Put into the trash by the rule \"{rule}\""),
            Deed::Restored => "Taken back from the trash".to_owned(),
            Deed::Deleted { file_name, .. } => format!("Deleted for good: {file_name}"),
            Deed::NotDeleted { why } => format!("Could not be deleted: {why}"),
            Deed::Held { why } => format!("Put under legal hold: {why}"),
            Deed::Released => "Legal hold ended".to_owned(),
            Deed::Silenced { spans_ms, why, original, .. } => {
                let original = match original {
                    Original::NotKept => "",
                    Original::Silenced => " (in the original too)",
                    Original::Removed => " (the original was removed)",
                };
                format!("Silenced {}: {why}{original}", spans(spans_ms))
            }
            Deed::Matched { call: Some(call) } => format!("Given to call {call} by hand"),
            Deed::Matched { call: None } => "Said by hand to belong to no call".to_owned(),
            Deed::LeftToRules => "Left to CallDoc to match again".to_owned(),
            Deed::Retagged { .. } => "The call's facts written into the file".to_owned(),
            _ => self.words_of_settings(),
        }
    }

    fn words_of_settings(&self) -> String {
        match self {
            Deed::PoolSaved { name, folder, order, max_bytes, min_free_bytes } => {
                let folder = if folder.is_empty() { "the library's own folder" } else { folder };
                let limit =
                    max_bytes.map_or("no limit".to_owned(), |bytes| format!("at most {}", size(bytes)));
                let free = size(*min_free_bytes);
                format!("Pool {name} set: {folder}, place {order}, {limit}, {free} of the disk left free")
            }
            Deed::PoolRemoved { name, .. } => format!("Pool {name} removed"),
            Deed::EncodingSet { kilobits, keep_original } => {
                let original = if *keep_original { "originals kept" } else { "originals not kept" };
                format!("Encoding set to {kilobits} kbit/s, {original}")
            }
            Deed::RetentionSet { rules, automatic } => {
                let when = if *automatic { "carried out daily" } else { "carried out by hand" };
                if rules.is_empty() {
                    "Retention set: no rules".to_owned()
                } else {
                    format!("Retention set, {when}: {}", rules.join("; "))
                }
            }
            Deed::RetentionRun { recordings, held } => {
                format!("Retention carried out: {recordings} put into the trash, {held} held")
            }
            Deed::EncryptionOn { key } => format!("Encryption switched on, key {key}"),
            Deed::EncryptionOff { key } => format!("Encryption switched off, key {key}"),
            Deed::Unlocked { key } => format!("Unlocked with the recovery key of {key}"),
            Deed::Encrypted { .. } => "Encrypted".to_owned(),
            Deed::Decrypted { .. } => "Decrypted".to_owned(),
            Deed::Verified { good, missing, changed } => {
                format!("Verified: {good} good, {} missing, {} changed", missing.len(), changed.len())
            }
            Deed::SourceSaved { name, place, remove_after } => {
                let files =
                    if *remove_after { "files removed there once taken in" } else { "files left there" };
                format!("Source {name} set: {place}, {files}")
            }
            Deed::SourceRemoved { name } => format!("Source {name} removed"),
            Deed::NamingSaved { name, pattern } => format!("Naming {name} set: {pattern}"),
            Deed::NamingRemoved { name } => format!("Naming {name} removed"),
            Deed::ScorecardSaved { name, questions } => {
                format!("Scorecard {name} set: {questions} questions")
            }
            Deed::ScorecardRemoved { name } => format!("Scorecard {name} removed"),
            Deed::BackedUp { file, encrypted } => {
                let locked = if *encrypted { "encrypted" } else { "not encrypted" };
                format!("All recordings copied into the backup {file}, {locked}")
            }
            Deed::LibraryRestored { file } => format!("The library restored from the backup {file}"),
            Deed::NoteRemoved { text } => format!("Note removed: {text}"),
            Deed::LockSet { idle_minutes: Some(minutes) } => {
                format!("Lock set, closed after {minutes} minutes without use")
            }
            Deed::LockSet { idle_minutes: None } => "Lock set, closed when told to".to_owned(),
            Deed::LockOff => "Lock taken off".to_owned(),
            Deed::LockReset => "Lock taken off on the command line, without the passphrase".to_owned(),
            _ => self.words_of_privacy(),
        }
    }

    fn words_of_privacy(&self) -> String {
        match self {
            Deed::KeepTimesSet { times } => format!("Kept from now on: {times}"),
            Deed::KeepTimesRun { calls, journal_entries, shortened } => format!(
                "Kept no longer: {calls} calls, {journal_entries} journal entries; {shortened} numbers shortened"
            ),
            Deed::AuditShortened { entries, .. } => {
                format!("The {entries} oldest entries of this log removed by its rule")
            }
            Deed::NumberExported { calls, recordings } => {
                format!("A number's {calls} calls and {recordings} recordings exported")
            }
            Deed::NumberErased { calls, recordings, journal_entries, left } => format!(
                "A number erased: from {calls} calls and {journal_entries} journal entries, {recordings} recordings \
                 deleted, {left} left"
            ),
            _ => String::new(),
        }
    }
}

/// "0:12 to 0:19, 1:02 to 1:05"
pub(crate) fn spans(spans_ms: &[(i64, i64)]) -> String {
    let spans: Vec<String> =
        spans_ms.iter().map(|(from, to)| format!("{} to {}", length(*from), length(*to))).collect();
    spans.join(", ")
}

/// "1:02:03", "0:12"; tenths where they are not whole.
pub(crate) fn length(ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    let tenths = match ms.max(0) % 1000 / 100 {
        0 => String::new(),
        tenths => format!(".{tenths}"),
    };
    match seconds / 3600 {
        0 => format!("{}:{:02}{tenths}", seconds / 60, seconds % 60),
        hours => format!("{hours}:{:02}:{:02}{tenths}", seconds / 60 % 60, seconds % 60),
    }
}

/// "1.5 GB"
pub(crate) fn size(bytes: impl std::borrow::Borrow<u64>) -> String {
    let bytes = *bytes.borrow() as f64;
    match bytes {
        bytes if bytes >= 1e9 => format!("{:.1} GB", bytes / 1e9),
        bytes => format!("{:.0} MB", bytes / 1e6),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// As several are told in one.
pub(crate) fn numbers(ids: &[RecordingId]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_are_told_in_words_and_stored_as_they_were() {
        let deed = Deed::Exported {
            format: "WAV".into(),
            from_ms: Some(12_000),
            to_ms: Some(40_500),
            file: "a.wav".into(),
            sha256: "00".into(),
        };
        let stored = serde_json::to_string(&deed).expect("JSON");
        assert_eq!(words(&stored), "Exported as WAV, 0:12 to 0:40.5", "with its span");
        assert_eq!(serde_json::from_str::<Deed>(&stored).expect("read"), deed, "nothing is lost of it");
        assert_eq!(words(r#"{"did":"restored"}"#), "Taken back from the trash", "one without fields");
        let newer = words(r#"{"did":"flown_to_the_moon"}"#);
        assert!(newer.contains("does not know"), "a newer program's deed is shown all the same: {newer}");
    }

    #[test]
    fn a_silenced_span_says_what_became_of_the_original() {
        let deed = Deed::Silenced {
            spans_ms: vec![(12_000, 19_000), (3_723_000, 3_724_000)],
            why: "card number".into(),
            sha256: String::new(),
            original: Original::Removed,
        };
        assert_eq!(
            deed.words(),
            "Silenced 0:12 to 0:19, 1:02:03 to 1:02:04: card number (the original was removed)",
            "each span, why, and the original"
        );
    }

    #[test]
    fn every_setting_has_words() {
        let deeds = [
            Deed::PoolSaved {
                name: "B".into(),
                folder: String::new(),
                order: 1,
                max_bytes: None,
                min_free_bytes: 1,
            },
            Deed::EncodingSet { kilobits: 24, keep_original: false },
            Deed::RetentionSet { rules: Vec::new(), automatic: true },
            Deed::EncryptionOn { key: "ab".into() },
            Deed::SourceSaved { name: "VRL".into(), place: "folder".into(), remove_after: true },
            Deed::NamingRemoved { name: "3CX".into() },
            Deed::ScorecardRemoved { name: "Sales".into() },
        ];
        for deed in deeds {
            assert!(!deed.words().is_empty(), "an entry without words tells nothing: {deed:?}");
        }
    }
}
