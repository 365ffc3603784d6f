//! Table `audit`: what was done with recordings and settings. Each entry is chained to the one before by SHA-256, so that
//! none can be changed, taken out or put in between without its being told; triggers refuse it in the first place. Whoever
//! writes the whole chain anew, or cuts it off with its count, is told by the [`witness`].
//!
//! An entry that tells of a change of rows is written in that change's transaction: there is never one without the other.

#[cfg(test)]
mod tests;
pub(crate) mod witness;

use crate::hand::begin;
use crate::library::MIGRATOR;
use crate::privacy::{beginning, is_told};
use crate::{Hand, Reader, StoreError};
use model::{At, RecordingId};
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use witness::Witness;

/// What the first entry follows.
const BEGINNING: [u8; 32] = [0; 32];

/// Says of which form the bytes are that are hashed.
const FORM: &[u8] = b"CallDoc audit 1\n";

/// Entries that are checked at once.
const AT_A_TIME: i64 = 5_000;

/// The guards that the migrations set.
const GUARDS: [&str; 2] = ["audit_is_never_changed", "audit_is_never_shortened"];

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub at: At,
    /// The system's account under which CallDoc ran.
    pub who: String,
    pub recording: Option<RecordingId>,
    /// JSON.
    pub what: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    pub n: i64,
    pub deed: Deed,
    pub hash: Vec<u8>,
}

/// Whether the log is whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditCheck {
    pub entries: u64,
    /// The first entry that does not follow from the one before, and what is wrong with it.
    pub broken: Option<(i64, String)>,
    /// Entries that only follow from each other, because they were written without the witness. `None`: there is no witness
    /// at hand, so this is true of all.
    pub unseen: Option<u64>,
}

impl Hand {
    /// Notes what was done where no row changes with it.
    pub async fn audit(&self, deeds: &[Deed]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        append(&mut transaction, &self.witness, deeds).await?;
        Ok(transaction.commit().await?)
    }
}

impl Reader {
    /// The newest first, from the one before `before` on; at most `limit`. With a recording: only that one's.
    pub async fn audit(
        &self,
        recording: Option<RecordingId>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(if recording.is_some() { ENTRIES_OF_RECORDING } else { ENTRIES_BEFORE })
            .bind(before.unwrap_or(i64::MAX))
            .bind(recording.map(|recording| recording.0))
            .bind(limit)
            .fetch_all(&mut *snapshot)
            .await?;
        rows.iter().map(entry).collect()
    }

    /// Reads the whole log and says where its chain is broken, if it is.
    pub async fn check_audit(&self) -> Result<AuditCheck, StoreError> {
        check(&mut *self.snapshot().await?, &self.witness).await
    }
}

const ENTRIES_BEFORE: &str = "SELECT n, at, who, recording, what, hash FROM audit
    WHERE n < ?1 AND ?2 IS NULL ORDER BY n DESC LIMIT ?3";

const ENTRIES_OF_RECORDING: &str = "SELECT n, at, who, recording, what, hash FROM audit
    WHERE n < ?1 AND recording = ?2 ORDER BY n DESC LIMIT ?3";

const ENTRIES_AFTER: &str =
    "SELECT n, at, who, recording, what, hash FROM audit WHERE n > ?1 ORDER BY n LIMIT ?2";

fn entry(row: &SqliteRow) -> Result<AuditEntry, StoreError> {
    let deed = Deed {
        at: At(row.try_get(1)?),
        who: row.try_get(2)?,
        recording: row.try_get::<Option<i64>, _>(3)?.map(RecordingId),
        what: row.try_get(4)?,
    };
    Ok(AuditEntry { n: row.try_get(0)?, deed, hash: row.try_get(5)? })
}

