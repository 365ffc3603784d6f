//! Figures of the hunt groups over a stretch of time.

use crate::{Reader, Span, StoreError};
use model::SiteId;

/// Inbound calls that the group saw. A call that two groups saw counts once in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupFigures {
    pub site: SiteId,
    pub number: String,
    /// Short abandons left out.
    pub offered: u32,
    pub answered: u32,
    /// Short abandons left out, those abandoned on hold included.
    pub abandoned: u32,
    /// Answered within the service level's time from arrival.
    pub within_service_level: u32,
}

impl Reader {
    /// By site and number; groups that had no inbound call are left out. The service level is `within_service_level`
    /// of `offered`.
    pub async fn group_figures(
        &self,
        span: Span,
        service_level_ms: i64,
        short_ms: i64,
    ) -> Result<Vec<GroupFigures>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String, u32, u32, u32, u32)> = sqlx::query_as(
            "SELECT c.site, e.grp, count(*), count(*) FILTER (WHERE c.answered = 1),
                count(*) FILTER (WHERE c.abandoned = 1),
                count(*) FILTER (WHERE c.answered = 1 AND c.answer_ms <= ?3)
             FROM calls c INDEXED BY calls_by_start CROSS JOIN events e ON e.call = c.id
             WHERE c.started_at >= ?1 AND c.started_at < ?2 AND c.counted = 1 AND c.direction = 0
                AND NOT (c.abandoned = 1 AND c.answered = 0 AND c.length_ms < ?4)
                AND e.group_call_at IS NOT NULL
             GROUP BY c.site, e.grp ORDER BY c.site, e.grp",
        )
        .bind(span.from.0)
        .bind(span.to.0)
        .bind(service_level_ms)
        .bind(short_ms)
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(site, number, offered, answered, abandoned, within_service_level)| GroupFigures {
                site: SiteId(site),
                number,
                offered,
                answered,
                abandoned,
                within_service_level,
            })
            .collect())
    }
}
