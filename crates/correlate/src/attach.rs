//! Records and the call they were joined with: attached, taken away, told together.

use crate::engine::Output;
use crate::group::{Group, GroupKey, Place, Segment};
use crate::joined;
use crate::records::call_of;
use crate::score::THRESHOLD;
use crate::site::Site;
use model::fact::Record;
use model::{At, Call, CallId, Match, MatchMethod, Position};

/// A pair this alike is evidence for the clock.
const PROVES_CLOCK: f32 = 0.65;

impl Site {
    /// The records belong to call `id`.
    pub(crate) fn attach(
        &mut self,
        now: At,
        key: GroupKey,
        id: CallId,
        method: MatchMethod,
        confidence: f32,
    ) {
        self.detach(key);
        let ahead_ms = self.pbx_clock.ahead_ms();
        let Some(group) = self.groups.get_mut(key) else { return };
        let was_alone = (group.place == Place::Alone).then(|| group.own_id());
        group.place = Place::With(id);
        group.join_due = None;
        group.ahead_ms = ahead_ms;
        group.matched = Some(Match { method, confidence, clock_ahead_ms: ahead_ms });
        if let Some(own) = was_alone {
            self.forget_kin(key);
            self.outputs.push(Output::Gone(own));
        }
        if let Some(groups) = self.groups_of(id) {
            groups.push(key);
        }
        self.publish(id);
        self.find_kin_of_told(id, key);
        let known_start = self.base(id).filter(|call| call.start_known).map(|call| call.started_at);
        if let Some(started_at) = known_start
            && (method == MatchMethod::CallId || confidence >= PROVES_CLOCK)
        {
            self.compare_clocks(now, key.started_at, key.started_at - started_at);
        }
    }

    /// The records tell of a part of a call that DevLink3 told of as well.
    pub(crate) fn attach_part(&mut self, key: GroupKey, id: CallId) {
        let Some(group) = self.groups.get_mut(key) else { return };
        let own = group.own_id();
        group.place = Place::With(id);
        group.join_due = None;
        group.matched = Some(Match {
            method: MatchMethod::BestScore,
            confidence: THRESHOLD,
            clock_ahead_ms: group.ahead_ms,
        });
        // It may have been told as a call of its own before.
        self.outputs.push(Output::Gone(own));
        if let Some(groups) = self.groups_of(id) {
            groups.push(key);
        }
        self.publish(id);
    }

    /// Better evidence says that `key` belongs to call `id`: what was joined with it by likeness has to look elsewhere.
    pub(crate) fn displace(&mut self, now: At, id: CallId, key: GroupKey) {
        let guesses: Vec<GroupKey> = self
            .groups_of(id)
            .map(|groups| groups.clone())
            .unwrap_or_default()
            .into_iter()
            .filter(|other| *other != key && self.groups.get(*other).is_some_and(Group::is_guess))
            .collect();
        for guess in guesses {
            self.detach(guess);
            self.judge_later(now, guess);
        }
    }

    /// Takes the records away from the call they were joined with.
    pub(crate) fn detach(&mut self, key: GroupKey) {
        let Some(group) = self.groups.get_mut(key) else { return };
        let Place::With(id) = group.place else { return };
        group.place = Place::Waiting;
        group.matched = None;
        if let Some(groups) = self.groups_of(id) {
            groups.retain(|known| *known != key);
        }
        self.publish(id);
    }

    /// A group that is forgotten stays part of its call for good.
    pub(crate) fn bake(&mut self, group: &Group) {
        let id = match group.place {
            Place::With(id) => id,
            Place::Alone => return,
            // Nothing is lost for want of room: it is told as what it is by itself.
            Place::Waiting => {
                let call = call_of(group, self.id, &self.rules, &self.hunt_groups);
                self.outputs.push(Output::Call(Box::new(call)));
                return;
            }
        };
        let rules = self.rules.clone();
        if let Some(ended) = self.ended.get_mut(id) {
            ended.groups.retain(|known| *known != group.key);
            joined::add(&mut ended.call, group, &rules, &self.hunt_groups);
        } else if let Some(open) = self.calls.get_mut(&id) {
            open.groups.retain(|known| *known != group.key);
            joined::add(&mut open.call, group, &rules, &self.hunt_groups);
        }
    }

    /// The call that records make by themselves.
    pub(crate) fn of_records(&self, records: &[(Position, Record<'_>)]) -> Option<Call> {
        let (_, first) = records.first()?;
        let key = GroupKey { started_at: first.started_at, call_id: first.call_id };
        let segments = records.iter().map(|(position, record)| Segment::of(*position, record));
        let group = Group::of(key, segments.collect(), self.pbx_clock.ahead_ms());
        Some(call_of(&group, self.id, &self.rules, &self.hunt_groups))
    }

    /// A call as it is to be told: with its records.
    pub(crate) fn joined(&self, call: &Call, groups: &[GroupKey]) -> Call {
        let mut call = call.clone();
        for group in groups.iter().filter_map(|key| self.groups.get(*key)) {
            joined::add(&mut call, group, &self.rules, &self.hunt_groups);
        }
        call
    }

    /// A call as DevLink3 told it, in progress or ended.
    pub(crate) fn base(&self, id: CallId) -> Option<&Call> {
        let open = self.calls.get(&id).map(|conversation| &conversation.call);
        open.or_else(|| self.ended.get(id).map(|ended| &ended.call))
    }

    pub(crate) fn groups_of(&mut self, id: CallId) -> Option<&mut Vec<GroupKey>> {
        if let Some(conversation) = self.calls.get_mut(&id) {
            return Some(&mut conversation.groups);
        }
        self.ended.get_mut(id).map(|ended| &mut ended.groups)
    }

    pub(crate) fn publish(&mut self, id: CallId) {
        if self.calls.contains_key(&id) {
            self.mark(id);
        } else if let Some(ended) = self.ended.get(id) {
            let call = self.joined(&ended.call, &ended.groups);
            self.rests_on(&call);
            self.outputs.push(Output::Call(Box::new(call)));
        }
    }

    /// A call rests on the last of what it was ever told by, also when that is taken away from it again: after a restart
    /// nobody knows any more what came before it.
    pub(crate) fn rests_on(&mut self, told: &Call) {
        let open = self.calls.get_mut(&told.id).map(|conversation| &mut conversation.call);
        if let Some(call) = open.or_else(|| self.ended.get_mut(told.id).map(|ended| &mut ended.call)) {
            call.basis.last = call.basis.last.max(told.basis.last);
        }
    }
}