/// Appends within the transaction of what was done.
pub(crate) async fn append(
    connection: &mut SqliteConnection,
    witness: &Witness,
    deeds: &[Deed],
) -> Result<(), StoreError> {
    if deeds.is_empty() {
        return Ok(());
    }
    let (last, mut before) = newest(connection).await?;
    // A number that was given once is never given again, even if its entry was cut off.
    let mut n = given(connection).await?.unwrap_or(0);
    for deed in deeds {
        n += 1;
        let hash = chained(&before, n, deed);
        sqlx::query("INSERT INTO audit (n, at, who, recording, what, hash) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(n)
            .bind(deed.at.0)
            .bind(&deed.who)
            .bind(deed.recording.map(|recording| recording.0))
            .bind(&deed.what)
            .bind(&hash[..])
            .execute(&mut *connection)
            .await?;
        before = hash.to_vec();
    }
    witness::see(connection, witness, last, (n, &before)).await
}

/// The newest entry's number and hash.
async fn newest(connection: &mut SqliteConnection) -> Result<(i64, Vec<u8>), StoreError> {
    let last: Option<(i64, Vec<u8>)> = sqlx::query_as("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    Ok(last.unwrap_or((0, BEGINNING.to_vec())))
}

/// The highest number that was ever given, as SQLite remembers it beside the table.
async fn given(connection: &mut SqliteConnection) -> Result<Option<i64>, StoreError> {
    Ok(sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
        .fetch_optional(connection)
        .await?)
}

/// Each piece goes in with its length, so that no two entries have the same bytes.
fn chained(before: &[u8], n: i64, deed: &Deed) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(FORM);
    hasher.update(before);
    hasher.update(n.to_be_bytes());
    hasher.update(deed.at.0.to_be_bytes());
    match deed.recording {
        Some(recording) => {
            hasher.update([1]);
            hasher.update(recording.0.to_be_bytes());
        }
        None => hasher.update([0]),
    }
    for text in [&deed.who, &deed.what] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().into()
}

async fn check(connection: &mut SqliteConnection, witness: &Witness) -> Result<AuditCheck, StoreError> {
    let is_broken = |entries, n, says| AuditCheck { entries, broken: Some((n, says)), unseen: None };
    let shortened = beginning(connection).await?;
    if let Some((n, hash)) = &shortened
        && !is_told(connection, hash).await?
    {
        let says = "It was cut off at its beginning, and no entry tells of that.".to_owned();
        return Ok(is_broken(0, *n, says));
    }
    let (mut last, mut before) = shortened.unwrap_or((0, BEGINNING.to_vec()));
    let mut entries = 0_u64;
    loop {
        let rows = sqlx::query(ENTRIES_AFTER).bind(last).bind(AT_A_TIME).fetch_all(&mut *connection).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let entry = entry(row)?;
            if entry.n != last + 1 {
                return Ok(is_broken(entries, last + 1, missing(last + 1, entry.n - 1)));
            }
            if entry.hash != chained(&before, entry.n, &entry.deed) {
                let says = "It is not what was written, or the entry before it is not.".to_owned();
                return Ok(is_broken(entries, entry.n, says));
            }
            (last, before) = (entry.n, entry.hash);
            entries += 1;
        }
    }
    match given(connection).await?.unwrap_or(0) {
        highest if highest > last => return Ok(is_broken(entries, last + 1, missing(last + 1, highest))),
        highest if highest < last => {
            return Ok(is_broken(entries, last, "The count of entries was changed.".to_owned()));
        }
        _ => {}
    }
    Ok(match witness::ask(connection, witness, last).await? {
        Ok(unseen) => AuditCheck { entries, broken: None, unseen },
        Err((n, says)) => is_broken(entries, n, says),
    })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn missing(first: i64, last: i64) -> String {
    if first == last {
        format!("Entry {first} was taken out.")
    } else {
        format!("Entries {first} to {last} were taken out.")
    }
}

/// For the check of the whole library.
pub(crate) async fn is_whole(
    connection: &mut SqliteConnection,
    witness: &Witness,
    complaints: &mut Vec<String>,
) -> Result<(), StoreError> {
    if let Some((n, says)) = check(connection, witness).await?.broken {
        complaints.push(format!("The audit log is broken at entry {n}: {says}"));
    }
    let triggers: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'")
            .fetch_all(connection)
            .await?;
    let guards = triggers.iter().filter(|(name, sql)| is_guard(name, sql)).count();
    if guards != GUARDS.len() {
        complaints.push(
            "The audit log's guard against changes was taken away or replaced by another program.".to_owned(),
        );
    }
    if guards != triggers.len() {
        complaints.push("Another program watches the audit log with a trigger of its own.".to_owned());
    }
    Ok(())
}

/// One of that name may do anything: its text must be the migrations'.
fn is_guard(name: &str, sql: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sql = words(sql);
    GUARDS.contains(&name) && MIGRATOR.iter().any(|migration| words(migration.sql.as_str()).contains(&sql))
}
