//! Settings > Backups.

use crate::answer::Answer;
use crate::backups::save_schedule;
use crate::desk::Desk;
use crate::trouble::invalid;
use contract::Failure;
use contract::backups::{
    AskBackups, BackUpNow, BackupLook, BackupsView, ForgetRestore, LookAtBackup, PrepareRestore,
    SaveBackupSchedule, StopBackup,
};

impl Answer<AskBackups> for Desk {
    async fn answer(&self, _ask: AskBackups) -> Result<BackupsView, Failure> {
        self.backups_view().await
    }
}

impl Answer<SaveBackupSchedule> for Desk {
    async fn answer(&self, ask: SaveBackupSchedule) -> Result<BackupsView, Failure> {
        save_schedule(self, ask.schedule, ask.passphrase).await?;
        self.backups_view().await
    }
}

impl Answer<BackUpNow> for Desk {
    async fn answer(&self, ask: BackUpNow) -> Result<BackupsView, Failure> {
        self.back_up_now(ask).await?;
        self.backups_view().await
    }
}

impl Answer<StopBackup> for Desk {
    async fn answer(&self, _ask: StopBackup) -> Result<BackupsView, Failure> {
        self.backups().stop();
        self.backups_view().await
    }
}

impl Answer<LookAtBackup> for Desk {
    async fn answer(&self, ask: LookAtBackup) -> Result<Option<BackupLook>, Failure> {
        let id = ask.id.ok_or_else(|| invalid("Choose a backup."))?;
        self.look_at_logged(id).await.map(Some)
    }
}

impl Answer<PrepareRestore> for Desk {
    async fn answer(&self, ask: PrepareRestore) -> Result<BackupsView, Failure> {
        self.prepare_restore(ask)?;
        self.backups_view().await
    }
}

impl Answer<ForgetRestore> for Desk {
    async fn answer(&self, _ask: ForgetRestore) -> Result<BackupsView, Failure> {
        self.forget_restore().await?;
        self.backups_view().await
    }
}
