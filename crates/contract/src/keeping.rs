//! How recordings are kept: pools, encoding, retention, encryption, verification, and the audit log of all of it.

use crate::command::command;
use model::Direction;
use serde::{Deserialize, Serialize};

/// Folders, on one disk or several, that recordings are stored in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskPools {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    /// Empty: within the library's own folder.
    pub folder: String,
    /// New recordings go to the first pool that has room, in this order.
    pub order: u32,
    /// At most so many bytes of recordings.
    pub max_bytes: Option<u64>,
    /// So much of the disk is left free.
    pub min_free_bytes: u64,
    /// Not stored with it: what is in it, and the disk.
    pub used_bytes: u64,
    pub recordings: u64,
    /// `None`: the folder cannot be reached now.
    pub free_bytes: Option<u64>,
    /// What is amiss, as a sentence.
    pub trouble: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavePool {
    pub pool: Pool,
}

/// Only a pool with nothing in it can be removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovePool {
    pub id: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskEncoding {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoding {
    /// 12 to 64, for each channel.
    pub kilobits: u16,
    /// Keep the original file beside the stored one.
    pub keep_original: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveEncoding {
    pub encoding: Encoding,
}

/// How long recordings are kept. The first rule that fits says; without one that fits, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskRetention {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionRule {
    pub name: String,
    pub direction: Option<Direction>,
    pub group: Option<String>,
    pub tag: Option<String>,
    /// Only recordings without a call.
    pub unmatched: bool,
    /// Into the trash after so many days; `None`: never.
    pub keep_days: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    pub rules: Vec<RetentionRule>,
    /// Carried out once a day; off: only when told to.
    pub automatic: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveRetention {
    pub retention: Retention,
}

/// What rules would put into the trash now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRetention {
    pub retention: Retention,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RetentionPreview {
    pub recordings: u64,
    pub bytes: u64,
    /// For each rule: how many it would take, how many bytes.
    pub by_rule: Vec<(String, u64, u64)>,
    /// Left alone because of a legal hold.
    pub held: u64,
    /// The oldest first, at most 200.
    pub rows: Vec<crate::recordings::RecordingRow>,
}

/// Carries the stored rules out now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRetention {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskEncryption {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "with", rename_all = "snake_case")]
pub enum Encryption {
    Off,
    On {
        /// The first digits of the key's digest, to tell keys apart.
        key: String,
        /// Recordings not yet encrypted (or, when switched off, still encrypted).
        remaining: u64,
    },
    /// The key is missing or is another one: recordings cannot be heard until the recovery key is given.
    Locked {
        key: String,
        why: String,
    },
}

/// Switches encryption at rest on or off; stored recordings are rewritten in the background.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetEncryption {
    pub on: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncryptionSet {
    pub encryption: Encryption,
    /// Shown once; whoever has it can read the recordings.
    pub recovery_key: Option<String>,
}

/// Puts the key back into the keychain from its recovery key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnlockRecordings {
    pub recovery_key: String,
}

/// Looks whether each stored file is what was put there. Progress comes as [`crate::Push::Verifying`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyRecordings {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    pub recordings: u64,
    pub good: u64,
    /// Encrypted ones whose key is not there are verified all the same.
    pub missing: Vec<VerifyLine>,
    pub changed: Vec<VerifyLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyLine {
    pub id: String,
    /// The stored file, within its pool.
    pub file: String,
    pub says: String,
}

/// The audit log, the newest first: every play, export, deletion, silencing and change of settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskAudit {
    /// Only this recording's.
    pub recording: Option<String>,
    /// Where the page before ended.
    pub before: Option<i64>,
    /// 1 to 500.
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    pub lines: Vec<AuditLine>,
    pub next: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    pub n: i64,
    pub at_ms: i64,
    /// The system's account under which CallDoc ran.
    pub who: String,
    /// "Played", "Exported as WAV, 0:12 to 0:40", "Retention rule added"
    pub says: String,
    pub recording: Option<String>,
    /// SHA-256 of this entry and the one before it.
    pub hash: String,
}

/// Whether the audit log is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckAudit {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCheck {
    pub entries: u64,
    /// The first entry that does not follow from the one before, and what is wrong with it.
    pub broken: Option<(i64, String)>,
    /// What could not be proven of a log that is whole, as a sentence.
    pub less: Option<String>,
}

command!(AskPools, "pools", Vec<Pool>);
command!(SavePool, "save_pool", Vec<Pool>);
command!(RemovePool, "remove_pool", Vec<Pool>);
command!(AskEncoding, "encoding", Encoding);
command!(SaveEncoding, "save_encoding", Encoding);
command!(AskRetention, "retention", Retention);
command!(SaveRetention, "save_retention", Retention);
command!(PreviewRetention, "preview_retention", RetentionPreview);
command!(RunRetention, "run_retention", crate::recordings::Done);
command!(AskEncryption, "encryption", Encryption);
command!(SetEncryption, "set_encryption", EncryptionSet);
command!(UnlockRecordings, "unlock_recordings", Encryption);
command!(VerifyRecordings, "verify_recordings", Verified);
command!(AskAudit, "audit", AuditPage);
command!(CheckAudit, "check_audit", AuditCheck);
