//! Calls that ended lately, kept for records that come late. Bounded, whatever the history.

use crate::group::GroupKey;
use crate::party::PartyKey;
use model::fact::LegId;
use model::{At, Call, CallId, Direction};
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, VecDeque};

/// A PBX buffers 500 records by default and 3,000 at most: with as many calls at hand every one finds its own.
const CALLS_KEPT: usize = 4_096;

#[derive(Debug)]
pub(crate) struct Ended {
    /// As DevLink3 told it; one that came back from the library with records keeps them.
    pub(crate) call: Call,
    /// Records that were joined with it.
    pub(crate) groups: Vec<GroupKey>,
}

#[derive(Debug, Default)]
pub(crate) struct EndedCalls {
    calls: FxHashMap<CallId, Ended>,
    order: VecDeque<CallId>,
    by_start: BTreeSet<(At, CallId)>,
    by_leg: FxHashMap<LegId, CallId>,
    by_party: FxHashMap<PartyKey, Vec<CallId>>,
    start_unknown: BTreeSet<CallId>,
}

impl EndedCalls {
    /// Only calls that DevLink3 told are waiting for records.
    pub(crate) fn insert(&mut self, call: Call, groups: Vec<GroupKey>) {
        if call.basis.devlink_facts == 0 {
            return;
        }
        let id = call.id;
        self.by_start.insert((call.started_at, id));
        for leg in &call.basis.legs {
            self.by_leg.insert(*leg, id);
        }
        for key in party_keys(&call) {
            self.by_party.entry(key).or_default().push(id);
        }
        if !call.start_known {
            self.start_unknown.insert(id);
        }
        if self.calls.insert(id, Ended { call, groups }).is_none() {
            self.order.push_back(id);
        }
        if self.order.len() > CALLS_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.forget(oldest);
        }
    }

    pub(crate) fn get(&self, id: CallId) -> Option<&Ended> {
        self.calls.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: CallId) -> Option<&mut Ended> {
        self.calls.get_mut(&id)
    }

    pub(crate) fn by_leg(&self, leg: LegId) -> Option<&Ended> {
        self.calls.get(self.by_leg.get(&leg)?)
    }

    /// Calls that began within `ms` of `at`, in order of time.
    pub(crate) fn begun_near(&self, at: At, ms: i64) -> impl Iterator<Item = &Ended> + '_ {
        let from = (at.plus_ms(-ms), CallId(i64::MIN));
        let to = (at.plus_ms(ms), CallId(i64::MAX));
        self.by_start.range(from..=to).filter_map(|(_, id)| self.calls.get(id))
    }

    pub(crate) fn with_party(&self, key: PartyKey) -> impl Iterator<Item = &Ended> + '_ {
        self.by_party.get(&key).into_iter().flatten().filter_map(|id| self.calls.get(id))
    }

    /// Calls that were already going when they were first seen.
    pub(crate) fn start_unknown(&self) -> impl Iterator<Item = &Ended> + '_ {
        self.start_unknown.iter().filter_map(|id| self.calls.get(id))
    }

    fn forget(&mut self, id: CallId) {
        let Some(Ended { call, .. }) = self.calls.remove(&id) else { return };
        self.by_start.remove(&(call.started_at, id));
        self.start_unknown.remove(&id);
        for leg in &call.basis.legs {
            if self.by_leg.get(leg) == Some(&id) {
                self.by_leg.remove(leg);
            }
        }
        for key in party_keys(&call) {
            if let Some(ids) = self.by_party.get_mut(&key) {
                ids.retain(|known| *known != id);
                if ids.is_empty() {
                    self.by_party.remove(&key);
                }
            }
        }
    }
}

/// What a record of the call may name as the other party.
fn party_keys(call: &Call) -> impl Iterator<Item = PartyKey> {
    let (number, dialed) = (call.external_number.as_deref(), call.dialed_number.as_deref());
    let (first, second) = match call.direction {
        Direction::Inbound => (number, None),
        Direction::Outbound => (number, dialed),
        Direction::Internal => (dialed, None),
    };
    let first = first.and_then(|number| PartyKey::of(call.direction, number));
    let second = second.and_then(|number| PartyKey::of(call.direction, number));
    first.into_iter().chain(second.filter(|second| Some(*second) != first))
}
