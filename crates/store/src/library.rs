//! Opens the folder of a library, for the one writer or for reading beside it.

use crate::audit::witness::Witness;
use crate::copy::keep_older;
use crate::lock::WriterLock;
use crate::reader::KnownSites;
use crate::tables::sites;
use crate::{Reader, StoreError, Writer};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::time::Duration;

pub(crate) static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

const DATABASE_FILE: &str = "library.sqlite3";

/// Pages of 8 KB: chunks of SMDR lines and engine states span fewer of them, and the trees are a level lower.
const PAGE_BYTES: u32 = 8192;

/// How long one waits for the other at the few moments SQLite lets nobody else in (recovery, the end of the log).
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// The statements of a writer: some thirty, in up to four sizes each.
const WRITER_STATEMENTS: usize = 200;

/// Makes a folder, and those above it, that other users of the computer cannot look into. One that is there stays as it is.
pub fn make_private(folder: &Path) -> std::io::Result<()> {
    #[cfg_attr(
        not(unix),
        allow(unused_mut, reason = "elsewhere a person's folders are private by themselves")
    )]
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// A folder with the database `library.sqlite3` in it.
pub struct Library;

impl Library {
    /// Opens for writing and creates what is missing: the folder, the database, newer tables. Before an older library is
    /// changed, a copy of it is kept in `before-updates`; when that fails, nothing is changed
    /// ([`StoreError::NotKept`]).
    ///
    /// `holder` is who the next one who tries is told of, for instance "CallDoc (pid 123)".
    pub async fn open_writer(folder: &Path, holder: &str) -> Result<(Writer, Reader), StoreError> {
        make_private(folder).map_err(StoreError::io("create the library's folder"))?;
        let lock = WriterLock::take(folder, holder)?;
        let mut connection = writer_options(folder).connect().await?;
        let library = library_version(&mut connection).await?;
        if library > 0 && library < app_version() {
            keep_older(&mut connection, folder, library).await?;
        }
        MIGRATOR
            .run(&mut connection)
            .await
            .map_err(|error| StoreError::from_migration(error, app_version()))?;
        let sites = KnownSites::default();
        let witness = Witness::default();
        let writer =
            Writer::start(connection, writer_options(folder), lock, sites.clone(), witness.clone()).await?;
        Ok((writer, Reader::start(reader_options(folder), sites, witness)))
    }

    /// The form of libraries that this program writes. It reads older ones, and no newer.
    pub fn form() -> i64 {
        app_version()
    }

    /// Who holds the library for writing, if anybody does.
    pub fn holder(folder: &Path) -> Result<Option<String>, StoreError> {
        if !folder.is_dir() {
            return Ok(None);
        }
        match WriterLock::take(folder, "") {
            Ok(_) => Ok(None),
            Err(StoreError::Held { by }) => Ok(Some(by)),
            Err(error) => Err(error),
        }
    }

    /// Opens for reading, also while another process writes.
    pub async fn open_reader(folder: &Path) -> Result<Reader, StoreError> {
        if !folder.join(DATABASE_FILE).is_file() {
            return Err(StoreError::Missing);
        }
        let options = reader_options(folder);
        let mut connection = options.connect().await?;
        let library = library_version(&mut connection).await?;
        let app = app_version();
        let sites = KnownSites::default();
        match library.cmp(&app) {
            std::cmp::Ordering::Greater => return Err(StoreError::NewerThanApp { library, app }),
            std::cmp::Ordering::Less => return Err(StoreError::OlderThanApp { library, app }),
            std::cmp::Ordering::Equal => sites.set(sites::all(&mut connection).await?),
        }
        connection.close().await?;
        Ok(Reader::start(options, sites, Witness::default()))
    }
}

fn app_version() -> i64 {
    MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// 0 for a database in which no migration was ever finished.
async fn library_version(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let marked: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations'")
            .fetch_optional(&mut *connection)
            .await?;
    if marked.is_none() {
        return Ok(0);
    }
    Ok(sqlx::query_scalar("SELECT ifnull(max(version), 0) FROM _sqlx_migrations WHERE success")
        .fetch_one(connection)
        .await?)
}

/// FULL: each commit is forced to the disk before it counts, which in WAL mode is one flush of the log.
fn writer_options(folder: &Path) -> SqliteConnectOptions {
    options(folder)
        .create_if_missing(true)
        .page_size(PAGE_BYTES)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .statement_cache_capacity(WRITER_STATEMENTS)
}

fn reader_options(folder: &Path) -> SqliteConnectOptions {
    options(folder).read_only(true).pragma("query_only", "ON").pragma("temp_store", "MEMORY")
}

/// sqlx's own logging of statements would be the only place where SQL reaches a log.
fn options(folder: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.join(DATABASE_FILE))
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging()
}
