//! About, links, health.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::trouble::failure_of_store;
use crate::view;
use contract::Failure;
use contract::about::{About, AskAbout};
use contract::health::{AskHealth, HealthEntry};
use contract::links::{AskLinks, Lamp};

/// Health entries that a person looks through.
const HEALTH_ENTRIES: u32 = 200;

impl Answer<AskAbout> for Desk {
    async fn answer(&self, _ask: AskAbout) -> Result<About, Failure> {
        let now = self.board().now();
        let at = self.clock().now();
        Ok(About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            demo: self.is_demo(),
            time_zone: now.office_zone_name(),
            clock: now.office_zone().clock_around(at),
            sites: u32::try_from(now.active_sites().count()).unwrap_or(u32::MAX),
            now_ms: at.0,
        })
    }
}

impl Answer<AskLinks> for Desk {
    async fn answer(&self, _ask: AskLinks) -> Result<Vec<Lamp>, Failure> {
        self.lamps().await
    }
}

impl Answer<AskHealth> for Desk {
    async fn answer(&self, _ask: AskHealth) -> Result<Vec<HealthEntry>, Failure> {
        self.settle().await?;
        let entries = self.reader().health(HEALTH_ENTRIES).await.map_err(failure_of_store)?;
        let now = self.board().now();
        let shown = entries.into_iter().map(|entry| HealthEntry {
            first_ms: entry.first_at.0,
            last_ms: entry.last_at.0,
            times: entry.times,
            site_name: entry.site.map(|site| now.site_name(site)),
            kind: view::health_kind(entry.kind),
            says: entry.says,
        });
        Ok(shown.collect())
    }
}
