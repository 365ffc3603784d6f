//! Table `recording_words`: what a recording is found by. Kept with each change of what it is made of.

use crate::StoreError;
use model::RecordingId;
use sqlx::sqlite::SqliteConnection;

/// Makes the words of a recording anew from its row, its people, its notes and its tags. Those of a recording that is
/// gone go.
pub(crate) async fn write_words(
    connection: &mut SqliteConnection,
    id: RecordingId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM recording_words WHERE rowid = ?").bind(id.0).execute(&mut *connection).await?;
    sqlx::query(
        "INSERT INTO recording_words (rowid, words)
         SELECT r.id, concat_ws(char(10), r.file_name, r.said_name, r.name, r.said_number, r.number, r.number_key,
            r.said_extension, r.said_group, r.grp, r.said_call_id,
            (SELECT group_concat(extension, ' ') FROM recording_people WHERE recording = r.id),
            (SELECT group_concat(text, char(10)) FROM notes WHERE recording = r.id),
            (SELECT group_concat(text, char(10)) FROM notes WHERE call = r.call AND recording IS NULL),
            (SELECT group_concat(tag, char(10)) FROM tags WHERE recording <> 0 AND recording = r.id),
            (SELECT group_concat(tag, char(10)) FROM tags WHERE call <> 0 AND call = r.call))
         FROM recordings r WHERE r.id = ?",
    )
    .bind(id.0)
    .execute(connection)
    .await?;
    Ok(())
}
