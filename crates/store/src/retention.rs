//! How long recordings are kept. The preview and the deed are one query, so that they cannot differ in their rules.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::keeping::set_trashed;
use crate::tables::calls::id_list;
use crate::tables::tags;
use crate::{Hand, Reader, StoreError};
use model::{At, Direction, RecordingId};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

const DAY_MS: i64 = 24 * 3_600_000;

/// Recordings that go into the trash in one transaction.
const AT_A_TIME: usize = 500;

/// The first rule that fits a recording says; without one that fits, it is kept for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionRule {
    pub name: String,
    pub direction: Option<Direction>,
    pub group: Option<String>,
    pub tag: Option<String>,
    /// Only recordings without a call.
    pub unmatched: bool,
    /// From when it was recorded; `None`: for ever.
    pub keep_days: Option<u32>,
}

/// A recording whose time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub recording: RecordingId,
    /// Place of the rule that says so.
    pub rule: usize,
    pub bytes: u64,
    /// Under legal hold: left alone.
    pub held: bool,
}

impl Reader {
    pub async fn retention_rules(&self) -> Result<Vec<RetentionRule>, StoreError> {
        stored(&mut *self.snapshot().await?).await
    }

    /// What the rules would put into the trash at `now`, the oldest first.
    pub async fn retention_due(&self, rules: &[RetentionRule], now: At) -> Result<Vec<Due>, StoreError> {
        due(&mut *self.snapshot().await?, rules, now, None).await
    }

    /// Which of the rules says how long this recording is kept.
    pub async fn rule_of(
        &self,
        rules: &[RetentionRule],
        recording: RecordingId,
    ) -> Result<Option<usize>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let mut query = QueryBuilder::new("SELECT ");
        push_rule(&mut query, &mut snapshot, rules).await?;
        query.push(" FROM recordings r WHERE r.id = ").push_bind(recording.0);
        let rule: Option<Option<i64>> = query.build_query_scalar().fetch_optional(&mut *snapshot).await?;
        Ok(rule.flatten().and_then(|rule| usize::try_from(rule).ok()))
    }
}

impl Hand {
    /// In place of those that were there.
    pub async fn save_retention(
        &self,
        rules: &[RetentionRule],
        setting: (&str, &str),
        deeds: &[Deed],
    ) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query("DELETE FROM retention_rules").execute(&mut *transaction).await?;
        for (rule, place) in rules.iter().zip(0_i64..) {
            sqlx::query(
                "INSERT INTO retention_rules (place, name, direction, grp, tag, unmatched, keep_days)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(place)
            .bind(&rule.name)
            .bind(rule.direction.map(code_of))
            .bind(rule.group.as_deref())
            .bind(rule.tag.as_deref())
            .bind(rule.unmatched)
            .bind(rule.keep_days)
            .execute(&mut *transaction)
            .await?;
        }
        crate::tables::office_settings::set(&mut transaction, setting.0, Some(setting.1)).await?;
        audit::append(&mut transaction, &self.witness, deeds).await?;
        Ok(transaction.commit().await?)
    }

    /// Carries the stored rules out: what is due and not held goes into the trash, some at a time, so that live calls get
    /// their turn. `deed` tells of each, given the rule's name. Gives what was due, as it was when its turn came.
    pub async fn run_retention(
        &self,
        reader: &Reader,
        now: At,
        deed: impl Fn(&str) -> Deed + Send,
    ) -> Result<Vec<Due>, StoreError> {
        let rules = reader.retention_rules().await?;
        let found = reader.retention_due(&rules, now).await?;
        let mut done = Vec::with_capacity(found.len());
        for some in found.chunks(AT_A_TIME) {
            let mut turn = self.turn().await?;
            let mut transaction = begin(&mut turn).await?;
            // A hold, a tag or other rules may have come meanwhile.
            let rules = stored(&mut transaction).await?;
            let due = due(&mut transaction, &rules, now, Some(some)).await?;
            let mut deeds = Vec::with_capacity(due.len());
            for one in due.iter().filter(|one| !one.held) {
                set_trashed(&mut transaction, one.recording, Some(now)).await?;
                let name = rules.get(one.rule).map_or("", |rule| rule.name.as_str());
                deeds.push(Deed { recording: Some(one.recording), ..deed(name) });
            }
            audit::append(&mut transaction, &self.witness, &deeds).await?;
            transaction.commit().await?;
            done.extend(due);
        }
        Ok(done)
    }
}

