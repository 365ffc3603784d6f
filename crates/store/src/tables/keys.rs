//! Column `calls.external_e164`: the keys of calls that are there already, made anew after a site's country has changed.

use crate::tables::leaves;
use crate::tables::sites::Site;
use crate::{Reader, StoreError};
use model::{CallId, SiteId};
use sqlx::sqlite::SqliteConnection;

/// A call whose key is to be made anew, with what it is made of and what it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDue {
    pub call: CallId,
    pub external_number: String,
    pub external_e164: Option<String>,
}

/// How far the keys of a site's calls are made anew: those below the id are still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeysDue {
    pub site: SiteId,
    pub below: CallId,
}

impl Reader {
    /// Sites with calls whose keys are still those of another country.
    pub async fn keys_due(&self) -> Result<Vec<KeysDue>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT id, keys_due_below FROM sites WHERE keys_due_below IS NOT NULL ORDER BY id",
        )
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(site, below)| KeysDue { site: SiteId(site), below: CallId(below) })
            .collect())
    }

    /// The next calls whose keys are due, the latest first.
    pub async fn numbers_due(&self, due: KeysDue, limit: u32) -> Result<Vec<KeyDue>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String, Option<String>)> = sqlx::query_as(
            "SELECT id, external_number, external_e164 FROM calls NOT INDEXED
             WHERE id < ? AND site = ? AND external_number IS NOT NULL ORDER BY id DESC LIMIT ?",
        )
        .bind(due.below.0)
        .bind(due.site.0)
        .bind(limit.max(1))
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(call, external_number, external_e164)| KeyDue {
                call: CallId(call),
                external_number,
                external_e164,
            })
            .collect())
    }
}

/// All calls there are become due when what their keys depend on is about to change.
pub(crate) async fn make_due(connection: &mut SqliteConnection, site: &Site) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sites SET keys_due_below = (SELECT max(id) + 1 FROM calls)
         WHERE id = ? AND (country IS NOT ? OR access_digits != ?)",
    )
    .bind(site.id.0)
    .bind(site.country.as_ref())
    .bind(&site.access_digits)
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores keys, and that those below `next` are still due (`None`: none). False, and nothing is stored, when the site's
/// country has changed again meanwhile.
pub(crate) async fn set(
    connection: &mut SqliteConnection,
    due: KeysDue,
    keys: &[(CallId, Option<String>)],
    next: Option<CallId>,
) -> Result<bool, StoreError> {
    let still = sqlx::query("UPDATE sites SET keys_due_below = ? WHERE id = ? AND keys_due_below = ?")
        .bind(next.map(|id| id.0))
        .bind(due.site.0)
        .bind(due.below.0)
        .execute(&mut *connection)
        .await?;
    if still.rows_affected() == 0 {
        return Ok(false);
    }
    leaves::calls_change(connection, keys.iter().map(|(call, _)| *call)).await?;
    for (call, key) in keys {
        sqlx::query("UPDATE calls SET external_e164 = ? WHERE id = ?")
            .bind(key.as_deref())
            .bind(call.0)
            .execute(&mut *connection)
            .await?;
    }
    Ok(true)
}
