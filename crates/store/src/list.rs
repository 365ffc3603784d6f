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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Changes, Library, NumberFilter, Site};

    /// How SQLite goes about a page, as it tells it.
    async fn plan(reader: &Reader, number: NumberFilter) -> String {
        let filter = CallFilter { number: Some(number), ..CallFilter::default() };
        let mut snapshot = reader.snapshot().await.expect("a snapshot");
        let conditions = Conditions::of(&mut snapshot, &filter).await.expect("conditions");
        let query = page_query(&conditions, CallSort::NewestFirst, None, 100).into_sql();
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", query.as_str()));
        let rows = sqlx::query(explained).fetch_all(&mut *snapshot).await.expect("a plan");
        rows.iter().map(|row| row.get::<String, _>("detail") + "\n").collect()
    }

    #[tokio::test]
    async fn numbers_that_say_where_they_begin_are_found_by_the_index() {
        let folder = tempfile::tempdir().expect("a folder");
        let (_writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
        let begins = vec!["+498955501432".to_owned(), "08955501432".to_owned()];
        for number in [
            NumberFilter::Typed { text: "089/5550-1432".into(), begins },
            NumberFilter::Exact("+498955501432".into()),
        ] {
            let plan = plan(&reader, number.clone()).await;
            assert!(plan.contains("USING INDEX calls_by_number (number_key"), "{number:?}: {plan}");
        }
    }

    #[tokio::test]
    async fn the_end_of_a_number_is_found_by_an_index_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
        let site = writer.save_site(&Site::default()).await.expect("a site");
        let call = Call {
            site,
            external_number: Some("08955501432".into()),
            external_e164: Some("+498955501432".into()),
            ..Call::default()
        };
        writer.commit(&[], &Changes { calls: vec![call], ..Changes::default() }).await.expect("a call");
        let typed = NumberFilter::Typed { text: "5550 1432".into(), begins: Vec::new() };
        let plan = plan(&reader, typed).await;
        assert!(plan.contains("USING INDEX calls_by_number_end (<expr>=?)"), "{plan}");
    }

    #[tokio::test]
    async fn digits_that_could_stand_anywhere_are_looked_for_along_the_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let (_writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
        let plan = plan(&reader, NumberFilter::Anywhere("5550".into())).await;
        assert!(plan.contains("USING INDEX calls_by_start"), "newest first, until the page is full: {plan}");
    }
}
