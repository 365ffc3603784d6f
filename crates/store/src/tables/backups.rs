//! Table `backups`: what was made, what failed, what was restored.

use crate::hand::begin;
use crate::{Hand, Reader, StoreError};
use model::At;

/// Lines of the log that are kept: some years of a backup a day.
const KEPT: i64 = 2_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// 0: not stored yet.
    pub id: i64,
    pub begun_at: At,
    /// The time of the schedule that it was made for.
    pub due_at: Option<At>,
    pub why: BackupWhy,
    pub state: BackupState,
    /// Where it lies; empty when it came to no file.
    pub file: String,
    pub bytes: u64,
    /// With the files of recordings.
    pub recordings: bool,
    pub sealed: bool,
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupWhy {
    ByHand,
    Schedule,
    Update,
    /// Not made but restored.
    Restored,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupState {
    Good,
    Failed,
    /// Being made; after a kill, until the library is opened next.
    Begun,
    /// Good, and its file was removed since, because newer ones are kept.
    Removed,
}

impl BackupWhy {
    fn code(self) -> i64 {
        match self {
            BackupWhy::ByHand => 0,
            BackupWhy::Schedule => 1,
            BackupWhy::Update => 2,
            BackupWhy::Restored => 3,
        }
    }

    fn from_code(code: i64) -> Result<Self, StoreError> {
        match code {
            0 => Ok(BackupWhy::ByHand),
            1 => Ok(BackupWhy::Schedule),
            2 => Ok(BackupWhy::Update),
            3 => Ok(BackupWhy::Restored),
            _ => Err(StoreError::damaged("why a backup was made is not known")),
        }
    }
}

impl BackupState {
    fn code(self) -> i64 {
        match self {
            BackupState::Good => 0,
            BackupState::Failed => 1,
            BackupState::Begun => 2,
            BackupState::Removed => 3,
        }
    }

    fn from_code(code: i64) -> Result<Self, StoreError> {
        match code {
            0 => Ok(BackupState::Good),
            1 => Ok(BackupState::Failed),
            2 => Ok(BackupState::Begun),
            3 => Ok(BackupState::Removed),
            _ => Err(StoreError::damaged("what became of a backup is not known")),
        }
    }
}

type Row = (i64, i64, Option<i64>, i64, i64, String, i64, bool, bool, String);

impl Reader {
    /// The newest first.
    pub async fn backups(&self, limit: u32) -> Result<Vec<Backup>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, begun_at, due_at, why, state, file, bytes, recordings, sealed, says FROM backups
             ORDER BY begun_at DESC, id DESC LIMIT ?",
        )
        .bind(limit)
        .fetch_all(&mut *snapshot)
        .await?;
        rows.into_iter().map(backup).collect()
    }
}

impl Hand {
    /// A new line for id 0, else in place of the one with its id. Gives its id.
    pub async fn note_backup(&self, backup: &Backup) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let id = sqlx::query_scalar(
            "INSERT INTO backups (id, begun_at, due_at, why, state, file, bytes, recordings, sealed, says)
             VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET begun_at = excluded.begun_at, due_at = excluded.due_at,
                why = excluded.why, state = excluded.state, file = excluded.file, bytes = excluded.bytes,
                recordings = excluded.recordings, sealed = excluded.sealed, says = excluded.says
             RETURNING id",
        )
        .bind(backup.id)
        .bind(backup.begun_at.0)
        .bind(backup.due_at.map(|at| at.0))
        .bind(backup.why.code())
        .bind(backup.state.code())
        .bind(&backup.file)
        .bind(backup.bytes.cast_signed())
        .bind(backup.recordings)
        .bind(backup.sealed)
        .bind(&backup.says)
        .fetch_one(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM backups WHERE id <= (SELECT id FROM backups ORDER BY id DESC LIMIT 1 OFFSET ?)",
        )
        .bind(KEPT)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// As if it had never been begun.
    pub async fn forget_backup(&self, id: i64) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query("DELETE FROM backups WHERE id = ?").bind(id).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }
}

fn backup(row: Row) -> Result<Backup, StoreError> {
    let (id, begun_at, due_at, why, state, file, bytes, recordings, sealed, says) = row;
    Ok(Backup {
        id,
        begun_at: At(begun_at),
        due_at: due_at.map(At),
        why: BackupWhy::from_code(why)?,
        state: BackupState::from_code(state)?,
        file,
        bytes: bytes.cast_unsigned(),
        recordings,
        sealed,
        says,
    })
}
