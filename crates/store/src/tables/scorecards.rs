//! Tables `scorecards` and `scores`: templates of questions, and what was answered. What questions mean is not known
//! here: they are JSON, and a filled-in card keeps its own.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::tables::calls::id_list;
use crate::{Hand, Reader, StoreError, marks};
use model::{At, CallId, RecordingId, SiteId};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scorecard {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    /// JSON.
    pub questions: String,
    /// How often it was filled in. Not stored with it.
    pub used: u64,
}

/// A card that was filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// 0: not stored yet.
    pub id: i64,
    pub scorecard: i64,
    pub call: Option<CallId>,
    pub recording: Option<RecordingId>,
    pub site: SiteId,
    pub extension: String,
    /// When the call was.
    pub about_at: At,
    pub scored_at: At,
    /// 0 to 100.
    pub percent: Option<f64>,
    /// JSON: the questions as they were, with their answers.
    pub answers: String,
    pub comment: String,
}

/// A [`Score`] with the name that its card has now.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedScore {
    pub score: Score,
    pub name: String,
}

impl Reader {
    /// Those that were not removed, in the order in which they were made.
    pub async fn scorecards(&self) -> Result<Vec<Scorecard>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String, String, i64)> = sqlx::query_as(
            "SELECT c.id, c.name, c.questions, (SELECT count(*) FROM scores s WHERE s.scorecard = c.id)
             FROM scorecards c WHERE c.removed_at IS NULL ORDER BY c.id",
        )
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(id, name, questions, used)| Scorecard { id, name, questions, used: used.cast_unsigned() })
            .collect())
    }

    pub async fn score(&self, id: i64) -> Result<Option<NamedScore>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row = sqlx::query(
            "SELECT s.*, c.name AS card FROM scores s JOIN scorecards c ON c.id = s.scorecard WHERE s.id = ?",
        )
        .bind(id)
        .fetch_optional(&mut *snapshot)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// Those of the calls and of their recordings, in the order in which they were filled in.
    pub async fn scores_of_calls(&self, calls: &[CallId]) -> Result<Vec<NamedScore>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(
            "SELECT s.*, c.name AS card FROM scores s JOIN scorecards c ON c.id = s.scorecard
             WHERE s.id IN (SELECT x.id FROM json_each(?1) w JOIN scores x ON x.call = w.value
                UNION SELECT x.id FROM json_each(?1) w JOIN recordings r ON r.call = w.value
                    JOIN scores x ON x.recording = r.id)
             ORDER BY s.scored_at, s.id",
        )
        .bind(id_list(calls.iter().map(|call| call.0)))
        .fetch_all(&mut *snapshot)
        .await?;
        rows.iter().map(read).collect()
    }

    /// The recording's own and those of its call that are not about another recording of it.
    pub async fn scores_of_recording(&self, recording: RecordingId) -> Result<Vec<NamedScore>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(
            "SELECT s.*, c.name AS card FROM scores s JOIN scorecards c ON c.id = s.scorecard
             WHERE s.id IN (SELECT x.id FROM scores x WHERE x.recording = ?1
                UNION SELECT x.id FROM recordings r JOIN scores x ON x.call = r.call
                    WHERE r.id = ?1 AND x.recording IS NULL)
             ORDER BY s.scored_at, s.id",
        )
        .bind(recording.0)
        .fetch_all(&mut *snapshot)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Of calls in a time, the newest call first.
    pub async fn scores(
        &self,
        from: Option<At>,
        to: Option<At>,
        scorecard: Option<i64>,
    ) -> Result<Vec<NamedScore>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(
            "SELECT s.*, c.name AS card FROM scores s JOIN scorecards c ON c.id = s.scorecard
             WHERE s.about_at >= ?1 AND s.about_at < ?2 AND (?3 IS NULL OR s.scorecard = ?3)
             ORDER BY s.about_at DESC, s.id DESC",
        )
        .bind(from.map_or(i64::MIN, |at| at.0))
        .bind(to.map_or(i64::MAX, |at| at.0))
        .bind(scorecard)
        .fetch_all(&mut *snapshot)
        .await?;
        rows.iter().map(read).collect()
    }
}

