//! Table `journal`: what the sources said, appended and not changed. What is kept no longer, or is about a number that is
//! erased, is the business of `privacy`.

use crate::bulk::Insert;
use crate::{NewEntry, Reader, StoreError};
use model::{At, Entry, Said, SiteId};
use sqlx::sqlite::SqliteConnection;
use std::sync::LazyLock;

/// How much of the journal is read at once; at least one entry, however long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryLimits {
    pub rows: u32,
    pub bytes: u64,
}

/// A replay's step: some milliseconds of reading, little memory.
impl Default for EntryLimits {
    fn default() -> Self {
        Self { rows: 4_096, bytes: 4 << 20 }
    }
}

impl Reader {
    /// Entries after `after_seq` (0 for the beginning), in order; empty at the end of the journal.
    pub async fn entries(&self, after_seq: i64, limits: EntryLimits) -> Result<Vec<Entry>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, at_ms, site, said, bytes FROM journal WHERE seq > ?1 AND seq <= (
                SELECT max(seq) FROM (
                    SELECT seq, sum(size) OVER (ORDER BY seq) - size AS before FROM (
                        SELECT seq, length(bytes) AS size FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2))
                WHERE before < ?3)
             ORDER BY seq",
        )
        .bind(after_seq)
        .bind(limits.rows.max(1))
        .bind(i64::try_from(limits.bytes.max(1)).unwrap_or(i64::MAX))
        .fetch_all(&mut *snapshot)
        .await?;
        rows.into_iter().map(entry).collect()
    }

    pub async fn entry(&self, seq: i64) -> Result<Option<Entry>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row: Option<Row> =
            sqlx::query_as("SELECT seq, at_ms, site, said, bytes FROM journal WHERE seq = ?")
                .bind(seq)
                .fetch_optional(&mut *snapshot)
                .await?;
        row.map(entry).transpose()
    }

    /// Reads every entry, and fails where that is not possible.
    pub async fn read_through_journal(&self) -> Result<(), StoreError> {
        let mut snapshot = self.snapshot().await?;
        let _: Option<i64> = sqlx::query_scalar("SELECT sum(said + length(bytes)) FROM journal")
            .fetch_one(&mut *snapshot)
            .await?;
        Ok(())
    }

    /// 0 for an empty journal.
    pub async fn last_seq(&self) -> Result<i64, StoreError> {
        last_seq(&mut *self.snapshot().await?).await
    }
}

type Row = (i64, i64, i64, u8, Vec<u8>);

fn entry((seq, at, site, said, bytes): Row) -> Result<Entry, StoreError> {
    let said = Said::from_code(said)
        .ok_or_else(|| StoreError::damaged(format!("journal entry {seq} is of no known kind")))?;
    Ok(Entry { seq, at: At(at), site: SiteId(site), said, bytes })
}

pub(crate) async fn last_seq(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    // A number that was given is never given again, also when its entry is gone.
    Ok(sqlx::query_scalar(
        "SELECT max(ifnull((SELECT max(seq) FROM journal), 0), ifnull((SELECT through_seq FROM journal_gone), 0))",
    )
    .fetch_one(connection)
    .await?)
}

pub(crate) async fn append(
    connection: &mut SqliteConnection,
    first_seq: i64,
    entries: &[NewEntry],
) -> Result<(), StoreError> {
    static INSERT: LazyLock<Insert> =
        LazyLock::new(|| Insert::new("INSERT INTO journal (seq, at_ms, site, said, bytes)", 5, ""));
    let numbered: Vec<(i64, &NewEntry)> = (first_seq..).zip(entries).collect();
    INSERT
        .run(connection, &numbered, |values, (seq, entry)| {
            values.add(*seq)?.add(entry.at.0)?.add(entry.site.0)?.add(entry.said.code())?;
            values.add(entry.bytes.as_slice())?;
            Ok(())
        })
        .await
}
