//! Writes what people enter: the directory, names, rates, keys of calls after a change of country. On the writer's own
//! connection, so that there is one writer, and each entry is a transaction of its own between two commits.

use crate::audit::witness::Witness;
use crate::steady::steady;
use crate::tables::names::Nameable;
use crate::tables::people::Person;
use crate::tables::rates::RateTable;
use crate::tables::{keys, names, people, rates};
use crate::writer::{SETTINGS, Writing, open};
use crate::{KeysDue, StoreError};
use model::{CallId, SiteId};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Sqlite, Transaction};
use std::sync::{Arc, Weak};
use tokio::sync::OwnedMutexGuard;

/// Cheap to clone. Once the writer is gone, everything is refused with [`StoreError::Closed`].
#[derive(Clone, Debug)]
pub struct Hand {
    connection: Weak<Writing>,
    options: Arc<SqliteConnectOptions>,
    pub(crate) witness: Witness,
}

impl Hand {
    pub(crate) fn new(
        connection: &Arc<Writing>,
        options: &Arc<SqliteConnectOptions>,
        witness: &Witness,
    ) -> Self {
        let options = Arc::clone(options);
        Self { connection: Arc::downgrade(connection), options, witness: witness.clone() }
    }

    /// Stores people, all of them or none: new ones for id 0, else in place of those with their ids. Gives their ids.
    /// Whether two have an extension at once is for the caller to know.
    pub async fn save_people(&self, all: &[Person]) -> Result<Vec<i64>, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let mut ids = Vec::with_capacity(all.len());
        for person in all {
            ids.push(people::save(&mut transaction, person).await?);
        }
        transaction.commit().await?;
        Ok(ids)
    }

    pub async fn remove_person(&self, id: i64) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        people::remove(&mut transaction, id).await?;
        Ok(transaction.commit().await?)
    }

    /// `None` goes back to what the PBX calls it.
    pub async fn name_number(
        &self,
        site: SiteId,
        kind: Nameable,
        number: &str,
        name: Option<&str>,
    ) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        names::give(&mut transaction, site, kind, number, name).await?;
        Ok(transaction.commit().await?)
    }

    /// A new table for id 0, else in place of the one with its id. Gives its id. Its sites leave the tables they had.
    pub async fn save_rates(&self, table: &RateTable) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let id = rates::save(&mut transaction, table).await?;
        transaction.commit().await?;
        Ok(id)
    }

    pub async fn remove_rates(&self, id: i64) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        rates::remove(&mut transaction, id).await?;
        Ok(transaction.commit().await?)
    }

    /// Stores keys of calls, and that those below `next` are still due (`None`: none). False, and nothing is stored, when
    /// the site's country has changed again meanwhile.
    pub async fn set_keys(
        &self,
        due: KeysDue,
        all: &[(CallId, Option<String>)],
        next: Option<CallId>,
    ) -> Result<bool, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let still_due = keys::set(&mut transaction, due, all, next).await?;
        transaction.commit().await?;
        Ok(still_due)
    }

    pub(crate) async fn turn(&self) -> Result<OwnedMutexGuard<Option<SqliteConnection>>, StoreError> {
        let connection = self.connection.upgrade().ok_or(StoreError::Closed)?;
        let mut turn = connection.lock_owned().await;
        steady(&mut turn, &self.options, &SETTINGS).await?;
        Ok(turn)
    }
}

pub(crate) async fn begin(
    turn: &mut Option<SqliteConnection>,
) -> Result<Transaction<'_, Sqlite>, StoreError> {
    Ok(open(turn)?.begin_with("BEGIN IMMEDIATE").await?)
}
