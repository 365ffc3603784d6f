//! The one writer: each commit is one transaction, so that a kill at any moment leaves the commit before it.

use crate::StoreError;
use crate::changes::{Changes, Checkpoint, NewEntry};
use crate::lock::WriterLock;
use crate::tables::sites::Site;
use crate::tables::{calls, checkpoint, health, journal, names, quarantine, records, sites};
use model::{At, SiteId};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Executor};

/// SQLite's caches while single calls come in: 8 MB of pages, and a log of 8 MB before it is carried over.
const AT_EASE: &str = "PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 1000; PRAGMA shrink_memory;";

/// While very many do: the log is carried over every 32 MB, because pages that many commits touch are then carried
/// over once.
const AT_WORK: &str = "PRAGMA cache_size = -24000; PRAGMA wal_autocheckpoint = 4000;";

/// The indexes whose entries come in no order. Each commit of some thousand calls would write all of their pages anew:
/// a million calls take more than twice as long with them as when they are made at the end.
const DROP_SCATTERED: &str = "DROP INDEX IF EXISTS calls_by_number; DROP INDEX IF EXISTS calls_by_length;";

/// As in the migrations; after a bulk import that was cut off, whoever opens the library next makes them.
const MAKE_SCATTERED: &str = "
    CREATE INDEX IF NOT EXISTS calls_by_length ON calls (length_ms);
    CREATE INDEX IF NOT EXISTS calls_by_number ON calls (external_number, started_at)
        WHERE external_number IS NOT NULL;";

/// What the log file is cut down to once its content has been carried over.
const LOG_BYTES_KEPT: &str = "PRAGMA journal_size_limit = 33554432";

pub struct Writer {
    connection: SqliteConnection,
    next_seq: i64,
    /// Calls above it were never written: they need no deleting before they are inserted.
    highest_call: i64,
    _lock: WriterLock,
}

impl Writer {
    pub(crate) async fn start(
        mut connection: SqliteConnection,
        lock: WriterLock,
    ) -> Result<Self, StoreError> {
        connection.execute(LOG_BYTES_KEPT).await?;
        connection.execute(AT_EASE).await?;
        connection.execute(MAKE_SCATTERED).await?;
        let next_seq = journal::last_seq(&mut connection).await? + 1;
        let highest_call = calls::highest_id(&mut connection).await?;
        Ok(Self { connection, next_seq, highest_call, _lock: lock })
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
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        let connection = &mut *transaction;
        journal::append(connection, first_seq, entries).await?;
        calls::remove(connection, &changes.gone).await?;
        let highest_call = calls::replace(connection, &changes.calls, self.highest_call).await?;
        records::add(connection, &changes.records).await?;
        quarantine::add(connection, &changes.quarantined).await?;
        names::see(connection, &changes.names).await?;
        health::note(connection, &changes.health).await?;
        if let Some(checkpoint) = &changes.checkpoint {
            checkpoint::set(connection, checkpoint).await?;
        }
        transaction.commit().await?;
        self.next_seq += entries.len() as i64;
        self.highest_call = highest_call;
        Ok(first_seq)
    }

    pub async fn checkpoint(&mut self) -> Result<Option<Checkpoint>, StoreError> {
        checkpoint::get(&mut self.connection).await
    }

    /// Before a rebuild: removes everything that was concluded (calls, known records, quarantine, names, checkpoint).
    /// The journal, the sites and the health list stay.
    pub async fn clear_projection(&mut self) -> Result<(), StoreError> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        for statement in [
            "DELETE FROM related",
            "DELETE FROM events",
            "DELETE FROM calls",
            "DELETE FROM records",
            "DELETE FROM quarantine",
            "DELETE FROM names",
            "DELETE FROM checkpoint",
        ] {
            transaction.execute(statement).await?;
        }
        transaction.commit().await?;
        self.highest_call = 0;
        Ok(())
    }

    /// Before a rebuild, or an import of some hundred thousand calls: commits get faster, and lists sorted by length or
    /// asked by number slower, until [`Writer::end_bulk`]. Commits in between are as safe as ever.
    pub async fn begin_bulk(&mut self) -> Result<(), StoreError> {
        self.connection.execute(DROP_SCATTERED).await?;
        self.connection.execute(AT_WORK).await?;
        Ok(())
    }

    /// Takes a second or two for a million calls. When it is left out, the next opening does it.
    pub async fn end_bulk(&mut self) -> Result<(), StoreError> {
        self.connection.execute(MAKE_SCATTERED).await?;
        self.connection.execute(AT_EASE).await?;
        Ok(())
    }

    /// Stores a site: a new one for id 0, else in place of the one with its id (which it also brings back if it was
    /// removed). Gives its id.
    pub async fn save_site(&mut self, site: &Site) -> Result<SiteId, StoreError> {
        sites::save(&mut self.connection, site).await
    }

    /// Marks a site as removed. Its journal and its calls stay.
    pub async fn remove_site(&mut self, site: SiteId, removed_at: At) -> Result<(), StoreError> {
        sites::remove(&mut self.connection, site, removed_at).await
    }

    /// Carries the log over into the database file and closes it. Dropping the writer instead loses nothing, and
    /// leaves that work to whoever opens the library next.
    pub async fn close(mut self) -> Result<(), StoreError> {
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        Ok(self.connection.close().await?)
    }
}
