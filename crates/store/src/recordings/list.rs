//! The list of recordings, a page at a time, and its totals.

use crate::recordings::filter::{Conditions, Goal, Lead, RecordingFilter};
use crate::recordings::row::Recording;
use crate::{Reader, StoreError};
use sqlx::{FromRow, QueryBuilder, Row, Sqlite};

/// Recordings of a page at most.
const LIMIT_MAX: u32 = 1_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordingSort {
    #[default]
    NewestFirst,
    OldestFirst,
    LongestFirst,
    ShortestFirst,
}

/// Which page of which list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingPageRequest {
    pub filter: RecordingFilter,
    pub sort: RecordingSort,
    /// Where the page before ended ([`RecordingPage::next`]).
    pub after: Option<String>,
    /// 1 to 1,000.
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordingPage {
    pub recordings: Vec<Recording>,
    /// Opaque; `None` at the end.
    pub next: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordingTotals {
    pub recordings: u64,
    pub length_ms: i64,
    pub bytes: u64,
    pub unmatched: u64,
}

impl Reader {
    /// Recordings that match. Those that come or go between two pages neither repeat nor hide others. A cursor that is
    /// not from this sort: [`StoreError::BadCursor`].
    pub async fn recordings(&self, request: &RecordingPageRequest) -> Result<RecordingPage, StoreError> {
        let after = request.after.as_deref().map(|text| Cursor::read(text, request.sort)).transpose()?;
        let limit = request.limit.clamp(1, LIMIT_MAX) as usize;
        let mut snapshot = self.snapshot().await?;
        let conditions = Conditions::of(&mut snapshot, &request.filter).await?;
        let lead = conditions.lead(&mut snapshot, goal(request.sort)).await?;
        let mut query = page_query(&conditions, lead, request.sort, after, limit);
        let mut rows = query.build().fetch_all(&mut *snapshot).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = match rows.last().filter(|_| more) {
            Some(row) => {
                let cursor = Cursor { key: row.try_get("sorted_by")?, id: row.try_get("id")? };
                Some(cursor.write(request.sort))
            }
            None => None,
        };
        let recordings = rows.iter().map(Recording::from_row).collect::<Result<Vec<_>, _>>()?;
        Ok(RecordingPage { recordings, next })
    }

    /// Totals of all recordings that match. Reads every one of them, or an index with what is summed.
    pub async fn recording_totals(&self, filter: &RecordingFilter) -> Result<RecordingTotals, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let conditions = Conditions::of(&mut snapshot, filter).await?;
        let mut query = QueryBuilder::new(
            "SELECT count(*), ifnull(sum(r.length_ms), 0), ifnull(sum(r.stored_bytes), 0),
                count(*) FILTER (WHERE r.call IS NULL)",
        );
        let lead = conditions.lead(&mut snapshot, Goal::Sum).await?;
        conditions.push(&mut query, lead);
        let (recordings, length_ms, bytes, unmatched): (i64, i64, i64, i64) =
            query.build_query_as().fetch_one(&mut *snapshot).await?;
        Ok(RecordingTotals {
            recordings: recordings.cast_unsigned(),
            length_ms,
            bytes: bytes.cast_unsigned(),
            unmatched: unmatched.cast_unsigned(),
        })
    }
}

/// First which, by the index alone as far as it goes; then the rows of those. One beyond the page tells whether there
/// are more.
fn page_query(
    conditions: &Conditions<'_>,
    lead: Lead,
    sort: RecordingSort,
    after: Option<Cursor>,
    limit: usize,
) -> QueryBuilder<Sqlite> {
    let (start, id) = lead.start_and_id();
    let (key, before, order) = match sort {
        RecordingSort::NewestFirst => (start, ") < (", " DESC"),
        RecordingSort::OldestFirst => (start, ") > (", " ASC"),
        RecordingSort::LongestFirst => ("r.length_ms", ") < (", " DESC"),
        RecordingSort::ShortestFirst => ("r.length_ms", ") > (", " ASC"),
    };
    let mut query = QueryBuilder::new("SELECT r.*, page.sorted_by FROM (SELECT ");
    query.push(id).push(" AS id, ").push(key).push(" AS sorted_by");
    conditions.push(&mut query, lead);
    if let Some(after) = after {
        query.push(" AND (").push(key).push(", ").push(id).push(before);
        query.push_bind(after.key).push(", ").push_bind(after.id).push(")");
    }
    query.push(" ORDER BY ").push(key).push(order).push(", ").push(id).push(order);
    query.push(" LIMIT ").push_bind(limit as i64 + 1);
    query.push(") page CROSS JOIN recordings r ON r.id = page.id ORDER BY page.sorted_by");
    query.push(order).push(", page.id").push(order);
    query
}

fn goal(sort: RecordingSort) -> Goal {
    match sort {
        RecordingSort::NewestFirst | RecordingSort::OldestFirst => Goal::ByTime,
        RecordingSort::LongestFirst | RecordingSort::ShortestFirst => Goal::ByLength,
    }
}

/// The last recording of a page, by what the list is sorted by and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cursor {
    key: i64,
    id: i64,
}

impl Cursor {
    fn write(self, sort: RecordingSort) -> String {
        format!("{}{}.{}", letter(sort), self.key, self.id)
    }

    fn read(text: &str, sort: RecordingSort) -> Result<Self, StoreError> {
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

fn letter(sort: RecordingSort) -> char {
    match sort {
        RecordingSort::NewestFirst => 'N',
        RecordingSort::OldestFirst => 'O',
        RecordingSort::LongestFirst => 'L',
        RecordingSort::ShortestFirst => 'S',
    }
}

#[cfg(test)]
mod tests;
