//! Whether a source of a site has said anything yet.

use crate::{Reader, StoreError};
use model::{Said, SiteId};

/// Entries and recordings that are looked at, the newest first: the question is put for sources that were set up
/// lately, and must not read a library of years when one of them is silent.
const LOOKED_AT: i64 = 20_000;

impl Reader {
    /// Whether the newest part of the journal has an event of the site's DevLink3 link.
    pub async fn has_heard_devlink(&self, site: SiteId) -> Result<bool, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let found = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM journal
             WHERE seq > (SELECT ifnull(max(seq), 0) FROM journal) - ?1 AND site = ?2 AND said IN (?3, ?4))",
        )
        .bind(LOOKED_AT)
        .bind(site.0)
        .bind(Said::DevlinkEvent.code())
        .bind(Said::DevlinkSnapshot.code());
        Ok(found.fetch_one(&mut *snapshot).await?)
    }

    /// Whether any of the newest recordings is the site's.
    pub async fn has_recordings(&self, site: SiteId) -> Result<bool, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let found = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM (SELECT site FROM recordings ORDER BY id DESC LIMIT ?1) WHERE site = ?2)",
        )
        .bind(LOOKED_AT)
        .bind(site.0);
        Ok(found.fetch_one(&mut *snapshot).await?)
    }
}
