//! A library of the first form, as the first version wrote it: a site and a journal.

use crate::rows::{calls, in_journal, row};
use anyhow::{Context, anyhow};
use faulty::sql::Connection;
use sha2::{Digest, Sha384};
use std::fmt::Write;
use std::path::Path;

const FIRST: &str = include_str!("../../../migrations/0001_library.sql");
const ROWS: u64 = 200;

/// About what opening it asks of the disk until it has the new form and its calls.
pub(super) const OPENING_ASKS: u64 = 1_200;

pub(super) fn library(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let run = |connection: &Connection, words: &str| connection.run(words).map_err(|error| anyhow!(error));
    let connection = Connection::open(&folder.join("library.sqlite3")).map_err(|error| anyhow!(error))?;
    run(&connection, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL")?;
    run(&connection, FIRST)?;
    // As the library that runs the migrations keeps its account of them.
    run(
        &connection,
        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
            installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
            checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)",
    )?;
    let checksum = hex(&Sha384::digest(FIRST.as_bytes()));
    let mut words = format!(
        "BEGIN; INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            VALUES (1, 'library', 1, x'{checksum}', 1);
         INSERT INTO sites (id, name, time_zone, access_digits) VALUES (1, 'Office', 'UTC', '');"
    );
    for number in 0..ROWS {
        let (seq, at) = (number + 1, 1_767_200_000_000_u64 + number * 60_000);
        write!(words, "INSERT INTO journal VALUES ({seq}, {at}, 1, 5, x'{}');", hex(&row(number)))?;
    }
    words.push_str("COMMIT");
    run(&connection, &words)?;
    Ok(())
}

/// What is not there any more.
pub(super) async fn missing(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut complaints = Vec::new();
    let found = in_journal(folder).await?;
    if found.len() as u64 != ROWS || found.values().any(|times| *times != 1) {
        complaints.push(format!("{} of {ROWS} rows are in the journal, each once", found.len()));
    }
    let calls = calls(folder).await?;
    if calls != ROWS {
        complaints.push(format!("{calls} calls of {ROWS} rows"));
    }
    Ok(complaints)
}

/// Whether a copy of it as it was is kept beside it, and can be read.
pub(super) fn is_kept(folder: &Path) -> bool {
    let copies = std::fs::read_dir(folder.join("before-updates"));
    copies.into_iter().flatten().flatten().any(|copy| {
        let is_named = copy.file_name().to_string_lossy().starts_with("library-1-");
        is_named && is_whole(&copy.path()).unwrap_or(false)
    })
}

fn is_whole(copy: &Path) -> anyhow::Result<bool> {
    let connection = Connection::open(copy).map_err(|error| anyhow!(error))?;
    let answer = connection.run("SELECT count(*) FROM journal; PRAGMA integrity_check");
    let rows = answer.map_err(|error| anyhow!(error)).context("a copy that cannot be read")?;
    Ok(rows == [[ROWS.to_string()], ["ok".to_owned()]])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
