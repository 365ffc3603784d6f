//! Tables `report_leaves` and `report_stale`: what reports are reckoned from, day by day, and which days are out of date.

use crate::bulk::Insert;
use crate::hand::begin;
use crate::tables::{calls, outside};
use crate::{DayWords, Hand, Reader, StoreError};
use model::{AgentState, AgentStatus, At, Call, CallId, SiteId};
use sqlx::sqlite::SqliteConnection;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Days are counted since 1970 in UTC.
pub const DAY_MS: i64 = 86_400_000;

/// A column's number stands above the day.
const COLUMN_SHIFT: u32 = 32;

/// A day whose leaf is out of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleDay {
    pub day: i64,
    /// Given back with the new leaf: a day that changed meanwhile stays out of date.
    pub changes: i64,
}

/// A column of a day's leaf, as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafColumn {
    pub day: i64,
    pub column: u8,
    pub bytes: Vec<u8>,
}

/// What a leaf is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayFacts {
    /// That began on the day and are counted, in no order.
    pub calls: Vec<Call>,
    /// The changes of the day, in order of time.
    pub states: Vec<(SiteId, AgentStatus)>,
}

impl Reader {
    /// Those of `days` that are out of date, in order.
    pub async fn stale_days(&self, days: Range<i64>) -> Result<Vec<StaleDay>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, i64)> =
            sqlx::query_as("SELECT day, changes FROM report_stale WHERE day >= ? AND day < ? ORDER BY day")
                .bind(days.start)
                .bind(days.end)
                .fetch_all(&mut *snapshot)
                .await?;
        Ok(rows.into_iter().map(|(day, changes)| StaleDay { day, changes }).collect())
    }

    /// The columns of those of `days` that are up to date, by column and day, and the days that are not: both as of the
    /// same moment.
    pub async fn leaves(
        &self,
        days: Range<i64>,
        columns: &[u8],
    ) -> Result<(Vec<LeafColumn>, Vec<StaleDay>), StoreError> {
        let mut snapshot = self.snapshot().await?;
        let mut found = Vec::new();
        for column in columns {
            let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
                "SELECT id, bytes FROM report_leaves WHERE id >= ? AND id < ?
                 AND NOT EXISTS (SELECT 1 FROM report_stale WHERE day = id & 4294967295) ORDER BY id",
            )
            .bind(place(*column, days.start))
            .bind(place(*column, days.end))
            .fetch_all(&mut *snapshot)
            .await?;
            let kept =
                |(id, bytes)| LeafColumn { day: id & ((1 << COLUMN_SHIFT) - 1), column: *column, bytes };
            found.extend(rows.into_iter().map(kept));
        }
        let rows: Vec<(i64, i64)> =
            sqlx::query_as("SELECT day, changes FROM report_stale WHERE day >= ? AND day < ? ORDER BY day")
                .bind(days.start)
                .bind(days.end)
                .fetch_all(&mut *snapshot)
                .await?;
        Ok((found, rows.into_iter().map(|(day, changes)| StaleDay { day, changes }).collect()))
    }

    /// What the leaf of a day is made of, with its changes as of the same moment; `None`: it is up to date.
    pub async fn day_facts(&self, day: i64) -> Result<(DayFacts, Option<StaleDay>), StoreError> {
        let mut snapshot = self.snapshot().await?;
        let changes: Option<i64> = sqlx::query_scalar("SELECT changes FROM report_stale WHERE day = ?")
            .bind(day)
            .fetch_optional(&mut *snapshot)
            .await?;
        let calls = calls::counted_between(&mut snapshot, At(day * DAY_MS), At((day + 1) * DAY_MS)).await?;
        let states = states_between(&mut snapshot, At(day * DAY_MS), At((day + 1) * DAY_MS)).await?;
        Ok((DayFacts { calls, states }, changes.map(|changes| StaleDay { day, changes })))
    }

    /// The days that any of these calls began on.
    pub async fn days_of_calls(&self, ids: &[CallId]) -> Result<BTreeSet<i64>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let days: Vec<i64> = sqlx::query_scalar(
            "SELECT DISTINCT started_at / 86400000 FROM calls WHERE id IN (SELECT value FROM json_each(?))",
        )
        .bind(calls::id_list(ids.iter().map(|id| id.0)))
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(days.into_iter().collect())
    }

    /// The first and the last day that any call or state began on.
    pub async fn leaf_span(&self) -> Result<Option<(i64, i64)>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        // Each on its own: one query for two ends would walk the whole index.
        let (first, last): (Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT
                (SELECT min(at) FROM (SELECT (SELECT min(started_at) FROM calls) AS at
                    UNION ALL SELECT (SELECT min(since) FROM agent_states))),
                (SELECT max(at) FROM (SELECT (SELECT max(started_at) FROM calls) AS at
                    UNION ALL SELECT (SELECT max(since) FROM agent_states)))",
        )
        .fetch_one(&mut *snapshot)
        .await?;
        Ok(first.zip(last).map(|(first, last)| (first.div_euclid(DAY_MS), last.div_euclid(DAY_MS))))
    }
}

