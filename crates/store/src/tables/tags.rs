//! Table `tags`: words by which people find calls again. A recording has tags of its own only as long as it has no call.

use crate::hand::begin;
use crate::tables::calls::id_list;
use crate::{Hand, Reader, StoreError, marks};
use model::{CallId, RecordingId};
use sqlx::sqlite::SqliteConnection;

/// What is tagged: a call, under its id and those of the calls that were joined into it; or a recording without call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagged {
    /// The first id is the one that new tags are given to.
    Call(Vec<CallId>),
    Recording(RecordingId),
}

impl Hand {
    /// Takes tags off and adds others; a tag that is used already keeps its letters. Gives all that are there then, by
    /// the alphabet.
    pub async fn set_tags(
        &self,
        tagged: &Tagged,
        add: &[String],
        remove: &[String],
    ) -> Result<Vec<String>, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let (calls, recording) = parts(&mut transaction, tagged).await?;
        let known = all(&mut transaction).await?;
        for tag in remove {
            let tag = as_known(&known, tag);
            sqlx::query(
                "DELETE FROM tags WHERE tag = ?1 AND (recording = ?2 AND ?2 <> 0
                    OR call IN (SELECT value FROM json_each(?3)))",
            )
            .bind(tag)
            .bind(recording)
            .bind(id_list(calls.iter().map(|call| call.0)))
            .execute(&mut *transaction)
            .await?;
        }
        let call = calls.first().map_or(0, |call| call.0);
        for tag in add {
            sqlx::query("INSERT OR IGNORE INTO tags (tag, call, recording) VALUES (?, ?, ?)")
                .bind(as_known(&known, tag))
                .bind(call)
                .bind(recording)
                .execute(&mut *transaction)
                .await?;
        }
        let tags = of(&mut transaction, &calls, recording).await?;
        for call in &calls {
            marks::changed(&mut transaction, Some(*call), None).await?;
        }
        if recording != 0 {
            marks::changed(&mut transaction, None, Some(RecordingId(recording))).await?;
        }
        transaction.commit().await?;
        Ok(tags)
    }
}

impl Reader {
    /// Each tag with how often it is used, the most used first.
    pub async fn tags(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT min(tag), count(*) FROM tags GROUP BY tag ORDER BY count(*) DESC, tag")
                .fetch_all(&mut *snapshot)
                .await?;
        Ok(rows.into_iter().map(|(tag, times)| (tag, times.cast_unsigned())).collect())
    }

    /// By the alphabet.
    pub async fn tags_of(&self, tagged: &Tagged) -> Result<Vec<String>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let (calls, recording) = parts(&mut snapshot, tagged).await?;
        of(&mut snapshot, &calls, recording).await
    }
}

/// The tags of a recording that has a call are the call's.
async fn parts(connection: &mut SqliteConnection, tagged: &Tagged) -> Result<(Vec<CallId>, i64), StoreError> {
    let recording = match tagged {
        Tagged::Call(calls) => return Ok((calls.clone(), 0)),
        Tagged::Recording(recording) => recording.0,
    };
    let call: Option<Option<i64>> = sqlx::query_scalar("SELECT call FROM recordings WHERE id = ?")
        .bind(recording)
        .fetch_optional(connection)
        .await?;
    match call.ok_or(StoreError::UnknownRecording)? {
        Some(call) => Ok((vec![CallId(call)], 0)),
        None => Ok((Vec::new(), recording)),
    }
}

async fn of(
    connection: &mut SqliteConnection,
    calls: &[CallId],
    recording: i64,
) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT tag FROM tags WHERE call <> 0 AND call IN (SELECT value FROM json_each(?1))
         UNION SELECT tag FROM tags WHERE recording <> 0 AND recording = ?2 ORDER BY tag",
    )
    .bind(id_list(calls.iter().map(|call| call.0)))
    .bind(recording)
    .fetch_all(connection)
    .await?)
}

async fn all(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT DISTINCT tag FROM tags").fetch_all(connection).await?)
}

/// As it is written where it is used already: SQLite tells only letters from A to Z in either case.
fn as_known<'t>(known: &'t [String], tag: &'t str) -> &'t str {
    let lower = tag.to_lowercase();
    known.iter().find(|known| known.to_lowercase() == lower).map_or(tag, String::as_str)
}

/// For conditions on a tag that a person typed.
pub(crate) async fn spelling(connection: &mut SqliteConnection, tag: &str) -> Result<String, StoreError> {
    let known = all(connection).await?;
    Ok(as_known(&known, tag.trim()).to_owned())
}

/// A recording that has found its call gives it its tags.
pub(crate) async fn move_to_call(
    connection: &mut SqliteConnection,
    recording: i64,
    call: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR IGNORE INTO tags (tag, call, recording)
         SELECT tag, ?2, 0 FROM tags WHERE recording <> 0 AND recording = ?1",
    )
    .bind(recording)
    .bind(call)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM tags WHERE recording <> 0 AND recording = ?")
        .bind(recording)
        .execute(connection)
        .await?;
    Ok(())
}
