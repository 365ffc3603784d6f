//! Table `calls`: one row a call, with what lists are sorted by and figures are summed from.

use crate::bulk::Insert;
use crate::tables::{events, leaves, related};
use crate::{Reader, StoreError, basis};
use model::figures::{self, Figures};
use model::{At, Call, CallId, Direction, Ending, SiteId};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What [`with_parts`] makes a call of; the table must be named `c`.
pub(crate) const COLUMNS: &str = "c.id, c.site, c.marks, c.started_at, c.ended_at, c.external_number, c.external_name, \
     c.dialed_number, c.caller_extension, c.trunk, c.account_code, c.tag, c.charge_ten_thousandths, c.basis, \
     c.external_e164";

/// Calls are looked for by their start. One that ended in the wanted time began at most this much before it: a line
/// that stays open for longer is a fault of the line, and its late record stands as a call of its own.
const LONGEST_CALL_MS: i64 = 7 * 24 * 3_600_000;

/// Calls deleted in one statement; the last statement is filled up with NULLs.
const DELETED_AT_ONCE: usize = 128;

impl Reader {
    /// Consultations included.
    pub async fn call(&self, id: CallId) -> Result<Option<Call>, StoreError> {
        Ok(self.calls_by_id(&[id]).await?.pop())
    }

    /// Those of `ids` that exist, in the order of the ids' numbers.
    pub async fn calls_by_id(&self, ids: &[CallId]) -> Result<Vec<Call>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        by_id(&mut snapshot, ids).await
    }

    /// Calls that live, of all sites, the longest-lived first. Consultations included.
    pub async fn open_calls(&self) -> Result<Vec<Call>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(OPEN_CALLS.as_str()).fetch_all(&mut *snapshot).await?;
        with_parts(&mut snapshot, rows).await
    }

    /// Calls of `site` that ended at or after `since`, in the order in which they began: what a late record may belong
    /// to. Consultations included.
    pub async fn recently_ended(&self, site: SiteId, since: At) -> Result<Vec<Call>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(RECENTLY_ENDED.as_str())
            .bind(since.plus_ms(-LONGEST_CALL_MS).0)
            .bind(site.0)
            .bind(since.0)
            .fetch_all(&mut *snapshot)
            .await?;
        with_parts(&mut snapshot, rows).await
    }
}

/// Calls that count and began from the one instant on and before the other, in order of their starts.
pub(crate) async fn counted_between(
    connection: &mut SqliteConnection,
    from: At,
    to: At,
) -> Result<Vec<Call>, StoreError> {
    let rows =
        sqlx::query(COUNTED_BETWEEN.as_str()).bind(from.0).bind(to.0).fetch_all(&mut *connection).await?;
    with_parts(connection, rows).await
}

static COUNTED_BETWEEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {COLUMNS} FROM calls c INDEXED BY calls_by_start
         WHERE c.started_at >= ? AND c.started_at < ? AND c.counted = 1 ORDER BY c.started_at, c.id"
    )
});

static OPEN_CALLS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {COLUMNS} FROM calls c INDEXED BY calls_live WHERE c.ended_at IS NULL
         ORDER BY c.started_at, c.id"
    )
});

static RECENTLY_ENDED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {COLUMNS} FROM calls c INDEXED BY calls_by_start
         WHERE c.started_at >= ? AND c.site = ? AND c.ended_at >= ? ORDER BY c.started_at, c.id"
    )
});

static BY_ID: LazyLock<String> = LazyLock::new(|| {
    format!("SELECT {COLUMNS} FROM calls c WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id")
});

pub(crate) async fn by_id(
    connection: &mut SqliteConnection,
    ids: &[CallId],
) -> Result<Vec<Call>, StoreError> {
    let rows = sqlx::query(BY_ID.as_str())
        .bind(id_list(ids.iter().map(|id| id.0)))
        .fetch_all(&mut *connection)
        .await?;
    with_parts(connection, rows).await
}

/// Makes calls of rows with [`COLUMNS`], in their order, with their events and relations.
pub(crate) async fn with_parts(
    connection: &mut SqliteConnection,
    rows: Vec<SqliteRow>,
) -> Result<Vec<Call>, StoreError> {
    let mut calls = rows.iter().map(call_of).collect::<Result<Vec<Call>, StoreError>>()?;
    if calls.is_empty() {
        return Ok(calls);
    }
    let places: HashMap<i64, usize> =
        calls.iter().enumerate().map(|(place, call)| (call.id.0, place)).collect();
    let ids = id_list(calls.iter().map(|call| call.id.0));
    for (id, event) in events::of_calls(connection, &ids).await? {
        if let Some(place) = places.get(&id) {
            calls[*place].events.push(event);
        }
    }
    for (id, relation) in related::of_calls(connection, &ids).await? {
        if let Some(place) = places.get(&id) {
            calls[*place].related.push(relation);
        }
    }
    Ok(calls)
}

/// A JSON list of numbers, the one form in which SQLite takes a list as one value.
pub(crate) fn id_list(ids: impl Iterator<Item = i64>) -> String {
    let mut list = String::from("[");
    for id in ids {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&id.to_string());
    }
    list.push(']');
    list
}

pub(crate) async fn highest_id(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT ifnull(max(id), 0) FROM calls").fetch_one(connection).await?)
}

