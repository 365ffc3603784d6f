//! What can go wrong with a library, in sentences for the person at the desk. No paths and no SQL in them.

use sqlx::migrate::MigrateError;
use std::io;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "The library is already open for writing in {by}. Close it there first; reading it here is possible."
    )]
    Held { by: String },

    #[error(
        "The library was written by a newer CallDoc (its format is {library}, this program knows {app}). \
         Install the newer version to open it."
    )]
    NewerThanApp { library: i64, app: i64 },

    #[error(
        "The library has the format of an older CallDoc ({library} instead of {app}). Open it once with this \
         version of the app, which brings it up to date."
    )]
    OlderThanApp { library: i64, app: i64 },

    #[error(
        "There is no library in this folder yet. Start CallDoc once, or collect or import something into it."
    )]
    Missing,

    #[error(
        "The library is damaged: {detail}. Restore a backup, or move the folder away to begin a new one."
    )]
    Damaged { detail: String },

    #[error("The disk is full. Nothing was lost of what was stored before; make room and try again.")]
    DiskFull,

    #[error("Another program keeps the library busy. Try again in a moment.")]
    Busy,

    #[error("This account may not write to the library's folder.")]
    ReadOnly,

    #[error("Could not {doing}: {source}.")]
    Io { doing: &'static str, source: io::Error },

    #[error("This place in the list is not known. Start again at the top of the list.")]
    BadCursor,

    #[error("This phone system is not (or no longer) in the library.")]
    UnknownSite,

    #[error("This person is not (or no longer) in the directory.")]
    UnknownPerson,

    #[error("This rate table is not (or no longer) in the library.")]
    UnknownRates,

    #[error("This recording is not (or no longer) in the library.")]
    UnknownRecording,

    #[error("This naming preset is not (or no longer) in the library.")]
    UnknownNaming,

    #[error("This note is not (or no longer) in the library.")]
    UnknownNote,

    #[error("This scorecard is not (or no longer) in the library.")]
    UnknownScorecard,

    #[error("This pool is not (or no longer) in the library.")]
    UnknownPool,

    #[error(
        "The library is of an older CallDoc and has to be changed to be opened, but no copy of it could be kept first: \
         {why} Nothing was changed."
    )]
    NotKept { why: String },

    #[error("It was stopped.")]
    Stopped,

    #[error("The library is closed.")]
    Closed,

    #[error("The library could not be read or written.")]
    Database(#[source] sqlx::Error),
}

/// SQLite's primary result codes (the low byte of an extended one), from sqlite.org/rescode.html.
const SQLITE_BUSY: i32 = 5;
const SQLITE_LOCKED: i32 = 6;
const SQLITE_READONLY: i32 = 8;
const SQLITE_INTERRUPT: i32 = 9;
const SQLITE_IOERR: i32 = 10;
const SQLITE_CORRUPT: i32 = 11;
/// An extended code: there was no room for the index of the write-ahead log.
const SQLITE_IOERR_SHMSIZE: i32 = SQLITE_IOERR | (19 << 8);
const SQLITE_FULL: i32 = 13;
const SQLITE_CANTOPEN: i32 = 14;
const SQLITE_NOTADB: i32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(source) => StoreError::io("use the library's files")(source),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                StoreError::Damaged { detail: "a stored value cannot be understood".into() }
            }
            sqlx::Error::Database(ref database) => {
                if database.is_foreign_key_violation() {
                    return StoreError::UnknownSite;
                }
                let code = database.code().and_then(|code| code.parse::<i32>().ok()).unwrap_or(0);
                match code & 0xff {
                    _ if code == SQLITE_IOERR_SHMSIZE => StoreError::DiskFull,
                    SQLITE_BUSY | SQLITE_LOCKED => StoreError::Busy,
                    SQLITE_READONLY => StoreError::ReadOnly,
                    SQLITE_CORRUPT => StoreError::Damaged { detail: "the database file is corrupt".into() },
                    SQLITE_NOTADB => StoreError::Damaged { detail: "the file is no CallDoc library".into() },
                    SQLITE_INTERRUPT => StoreError::Stopped,
                    SQLITE_FULL => StoreError::DiskFull,
                    SQLITE_IOERR | SQLITE_CANTOPEN => StoreError::Io {
                        doing: "use the library's files",
                        source: io::Error::other(database.message().to_owned()),
                    },
                    _ => StoreError::Database(error),
                }
            }
            other => StoreError::Database(other),
        }
    }
}

impl StoreError {
    /// A library whose migrations are not those this program was built with.
    pub(crate) fn from_migration(error: MigrateError, app: i64) -> Self {
        match error {
            MigrateError::VersionMissing(library) | MigrateError::VersionTooNew(library, _) => {
                StoreError::NewerThanApp { library, app }
            }
            MigrateError::VersionMismatch(version) => {
                StoreError::Damaged { detail: format!("its format {version} is not the one CallDoc made") }
            }
            MigrateError::Dirty(version) => {
                StoreError::Damaged { detail: format!("the change to format {version} was cut off") }
            }
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => StoreError::Database(sqlx::Error::Migrate(Box::new(other))),
        }
    }

    /// What failed while something was written.
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
            _ => StoreError::Io { doing, source },
        }
    }

    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        StoreError::Damaged { detail: detail.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_disk_refuses_is_told_by_what_can_be_done_about_it() {
        let told =
            |kind: io::ErrorKind| StoreError::io("open the library's lock file")(io::Error::from(kind));
        assert!(
            matches!(told(io::ErrorKind::ReadOnlyFilesystem), StoreError::ReadOnly),
            "a disk for reading"
        );
        assert!(matches!(told(io::ErrorKind::PermissionDenied), StoreError::ReadOnly), "another's folder");
        assert!(matches!(told(io::ErrorKind::StorageFull), StoreError::DiskFull), "a full disk");
        assert!(
            matches!(told(io::ErrorKind::Other), StoreError::Io { .. }),
            "anything else in its own words"
        );
    }
}
