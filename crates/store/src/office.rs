//! Who and what within the office a text may mean, and extensions that belong to nobody.

use crate::tables::names::{self, Nameable, PbxName};
use crate::tables::people::{self, Holding, Person};
use crate::tables::seen::{self, SeenKind};
use crate::{NameKind, Reader, StoreError};
use model::{At, SiteId};
use sqlx::sqlite::SqliteConnection;

/// An extension or hunt group with what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub site: SiteId,
    pub kind: NameKind,
    pub number: String,
    pub name: String,
}

/// An extension that rang or talked, with how often and when last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmapped {
    pub site: SiteId,
    pub extension: String,
    pub calls: u64,
    pub last_at: At,
}

/// A name and when it held. `None` at either end: without limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameSpan {
    pub(crate) named: Named,
    pub(crate) from: Option<At>,
    pub(crate) to: Option<At>,
}

impl Reader {
    /// Extensions of calls for which `is_known` says no, those with the most calls first.
    pub async fn unmapped(
        &self,
        is_known: impl Fn(SiteId, &str) -> bool + Send,
    ) -> Result<Vec<Unmapped>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let sites: i64 = sqlx::query_scalar("SELECT count(*) FROM sites").fetch_one(&mut *snapshot).await?;
        let mut unmapped = Vec::new();
        for (site, extension) in seen::seen(&mut snapshot, SeenKind::Extension).await? {
            if is_known(site, &extension) {
                continue;
            }
            // With one site, the index alone tells.
            let query = if sites == 1 { CALLS_OF_ANY_SITE } else { CALLS_OF_SITE };
            let (calls, last_at): (i64, Option<i64>) =
                sqlx::query_as(query).bind(&extension).bind(site.0).fetch_one(&mut *snapshot).await?;
            if let Some(last_at) = last_at {
                unmapped.push(Unmapped {
                    site,
                    extension,
                    calls: calls.cast_unsigned(),
                    last_at: At(last_at),
                });
            }
        }
        unmapped.sort_by(|a, b| (b.calls, &a.extension, a.site).cmp(&(a.calls, &b.extension, b.site)));
        Ok(unmapped)
    }
}

const CALLS_OF_ANY_SITE: &str = "SELECT count(*), max(agent_call_at) FROM events INDEXED BY events_of_agent
    WHERE agent = ?1 AND agent_call_at IS NOT NULL AND ?2 IS NOT NULL";

const CALLS_OF_SITE: &str = "SELECT count(*), max(e.agent_call_at)
    FROM events e INDEXED BY events_of_agent CROSS JOIN calls c ON c.id = e.call
    WHERE e.agent = ?1 AND e.agent_call_at IS NOT NULL AND c.site = ?2";

/// Every name that anybody in the office has or had, and when. Where people entered who has an extension, the PBX's word
/// does not count; where several in the PBX tell, each does.
pub(crate) async fn spans(connection: &mut SqliteConnection) -> Result<Vec<NameSpan>, StoreError> {
    let people = people::all(connection).await?;
    let given = names::given_names(connection).await?;
    let told = names::pbx_names(connection).await?;
    let mut spans: Vec<NameSpan> = people.iter().flat_map(of_person).collect();
    for group in given.into_iter().filter(|given| given.kind == Nameable::Group) {
        let named = Named { site: group.site, kind: NameKind::Group, number: group.number, name: group.name };
        spans.push(NameSpan { named, from: None, to: None });
    }
    let entered = spans.clone();
    for (place, name) in told.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| told.get(place));
        let from = before.filter(|before| goes_on(before, name)).map(|_| name.since);
        let to = told.get(place + 1).filter(|after| goes_on(name, after)).map(|after| after.since);
        let named =
            Named { site: name.site, kind: name.kind, number: name.number.clone(), name: name.name.clone() };
        spans.extend(without(NameSpan { named, from, to }, &entered));
    }
    Ok(spans)
}

fn of_person(person: &Person) -> impl Iterator<Item = NameSpan> + '_ {
    person.holdings.iter().map(|Holding { site, extension, from, to }| NameSpan {
        named: Named {
            site: *site,
            kind: NameKind::Extension,
            number: extension.clone(),
            name: person.name.clone(),
        },
        from: *from,
        to: *to,
    })
}

/// Whether the second is the same teller's next word about the same number.
fn goes_on(first: &PbxName, second: &PbxName) -> bool {
    (first.site, first.kind, &first.number, first.told_by)
        == (second.site, second.kind, &second.number, second.told_by)
}

/// What is left of `span` beside `entered`.
fn without(span: NameSpan, entered: &[NameSpan]) -> Vec<NameSpan> {
    let same_number = |other: &&NameSpan| {
        (other.named.site, other.named.kind, &other.named.number)
            == (span.named.site, span.named.kind, &span.named.number)
    };
    let mut left = vec![span.clone()];
    for taken in entered.iter().filter(same_number) {
        left = left
            .into_iter()
            .flat_map(|span| {
                let before = NameSpan { to: earlier(span.to, taken.from), ..span.clone() };
                let after = NameSpan { from: later(span.from, taken.to), ..span };
                // A limit that is not there leaves nothing on its side.
                [taken.from.map(|_| before), taken.to.map(|_| after)]
            })
            .flatten()
            .filter(|span| span.from.is_none_or(|from| span.to.is_none_or(|to| from < to)))
            .collect();
    }
    left
}

fn earlier(a: Option<At>, b: Option<At>) -> Option<At> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn later(a: Option<At>, b: Option<At>) -> Option<At> {
    a.max(b)
}
