//! Table `records`: digests of the SMDR records that were taken in, by which one that comes twice is known.

use crate::bulk::Insert;
use crate::{Reader, SeenRecord, StoreError};
use model::{At, SiteId};
use sqlx::QueryBuilder;
use sqlx::sqlite::SqliteConnection;
use std::sync::LazyLock;

/// Records asked for in one statement.
const ASKED_AT_ONCE: usize = 512;

impl Reader {
    /// Whether any record of the site is in the library.
    pub async fn has_records(&self, site: SiteId) -> Result<bool, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let found = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM records WHERE site = ?)").bind(site.0);
        Ok(found.fetch_one(&mut *snapshot).await?)
    }

    /// For each of `records` (start, digest), in their order, whether the site has it already.
    pub async fn known_records(&self, site: SiteId, records: &[(At, u128)]) -> Result<Vec<bool>, StoreError> {
        let mut known = vec![false; records.len()];
        let Some(earliest) = records.iter().map(|(started_at, _)| *started_at).min() else {
            return Ok(known);
        };
        let mut snapshot = self.snapshot().await?;
        let any: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM records WHERE site = ? AND started_at >= ?)")
                .bind(site.0)
                .bind(earliest.0)
                .fetch_one(&mut *snapshot)
                .await?;
        if !any {
            return Ok(known);
        }
        for (chunk, asked) in records.chunks(ASKED_AT_ONCE).enumerate() {
            for place in places_known(&mut snapshot, site, asked).await? {
                known[chunk * ASKED_AT_ONCE + place] = true;
            }
        }
        Ok(known)
    }
}

/// The last, shorter chunk is filled up with NULLs, so that there is one statement to keep prepared.
async fn places_known(
    connection: &mut SqliteConnection,
    site: SiteId,
    asked: &[(At, u128)],
) -> Result<Vec<usize>, StoreError> {
    let mut query = QueryBuilder::new("WITH asked (place, started_at, digest) AS (");
    query.push_values(0..ASKED_AT_ONCE, |mut row, place| {
        let wanted = asked.get(place);
        row.push_bind(place as i64);
        row.push_bind(wanted.map(|(started_at, _)| started_at.0));
        row.push_bind(wanted.map(|(_, digest)| digest.to_be_bytes().to_vec()));
    });
    query.push(
        ") SELECT asked.place FROM asked CROSS JOIN records ON records.started_at = asked.started_at \
         AND records.digest = asked.digest AND records.site = ",
    );
    query.push_bind(site.0);
    let places: Vec<i64> = query.build_query_scalar().fetch_all(connection).await?;
    Ok(places.into_iter().filter_map(|place| usize::try_from(place).ok()).collect())
}

/// Sorted, so that one page after the other is written; the same one twice is no error.
pub(crate) async fn add(connection: &mut SqliteConnection, records: &[SeenRecord]) -> Result<(), StoreError> {
    static INSERT: LazyLock<Insert> = LazyLock::new(|| {
        Insert::new("INSERT INTO records (site, started_at, digest)", 3, "ON CONFLICT DO NOTHING")
    });
    let mut sorted = records.to_vec();
    sorted.sort_unstable();
    INSERT
        .run(connection, &sorted, |values, record| {
            values.add(record.site.0)?.add(record.started_at.0)?;
            values.add(record.digest.to_be_bytes().as_slice())?;
            Ok(())
        })
        .await
}