impl Hand {
    /// Keeps the leaf of a day, and what its calls can be looked for by, unless the day changed since `of` was read. Returns whether it did.
    pub async fn keep_leaf(
        &self,
        of: StaleDay,
        columns: &[(u8, Vec<u8>)],
        words: &DayWords,
    ) -> Result<bool, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let still = sqlx::query("DELETE FROM report_stale WHERE day = ? AND changes = ?")
            .bind(of.day)
            .bind(of.changes)
            .execute(&mut *transaction)
            .await?;
        if still.rows_affected() == 0 {
            return Ok(false);
        }
        for (column, bytes) in columns {
            sqlx::query("INSERT OR REPLACE INTO report_leaves (id, bytes) VALUES (?, ?)")
                .bind(place(*column, of.day))
                .bind(bytes)
                .execute(&mut *transaction)
                .await?;
        }
        outside::add(&mut transaction, words).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Every leaf is made anew: they were written by another version of the room that reads them.
    pub async fn forget_leaves(&self) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        forget(&mut transaction).await?;
        Ok(transaction.commit().await?)
    }
}

fn place(column: u8, day: i64) -> i64 {
    i64::from(column) << COLUMN_SHIFT | day
}

async fn states_between(
    connection: &mut SqliteConnection,
    from: At,
    to: At,
) -> Result<Vec<(SiteId, AgentStatus)>, StoreError> {
    let rows: Vec<(i64, String, i64, u8)> = sqlx::query_as(
        "SELECT site, extension, since, state FROM agent_states INDEXED BY agent_states_by_time
         WHERE since >= ? AND since < ? ORDER BY since, site, extension",
    )
    .bind(from.0)
    .bind(to.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(site, extension, since, code)| {
            let state = AgentState::from_code(code)
                .ok_or_else(|| StoreError::damaged("a phone was in a state that is not known"))?;
            Ok((SiteId(site), AgentStatus { extension, state, since: At(since) }))
        })
        .collect()
}

/// All days that have a leaf become out of date, and the leaves go.
pub(crate) async fn forget(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query("UPDATE report_stale SET changes = changes + 1").execute(&mut *connection).await?;
    sqlx::query(
        "INSERT INTO report_stale (day, changes) SELECT DISTINCT id & 4294967295, 1 FROM report_leaves WHERE 1
         ON CONFLICT (day) DO UPDATE SET changes = changes + 1",
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM report_leaves").execute(&mut *connection).await?;
    outside::forget(connection).await
}

/// The days that these calls were on until now: before they are removed or changed.
pub(crate) async fn calls_change(
    connection: &mut SqliteConnection,
    ids: impl Iterator<Item = CallId>,
) -> Result<(), StoreError> {
    let ids = calls::id_list(ids.map(|id| id.0));
    if ids == "[]" {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO report_stale (day, changes)
         SELECT DISTINCT started_at / 86400000, 1 FROM calls WHERE id IN (SELECT value FROM json_each(?))
         ON CONFLICT (day) DO UPDATE SET changes = changes + 1",
    )
    .bind(ids)
    .execute(connection)
    .await?;
    Ok(())
}

/// The days that states of a phone from an instant on were on until now: before they are taken back.
pub(crate) async fn states_change(
    connection: &mut SqliteConnection,
    site: SiteId,
    extension: &str,
    since: Option<i64>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO report_stale (day, changes)
         SELECT DISTINCT since / 86400000, 1 FROM agent_states WHERE site = ? AND extension = ? AND since >= ?
         ON CONFLICT (day) DO UPDATE SET changes = changes + 1",
    )
    .bind(site.0)
    .bind(extension)
    .bind(since)
    .execute(connection)
    .await?;
    Ok(())
}

