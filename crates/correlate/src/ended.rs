//! Calls that ended lately, kept for records that come late. Bounded, whatever the history.

use model::fact::LegId;
use model::{At, Call, CallId};
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, VecDeque};

/// A PBX buffers 500 records by default and 3,000 at most: with as many calls at hand every one finds its own.
const CALLS_KEPT: usize = 4_096;

#[derive(Debug, Default)]
pub(crate) struct EndedCalls {
    calls: FxHashMap<CallId, Call>,
    order: VecDeque<CallId>,
    by_start: BTreeSet<(At, CallId)>,
    by_leg: FxHashMap<LegId, CallId>,
}

impl EndedCalls {
    /// Only calls that DevLink3 told are waiting for records.
    pub(crate) fn insert(&mut self, call: Call) {
        if call.basis.devlink_facts == 0 {
            return;
        }
        let id = call.id;
        self.by_start.insert((call.started_at, id));
        for leg in &call.basis.legs {
            self.by_leg.insert(*leg, id);
        }
        if self.calls.insert(id, call).is_none() {
            self.order.push_back(id);
        }
        if self.order.len() > CALLS_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.forget(oldest);
        }
    }

    pub(crate) fn get(&self, id: CallId) -> Option<&Call> {
        self.calls.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: CallId) -> Option<&mut Call> {
        self.calls.get_mut(&id)
    }

    pub(crate) fn by_leg(&self, leg: LegId) -> Option<&Call> {
        self.calls.get(self.by_leg.get(&leg)?)
    }

    /// Calls that began within `ms` of `at`, in order of time.
    pub(crate) fn begun_near(&self, at: At, ms: i64) -> impl Iterator<Item = &Call> + '_ {
        let from = (at.plus_ms(-ms), CallId(i64::MIN));
        let to = (at.plus_ms(ms), CallId(i64::MAX));
        self.by_start.range(from..=to).filter_map(|(_, id)| self.calls.get(id))
    }

    fn forget(&mut self, id: CallId) {
        let Some(call) = self.calls.remove(&id) else { return };
        self.by_start.remove(&(call.started_at, id));
        for leg in &call.basis.legs {
            if self.by_leg.get(leg) == Some(&id) {
                self.by_leg.remove(leg);
            }
        }
    }
}
