//! What is about one number outside: found by its last digits, which every spelling of it has. Which of the rows are meant
//! is for the caller to say, who knows how numbers are compared.

use super::Over;
use super::journal_end::settle;
use crate::hand::begin;
use crate::recordings::write_words;
use crate::writer::open;
use crate::{Hand, Reader, SeenRecord, StoreError};
use model::call::FACTS_PER_ENTRY;
use model::{At, CallId, RecordingId};
use sqlx::Executor;

/// Live calls wait while the file is written anew.
const CLEARED_BYTES: i64 = 256 << 20;

/// Rows in which some number ends with the wanted digits, with those numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberRows {
    pub calls: Vec<(CallId, Vec<String>)>,
    pub recordings: Vec<(RecordingId, Vec<String>)>,
}

type CallRow = (i64, Option<String>, Option<String>, Option<String>);
type RecordingRow = (i64, Option<String>, Option<String>, Option<String>);

impl Reader {
    /// Reads all calls, events and recordings: some seconds for a million calls.
    pub async fn rows_of_number(&self, ending: &str) -> Result<NumberRows, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let like = format!("%{ending}");
        let calls: Vec<CallRow> = sqlx::query_as(
            "SELECT id, external_number, external_e164, dialed_number FROM calls NOT INDEXED
             WHERE external_number LIKE ?1 OR external_e164 LIKE ?1 OR dialed_number LIKE ?1",
        )
        .bind(&like)
        .fetch_all(&mut *snapshot)
        .await?;
        let parties: Vec<(i64, String)> =
            sqlx::query_as("SELECT DISTINCT call, party FROM events WHERE party LIKE ?")
                .bind(&like)
                .fetch_all(&mut *snapshot)
                .await?;
        let recordings: Vec<RecordingRow> = sqlx::query_as(
            "SELECT id, number, said_number, number_key FROM recordings
             WHERE number LIKE ?1 OR said_number LIKE ?1 OR number_key LIKE ?1",
        )
        .bind(&like)
        .fetch_all(&mut *snapshot)
        .await?;
        let mut rows = NumberRows::default();
        rows.calls.extend(
            calls.into_iter().map(|(id, a, b, c)| (CallId(id), [a, b, c].into_iter().flatten().collect())),
        );
        rows.calls.extend(parties.into_iter().map(|(id, party)| (CallId(id), vec![party])));
        rows.recordings.extend(
            recordings
                .into_iter()
                .map(|(id, a, b, c)| (RecordingId(id), [a, b, c].into_iter().flatten().collect())),
        );
        Ok(rows)
    }

    /// All recordings of calls, those in the trash too.
    pub async fn all_recordings_of_calls(&self, calls: &[CallId]) -> Result<Vec<RecordingId>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM recordings WHERE call IN (SELECT value FROM json_each(?)) AND call IS NOT NULL ORDER BY id",
        )
        .bind(crate::tables::calls::id_list(calls.iter().map(|call| call.0)))
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(ids.into_iter().map(RecordingId).collect())
    }

    /// Recordings with a number that began before `before`, of settled calls or of none, and are not under legal hold.
    pub async fn numbered_recordings(
        &self,
        after: RecordingId,
        before: At,
        limit: u32,
    ) -> Result<Vec<RecordingId>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let ids: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM recordings WHERE id > ? AND started_at < ? AND hold_reason IS NULL ORDER BY id LIMIT ?",
        )
        .bind(after.0)
        .bind(before.0)
        .bind(limit)
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(ids.into_iter().map(RecordingId).collect())
    }
}

impl Reader {
    /// Calls that began before `before`, are settled once the journal is gone through `through_seq`, and have a number that
    /// does not end with `short` yet.
    pub async fn numbers_over(&self, before: At, through_seq: i64, short: &str) -> Result<Over, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row: (i64, Option<i64>) = sqlx::query_as(
            "SELECT count(*), min(started_at) FROM calls INDEXED BY calls_by_number
             WHERE external_number IS NOT NULL AND started_at < ? AND id < (? + 1) * ?
                AND length(number_key) > 5 AND number_key NOT LIKE '%' || ?",
        )
        .bind(before.0)
        .bind(through_seq)
        .bind(FACTS_PER_ENTRY)
        .bind(short)
        .fetch_one(&mut *snapshot)
        .await?;
        Ok(Over::of((row.0, row.1, None)))
    }
}

impl Hand {
    /// Other bytes in the place of entries; `records` of what they said stay known for good, so that what is read in again
    /// does not bring it back.
    pub async fn rewrite_journal(
        &self,
        entries: &[(i64, Vec<u8>)],
        records: &[SeenRecord],
    ) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        settle(&mut transaction, records).await?;
        for (seq, bytes) in entries {
            sqlx::query("UPDATE journal SET bytes = ? WHERE seq = ?")
                .bind(bytes.as_slice())
                .bind(seq)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Writes the database file anew, so that nothing that was deleted stands in its free space: a second or two for 256 MB,
    /// while nobody else writes. A larger file is left as it is. Gives whether it was done.
    pub async fn clear_free_space(&self) -> Result<bool, StoreError> {
        let mut turn = self.turn().await?;
        let connection = open(&mut turn)?;
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *connection).await?;
        let page_bytes: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut *connection).await?;
        if pages * page_bytes > CLEARED_BYTES {
            return Ok(false);
        }
        connection.execute("VACUUM").await?;
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        Ok(true)
    }

    /// What a recording says of a number; the tags in its file follow.
    pub async fn set_recording_number(
        &self,
        id: RecordingId,
        number: Option<&str>,
        said_number: Option<&str>,
        file_name: &str,
    ) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query(
            "UPDATE recordings SET number = ?1, number_key = ?1, said_number = ?2, file_name = ?3, tags_due = 1
             WHERE id = ?4 AND hold_reason IS NULL",
        )
        .bind(number)
        .bind(said_number)
        .bind(file_name)
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        write_words(&mut transaction, id).await?;
        Ok(transaction.commit().await?)
    }
}
