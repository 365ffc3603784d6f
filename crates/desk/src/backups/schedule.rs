//! Backups that are made by the clock. What was missed while CallDoc was off is made up for once; what failed is tried
//! again a few times, and then at its next time.

use super::failure_of_backup;
use super::making::{Care, Order, Place};
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keychain::{KeychainTrouble, Secret};
use crate::places::documents;
use crate::reporting::times;
use crate::trouble::{failure_of_store, invalid};
use backup::Passphrase;
use contract::backups::{BackupSchedule, BackupStep};
use contract::reports::Every;
use contract::{Failure, FailureCode};
use model::At;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::{BackupState, BackupWhy, Reader};

/// Under which names they are stored.
const SCHEDULE: &str = "backup_schedule";
const SEEN_TO: &str = "backup_seen_to";

/// Under which name the passphrase is in the keychain.
const ACCOUNT: &str = "backups";

/// Between two tries of one that failed: a disk that is not plugged in yet, a server that starts up.
const TRY_AGAIN_MS: [i64; 3] = [15 * 60_000, 3_600_000, 4 * 3_600_000];

/// The clock is looked at so often at least: it may be set, and a laptop may have slept.
const LOOK_MS: i64 = 60_000;

/// So many may be kept: some years of days.
const KEEP_MAX: u32 = 1_000;

/// Early in the afternoon computers run.
const USUAL: Every = Every::Day { minute_of_day: 13 * 60 };

/// As it was saved; switched off until then.
pub(crate) async fn read(reader: &Reader) -> Result<BackupSchedule, Failure> {
    let stored = reader.office_setting(SCHEDULE).await.map_err(failure_of_store)?;
    Ok(stored.and_then(|stored| serde_json::from_str(&stored).ok()).unwrap_or_else(|| BackupSchedule {
        on: false,
        every: USUAL,
        folder: documents()
            .map(|folder| folder.join("CallDoc backups").to_string_lossy().into_owned())
            .unwrap_or_default(),
        keep: 14,
        recordings: false,
        encrypted: false,
        passphrase_kept: false,
    }))
}

/// With a new passphrase for the keychain, where one was given.
pub(crate) async fn save(
    desk: &Desk,
    schedule: BackupSchedule,
    passphrase: Option<String>,
) -> Result<(), Failure> {
    if !(1..=KEEP_MAX).contains(&schedule.keep) {
        return Err(invalid(format!("Keep from 1 to {KEEP_MAX} backups.")));
    }
    let folder = schedule.folder.trim().to_owned();
    if schedule.on {
        desk.check_backup_folder(&folder).await?;
    }
    if let Some(passphrase) = &passphrase {
        Passphrase::new(passphrase).map_err(|trouble| failure_of_backup(&trouble))?;
        let kept = desk.keychain().put(ACCOUNT, &Secret::new(passphrase.clone()));
        kept.map_err(|trouble| failure_of_keychain(&trouble))?;
    }
    if schedule.encrypted && !desk.backup_passphrase_kept() {
        return Err(invalid(
            "Enter a passphrase: backups that are made by themselves need one in the keychain.",
        ));
    }
    let bare = BackupSchedule { folder, passphrase_kept: false, ..schedule };
    let stored = serde_json::to_string(&bare).unwrap_or_default();
    let hand = desk.hand();
    hand.set_office_setting(SCHEDULE, Some(&stored), &[]).await.map_err(failure_of_store)?;
    // Times before it was saved are not its own.
    desk.set_seen_to(desk.clock().now()).await?;
    desk.backups().wake();
    desk.happen(Happening::Backups);
    Ok(())
}

impl Desk {
    /// # Errors
    /// Where no backups may go to.
    pub(crate) async fn check_backup_folder(&self, folder: &str) -> Result<(), Failure> {
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let mut backed_up: Vec<PathBuf> = pools.iter().map(|pool| self.library().folder_of(pool)).collect();
        backed_up.push(self.library().folder.clone());
        let folder = PathBuf::from(folder);
        crate::keeping::off_thread(move || super::places::check_folder(&folder, &backed_up)).await??;
        Ok(())
    }

    pub(crate) fn backup_passphrase_kept(&self) -> bool {
        matches!(self.keychain().get(ACCOUNT), Ok(Some(_)))
    }

    /// # Errors
    /// A keychain that does not give it.
    pub(crate) fn kept_backup_passphrase(&self) -> Result<Passphrase, Failure> {
        let kept = self.keychain().get(ACCOUNT).map_err(|trouble| failure_of_keychain(&trouble))?;
        let (secret, _) = kept.ok_or_else(|| Failure {
            code: FailureCode::Keychain,
            message: "The passphrase for backups is not in the keychain. Enter it in Settings, Backups."
                .to_owned(),
            detail: None,
        })?;
        Passphrase::new(secret.reveal()).map_err(|trouble| failure_of_backup(&trouble))
    }

