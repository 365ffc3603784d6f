//! Table `numbers_seen`: extensions, hunt groups and trunks that calls show, each once.

use crate::{Reader, StoreError};
use model::{Call, EventKind, SiteId};
use rustc_hash::{FxHashMap, FxHashSet};
use sqlx::sqlite::SqliteConnection;

/// What a number within the office is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeenKind {
    /// It rang or talked.
    Extension,
    Group,
    Trunk,
}

impl Reader {
    /// By site and number.
    pub async fn numbers_seen(&self, kind: SeenKind) -> Result<Vec<(SiteId, String)>, StoreError> {
        seen(&mut *self.snapshot().await?, kind).await
    }
}

pub(crate) async fn seen(
    connection: &mut SqliteConnection,
    kind: SeenKind,
) -> Result<Vec<(SiteId, String)>, StoreError> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT site, number FROM numbers_seen WHERE kind = ? ORDER BY site, number")
            .bind(code_of(kind))
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(|(site, number)| (SiteId(site), number)).collect())
}

/// Numbers that are in the table, so that a million calls ask it for some hundred of them.
#[derive(Debug, Default)]
pub(crate) struct KnownNumbers {
    numbers: FxHashMap<(SiteId, SeenKind), FxHashSet<String>>,
}

impl KnownNumbers {
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
    }

    pub(crate) fn add(&mut self, fresh: Vec<Fresh>) {
        for (site, kind, number) in fresh {
            self.numbers.entry((site, kind)).or_default().insert(number);
        }
    }

    fn knows(&self, site: SiteId, kind: SeenKind, number: &str) -> bool {
        self.numbers.get(&(site, kind)).is_some_and(|numbers| numbers.contains(number))
    }
}

pub(crate) type Fresh = (SiteId, SeenKind, String);

/// Gives those that were not known before: to be added once they are committed.
pub(crate) async fn see(
    connection: &mut SqliteConnection,
    calls: &[Call],
    known: &KnownNumbers,
) -> Result<Vec<Fresh>, StoreError> {
    let mut fresh: Vec<Fresh> = Vec::new();
    for call in calls {
        for (kind, number) in shown(call) {
            let is_fresh = |known: &Fresh| known.0 == call.site && known.1 == kind && known.2 == number;
            if !known.knows(call.site, kind, number) && !fresh.iter().any(is_fresh) {
                fresh.push((call.site, kind, number.to_owned()));
            }
        }
    }
    for (site, kind, number) in &fresh {
        sqlx::query("INSERT INTO numbers_seen (site, kind, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(site.0)
            .bind(code_of(*kind))
            .bind(number)
            .execute(&mut *connection)
            .await?;
    }
    Ok(fresh)
}

fn shown(call: &Call) -> impl Iterator<Item = (SeenKind, &str)> {
    let events = call.events.iter().flat_map(|event| {
        let takes_part =
            matches!(event.kind, EventKind::Ringing | EventKind::Talking | EventKind::Conference);
        let agent = event.agent.as_deref().filter(|_| takes_part);
        let agent = agent.map(|agent| (SeenKind::Extension, agent));
        agent.into_iter().chain(event.group.as_deref().map(|group| (SeenKind::Group, group)))
    });
    events.chain(call.trunk.as_deref().map(|trunk| (SeenKind::Trunk, trunk)))
}

/// Stored numbers: append only.
fn code_of(kind: SeenKind) -> i64 {
    match kind {
        SeenKind::Extension => 0,
        SeenKind::Group => 1,
        SeenKind::Trunk => 2,
    }
}
