//! A stored file in the place of another, and the files that are to be nowhere.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::keeping::within_pool;
use crate::recordings::row::state_code;
use crate::recordings::{StoredState, Version, VersionWhy, add_version};
use crate::{Hand, Reader, StoreError};
use model::{At, RecordingId};
use sqlx::sqlite::SqliteConnection;

/// A file in a pool.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doomed {
    pub pool: i64,
    /// Within the pool.
    pub file: String,
}

/// A stored file that takes the place of another, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    pub recording: RecordingId,
    /// What it takes the place of: refused when that is not there any more.
    pub sha256_before: Vec<u8>,
    pub stored_file: String,
    pub stored_bytes: u64,
    pub stored_sha256: Vec<u8>,
    pub sealed_with: Option<String>,
    pub original: OriginalNow,
    pub why: VersionWhy,
    /// JSON.
    pub detail: Option<String>,
    pub at: At,
    /// Of what was there before.
    pub doomed: Vec<Doomed>,
    /// Of what is there now.
    pub placed: Vec<Doomed>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OriginalNow {
    AsItWas,
    /// With the hash of its sound when that is another now.
    Is {
        file: String,
        sha256: Option<Vec<u8>>,
    },
    Gone,
}

impl Reader {
    /// Recordings whose stored files may have older tags than what is known of them, and may be changed.
    pub async fn tags_due(&self) -> Result<Vec<RecordingId>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM recordings INDEXED BY recordings_with_tags_due
             WHERE tags_due <> 0 AND hold_reason IS NULL AND trashed_at IS NULL ORDER BY id",
        )
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(ids.into_iter().map(RecordingId).collect())
    }

    /// Files that are to be nowhere.
    pub async fn doomed(&self) -> Result<Vec<Doomed>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String)> =
            sqlx::query_as("SELECT pool, file FROM doomed_files").fetch_all(&mut *snapshot).await?;
        Ok(rows.into_iter().map(|(pool, file)| Doomed { pool, file: within_pool(file) }).collect())
    }
}

impl Hand {
    /// The tags in its stored file are those that they are to be.
    pub async fn tags_are_told(&self, id: RecordingId) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        tags_are_told(&mut transaction, id).await?;
        Ok(transaction.commit().await?)
    }

    /// Puts a file in the place of another, with its version: from here on the old one is doomed and the new one is not.
    pub async fn replace_files(&self, with: &Replacement, deeds: &[Deed]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        replace(&mut transaction, with).await?;
        for file in &with.placed {
            spare(&mut transaction, file).await?;
        }
        for file in &with.doomed {
            doom(&mut transaction, file).await?;
        }
        audit::append(&mut transaction, &self.witness, deeds).await?;
        Ok(transaction.commit().await?)
    }

    /// Before files are placed that no recording has yet.
    pub async fn doom(&self, files: &[Doomed]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        for file in files {
            doom(&mut transaction, file).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// After they were removed.
    pub async fn doomed_are_gone(&self, files: &[Doomed]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        for file in files {
            spare(&mut transaction, file).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// What was found of stored files.
    pub async fn set_file_states(&self, states: &[(RecordingId, StoredState)]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        for (id, state) in states {
            sqlx::query("UPDATE recordings SET state = ? WHERE id = ?")
                .bind(state_code(*state))
                .bind(id.0)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}

async fn replace(connection: &mut SqliteConnection, with: &Replacement) -> Result<(), StoreError> {
    let changed = sqlx::query(
        "UPDATE recordings SET stored_file = ?1, stored_bytes = ?2, stored_sha256 = ?3, sealed_with = ?4, state = 0
         WHERE id = ?5 AND stored_sha256 = ?6",
    )
    .bind(&with.stored_file)
    .bind(with.stored_bytes.cast_signed())
    .bind(&with.stored_sha256)
    .bind(with.sealed_with.as_deref())
    .bind(with.recording.0)
    .bind(&with.sha256_before)
    .execute(&mut *connection)
    .await?;
    if changed.rows_affected() == 0 {
        return Err(StoreError::UnknownRecording);
    }
    let (file, sha256) = match &with.original {
        OriginalNow::AsItWas => (None, None),
        OriginalNow::Is { file, sha256 } => (Some(Some(file)), sha256.as_ref()),
        OriginalNow::Gone => (Some(None), None),
    };
    if let Some(file) = file {
        sqlx::query("UPDATE recordings SET original_file = ?, original_now_sha256 = ? WHERE id = ?")
            .bind(file)
            .bind(sha256)
            .bind(with.recording.0)
            .execute(&mut *connection)
            .await?;
    }
    if with.why == VersionWhy::FactsChanged {
        tags_are_told(connection, with.recording).await?;
    }
    let version = Version {
        at: with.at,
        why: with.why,
        detail: with.detail.clone(),
        bytes: with.stored_bytes,
        sha256: with.stored_sha256.clone(),
        sha256_before: Some(with.sha256_before.clone()),
    };
    add_version(connection, with.recording, &version).await
}

async fn tags_are_told(connection: &mut SqliteConnection, id: RecordingId) -> Result<(), StoreError> {
    sqlx::query("UPDATE recordings SET tags_due = 0 WHERE id = ?").bind(id.0).execute(connection).await?;
    Ok(())
}

async fn doom(connection: &mut SqliteConnection, file: &Doomed) -> Result<(), StoreError> {
    sqlx::query("INSERT OR IGNORE INTO doomed_files (pool, file) VALUES (?, ?)")
        .bind(file.pool)
        .bind(&file.file)
        .execute(connection)
        .await?;
    Ok(())
}

async fn spare(connection: &mut SqliteConnection, file: &Doomed) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM doomed_files WHERE pool = ? AND file = ?")
        .bind(file.pool)
        .bind(&file.file)
        .execute(connection)
        .await?;
    Ok(())
}

/// A recording that was just taken in has its files, also where one of their names was doomed once.
pub(crate) async fn spare_files_of(
    connection: &mut SqliteConnection,
    recording: RecordingId,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM doomed_files WHERE (pool, file) IN (
            SELECT pool, stored_file FROM recordings WHERE id = ?1
            UNION ALL SELECT pool, stored_file || '.peaks' FROM recordings WHERE id = ?1
            UNION ALL SELECT pool, original_file FROM recordings WHERE id = ?1)",
    )
    .bind(recording.0)
    .execute(connection)
    .await?;
    Ok(())
}