/// Days on which calls or states begin that are written now.
pub(crate) async fn begun(
    connection: &mut SqliteConnection,
    starts: impl Iterator<Item = At>,
) -> Result<(), StoreError> {
    static INSERT: LazyLock<Insert> = LazyLock::new(|| {
        Insert::new(
            "INSERT INTO report_stale (day, changes)",
            2,
            "ON CONFLICT (day) DO UPDATE SET changes = changes + 1",
        )
    });
    let days: BTreeSet<i64> = starts.map(|at| at.0.div_euclid(DAY_MS)).collect();
    let days: Vec<i64> = days.into_iter().collect();
    INSERT
        .run(connection, &days, |values, day| {
            values.add(*day)?.add(1_i64)?;
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Changes, Library, NewEntry, Site};
    use model::Said;

    const DAY: i64 = 20_778;

    #[tokio::test]
    async fn a_day_on_which_phones_did_something_is_a_day_of_reports_without_any_call() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
        assert_eq!(reader.leaf_span().await.expect("asked"), None, "nothing is known yet");
        let site = Site { name: "Office".to_owned(), time_zone: "UTC".to_owned(), ..Site::default() };
        let site = writer.save_site(&site).await.expect("saved");
        let state = |day: i64, state| {
            let since = At(day * DAY_MS + 3_600_000);
            (site, AgentStatus { extension: "201".to_owned(), state, since })
        };
        let states = vec![state(DAY, AgentState::Idle), state(DAY + 2, AgentState::Talking)];
        let call = Call {
            id: CallId(65_536),
            site,
            started_at: At((DAY + 1) * DAY_MS),
            ended_at: Some(At((DAY + 1) * DAY_MS + 1_000)),
            ..Call::default()
        };
        let entry = NewEntry { at: call.started_at, site, said: Said::SmdrLines, bytes: Vec::new() };
        let changes = Changes { calls: vec![call], states, ..Changes::default() };
        writer.commit(&[entry], &changes).await.expect("written");
        assert_eq!(reader.leaf_span().await.expect("asked"), Some((DAY, DAY + 2)), "from state to state");
        let stale = reader.stale_days(DAY..DAY + 3).await.expect("asked");
        assert_eq!(stale.len(), 3, "each of the days is to be made: {stale:?}");

        let hand = writer.hand();
        assert!(
            hand.keep_leaf(stale[1], &[(0, vec![1])], &DayWords::default()).await.expect("kept"),
            "nothing changed meanwhile"
        );
        let (kept, stale) = reader.leaves(DAY..DAY + 3, &[0]).await.expect("read");
        assert_eq!((kept.len(), kept[0].day, stale.len()), (1, DAY + 1, 2), "that one is up to date");
        let gone = Changes { gone: vec![CallId(65_536)], ..Changes::default() };
        writer.commit(&[], &gone).await.expect("written");
        let (kept, stale) = reader.leaves(DAY..DAY + 3, &[0]).await.expect("read");
        assert_eq!((kept.len(), stale.len()), (0, 3), "a call that goes takes its day's leaf with it");
        let before = StaleDay { day: DAY + 1, changes: 7 };
        assert!(
            !hand.keep_leaf(before, &[], &DayWords::default()).await.expect("asked"),
            "a leaf of before is not kept"
        );
    }
}
