//! A copy of the database as it stands, while others read and write: for backups, and before the library is changed to a
//! newer form.

use crate::{Reader, StoreError};
use sqlx::sqlite::SqliteConnection;
use sqlx::{ConnectOptions, Connection};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Where the library as it was before changes of its form is kept, within its folder.
const BEFORE_UPDATES: &str = "before-updates";

/// Copies of older forms that are kept. An update that turns out bad is noticed within one or two more.
const OLDER_KEPT: usize = 3;

/// Steps of SQLite between two questions whether to go on: a thousand rows or so.
const STEPS_BETWEEN: i32 = 5_000;

impl Reader {
    /// Of the database as it stands, without its log.
    pub async fn database_bytes(&self) -> Result<u64, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *snapshot).await?;
        let page_bytes: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut *snapshot).await?;
        Ok((pages * page_bytes).cast_unsigned())
    }

    /// Writes the database as of one commit into a new file, which is on the disk when this returns. The writer goes on
    /// meanwhile. `goes_on` is asked now and then, on another thread; after its no nothing is left, and it is
    /// [`StoreError::Stopped`].
    pub async fn copy_into(
        &self,
        file: &Path,
        goes_on: impl FnMut() -> bool + Send + 'static,
    ) -> Result<(), StoreError> {
        let mut connection = self.apart().connect().await?;
        connection.lock_handle().await?.set_progress_handler(STEPS_BETWEEN, goes_on);
        let copied = vacuum_into(&mut connection, file).await;
        connection.lock_handle().await?.remove_progress_handler();
        connection.close().await?;
        copied
    }
}

/// Keeps the library as it is, before it is changed. `version` is its form.
pub(crate) async fn keep_older(
    connection: &mut SqliteConnection,
    folder: &Path,
    version: i64,
) -> Result<(), StoreError> {
    let not_kept = |error: StoreError| StoreError::NotKept { why: error.to_string() };
    let kept = folder.join(BEFORE_UPDATES);
    std::fs::create_dir_all(&kept).map_err(StoreError::io("make the folder for it")).map_err(not_kept)?;
    let until: Option<String> = sqlx::query_scalar(
        "SELECT strftime('%Y%m%dT%H%M%SZ', at_ms / 1000, 'unixepoch') FROM journal ORDER BY seq DESC LIMIT 1",
    )
    .fetch_optional(&mut *connection)
    .await?
    .flatten();
    // By what it holds: a change that fails at each start keeps one copy, not one for each.
    let name = format!("library-{version}-{}.sqlite3", until.as_deref().unwrap_or("empty"));
    let unfinished = kept.join("unfinished");
    remove(&unfinished).map_err(StoreError::io("remove what was left of another copy")).map_err(not_kept)?;
    vacuum_into(connection, &unfinished).await.map_err(not_kept)?;
    std::fs::rename(&unfinished, kept.join(name))
        .map_err(StoreError::io("name the copy"))
        .map_err(not_kept)?;
    forget_oldest(&kept);
    Ok(())
}

async fn vacuum_into(connection: &mut SqliteConnection, file: &Path) -> Result<(), StoreError> {
    let path = file.to_str().ok_or(StoreError::Io {
        doing: "write the copy",
        source: io::Error::new(io::ErrorKind::InvalidInput, "its place has a name that is no text"),
    })?;
    if file.exists() {
        let source = io::ErrorKind::AlreadyExists.into();
        return Err(StoreError::Io { doing: "write the copy", source });
    }
    let copied = sqlx::query("VACUUM INTO ?").bind(path).execute(connection).await;
    if let Err(error) = copied {
        // What was begun of it is nothing that anybody can use.
        let _ = remove(file);
        return Err(error.into());
    }
    // SQLite does not wait for the disk here. Windows flushes only what is open for writing.
    let synced = File::options().read(true).write(true).open(file).and_then(|file| file.sync_all());
    synced.map_err(StoreError::io("write the copy to the disk"))
}

fn remove(file: &Path) -> io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Those that cannot be removed stay: they hinder nothing.
fn forget_oldest(kept: &Path) {
    let Ok(entries) = std::fs::read_dir(kept) else { return };
    let mut copies: Vec<((i64, String), PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?;
            let (version, until) =
                name.strip_prefix("library-")?.strip_suffix(".sqlite3")?.split_once('-')?;
            Some(((version.parse().ok()?, until.to_owned()), path))
        })
        .collect();
    copies.sort();
    let surplus = copies.len().saturating_sub(OLDER_KEPT);
    for (_, path) in copies.into_iter().take(surplus) {
        let _ = std::fs::remove_file(path);
    }
}