async fn stored(connection: &mut SqliteConnection) -> Result<Vec<RetentionRule>, StoreError> {
    type Row = (String, Option<i64>, Option<String>, Option<String>, bool, Option<u32>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT name, direction, grp, tag, unmatched, keep_days FROM retention_rules ORDER BY place",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(name, direction, group, tag, unmatched, keep_days)| RetentionRule {
            name,
            direction: direction.and_then(direction_of),
            group,
            tag,
            unmatched,
            keep_days,
        })
        .collect())
}

/// `among`: only of these.
async fn due(
    connection: &mut SqliteConnection,
    rules: &[RetentionRule],
    now: At,
    among: Option<&[Due]>,
) -> Result<Vec<Due>, StoreError> {
    // Nothing younger than the shortest time can be due: that leaves most recordings unread.
    let Some(shortest) = rules.iter().filter_map(|rule| rule.keep_days).min() else {
        return Ok(Vec::new());
    };
    let mut query = QueryBuilder::new("SELECT id, rule, bytes, held, started_at FROM (SELECT r.id, ");
    push_rule(&mut query, connection, rules).await?;
    query.push(
        " AS rule, r.stored_bytes + iif(r.original_file IS NULL, 0, r.original_bytes) AS bytes,
            r.hold_reason IS NOT NULL AS held, r.started_at
         FROM recordings r WHERE r.trashed_at IS NULL AND r.started_at < ",
    );
    query.push_bind(before(now, shortest).0);
    if let Some(among) = among {
        query.push(" AND r.id IN (SELECT value FROM json_each(");
        query.push_bind(id_list(among.iter().map(|due| due.recording.0))).push("))");
    }
    query.push(") WHERE CASE rule");
    for (rule, place) in rules.iter().zip(0_i64..) {
        query.push(" WHEN ").push_bind(place).push(" THEN ");
        match rule.keep_days {
            Some(days) => query.push("started_at < ").push_bind(before(now, days).0),
            None => query.push("0"),
        };
    }
    query.push(" ELSE 0 END ORDER BY started_at, id");
    let rows: Vec<(i64, i64, i64, bool, i64)> = query.build_query_as().fetch_all(connection).await?;
    Ok(rows
        .into_iter()
        .map(|(id, rule, bytes, held, _)| Due {
            recording: RecordingId(id),
            rule: usize::try_from(rule).unwrap_or_default(),
            bytes: bytes.cast_unsigned(),
            held,
        })
        .collect())
}

fn before(now: At, days: u32) -> At {
    now.plus_ms(-(i64::from(days) * DAY_MS))
}

/// Place of the first rule that fits recording `r`, or NULL.
async fn push_rule(
    query: &mut QueryBuilder<Sqlite>,
    connection: &mut SqliteConnection,
    rules: &[RetentionRule],
) -> Result<(), StoreError> {
    query.push("CASE");
    for (rule, place) in rules.iter().zip(0_i64..) {
        query.push(" WHEN 1");
        if let Some(direction) = rule.direction {
            query.push(" AND r.direction IS ").push_bind(code_of(direction));
        }
        if let Some(group) = &rule.group {
            query.push(" AND r.grp IS ").push_bind(group.clone());
        }
        if let Some(tag) = &rule.tag {
            let tag = tags::spelling(connection, tag).await?;
            query.push(" AND (EXISTS (SELECT 1 FROM tags t WHERE t.tag = ").push_bind(tag.clone());
            query.push(
                " AND t.call = r.call AND t.recording = 0) OR EXISTS (SELECT 1 FROM tags t WHERE t.tag = ",
            );
            query.push_bind(tag).push(" AND t.call = 0 AND t.recording = r.id))");
        }
        if rule.unmatched {
            query.push(" AND r.call IS NULL");
        }
        query.push(" THEN ").push_bind(place);
    }
    query.push(if rules.is_empty() { " WHEN 0 THEN 0 END" } else { " END" });
    Ok(())
}

/// As in `calls`.
fn code_of(direction: Direction) -> i64 {
    match direction {
        Direction::Inbound => 0,
        Direction::Outbound => 1,
        Direction::Internal => 2,
    }
}

fn direction_of(code: i64) -> Option<Direction> {
    [Direction::Inbound, Direction::Outbound, Direction::Internal].get(usize::try_from(code).ok()?).copied()
}
