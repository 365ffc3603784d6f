//! Table `intake_files`: what became of each file of a source, so that each is read once.

use crate::hand::begin;
use crate::recordings::write::{self, NewRecording};
use crate::{Hand, Reader, StoreError};
use model::{At, RecordingId};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{FromRow, Row};

/// A file of a source. The same name with another size or time of change is another file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeenFile {
    /// `None`: given by hand.
    pub source: Option<i64>,
    /// Within the source's folder.
    pub file: String,
    pub bytes: u64,
    pub changed_at: At,
}

/// A file whose intake begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIntakeFile {
    pub seen: SeenFile,
    pub seen_at: At,
    /// JSON: what to finish or to undo.
    pub detail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    Taken,
    /// The same sound was there already, under another name.
    TakenBefore,
    Refused,
    OnItsWay,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeFile {
    pub id: i64,
    pub seen: SeenFile,
    pub seen_at: At,
    pub became: Became,
    /// Of one on its way: JSON that says what to finish or to undo. Of a refused one: why, as a sentence.
    pub detail: Option<String>,
    /// Of a refused one: the copy that is kept aside, within the library's folder.
    pub aside: Option<String>,
    pub recording: Option<RecordingId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Its row's id.
    New(i64),
    /// It was dealt with before, or is on its way.
    Known(IntakeFile),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TookIn {
    New(RecordingId),
    /// The same sound is in the library already.
    Before(RecordingId),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IntakeToday {
    pub taken: u64,
    pub matched: u64,
}

impl Reader {
    /// What is known of files, in their order.
    pub async fn known_files(&self, files: &[SeenFile]) -> Result<Vec<Option<IntakeFile>>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let mut known = Vec::with_capacity(files.len());
        for file in files {
            known.push(get(&mut snapshot, file).await?);
        }
        Ok(known)
    }

    /// Files that could not be read, the newest first.
    pub async fn refused_files(&self, limit: u32) -> Result<Vec<IntakeFile>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_as(
            "SELECT * FROM intake_files INDEXED BY intake_files_refused WHERE became = 2
             ORDER BY seen_at DESC, id DESC LIMIT ?",
        )
        .bind(limit)
        .fetch_all(&mut *snapshot)
        .await?)
    }

    /// Files whose intake has begun and not ended: after a start, those whose intake was cut off.
    pub async fn files_on_their_way(&self) -> Result<Vec<IntakeFile>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_as("SELECT * FROM intake_files WHERE became = 3 ORDER BY id")
            .fetch_all(&mut *snapshot)
            .await?)
    }

    /// The last names of files that came.
    pub async fn last_file_names(&self, limit: u32) -> Result<Vec<String>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_scalar("SELECT file FROM intake_files ORDER BY id DESC LIMIT ?")
            .bind(limit)
            .fetch_all(&mut *snapshot)
            .await?)
    }

    /// Which recording has this sound, be it in the trash.
    pub async fn recording_of_sound(&self, sha256: &[u8]) -> Result<Option<RecordingId>, StoreError> {
        of_sound(&mut *self.snapshot().await?, sha256).await
    }

    /// Whether a stored file is some recording's.
    pub async fn is_stored(&self, pool: i64, file: &str, sha256: &[u8]) -> Result<bool, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM recordings
                WHERE original_sha256 = ?3 AND pool = ?1 AND (stored_file = ?2 OR original_file = ?2))",
        )
        .bind(pool)
        .bind(file)
        .bind(sha256)
        .fetch_one(&mut *snapshot)
        .await?)
    }

    /// Recordings taken in since then.
    pub async fn taken_since(&self, since: At) -> Result<IntakeToday, StoreError> {
        let mut snapshot = self.snapshot().await?;
        // Ids are in the order of taking in: only those since then are looked at.
        let (taken, matched): (i64, i64) = sqlx::query_as(
            "SELECT count(*), count(call) FROM recordings WHERE id > ifnull(
                (SELECT id FROM recordings WHERE taken_at < ? ORDER BY id DESC LIMIT 1), 0)",
        )
        .bind(since.0)
        .fetch_one(&mut *snapshot)
        .await?;
        Ok(IntakeToday { taken: taken.cast_unsigned(), matched: matched.cast_unsigned() })
    }
}

