//! What becomes of recordings on disk: trash, hold, deletion, files that take the place of others.
//!
//! A file that is to be nowhere is written down in `doomed_files` before it can be there without a recording: a new one
//! before it is placed, an old one in the transaction that puts another in its place. Whoever opens the library removes
//! what is left, so that a kill at any moment leaves each recording with exactly its own files.

mod replace;
#[cfg(test)]
mod tests;
mod trash;

pub use replace::{Doomed, OriginalNow, Replacement};
pub use trash::Left;

pub(crate) use replace::spare_files_of;
pub(crate) use trash::set_trashed;

use crate::recordings::write::why_of;
use crate::recordings::{StoredState, Version};
use crate::{Reader, StoreError};
use model::{At, CallId, RecordingId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::path::{Component, Path};

/// In the place of a name that leads out of its pool.
const NOWHERE: &str = "outside of the pool";

/// A file's name within its pool, as the database has it. The database may come from a backup that somebody made up: a file that
/// is not within the pool is then one that is missing, and nothing of another place is read, moved or removed.
pub(crate) fn within_pool(name: String) -> String {
    let stays = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
    if stays { name } else { NOWHERE.to_owned() }
}

/// Where a recording's files are, and what they must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    pub id: RecordingId,
    pub pool: i64,
    /// Within the pool.
    pub stored_file: String,
    pub stored_bytes: u64,
    pub stored_sha256: Vec<u8>,
    pub original_file: Option<String>,
    /// Of the original as it came.
    pub original_sha256: Vec<u8>,
    /// Of the kept original as it stands on disk, where that is known to be something else.
    pub original_now_sha256: Option<Vec<u8>>,
    pub sealed_with: Option<String>,
    pub state: StoredState,
    pub length_ms: i64,
    pub started_at: At,
    pub call: Option<CallId>,
    pub hold_reason: Option<String>,
    pub trashed_at: Option<At>,
}

impl Reader {
    pub async fn files(&self, recording: RecordingId) -> Result<Option<Files>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row = sqlx::query(FILES_OF).bind(recording.0).fetch_optional(&mut *snapshot).await?;
        row.as_ref().map(files_of).transpose()
    }

    /// Of the recordings after this one, in the order of their ids.
    pub async fn files_after(&self, after: RecordingId, limit: u32) -> Result<Vec<Files>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(FILES_AFTER).bind(after.0).bind(limit).fetch_all(&mut *snapshot).await?;
        rows.iter().map(files_of).collect()
    }

    /// Of the recordings that are encrypted with another key than this one (`None`: with any).
    pub async fn files_sealed_otherwise(
        &self,
        key: Option<&str>,
        after: RecordingId,
        limit: u32,
    ) -> Result<Vec<Files>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(FILES_SEALED_OTHERWISE)
            .bind(after.0)
            .bind(limit)
            .bind(key)
            .fetch_all(&mut *snapshot)
            .await?;
        rows.iter().map(files_of).collect()
    }

    pub async fn count_sealed_otherwise(&self, key: Option<&str>) -> Result<u64, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM recordings WHERE sealed_with IS NOT ?")
            .bind(key)
            .fetch_one(&mut *snapshot)
            .await?;
        Ok(count.cast_unsigned())
    }

    pub async fn count_recordings(&self) -> Result<u64, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let count: i64 =
            sqlx::query_scalar("SELECT count(*) FROM recordings").fetch_one(&mut *snapshot).await?;
        Ok(count.cast_unsigned())
    }

    /// In the trash since before `before`, the longest there first.
    pub async fn trashed_before(&self, before: At, limit: u32) -> Result<Vec<RecordingId>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM recordings WHERE trashed_at IS NOT NULL AND trashed_at < ?
             ORDER BY trashed_at LIMIT ?",
        )
        .bind(before.0)
        .bind(limit)
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(ids.into_iter().map(RecordingId).collect())
    }

    /// Each state that the stored file was in, the oldest first.
    pub async fn versions(&self, recording: RecordingId) -> Result<Vec<Version>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(
            "SELECT at, why, detail, bytes, sha256, sha256_before FROM recording_versions
             WHERE recording = ? ORDER BY n",
        )
        .bind(recording.0)
        .fetch_all(&mut *snapshot)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Version {
                    at: At(row.try_get(0)?),
                    why: why_of(row.try_get(1)?)?,
                    detail: row.try_get(2)?,
                    bytes: row.try_get::<i64, _>(3)?.cast_unsigned(),
                    sha256: row.try_get(4)?,
                    sha256_before: row.try_get(5)?,
                })
            })
            .collect()
    }
}

const FILES_OF: &str = "SELECT id, pool, stored_file, stored_bytes, stored_sha256, original_file,
    original_sha256, sealed_with, state, length_ms, started_at, call, hold_reason, trashed_at, original_now_sha256
    FROM recordings WHERE id = ?";

const FILES_AFTER: &str = "SELECT id, pool, stored_file, stored_bytes, stored_sha256, original_file,
    original_sha256, sealed_with, state, length_ms, started_at, call, hold_reason, trashed_at, original_now_sha256
    FROM recordings WHERE id > ?1 ORDER BY id LIMIT ?2";

const FILES_SEALED_OTHERWISE: &str = "SELECT id, pool, stored_file, stored_bytes, stored_sha256, original_file,
    original_sha256, sealed_with, state, length_ms, started_at, call, hold_reason, trashed_at, original_now_sha256
    FROM recordings WHERE id > ?1 AND sealed_with IS NOT ?3 ORDER BY id LIMIT ?2";

fn files_of(row: &SqliteRow) -> Result<Files, StoreError> {
    Ok(Files {
        id: RecordingId(row.try_get(0)?),
        pool: row.try_get(1)?,
        stored_file: within_pool(row.try_get(2)?),
        stored_bytes: row.try_get::<i64, _>(3)?.cast_unsigned(),
        stored_sha256: row.try_get(4)?,
        original_file: row.try_get::<Option<String>, _>(5)?.map(within_pool),
        original_sha256: row.try_get(6)?,
        original_now_sha256: row.try_get(14)?,
        sealed_with: row.try_get(7)?,
        state: match row.try_get::<i64, _>(8)? {
            0 => StoredState::Good,
            1 => StoredState::Missing,
            _ => StoredState::Changed,
        },
        length_ms: row.try_get(9)?,
        started_at: At(row.try_get(10)?),
        call: row.try_get::<Option<i64>, _>(11)?.map(CallId),
        hold_reason: row.try_get(12)?,
        trashed_at: row.try_get::<Option<i64>, _>(13)?.map(At),
    })
}
