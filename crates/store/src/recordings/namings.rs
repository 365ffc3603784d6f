//! Table `namings`: patterns of file names that people made. What they mean is not known here.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::{Hand, Reader, StoreError};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    pub pattern: String,
}

impl Reader {
    /// In the order in which they were made.
    pub async fn namings(&self) -> Result<Vec<Naming>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String, String)> =
            sqlx::query_as("SELECT id, name, pattern FROM namings ORDER BY id")
                .fetch_all(&mut *snapshot)
                .await?;
        Ok(rows.into_iter().map(|(id, name, pattern)| Naming { id, name, pattern }).collect())
    }
}

impl Hand {
    /// A new one for id 0, else in place of the one with its id. Gives its id.
    pub async fn save_naming(&self, naming: &Naming, deeds: &[Deed]) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let id = if naming.id == 0 {
            sqlx::query("INSERT INTO namings (name, pattern) VALUES (?, ?)")
                .bind(&naming.name)
                .bind(&naming.pattern)
                .execute(&mut *transaction)
                .await?
                .last_insert_rowid()
        } else {
            let changed = sqlx::query("UPDATE namings SET name = ?, pattern = ? WHERE id = ?")
                .bind(&naming.name)
                .bind(&naming.pattern)
                .bind(naming.id)
                .execute(&mut *transaction)
                .await?;
            if changed.rows_affected() == 0 {
                return Err(StoreError::UnknownNaming);
            }
            naming.id
        };
        audit::append(&mut transaction, &self.witness, deeds).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Sources that used it read names by whichever fits from then on.
    pub async fn remove_naming(&self, id: i64, deeds: &[Deed]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let gone =
            sqlx::query("DELETE FROM namings WHERE id = ?").bind(id).execute(&mut *transaction).await?;
        if gone.rows_affected() == 0 {
            return Err(StoreError::UnknownNaming);
        }
        sqlx::query("UPDATE intake_sources SET naming = NULL WHERE naming = ?")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        audit::append(&mut transaction, &self.witness, deeds).await?;
        Ok(transaction.commit().await?)
    }
}
