//! How the library stands: what waits to be done in it, how large it is, when each source was last heard. All of it is
//! found by indexes or at the ends of tables, so that a page can show it at once.

use crate::library::MIGRATOR;
use crate::{Reader, StoreError};
use model::{At, Said, SiteId};

/// Entries that are looked through for the last word of a source: some days of a busy office, some milliseconds.
const LOOKED_THROUGH: i64 = 200_000;

/// What waits to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Entries of the journal that are not in the tables of calls yet.
    pub journal_entries: u64,
    /// Files of recordings that are on their way in.
    pub recordings_coming: u64,
    /// Files that could not be taken in.
    pub recordings_refused: u64,
    /// Stored files whose tags are older than what is known of their calls.
    pub tags_due: u64,
    /// Files that are still to be removed.
    pub files_to_remove: u64,
    /// Days whose figures are to be made anew for reports.
    pub report_days: u64,
    /// Scheduled reports that are tried again.
    pub reports_to_send: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoredSizes {
    /// The database file; the log beside it is not in it.
    pub database_bytes: u64,
    pub journal_entries: u64,
    pub recordings: u64,
    pub recordings_bytes: u64,
}

impl Reader {
    /// The newest change of the library's format, as its files count them.
    pub fn format(&self) -> i64 {
        MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or(0)
    }

    pub async fn waiting(&self) -> Result<Waiting, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row: (i64, i64, i64, i64, i64, i64, i64) = sqlx::query_as(
            "SELECT max(ifnull((SELECT max(seq) FROM journal), 0), ifnull((SELECT through_seq FROM journal_gone), 0))
                    - ifnull((SELECT through_seq FROM checkpoint), 0),
                (SELECT count(*) FROM intake_files WHERE became = 3),
                (SELECT count(*) FROM intake_files WHERE became = 2),
                (SELECT count(*) FROM recordings WHERE tags_due <> 0),
                (SELECT count(*) FROM doomed_files),
                (SELECT count(*) FROM report_stale),
                (SELECT count(*) FROM report_sent WHERE state = 1)",
        )
        .fetch_one(&mut *snapshot)
        .await?;
        let count = |number: i64| number.max(0).cast_unsigned();
        Ok(Waiting {
            journal_entries: count(row.0),
            recordings_coming: count(row.1),
            recordings_refused: count(row.2),
            tags_due: count(row.3),
            files_to_remove: count(row.4),
            report_days: count(row.5),
            reports_to_send: count(row.6),
        })
    }

    /// The index over pools is read, and no row.
    pub async fn stored_sizes(&self) -> Result<StoredSizes, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let (entries, recordings, bytes): (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT max(ifnull(max(seq), 0) - ifnull((SELECT through_seq FROM journal_gone), 0), 0) FROM journal), count(*), ifnull(sum(stored_bytes), 0)
             FROM recordings INDEXED BY recordings_in_pool",
        )
        .fetch_one(&mut *snapshot)
        .await?;
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *snapshot).await?;
        let page_bytes: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut *snapshot).await?;
        Ok(StoredSizes {
            database_bytes: (pages * page_bytes).cast_unsigned(),
            journal_entries: entries.cast_unsigned(),
            recordings: recordings.cast_unsigned(),
            recordings_bytes: bytes.cast_unsigned(),
        })
    }

    /// When something of these kinds last came from the site, among the latest entries.
    pub async fn last_said(&self, site: SiteId, kinds: &[Said]) -> Result<Option<At>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let codes: Vec<u8> = kinds.iter().map(|kind| kind.code()).collect();
        let at: Option<i64> = sqlx::query_scalar(
            "SELECT at_ms FROM journal WHERE seq > (SELECT ifnull(max(seq), 0) FROM journal) - ?1
                AND site = ?2 AND said IN (SELECT value FROM json_each(?3)) ORDER BY seq DESC LIMIT 1",
        )
        .bind(LOOKED_THROUGH)
        .bind(site.0)
        .bind(serde_json::to_string(&codes).unwrap_or_default())
        .fetch_optional(&mut *snapshot)
        .await?;
        Ok(at.map(At))
    }

    /// When the last of the site's recordings was taken in, if it is one of the latest.
    pub async fn last_taken_in(&self, site: SiteId) -> Result<Option<At>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let found = sqlx::query_scalar(
            "SELECT taken_at FROM (SELECT id, site, taken_at FROM recordings ORDER BY id DESC LIMIT ?1)
             WHERE site = ?2 ORDER BY id DESC LIMIT 1",
        )
        .bind(LOOKED_THROUGH)
        .bind(site.0);
        Ok(found.fetch_optional(&mut *snapshot).await?.map(At))
    }
}
