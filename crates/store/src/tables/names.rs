//! Tables `pbx_names` and `given_names`: what numbers within the office are called.

use crate::{NameKind, NameSeen, Reader, StoreError, ToldBy};
use model::{At, SiteId};
use sqlx::sqlite::SqliteConnection;

/// What the PBX calls a number from `since` on, until the next row of the same `told_by`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PbxName {
    pub site: SiteId,
    pub kind: NameKind,
    pub number: String,
    pub told_by: ToldBy,
    pub since: At,
    pub name: String,
}

/// A number that people can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nameable {
    Group,
    Trunk,
}

/// What people call a hunt group or a trunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenName {
    pub site: SiteId,
    pub kind: Nameable,
    pub number: String,
    pub name: String,
}

impl Reader {
    /// Of all sites, by site, kind, number, who told it, and time.
    pub async fn pbx_names(&self) -> Result<Vec<PbxName>, StoreError> {
        pbx_names(&mut *self.snapshot().await?).await
    }

    pub async fn given_names(&self) -> Result<Vec<GivenName>, StoreError> {
        given_names(&mut *self.snapshot().await?).await
    }
}

pub(crate) async fn pbx_names(connection: &mut SqliteConnection) -> Result<Vec<PbxName>, StoreError> {
    let rows: Vec<(i64, i64, String, i64, i64, String)> = sqlx::query_as(
        "SELECT site, kind, number, told_by, since, name FROM pbx_names
         ORDER BY site, kind, number, told_by, since",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(site, kind, number, told_by, since, name)| {
            Ok(PbxName {
                site: SiteId(site),
                kind: kind_of(kind)?,
                number,
                told_by: teller_of(told_by)?,
                since: At(since),
                name,
            })
        })
        .collect()
}

pub(crate) async fn given_names(connection: &mut SqliteConnection) -> Result<Vec<GivenName>, StoreError> {
    let rows: Vec<(i64, i64, String, String)> =
        sqlx::query_as("SELECT site, kind, number, name FROM given_names ORDER BY site, kind, number")
            .fetch_all(connection)
            .await?;
    rows.into_iter()
        .map(|(site, kind, number, name)| {
            Ok(GivenName { site: SiteId(site), kind: nameable_of(kind)?, number, name })
        })
        .collect()
}

/// Notes what is news, in whatever order it comes: a log of last year may be read after this year's.
pub(crate) async fn see(connection: &mut SqliteConnection, names: &[NameSeen]) -> Result<(), StoreError> {
    for seen in names.iter().filter(|seen| !seen.name.text.is_empty()) {
        see_one(connection, seen).await?;
    }
    Ok(())
}

async fn see_one(connection: &mut SqliteConnection, seen: &NameSeen) -> Result<(), StoreError> {
    let key = (seen.site.0, kind_code(seen.kind), seen.number.as_str(), teller_code(seen.name.told_by));
    let at = seen.name.at.0;
    let before: Option<String> = sqlx::query_scalar(
        "SELECT name FROM pbx_names WHERE site = ? AND kind = ? AND number = ? AND told_by = ? AND since <= ?
         ORDER BY since DESC LIMIT 1",
    )
    .bind(key.0)
    .bind(key.1)
    .bind(key.2)
    .bind(key.3)
    .bind(at)
    .fetch_optional(&mut *connection)
    .await?;
    if before.is_some_and(|before| before == seen.name.text) {
        return Ok(());
    }
    let after: Option<(i64, String)> = sqlx::query_as(
        "SELECT since, name FROM pbx_names WHERE site = ? AND kind = ? AND number = ? AND told_by = ? AND since > ?
         ORDER BY since LIMIT 1",
    )
    .bind(key.0)
    .bind(key.1)
    .bind(key.2)
    .bind(key.3)
    .bind(at)
    .fetch_optional(&mut *connection)
    .await?;
    if let Some((since, _)) = after.filter(|(_, name)| *name == seen.name.text) {
        // It had that name earlier than was known.
        sqlx::query(
            "DELETE FROM pbx_names WHERE site = ? AND kind = ? AND number = ? AND told_by = ? AND since = ?",
        )
        .bind(key.0)
        .bind(key.1)
        .bind(key.2)
        .bind(key.3)
        .bind(since)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query(
        "INSERT OR REPLACE INTO pbx_names (site, kind, number, told_by, since, name) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(key.0)
    .bind(key.1)
    .bind(key.2)
    .bind(key.3)
    .bind(at)
    .bind(seen.name.text.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// `None` goes back to what the PBX calls it.
pub(crate) async fn give(
    connection: &mut SqliteConnection,
    site: SiteId,
    kind: Nameable,
    number: &str,
    name: Option<&str>,
) -> Result<(), StoreError> {
    let Some(name) = name else {
        sqlx::query("DELETE FROM given_names WHERE site = ? AND kind = ? AND number = ?")
            .bind(site.0)
            .bind(nameable_code(kind))
            .bind(number)
            .execute(connection)
            .await?;
        return Ok(());
    };
    sqlx::query("INSERT OR REPLACE INTO given_names (site, kind, number, name) VALUES (?, ?, ?, ?)")
        .bind(site.0)
        .bind(nameable_code(kind))
        .bind(number)
        .bind(name)
        .execute(connection)
        .await?;
    Ok(())
}

/// Stored numbers: append only.
fn kind_code(kind: NameKind) -> i64 {
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

fn teller_code(told_by: ToldBy) -> i64 {
    match told_by {
        ToldBy::List => 0,
        ToldBy::Link => 1,
        ToldBy::Record => 2,
    }
}

fn teller_of(code: i64) -> Result<ToldBy, StoreError> {
    match code {
        0 => Ok(ToldBy::List),
        1 => Ok(ToldBy::Link),
        2 => Ok(ToldBy::Record),
        _ => Err(StoreError::damaged("a name was told by nobody that is known")),
    }
}

fn nameable_code(kind: Nameable) -> i64 {
    match kind {
        Nameable::Group => 1,
        Nameable::Trunk => 2,
    }
}

fn nameable_of(code: i64) -> Result<Nameable, StoreError> {
    match code {
        1 => Ok(Nameable::Group),
        2 => Ok(Nameable::Trunk),
        _ => Err(StoreError::damaged("a name given by hand belongs to no known kind of number")),
    }
}
