//! How large the library is, and whether it is sound: what `doctor` and `check` tell.

use crate::privacy::gone;
use crate::tables::{calls, journal};
use crate::{Reader, StoreError, audit, basis};
use model::CallId;
use model::call::FACTS_PER_ENTRY;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Executor, Row};

/// Complaints of one kind that are told; a damaged file can have millions.
const COMPLAINTS_MAX: u32 = 20;

/// Calls whose basis is read at once.
const CALLS_AT_ONCE: i64 = 10_000;

/// The check jumps between tables and indexes: with the readers' usual 2 MB of pages it takes far longer.
const READ_ALL: &str = "PRAGMA cache_size = -64000";
const READ_SOME: &str = "PRAGMA cache_size = -2000";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LibraryCounts {
    pub journal_entries: u64,
    /// Consultations left out.
    pub calls: u64,
    pub consultations: u64,
    pub live_calls: u64,
    pub smdr_records: u64,
    pub quarantined: u64,
    /// The database file; the log beside it is not in it.
    pub database_bytes: u64,
}

impl Reader {
    /// Reads the calls and the records once: a second or so for a million.
    pub async fn counts(&self) -> Result<LibraryCounts, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row: (i64, i64, i64, i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT ifnull(max(seq), 0) FROM journal),
                (SELECT count(*) FROM calls NOT INDEXED WHERE counted = 1),
                (SELECT count(*) FROM calls),
                (SELECT count(*) FROM calls WHERE ended_at IS NULL),
                (SELECT count(*) FROM records),
                (SELECT count(*) FROM quarantine)",
        )
        .fetch_one(&mut *snapshot)
        .await?;
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *snapshot).await?;
        let page_bytes: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut *snapshot).await?;
        let (journal_entries, calls, all_calls, live_calls, smdr_records, quarantined) = row;
        Ok(LibraryCounts {
            journal_entries: journal_entries.cast_unsigned(),
            calls: calls.cast_unsigned(),
            consultations: (all_calls - calls).cast_unsigned(),
            live_calls: live_calls.cast_unsigned(),
            smdr_records: smdr_records.cast_unsigned(),
            quarantined: quarantined.cast_unsigned(),
            database_bytes: (pages * page_bytes).cast_unsigned(),
        })
    }

    /// Reads the whole library and says in sentences what is wrong with it; empty when it is sound.
    pub async fn integrity_check(&self) -> Result<Vec<String>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let mut complaints = Vec::new();
        pages(&mut snapshot, &mut complaints).await?;
        references(&mut snapshot, &mut complaints).await?;
        journal_is_whole(&mut snapshot, &mut complaints).await?;
        projection_rests_on_the_journal(&mut snapshot, &mut complaints).await?;
        calls_can_be_read(&mut snapshot, &mut complaints).await?;
        audit::is_whole(&mut snapshot, &self.witness, &mut complaints).await?;
        Ok(complaints)
    }
}

async fn pages(connection: &mut SqliteConnection, complaints: &mut Vec<String>) -> Result<(), StoreError> {
    connection.execute(READ_ALL).await?;
    let found: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(&mut *connection).await?;
    connection.execute(READ_SOME).await?;
    complaints.extend(
        found.into_iter().filter(|line| line != "ok").map(|line| format!("The database file: {line}.")),
    );
    Ok(())
}

async fn references(
    connection: &mut SqliteConnection,
    complaints: &mut Vec<String>,
) -> Result<(), StoreError> {
    let found: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY \"table\", parent",
    )
    .fetch_all(connection)
    .await?;
    complaints.extend(
        found
            .into_iter()
            .map(|(table, parent, rows)| format!("{rows} rows of {table} belong to no row of {parent}.")),
    );
    Ok(())
}

/// Entries are numbered without a gap, of known kinds, from where the journal begins.
async fn journal_is_whole(
    connection: &mut SqliteConnection,
    complaints: &mut Vec<String>,
) -> Result<(), StoreError> {
    let gone = gone(connection).await?.through_seq;
    let (entries, unknown): (i64, i64) = sqlx::query_as(
        "SELECT count(*) FILTER (WHERE seq > ?), count(*) FILTER (WHERE said NOT BETWEEN 1 AND 8) FROM journal",
    )
    .bind(gone)
    .fetch_one(&mut *connection)
    .await?;
    let missing = journal::last_seq(connection).await? - gone - entries;
    if missing != 0 {
        complaints.push(format!("{missing} entries are missing from the journal."));
    }
    if unknown != 0 {
        complaints.push(format!("{unknown} entries of the journal are of no known kind."));
    }
    Ok(())
}

async fn projection_rests_on_the_journal(
    connection: &mut SqliteConnection,
    complaints: &mut Vec<String>,
) -> Result<(), StoreError> {
    let last_seq = journal::last_seq(connection).await?;
    let beyond: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM calls NOT INDEXED WHERE last_seq > ?1 OR id / ?2 > ?1 LIMIT ?3")
            .bind(last_seq)
            .bind(FACTS_PER_ENTRY)
            .bind(COMPLAINTS_MAX)
            .fetch_all(&mut *connection)
            .await?;
    complaints.extend(
        beyond.into_iter().map(|id| {
            format!("Call {} rests on something that is not in the journal.", CallId(id).to_text())
        }),
    );
    let checkpoint: Option<i64> =
        sqlx::query_scalar("SELECT through_seq FROM checkpoint WHERE through_seq > ?")
            .bind(last_seq)
            .fetch_optional(&mut *connection)
            .await?;
    if checkpoint.is_some() {
        complaints.push("The calls claim to be made of more than the journal holds; rebuild them.".into());
    }
    let quarantined: i64 = sqlx::query_scalar("SELECT count(*) FROM quarantine WHERE seq > ?")
        .bind(last_seq)
        .fetch_one(connection)
        .await?;
    if quarantined != 0 {
        complaints
            .push(format!("{quarantined} quarantined pieces are not in the journal; rebuild the calls."));
    }
    Ok(())
}

/// Events are numbered from 0 and end not before they start, and each basis can be read.
async fn calls_can_be_read(
    connection: &mut SqliteConnection,
    complaints: &mut Vec<String>,
) -> Result<(), StoreError> {
    let disordered: Vec<i64> = sqlx::query_scalar(
        "SELECT call FROM events GROUP BY call
         HAVING max(n) != count(*) - 1 OR min(ifnull(ended_at, started_at) - started_at) < 0
            OR max(kind) >= ? LIMIT ?",
    )
    .bind(model::EventKind::ALL.len() as i64)
    .bind(COMPLAINTS_MAX)
    .fetch_all(&mut *connection)
    .await?;
    complaints.extend(
        disordered
            .into_iter()
            .map(|id| format!("The events of call {} are in disorder.", CallId(id).to_text())),
    );
    let mut after = calls::highest_id(connection).await?.saturating_add(1);
    loop {
        let rows = sqlx::query("SELECT id, basis FROM calls WHERE id < ? ORDER BY id DESC LIMIT ?")
            .bind(after)
            .bind(CALLS_AT_ONCE)
            .fetch_all(&mut *connection)
            .await?;
        for row in &rows {
            after = row.try_get(0)?;
            if basis::read(row.try_get(1)?).is_none() {
                complaints.push(format!("What call {} rests on cannot be read.", CallId(after).to_text()));
            }
        }
        if rows.is_empty() || complaints.len() > 5 * COMPLAINTS_MAX as usize {
            return Ok(());
        }
    }
}
