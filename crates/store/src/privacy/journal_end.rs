//! The old end of the journal.

use super::Over;
use crate::hand::begin;
use crate::{Hand, Reader, SeenRecord, StoreError};
use model::call::FACTS_PER_ENTRY;
use model::{At, CallId, Said};
use sqlx::sqlite::SqliteConnection;

/// Calls that reach over a cut move it further back; after so many there is no quiet moment there.
const MOVES_MAX: u32 = 200;

/// The last words about a call come within this after its end.
const QUIET_MS: i64 = 60_000;

/// A call that was told of for longer than this was left open by mistake (a link that was lost for weeks), and holds no cut
/// back: it stays as it is.
const REACH_MS: i64 = 7 * 24 * 3_600_000;

/// Where the first call stands that began up to ?2 and went on, or was told of, after it. What comes next says
/// how long it was quiet.
const REACHING: &str = "WITH cut (at) AS (
        SELECT ifnull((SELECT at_ms FROM journal WHERE seq > ?2 ORDER BY seq LIMIT 1), ?6))
    SELECT min(id / ?3) FROM calls NOT INDEXED CROSS JOIN cut WHERE id >= (?1 + 1) * ?3 AND id < (?2 + 1) * ?3
        AND (ended_at IS NULL AND started_at > cut.at - ?5
            OR ended_at > cut.at - ?4 AND ended_at < cut.at + ?5
            OR last_seq > ?2 AND (SELECT at_ms FROM journal WHERE seq = last_seq) < cut.at + ?5)";

/// What is gone of the journal; nothing by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    pub through_seq: i64,
    pub through_at: At,
}

impl Gone {
    /// Nothing makes this call anew.
    pub fn has(&self, call: CallId) -> bool {
        call.0 < (self.through_seq + 1) * FACTS_PER_ENTRY
    }

    /// Whether an entry is one that is to go: what the rest is read by stays.
    pub fn takes(&self, seq: i64, said: Said) -> bool {
        seq <= self.through_seq && is_of_calls(said)
    }
}

/// Where the journal can be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalCut {
    pub through: Gone,
    pub over: Over,
}

impl Reader {
    pub async fn journal_gone(&self) -> Result<Gone, StoreError> {
        gone(&mut *self.snapshot().await?).await
    }

    /// The latest moment before `before` at which nothing was going on since a minute, as far as the calls are written. `None`: nothing
    /// more can go.
    pub async fn journal_cut(&self, before: At) -> Result<Option<JournalCut>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let connection = &mut *snapshot;
        let known = gone(connection).await?;
        let written: i64 = sqlx::query_scalar("SELECT ifnull((SELECT through_seq FROM checkpoint), 0)")
            .fetch_one(&mut *connection)
            .await?;
        let mut through = last_before(connection, before).await?.min(written);
        for _ in 0..MOVES_MAX {
            if through <= known.through_seq {
                return Ok(None);
            }
            let reaching: Option<i64> = sqlx::query_scalar(REACHING)
                .bind(known.through_seq)
                .bind(through)
                .bind(FACTS_PER_ENTRY)
                .bind(QUIET_MS)
                .bind(REACH_MS)
                .bind(before.0)
                .fetch_one(&mut *connection)
                .await?;
            match reaching {
                Some(seq) => through = seq - 1,
                None => return cut_at(connection, known, through).await,
            }
        }
        Ok(None)
    }

    /// When the first entry came that is still there.
    pub async fn journal_begins(&self) -> Result<Option<At>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let through = gone(&mut snapshot).await?.through_seq;
        let at: Option<i64> =
            sqlx::query_scalar("SELECT at_ms FROM journal WHERE seq > ? ORDER BY seq LIMIT 1")
                .bind(through)
                .fetch_optional(&mut *snapshot)
                .await?;
        Ok(at.map(At))
    }
}

