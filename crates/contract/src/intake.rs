//! How recordings come in: folders that are watched, servers that are asked, naming, and what could not be read.

use crate::command::command;
use crate::sites::{PasswordState, TestReport};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskIntakeSources {}

/// Where recordings come from. Passwords are not part of it and never come back over the boundary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeSource {
    /// 0: not stored yet.
    pub id: i64,
    pub site: i64,
    pub name: String,
    pub place: IntakePlace,
    /// The naming preset by which file names are read; `None`: whichever fits.
    pub naming: Option<i64>,
    /// Remove a file there once its copy was verified. Off unless a person says so.
    pub remove_after: bool,
    /// Between two looks at the whole folder.
    pub every_seconds: u32,
    pub enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "with", rename_all = "snake_case")]
pub enum IntakePlace {
    Folder {
        folder: String,
    },
    Sftp {
        host: String,
        port: u16,
        user: String,
        folder: String,
        /// SHA-256 of the server's key that is trusted, as OpenSSH shows it; `None` before the first connection.
        host_key: Option<String>,
        /// The secret is a private key (OpenSSH form), not a password.
        by_key: bool,
        secret: PasswordState,
    },
}

/// Stores a source (a new one for id 0) and (re)starts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveIntakeSource {
    pub source: IntakeSource,
    /// Password, or private key; `None` keeps the one that is known.
    pub secret: Option<String>,
    /// Of the private key, where it has one.
    pub passphrase: Option<String>,
    /// Trust whatever key the server shows next (after a person has agreed to a changed one).
    pub forget_host_key: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedIntakeSource {
    pub source: IntakeSource,
    pub notice: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveIntakeSource {
    pub id: i64,
}

/// Tries a source without storing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestIntakeSource {
    pub source: IntakeSource,
    pub secret: Option<String>,
    pub passphrase: Option<String>,
}

/// What goes on at the intake, and what could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskIntake {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeView {
    /// Files found and not yet taken in.
    pub waiting: u64,
    pub working: u32,
    pub taken_today: u64,
    pub matched_today: u64,
    /// Why nothing is taken in now (a full disk, a missing key), as a sentence.
    pub held_up: Option<String>,
    /// Not readable, the newest first, at most 500.
    pub refused: Vec<RefusedFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedFile {
    pub id: i64,
    pub file_name: String,
    pub source: String,
    pub at_ms: i64,
    pub bytes: u64,
    /// Why, as a sentence.
    pub reason: String,
}

/// Tries refused files once more; without ids, all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryRefused {
    pub ids: Vec<i64>,
}

/// Takes refused files off the list; the copies that were kept aside are deleted, the sources' files are not touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetRefused {
    pub ids: Vec<i64>,
}

/// Looks through all sources now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanNow {}

/// Presets by which file names are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskNamings {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Naming {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    /// For instance `[{name}]_{from}-{to}_{time:YYYYMMDDHHmmss}({call_id})`.
    pub pattern: String,
    /// Comes with CallDoc; can be copied, not changed.
    pub built_in: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveNaming {
    pub naming: Naming,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveNaming {
    pub id: i64,
}

/// What a pattern makes of names: of those given, or without any of the last files that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewNaming {
    pub pattern: String,
    pub site: i64,
    pub names: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamingPreview {
    /// What is wrong with the pattern, and at which character.
    pub wrong: Option<(String, u32)>,
    pub lines: Vec<NamingLine>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamingLine {
    pub file_name: String,
    /// False: the pattern does not fit the name.
    pub fits: bool,
    pub started_ms: Option<i64>,
    /// Field and value, in the order of the name ("extension", "204").
    pub fields: Vec<(String, String)>,
}

command!(AskIntakeSources, "intake_sources", Vec<IntakeSource>);
command!(SaveIntakeSource, "save_intake_source", SavedIntakeSource);
command!(RemoveIntakeSource, "remove_intake_source", ());
command!(TestIntakeSource, "test_intake_source", TestReport);
command!(AskIntake, "intake", IntakeView);
command!(RetryRefused, "retry_refused", IntakeView);
command!(ForgetRefused, "forget_refused", IntakeView);
command!(ScanNow, "scan_now", IntakeView);
command!(AskNamings, "namings", Vec<Naming>);
command!(SaveNaming, "save_naming", Naming);
command!(RemoveNaming, "remove_naming", ());
command!(PreviewNaming, "preview_naming", NamingPreview);
