//! Calls that a typed text can be in, found by what the library has seen, so that only these have to be looked at.
//!
//! Walking the list until a page is full is quick for what many calls have, and takes seconds with ten million calls
//! behind it for what few have. Those few are found here.

use crate::StoreError;
use crate::filter::anywhere;
use crate::marked;
use crate::tables::leaves::DAY_MS;
use model::CallId;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// Parties with more than so many numbers are met soon enough on the way through the list.
const KEYS_MAX: usize = 2_000;

/// Ids that are sorted in memory: a megabyte.
const CALLS_MAX: usize = 50_000;

/// Long calls that are fetched from all over the library; of more, the list soon meets some.
const LONG_MAX: i64 = 10_000;

/// Days whose calls are looked at one by one: today, and one or two that are made up just now.
const STALE_DAYS_MAX: usize = 3;

/// The index knows pieces of three letters, and these many narrow it down enough.
const PIECE: usize = 3;
const PIECES_MAX: usize = 12;

/// Start and id of each call that has to be looked at, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found(pub(crate) Vec<(i64, i64)>);

/// What is looked for.
pub(crate) struct Sought<'s> {
    /// Each stands in some number, name or code of the call.
    pub(crate) any_of: Vec<&'s str>,
    /// Its words may stand in what was written about the call instead.
    pub(crate) written: Option<&'s str>,
    /// Calls that were joined into others, each with the one that is shown.
    pub(crate) joined: &'s [(CallId, CallId)],
}

impl Found {
    /// `None`: there are too many, or the library does not know yet; then the list is walked.
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        sought: &Sought<'_>,
    ) -> Result<Option<Self>, StoreError> {
        let fits = |text: &&str| text.chars().count() >= PIECE && !text.contains('\0');
        if !sought.any_of.iter().all(fits) {
            return Ok(None);
        }
        let Some(stale) = stale_days(connection).await? else { return Ok(None) };
        let Some(keys) = keys(connection, &sought.any_of).await? else { return Ok(None) };
        let mut calls = of_keys(connection, &keys).await?;
        for day in stale {
            calls.extend(of_day(connection, day).await?);
        }
        if let Some(text) = sought.written {
            calls.extend(written_about(connection, text, sought.joined).await?);
        }
        if calls.len() > CALLS_MAX {
            return Ok(None);
        }
        calls.sort_unstable_by(|a, b| b.cmp(a));
        calls.dedup();
        Ok(Some(Self(calls)))
    }

    /// Those that last at least so long. `None`: there are many, or the index is away during a bulk import.
    pub(crate) async fn lasting(
        connection: &mut SqliteConnection,
        min_ms: i64,
    ) -> Result<Option<Self>, StoreError> {
        let is_there: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'calls_by_length')",
        )
        .fetch_one(&mut *connection)
        .await?;
        if !is_there {
            return Ok(None);
        }
        // Counted in the index alone; only few are fetched.
        let count: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM (SELECT 1 FROM calls INDEXED BY calls_by_length WHERE length_ms >= ? LIMIT ?)",
        )
        .bind(min_ms)
        .bind(LONG_MAX + 1)
        .fetch_one(&mut *connection)
        .await?;
        if count > LONG_MAX {
            return Ok(None);
        }
        let mut calls: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT started_at, id FROM calls INDEXED BY calls_by_length WHERE length_ms >= ?",
        )
        .bind(min_ms)
        .fetch_all(connection)
        .await?;
        calls.sort_unstable_by(|a, b| b.cmp(a));
        Ok(Some(Self(calls)))
    }
}

async fn stale_days(connection: &mut SqliteConnection) -> Result<Option<Vec<i64>>, StoreError> {
    let days: Vec<i64> = sqlx::query_scalar("SELECT day FROM report_stale LIMIT ?")
        .bind(STALE_DAYS_MAX as i64 + 1)
        .fetch_all(connection)
        .await?;
    Ok(Some(days).filter(|days| days.len() <= STALE_DAYS_MAX))
}

/// Of the parties that are meant. `None` where others can be meant too: those have no index.
async fn keys(connection: &mut SqliteConnection, any_of: &[&str]) -> Result<Option<Vec<String>>, StoreError> {
    let mut keys: Vec<String> = Vec::new();
    for text in any_of {
        let pattern = anywhere(text);
        let other: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM other_words WHERE words LIKE ? ESCAPE '\\')")
                .bind(&pattern)
                .fetch_one(&mut *connection)
                .await?;
        if other {
            return Ok(None);
        }
        let found: Vec<String> = sqlx::query_scalar(
            "SELECT p.number_key FROM outside_words CROSS JOIN outside_parties p ON p.id = outside_words.rowid
             WHERE outside_words MATCH ? AND p.words LIKE ? ESCAPE '\\' LIMIT ?",
        )
        .bind(pieces(text))
        .bind(&pattern)
        .bind(KEYS_MAX as i64 + 1)
        .fetch_all(&mut *connection)
        .await?;
        keys.extend(found);
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(Some(keys).filter(|keys| keys.len() <= KEYS_MAX))
}

/// An expression of FTS5: all pieces of the text, in any order.
fn pieces(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let quoted = letters.windows(PIECE).take(PIECES_MAX).map(|piece| {
        let piece: String = piece.iter().collect();
        format!("\"{}\"", piece.replace('"', "\"\""))
    });
    quoted.collect::<Vec<String>>().join(" AND ")
}

async fn of_keys(connection: &mut SqliteConnection, keys: &[String]) -> Result<Vec<(i64, i64)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT c.started_at, c.id FROM json_each(?) wanted
            CROSS JOIN calls c ON c.number_key = wanted.value AND c.external_number IS NOT NULL LIMIT ?",
    )
    .bind(serde_json::Value::from(keys).to_string())
    .bind(CALLS_MAX as i64 + 1)
    .fetch_all(connection)
    .await?)
}

async fn of_day(connection: &mut SqliteConnection, day: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT started_at, id FROM calls INDEXED BY calls_by_start WHERE started_at >= ? AND started_at < ?
         LIMIT ?",
    )
    .bind(day * DAY_MS)
    .bind((day + 1) * DAY_MS)
    .bind(CALLS_MAX as i64 + 1)
    .fetch_all(connection)
    .await?)
}

async fn written_about(
    connection: &mut SqliteConnection,
    text: &str,
    joined: &[(CallId, CallId)],
) -> Result<Vec<(i64, i64)>, StoreError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT c.started_at, c.id FROM (");
    marked::push_written(&mut query, text, joined);
    query.push(") w CROSS JOIN calls c ON c.id = w.id LIMIT ").push_bind(CALLS_MAX as i64 + 1);
    Ok(query.build_query_as().fetch_all(connection).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_quoted_whatever_a_person_types() {
        assert_eq!(pieces("a\"bc"), "\"a\"\"b\" AND \"\"\"bc\"", "a quote stands for itself");
        assert_eq!(pieces("äöü"), "\"äöü\"", "letters, not bytes");
        assert_eq!(pieces(&"x".repeat(500)).matches(" AND ").count(), PIECES_MAX - 1, "no more than help");
    }
}
