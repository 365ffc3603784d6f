//! Table `agent_states`: what each phone was doing since when.

use crate::bulk::Insert;
use crate::tables::leaves;
use crate::{Reader, Span, StoreError};
use model::{AgentState, AgentStatus, At, SiteId};
use sqlx::sqlite::SqliteConnection;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Phones that are looked at; an office has some hundreds.
const PHONES_MAX: i64 = 5_000;

/// Hops from one phone of a site to the next: some microseconds for each, not for each row. Then for each the row in
/// which it went into the time from ?1 to ?2: since then its rows are of that time.
const PHONES: &str = "WITH RECURSIVE phones (site, extension) AS (
        SELECT id, (SELECT min(extension) FROM agent_states WHERE site = id) FROM sites
        UNION ALL
        SELECT site, (SELECT min(extension) FROM agent_states
            WHERE site = phones.site AND extension > phones.extension)
        FROM phones WHERE extension IS NOT NULL LIMIT ?3),
     known (site, extension, since) AS (
        SELECT site, extension, ifnull((SELECT max(since) FROM agent_states s
            WHERE s.site = phones.site AND s.extension = phones.extension AND s.since <= ?1), ?1)
        FROM phones WHERE extension IS NOT NULL)";

impl Reader {
    /// Phones of which anything but unknown is known within `span`, by site and extension.
    pub async fn phones_seen(&self, span: Span) -> Result<Vec<(SiteId, String)>, StoreError> {
        static QUERY: LazyLock<String> = LazyLock::new(|| {
            format!(
                "{PHONES} SELECT site, extension FROM known WHERE EXISTS (SELECT 1 FROM agent_states s
                    WHERE s.site = known.site AND s.extension = known.extension AND s.since >= known.since
                    AND s.since < ?2 AND s.state != 0)
                 ORDER BY site, extension"
            )
        });
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String)> = sqlx::query_as(QUERY.as_str())
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(PHONES_MAX)
            .fetch_all(&mut *snapshot)
            .await?;
        Ok(rows.into_iter().map(|(site, extension)| (SiteId(site), extension)).collect())
    }

    /// For each of `phones`, in their order, since when it was in which state: first the one in which it went into
    /// `span`, where that is known, then those within.
    pub async fn states_of(
        &self,
        span: Span,
        phones: &[(SiteId, &str)],
    ) -> Result<Vec<Vec<(At, AgentState)>>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let mut all = Vec::with_capacity(phones.len());
        for (site, extension) in phones {
            // One row a phone: each row costs a hand-over between threads, more than reading some numbers.
            let rows: Option<String> = sqlx::query_scalar(
                "SELECT group_concat(since || ' ' || state) FROM (
                    SELECT since, state FROM agent_states WHERE site = ?1 AND extension = ?2 AND since < ?4
                        AND since >= ifnull((SELECT max(since) FROM agent_states
                            WHERE site = ?1 AND extension = ?2 AND since <= ?3), ?3)
                    ORDER BY since)",
            )
            .bind(site.0)
            .bind(*extension)
            .bind(span.from.0)
            .bind(span.to.0)
            .fetch_one(&mut *snapshot)
            .await?;
            let mut states = rows
                .iter()
                .flat_map(|rows| rows.split(','))
                .map(state_of)
                .collect::<Option<Vec<_>>>()
                .ok_or_else(|| StoreError::damaged("a phone was in a state that is not known"))?;
            states.sort_by_key(|(since, _)| *since);
            all.push(states);
        }
        Ok(all)
    }
}

fn state_of(text: &str) -> Option<(At, AgentState)> {
    let (since, code) = text.split_once(' ')?;
    Some((At(since.parse().ok()?), AgentState::from_code(code.parse().ok()?)?))
}

/// What is told later holds from its time on: it replaces what was told before of the time after it. (When nobody looked
/// since the last word, the states that time alone brought about since then are taken back.)
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    states: &[(SiteId, AgentStatus)],
) -> Result<(), StoreError> {
    static INSERT: LazyLock<Insert> =
        LazyLock::new(|| Insert::new("INSERT INTO agent_states (site, extension, since, state)", 4, ""));
    leaves::begun(connection, states.iter().map(|(_, status)| status.since)).await?;
    let mut phones: BTreeMap<(SiteId, &str), Vec<&AgentStatus>> = BTreeMap::new();
    for (site, status) in states {
        let told = phones.entry((*site, status.extension.as_str())).or_default();
        told.retain(|before| before.since < status.since);
        told.push(status);
    }
    for ((site, extension), told) in &phones {
        let since = told.first().map(|first| first.since.0);
        leaves::states_change(connection, *site, extension, since).await?;
        sqlx::query("DELETE FROM agent_states WHERE site = ? AND extension = ? AND since >= ?")
            .bind(site.0)
            .bind(*extension)
            .bind(since)
            .execute(&mut *connection)
            .await?;
    }
    let rows: Vec<(SiteId, &AgentStatus)> =
        phones.iter().flat_map(|((site, _), told)| told.iter().map(|status| (*site, *status))).collect();
    INSERT
        .run(connection, &rows, |values, (site, status)| {
            values.add(site.0)?.text(Some(&status.extension))?;
            values.add(status.since.0)?.add(status.state.code())?;
            Ok(())
        })
        .await
}
