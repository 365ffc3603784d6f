//! What the screen of backups shows, and what it begins.

use super::making::{Care, Order, Place};
use super::places::beside;
use super::restoring::Restorable;
use super::{failure_of_backup, log, restoring, schedule, standing};
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::off_thread;
use crate::trouble::{failure_of_store, invalid, not_found};
use backup::Passphrase;
use contract::Failure;
use contract::backups::{
    BackUpNow, BackupLook, BackupSchedule, BackupStep, BackupsView, PrepareRestore, Protection,
};
use std::path::{Path, PathBuf};
use store::{BackupState, BackupWhy};

/// Lines of the log that are shown.
const SHOWN: usize = 200;

impl Desk {
    pub(crate) async fn backups_view(&self) -> Result<BackupsView, Failure> {
        let lines = self.reader().backups(log::LOOKED_THROUGH).await.map_err(failure_of_store)?;
        let schedule = schedule::read(self.reader()).await?;
        let last_good = standing::last_good(&lines).cloned();
        let (newest, library) = (last_good.clone(), self.library().folder.clone());
        let (is_there, prepared) = off_thread(move || {
            let is_there = newest.is_some_and(|line| Path::new(&line.file).is_file());
            (is_there, restoring::prepared(&library))
        })
        .await?;
        let now = self.clock().now();
        let standing = standing::judge(&lines, |_| is_there, &schedule, &self.office_zone(), now);
        let mut recordings_bytes = 0;
        for pool in self.reader().pools().await.map_err(failure_of_store)? {
            recordings_bytes += self.reader().pool_use(pool.id).await.map_err(failure_of_store)?.bytes;
        }
        Ok(BackupsView {
            standing,
            last_good: last_good.as_ref().map(log::shown),
            next_ms: self.next_backup(&schedule).map(|at| at.0),
            schedule: BackupSchedule { passphrase_kept: self.backup_passphrase_kept(), ..schedule },
            database_bytes: self.reader().database_bytes().await.map_err(failure_of_store)?,
            recordings: self.reader().count_recordings().await.map_err(failure_of_store)?,
            recordings_bytes,
            running: self.backups().progress(),
            trouble: self.backups().trouble(),
            prepared,
            log: lines.iter().take(SHOWN).map(log::shown).collect(),
        })
    }

    /// Begins one, which goes on by itself.
    pub(crate) async fn back_up_now(&self, ask: BackUpNow) -> Result<(), Failure> {
        let folder = ask.folder.trim().to_owned();
        self.check_backup_folder(&folder).await?;
        let passphrase = match &ask.protection {
            Protection::Nothing => None,
            Protection::Kept => Some(self.kept_backup_passphrase()?),
            Protection::Typed(typed) => {
                Some(Passphrase::new(typed).map_err(|trouble| failure_of_backup(&trouble))?)
            }
        };
        let order = Order {
            why: BackupWhy::ByHand,
            due_at: None,
            place: Place::Within { folder: PathBuf::from(folder), what: "CallDoc".to_owned() },
            recordings: ask.recordings,
            passphrase,
            care: Care::Thorough,
        };
        let going = self.begin_backup(BackupStep::Copying)?;
        let desk = self.clone();
        // What becomes of it stands in the log.
        tokio::spawn(async move { desk.make_backup(order, going).await.map(|_| ()) });
        Ok(())
    }

    pub(crate) async fn look_at_logged(&self, id: i64) -> Result<BackupLook, Failure> {
        let lines = self.reader().backups(log::LOOKED_THROUGH).await.map_err(failure_of_store)?;
        let line = lines.into_iter().find(|line| line.id == id && line.state == BackupState::Good);
        let line = line.ok_or_else(|| not_found("There is no file of this backup any more."))?;
        let file = PathBuf::from(&line.file);
        if !file.is_file() {
            return Err(not_found(format!(
                "The backup is not at {} now. Plug its disk in or connect to its server, and try again.",
                line.file
            )));
        }
        self.look_at_backup(&file).await
    }

    /// What a file that a person chose says of itself.
    ///
    /// # Errors
    /// When it cannot be read; one that is no backup is told in the answer.
    pub async fn look_at_backup(&self, file: &Path) -> Result<BackupLook, Failure> {
        let says = restoring::look(file).await?;
        let aside = beside(&self.library().folder, "before-restore")?;
        Ok(shown(self.backups().looked_at(file.to_owned()), file, says, &aside))
    }

    /// Begins to unpack the one that was looked at, which goes on by itself.
    pub(crate) fn prepare_restore(&self, ask: PrepareRestore) -> Result<(), Failure> {
        let file = self.backups().looked(ask.look)?;
        let going = self.begin_backup(BackupStep::Unpacking)?;
        let (desk, library) = (self.clone(), self.library().folder.clone());
        // On a thread of its own: opening a library is no work that may change threads.
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            let told = going.told();
            let preparing = restoring::prepare(&library, &file, ask.passphrase.as_deref(), told);
            let prepared = runtime.block_on(preparing);
            desk.backups().set_trouble(prepared.err().map(|failure| failure.message));
            drop(going);
        });
        Ok(())
    }

    pub(crate) async fn forget_restore(&self) -> Result<(), Failure> {
        if self.backups().progress().is_some() {
            return Err(invalid("A backup or a restore is going on. Wait for its end, or stop it first."));
        }
        let library = self.library().folder.clone();
        off_thread(move || restoring::forget(&library)).await??;
        self.happen(Happening::Backups);
        Ok(())
    }
}

pub(super) fn shown(look: u64, file: &Path, says: Restorable, aside: &Path) -> BackupLook {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    BackupLook {
        look,
        name: part(file.file_name()),
        folder: part(file.parent().map(Path::as_os_str)),
        bytes: says.bytes,
        made_at_ms: says.made_at_ms,
        app: says.app,
        recordings: says.recordings,
        encrypted: says.needs_passphrase,
        trouble: says.trouble,
        aside: aside.to_string_lossy().into_owned(),
    }
}