impl Hand {
    /// A new card for id 0, else in place of the one with its id. Gives its id.
    pub async fn save_scorecard(&self, card: &Scorecard, deeds: &[Deed]) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let id = if card.id == 0 {
            sqlx::query("INSERT INTO scorecards (name, questions) VALUES (?, ?)")
                .bind(&card.name)
                .bind(&card.questions)
                .execute(&mut *transaction)
                .await?
                .last_insert_rowid()
        } else {
            let changed = sqlx::query(
                "UPDATE scorecards SET name = ?, questions = ? WHERE id = ? AND removed_at IS NULL",
            )
            .bind(&card.name)
            .bind(&card.questions)
            .bind(card.id)
            .execute(&mut *transaction)
            .await?;
            if changed.rows_affected() == 0 {
                return Err(StoreError::UnknownScorecard);
            }
            card.id
        };
        audit::append(&mut transaction, &self.witness, deeds).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// It is offered no more; what was filled in stays.
    pub async fn remove_scorecard(&self, id: i64, at: At, deeds: &[Deed]) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let changed = sqlx::query("UPDATE scorecards SET removed_at = ? WHERE id = ? AND removed_at IS NULL")
            .bind(at.0)
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::UnknownScorecard);
        }
        audit::append(&mut transaction, &self.witness, deeds).await?;
        Ok(transaction.commit().await?)
    }

    /// A new score for id 0, else in place of the one with its id. Gives its id.
    pub async fn save_score(&self, score: &Score) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let id = if score.id == 0 { insert(&mut transaction, score).await? } else { score.id };
        let changed = sqlx::query(
            "UPDATE scores SET scorecard = ?, extension = ?, scored_at = ?, percent = ?, answers = ?, comment = ?
             WHERE id = ?",
        )
        .bind(score.scorecard)
        .bind(&score.extension)
        .bind(score.scored_at.0)
        .bind(score.percent)
        .bind(&score.answers)
        .bind(&score.comment)
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::UnknownScorecard);
        }
        mark(&mut transaction, id).await?;
        transaction.commit().await?;
        Ok(id)
    }

    pub async fn remove_score(&self, id: i64) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let about = about(&mut transaction, id).await?;
        sqlx::query("DELETE FROM scores WHERE id = ?").bind(id).execute(&mut *transaction).await?;
        marks::changed(&mut transaction, about.0.map(CallId), about.1.map(RecordingId)).await?;
        Ok(transaction.commit().await?)
    }
}

async fn insert(connection: &mut SqliteConnection, score: &Score) -> Result<i64, StoreError> {
    Ok(sqlx::query(
        "INSERT INTO scores (scorecard, call, recording, site, extension, about_at, scored_at, answers, comment)
         VALUES (?, ?, ?, ?, ?, ?, ?, '', '')",
    )
    .bind(score.scorecard)
    .bind(score.call.map(|call| call.0))
    .bind(score.recording.map(|recording| recording.0))
    .bind(score.site.0)
    .bind(&score.extension)
    .bind(score.about_at.0)
    .bind(score.scored_at.0)
    .execute(connection)
    .await?
    .last_insert_rowid())
}

async fn about(connection: &mut SqliteConnection, id: i64) -> Result<(Option<i64>, Option<i64>), StoreError> {
    let about = sqlx::query_as("SELECT call, recording FROM scores WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    about.ok_or(StoreError::UnknownScorecard)
}

async fn mark(connection: &mut SqliteConnection, id: i64) -> Result<(), StoreError> {
    let (call, recording) = about(connection, id).await?;
    marks::changed(connection, call.map(CallId), recording.map(RecordingId)).await
}

fn read(row: &SqliteRow) -> Result<NamedScore, StoreError> {
    let score = Score {
        id: row.try_get("id")?,
        scorecard: row.try_get("scorecard")?,
        call: row.try_get::<Option<i64>, _>("call")?.map(CallId),
        recording: row.try_get::<Option<i64>, _>("recording")?.map(RecordingId),
        site: SiteId(row.try_get("site")?),
        extension: row.try_get("extension")?,
        about_at: At(row.try_get("about_at")?),
        scored_at: At(row.try_get("scored_at")?),
        percent: row.try_get("percent")?,
        answers: row.try_get("answers")?,
        comment: row.try_get("comment")?,
    };
    Ok(NamedScore { score, name: row.try_get("card")? })
}
