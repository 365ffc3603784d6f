//! Who had part in the calls of a stretch of time, usually a day. A call belongs to the time in which it started.

use crate::{Reader, Span, StoreError};
use model::{At, CallId, Direction, EventKind, SiteId};

/// What one extension did on one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentOnCall {
    pub call: CallId,
    pub site: SiteId,
    pub direction: Direction,
    pub started_at: At,
    pub extension: String,
    /// Talking, in a conference too, up to now where it lasts.
    pub talk_ms: i64,
    pub talked: bool,
    pub rang: bool,
    /// Ringing there that ended before the first talking there; all of it where nobody talked.
    pub ring_ms: i64,
}

/// The parts that extensions had in calls, and when the first call began and the last one ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayOfCalls {
    pub parts: Vec<AgentOnCall>,
    pub first_at: Option<At>,
    pub last_at: Option<At>,
}

type Row = (i64, i64, i64, i64, String, i64, bool, bool, i64);

impl Reader {
    /// By call and extension. What still lasts is measured up to `now`; consultations are left out.
    pub async fn day_of_calls(&self, span: Span, now: At) -> Result<DayOfCalls, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, site, direction, started_at, agent,
                ifnull(sum(length) FILTER (WHERE talking), 0), max(talking), max(NOT talking),
                ifnull(sum(length) FILTER (WHERE NOT talking AND event_at < ifnull(first_talk, event_at + 1)), 0)
             FROM (
                SELECT c.id, c.site, c.direction, c.started_at, e.agent, e.started_at AS event_at,
                    e.kind != ?5 AS talking, max(ifnull(e.ended_at, ?3) - e.started_at, 0) AS length,
                    min(e.started_at) FILTER (WHERE e.kind != ?5) OVER (PARTITION BY c.id, e.agent) AS first_talk
                FROM calls c INDEXED BY calls_by_start CROSS JOIN events e ON e.call = c.id
                WHERE c.started_at >= ?1 AND c.started_at < ?2 AND c.counted = 1
                    AND e.agent IS NOT NULL AND e.kind IN (?4, ?5, ?6))
             GROUP BY id, agent ORDER BY id, agent",
        )
        .bind(span.from.0)
        .bind(span.to.0)
        .bind(now.0)
        .bind(EventKind::Talking.code())
        .bind(EventKind::Ringing.code())
        .bind(EventKind::Conference.code())
        .fetch_all(&mut *snapshot)
        .await?;
        let (first_at, last_at): (Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT min(started_at), max(ifnull(ended_at, ?3)) FROM calls INDEXED BY calls_by_start
             WHERE started_at >= ?1 AND started_at < ?2 AND counted = 1",
        )
        .bind(span.from.0)
        .bind(span.to.0)
        .bind(now.0)
        .fetch_one(&mut *snapshot)
        .await?;
        let parts = rows.into_iter().map(part).collect::<Result<_, StoreError>>()?;
        Ok(DayOfCalls { parts, first_at: first_at.map(At), last_at: last_at.map(At) })
    }
}

fn part(row: Row) -> Result<AgentOnCall, StoreError> {
    let (call, site, direction, started_at, extension, talk_ms, talked, rang, ring_ms) = row;
    Ok(AgentOnCall {
        call: CallId(call),
        site: SiteId(site),
        direction: match direction {
            0 => Direction::Inbound,
            1 => Direction::Outbound,
            2 => Direction::Internal,
            _ => return Err(StoreError::damaged("a call has no known direction")),
        },
        started_at: At(started_at),
        extension,
        talk_ms,
        talked,
        rang,
        ring_ms,
    })
}
