//! Table `quarantine`: where in the journal stands what could not be understood, and why not.

use crate::bulk::Insert;
use crate::{Quarantined, Reader, StoreError};
use model::{Position, SiteId};
use sqlx::sqlite::SqliteConnection;
use std::sync::LazyLock;

impl Reader {
    /// The latest ones first.
    pub async fn quarantined(&self, limit: u32) -> Result<Vec<Quarantined>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, u32, i64, String)> =
            sqlx::query_as("SELECT seq, n, site, reason FROM quarantine ORDER BY seq DESC, n DESC LIMIT ?")
                .bind(limit)
                .fetch_all(&mut *snapshot)
                .await?;
        Ok(rows
            .into_iter()
            .map(|(seq, index, site, reason)| Quarantined {
                site: SiteId(site),
                position: Position { seq, index },
                reason,
            })
            .collect())
    }

    pub async fn quarantine_count(&self) -> Result<u64, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let count: i64 =
            sqlx::query_scalar("SELECT count(*) FROM quarantine").fetch_one(&mut *snapshot).await?;
        Ok(count.cast_unsigned())
    }
}

pub(crate) async fn add(
    connection: &mut SqliteConnection,
    quarantined: &[Quarantined],
) -> Result<(), StoreError> {
    static INSERT: LazyLock<Insert> =
        LazyLock::new(|| Insert::new("INSERT OR REPLACE INTO quarantine (seq, n, site, reason)", 4, ""));
    INSERT
        .run(connection, quarantined, |values, entry| {
            values.add(entry.position.seq)?.add(entry.position.index)?.add(entry.site.0)?;
            values.text(Some(&entry.reason))?;
            Ok(())
        })
        .await
}
