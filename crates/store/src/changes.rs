//! What is given to [`crate::Writer::commit`]: what a source said, and what was concluded.

use model::{AgentStatus, At, Call, CallId, Position, Said, SiteId};

/// What a source said, to be appended to the journal as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub at: At,
    pub site: SiteId,
    pub said: Said,
    pub bytes: Vec<u8>,
}

/// What changed in the projection. Everything in it is written, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Whole calls, new or changed: each replaces what was stored under its id. The last of equal ids counts.
    pub calls: Vec<Call>,
    /// Calls that turned out to be part of others.
    pub gone: Vec<CallId>,
    pub records: Vec<SeenRecord>,
    pub quarantined: Vec<Quarantined>,
    pub names: Vec<NameSeen>,
    /// What phones do, and since when.
    pub states: Vec<(SiteId, AgentStatus)>,
    pub health: Vec<HealthNote>,
    /// Replaces the one before.
    pub checkpoint: Option<Checkpoint>,
}

/// An SMDR record that was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeenRecord {
    pub site: SiteId,
    pub started_at: At,
    pub digest: u128,
}

/// Something a source said that could not be understood. The bytes stay in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    pub site: SiteId,
    pub position: Position,
    /// A sentence without content of the row.
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    Extension,
    Group,
}

/// The name of an extension or hunt group, as a source gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSeen {
    pub site: SiteId,
    pub kind: NameKind,
    pub number: String,
    pub name: DatedName,
}

/// A name, and when who told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedName {
    pub text: String,
    pub at: At,
    pub told_by: ToldBy,
}

/// Where in the PBX a name comes from, the one to be believed first. Each may spell it in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToldBy {
    /// Its lists of users and hunt groups.
    List,
    /// DevLink3's call states.
    Link,
    /// SMDR records.
    Record,
}

/// What a health entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HealthKind {
    Link,
    Quarantine,
    Protocol,
    Gap,
    Keychain,
    Library,
}

/// Something went wrong. The same site, kind and words count up in one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthNote {
    pub at: At,
    pub site: Option<SiteId>,
    pub kind: HealthKind,
    /// Stored up to 500 characters.
    pub says: String,
}

/// How far the projection goes: the engine's state after the journal entry `through_seq`.
#[derive(Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub through_seq: i64,
    pub engine_version: u32,
    /// Opaque here.
    pub state: Vec<u8>,
    /// What was decided by hand, opaque too. Written: `None` leaves what is stored. Read: `None` when nothing is.
    pub by_hand: Option<Vec<u8>>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
            && self.gone.is_empty()
            && self.records.is_empty()
            && self.quarantined.is_empty()
            && self.names.is_empty()
            && self.states.is_empty()
            && self.health.is_empty()
            && self.checkpoint.is_none()
    }
}

/// The state holds callers' numbers: its length is all that is shown.
impl std::fmt::Debug for Checkpoint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Checkpoint")
            .field("through_seq", &self.through_seq)
            .field("engine_version", &self.engine_version)
            .field("state_bytes", &self.state.len())
            .finish()
    }
}
