//! Table `sites`: the phone systems and how they are reached. Passwords are never here.

use crate::tables::keys;
use crate::{Reader, StoreError};
use model::{At, SiteId};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{FromRow, Row};

/// A site as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// 0: not stored yet.
    pub id: SiteId,
    pub name: String,
    /// IANA zone of the PBX's clock.
    pub time_zone: String,
    /// Digits dialled to get an outside line, a list with commas.
    pub access_digits: String,
    /// ISO 3166 code of the country whose numbers are dialled here.
    pub country: Option<String>,
    pub devlink: Option<DevlinkSettings>,
    pub smdr: Option<SmdrSettings>,
    /// Set: it is not listened to any more, and named only for its old calls.
    pub removed_at: Option<At>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DevlinkSettings {
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    pub user: String,
    /// SHA-256 of the certificate that is trusted, in hex; `None` before the first connection.
    pub fingerprint: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Tcp,
    Tls,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmdrSettings {
    pub mode: SmdrMode,
    /// Listen: the local address. Connect: the PBX.
    pub host: String,
    pub port: u16,
    /// Listen: the only address that may deliver, where one is set.
    pub only_from: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmdrMode {
    /// The PBX connects to us.
    Listen,
    /// We connect to the PBX.
    Connect,
}

impl Reader {
    /// All sites, removed ones included, in the order in which they were added.
    pub async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        all(&mut *self.snapshot().await?).await
    }
}

pub(crate) async fn all(connection: &mut SqliteConnection) -> Result<Vec<Site>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM sites ORDER BY id").fetch_all(connection).await?)
}

pub(crate) async fn save(connection: &mut SqliteConnection, site: &Site) -> Result<SiteId, StoreError> {
    if site.id == SiteId(0) {
        return insert(connection, site).await;
    }
    keys::make_due(connection, site).await?;
    let changed = with_settings(
        sqlx::query(
            "UPDATE sites SET name = ?, time_zone = ?, access_digits = ?, country = ?, devlink_host = ?,
                devlink_port = ?, devlink_tls = ?, devlink_user = ?, devlink_fingerprint = ?, smdr_mode = ?,
                smdr_host = ?, smdr_port = ?, smdr_only_from = ?, removed_at = NULL
             WHERE id = ?",
        ),
        site,
    )
    .bind(site.id.0)
    .execute(connection)
    .await?;
    if changed.rows_affected() == 0 { Err(StoreError::UnknownSite) } else { Ok(site.id) }
}

pub(crate) async fn remove(
    connection: &mut SqliteConnection,
    site: SiteId,
    removed_at: At,
) -> Result<(), StoreError> {
    let changed = sqlx::query("UPDATE sites SET removed_at = ifnull(removed_at, ?) WHERE id = ?")
        .bind(removed_at.0)
        .bind(site.0)
        .execute(connection)
        .await?;
    if changed.rows_affected() == 0 { Err(StoreError::UnknownSite) } else { Ok(()) }
}

async fn insert(connection: &mut SqliteConnection, site: &Site) -> Result<SiteId, StoreError> {
    let done = with_settings(
        sqlx::query(
            "INSERT INTO sites (name, time_zone, access_digits, country, devlink_host, devlink_port, devlink_tls,
                devlink_user, devlink_fingerprint, smdr_mode, smdr_host, smdr_port, smdr_only_from)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ),
        site,
    )
    .execute(connection)
    .await?;
    Ok(SiteId(done.last_insert_rowid()))
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

fn with_settings<'q>(query: Query<'q>, site: &'q Site) -> Query<'q> {
    let devlink = site.devlink.as_ref();
    let smdr = site.smdr.as_ref();
    query
        .bind(&site.name)
        .bind(&site.time_zone)
        .bind(&site.access_digits)
        .bind(site.country.as_ref())
        .bind(devlink.map(|settings| &settings.host))
        .bind(devlink.map(|settings| settings.port))
        .bind(devlink.map(|settings| settings.transport == Transport::Tls))
        .bind(devlink.map(|settings| &settings.user))
        .bind(devlink.and_then(|settings| settings.fingerprint.as_ref()))
        .bind(smdr.map(|settings| settings.mode == SmdrMode::Connect))
        .bind(smdr.map(|settings| &settings.host))
        .bind(smdr.map(|settings| settings.port))
        .bind(smdr.and_then(|settings| settings.only_from.as_ref()))
}

impl FromRow<'_, SqliteRow> for Site {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let devlink = match row.try_get::<Option<String>, _>("devlink_host")? {
            None => None,
            Some(host) => Some(DevlinkSettings {
                host,
                port: row.try_get("devlink_port")?,
                transport: if row.try_get("devlink_tls")? { Transport::Tls } else { Transport::Tcp },
                user: row.try_get("devlink_user")?,
                fingerprint: row.try_get("devlink_fingerprint")?,
            }),
        };
        let smdr = match row.try_get::<Option<String>, _>("smdr_host")? {
            None => None,
            Some(host) => Some(SmdrSettings {
                host,
                mode: if row.try_get("smdr_mode")? { SmdrMode::Connect } else { SmdrMode::Listen },
                port: row.try_get("smdr_port")?,
                only_from: row.try_get("smdr_only_from")?,
            }),
        };
        Ok(Site {
            id: SiteId(row.try_get("id")?),
            name: row.try_get("name")?,
            time_zone: row.try_get("time_zone")?,
            access_digits: row.try_get("access_digits")?,
            country: row.try_get("country")?,
            devlink,
            smdr,
            removed_at: row.try_get::<Option<i64>, _>("removed_at")?.map(At),
        })
    }
}
