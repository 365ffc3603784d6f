//! Recordings come in, and each state of their stored files is written down.

use crate::keeping::spare_files_of;
use crate::recordings::row::{RecordingSays, StartedBy, direction_code, started_code};
use crate::{StoreError, marks};
use model::{At, RecordingId, SiteId};
use sqlx::sqlite::SqliteConnection;

/// A recording whose stored file is in its place. It has no call yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewRecording {
    pub site: SiteId,
    pub started_at: At,
    pub started_by: StartedBy,
    pub length_ms: i64,
    pub channels: u8,
    pub says: RecordingSays,
    pub source: Option<i64>,
    pub taken_at: At,
    pub original_format: String,
    pub original_bytes: u64,
    pub original_sha256: Vec<u8>,
    pub original_file: Option<String>,
    /// Of the kept original as it stands on disk, where it was encrypted.
    pub original_now_sha256: Option<Vec<u8>>,
    pub pool: i64,
    pub stored_file: String,
    pub stored_bytes: u64,
    pub stored_sha256: Vec<u8>,
    pub sealed_with: Option<String>,
    pub loudness: Option<f32>,
    /// By what its number is compared.
    pub number_key: Option<String>,
}

/// Why there is another state of a stored file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionWhy {
    TakenIn,
    Silenced,
    FactsChanged,
    Encrypted,
    Decrypted,
    Moved,
}

/// One state of a stored file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub at: At,
    pub why: VersionWhy,
    /// Of silencing: JSON with the spans in milliseconds and the reason.
    pub detail: Option<String>,
    pub bytes: u64,
    pub sha256: Vec<u8>,
    /// `None` for what was taken in.
    pub sha256_before: Option<Vec<u8>>,
}

/// The row, its first version, its people and its words.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    new: &NewRecording,
) -> Result<RecordingId, StoreError> {
    let says = &new.says;
    let id = sqlx::query(
        "INSERT INTO recordings (site, started_at, started_by, length_ms, channels, file_name, said_extension,
            said_group, said_number, said_name, said_call_id, said_direction, source, taken_at, original_format,
            original_bytes, original_sha256, original_file, pool, stored_file, stored_bytes, stored_sha256,
            sealed_with, loudness, direction, number, number_key, name, grp, original_now_sha256)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
            ?22, ?23, ?24, ?12, ?9, ?25, ?10, ?8, ?26)",
    )
    .bind(new.site.0)
    .bind(new.started_at.0)
    .bind(started_code(new.started_by))
    .bind(new.length_ms)
    .bind(i64::from(new.channels))
    .bind(&says.file_name)
    .bind(&says.extension)
    .bind(&says.group)
    .bind(&says.number)
    .bind(&says.name)
    .bind(&says.call_id)
    .bind(says.direction.map(direction_code))
    .bind(new.source)
    .bind(new.taken_at.0)
    .bind(&new.original_format)
    .bind(new.original_bytes.cast_signed())
    .bind(&new.original_sha256)
    .bind(&new.original_file)
    .bind(new.pool)
    .bind(&new.stored_file)
    .bind(new.stored_bytes.cast_signed())
    .bind(&new.stored_sha256)
    .bind(&new.sealed_with)
    .bind(new.loudness.map(f64::from))
    .bind(&new.number_key)
    .bind(&new.original_now_sha256)
    .execute(&mut *connection)
    .await?
    .last_insert_rowid();
    let id = RecordingId(id);
    let first = Version {
        at: new.taken_at,
        why: VersionWhy::TakenIn,
        detail: None,
        bytes: new.stored_bytes,
        sha256: new.stored_sha256.clone(),
        sha256_before: None,
    };
    add_version(connection, id, &first).await?;
    let people: Vec<&str> = says.extension.as_deref().into_iter().collect();
    set_people(connection, id, new.started_at, &people).await?;
    spare_files_of(connection, id).await?;
    marks::matched(connection, id, None).await?;
    Ok(id)
}

/// The next state of a stored file, with the row's own columns for it.
pub(crate) async fn add_version(
    connection: &mut SqliteConnection,
    id: RecordingId,
    version: &Version,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO recording_versions (recording, n, at, why, detail, bytes, sha256, sha256_before)
         VALUES (?1, (SELECT ifnull(max(n) + 1, 0) FROM recording_versions WHERE recording = ?1),
            ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .bind(id.0)
    .bind(version.at.0)
    .bind(why_code(version.why))
    .bind(&version.detail)
    .bind(version.bytes.cast_signed())
    .bind(&version.sha256)
    .bind(&version.sha256_before)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE recordings SET stored_bytes = ?, stored_sha256 = ? WHERE id = ?")
        .bind(version.bytes.cast_signed())
        .bind(&version.sha256)
        .bind(id.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// In place of whoever was on it.
pub(crate) async fn set_people(
    connection: &mut SqliteConnection,
    id: RecordingId,
    started_at: At,
    extensions: &[&str],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM recording_people WHERE recording = ?")
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    for extension in extensions {
        sqlx::query(
            "INSERT OR IGNORE INTO recording_people (extension, started_at, recording) VALUES (?, ?, ?)",
        )
        .bind(extension)
        .bind(started_at.0)
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Stored numbers: append only.
fn why_code(why: VersionWhy) -> i64 {
    match why {
        VersionWhy::TakenIn => 0,
        VersionWhy::Silenced => 1,
        VersionWhy::FactsChanged => 2,
        VersionWhy::Encrypted => 3,
        VersionWhy::Decrypted => 4,
        VersionWhy::Moved => 5,
    }
}

pub(crate) fn why_of(code: i64) -> Result<VersionWhy, StoreError> {
    Ok(match code {
        0 => VersionWhy::TakenIn,
        1 => VersionWhy::Silenced,
        2 => VersionWhy::FactsChanged,
        3 => VersionWhy::Encrypted,
        4 => VersionWhy::Decrypted,
        5 => VersionWhy::Moved,
        _ => return Err(StoreError::damaged("a change of a recording has no known reason")),
    })
}
