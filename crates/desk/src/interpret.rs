//! From journal entries to calls: the same path for what arrives now, for imports, and for `rebuild`.

use crate::import;
use crate::keys::Keys;
use crate::notes::{clock_note, protocol_note, quarantine_note, unknown_parts};
use crate::seen::NamesSeen;
use crate::trouble::failure_of_store;
use contract::Failure;
use correlate::{ByHand, Engine, Output, Rules, Saved};
use model::fact::{DeviceKind, Fact, Record};
use model::{At, Entry, Position, Said, SiteId};
use smdr::{Line, SiteClock};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Changes, Checkpoint, HealthKind, HealthNote, NameKind, NameSeen, Quarantined, Reader, SeenRecord, ToldBy,
};

/// A call cannot begin after its record has come; clocks that are set by hand are a minute or two apart.
const FROM_THE_FUTURE_MS: i64 = 2 * 60_000;
/// Name type of an internal user in DevLink3.
const NAME_OF_USER: u16 = 5;

pub(crate) struct Interpreter {
    pub(crate) engine: Engine,
    pub(crate) by_hand: ByHand,
    sites: BTreeMap<SiteId, SiteReading>,
    pub(crate) keys: Keys,
    /// What was concluded at times before the one that is looked at.
    pub(crate) earlier: Learned,
    /// Records taken in since the projection was last written.
    fresh: BTreeSet<SeenRecord>,
    /// Records in the projection that is being written just now.
    writing: BTreeSet<SeenRecord>,
    /// Written with the next commit of the projection.
    pub(crate) changes: Changes,
    pub(crate) through_seq: i64,
    scratch: devlink3::Scratch,
    pub(crate) health: Health,
    pub(crate) telling: Telling,
    /// What of the journal is gone: nothing that rests on it is concluded anew.
    pub(crate) gone: store::Gone,
}

/// Whether ended calls are handed out one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    Singly,
    Counted,
}

/// Whether what is amiss goes into the health list. It is no projection: a rebuild would count everything twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    Noted,
    KnownAlready,
}

struct SiteReading {
    clock: SiteClock,
    names: NamesSeen,
}

/// What one turn of interpretation brought.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    pub(crate) outputs: Vec<Output>,
    pub(crate) names: Vec<NameSeen>,
    pub(crate) health: Vec<HealthNote>,
    pub(crate) calls: u64,
    pub(crate) records: u64,
    pub(crate) duplicates: u64,
    pub(crate) quarantined: u64,
}

impl Interpreter {
    /// Goes on from a checkpoint, or begins before the first entry. `ended` are calls that ended before it.
    pub(crate) fn resume(checkpoint: Option<Checkpoint>, ended: Vec<model::Call>) -> Self {
        let usable = checkpoint.filter(|checkpoint| checkpoint.engine_version == correlate::ENGINE_VERSION);
        let through_seq = usable.as_ref().map_or(0, |checkpoint| checkpoint.through_seq);
        let by_hand = usable.as_ref().and_then(|checkpoint| checkpoint.by_hand.as_deref());
        let by_hand: ByHand =
            by_hand.and_then(|state| serde_json::from_slice(state).ok()).unwrap_or_default();
        let saved: Saved =
            usable.and_then(|checkpoint| serde_json::from_slice(&checkpoint.state).ok()).unwrap_or_default();
        let mut engine = Engine::restore(saved);
        engine.recall(by_hand.as_concluded(ended));
        Self {
            engine,
            by_hand,
            sites: BTreeMap::new(),
            keys: Keys::default(),
            earlier: Learned::default(),
            fresh: BTreeSet::new(),
            writing: BTreeSet::new(),
            changes: Changes::default(),
            through_seq,
            scratch: devlink3::Scratch::default(),
            health: Health::Noted,
            telling: Telling::Singly,
            gone: store::Gone::default(),
        }
    }

    /// How a site's rows and calls are to be read. Zones and rules come from its settings.
    pub(crate) fn set_site(&mut self, site: SiteId, time_zone: &str, access_digits: &str) {
        // Both are checked where they are entered; UTC is always known.
        let access_digits = numbers::access_digits(access_digits).unwrap_or_default();
        self.engine.set_rules(site, Rules { access_digits });
        let Ok(clock) = SiteClock::new(time_zone).or_else(|_| SiteClock::new("UTC")) else { return };
        self.sites.insert(site, SiteReading { clock, names: NamesSeen::default() });
    }

    /// How the site's clock reads now, for looking at rows before they are written.
    pub(crate) fn clock_of(&self, site: SiteId) -> Option<SiteClock> {
        self.sites.get(&site).map(|reading| reading.clock.clone())
    }

    pub(crate) fn set_health(&mut self, health: Health) {
        self.health = health;
    }

    pub(crate) fn through_seq(&self) -> i64 {
        self.through_seq
    }

    pub(crate) fn next_deadline(&self) -> Option<At> {
        self.engine.next_deadline()
    }

