//! The list of calls, a page at a time, and its totals.

use crate::filter::{Conditions, Lead};
use crate::tables::calls;
use crate::{CallFilter, Reader, StoreError};
use model::Call;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};

/// Calls of a page at most.
const LIMIT_MAX: u32 = 1_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CallSort {
    #[default]
    NewestFirst,
    OldestFirst,
    LongestFirst,
    ShortestFirst,
}

/// Which page of which list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRequest {
    pub filter: CallFilter,
    pub sort: CallSort,
    /// Where the page before ended ([`CallPage::next`]).
    pub after: Option<String>,
    /// 1 to 1,000.
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallPage {
    pub calls: Vec<Call>,
    /// Opaque; `None` at the end.
    pub next: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallTotals {
    pub calls: u64,
    pub answered: u64,
    pub abandoned: u64,
    /// Mean of what the callers of ended inbound calls waited altogether; `None` without any.
    pub mean_wait_ms: Option<i64>,
}

impl Reader {
    /// Calls that match, consultations left out. Calls that come or go between two pages neither repeat nor hide
    /// others. A cursor that is not from this sort: [`StoreError::BadCursor`].
    pub async fn calls(&self, request: &PageRequest) -> Result<CallPage, StoreError> {
        let after = request.after.as_deref().map(|text| Cursor::read(text, request.sort)).transpose()?;
        let limit = request.limit.clamp(1, LIMIT_MAX) as usize;
        let mut snapshot = self.snapshot().await?;
        let conditions = Conditions::of(&mut snapshot, &request.filter).await?;
        let mut query = page_query(&conditions, request.sort, after, limit);
        let mut rows = query.build().fetch_all(&mut *snapshot).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = match rows.last().filter(|_| more) {
            Some(row) => Some(Cursor::at(row)?.write(request.sort)),
            None => None,
        };
        Ok(CallPage { calls: calls::with_parts(&mut snapshot, rows).await?, next })
    }

    /// Totals of all calls that match, consultations left out. Reads every one of them.
    pub async fn totals(&self, filter: &CallFilter) -> Result<CallTotals, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let conditions = Conditions::of(&mut snapshot, filter).await?;
        let mut query = QueryBuilder::new(
            "SELECT count(*), ifnull(sum(c.answered), 0), ifnull(sum(c.abandoned), 0),
                avg(c.wait_ms) FILTER (WHERE c.direction = 0 AND c.ended_at IS NOT NULL)",
        );
        conditions.push(&mut query, conditions.lead_or(Lead::Table));
        let (calls, answered, abandoned, mean_wait_ms): (i64, i64, i64, Option<f64>) =
            query.build_query_as().fetch_one(&mut *snapshot).await?;
        Ok(CallTotals {
            calls: calls.cast_unsigned(),
            answered: answered.cast_unsigned(),
            abandoned: abandoned.cast_unsigned(),
            mean_wait_ms: mean_wait_ms.map(|mean| mean.round() as i64),
        })
    }
}

/// The last column is what the list is sorted by. One row beyond the page tells whether there are more.
fn page_query(
    conditions: &Conditions<'_>,
    sort: CallSort,
    after: Option<Cursor>,
    limit: usize,
) -> QueryBuilder<Sqlite> {
    let by_time = matches!(sort, CallSort::NewestFirst | CallSort::OldestFirst);
    let lead = conditions.lead_or(if by_time { Lead::Start } else { Lead::Length });
    let (start, id) = lead.start_and_id();
    let (key, before, order) = match sort {
        CallSort::NewestFirst => (start, ") < (", " DESC"),
        CallSort::OldestFirst => (start, ") > (", " ASC"),
        CallSort::LongestFirst => ("c.length_ms", ") < (", " DESC"),
        CallSort::ShortestFirst => ("c.length_ms", ") > (", " ASC"),
    };
    let mut query = QueryBuilder::new("SELECT ");
    query.push(calls::COLUMNS).push(", ").push(key);
    conditions.push(&mut query, lead);
    if let Some(after) = after {
        query.push(" AND (").push(key).push(", ").push(id).push(before);
        query.push_bind(after.key).push(", ").push_bind(after.id).push(")");
    }
    query.push(" ORDER BY ").push(key).push(order).push(", ").push(id).push(order);
    query.push(" LIMIT ").push_bind(limit as i64 + 1);
    query
}

/// The last call of a page, by what the list is sorted by and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cursor {
    key: i64,
    id: i64,
}

impl Cursor {
    fn at(row: &SqliteRow) -> Result<Self, StoreError> {
        Ok(Self { key: row.try_get(row.len() - 1)?, id: row.try_get(0)? })
    }

    fn write(self, sort: CallSort) -> String {
        format!("{}{}.{}", letter(sort), self.key, self.id)
    }

    fn read(text: &str, sort: CallSort) -> Result<Self, StoreError> {
        let (key, id) = text
            .strip_prefix(letter(sort))
            .and_then(|numbers| numbers.split_once('.'))
            .ok_or(StoreError::BadCursor)?;
        match (key.parse(), id.parse()) {
            (Ok(key), Ok(id)) => Ok(Self { key, id }),
            _ => Err(StoreError::BadCursor),
        }
    }
}

fn letter(sort: CallSort) -> char {
    match sort {
        CallSort::NewestFirst => 'n',
        CallSort::OldestFirst => 'o',
        CallSort::LongestFirst => 'l',
        CallSort::ShortestFirst => 's',
    }
}
