//! Table `office_settings`: settings that are single values, JSON by name.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::{Hand, Reader, StoreError};
use sqlx::sqlite::SqliteConnection;

impl Reader {
    /// The JSON that was stored under this name.
    pub async fn office_setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        get(&mut *self.snapshot().await?, name).await
    }
}

impl Hand {
    /// `None` forgets it.
    pub async fn set_office_setting(
        &self,
        name: &str,
        value: Option<&str>,
        deeds: &[Deed],
    ) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        set(&mut transaction, name, value).await?;
        audit::append(&mut transaction, &self.witness, deeds).await?;
        Ok(transaction.commit().await?)
    }
}

pub(crate) async fn get(connection: &mut SqliteConnection, name: &str) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT value FROM office_settings WHERE name = ?")
        .bind(name)
        .fetch_optional(connection)
        .await?)
}

pub(crate) async fn set(
    connection: &mut SqliteConnection,
    name: &str,
    value: Option<&str>,
) -> Result<(), StoreError> {
    match value {
        Some(value) => {
            sqlx::query("INSERT OR REPLACE INTO office_settings (name, value) VALUES (?, ?)")
                .bind(name)
                .bind(value)
                .execute(connection)
                .await?
        }
        None => {
            sqlx::query("DELETE FROM office_settings WHERE name = ?").bind(name).execute(connection).await?
        }
    };
    Ok(())
}
