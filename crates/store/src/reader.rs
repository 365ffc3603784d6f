//! Reads beside the writer. Every question is answered from one snapshot: whole commits, never half of one.

use crate::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use sqlx::{Sqlite, Transaction};
use std::time::Duration;

/// A screen asks for two or three things at once. Each connection is a thread and up to 2 MB of pages.
const CONNECTIONS: u32 = 3;

/// A connection that nobody needed for so long is closed, and its memory given back.
const IDLE: Duration = Duration::from_secs(120);

/// Cheap to clone; all clones share a few connections.
#[derive(Clone, Debug)]
pub struct Reader {
    pool: SqlitePool,
}

impl Reader {
    pub(crate) fn start(options: SqliteConnectOptions) -> Self {
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .min_connections(0)
            .idle_timeout(IDLE)
            .connect_lazy_with(options);
        Self { pool }
    }

    /// Ends its connections, those of its clones included, once what runs on them has finished.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// All statements of one question see the same commit.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin().await?)
    }
}
