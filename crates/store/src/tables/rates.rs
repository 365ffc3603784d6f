//! Tables `rate_tables`, `rate_table_sites`, `rate_bands` and `rates`: what carriers ask for calls.

use crate::bulk::Insert;
use crate::{Reader, StoreError};
use model::SiteId;
use sqlx::sqlite::SqliteConnection;
use std::sync::LazyLock;

/// Amounts are in 1/10,000 of the currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateTable {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    pub currency: String,
    /// Empty: all sites that have no table of their own.
    pub sites: Vec<SiteId>,
    pub bands: Vec<RateBand>,
    pub rates: Vec<Rate>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateBand {
    pub name: String,
    /// Monday first.
    pub days: [bool; 7],
    pub from_minute: u16,
    pub to_minute: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Rate {
    pub prefix: String,
    pub label: String,
    pub band: Option<String>,
    pub per_minute: i64,
    pub connect_fee: i64,
    pub minimum: i64,
    pub minimum_seconds: u32,
    pub step_seconds: u32,
}

impl Reader {
    /// In the order in which they were entered.
    pub async fn rate_tables(&self) -> Result<Vec<RateTable>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows: Vec<(i64, String, String)> =
            sqlx::query_as("SELECT id, name, currency FROM rate_tables ORDER BY id")
                .fetch_all(&mut *snapshot)
                .await?;
        let mut tables = Vec::with_capacity(rows.len());
        for (id, name, currency) in rows {
            tables.push(
                with_parts(&mut snapshot, RateTable { id, name, currency, ..RateTable::default() }).await?,
            );
        }
        Ok(tables)
    }

    /// The site's own table, or else the one for all sites without.
    pub async fn rate_table_of(&self, site: SiteId) -> Result<Option<RateTable>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row: Option<(i64, String, String)> = sqlx::query_as(
            "SELECT id, name, currency FROM rate_tables t
             WHERE id = (SELECT rate_table FROM rate_table_sites WHERE site = ?1)
                OR (NOT EXISTS (SELECT 1 FROM rate_table_sites WHERE site = ?1)
                    AND NOT EXISTS (SELECT 1 FROM rate_table_sites WHERE rate_table = t.id))
             ORDER BY id LIMIT 1",
        )
        .bind(site.0)
        .fetch_optional(&mut *snapshot)
        .await?;
        let Some((id, name, currency)) = row else { return Ok(None) };
        with_parts(&mut snapshot, RateTable { id, name, currency, ..RateTable::default() }).await.map(Some)
    }
}

async fn with_parts(connection: &mut SqliteConnection, table: RateTable) -> Result<RateTable, StoreError> {
    let sites: Vec<i64> =
        sqlx::query_scalar("SELECT site FROM rate_table_sites WHERE rate_table = ? ORDER BY site")
            .bind(table.id)
            .fetch_all(&mut *connection)
            .await?;
    let bands: Vec<(String, u8, u16, u16)> = sqlx::query_as(
        "SELECT name, days, from_minute, to_minute FROM rate_bands WHERE rate_table = ? ORDER BY n",
    )
    .bind(table.id)
    .fetch_all(&mut *connection)
    .await?;
    let rates: Vec<Rate> = sqlx::query_as(
        "SELECT prefix, label, band, per_minute, connect_fee, minimum, minimum_seconds, step_seconds
         FROM rates WHERE rate_table = ? ORDER BY n",
    )
    .bind(table.id)
    .fetch_all(connection)
    .await?;
    let bands = bands.into_iter().map(|(name, days, from_minute, to_minute)| RateBand {
        name,
        days: std::array::from_fn(|day| days >> day & 1 == 1),
        from_minute,
        to_minute,
    });
    Ok(RateTable { sites: sites.into_iter().map(SiteId).collect(), bands: bands.collect(), rates, ..table })
}

/// Gives the table's id. [`StoreError::UnknownRates`] when the one to be replaced is not there.
pub(crate) async fn save(connection: &mut SqliteConnection, table: &RateTable) -> Result<i64, StoreError> {
    let id = if table.id == 0 {
        sqlx::query("INSERT INTO rate_tables (name, currency) VALUES (?, ?)")
            .bind(&table.name)
            .bind(&table.currency)
            .execute(&mut *connection)
            .await?
            .last_insert_rowid()
    } else {
        let changed = sqlx::query("UPDATE rate_tables SET name = ?, currency = ? WHERE id = ?")
            .bind(&table.name)
            .bind(&table.currency)
            .bind(table.id)
            .execute(&mut *connection)
            .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::UnknownRates);
        }
        clear(connection, table.id).await?;
        table.id
    };
    // A site has one table: it leaves the one that it had.
    for site in &table.sites {
        sqlx::query("INSERT OR REPLACE INTO rate_table_sites (site, rate_table) VALUES (?, ?)")
            .bind(site.0)
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    insert_parts(connection, id, table).await?;
    Ok(id)
}

async fn clear(connection: &mut SqliteConnection, id: i64) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM rate_table_sites WHERE rate_table = ?",
        "DELETE FROM rate_bands WHERE rate_table = ?",
        "DELETE FROM rates WHERE rate_table = ?",
    ] {
        sqlx::query(statement).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_parts(
    connection: &mut SqliteConnection,
    id: i64,
    table: &RateTable,
) -> Result<(), StoreError> {
    static BANDS: LazyLock<Insert> = LazyLock::new(|| {
        Insert::new("INSERT INTO rate_bands (rate_table, n, name, days, from_minute, to_minute)", 6, "")
    });
    static RATES: LazyLock<Insert> = LazyLock::new(|| {
        Insert::new(
            "INSERT INTO rates (rate_table, n, prefix, label, band, per_minute, connect_fee, minimum,
                minimum_seconds, step_seconds)",
            10,
            "",
        )
    });
    let bands: Vec<(i64, &RateBand)> = (0..).zip(&table.bands).collect();
    BANDS
        .run(connection, &bands, |values, (n, band)| {
            let days = band.days.iter().rev().fold(0, |bits, day| bits << 1 | i64::from(*day));
            values.add(id)?.add(*n)?.text(Some(&band.name))?.add(days)?;
            values.add(band.from_minute)?.add(band.to_minute)?;
            Ok(())
        })
        .await?;
    let rates: Vec<(i64, &Rate)> = (0..).zip(&table.rates).collect();
    RATES
        .run(connection, &rates, |values, (n, rate)| {
            values.add(id)?.add(*n)?.text(Some(&rate.prefix))?.text(Some(&rate.label))?;
            values.text(rate.band.as_deref())?.add(rate.per_minute)?.add(rate.connect_fee)?;
            values.add(rate.minimum)?.add(rate.minimum_seconds)?.add(rate.step_seconds)?;
            Ok(())
        })
        .await
}

pub(crate) async fn remove(connection: &mut SqliteConnection, id: i64) -> Result<(), StoreError> {
    let changed = sqlx::query("DELETE FROM rate_tables WHERE id = ?").bind(id).execute(connection).await?;
    if changed.rows_affected() == 0 { Err(StoreError::UnknownRates) } else { Ok(()) }
}