impl Hand {
    /// Notes that a file is on its way, unless it is known already.
    pub async fn begin_intake(&self, new: &NewIntakeFile) -> Result<Begun, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        if let Some(known) = get(&mut transaction, &new.seen).await? {
            return Ok(Begun::Known(known));
        }
        let id = sqlx::query(
            "INSERT INTO intake_files (source, file, bytes, changed_at, seen_at, became, detail)
             VALUES (?, ?, ?, ?, ?, 3, ?)",
        )
        .bind(new.seen.source)
        .bind(&new.seen.file)
        .bind(new.seen.bytes.cast_signed())
        .bind(new.seen.changed_at.0)
        .bind(new.seen_at.0)
        .bind(&new.detail)
        .execute(&mut *transaction)
        .await?
        .last_insert_rowid();
        transaction.commit().await?;
        Ok(Begun::New(id))
    }

    /// How far a file on its way is, before the next step is taken.
    pub async fn note_intake(&self, id: i64, detail: &str) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query("UPDATE intake_files SET became = 3, detail = ?, aside = NULL WHERE id = ?")
            .bind(detail)
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// The recording with its first version, its people and its words, and the file as taken in: all or nothing.
    pub async fn take_in(&self, file: i64, new: &NewRecording) -> Result<TookIn, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let took = match of_sound(&mut transaction, &new.original_sha256).await? {
            Some(known) => TookIn::Before(known),
            None => TookIn::New(write::insert(&mut transaction, new).await?),
        };
        let (became, recording) = match took {
            TookIn::New(id) => (Became::Taken, id),
            TookIn::Before(id) => (Became::TakenBefore, id),
        };
        end(&mut transaction, file, became, None, None, Some(recording)).await?;
        transaction.commit().await?;
        Ok(took)
    }

    /// As [`Hand::take_in`], for many whose files are in place and came from no source: all or none of them.
    pub async fn take_in_placed(&self, all: &[NewRecording]) -> Result<Vec<TookIn>, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let mut took = Vec::with_capacity(all.len());
        for new in all {
            took.push(match of_sound(&mut transaction, &new.original_sha256).await? {
                Some(known) => TookIn::Before(known),
                None => TookIn::New(write::insert(&mut transaction, new).await?),
            });
        }
        transaction.commit().await?;
        Ok(took)
    }

    /// The same sound is in the library already.
    pub async fn taken_before(&self, file: i64, recording: RecordingId) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        end(&mut transaction, file, Became::TakenBefore, None, None, Some(recording)).await?;
        Ok(transaction.commit().await?)
    }

    pub async fn refuse_file(&self, file: i64, why: &str, aside: Option<&str>) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        end(&mut transaction, file, Became::Refused, Some(why), aside, None).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes refused files off the list; they stay known, so that their sources do not bring them again.
    pub async fn forget_refused(&self, files: &[i64]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        for file in files {
            sqlx::query(
                "UPDATE intake_files SET became = 1, detail = NULL, aside = NULL WHERE id = ? AND became = 2",
            )
            .bind(file)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// As if a file had never been seen.
    pub async fn forget_file(&self, file: i64) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query("DELETE FROM intake_files WHERE id = ?").bind(file).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }
}

async fn end(
    connection: &mut SqliteConnection,
    file: i64,
    became: Became,
    detail: Option<&str>,
    aside: Option<&str>,
    recording: Option<RecordingId>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE intake_files SET became = ?, detail = ?, aside = ?, recording = ? WHERE id = ?")
        .bind(match became {
            Became::Taken => 0,
            Became::TakenBefore => 1,
            Became::Refused => 2,
            Became::OnItsWay => 3,
        })
        .bind(detail)
        .bind(aside)
        .bind(recording.map(|recording| recording.0))
        .bind(file)
        .execute(connection)
        .await?;
    Ok(())
}

async fn get(connection: &mut SqliteConnection, file: &SeenFile) -> Result<Option<IntakeFile>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT * FROM intake_files
         WHERE ifnull(source, 0) = ifnull(?, 0) AND file = ? AND bytes = ? AND changed_at = ?",
    )
    .bind(file.source)
    .bind(&file.file)
    .bind(file.bytes.cast_signed())
    .bind(file.changed_at.0)
    .fetch_optional(connection)
    .await?)
}

async fn of_sound(
    connection: &mut SqliteConnection,
    sha256: &[u8],
) -> Result<Option<RecordingId>, StoreError> {
    let id: Option<i64> = sqlx::query_scalar("SELECT id FROM recordings WHERE original_sha256 = ?")
        .bind(sha256)
        .fetch_optional(connection)
        .await?;
    Ok(id.map(RecordingId))
}

impl FromRow<'_, SqliteRow> for IntakeFile {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            seen: SeenFile {
                source: row.try_get("source")?,
                file: row.try_get("file")?,
                bytes: row.try_get::<i64, _>("bytes")?.cast_unsigned(),
                changed_at: At(row.try_get("changed_at")?),
            },
            seen_at: At(row.try_get("seen_at")?),
            became: match row.try_get::<i64, _>("became")? {
                0 => Became::Taken,
                1 => Became::TakenBefore,
                2 => Became::Refused,
                _ => Became::OnItsWay,
            },
            detail: row.try_get("detail")?,
            aside: row.try_get("aside")?,
            recording: row.try_get::<Option<i64>, _>("recording")?.map(RecordingId),
        })
    }
}
