//! A library in a folder of its own, and calls in a few words.

use model::{
    At, Basis, Call, CallId, Direction, Ending, Event, EventKind, Position, Related, Relation, Said, SiteId,
};
use store::{
    CallFilter, CallSort, Changes, DatedName, Library, NameKind, NameSeen, NewEntry, PageRequest, Reader,
    Site, ToldBy, Writer,
};
use tempfile::TempDir;

pub(crate) struct Kit {
    pub(crate) folder: TempDir,
    pub(crate) writer: Writer,
    pub(crate) reader: Reader,
    pub(crate) site: SiteId,
}

impl Kit {
    /// A new library with one site and one journal entry, on which calls can rest.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (mut writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a new library");
        let site = writer.save_site(&office("Office")).await.expect("a site");
        writer.commit(&[entry(site, "first")], &Changes::default()).await.expect("an entry");
        Self { folder, writer, reader, site }
    }

    pub(crate) async fn put(&mut self, calls: Vec<Call>) {
        let changes = Changes { calls, ..Changes::default() };
        self.writer.commit(&[], &changes).await.expect("calls are stored");
    }

    /// An inbound call of this site, begun at the journal's first entry as its `n`th fact.
    pub(crate) fn call(&self, n: u32, at_seconds: i64) -> CallMaker {
        let position = Position { seq: 1, index: n };
        let started_at = At::from_seconds(at_seconds);
        CallMaker(Call {
            id: CallId::begun_at(position),
            site: self.site,
            direction: Direction::Inbound,
            started_at,
            start_known: true,
            ended_at: Some(started_at),
            ending: Some(Ending::CallingDrop),
            basis: Basis { devlink_facts: 1, first: position, last: position, ..Basis::default() },
            ..Call::default()
        })
    }

    pub(crate) async fn list(&self, filter: CallFilter) -> Vec<CallId> {
        let request = PageRequest { filter, sort: CallSort::OldestFirst, after: None, limit: 1_000 };
        let page = self.reader.calls(&request).await.expect("a page");
        page.calls.iter().map(|call| call.id).collect()
    }
}

pub(crate) struct CallMaker(pub(crate) Call);

impl CallMaker {
    pub(crate) fn number(mut self, number: &str) -> Self {
        self.0.external_number = Some(number.into());
        self
    }

    pub(crate) fn direction(mut self, direction: Direction) -> Self {
        self.0.direction = direction;
        self
    }

    /// The next main event; the call ends with its last one.
    pub(crate) fn then(mut self, kind: EventKind, seconds: i64, who: Who<'_>) -> Self {
        let started_at = self.0.ended_at.unwrap_or(self.0.started_at);
        let ended_at = Some(started_at.plus_ms(seconds * 1000));
        let (agent, group) = match who {
            Who::Nobody => (None, None),
            Who::Agent(agent) => (Some(agent.to_owned()), None),
            Who::Group(group) => (None, Some(group.to_owned())),
            Who::AgentOf(agent, group) => (Some(agent.to_owned()), Some(group.to_owned())),
        };
        self.0.events.push(Event { kind, started_at, ended_at, agent, group, ..Event::default() });
        self.0.ended_at = ended_at;
        self
    }

    /// Rings five seconds at an agent, who then talks for a minute.
    pub(crate) fn answered(self, agent: &str) -> Self {
        self.then(EventKind::Ringing, 5, Who::Agent(agent)).then(EventKind::Talking, 60, Who::Agent(agent))
    }

    /// Rings at an agent until the caller hangs up.
    pub(crate) fn abandoned(self, seconds: i64, agent: &str) -> Self {
        self.then(EventKind::Ringing, seconds, Who::Agent(agent))
    }

    pub(crate) fn live(mut self) -> Self {
        self.0.ended_at = None;
        self.0.ending = None;
        if let Some(last) = self.0.events.last_mut() {
            last.ended_at = None;
        }
        self
    }

    pub(crate) fn consultation_of(mut self, id: CallId) -> Self {
        self.0.related.push(Related { id, relation: Relation::ConsultationOf });
        self
    }

    pub(crate) fn make(self) -> Call {
        self.0
    }
}

/// What the PBX's lists call a number.
pub(crate) fn seen(site: SiteId, kind: NameKind, number: &str, name: &str, at: i64) -> NameSeen {
    let name = DatedName { text: name.into(), at: At(at), told_by: ToldBy::List };
    NameSeen { site, kind, number: number.into(), name }
}

#[derive(Clone, Copy)]
pub(crate) enum Who<'a> {
    Nobody,
    Agent(&'a str),
    Group(&'a str),
    AgentOf(&'a str, &'a str),
}

pub(crate) fn office(name: &str) -> Site {
    Site {
        name: name.into(),
        time_zone: "Europe/Berlin".into(),
        access_digits: "9".into(),
        ..Site::default()
    }
}

pub(crate) fn entry(site: SiteId, text: &str) -> NewEntry {
    NewEntry { at: At::from_seconds(1), site, said: Said::DevlinkEvent, bytes: text.as_bytes().to_vec() }
}
