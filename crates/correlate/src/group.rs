//! The SMDR records of one call: they share its Call ID and its start, also after a transfer.

use model::fact::{Device, DeviceKind, LegId, Record, RecordDirection};
use model::{At, CallId, Position, RecordRef};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};

/// Groups kept for records that belong to a call already told. Records of one call come minutes apart at most; this is
/// more than a busy office makes in a day.
const GROUPS_KEPT: usize = 8_192;

/// Call ids start again after a PBX restart: only together with the start do they name a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct GroupKey {
    pub(crate) started_at: At,
    pub(crate) call_id: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) key: GroupKey,
    pub(crate) segments: Vec<Segment>,
    pub(crate) place: Place,
    pub(crate) join_due: Option<At>,
}

/// Where the records went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Place {
    Waiting,
    /// A call of their own.
    Alone,
    /// Joined with a call that DevLink3 told.
    With(CallId),
}

/// One record, in order of arrival.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Segment {
    pub(crate) position: Position,
    pub(crate) connected_seconds: u32,
    pub(crate) ring_seconds: u32,
    pub(crate) hold_seconds: u32,
    pub(crate) park_seconds: u32,
    pub(crate) direction: RecordDirection,
    pub(crate) is_internal: bool,
    pub(crate) continues: bool,
    pub(crate) caller: String,
    pub(crate) called: String,
    pub(crate) dialled: String,
    pub(crate) account: String,
    pub(crate) party1: Party,
    pub(crate) party2: Party,
    pub(crate) cause: String,
    pub(crate) charge: Option<i64>,
    pub(crate) caller_leg: Option<LegId>,
    pub(crate) called_leg: Option<LegId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Party {
    pub(crate) kind: DeviceKind,
    pub(crate) number: String,
    pub(crate) name: String,
}

impl Segment {
    pub(crate) fn of(position: Position, record: &Record<'_>) -> Self {
        Self {
            position,
            connected_seconds: record.connected_seconds,
            ring_seconds: record.ring_seconds,
            hold_seconds: record.hold_seconds,
            park_seconds: record.park_seconds,
            direction: record.direction,
            is_internal: record.is_internal,
            continues: record.continues,
            caller: record.caller.clone().into_owned(),
            called: record.called_number.clone().into_owned(),
            dialled: record.dialled_number.clone().into_owned(),
            account: record.account.clone().into_owned(),
            party1: Party::of(&record.party1),
            party2: Party::of(&record.party2),
            cause: record.targeting_cause.clone().into_owned(),
            charge: record.charge.as_ref().map(|charge| charge.amount_ten_thousandths),
            caller_leg: record.caller_leg,
            called_leg: record.called_leg,
        }
    }

    pub(crate) fn length_ms(&self) -> i64 {
        let seconds = [self.connected_seconds, self.ring_seconds, self.hold_seconds, self.park_seconds];
        seconds.into_iter().map(i64::from).sum::<i64>() * 1000
    }
}

impl Party {
    fn of(device: &Device<'_>) -> Self {
        Self {
            kind: device.kind,
            number: device.number.clone().into_owned(),
            name: device.name.clone().into_owned(),
        }
    }

    pub(crate) fn extension(&self) -> Option<&str> {
        (self.kind == DeviceKind::Extension && !self.number.is_empty()).then_some(self.number.as_str())
    }
}

impl Group {
    /// The id of the call that the records make by themselves.
    pub(crate) fn own_id(&self) -> CallId {
        CallId::begun_at(self.segments.first().map(|segment| segment.position).unwrap_or_default())
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.segments.last().is_some_and(|segment| !segment.continues)
    }

    pub(crate) fn record_refs(&self) -> impl Iterator<Item = RecordRef> + '_ {
        self.segments
            .iter()
            .map(|segment| RecordRef { position: segment.position, call_id: self.key.call_id })
    }

    pub(crate) fn length_ms(&self) -> i64 {
        self.segments.iter().map(Segment::length_ms).sum()
    }
}

#[derive(Debug, Default)]
pub(crate) struct Groups {
    groups: FxHashMap<GroupKey, Group>,
    order: VecDeque<GroupKey>,
    waiting: BTreeSet<GroupKey>,
}

impl Groups {
    /// Adds a record to its group.
    pub(crate) fn add(&mut self, key: GroupKey, segment: Segment) -> &mut Group {
        if !self.groups.contains_key(&key) {
            self.insert(Group {
                key,
                segments: Vec::with_capacity(1),
                place: Place::Waiting,
                join_due: None,
            });
        }
        let group = self.groups.entry(key).or_insert_with(|| Group {
            key,
            segments: Vec::new(),
            place: Place::Waiting,
            join_due: None,
        });
        group.segments.push(segment);
        group
    }

    pub(crate) fn insert(&mut self, group: Group) {
        let key = group.key;
        if self.groups.insert(key, group).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > GROUPS_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.groups.remove(&oldest);
            self.waiting.remove(&oldest);
        }
    }

    pub(crate) fn get(&self, key: GroupKey) -> Option<&Group> {
        self.groups.get(&key)
    }

    pub(crate) fn set_place(&mut self, key: GroupKey, place: Place) {
        if let Some(group) = self.groups.get_mut(&key) {
            group.place = place;
            group.join_due = None;
            self.waiting.remove(&key);
        }
    }

    /// The group wants to be joined at `due`.
    pub(crate) fn wait(&mut self, key: GroupKey, due: At) {
        if let Some(group) = self.groups.get_mut(&key) {
            group.join_due = Some(due);
            self.waiting.insert(key);
        }
    }

    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Group> + '_ {
        self.waiting.iter().filter_map(|key| self.groups.get(key))
    }

    /// Groups of which more is to come.
    pub(crate) fn unfinished(&self) -> Vec<Group> {
        let mut unfinished: Vec<Group> = self
            .groups
            .values()
            .filter(|group| !group.is_complete() || group.join_due.is_some())
            .cloned()
            .collect();
        unfinished.sort_by_key(|group| group.key);
        unfinished
    }
}
