//! The one writer: each commit is one transaction, so that a kill at any moment leaves the commit before it.

use crate::StoreError;
use crate::audit::witness::Witness;
use crate::changes::{Changes, Checkpoint, NewEntry};
use crate::hand::Hand;
use crate::lock::WriterLock;
use crate::privacy::{Gone, gone};
use crate::reader::KnownSites;
use crate::steady::steady;
use crate::tables::seen::{self, KnownNumbers};
use crate::tables::sites::Site;
use crate::tables::{calls, checkpoint, health, journal, leaves, names, quarantine, records, sites, states};
use model::call::FACTS_PER_ENTRY;
use model::{At, SiteId};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Executor};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// SQLite's caches while single calls come in: 8 MB of pages, and a log of 8 MB before it is carried over.
const AT_EASE: &str = "PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 1000; PRAGMA shrink_memory;";

/// While very many do: the log is carried over every 32 MB, because pages that many commits touch are then carried
/// over once.
const AT_WORK: &str = "PRAGMA cache_size = -24000; PRAGMA wal_autocheckpoint = 4000;";

/// The indexes whose entries come in no order. Each commit of some thousand calls would write all of their pages anew:
/// a million calls take more than twice as long with them as when they are made at the end.
const DROP_SCATTERED: &str = "DROP INDEX IF EXISTS calls_by_number; DROP INDEX IF EXISTS calls_by_length;";

/// Without a country, no call has an entry in this one: making it anew would read all of them for nothing.
const DROP_ENDS: &str = "DROP INDEX IF EXISTS calls_by_number_end";

/// As in the migrations; after a bulk import that was cut off, whoever opens the library next makes them.
const MAKE_SCATTERED: &str = "
    CREATE INDEX IF NOT EXISTS calls_by_length ON calls (length_ms);
    CREATE INDEX IF NOT EXISTS calls_by_number ON calls (number_key, started_at)
        WHERE external_number IS NOT NULL;
    CREATE INDEX IF NOT EXISTS calls_by_number_end ON calls (substr(external_e164, -7), started_at)
        WHERE external_e164 IS NOT NULL;";

/// What is made of the journal alone.
const PROJECTED: [&str; 8] = [
    "DELETE FROM related",
    "DELETE FROM events",
    "DELETE FROM calls",
    "DELETE FROM records",
    "DELETE FROM quarantine",
    "DELETE FROM pbx_names",
    "DELETE FROM numbers_seen",
    "DELETE FROM agent_states",
];

/// Of calls that nothing makes anew, those that were left open are over, unseen (3 in the marks), as of their last change.
const END_SETTLED: &str = "UPDATE calls SET ended_at = started_at + length_ms, marks = marks | 3 << 11
    WHERE ended_at IS NULL";

/// What is deleted is overwritten wherever that costs no writing of its own.
const FORGET: &str = "PRAGMA secure_delete = FAST";

/// What the log file is cut down to once its content has been carried over.
const LOG_BYTES_KEPT: &str = "PRAGMA journal_size_limit = 33554432";

/// What a connection that writes begins with.
pub(crate) const SETTINGS: [&str; 3] = [LOG_BYTES_KEPT, FORGET, AT_EASE];

/// The connection that writes, for the writer and for what people enter beside it; `None` once it was closed.
pub(crate) type Writing = Mutex<Option<SqliteConnection>>;

pub struct Writer {
    pub(crate) connection: Arc<Writing>,
    options: Arc<SqliteConnectOptions>,
    sites: KnownSites,
    witness: Witness,
    pub(crate) numbers: KnownNumbers,
    next_seq: i64,
    /// Calls above it were never written: they need no deleting before they are inserted.
    pub(crate) highest_call: i64,
    _lock: WriterLock,
}

impl Writer {
    pub(crate) async fn start(
        mut connection: SqliteConnection,
        options: SqliteConnectOptions,
        lock: WriterLock,
        sites: KnownSites,
        witness: Witness,
    ) -> Result<Self, StoreError> {
        for setting in SETTINGS {
            connection.execute(setting).await?;
        }
        connection.execute(MAKE_SCATTERED).await?;
        let next_seq = journal::last_seq(&mut connection).await? + 1;
        let highest_call = calls::highest_id(&mut connection).await?;
        sites.set(sites::all(&mut connection).await?);
        let connection = Arc::new(Mutex::new(Some(connection)));
        let numbers = KnownNumbers::default();
        Ok(Self {
            connection,
            options: Arc::new(options),
            sites,
            witness,
            numbers,
            next_seq,
            highest_call,
            _lock: lock,
        })
    }

    /// Writes what people enter, on the same connection and between two commits. Any number of them.
    pub fn hand(&self) -> Hand {
        Hand::new(&self.connection, &self.options, &self.witness)
    }

    /// Between two transactions.
    pub(crate) async fn turn(&self) -> Result<OwnedMutexGuard<Option<SqliteConnection>>, StoreError> {
        let mut writing = Arc::clone(&self.connection).lock_owned().await;
        steady(&mut writing, &self.options, &SETTINGS).await?;
        Ok(writing)
    }

    /// Sequence number that the next journal entry gets.
    pub fn next_seq(&self) -> i64 {
        self.next_seq
    }

