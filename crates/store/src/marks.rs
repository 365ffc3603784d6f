//! What people wrote, as lists show and find it: counts beside rows, and the words of tables `recording_words` and
//! `call_words`. Kept in the transaction of each change.

use crate::filter::{anywhere, sought};
use crate::recordings::write_words;
use crate::tables::{notes, tags};
use crate::{Note, Reader, StoreError, marked};
use model::{CallId, RecordingId};
use sqlx::QueryBuilder;
use sqlx::sqlite::SqliteConnection;
use std::collections::HashMap;

/// Notes that are looked through: more than an office writes in years, some 20 ms.
const NOTES_LOOKED_AT: i64 = 50_000;

/// What a row of a list of calls shows beside the call itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallMarks {
    /// Those in the trash left out.
    pub recordings: u32,
    /// Those of its recordings included.
    pub notes: u32,
    /// By the alphabet.
    pub tags: Vec<String>,
}

impl Reader {
    /// What is to be shown with each call. `ids` are calls as shown, each with an id that it goes by: its own, and those
    /// of calls that were joined into it.
    pub async fn marks_of_calls(
        &self,
        ids: &[(CallId, CallId)],
    ) -> Result<HashMap<CallId, CallMarks>, StoreError> {
        let mut marks: HashMap<CallId, CallMarks> = HashMap::new();
        if ids.is_empty() {
            return Ok(marks);
        }
        let mut snapshot = self.snapshot().await?;
        let wanted: Vec<[i64; 2]> = ids.iter().map(|(shown, id)| [shown.0, id.0]).collect();
        let rows: Vec<(i64, i64, i64, Option<String>)> = sqlx::query_as(
            "WITH wanted (shown, id) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(?))
             SELECT w.shown, 0, count(*), NULL FROM wanted w CROSS JOIN recordings r ON r.call = w.id
                WHERE r.trashed_at IS NULL GROUP BY w.shown
             UNION ALL
             SELECT shown, 1, count(*), NULL FROM (
                SELECT w.shown, n.id FROM wanted w CROSS JOIN notes n ON n.call = w.id
                UNION
                SELECT w.shown, n.id FROM wanted w CROSS JOIN recordings r ON r.call = w.id
                    CROSS JOIN notes n ON n.recording = r.id)
                GROUP BY shown
             UNION ALL
             SELECT * FROM (SELECT DISTINCT w.shown, 2, 0, t.tag FROM wanted w CROSS JOIN tags t ON t.call = w.id
                WHERE t.call <> 0 ORDER BY t.tag)",
        )
        .bind(serde_json::to_string(&wanted).unwrap_or_default())
        .fetch_all(&mut *snapshot)
        .await?;
        for (shown, kind, count, tag) in rows {
            let marks = marks.entry(CallId(shown)).or_default();
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            match kind {
                0 => marks.recordings = count,
                1 => marks.notes = count,
                _ => marks.tags.extend(tag),
            }
        }
        Ok(marks)
    }
}

impl Reader {
    /// The latest calls whose notes and tags have all words of the text.
    pub async fn calls_by_words(&self, text: &str, limit: u32) -> Result<Vec<CallId>, StoreError> {
        let text = sought(text);
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::new("SELECT id FROM (");
        marked::push_found(&mut query, &text);
        query.push(") ORDER BY id DESC LIMIT ").push_bind(limit);
        let ids: Vec<i64> = query.build_query_scalar().fetch_all(&mut *self.snapshot().await?).await?;
        Ok(ids.into_iter().map(CallId).collect())
    }

