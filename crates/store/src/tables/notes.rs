//! Table `notes`: what people write about a call, or an instant of it, or a recording.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::tables::calls::id_list;
use crate::{Hand, Reader, StoreError, marks};
use model::{At, CallId, RecordingId};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// 0: not stored yet.
    pub id: i64,
    pub call: Option<CallId>,
    pub recording: Option<RecordingId>,
    /// The instant of the call that it is about.
    pub about_at: Option<At>,
    pub text: String,
    pub written_at: At,
    pub changed_at: Option<At>,
}

impl Hand {
    /// A new note for id 0, else new words in place of what the one with its id says; what that is about stays.
    pub async fn save_note(&self, note: &Note) -> Result<Note, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let id = match note.id {
            0 => insert(&mut transaction, note).await?,
            id => {
                let changed =
                    sqlx::query("UPDATE notes SET text = ?, about_at = ?, changed_at = ? WHERE id = ?")
                        .bind(&note.text)
                        .bind(note.about_at.map(|at| at.0))
                        .bind(note.changed_at.unwrap_or(note.written_at).0)
                        .bind(id)
                        .execute(&mut *transaction)
                        .await?;
                if changed.rows_affected() == 0 {
                    return Err(StoreError::UnknownNote);
                }
                id
            }
        };
        let stored = get(&mut transaction, id).await?.ok_or(StoreError::UnknownNote)?;
        marks::changed(&mut transaction, stored.call, stored.recording).await?;
        transaction.commit().await?;
        Ok(stored)
    }

    pub async fn remove_note(&self, id: i64, deeds: &[Deed]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let note = get(&mut transaction, id).await?.ok_or(StoreError::UnknownNote)?;
        sqlx::query("DELETE FROM notes WHERE id = ?").bind(id).execute(&mut *transaction).await?;
        marks::changed(&mut transaction, note.call, note.recording).await?;
        audit::append(&mut transaction, &self.witness, deeds).await?;
        Ok(transaction.commit().await?)
    }
}

async fn insert(connection: &mut SqliteConnection, note: &Note) -> Result<i64, StoreError> {
    Ok(sqlx::query("INSERT INTO notes (call, recording, about_at, text, written_at) VALUES (?, ?, ?, ?, ?)")
        .bind(note.call.map(|call| call.0))
        .bind(note.recording.map(|recording| recording.0))
        .bind(note.about_at.map(|at| at.0))
        .bind(&note.text)
        .bind(note.written_at.0)
        .execute(connection)
        .await?
        .last_insert_rowid())
}

impl Reader {
    pub async fn note(&self, id: i64) -> Result<Option<Note>, StoreError> {
        get(&mut *self.snapshot().await?, id).await
    }

    /// Those of the calls and of their recordings, in the order of what they are about, then of writing.
    pub async fn notes_of_calls(&self, calls: &[CallId]) -> Result<Vec<Note>, StoreError> {
        let query =
            "SELECT n.id, n.call, n.recording, n.about_at, n.text, n.written_at, n.changed_at FROM notes n
             WHERE n.id IN (SELECT x.id FROM json_each(?1) w JOIN notes x ON x.call = w.value
                UNION SELECT x.id FROM json_each(?1) w JOIN recordings r ON r.call = w.value
                    JOIN notes x ON x.recording = r.id)
             ORDER BY ifnull(n.about_at, n.written_at), n.written_at, n.id";
        let mut snapshot = self.snapshot().await?;
        let ids = id_list(calls.iter().map(|call| call.0));
        let rows = sqlx::query(query).bind(ids).fetch_all(&mut *snapshot).await?;
        rows.iter().map(read).collect()
    }

    /// The recording's own and those of its call that are not about another recording of it.
    pub async fn notes_of_recording(&self, recording: RecordingId) -> Result<Vec<Note>, StoreError> {
        let query =
            "SELECT n.id, n.call, n.recording, n.about_at, n.text, n.written_at, n.changed_at FROM notes n
             WHERE n.id IN (SELECT x.id FROM notes x WHERE x.recording = ?1
                UNION SELECT x.id FROM recordings r JOIN notes x ON x.call = r.call
                    WHERE r.id = ?1 AND x.recording IS NULL)
             ORDER BY ifnull(n.about_at, n.written_at), n.written_at, n.id";
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(query).bind(recording.0).fetch_all(&mut *snapshot).await?;
        rows.iter().map(read).collect()
    }
}

pub(crate) async fn get(connection: &mut SqliteConnection, id: i64) -> Result<Option<Note>, StoreError> {
    let query = "SELECT n.id, n.call, n.recording, n.about_at, n.text, n.written_at, n.changed_at
         FROM notes n WHERE n.id = ?";
    let row = sqlx::query(query).bind(id).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// A row with all columns of the table, in its order.
pub(crate) fn read(row: &SqliteRow) -> Result<Note, StoreError> {
    Ok(Note {
        id: row.try_get(0)?,
        call: row.try_get::<Option<i64>, _>(1)?.map(CallId),
        recording: row.try_get::<Option<i64>, _>(2)?.map(RecordingId),
        about_at: row.try_get::<Option<i64>, _>(3)?.map(At),
        text: row.try_get(4)?,
        written_at: At(row.try_get(5)?),
        changed_at: row.try_get::<Option<i64>, _>(6)?.map(At),
    })
}