    /// Appends `entries` and applies `changes` in one transaction that is on the disk when this returns. Gives the
    /// sequence number of the first new entry; they are consecutive. After an error nothing of it is stored, and the
    /// writer can be used on. A site that is not in the library: [`StoreError::UnknownSite`].
    pub async fn commit(&mut self, entries: &[NewEntry], changes: &Changes) -> Result<i64, StoreError> {
        let first_seq = self.next_seq;
        if entries.is_empty() && changes.is_empty() {
            return Ok(first_seq);
        }
        let mut writing = self.turn().await?;
        let mut transaction = open(&mut writing)?.begin_with("BEGIN IMMEDIATE").await?;
        let connection = &mut *transaction;
        journal::append(connection, first_seq, entries).await?;
        calls::remove(connection, &changes.gone).await?;
        let highest_call = calls::replace(connection, &changes.calls, self.highest_call).await?;
        let numbers = seen::see(connection, &changes.calls, &self.numbers).await?;
        records::add(connection, &changes.records).await?;
        quarantine::add(connection, &changes.quarantined).await?;
        names::see(connection, &changes.names).await?;
        states::add(connection, &changes.states).await?;
        health::note(connection, &changes.health).await?;
        if let Some(checkpoint) = &changes.checkpoint {
            checkpoint::set(connection, checkpoint).await?;
        }
        transaction.commit().await?;
        self.next_seq += entries.len() as i64;
        self.highest_call = highest_call;
        self.numbers.add(numbers);
        Ok(first_seq)
    }

    pub async fn checkpoint(&mut self) -> Result<Option<Checkpoint>, StoreError> {
        let mut writing = self.turn().await?;
        checkpoint::get(open(&mut writing)?).await
    }

    /// Before a rebuild: removes everything that was concluded (calls, known records, quarantine, what the PBX calls its
    /// numbers, states of phones, checkpoint), but for what rests on a part of the journal that is gone. The journal, the
    /// sites, what people entered and the health list stay.
    pub async fn clear_projection(&mut self) -> Result<(), StoreError> {
        let mut writing = self.turn().await?;
        let mut transaction = open(&mut writing)?.begin_with("BEGIN IMMEDIATE").await?;
        let gone = gone(&mut transaction).await?;
        if gone == Gone::default() {
            for statement in PROJECTED {
                transaction.execute(statement).await?;
            }
        } else {
            // What nothing can make anew stays.
            for (statement, bound) in [
                ("DELETE FROM calls WHERE id >= ?", (gone.through_seq + 1) * FACTS_PER_ENTRY),
                ("DELETE FROM quarantine WHERE seq > ?", gone.through_seq),
                ("DELETE FROM pbx_names WHERE since > ?", gone.through_at.0),
                ("DELETE FROM agent_states WHERE since > ?", gone.through_at.0),
            ] {
                sqlx::query(statement).bind(bound).execute(&mut *transaction).await?;
            }
            transaction.execute("DELETE FROM records WHERE settled = 0").await?;
            // Nothing would ever end them.
            transaction.execute(END_SETTLED).await?;
        }
        for statement in [
            // Calls that are made anew are given their keys as they are.
            "UPDATE sites SET keys_due_below = NULL",
            "DELETE FROM checkpoint",
            "DELETE FROM by_hand",
        ] {
            transaction.execute(statement).await?;
        }
        leaves::forget(&mut transaction).await?;
        let highest_call = calls::highest_id(&mut transaction).await?;
        transaction.commit().await?;
        self.highest_call = highest_call;
        self.numbers.clear();
        Ok(())
    }

    /// Before a rebuild, or an import of some hundred thousand calls: commits get faster, and lists sorted by length or
    /// asked by number slower, until [`Writer::end_bulk`]. Commits in between are as safe as ever.
    pub async fn begin_bulk(&mut self) -> Result<(), StoreError> {
        let mut writing = self.turn().await?;
        let connection = open(&mut writing)?;
        connection.execute(DROP_SCATTERED).await?;
        let countries: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sites WHERE country IS NOT NULL)")
                .fetch_one(&mut *connection)
                .await?;
        if countries {
            connection.execute(DROP_ENDS).await?;
        }
        connection.execute(AT_WORK).await?;
        Ok(())
    }

    /// Takes a second or two for a million calls. When it is left out, the next opening does it.
    pub async fn end_bulk(&mut self) -> Result<(), StoreError> {
        let mut writing = self.turn().await?;
        let connection = open(&mut writing)?;
        connection.execute(MAKE_SCATTERED).await?;
        connection.execute(AT_EASE).await?;
        Ok(())
    }

    /// Stores a site: a new one for id 0, else in place of the one with its id (which it also brings back if it was
    /// removed). Gives its id. Where its country or access digits change, the keys of its calls become due.
    pub async fn save_site(&mut self, site: &Site) -> Result<SiteId, StoreError> {
        let mut writing = self.turn().await?;
        let mut transaction = open(&mut writing)?.begin_with("BEGIN IMMEDIATE").await?;
        let id = sites::save(&mut transaction, site).await?;
        let saved = sites::all(&mut transaction).await?;
        transaction.commit().await?;
        self.sites.set(saved);
        Ok(id)
    }

    /// Marks a site as removed. Its journal and its calls stay.
    pub async fn remove_site(&mut self, site: SiteId, removed_at: At) -> Result<(), StoreError> {
        let mut writing = self.turn().await?;
        let connection = open(&mut writing)?;
        sites::remove(connection, site, removed_at).await?;
        self.sites.set(sites::all(connection).await?);
        Ok(())
    }

    /// Carries the log over into the database file and closes it. Dropping the writer instead loses nothing, and
    /// leaves that work to whoever opens the library next.
    pub async fn close(self) -> Result<(), StoreError> {
        let connection = self.connection.lock().await.take();
        let Some(mut connection) = connection else { return Ok(()) };
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        Ok(connection.close().await?)
    }
}

/// The connection, as long as it was not closed.
pub(crate) fn open(writing: &mut Option<SqliteConnection>) -> Result<&mut SqliteConnection, StoreError> {
    writing.as_mut().ok_or(StoreError::Closed)
}