async fn cut_at(
    connection: &mut SqliteConnection,
    known: Gone,
    through_seq: i64,
) -> Result<Option<JournalCut>, StoreError> {
    let row: (i64, Option<i64>, Option<i64>) = sqlx::query_as(
        "SELECT count(*), min(at_ms), sum(length(bytes)) FROM journal
         WHERE seq > ? AND seq <= ? AND said IN (1, 4, 5)",
    )
    .bind(known.through_seq)
    .bind(through_seq)
    .fetch_one(&mut *connection)
    .await?;
    let through_at: i64 =
        sqlx::query_scalar("SELECT at_ms FROM journal WHERE seq <= ? ORDER BY seq DESC LIMIT 1")
            .bind(through_seq)
            .fetch_one(connection)
            .await?;
    let through = Gone { through_seq, through_at: At(through_at) };
    Ok(Some(JournalCut { through, over: Over::of(row) }))
}

/// Entries stand in order of time: halved until found, without reading them.
async fn last_before(connection: &mut SqliteConnection, before: At) -> Result<i64, StoreError> {
    let (mut low, mut high) = (0_i64, crate::tables::journal::last_seq(connection).await?);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        let at: Option<i64> =
            sqlx::query_scalar("SELECT at_ms FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1")
                .bind(middle)
                .fetch_optional(&mut *connection)
                .await?;
        match at {
            Some(at) if at < before.0 => low = middle,
            Some(_) | None => high = middle - 1,
        }
    }
    Ok(low)
}

impl Hand {
    /// From now on the journal begins after `through`; what stands before it is removed by [`Hand::remove_journal`]. A kill
    /// in between leaves entries that nobody reads.
    pub async fn end_journal(&self, through: Gone) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query(
            "INSERT INTO journal_gone (one, through_seq, through_at) VALUES (1, ?1, ?2)
             ON CONFLICT (one) DO UPDATE SET through_seq = max(through_seq, ?1), through_at = max(through_at, ?2)",
        )
        .bind(through.through_seq)
        .bind(through.through_at.0)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Removes entries up to `upto` that are gone. `records` are those of them: they stay known for good.
    pub async fn remove_journal(&self, upto: i64, records: &[SeenRecord]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        settle(&mut transaction, records).await?;
        let upto = upto.min(gone(&mut transaction).await?.through_seq);
        sqlx::query("DELETE FROM journal WHERE seq <= ? AND said IN (1, 4, 5)")
            .bind(upto)
            .execute(&mut *transaction)
            .await?;
        // Of lists and words on links, the last of each site are read by what follows.
        sqlx::query(
            "DELETE FROM journal WHERE seq <= ?1 AND said IN (2, 3, 6, 7) AND seq NOT IN (
                SELECT max(seq) FROM journal WHERE seq <= ?1 AND said IN (2, 3) GROUP BY site
                UNION SELECT max(seq) FROM journal WHERE seq <= ?1 AND said IN (6, 7) GROUP BY site, said)",
        )
        .bind(upto)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }
}

/// Records that are known for good.
pub(super) async fn settle(
    connection: &mut SqliteConnection,
    records: &[SeenRecord],
) -> Result<(), StoreError> {
    for record in records {
        sqlx::query(
            "INSERT INTO records (site, started_at, digest, settled) VALUES (?, ?, ?, 1)
             ON CONFLICT DO UPDATE SET settled = 1",
        )
        .bind(record.site.0)
        .bind(record.started_at.0)
        .bind(record.digest.to_be_bytes().as_slice())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(crate) async fn gone(connection: &mut SqliteConnection) -> Result<Gone, StoreError> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT through_seq, through_at FROM journal_gone").fetch_optional(connection).await?;
    Ok(row.map_or(Gone::default(), |(through_seq, at)| Gone { through_seq, through_at: At(at) }))
}

/// What is said of calls, callers and records, as the codes 1, 4 and 5 above.
fn is_of_calls(said: Said) -> bool {
    match said {
        Said::DevlinkEvent | Said::DevlinkGap | Said::SmdrLines => true,
        Said::DevlinkSnapshot | Said::DevlinkLost | Said::UserList | Said::HuntList | Said::Decision => false,
    }
}
