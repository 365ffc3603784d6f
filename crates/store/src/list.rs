//! The list of calls, a page at a time, and its totals.

use crate::filter::{Conditions, Lead};
use crate::tables::calls;
use crate::{CallFilter, Reader, StoreError};
use model::Call;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};

/// Calls of a page at most.
const LIMIT_MAX: u32 = 1_000;

/// Calls that are known beforehand and looked at in one statement.
const AT_ONCE: usize = 500;

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
        let mut rows = Vec::new();
        for mut query in page_queries(&conditions, request.sort, after, limit) {
            rows.extend(query.build().fetch_all(&mut *snapshot).await?);
            if rows.len() > limit {
                break;
            }
        }
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

/// To be asked one after the other until the page is full. Among calls that are known beforehand, some hundred at a time
/// are looked at, in the order of the list.
fn page_queries<'c>(
    conditions: &'c Conditions<'_>,
    sort: CallSort,
    after: Option<Cursor>,
    limit: usize,
) -> Box<dyn Iterator<Item = QueryBuilder<Sqlite>> + Send + 'c> {
    let newest_first = match sort {
        CallSort::NewestFirst => true,
        CallSort::OldestFirst => false,
        CallSort::LongestFirst | CallSort::ShortestFirst => {
            return Box::new(std::iter::once_with(move || page_query(conditions, sort, after, limit)));
        }
    };
    let lead = conditions.lead_or(Lead::Start);
    let Some(found) = conditions.found.as_ref().filter(|_| lead == Lead::Found) else {
        return Box::new(std::iter::once_with(move || page_query(conditions, sort, after, limit)));
    };
    let beyond = after.map(|after| (after.key, after.id));
    let calls: &[(i64, i64)] = match (newest_first, beyond) {
        (_, None) => &found.0,
        (true, Some(last)) => &found.0[found.0.partition_point(|call| *call >= last)..],
        (false, Some(last)) => &found.0[..found.0.partition_point(|call| *call > last)],
    };
    let of = move |part: &[(i64, i64)]| {
        let mut query = begin_page(Lead::Found.start_and_id().0);
        conditions.push_among(&mut query, part);
        end_page(query, sort, None, Lead::Found, limit)
    };
    if newest_first {
        Box::new(calls.chunks(AT_ONCE).map(of))
    } else {
        Box::new(calls.rchunks(AT_ONCE).map(of))
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
    let mut query = begin_page(key_of(sort, lead));
    conditions.push(&mut query, lead);
    end_page(query, sort, after, lead, limit)
}

fn key_of(sort: CallSort, lead: Lead) -> &'static str {
    match sort {
        CallSort::NewestFirst | CallSort::OldestFirst => lead.start_and_id().0,
        CallSort::LongestFirst | CallSort::ShortestFirst => "c.length_ms",
    }
}

fn begin_page(key: &'static str) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(calls::COLUMNS).push(", ").push(key);
    query
}

fn end_page(
    mut query: QueryBuilder<Sqlite>,
    sort: CallSort,
    after: Option<Cursor>,
    lead: Lead,
    limit: usize,
) -> QueryBuilder<Sqlite> {
    let (key, id) = (key_of(sort, lead), lead.start_and_id().1);
    let (before, order) = match sort {
        CallSort::NewestFirst | CallSort::LongestFirst => (") < (", " DESC"),
        CallSort::OldestFirst | CallSort::ShortestFirst => (") > (", " ASC"),
    };
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
    async fn digits_that_few_numbers_have_are_not_looked_for_along_the_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
        let filter =
            CallFilter { number: Some(NumberFilter::Anywhere("5550".into())), ..CallFilter::default() };
        let mut snapshot = reader.snapshot().await.expect("a snapshot");
        let found = Conditions::of(&mut snapshot, &filter).await.expect("conditions").found;
        assert!(found.is_some_and(|found| found.0.is_empty()), "no number has them");
        drop(snapshot);
        let site = writer.save_site(&Site::default()).await.expect("a site");
        let call = |n: i64| Call {
            id: model::CallId(n),
            site,
            started_at: model::At(n * 86_400_000),
            ..Call::default()
        };
        let changes = Changes { calls: (0..9).map(call).collect(), ..Changes::default() };
        writer.commit(&[], &changes).await.expect("calls");
        let mut snapshot = reader.snapshot().await.expect("a snapshot");
        let found = Conditions::of(&mut snapshot, &filter).await.expect("conditions").found;
        assert_eq!(found, None, "most days are not known yet");
    }

    #[tokio::test]
    async fn digits_that_stand_in_many_numbers_are_looked_for_along_the_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let (_writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
        let plan = plan(&reader, NumberFilter::Anywhere("55".into())).await;
        assert!(plan.contains("USING INDEX calls_by_start"), "newest first, until the page is full: {plan}");
    }
}
