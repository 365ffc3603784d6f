//! Backups: how safe the library is, backing up now and by itself, and putting a backup in the library's place.

use crate::command::command;
use crate::reports::Every;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskBackups {}

/// Everything that the screen shows; each command answers with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupsView {
    pub standing: Standing,
    /// The newest good one whose file was not removed since.
    pub last_good: Option<BackupLine>,
    pub schedule: BackupSchedule,
    /// When the schedule is due next.
    pub next_ms: Option<i64>,
    /// What a backup of now would hold.
    pub database_bytes: u64,
    pub recordings: u64,
    pub recordings_bytes: u64,
    pub running: Option<BackupProgress>,
    /// Why what ran last and was not a backup of the log came to nothing, as a sentence.
    pub trouble: Option<String>,
    /// A backup that stands ready to take the library's place.
    pub prepared: Option<Prepared>,
    /// The newest first.
    pub log: Vec<BackupLine>,
}

/// Whether what the office has is safe. The first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// There is no good backup.
    Never,
    /// The latest one failed.
    Failed,
    /// The file of the newest good one is not there now.
    Away,
    /// The newest good one is older than two times of the schedule; without one, than two weeks.
    Old,
    /// It is young enough, but no schedule makes the next one.
    ByHand,
    Safe,
}

/// When CallDoc backs up by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupSchedule {
    pub on: bool,
    pub every: Every,
    /// As a person chose it.
    pub folder: String,
    /// Of those that the schedule made, so many stay.
    pub keep: u32,
    /// With the files of recordings.
    pub recordings: bool,
    /// With the passphrase that is in the keychain.
    pub encrypted: bool,
    /// Not stored with it: a passphrase is in the keychain.
    pub passphrase_kept: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveBackupSchedule {
    pub schedule: BackupSchedule,
    /// A new one for the keychain; `None`: the one that is there.
    pub passphrase: Option<String>,
}

impl std::fmt::Debug for SaveBackupSchedule {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SaveBackupSchedule").field("schedule", &self.schedule).finish_non_exhaustive()
    }
}

/// Begins one; how it goes on comes as [`crate::Push::BackupProgress`], and its end as [`crate::Push::BackupsChanged`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackUpNow {
    pub folder: String,
    pub recordings: bool,
    pub protection: Protection,
}

/// What keeps others from reading a backup.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "with", rename_all = "snake_case")]
pub enum Protection {
    Nothing,
    /// The passphrase that is in the keychain.
    Kept,
    /// For this one, and kept nowhere.
    Typed(String),
}

impl std::fmt::Debug for Protection {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Protection::Nothing => "Nothing",
            Protection::Kept => "Kept",
            Protection::Typed(_) => "Typed(…)",
        })
    }
}

/// Ends what runs, a backup or a restore; nothing half made is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopBackup {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupProgress {
    pub step: BackupStep,
    pub done_bytes: u64,
    /// As far as it is known; what is done may come out a little more.
    pub of_bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupStep {
    /// The database, as it is at this moment.
    Copying,
    Writing,
    /// Everything is read back and compared.
    Verifying,
    /// A backup, into a new folder.
    Unpacking,
    /// The unpacked library is looked through.
    Checking,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupLine {
    pub id: i64,
    pub at_ms: i64,
    pub why: BackupWhy,
    pub state: BackupState,
    /// Name of the file, without its folder.
    pub name: String,
    /// The folder it lies in, as text to be shown.
    pub folder: String,
    pub bytes: u64,
    pub recordings: bool,
    pub encrypted: bool,
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupWhy {
    ByHand,
    Schedule,
    Update,
    Restored,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupState {
    Good,
    Failed,
    /// Being made now.
    Begun,
    /// Its file was removed, because newer ones are kept.
    Removed,
}

/// A backup to be restored: one of the log, or (`None`) one that the person chooses in the system's own window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookAtBackup {
    pub id: Option<i64>,
}

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupLook {
    /// By which it is restored.
    pub look: u64,
    pub name: String,
    pub folder: String,
    pub bytes: u64,
    pub made_at_ms: i64,
    /// Version of the program that made it.
    pub app: String,
    pub recordings: bool,
    pub encrypted: bool,
    /// Why it cannot be restored, as a sentence.
    pub trouble: Option<String>,
    /// Where the library of now stays, as text to be shown.
    pub aside: String,
}

/// Unpacks and checks it beside the library, where it waits for CallDoc to be opened next. Goes on as a backup does.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepareRestore {
    pub look: u64,
    pub passphrase: Option<String>,
}

impl std::fmt::Debug for PrepareRestore {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PrepareRestore").field("look", &self.look).finish_non_exhaustive()
    }
}

/// Stands ready: the next start of CallDoc puts it in the library's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// Name of the backup's file.
    pub name: String,
    /// The library is as it was then.
    pub made_at_ms: i64,
    /// What is amiss with it, sentence by sentence.
    pub complaints: Vec<String>,
}

/// The library of now stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetRestore {}

/// Closes CallDoc and opens it again, which puts a prepared backup in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestartToRestore {}

command!(AskBackups, "backups", BackupsView);
command!(SaveBackupSchedule, "save_backup_schedule", BackupsView);
command!(BackUpNow, "back_up_now", BackupsView);
command!(StopBackup, "stop_backup", BackupsView);
command!(LookAtBackup, "look_at_backup", Option<BackupLook>);
command!(PrepareRestore, "prepare_restore", BackupsView);
command!(ForgetRestore, "forget_restore", BackupsView);
command!(RestartToRestore, "restart_to_restore", ());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_prints_nowhere() {
        let typed = Protection::Typed("correct horse".into());
        let now = BackUpNow { folder: "/backups".into(), recordings: false, protection: typed };
        let restore = PrepareRestore { look: 1, passphrase: Some("correct horse".into()) };
        assert!(!format!("{now:?} {restore:?}").contains("horse"), "neither in logs nor in panics");
    }
}
