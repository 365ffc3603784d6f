//! Connections after a disk has failed. SQLite takes a transaction back by itself then; sqlx goes on counting it, would
//! never begin another one, and a reader would look at one old commit for ever. Such a connection is replaced.

use crate::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor};

/// Whether no transaction is counted, between two of them.
pub(crate) fn is_steady(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}

/// Replaces the connection that writes if it has to be. For one on which no transaction is under way; `settings` are
/// statements that it begins with.
pub(crate) async fn steady(
    writing: &mut Option<SqliteConnection>,
    options: &SqliteConnectOptions,
    settings: &[&'static str],
) -> Result<(), StoreError> {
    let Some(connection) = writing else { return Ok(()) };
    if is_steady(connection) {
        return Ok(());
    }
    // The end of a transaction that was given up may still wait to be carried out.
    connection.ping().await?;
    if is_steady(connection) {
        return Ok(());
    }
    let mut fresh = options.connect().await?;
    for setting in settings {
        fresh.execute(*setting).await?;
    }
    // What it had not committed was taken back already.
    drop(writing.replace(fresh));
    Ok(())
}
