//! The old end of the audit log. It is shortened from its beginning only, by its rule, and an entry tells of each time: a
//! check follows the chain from the hash that this entry names.

use super::Over;
use crate::audit::{self, Deed, witness};
use crate::hand::begin;
use crate::{Hand, Reader, StoreError};
use model::At;
use sqlx::sqlite::SqliteConnection;

/// What is to go of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEnd {
    pub through_n: i64,
    /// Hash of the last entry that goes, in hex.
    pub hash: String,
    pub over: Over,
}

impl Reader {
    /// What is over before `before`, some entries at a time. Entries that a computer's keychain still vouches for stay, as
    /// does the newest one.
    pub async fn audit_end(&self, before: At, limit: u32) -> Result<Option<AuditEnd>, StoreError> {
        end(&mut *self.snapshot().await?, before, limit).await
    }
}

impl Hand {
    /// Removes what [`Reader::audit_end`] gave. `deed` must hold its hash.
    pub async fn shorten_audit(&self, end: &AuditEnd, deed: &Deed) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        // First, so that what vouches for the log moves on to it.
        audit::append(&mut transaction, &self.witness, std::slice::from_ref(deed)).await?;
        sqlx::query(
            "INSERT OR REPLACE INTO audit_gone (one, through_n, hash)
             SELECT 1, n, hash FROM audit WHERE n = ?",
        )
        .bind(end.through_n)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM audit WHERE n <= ?").bind(end.through_n).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }
}

/// How many there are, when the oldest is from, how many bytes they take, and the last one's number.
type Entries = (i64, Option<i64>, Option<i64>, Option<i64>);

async fn end(
    connection: &mut SqliteConnection,
    before: At,
    limit: u32,
) -> Result<Option<AuditEnd>, StoreError> {
    let vouched = witness::vouched_from(connection).await?;
    let row: Option<Entries> = sqlx::query_as(
        "SELECT count(*), min(at), sum(length(what) + length(who) + 60), max(n) FROM (
            SELECT n, at, what, who FROM audit WHERE at < ?1 AND n < (SELECT max(n) FROM audit) AND n < ?2
            ORDER BY n LIMIT ?3)",
    )
    .bind(before.0)
    .bind(vouched.unwrap_or(i64::MAX))
    .bind(limit)
    .fetch_optional(&mut *connection)
    .await?;
    let Some((count, oldest, bytes, Some(through_n))) = row else { return Ok(None) };
    let hash: Vec<u8> = sqlx::query_scalar("SELECT hash FROM audit WHERE n = ?")
        .bind(through_n)
        .fetch_one(connection)
        .await?;
    Ok(Some(AuditEnd { through_n, hash: audit::hex(&hash), over: Over::of((count, oldest, bytes)) }))
}

/// The number and hash that the first entry follows; `None`: it is the first that ever was.
pub(crate) async fn beginning(
    connection: &mut SqliteConnection,
) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    Ok(sqlx::query_as("SELECT through_n, hash FROM audit_gone").fetch_optional(connection).await?)
}

/// Whether an entry of the log tells that it was shortened up to this hash.
pub(crate) async fn is_told(connection: &mut SqliteConnection, hash: &[u8]) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM audit WHERE instr(what, ?) > 0)")
        .bind(audit::hex(hash))
        .fetch_one(connection)
        .await?)
}
