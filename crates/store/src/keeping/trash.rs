//! Trash, legal hold, deletion for good. Each change is noted in the audit log with it.

use crate::audit::{self, Deed};
use crate::hand::begin;
use crate::{Hand, StoreError, marks};
use model::{At, CallId, RecordingId};
use sqlx::sqlite::SqliteConnection;

/// Why one recording was left as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Unknown,
    Held,
    InTrash,
    NotInTrash,
}

impl Hand {
    /// Into the trash, but for those that are held, there already or unknown. Each done is noted as `deed` says.
    pub async fn trash(&self, ids: &[RecordingId], deed: &Deed) -> Result<Vec<Option<Left>>, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let mut left = Vec::with_capacity(ids.len());
        for id in ids {
            let why = match standing(&mut transaction, *id).await? {
                None => Some(Left::Unknown),
                Some((true, _)) => Some(Left::Held),
                Some((_, true)) => Some(Left::InTrash),
                Some((false, false)) => None,
            };
            if why.is_none() {
                set_trashed(&mut transaction, *id, Some(deed.at)).await?;
                audit::append(&mut transaction, &self.witness, &[of(deed, *id)]).await?;
            }
            left.push(why);
        }
        transaction.commit().await?;
        Ok(left)
    }

    /// Out of the trash.
    pub async fn restore(&self, ids: &[RecordingId], deed: &Deed) -> Result<Vec<Option<Left>>, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let mut left = Vec::with_capacity(ids.len());
        for id in ids {
            let why = match standing(&mut transaction, *id).await? {
                None => Some(Left::Unknown),
                Some((_, false)) => Some(Left::NotInTrash),
                Some((_, true)) => None,
            };
            if why.is_none() {
                set_trashed(&mut transaction, *id, None).await?;
                audit::append(&mut transaction, &self.witness, &[of(deed, *id)]).await?;
            }
            left.push(why);
        }
        transaction.commit().await?;
        Ok(left)
    }

    /// Legal hold, on with a reason or off. One that is in the trash comes out of it when it is held.
    pub async fn hold(
        &self,
        ids: &[RecordingId],
        reason: Option<&str>,
        deed: &Deed,
    ) -> Result<Vec<Option<Left>>, StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let mut left = Vec::with_capacity(ids.len());
        for id in ids {
            let changed = sqlx::query(
                "UPDATE recordings SET hold_reason = ?1, trashed_at = iif(?1 IS NULL, trashed_at, NULL)
                 WHERE id = ?2",
            )
            .bind(reason)
            .bind(id.0)
            .execute(&mut *transaction)
            .await?;
            let unknown = changed.rows_affected() == 0;
            if !unknown {
                audit::append(&mut transaction, &self.witness, &[of(deed, *id)]).await?;
            }
            left.push(unknown.then_some(Left::Unknown));
        }
        transaction.commit().await?;
        Ok(left)
    }

    /// Takes a recording out of the library whose files are gone. What was written about it stays with its call.
    pub async fn delete_recording(&self, id: RecordingId, deed: &Deed) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        let call: Option<Option<i64>> = sqlx::query_scalar(
            "SELECT call FROM recordings WHERE id = ? AND trashed_at IS NOT NULL AND hold_reason IS NULL",
        )
        .bind(id.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let call = call.ok_or(StoreError::UnknownRecording)?;
        for statement in [
            "UPDATE notes SET call = ?2 WHERE recording = ?1 AND call IS NULL AND ?2 IS NOT NULL",
            "DELETE FROM notes WHERE recording = ?1 AND call IS NULL AND ?2 IS NULL",
            "UPDATE scores SET call = ?2 WHERE recording = ?1 AND call IS NULL AND ?2 IS NOT NULL",
            "DELETE FROM tags WHERE recording <> 0 AND recording = ?1 AND ifnull(?2, 0) IS NOT NULL",
            "DELETE FROM recording_words WHERE rowid = ?1 AND ifnull(?2, 0) IS NOT NULL",
            "DELETE FROM recordings WHERE id = ?1 AND ifnull(?2, 0) IS NOT NULL",
        ] {
            sqlx::query(statement).bind(id.0).bind(call).execute(&mut *transaction).await?;
        }
        marks::changed(&mut transaction, call.map(CallId), None).await?;
        audit::append(&mut transaction, &self.witness, std::slice::from_ref(deed)).await?;
        Ok(transaction.commit().await?)
    }
}

fn of(deed: &Deed, recording: RecordingId) -> Deed {
    Deed { recording: Some(recording), ..deed.clone() }
}

/// Whether it is held, and whether it is in the trash.
async fn standing(
    connection: &mut SqliteConnection,
    id: RecordingId,
) -> Result<Option<(bool, bool)>, StoreError> {
    Ok(sqlx::query_as("SELECT hold_reason IS NOT NULL, trashed_at IS NOT NULL FROM recordings WHERE id = ?")
        .bind(id.0)
        .fetch_optional(connection)
        .await?)
}

pub(crate) async fn set_trashed(
    connection: &mut SqliteConnection,
    id: RecordingId,
    at: Option<At>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE recordings SET trashed_at = ? WHERE id = ?")
        .bind(at.map(|at| at.0))
        .bind(id.0)
        .execute(connection)
        .await?;
    Ok(())
}