/// Events and relations go with their call.
pub(crate) async fn remove(connection: &mut SqliteConnection, ids: &[CallId]) -> Result<(), StoreError> {
    leaves::calls_change(connection, ids.iter().copied()).await?;
    static DELETE: LazyLock<String> =
        LazyLock::new(|| format!("DELETE FROM calls WHERE id IN ({})", vec!["?"; DELETED_AT_ONCE].join(",")));
    for chunk in ids.chunks(DELETED_AT_ONCE) {
        if let [id] = chunk {
            sqlx::query("DELETE FROM calls WHERE id = ?").bind(id.0).execute(&mut *connection).await?;
            continue;
        }
        let mut query = sqlx::query(DELETE.as_str());
        for place in 0..DELETED_AT_ONCE {
            query = query.bind(chunk.get(place).map(|id| id.0));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes whole calls in place of what is stored under their ids. Calls above `highest` are known to be new; gives the
/// highest after it.
pub(crate) async fn replace(
    connection: &mut SqliteConnection,
    calls: &[Call],
    highest: i64,
) -> Result<i64, StoreError> {
    let calls = last_of_each(calls);
    let stored: Vec<CallId> = calls.iter().map(|call| call.id).filter(|id| id.0 <= highest).collect();
    remove(connection, &stored).await?;
    leaves::begun(connection, calls.iter().map(|call| call.started_at)).await?;
    insert(connection, &calls).await?;
    events::insert(connection, &calls).await?;
    related::insert(connection, &calls).await?;
    Ok(calls.last().map_or(highest, |call| call.id.0.max(highest)))
}

/// By id, so that neighbours in the tables are written one after the other.
fn last_of_each(calls: &[Call]) -> Vec<&Call> {
    let mut sorted: Vec<&Call> = calls.iter().rev().collect();
    sorted.sort_by_key(|call| call.id);
    sorted.dedup_by_key(|call| call.id);
    sorted
}

async fn insert(connection: &mut SqliteConnection, calls: &[&Call]) -> Result<(), StoreError> {
    static INSERT: LazyLock<Insert> = LazyLock::new(|| {
        Insert::new(
            "INSERT INTO calls (id, site, marks, started_at, ended_at, length_ms, wait_ms, answer_ms,
                external_number, external_name, dialed_number, caller_extension, trunk, account_code, tag,
                charge_ten_thousandths, last_seq, basis, external_e164)",
            19,
            "",
        )
    });
    INSERT
        .run(connection, calls, |values, call| {
            let figures = Figures::of(call, last_change(call));
            values.add(call.id.0)?.add(call.site.0)?.add(marks_of(call, &figures))?;
            values.add(call.started_at.0)?.add(call.ended_at.map(|at| at.0))?;
            values.add(figures.total_ms)?.add(figures.wait_ms)?.add(figures.time_to_answer_ms)?;
            values.text(call.external_number.as_deref())?.text(call.external_name.as_deref())?;
            values.text(call.dialed_number.as_deref())?.text(call.caller_extension.as_deref())?;
            values.text(call.trunk.as_deref())?.text(call.account_code.as_deref())?;
            values.text(call.tag.as_deref())?.add(call.charge_ten_thousandths)?;
            values.add(call.basis.last.seq)?.add(basis::write(&call.basis))?;
            values.text(call.external_e164.as_deref())?;
            Ok(())
        })
        .await
}

/// Up to when a living call is measured for the table: a stored figure must not depend on when it was stored.
fn last_change(call: &Call) -> At {
    call.events
        .iter()
        .map(|event| event.ended_at.unwrap_or(event.started_at))
        .max()
        .unwrap_or(call.started_at)
}

/// The layout is that of the generated columns in the migrations.
fn marks_of(call: &Call, figures: &Figures) -> i64 {
    let direction = match call.direction {
        Direction::Inbound => 0,
        Direction::Outbound => 1,
        Direction::Internal => 2,
    };
    let ending = match call.ending {
        None => 0,
        Some(Ending::CallingDrop) => 1,
        Some(Ending::ReceivingDrop) => 2,
        Some(Ending::Unseen) => 3,
    };
    let yes = [
        call.start_known,
        call.withheld,
        call.emergency,
        call.is_counted(),
        figures.answered,
        figures.abandoned,
        figures.abandoned_on_hold,
        figures.voicemail,
        !figures::missed_by(call).is_empty(),
    ];
    let bits = yes.iter().rev().fold(0, |bits, yes| bits << 1 | i64::from(*yes));
    ending << 11 | bits << 2 | direction
}

fn call_of(row: &SqliteRow) -> Result<Call, StoreError> {
    let id: i64 = row.try_get(0)?;
    let marks: i64 = row.try_get(2)?;
    let damaged = || StoreError::damaged(format!("call {} cannot be understood", CallId(id).to_text()));
    Ok(Call {
        id: CallId(id),
        site: SiteId(row.try_get(1)?),
        direction: match marks & 3 {
            0 => Direction::Inbound,
            1 => Direction::Outbound,
            2 => Direction::Internal,
            _ => return Err(damaged()),
        },
        start_known: marks >> 2 & 1 == 1,
        withheld: marks >> 3 & 1 == 1,
        emergency: marks >> 4 & 1 == 1,
        ending: match marks >> 11 & 3 {
            0 => None,
            1 => Some(Ending::CallingDrop),
            2 => Some(Ending::ReceivingDrop),
            _ => Some(Ending::Unseen),
        },
        started_at: At(row.try_get(3)?),
        ended_at: row.try_get::<Option<i64>, _>(4)?.map(At),
        external_number: row.try_get(5)?,
        external_e164: row.try_get(14)?,
        external_name: row.try_get(6)?,
        dialed_number: row.try_get(7)?,
        caller_extension: row.try_get(8)?,
        trunk: row.try_get(9)?,
        account_code: row.try_get(10)?,
        tag: row.try_get(11)?,
        charge_ten_thousandths: row.try_get(12)?,
        basis: basis::read(row.try_get(13)?).ok_or_else(damaged)?,
        events: Vec::new(),
        related: Vec::new(),
    })
}