    /// When the schedule is due next.
    pub(crate) fn next_backup(&self, schedule: &BackupSchedule) -> Option<At> {
        let zone = self.office_zone();
        times::next(schedule.every, &zone, self.clock().now()).filter(|_| schedule.on)
    }

    /// Makes what is due now. Gives whether something was.
    ///
    /// # Errors
    /// When that could not be found out or noted; a backup that fails stands in the log.
    pub async fn see_to_backups(&self) -> Result<bool, Failure> {
        let schedule = read(self.reader()).await?;
        if !schedule.on {
            return Ok(false);
        }
        let now = self.clock().now();
        let seen_to = self.seen_to().await?;
        // Of several that were missed, one is enough: it holds what the others would have held.
        let due = times::missed(schedule.every, &self.office_zone(), seen_to, now).pop();
        let Some(due) = due else { return Ok(false) };
        let lines = self.reader().backups(super::log::LOOKED_THROUGH).await.map_err(failure_of_store)?;
        let tried =
            || lines.iter().filter(|line| line.due_at == Some(due) && line.state == BackupState::Failed);
        let tries = tried().count();
        let wait_ms = tries.checked_sub(1).and_then(|place| TRY_AGAIN_MS.get(place));
        if let (Some(wait_ms), Some(last)) = (wait_ms, tried().next())
            && now < last.begun_at.plus_ms(*wait_ms)
        {
            return Ok(false);
        }
        let made = self.make_scheduled(&schedule, due).await;
        match made {
            Ok(()) => {
                self.keep_newest(BackupWhy::Schedule, schedule.keep as usize).await?;
                self.set_seen_to(due).await?;
            }
            Err(failure) => {
                tracing::warn!("a scheduled backup failed: {}", failure.message);
                if tries >= TRY_AGAIN_MS.len() {
                    self.set_seen_to(due).await?;
                }
            }
        }
        Ok(true)
    }

    async fn make_scheduled(&self, schedule: &BackupSchedule, due: At) -> Result<(), Failure> {
        let passphrase = match schedule.encrypted {
            true => match self.kept_backup_passphrase() {
                Ok(passphrase) => Some(passphrase),
                Err(failure) => {
                    self.note_not_begun(schedule, due, &failure).await?;
                    return Err(failure);
                }
            },
            false => None,
        };
        let order = Order {
            why: BackupWhy::Schedule,
            due_at: Some(due),
            place: Place::Within { folder: PathBuf::from(&schedule.folder), what: "CallDoc".to_owned() },
            recordings: schedule.recordings,
            passphrase,
            care: Care::Thorough,
        };
        let going = self.begin_backup(BackupStep::Copying)?;
        self.make_backup(order, going).await.map(|_| ())
    }

    /// Without its passphrase, nothing is written: not in the clear.
    async fn note_not_begun(&self, schedule: &BackupSchedule, due: At, why: &Failure) -> Result<(), Failure> {
        let line = store::Backup {
            id: 0,
            begun_at: self.clock().now(),
            due_at: Some(due),
            why: BackupWhy::Schedule,
            state: BackupState::Failed,
            file: String::new(),
            bytes: 0,
            recordings: schedule.recordings,
            sealed: true,
            says: why.message.clone(),
        };
        self.hand().note_backup(&line).await.map_err(failure_of_store)?;
        self.happen(Happening::Backups);
        Ok(())
    }

    async fn seen_to(&self) -> Result<At, Failure> {
        let stored = self.reader().office_setting(SEEN_TO).await.map_err(failure_of_store)?;
        Ok(stored.and_then(|stored| stored.parse().ok()).map_or_else(|| self.clock().now(), At))
    }

    async fn set_seen_to(&self, until: At) -> Result<(), Failure> {
        let until = until.0.to_string();
        self.hand().set_office_setting(SEEN_TO, Some(&until), &[]).await.map_err(failure_of_store)
    }

    /// Runs until the desk is closed.
    pub(super) fn keep_backing_up(&self) {
        let weak = self.weak();
        let woken = Arc::clone(&self.backups().woken);
        tokio::spawn(async move {
            loop {
                let Some(desk) = weak.upgrade() else { return };
                if let Err(failure) = desk.see_to_backups().await {
                    tracing::warn!(message = failure.message, "scheduled backups could not be seen to");
                }
                drop(desk);
                let _ = tokio::time::timeout(Duration::from_millis(LOOK_MS.unsigned_abs()), woken.notified())
                    .await;
            }
        });
    }
}

fn failure_of_keychain(trouble: &KeychainTrouble) -> Failure {
    Failure { code: FailureCode::Keychain, message: trouble.to_string(), detail: None }
}