    pub(crate) fn link_is_up(&self, site: SiteId) -> bool {
        self.engine.link_is_up(site)
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Interprets committed entries, in order.
    pub(crate) async fn interpret(&mut self, reader: &Reader, entries: &[Entry]) -> Result<Learned, Failure> {
        let mut learned = Learned::default();
        self.keys.follow(reader);
        let mut at = None;
        for entry in entries {
            self.pass_time(at.replace(entry.at), entry.at, &mut learned);
            self.interpret_one(reader, entry, &mut learned).await?;
            self.through_seq = entry.seq;
        }
        self.conclude(at.unwrap_or(At(0)), &mut learned);
        Ok(learned)
    }

    /// As [`Interpreter::interpret`], for entries of thousands of rows: calls are counted and not handed out one by one.
    pub(crate) async fn interpret_many(
        &mut self,
        reader: &Reader,
        entries: &[Entry],
    ) -> Result<Learned, Failure> {
        self.telling = Telling::Counted;
        let learned = self.interpret(reader, entries).await;
        self.telling = Telling::Singly;
        learned
    }

    /// Lets time pass.
    pub(crate) fn advance(&mut self, now: At) -> Learned {
        let mut learned = Learned::default();
        self.pass_time(None, now, &mut learned);
        self.engine.advance(now);
        self.conclude(now, &mut learned);
        learned
    }

    /// What is to be written to bring the projection up to `through_seq`; empty when it is.
    pub(crate) fn take_changes(&mut self) -> Changes {
        if self.changes.is_empty() {
            return Changes::default();
        }
        self.writing = std::mem::take(&mut self.fresh);
        let mut changes = std::mem::take(&mut self.changes);
        let by_hand = self.by_hand.take_changed().then(|| serde_json::to_vec(&self.by_hand).ok()).flatten();
        changes.checkpoint = serde_json::to_vec(&self.engine.save()).ok().map(|state| Checkpoint {
            through_seq: self.through_seq,
            engine_version: correlate::ENGINE_VERSION,
            state,
            by_hand,
        });
        changes
    }

    /// Puts back what could not be written, before what came since.
    pub(crate) fn put_back(&mut self, mut unwritten: Changes) {
        self.by_hand.mark_changed();
        self.fresh.extend(unwritten.records.iter().copied());
        let newer = std::mem::take(&mut self.changes);
        let gone = newer.gone.clone();
        unwritten.calls.retain(|call| !gone.contains(&call.id));
        unwritten.calls.extend(newer.calls);
        unwritten.gone.extend(newer.gone);
        unwritten.records.extend(newer.records);
        unwritten.quarantined.extend(newer.quarantined);
        unwritten.names.extend(newer.names);
        unwritten.states.extend(newer.states);
        unwritten.health.extend(newer.health);
        unwritten.checkpoint = None;
        self.changes = unwritten;
    }

    pub(crate) fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    pub(crate) fn note_health(&mut self, note: HealthNote) {
        self.changes.health.push(note);
    }

    async fn interpret_one(
        &mut self,
        reader: &Reader,
        entry: &Entry,
        learned: &mut Learned,
    ) -> Result<(), Failure> {
        match entry.said {
            Said::DevlinkEvent => self.devlink_event(entry, learned),
            Said::DevlinkSnapshot => self.tell(entry, &Fact::SnapshotFollows),
            Said::DevlinkLost => self.tell(entry, &Fact::LinkLost),
            Said::DevlinkGap => self.gap(entry, learned),
            Said::SmdrLines => self.smdr_lines(reader, entry, learned).await?,
            Said::UserList => self.directory(entry, NameKind::Extension, learned),
            Said::HuntList => self.directory(entry, NameKind::Group, learned),
            Said::Decision => self.decision(reader, entry, learned).await?,
        }
        Ok(())
    }

    fn tell(&mut self, entry: &Entry, fact: &Fact<'_>) {
        self.engine.handle(entry.at, entry.site, Position { seq: entry.seq, index: 0 }, fact);
    }

    fn devlink_event(&mut self, entry: &Entry, learned: &mut Learned) {
        let Self { engine, sites, scratch, .. } = self;
        let mut index = 0;
        let read = devlink3::facts(&entry.bytes, scratch, |fact| {
            if let Fact::CallState(state) = &fact {
                for end in std::iter::once(&state.a).chain(state.b.as_ref()) {
                    if end.name_type == NAME_OF_USER {
                        let names = sites.get_mut(&entry.site).map(|reading| &mut reading.names);
                        let (kind, by) = (NameKind::Extension, ToldBy::Link);
                        learned.names.extend(names.and_then(|names| {
                            names.see(entry.site, entry.at, by, kind, end.identity, end.name)
                        }));
                    }
                }
            }
            engine.handle(entry.at, entry.site, Position { seq: entry.seq, index }, &fact);
            index += 1;
        });
        let unread = match read {
            Ok(summary) => {
                if let Some(unknown) = unknown_parts(&summary) {
                    learned.health.push(protocol_note(entry, unknown.to_owned()));
                }
                let cut = summary.truncated.map(|truncated| truncated.to_string());
                let malformed = "a record in it is cut short or has no readable id";
                match cut.or_else(|| (summary.malformed_records > 0).then(|| malformed.to_owned())) {
                    Some(unread) => unread,
                    None => return,
                }
            }
            Err(error) => error.to_string(),
        };
        learned.quarantined += 1;
        let says =
            format!("Part of a DevLink3 event could not be read: {unread}. It is kept in the journal.");
        learned.health.push(protocol_note(entry, says));
        let position = Position { seq: entry.seq, index };
        self.changes.quarantined.push(Quarantined { site: entry.site, position, reason: unread });
    }

    fn gap(&mut self, entry: &Entry, learned: &mut Learned) {
        let text = String::from_utf8_lossy(&entry.bytes);
        let mut numbers = text.split(',').map(|number| number.trim().parse().unwrap_or(0));
        let (expected, got) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        self.tell(entry, &Fact::Gap { expected, got });
        learned.health.push(HealthNote {
            at: entry.at,
            site: Some(entry.site),
            kind: HealthKind::Gap,
            says: "The PBX's event counter jumped: some events were lost. CallDoc asked for the state of all calls anew."
                .to_owned(),
        });
    }

    async fn smdr_lines(
        &mut self,
        reader: &Reader,
        entry: &Entry,
        learned: &mut Learned,
    ) -> Result<(), Failure> {
        let site = entry.site;
        let Some(reading) = self.sites.get_mut(&site) else { return Ok(()) };
        let mut records: Vec<(u32, Record<'_>)> = Vec::new();
        let mut complaints: Vec<(u32, u128, String)> = Vec::new();
        let clock_before = reading.clock.clone();
        reading.clock.rows_came(entry.at);
        smdr::facts(&entry.bytes, &mut reading.clock, |index, line| match line {
            Line::Record(record) => records.push((index, record)),
            Line::Complaint { raw, reason } => {
                complaints.push((index, import::digest(raw), reason.to_string()))
            }
            Line::Skipped => {}
        });
        let asked: Vec<(At, u128)> = records
            .iter()
            .map(|(_, record)| (reading.clock.known_by(record.started_at), record.digest))
            .collect();
        let known = match reader.known_records(site, &asked).await {
            Ok(known) => known,
            Err(error) => {
                // As if these rows had not been looked at: they will be again.
                reading.clock = clock_before;
                return Err(failure_of_store(error));
            }
        };
        for (((index, record), (started_at, digest)), known) in records.iter().zip(asked).zip(known) {
            let seen = SeenRecord { site, started_at, digest };
            if known || self.writing.contains(&seen) || !self.fresh.insert(seen) {
                learned.duplicates += 1;
                continue;
            }
            learned.records += 1;
            self.changes.records.push(seen);
            for device in [&record.party1, &record.party2] {
                if device.kind == DeviceKind::Extension {
                    let (kind, by) = (NameKind::Extension, ToldBy::Record);
                    let at = record.started_at.min(entry.at);
                    let names = self.sites.get_mut(&site).map(|reading| &mut reading.names);
                    learned.names.extend(
                        names.and_then(|names| names.see(site, at, by, kind, &device.number, &device.name)),
                    );
                }
            }
            let ahead_ms = record.started_at - entry.at;
            if ahead_ms > FROM_THE_FUTURE_MS {
                learned.health.push(clock_note(entry.at, site, ahead_ms));
            }
            self.record(entry, *index, record);
        }
        for (index, digest, reason) in complaints {
            self.changes.records.push(import::unreadable(site, digest));
            learned.quarantined += 1;
            learned.health.push(quarantine_note(entry, &reason));
            self.changes.quarantined.push(Quarantined {
                site,
                position: Position { seq: entry.seq, index },
                reason,
            });
        }
        Ok(())
    }

    fn record(&mut self, entry: &Entry, index: u32, record: &Record<'_>) {
        let fact = Fact::Record(Box::new(record.clone()));
        self.engine.handle(entry.at, entry.site, Position { seq: entry.seq, index }, &fact);
    }

    fn directory(&mut self, entry: &Entry, kind: NameKind, learned: &mut Learned) {
        for (number, name) in devlink3::Directory::parse(&entry.bytes).entries {
            match kind {
                NameKind::Extension => self.engine.know_extension(entry.at, entry.site, &number),
                NameKind::Group => self.engine.know_hunt_group(entry.site, &number),
            }
            let names = self.sites.get_mut(&entry.site).map(|reading| &mut reading.names);
            learned.names.extend(
                names.and_then(|names| names.see(entry.site, entry.at, ToldBy::List, kind, &number, &name)),
            );
        }
    }
}
