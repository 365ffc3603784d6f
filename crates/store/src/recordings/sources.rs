//! Table `intake_sources`: folders and servers that recordings come from. Passwords are never here.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::{Hand, Reader, StoreError};
use model::{At, SiteId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeSource {
    /// 0: not stored yet.
    pub id: i64,
    pub site: SiteId,
    pub name: String,
    pub place: IntakePlace,
    /// Negative: one that comes with the program. `None`: whichever fits.
    pub naming: Option<i64>,
    pub remove_after: bool,
    pub every_seconds: u32,
    pub enabled: bool,
    /// Set: it is not looked at any more, and named only for its recordings.
    pub removed_at: Option<At>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntakePlace {
    Folder {
        folder: String,
    },
    Sftp {
        host: String,
        port: u16,
        user: String,
        folder: String,
        /// SHA-256 of the server's key that is trusted; `None` before the first connection.
        host_key: Option<String>,
        by_key: bool,
    },
}

impl Reader {
    /// All, removed ones included, in the order in which they were added.
    pub async fn intake_sources(&self) -> Result<Vec<IntakeSource>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_as("SELECT * FROM intake_sources ORDER BY id").fetch_all(&mut *snapshot).await?)
    }

    pub async fn intake_source(&self, id: i64) -> Result<Option<IntakeSource>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_as("SELECT * FROM intake_sources WHERE id = ?")
            .bind(id)
            .fetch_optional(&mut *snapshot)
            .await?)
    }
}

impl Hand {
    /// A new one for id 0, else in place of the one with its id. Gives its id.
    pub async fn save_intake_source(&self, source: &IntakeSource, deeds: &[Deed]) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let (kind, folder, host, port, user, host_key, by_key) = match &source.place {
            IntakePlace::Folder { folder } => (0, folder, None, None, None, None, false),
            IntakePlace::Sftp { host, port, user, folder, host_key, by_key } => {
                (1, folder, Some(host), Some(*port), Some(user), host_key.as_ref(), *by_key)
            }
        };
        let done = sqlx::query(
            "INSERT INTO intake_sources (id, site, name, kind, folder, host, port, user, host_key, by_key, naming,
                remove_after, every_seconds, enabled, removed_at)
             VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT (id) DO UPDATE SET site = ?2, name = ?3, kind = ?4, folder = ?5, host = ?6, port = ?7,
                user = ?8, host_key = ?9, by_key = ?10, naming = ?11, remove_after = ?12, every_seconds = ?13,
                enabled = ?14, removed_at = ?15",
        )
        .bind(source.id)
        .bind(source.site.0)
        .bind(&source.name)
        .bind(kind)
        .bind(folder)
        .bind(host)
        .bind(port)
        .bind(user)
        .bind(host_key)
        .bind(by_key)
        .bind(source.naming)
        .bind(source.remove_after)
        .bind(source.every_seconds)
        .bind(source.enabled)
        .bind(source.removed_at.map(|at| at.0))
        .execute(&mut *transaction)
        .await?;
        audit::append(&mut transaction, &self.witness, deeds).await?;
        transaction.commit().await?;
        Ok(if source.id == 0 { done.last_insert_rowid() } else { source.id })
    }
}

impl FromRow<'_, SqliteRow> for IntakeSource {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let folder: String = row.try_get("folder")?;
        let place = match row.try_get::<i64, _>("kind")? {
            0 => IntakePlace::Folder { folder },
            _ => IntakePlace::Sftp {
                host: row.try_get::<Option<String>, _>("host")?.unwrap_or_default(),
                port: row.try_get::<Option<u16>, _>("port")?.unwrap_or(22),
                user: row.try_get::<Option<String>, _>("user")?.unwrap_or_default(),
                folder,
                host_key: row.try_get("host_key")?,
                by_key: row.try_get("by_key")?,
            },
        };
        Ok(Self {
            id: row.try_get("id")?,
            site: SiteId(row.try_get("site")?),
            name: row.try_get("name")?,
            place,
            naming: row.try_get("naming")?,
            remove_after: row.try_get("remove_after")?,
            every_seconds: row.try_get("every_seconds")?,
            enabled: row.try_get("enabled")?,
            removed_at: row.try_get::<Option<i64>, _>("removed_at")?.map(At),
        })
    }
}
