//! Calls that are over their time: removed with what was written about them. Their recordings have rules of their own and
//! stay, without a call.

use super::{Over, gone};
use crate::hand::begin;
use crate::tables::calls::{id_list, remove};
use crate::{Hand, Reader, StoreError, marks};
use model::call::FACTS_PER_ENTRY;
use model::{At, CallId, RecordingId};

/// Bytes of a call's rows beside what it rests on: about what a million calls take.
const CALL_BYTES: i64 = 400;

impl Reader {
    /// Calls that began before `before` and are settled once the journal is gone through `through_seq`.
    pub async fn calls_over(&self, before: At, through_seq: i64) -> Result<Over, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row: (i64, Option<i64>) = sqlx::query_as(
            "SELECT count(*), min(started_at) FROM calls INDEXED BY calls_by_start
             WHERE started_at < ? AND id < (? + 1) * ?",
        )
        .bind(before.0)
        .bind(through_seq)
        .bind(FACTS_PER_ENTRY)
        .fetch_one(&mut *snapshot)
        .await?;
        Ok(Over::of((row.0, row.1, Some(row.0 * CALL_BYTES))))
    }

    /// Settled calls after `after` that began before `before`, in the order of their ids.
    pub async fn settled_calls(
        &self,
        after: CallId,
        before: At,
        limit: u32,
    ) -> Result<Vec<CallId>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let through = gone(&mut snapshot).await?.through_seq;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM calls NOT INDEXED WHERE id > ? AND id < (? + 1) * ? AND started_at < ? ORDER BY id LIMIT ?",
        )
        .bind(after.0)
        .bind(through)
        .bind(FACTS_PER_ENTRY)
        .bind(before.0)
        .bind(limit)
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(ids.into_iter().map(CallId).collect())
    }

    /// The first settled call after `after` that began at `from` or later: everything before it is older.
    pub async fn first_settled_from(&self, after: CallId, from: At) -> Result<Option<CallId>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let through = gone(&mut snapshot).await?.through_seq;
        let id: Option<i64> = sqlx::query_scalar(
            "SELECT min(id) FROM calls NOT INDEXED WHERE id > ? AND id < (? + 1) * ? AND started_at >= ?",
        )
        .bind(after.0)
        .bind(through)
        .bind(FACTS_PER_ENTRY)
        .bind(from.0)
        .fetch_one(&mut *snapshot)
        .await?;
        Ok(id.map(CallId))
    }
}

impl Hand {
    /// Removes up to `limit` settled calls that began before `before`, the oldest first. Gives how many.
    pub async fn remove_old_calls(&self, before: At, limit: u32) -> Result<u64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let through = gone(&mut transaction).await?.through_seq;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM calls INDEXED BY calls_by_start WHERE started_at < ? AND id < (? + 1) * ?
             ORDER BY started_at LIMIT ?",
        )
        .bind(before.0)
        .bind(through)
        .bind(FACTS_PER_ENTRY)
        .bind(limit)
        .fetch_all(&mut *transaction)
        .await?;
        let calls: Vec<CallId> = ids.iter().copied().map(CallId).collect();
        forget_words(&mut transaction, &calls).await?;
        let recordings: Vec<i64> = sqlx::query_scalar(
            "UPDATE recordings SET call = NULL, matched = iif(matched = 4, 4, 0)
             WHERE call IN (SELECT value FROM json_each(?)) RETURNING id",
        )
        .bind(id_list(ids.iter().copied()))
        .fetch_all(&mut *transaction)
        .await?;
        remove(&mut transaction, &calls).await?;
        for recording in recordings {
            marks::changed(&mut transaction, None, Some(RecordingId(recording))).await?;
        }
        transaction.commit().await?;
        Ok(calls.len() as u64)
    }

    /// What phones did before `before` goes, but for the last state of each. Gives how many rows went.
    pub async fn remove_old_states(&self, before: At, limit: u32) -> Result<u64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let rows: Vec<(i64, String, i64)> = sqlx::query_as(
            "SELECT site, extension, since FROM agent_states a WHERE since < ?1
                AND EXISTS (SELECT 1 FROM agent_states b WHERE b.site = a.site AND b.extension = a.extension
                    AND b.since > a.since AND b.since < ?1)
             ORDER BY since LIMIT ?2",
        )
        .bind(before.0)
        .bind(limit)
        .fetch_all(&mut *transaction)
        .await?;
        crate::tables::leaves::begun(&mut transaction, rows.iter().map(|(_, _, since)| At(*since))).await?;
        for (site, extension, since) in &rows {
            sqlx::query("DELETE FROM agent_states WHERE site = ? AND extension = ? AND since = ?")
                .bind(site)
                .bind(extension)
                .bind(since)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(rows.len() as u64)
    }

    /// Notes, tags and scores of calls go, as if nobody had written them.
    pub async fn forget_written(&self, calls: &[CallId]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        forget_words(&mut transaction, calls).await?;
        for call in calls {
            marks::changed(&mut transaction, Some(*call), None).await?;
        }
        Ok(transaction.commit().await?)
    }
}

async fn forget_words(
    connection: &mut sqlx::sqlite::SqliteConnection,
    calls: &[CallId],
) -> Result<(), StoreError> {
    let ids = id_list(calls.iter().map(|call| call.0));
    for statement in [
        "DELETE FROM notes WHERE call IN (SELECT value FROM json_each(?))",
        "DELETE FROM tags WHERE call <> 0 AND call IN (SELECT value FROM json_each(?))",
        "DELETE FROM scores WHERE call IN (SELECT value FROM json_each(?))",
        "DELETE FROM call_words WHERE rowid IN (SELECT value FROM json_each(?))",
    ] {
        sqlx::query(statement).bind(&ids).execute(&mut *connection).await?;
    }
    Ok(())
}
