//! What people wrote about the calls of a stretch of time, and their recordings: for reports, which look at many calls at
//! once.

use crate::{Reader, Span, StoreError};
use model::{CallId, SiteId};

/// A recording that began so much before or after its call still counts with the call's time: clocks of recorders are off.
const CLOCKS_OFF_MS: i64 = 86_400_000;

/// A scorecard that was filled in about a person on a call.
#[derive(Clone, Debug, PartialEq)]
pub struct CallScore {
    pub call: CallId,
    pub site: SiteId,
    pub extension: String,
    /// 0 to 100; `None`: nothing in it counts.
    pub percent: Option<f64>,
}

/// Calls are as they were marked; some may have been joined into others since.
impl Reader {
    /// With how many recordings, and their length together; those in the trash left out.
    pub async fn report_recordings(&self, span: Span) -> Result<Vec<(CallId, u32, i64)>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, u32, i64)> = sqlx::query_as(
            "SELECT call, count(*), sum(length_ms) FROM recordings
             WHERE call IS NOT NULL AND trashed_at IS NULL AND started_at >= ? AND started_at < ? GROUP BY call",
        )
        .bind(span.from.plus_ms(-CLOCKS_OFF_MS).0)
        .bind(span.to.plus_ms(CLOCKS_OFF_MS).0)
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows.into_iter().map(|(call, count, length)| (CallId(call), count, length)).collect())
    }

    pub async fn report_tags(&self, span: Span) -> Result<Vec<(CallId, String)>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT t.call, t.tag FROM tags t CROSS JOIN calls c ON c.id = t.call
             WHERE t.call <> 0 AND c.started_at >= ? AND c.started_at < ?",
        )
        .bind(span.from.0)
        .bind(span.to.0)
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows.into_iter().map(|(call, tag)| (CallId(call), tag)).collect())
    }

    /// Calls with a note, those of their recordings included.
    pub async fn report_noted(&self, span: Span) -> Result<Vec<CallId>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<i64> = sqlx::query_scalar(
            "WITH noted (id) AS (
                SELECT call FROM notes WHERE call IS NOT NULL
                UNION SELECT r.call FROM notes n CROSS JOIN recordings r ON r.id = n.recording
                    WHERE n.recording IS NOT NULL AND r.call IS NOT NULL)
             SELECT n.id FROM noted n CROSS JOIN calls c ON c.id = n.id
             WHERE c.started_at >= ? AND c.started_at < ?",
        )
        .bind(span.from.0)
        .bind(span.to.0)
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows.into_iter().map(CallId).collect())
    }

    pub async fn report_scores(&self, span: Span) -> Result<Vec<CallScore>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, i64, String, Option<f64>)> = sqlx::query_as(
            "SELECT ifnull(s.call, r.call), s.site, s.extension, s.percent
             FROM scores s INDEXED BY scores_by_time LEFT JOIN recordings r ON r.id = s.recording
             WHERE s.about_at >= ? AND s.about_at < ? AND ifnull(s.call, r.call) IS NOT NULL",
        )
        .bind(span.from.plus_ms(-CLOCKS_OFF_MS).0)
        .bind(span.to.plus_ms(CLOCKS_OFF_MS).0)
        .fetch_all(&mut *snapshot)
        .await?;
        let score = |(call, site, extension, percent)| CallScore {
            call: CallId(call),
            site: SiteId(site),
            extension,
            percent,
        };
        Ok(rows.into_iter().map(score).collect())
    }
}
