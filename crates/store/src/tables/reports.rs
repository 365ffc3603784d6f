//! Tables `reports`, `report_schedules` and `report_sent`: definitions people made, what goes out when, what went out.

use crate::hand::begin;
use crate::{Hand, Reader, StoreError};
use model::At;

/// Entries of the log that are kept.
const SENT_KEPT: i64 = 5_000;

/// A definition or a schedule, as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub id: i64,
    pub json: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSchedule {
    pub id: i64,
    pub json: String,
    /// Its times up to here were seen to.
    pub done_until: At,
}

/// What became of one time of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentReport {
    pub schedule: i64,
    pub name: String,
    pub due_at: At,
    pub at: At,
    pub state: SentState,
    pub tries: u32,
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentState {
    Sent,
    Waiting,
    Failed,
}

impl SentState {
    fn code(self) -> i64 {
        match self {
            SentState::Sent => 0,
            SentState::Waiting => 1,
            SentState::Failed => 2,
        }
    }

    fn from_code(code: i64) -> Result<Self, StoreError> {
        match code {
            0 => Ok(SentState::Sent),
            1 => Ok(SentState::Waiting),
            2 => Ok(SentState::Failed),
            _ => Err(StoreError::damaged("what became of a report is not known")),
        }
    }
}

type SentRow = (i64, String, i64, i64, i64, u32, String);

impl Reader {
    /// By id.
    pub async fn reports(&self) -> Result<Vec<Stored>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String)> = sqlx::query_as("SELECT id, definition FROM reports ORDER BY id")
            .fetch_all(&mut *snapshot)
            .await?;
        Ok(rows.into_iter().map(|(id, json)| Stored { id, json }).collect())
    }

    /// By id.
    pub async fn schedules(&self) -> Result<Vec<StoredSchedule>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String, i64)> =
            sqlx::query_as("SELECT id, schedule, done_until FROM report_schedules ORDER BY id")
                .fetch_all(&mut *snapshot)
                .await?;
        Ok(rows
            .into_iter()
            .map(|(id, json, done_until)| StoredSchedule { id, json, done_until: At(done_until) })
            .collect())
    }

    /// The newest first.
    pub async fn sent_reports(&self, limit: u32) -> Result<Vec<SentReport>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<SentRow> = sqlx::query_as(
            "SELECT schedule, name, due_at, at, state, tries, says FROM report_sent ORDER BY at DESC, id DESC LIMIT ?",
        )
        .bind(limit)
        .fetch_all(&mut *snapshot)
        .await?;
        rows.into_iter().map(sent).collect()
    }

    /// Those that are to be tried again, the oldest first.
    pub async fn waiting_reports(&self) -> Result<Vec<SentReport>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<SentRow> = sqlx::query_as(
            "SELECT schedule, name, due_at, at, state, tries, says FROM report_sent WHERE state = 1 ORDER BY due_at",
        )
        .fetch_all(&mut *snapshot)
        .await?;
        rows.into_iter().map(sent).collect()
    }
}

impl Hand {
    /// A new one for id 0, else in place of the one with its id. Gives its id.
    pub async fn save_report(&self, report: &Stored) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let id = sqlx::query_scalar(
            "INSERT INTO reports (id, definition) VALUES (nullif(?, 0), ?)
             ON CONFLICT (id) DO UPDATE SET definition = excluded.definition RETURNING id",
        )
        .bind(report.id)
        .bind(&report.json)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(id)
    }

    pub async fn remove_report(&self, id: i64) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query("DELETE FROM reports WHERE id = ?").bind(id).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// A new one for id 0, else in place of the one with its id. Its times up to `done_until` are over.
    pub async fn save_schedule(&self, schedule: &StoredSchedule) -> Result<i64, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let id = sqlx::query_scalar(
            "INSERT INTO report_schedules (id, schedule, done_until) VALUES (nullif(?, 0), ?, ?)
             ON CONFLICT (id) DO UPDATE SET schedule = excluded.schedule, done_until = excluded.done_until
             RETURNING id",
        )
        .bind(schedule.id)
        .bind(&schedule.json)
        .bind(schedule.done_until.0)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// What waited to be tried again is given up with it.
    pub async fn remove_schedule(&self, id: i64) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query("DELETE FROM report_schedules WHERE id = ?").bind(id).execute(&mut *transaction).await?;
        sqlx::query("UPDATE report_sent SET state = 2 WHERE schedule = ? AND state = 1")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// What became of a time of a schedule, in place of what was noted of it before, and how far its times were seen to.
    pub async fn note_sent(&self, sent: &SentReport, done_until: At) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        sqlx::query(
            "INSERT INTO report_sent (schedule, name, due_at, at, state, tries, says) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (schedule, due_at) DO UPDATE SET name = excluded.name, at = excluded.at,
                state = excluded.state, tries = excluded.tries, says = excluded.says",
        )
        .bind(sent.schedule)
        .bind(&sent.name)
        .bind(sent.due_at.0)
        .bind(sent.at.0)
        .bind(sent.state.code())
        .bind(sent.tries)
        .bind(&sent.says)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE report_schedules SET done_until = max(done_until, ?) WHERE id = ?")
            .bind(done_until.0)
            .bind(sent.schedule)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "DELETE FROM report_sent WHERE state != 1
             AND id <= (SELECT id FROM report_sent ORDER BY id DESC LIMIT 1 OFFSET ?)",
        )
        .bind(SENT_KEPT)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }
}

fn sent(row: SentRow) -> Result<SentReport, StoreError> {
    let (schedule, name, due_at, at, state, tries, says) = row;
    let state = SentState::from_code(state)?;
    Ok(SentReport { schedule, name, due_at: At(due_at), at: At(at), state, tries, says })
}
