//! Table `names`: extensions and hunt groups with the names the sources gave them.

use crate::bulk::Insert;
use crate::{NameKind, NameSeen, Reader, StoreError};
use model::{At, SiteId};
use sqlx::sqlite::SqliteConnection;
use std::sync::LazyLock;

/// An extension or hunt group of a site. `name` is empty where none is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub site: SiteId,
    pub kind: NameKind,
    pub number: String,
    pub name: String,
    pub first_seen_at: At,
    pub last_seen_at: At,
}

impl Reader {
    /// Extensions, then groups, each by number.
    pub async fn names(&self, site: SiteId) -> Result<Vec<Named>, StoreError> {
        let mut all = every(&mut *self.snapshot().await?).await?;
        all.retain(|named| named.site == site);
        Ok(all)
    }
}

/// Of all sites; an office has some hundreds.
pub(crate) async fn every(connection: &mut SqliteConnection) -> Result<Vec<Named>, StoreError> {
    let rows: Vec<(i64, i64, String, String, i64, i64)> = sqlx::query_as(
        "SELECT site, kind, number, name, first_seen_at, last_seen_at FROM names ORDER BY site, kind, number",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(site, kind, number, name, first_seen_at, last_seen_at)| {
            Ok(Named {
                site: SiteId(site),
                kind: kind_of(kind)?,
                number,
                name,
                first_seen_at: At(first_seen_at),
                last_seen_at: At(last_seen_at),
            })
        })
        .collect()
}

/// The latest name that is not empty stands.
pub(crate) async fn see(connection: &mut SqliteConnection, names: &[NameSeen]) -> Result<(), StoreError> {
    static INSERT: LazyLock<Insert> = LazyLock::new(|| {
        Insert::new(
            "INSERT INTO names (site, kind, number, name, first_seen_at, last_seen_at)",
            6,
            "ON CONFLICT (site, kind, number) DO UPDATE SET
                name = CASE WHEN excluded.name != '' AND (name = '' OR excluded.last_seen_at >= last_seen_at)
                    THEN excluded.name ELSE name END,
                first_seen_at = min(first_seen_at, excluded.first_seen_at),
                last_seen_at = max(last_seen_at, excluded.last_seen_at)",
        )
    });
    INSERT
        .run(connection, names, |values, seen| {
            values.add(seen.site.0)?.add(code_of(seen.kind))?;
            values.text(Some(&seen.number))?.text(Some(&seen.name))?;
            values.add(seen.seen_at.0)?.add(seen.seen_at.0)?;
            Ok(())
        })
        .await
}

fn code_of(kind: NameKind) -> i64 {
    match kind {
        NameKind::Extension => 0,
        NameKind::Group => 1,
    }
}

fn kind_of(code: i64) -> Result<NameKind, StoreError> {
    match code {
        0 => Ok(NameKind::Extension),
        1 => Ok(NameKind::Group),
        _ => Err(StoreError::damaged("a name belongs to no known kind of number")),
    }
}
