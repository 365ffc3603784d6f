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
    /// Ringing there that began before the first talking there; all of it where nobody talked.
    pub ring_ms: i64,
}

/// The parts that extensions had in calls, and when the first call began and the last one ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayOfCalls {
    /// By call.
    pub parts: Vec<AgentOnCall>,
    pub first_at: Option<At>,
    pub last_at: Option<At>,
}

impl Reader {
    /// What still lasts is measured up to `now`; consultations are left out.
    pub async fn day_of_calls(&self, span: Span, now: At) -> Result<DayOfCalls, StoreError> {
        let mut snapshot = self.snapshot().await?;
        // One row an extension: each row costs a hand-over between threads, more than reading some numbers.
        let rows: Vec<(i64, String, String)> = sqlx::query_as(
            "SELECT c.site, e.agent, group_concat(c.id || ' ' || c.direction || ' ' || c.started_at || ' ' || e.kind
                || ' ' || e.started_at || ' ' || ifnull(e.ended_at, max(?3, e.started_at)))
             FROM calls c INDEXED BY calls_by_start CROSS JOIN events e ON e.call = c.id
             WHERE c.started_at >= ?1 AND c.started_at < ?2 AND c.counted = 1
                AND e.agent IS NOT NULL AND e.kind IN (?4, ?5, ?6)
             GROUP BY c.site, e.agent",
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
        let mut parts = Vec::new();
        for (site, extension, events) in rows {
            let events = events.split(',').map(Event::read).collect::<Option<Vec<Event>>>();
            let events =
                events.ok_or_else(|| StoreError::damaged("an event of a call cannot be understood"))?;
            parts.extend(parts_of(SiteId(site), &extension, events));
        }
        parts.sort_by_key(|part| part.call);
        Ok(DayOfCalls { parts, first_at: first_at.map(At), last_at: last_at.map(At) })
    }
}

/// An event at one extension.
#[derive(Clone, Copy, Debug)]
struct Event {
    call: CallId,
    direction: Direction,
    call_at: At,
    kind: EventKind,
    from: At,
    to: At,
}

impl Event {
    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(str::parse::<i64>);
        let mut next = || numbers.next()?.ok();
        Some(Self {
            call: CallId(next()?),
            direction: match next()? {
                0 => Direction::Inbound,
                1 => Direction::Outbound,
                2 => Direction::Internal,
                _ => return None,
            },
            call_at: At(next()?),
            kind: EventKind::from_code(next()?.try_into().ok()?)?,
            from: At(next()?),
            to: At(next()?),
        })
    }

    fn rings(&self) -> bool {
        self.kind == EventKind::Ringing
    }
}

fn parts_of(site: SiteId, extension: &str, mut events: Vec<Event>) -> Vec<AgentOnCall> {
    events.sort_by_key(|event| (event.call, event.from));
    let of_call = |events: &[Event]| {
        let first = events.first()?;
        let first_talk = events.iter().find(|event| !event.rings()).map(|event| event.from);
        let length = |event: &Event| event.to.ms_since(event.from);
        let before = |event: &&Event| event.rings() && first_talk.is_none_or(|talk| event.from < talk);
        Some(AgentOnCall {
            call: first.call,
            site,
            direction: first.direction,
            started_at: first.call_at,
            extension: extension.to_owned(),
            talk_ms: events.iter().filter(|event| !event.rings()).map(length).sum(),
            talked: first_talk.is_some(),
            rang: events.iter().any(Event::rings),
            ring_ms: events.iter().filter(before).map(length).sum(),
        })
    };
    events.chunk_by(|a, b| a.call == b.call).filter_map(of_call).collect()
}
