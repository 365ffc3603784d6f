//! Table `events`: what went on in each call, in order.

use crate::StoreError;
use crate::bulk::{Insert, Values};
use model::{At, Call, Event, EventKind};
use sqlx::Row;
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use std::sync::LazyLock;

/// Events of the calls in a JSON list of ids, each with its call's id, in order within each call.
pub(crate) async fn of_calls(
    connection: &mut SqliteConnection,
    ids: &str,
) -> Result<Vec<(i64, Event)>, StoreError> {
    let rows = sqlx::query(
        "SELECT call, kind, started_at, ended_at, beside, agent, grp, party, device, cause, note
         FROM events WHERE call IN (SELECT value FROM json_each(?)) ORDER BY call, n",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    rows.iter().map(event_of).collect()
}

/// Most events have none of the rare columns: they go in by a statement with a third fewer values.
pub(crate) async fn insert(connection: &mut SqliteConnection, calls: &[&Call]) -> Result<(), StoreError> {
    static PLAIN: LazyLock<Insert> = LazyLock::new(|| {
        Insert::new(
            "INSERT INTO events (call, n, kind, started_at, ended_at, agent, grp, agent_call_at, group_call_at)",
            9,
            "",
        )
    });
    static FULL: LazyLock<Insert> = LazyLock::new(|| {
        Insert::new(
            "INSERT INTO events (call, n, kind, started_at, ended_at, agent, grp, agent_call_at, group_call_at,
                beside, party, device, cause, note)",
            14,
            "",
        )
    });
    let (plain, full): (Vec<Numbered>, Vec<Numbered>) =
        calls.iter().flat_map(|call| numbered(call)).partition(|row| is_plain(row.event));
    PLAIN.run(connection, &plain, bind_plain).await?;
    FULL.run(connection, &full, |values, row| {
        bind_plain(values, row)?;
        let event = row.event;
        values.add(event.beside)?.text(event.party.as_deref())?.text(event.device.as_deref())?;
        values.add(event.cause)?.text(event.note.as_deref())?;
        Ok(())
    })
    .await
}

struct Numbered<'a> {
    call: i64,
    n: i64,
    event: &'a Event,
    agent_call_at: Option<i64>,
    group_call_at: Option<i64>,
}

/// A consultation is in no list: none of its events carries the call's start.
fn numbered(call: &Call) -> impl Iterator<Item = Numbered<'_>> {
    let started_at = call.is_counted().then_some(call.started_at.0);
    let mut agents: Vec<&str> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    call.events.iter().zip(0..).map(move |(event, n)| {
        let takes_part =
            matches!(event.kind, EventKind::Ringing | EventKind::Talking | EventKind::Conference);
        let agent = event.agent.as_deref().filter(|_| takes_part);
        Numbered {
            call: call.id.0,
            n,
            event,
            agent_call_at: started_at.filter(|_| is_first(&mut agents, agent)),
            group_call_at: started_at.filter(|_| is_first(&mut groups, event.group.as_deref())),
        }
    })
}

fn is_first<'a>(seen: &mut Vec<&'a str>, number: Option<&'a str>) -> bool {
    match number {
        Some(number) if !seen.contains(&number) => {
            seen.push(number);
            true
        }
        Some(_) | None => false,
    }
}

fn is_plain(event: &Event) -> bool {
    !event.beside
        && event.party.is_none()
        && event.device.is_none()
        && event.cause.is_none()
        && event.note.is_none()
}

fn bind_plain(values: &mut Values, row: &Numbered<'_>) -> Result<(), BoxDynError> {
    let event = row.event;
    values.add(row.call)?.add(row.n)?.add(event.kind.code())?;
    values.add(event.started_at.0)?.add(event.ended_at.map(|at| at.0))?;
    values.text(event.agent.as_deref())?.text(event.group.as_deref())?;
    values.add(row.agent_call_at)?.add(row.group_call_at)?;
    Ok(())
}

fn event_of(row: &SqliteRow) -> Result<(i64, Event), StoreError> {
    let kind = EventKind::from_code(row.try_get(1)?)
        .ok_or_else(|| StoreError::damaged("an event of a call is of no known kind"))?;
    let event = Event {
        kind,
        started_at: At(row.try_get(2)?),
        ended_at: row.try_get::<Option<i64>, _>(3)?.map(At),
        beside: row.try_get(4)?,
        agent: row.try_get(5)?,
        group: row.try_get(6)?,
        party: row.try_get(7)?,
        device: row.try_get(8)?,
        cause: row.try_get(9)?,
        note: row.try_get(10)?,
    };
    Ok((row.try_get(0)?, event))
}
