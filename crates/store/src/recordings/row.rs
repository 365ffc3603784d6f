//! Table `recordings`: one row a recording.

use crate::keeping::within_pool;
use crate::tables::calls::id_list;
use crate::{Reader, StoreError};
use model::{At, CallId, Direction, RecordingId, RecordingMatch, SiteId};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{FromRow, Row};

/// A recording as stored, with every column of its row.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub id: RecordingId,
    pub site: SiteId,
    pub started_at: At,
    pub started_by: StartedBy,
    pub length_ms: i64,
    pub channels: u8,
    pub says: RecordingSays,
    /// `None`: given by hand.
    pub source: Option<i64>,
    pub taken_at: At,
    /// "WAV, G.711 A-law, 8 kHz, one channel"
    pub original_format: String,
    pub original_bytes: u64,
    pub original_sha256: Vec<u8>,
    /// Within the pool; `None`: not kept.
    pub original_file: Option<String>,
    /// Of the kept original as it stands on disk, silenced or encrypted; `None`: as it came.
    pub original_now_sha256: Option<Vec<u8>>,
    pub pool: i64,
    /// Within the pool; the peaks lie beside it.
    pub stored_file: String,
    pub stored_bytes: u64,
    pub stored_sha256: Vec<u8>,
    /// Fingerprint of the key it is encrypted with.
    pub sealed_with: Option<String>,
    pub loudness: Option<f32>,
    pub call: Option<CallId>,
    pub matched: RecordingMatch,
    pub confidence: Option<f32>,
    pub reasons: Vec<String>,
    pub direction: Option<Direction>,
    pub number: Option<String>,
    pub number_key: Option<String>,
    pub name: Option<String>,
    pub group: Option<String>,
    /// Under legal hold, and why.
    pub hold_reason: Option<String>,
    pub trashed_at: Option<At>,
    pub state: StoredState,
    pub notes: u32,
    pub score: Option<f32>,
}

/// What a file's name and its side file say of the recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingSays {
    pub file_name: String,
    pub extension: Option<String>,
    pub group: Option<String>,
    pub number: Option<String>,
    pub name: Option<String>,
    pub call_id: Option<String>,
    pub direction: Option<Direction>,
}

/// What a recording's start is known by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StartedBy {
    FileName,
    SideFile,
    /// The file's time less its length.
    #[default]
    FileTime,
}

/// What the last look at the stored file found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoredState {
    #[default]
    Good,
    Missing,
    Changed,
}

impl Reader {
    pub async fn recording(&self, id: RecordingId) -> Result<Option<Recording>, StoreError> {
        Ok(self.recordings_by_id(&[id]).await?.pop())
    }

    /// Those of `ids` that exist, in the order of the ids' numbers.
    pub async fn recordings_by_id(&self, ids: &[RecordingId]) -> Result<Vec<Recording>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_as(
            "SELECT * FROM recordings r WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.id",
        )
        .bind(id_list(ids.iter().map(|id| id.0)))
        .fetch_all(&mut *snapshot)
        .await?)
    }

    /// In order of time; those in the trash are left out.
    pub async fn recordings_of_call(&self, call: CallId) -> Result<Vec<Recording>, StoreError> {
        self.recordings_of_calls(&[call]).await
    }

    /// Those of several calls, in order of time; those in the trash are left out.
    pub async fn recordings_of_calls(&self, calls: &[CallId]) -> Result<Vec<Recording>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_as(
            "SELECT * FROM recordings r INDEXED BY recordings_by_call
             WHERE r.call IN (SELECT value FROM json_each(?)) AND r.call IS NOT NULL AND r.trashed_at IS NULL
             ORDER BY r.started_at, r.id",
        )
        .bind(id_list(calls.iter().map(|id| id.0)))
        .fetch_all(&mut *snapshot)
        .await?)
    }

    /// Whose voices are on each of `ids`: recording and extension, by recording.
    pub async fn recording_people(
        &self,
        ids: &[RecordingId],
    ) -> Result<Vec<(RecordingId, String)>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT recording, extension FROM recording_people INDEXED BY recording_people_of
             WHERE recording IN (SELECT value FROM json_each(?)) ORDER BY recording, extension",
        )
        .bind(id_list(ids.iter().map(|id| id.0)))
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows.into_iter().map(|(id, extension)| (RecordingId(id), extension)).collect())
    }

    /// Tags of each of `ids`, its call's where it has one: by recording, by the alphabet.
    pub async fn tags_of_recordings(
        &self,
        ids: &[RecordingId],
    ) -> Result<Vec<(RecordingId, String)>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT w.value, t.tag FROM json_each(?1) w CROSS JOIN tags t ON t.recording = w.value
                WHERE t.recording <> 0
             UNION
             SELECT r.id, t.tag FROM json_each(?1) w CROSS JOIN recordings r ON r.id = w.value
                CROSS JOIN tags t ON t.call = r.call WHERE t.call <> 0
             ORDER BY 1, 2",
        )
        .bind(id_list(ids.iter().map(|id| id.0)))
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows.into_iter().map(|(id, tag)| (RecordingId(id), tag)).collect())
    }
}

