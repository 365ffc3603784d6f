//! Table `pools`: folders that recordings are stored in.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::{Hand, Reader, StoreError};
use sqlx::sqlite::SqliteConnection;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    /// Empty: within the library's own folder.
    pub folder: String,
    /// New recordings go to the first pool that has room, in this order.
    pub place: i64,
    pub max_bytes: Option<u64>,
    pub min_free_bytes: u64,
}

/// What is in a pool, by the sizes when it was stored; those in the trash included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoolUse {
    pub recordings: u64,
    pub bytes: u64,
}

impl Reader {
    /// In the order in which they are filled.
    pub async fn pools(&self) -> Result<Vec<Pool>, StoreError> {
        all(&mut *self.snapshot().await?).await
    }

    /// Kept originals count as large as they came.
    pub async fn pool_use(&self, pool: i64) -> Result<PoolUse, StoreError> {
        let mut snapshot = self.snapshot().await?;
        // Over the index alone; originals are few or in all rows.
        let (recordings, bytes): (i64, i64) =
            sqlx::query_as("SELECT count(*), ifnull(sum(stored_bytes), 0) FROM recordings WHERE pool = ?")
                .bind(pool)
                .fetch_one(&mut *snapshot)
                .await?;
        let originals: i64 = sqlx::query_scalar(
            "SELECT ifnull(sum(original_bytes), 0) FROM recordings INDEXED BY recordings_with_original
             WHERE pool = ? AND original_file IS NOT NULL",
        )
        .bind(pool)
        .fetch_one(&mut *snapshot)
        .await?;
        Ok(PoolUse { recordings: recordings.cast_unsigned(), bytes: (bytes + originals).cast_unsigned() })
    }
}

impl Hand {
    /// A new pool for id 0, else in place of the one with its id. Gives its id.
    pub async fn save_pool(&self, pool: &Pool, deeds: &[Deed]) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let written = sqlx::query(
            "INSERT INTO pools (id, name, folder, place, max_bytes, min_free_bytes)
             VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET name = ?2, folder = ?3, place = ?4, max_bytes = ?5, min_free_bytes = ?6",
        )
        .bind(pool.id)
        .bind(&pool.name)
        .bind(&pool.folder)
        .bind(pool.place)
        .bind(pool.max_bytes.map(u64::cast_signed))
        .bind(pool.min_free_bytes.cast_signed())
        .execute(&mut *transaction)
        .await?;
        audit::append(&mut transaction, &self.witness, deeds).await?;
        transaction.commit().await?;
        Ok(if pool.id == 0 { written.last_insert_rowid() } else { pool.id })
    }

    /// False, and it stays, when something is in it.
    pub async fn remove_pool(&self, id: i64, deeds: &[Deed]) -> Result<bool, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let removed = sqlx::query(
            "DELETE FROM pools WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM recordings WHERE pool = ?1)
                AND NOT EXISTS (SELECT 1 FROM doomed_files WHERE pool = ?1)",
        )
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        audit::append(&mut transaction, &self.witness, deeds).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

pub(crate) async fn all(connection: &mut SqliteConnection) -> Result<Vec<Pool>, StoreError> {
    let rows: Vec<(i64, String, String, i64, Option<i64>, i64)> = sqlx::query_as(
        "SELECT id, name, folder, place, max_bytes, min_free_bytes FROM pools ORDER BY place, id",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name, folder, place, max_bytes, min_free_bytes)| Pool {
            id,
            name,
            folder,
            place,
            max_bytes: max_bytes.map(i64::cast_unsigned),
            min_free_bytes: min_free_bytes.cast_unsigned(),
        })
        .collect())
}
