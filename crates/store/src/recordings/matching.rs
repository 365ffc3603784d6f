//! Recordings and their calls: what is to be matched, and what came of it.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::recordings::row::{self, Recording, direction_code, match_code};
use crate::recordings::write::set_people;
use crate::tables::calls;
use crate::{Hand, Reader, StoreError, marks};
use model::{At, Call, CallId, Direction, RecordingId, RecordingMatch};
use std::sync::LazyLock;

/// What a recording has of its call, or of its own name where it has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatchWrite {
    pub id: RecordingId,
    pub call: Option<CallId>,
    pub matched: RecordingMatch,
    pub confidence: Option<f32>,
    pub reasons: Vec<String>,
    pub direction: Option<Direction>,
    pub number: Option<String>,
    pub number_key: Option<String>,
    pub name: Option<String>,
    pub group: Option<String>,
    pub people: Vec<String>,
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchDecision {
    /// What was decided by hand stays.
    Rules,
    Person,
}

/// A call is looked for up to this long before: longer ones are faults of a line.
const LONGEST_CALL_MS: i64 = 24 * 3_600_000;

static CALLS_BETWEEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM calls c INDEXED BY calls_by_start
         WHERE c.started_at >= ? AND c.started_at < ? AND c.counted = 1 AND ifnull(c.ended_at, ?) >= ?
         ORDER BY c.started_at, c.id",
        calls::COLUMNS
    )
});

/// Asked for each call that goes: of that one only.
pub(crate) const RECORDINGS_OF_GONE_CALL: &str =
    "SELECT r.started_at FROM recordings r INDEXED BY recordings_by_call
    WHERE r.call = ?1 AND r.call IS NOT NULL AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = ?1)";

impl Reader {
    /// Recordings that began in a time and whose call the rules decide, in order of time.
    pub async fn recordings_to_match(&self, from: At, to: At) -> Result<Vec<Recording>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(sqlx::query_as(
            "SELECT * FROM recordings INDEXED BY recordings_by_start
             WHERE started_at >= ? AND started_at < ? AND matched < 3 AND trashed_at IS NULL
             ORDER BY started_at, id",
        )
        .bind(from.0)
        .bind(to.0)
        .fetch_all(&mut *snapshot)
        .await?)
    }

    /// Calls that were going on in a time; consultations and other parts of calls left out.
    pub async fn calls_going_on(&self, from: At, to: At) -> Result<Vec<Call>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(CALLS_BETWEEN.as_str())
            .bind(from.plus_ms(-LONGEST_CALL_MS).0)
            .bind(to.0)
            .bind(i64::MAX)
            .bind(from.0)
            .fetch_all(&mut *snapshot)
            .await?;
        calls::with_parts(&mut snapshot, rows).await
    }

    /// When the first and the last recording began.
    pub async fn span_of_recordings(&self) -> Result<Option<(At, At)>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let (first, last): (Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT (SELECT min(started_at) FROM recordings WHERE trashed_at IS NULL),
                (SELECT max(started_at) FROM recordings WHERE trashed_at IS NULL)",
        )
        .fetch_one(&mut *snapshot)
        .await?;
        Ok(first.zip(last).map(|(first, last)| (At(first), At(last))))
    }

    /// When the recordings of a call began, if it is not there any more.
    pub async fn recordings_of_gone_call(&self, call: CallId) -> Result<Vec<At>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let times: Vec<i64> =
            sqlx::query_scalar(RECORDINGS_OF_GONE_CALL).bind(call.0).fetch_all(&mut *snapshot).await?;
        Ok(times.into_iter().map(At).collect())
    }

    /// When the next recording after `at` began.
    pub async fn next_recording_from(&self, at: At) -> Result<Option<At>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let next: Option<i64> = sqlx::query_scalar(
            "SELECT min(started_at) FROM recordings WHERE started_at >= ? AND trashed_at IS NULL",
        )
        .bind(at.0)
        .fetch_one(&mut *snapshot)
        .await?;
        Ok(next.map(At))
    }
}

impl Hand {
    /// Writes calls of recordings, and with each what lists show of it. Gives those that were written.
    pub async fn match_recordings(
        &self,
        by: MatchDecision,
        all: &[MatchWrite],
        deeds: &[Deed],
    ) -> Result<Vec<RecordingId>, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let mut written = Vec::new();
        for one in all {
            let Some(before) = row::get(&mut transaction, one.id).await? else { continue };
            let by_hand = matches!(before.matched, RecordingMatch::ByHand | RecordingMatch::NoneByHand);
            if by_hand && by == MatchDecision::Rules {
                continue;
            }
            sqlx::query(
                "UPDATE recordings SET call = ?, matched = ?, confidence = ?, reasons = ?, direction = ?, number = ?,
                    number_key = ?, name = ?, grp = ?, tags_due = 1 WHERE id = ?",
            )
            .bind(one.call.map(|call| call.0))
            .bind(match_code(one.matched))
            .bind(one.confidence.map(f64::from))
            .bind(serde_json::Value::from(one.reasons.as_slice()).to_string())
            .bind(one.direction.map(direction_code))
            .bind(&one.number)
            .bind(&one.number_key)
            .bind(&one.name)
            .bind(&one.group)
            .bind(one.id.0)
            .execute(&mut *transaction)
            .await?;
            let people: Vec<&str> = one.people.iter().map(String::as_str).collect();
            set_people(&mut transaction, one.id, before.started_at, &people).await?;
            marks::matched(&mut transaction, one.id, before.call).await?;
            written.push(one.id);
        }
        audit::append(&mut transaction, &self.witness, deeds).await?;
        transaction.commit().await?;
        Ok(written)
    }
}