/// For whoever changes a recording: its row, within the same transaction.
pub(crate) async fn get(
    connection: &mut SqliteConnection,
    id: RecordingId,
) -> Result<Option<Recording>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM recordings WHERE id = ?").bind(id.0).fetch_optional(connection).await?)
}

impl FromRow<'_, SqliteRow> for Recording {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let reasons: String = row.try_get("reasons")?;
        Ok(Self {
            id: RecordingId(row.try_get("id")?),
            site: SiteId(row.try_get("site")?),
            started_at: At(row.try_get("started_at")?),
            started_by: match row.try_get("started_by")? {
                0_i64 => StartedBy::FileName,
                1 => StartedBy::SideFile,
                _ => StartedBy::FileTime,
            },
            length_ms: row.try_get("length_ms")?,
            channels: row.try_get::<i64, _>("channels")?.try_into().unwrap_or(1),
            says: RecordingSays {
                file_name: row.try_get("file_name")?,
                extension: row.try_get("said_extension")?,
                group: row.try_get("said_group")?,
                number: row.try_get("said_number")?,
                name: row.try_get("said_name")?,
                call_id: row.try_get("said_call_id")?,
                direction: direction_of(row.try_get("said_direction")?),
            },
            source: row.try_get("source")?,
            taken_at: At(row.try_get("taken_at")?),
            original_format: row.try_get("original_format")?,
            original_bytes: row.try_get::<i64, _>("original_bytes")?.cast_unsigned(),
            original_sha256: row.try_get("original_sha256")?,
            original_file: row.try_get::<Option<String>, _>("original_file")?.map(within_pool),
            original_now_sha256: row.try_get("original_now_sha256")?,
            pool: row.try_get("pool")?,
            stored_file: within_pool(row.try_get("stored_file")?),
            stored_bytes: row.try_get::<i64, _>("stored_bytes")?.cast_unsigned(),
            stored_sha256: row.try_get("stored_sha256")?,
            sealed_with: row.try_get("sealed_with")?,
            loudness: row.try_get::<Option<f64>, _>("loudness")?.map(|loudness| loudness as f32),
            call: row.try_get::<Option<i64>, _>("call")?.map(CallId),
            matched: match_of(row.try_get("matched")?),
            confidence: row.try_get::<Option<f64>, _>("confidence")?.map(|confidence| confidence as f32),
            reasons: serde_json::from_str(&reasons).map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            direction: direction_of(row.try_get("direction")?),
            number: row.try_get("number")?,
            number_key: row.try_get("number_key")?,
            name: row.try_get("name")?,
            group: row.try_get("grp")?,
            hold_reason: row.try_get("hold_reason")?,
            trashed_at: row.try_get::<Option<i64>, _>("trashed_at")?.map(At),
            state: match row.try_get("state")? {
                0_i64 => StoredState::Good,
                1 => StoredState::Missing,
                _ => StoredState::Changed,
            },
            notes: row.try_get::<i64, _>("notes")?.try_into().unwrap_or(u32::MAX),
            score: row.try_get::<Option<f64>, _>("score")?.map(|score| score as f32),
        })
    }
}

/// Stored numbers: append only, as are those below.
pub(crate) fn started_code(by: StartedBy) -> i64 {
    match by {
        StartedBy::FileName => 0,
        StartedBy::SideFile => 1,
        StartedBy::FileTime => 2,
    }
}

pub(crate) fn state_code(state: StoredState) -> i64 {
    match state {
        StoredState::Good => 0,
        StoredState::Missing => 1,
        StoredState::Changed => 2,
    }
}

pub(crate) fn match_code(matched: RecordingMatch) -> i64 {
    match matched {
        RecordingMatch::None => 0,
        RecordingMatch::CallId => 1,
        RecordingMatch::Score => 2,
        RecordingMatch::ByHand => 3,
        RecordingMatch::NoneByHand => 4,
    }
}

fn match_of(code: i64) -> RecordingMatch {
    match code {
        1 => RecordingMatch::CallId,
        2 => RecordingMatch::Score,
        3 => RecordingMatch::ByHand,
        4 => RecordingMatch::NoneByHand,
        _ => RecordingMatch::None,
    }
}

pub(crate) fn direction_code(direction: Direction) -> i64 {
    match direction {
        Direction::Inbound => 0,
        Direction::Outbound => 1,
        Direction::Internal => 2,
    }
}

fn direction_of(code: Option<i64>) -> Option<Direction> {
    match code? {
        0 => Some(Direction::Inbound),
        1 => Some(Direction::Outbound),
        2 => Some(Direction::Internal),
        _ => None,
    }
}
