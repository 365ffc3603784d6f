//! What the Today screen counts. A call belongs to the stretch of time in which it started; consultations count nowhere.
//!
//! A *short abandon* is an inbound call that nobody answered and that was over before `short_ms`: it is counted apart
//! and left out of what callers waited.

use crate::tables::calls::by_id;
use crate::{Reader, StoreError};
use model::{At, Call, CallId, Direction};
use std::collections::HashMap;

/// The quarter hours of a screen's chart begin with its stretch of time.
const QUARTER_MS: i64 = 15 * 60_000;

/// From (inclusive) and to (exclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: At,
    pub to: At,
}

/// Counts of one stretch of time, usually a day or the part of it that is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct DayCounts {
    pub inbound: i64,
    pub outbound: i64,
    /// Inbound calls on which somebody talked, those abandoned on hold afterwards included.
    pub answered: i64,
    /// Inbound calls, short abandons left out, those abandoned on hold included.
    pub abandoned: i64,
    pub short_abandons: i64,
    /// Both answered and abandoned.
    pub abandoned_on_hold: i64,
    /// Sum over inbound calls of what went by before the first talking or before the caller gave up.
    pub waited_ms: i64,
    /// How many calls are in `waited_ms`.
    pub waits: i64,
}

/// Inbound calls of one quarter hour, each counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuarterCounts {
    pub start_at: At,
    pub answered: u32,
    /// Without talking to anybody, short abandons left out.
    pub abandoned: u32,
    pub short_abandons: u32,
    /// Voicemail, still going, end not seen.
    pub other: u32,
}

/// A caller who gave up and was not served since.
#[derive(Clone, Debug, PartialEq)]
pub struct NotCalledBack {
    /// The latest of this caller's abandoned calls within the asked time.
    pub call: Call,
    pub waited_ms: i64,
    /// Abandoned calls of this number within the asked time.
    pub times: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotCalledBackList {
    /// The latest first.
    pub callers: Vec<NotCalledBack>,
    /// How many there are, the listed ones included.
    pub total: u32,
}

impl Reader {
    /// One answer for each of `spans`, in their order.
    pub async fn day_counts(&self, spans: &[Span], short_ms: i64) -> Result<Vec<DayCounts>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let mut days = Vec::with_capacity(spans.len());
        for span in spans {
            let day = sqlx::query_as(
                "SELECT count(*) FILTER (WHERE direction = 0) AS inbound,
                    count(*) FILTER (WHERE direction = 1) AS outbound,
                    count(*) FILTER (WHERE direction = 0 AND answered = 1) AS answered,
                    count(*) FILTER (WHERE abandoned = 1 AND NOT (answered = 0 AND length_ms < ?3)) AS abandoned,
                    count(*) FILTER (WHERE abandoned = 1 AND answered = 0 AND length_ms < ?3) AS short_abandons,
                    count(*) FILTER (WHERE abandoned_on_hold = 1) AS abandoned_on_hold,
                    ifnull(sum(waited), 0) AS waited_ms,
                    count(waited) AS waits
                 FROM (SELECT *, CASE
                        WHEN direction != 0 THEN NULL
                        WHEN answered = 1 THEN answer_ms
                        WHEN abandoned = 1 AND length_ms >= ?3 THEN length_ms END AS waited
                    FROM calls INDEXED BY calls_by_start
                    WHERE started_at >= ?1 AND started_at < ?2 AND counted = 1)",
            )
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(short_ms)
            .fetch_one(&mut *snapshot)
            .await?;
            days.push(day);
        }
        Ok(days)
    }

    /// For each of `spans`, in their order, the quarter hours with inbound calls. A quarter starts a whole number of
    /// quarter hours after its span.
    pub async fn quarter_counts(
        &self,
        spans: &[Span],
        short_ms: i64,
    ) -> Result<Vec<Vec<QuarterCounts>>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let mut all = Vec::with_capacity(spans.len());
        for span in spans {
            let rows: Vec<(i64, u32, u32, u32, u32)> = sqlx::query_as(
                "SELECT (started_at - ?1) / ?4 AS quarter,
                    count(*) FILTER (WHERE answered = 1),
                    count(*) FILTER (WHERE answered = 0 AND abandoned = 1 AND length_ms >= ?3),
                    count(*) FILTER (WHERE answered = 0 AND abandoned = 1 AND length_ms < ?3),
                    count(*) FILTER (WHERE answered = 0 AND abandoned = 0)
                 FROM calls INDEXED BY calls_by_start
                 WHERE started_at >= ?1 AND started_at < ?2 AND counted = 1 AND direction = 0
                 GROUP BY quarter ORDER BY quarter",
            )
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(short_ms)
            .bind(QUARTER_MS)
            .fetch_all(&mut *snapshot)
            .await?;
            let quarters = rows.into_iter().map(|(quarter, answered, abandoned, short_abandons, other)| {
                let start_at = span.from.plus_ms(quarter * QUARTER_MS);
                QuarterCounts { start_at, answered, abandoned, short_abandons, other }
            });
            all.push(quarters.collect());
        }
        Ok(all)
    }

    /// Inbound calls started within `span` and abandoned (not short), by number, with no later answered call in either
    /// direction with the same number. Withheld ones stand singly: nobody can call them back.
    pub async fn not_called_back(
        &self,
        span: Span,
        short_ms: i64,
        limit: u32,
    ) -> Result<NotCalledBackList, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, u32, u32)> = sqlx::query_as(
            "WITH lost AS (
                SELECT id, number_key AS number, started_at FROM calls INDEXED BY calls_by_start
                WHERE started_at >= ?1 AND started_at < ?2 AND counted = 1 AND direction = 0 AND abandoned = 1
                    AND NOT (answered = 0 AND length_ms < ?3)),
             callers AS (
                SELECT id, max(started_at) AS last_at, count(*) AS times, number FROM lost
                    WHERE number IS NOT NULL GROUP BY number
                UNION ALL SELECT id, started_at, 1, NULL FROM lost WHERE number IS NULL)
             SELECT id, times, count(*) OVER () FROM callers
             WHERE NOT EXISTS (
                SELECT 1 FROM calls later WHERE later.number_key = callers.number
                    AND later.external_number IS NOT NULL
                    AND later.started_at > callers.last_at AND later.answered = 1 AND later.counted = 1)
             ORDER BY last_at DESC, id DESC LIMIT ?4",
        )
        .bind(span.from.0)
        .bind(span.to.0)
        .bind(short_ms)
        .bind(limit.max(1))
        .fetch_all(&mut *snapshot)
        .await?;
        let ids: Vec<CallId> = rows.iter().map(|(id, _, _)| CallId(*id)).collect();
        let mut calls: HashMap<i64, Call> =
            by_id(&mut snapshot, &ids).await?.into_iter().map(|call| (call.id.0, call)).collect();
        let total = rows.first().map_or(0, |(_, _, total)| *total);
        let callers = rows.into_iter().filter_map(|(id, times, _)| {
            let call = calls.remove(&id)?;
            Some(NotCalledBack { waited_ms: waited_ms(&call), call, times })
        });
        Ok(NotCalledBackList { callers: callers.collect(), total })
    }
}

/// All that the caller waited on the call: one who was abandoned on hold had talked before.
fn waited_ms(call: &Call) -> i64 {
    debug_assert!(call.direction == Direction::Inbound && call.ended_at.is_some(), "only such are abandoned");
    let figures = model::figures::Figures::of(call, call.ended_at.unwrap_or(call.started_at));
    if figures.answered { figures.wait_ms } else { figures.total_ms }
}
