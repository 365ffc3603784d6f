//! Reads beside the writer. Every question is answered from one snapshot: whole commits, never half of one.

use crate::audit::witness::Witness;
use crate::steady::is_steady;
use crate::{Site, StoreError};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use sqlx::{Sqlite, Transaction};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// A screen asks for two or three things at once. Each connection is a thread and up to 2 MB of pages.
const CONNECTIONS: u32 = 3;

/// A connection that nobody needed for so long is closed, and its memory given back.
const IDLE: Duration = Duration::from_secs(120);

/// Cheap to clone; all clones share a few connections.
#[derive(Clone, Debug)]
pub struct Reader {
    pool: SqlitePool,
    sites: KnownSites,
    pub(crate) witness: Witness,
}

/// The sites as they were last saved, shared by the writer and its reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownSites {
    sites: Arc<RwLock<Arc<[Site]>>>,
}

impl KnownSites {
    pub(crate) fn set(&self, sites: Vec<Site>) {
        *self.sites.write().unwrap_or_else(PoisonError::into_inner) = sites.into();
    }

    fn get(&self) -> Arc<[Site]> {
        Arc::clone(&self.sites.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Reader {
    pub(crate) fn start(options: SqliteConnectOptions, sites: KnownSites, witness: Witness) -> Self {
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .min_connections(0)
            .idle_timeout(IDLE)
            .before_acquire(|connection, _| {
                let is_steady = is_steady(connection);
                Box::pin(async move { Ok(is_steady) })
            })
            .connect_lazy_with(options);
        Self { pool, sites, witness }
    }

    /// The sites as they were last saved through the writer this reader came with, without asking the database: for
    /// those who look at each call. The same allocation as long as nothing was saved.
    pub fn sites_now(&self) -> Arc<[Site]> {
        self.sites.get()
    }

    /// Ends its connections, those of its clones included, once what runs on them has finished.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// How to open a connection that none of these questions waits for, and that may write elsewhere.
    pub(crate) fn apart(&self) -> SqliteConnectOptions {
        self.pool.connect_options().as_ref().clone().pragma("query_only", "OFF")
    }

    /// All statements of one question see the same commit.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin().await?)
    }
}
