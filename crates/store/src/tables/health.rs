//! Table `health`: what went wrong, each thing once with how often it did.

use crate::{HealthKind, HealthNote, Reader, StoreError};
use model::{At, SiteId};
use sqlx::sqlite::SqliteConnection;

/// Longest text that is stored, in characters: what a source sends may end up in it.
const SAYS_MAX_CHARS: usize = 500;

/// Entries kept: a source that never says the same twice must not fill the disk. The list shows far fewer.
const KEPT: i64 = 2_000;

/// One line of the health list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthEntry {
    pub site: Option<SiteId>,
    pub kind: HealthKind,
    pub says: String,
    pub first_at: At,
    pub last_at: At,
    pub times: u64,
}

impl Reader {
    /// The latest first.
    pub async fn health(&self, limit: u32) -> Result<Vec<HealthEntry>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(Option<i64>, i64, String, i64, i64, i64)> = sqlx::query_as(
            "SELECT site, kind, says, first_at, last_at, times FROM health
             ORDER BY last_at DESC, id DESC LIMIT ?",
        )
        .bind(limit)
        .fetch_all(&mut *snapshot)
        .await?;
        rows.into_iter()
            .map(|(site, kind, says, first_at, last_at, times)| {
                Ok(HealthEntry {
                    site: site.map(SiteId),
                    kind: kind_of(kind)?,
                    says,
                    first_at: At(first_at),
                    last_at: At(last_at),
                    times: times.cast_unsigned(),
                })
            })
            .collect()
    }
}

pub(crate) async fn note(connection: &mut SqliteConnection, notes: &[HealthNote]) -> Result<(), StoreError> {
    if notes.is_empty() {
        return Ok(());
    }
    for note in notes {
        let says: String = note.says.chars().take(SAYS_MAX_CHARS).collect();
        sqlx::query(
            "INSERT INTO health (site, kind, says, first_at, last_at, times) VALUES (?1, ?2, ?3, ?4, ?4, 1)
             ON CONFLICT (ifnull(site, 0), kind, says) DO UPDATE SET
                times = times + 1,
                first_at = min(first_at, excluded.first_at),
                last_at = max(last_at, excluded.last_at)",
        )
        .bind(note.site.map(|site| site.0))
        .bind(code_of(note.kind))
        .bind(says)
        .bind(note.at.0)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query(
        "DELETE FROM health WHERE id IN (SELECT id FROM health ORDER BY last_at DESC, id DESC LIMIT -1 OFFSET ?)",
    )
    .bind(KEPT)
    .execute(connection)
    .await?;
    Ok(())
}

/// Stored numbers: append only.
fn code_of(kind: HealthKind) -> i64 {
    match kind {
        HealthKind::Link => 1,
        HealthKind::Quarantine => 2,
        HealthKind::Protocol => 3,
        HealthKind::Gap => 4,
        HealthKind::Keychain => 5,
        HealthKind::Library => 6,
    }
}

fn kind_of(code: i64) -> Result<HealthKind, StoreError> {
    match code {
        1 => Ok(HealthKind::Link),
        2 => Ok(HealthKind::Quarantine),
        3 => Ok(HealthKind::Protocol),
        4 => Ok(HealthKind::Gap),
        5 => Ok(HealthKind::Keychain),
        6 => Ok(HealthKind::Library),
        _ => Err(StoreError::damaged("a health entry is of no known kind")),
    }
}