    /// The latest notes with all words of the text, of the latest few ten thousand.
    pub async fn notes_by_words(&self, text: &str, limit: u32) -> Result<Vec<Note>, StoreError> {
        let text = sought(text);
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::new("SELECT * FROM (SELECT * FROM notes ORDER BY id DESC LIMIT ");
        query.push_bind(NOTES_LOOKED_AT).push(") WHERE 1");
        for piece in text.split_whitespace() {
            query.push(" AND text LIKE ").push_bind(anywhere(piece)).push(" ESCAPE '\\'");
        }
        query.push(" LIMIT ").push_bind(limit);
        let rows = query.build().fetch_all(&mut *self.snapshot().await?).await?;
        rows.iter().map(notes::read).collect()
    }
}

/// After something was written about a call, or a recording, or taken away.
pub(crate) async fn changed(
    connection: &mut SqliteConnection,
    call: Option<CallId>,
    recording: Option<RecordingId>,
) -> Result<(), StoreError> {
    let mut calls: Vec<i64> = call.iter().map(|call| call.0).collect();
    if let Some(RecordingId(recording)) = recording {
        refresh_recording(connection, recording).await?;
        calls.extend(call_of(connection, recording).await?);
    }
    calls.dedup();
    for call in calls {
        refresh_call(connection, call).await?;
        let recordings: Vec<i64> = sqlx::query_scalar("SELECT id FROM recordings WHERE call = ?")
            .bind(call)
            .fetch_all(&mut *connection)
            .await?;
        for recording in recordings {
            refresh_recording(connection, recording).await?;
        }
    }
    Ok(())
}

/// After a recording was stored, or its call, its people or its name has changed. `before`: the call that it had.
pub(crate) async fn matched(
    connection: &mut SqliteConnection,
    recording: RecordingId,
    before: Option<CallId>,
) -> Result<(), StoreError> {
    let now = call_of(connection, recording.0).await?;
    if let Some(call) = now {
        tags::move_to_call(connection, recording.0, call).await?;
    }
    refresh_recording(connection, recording.0).await?;
    for call in [before.map(|call| call.0).filter(|before| Some(*before) != now), now].into_iter().flatten() {
        refresh_call(connection, call).await?;
    }
    Ok(())
}

async fn call_of(connection: &mut SqliteConnection, recording: i64) -> Result<Option<i64>, StoreError> {
    let call: Option<Option<i64>> = sqlx::query_scalar("SELECT call FROM recordings WHERE id = ?")
        .bind(recording)
        .fetch_optional(connection)
        .await?;
    Ok(call.flatten())
}

/// Counts, mean score and words of one recording.
async fn refresh_recording(connection: &mut SqliteConnection, recording: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE recordings AS r SET
            notes = (SELECT count(*) FROM notes WHERE recording = r.id)
                + (SELECT count(*) FROM notes WHERE call = r.call AND recording IS NULL),
            score = (SELECT avg(percent) FROM scores WHERE id IN (
                SELECT id FROM scores WHERE recording = r.id
                UNION SELECT id FROM scores WHERE call = r.call AND recording IS NULL))
         WHERE id = ?",
    )
    .bind(recording)
    .execute(&mut *connection)
    .await?;
    write_words(connection, RecordingId(recording)).await
}

/// Words of one call; none where nothing was written about it.
async fn refresh_call(connection: &mut SqliteConnection, call: i64) -> Result<(), StoreError> {
    let words: String = sqlx::query_scalar(
        "SELECT concat_ws(char(10),
            (SELECT group_concat(text, char(10)) FROM notes WHERE call = ?1),
            (SELECT group_concat(n.text, char(10)) FROM recordings r JOIN notes n ON n.recording = r.id
                WHERE r.call = ?1 AND n.call IS NOT ?1),
            (SELECT group_concat(tag, char(10)) FROM tags WHERE call <> 0 AND call = ?1))",
    )
    .bind(call)
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM call_words WHERE rowid = ?").bind(call).execute(&mut *connection).await?;
    if !words.is_empty() {
        sqlx::query("INSERT INTO call_words (rowid, words) VALUES (?, ?)")
            .bind(call)
            .bind(words)
            .execute(connection)
            .await?;
    }
    Ok(())
}
