//! Joins the records of a call with the call that DevLink3 told: exactly by server address and call id, or by the best
//! total score over all candidates at once.

use crate::assign::best_total;
use crate::engine::Output;
use crate::group::{Group, GroupKey, Place, Segment};
use crate::records::{call_of, describe};
use crate::score::{FARTHEST_MS, THRESHOLD, score};
use crate::site::{Deadline, Site};
use model::fact::{LegId, Record};
use model::{At, Call, CallId, Direction, Ending, Event, EventKind, Match, MatchMethod, Position};

/// Records of neighbouring calls may still be on their way: the decision waits this long, so that it is made over all
/// of them.
const SETTLE_MS: i64 = 3_000;
/// Call ids of a node start again when it restarts: with the same id, but this far apart in time, it is another call
/// unless the number agrees.
const EXACT_APART_MS: i64 = 10 * 60_000;
const EXACT_FARTHEST_MS: i64 = 24 * 3_600_000;
/// Starts of a record and its conversation that are farther apart than this are told: the PBX's clock is wrong, or its
/// time zone is.
const CLOCK_DIFFERS_MS: i64 = 2 * 60_000;
/// Neighbours that are looked at together.
const TOGETHER: usize = 48;

impl Site {
    pub(crate) fn take_record(&mut self, now: At, position: Position, record: &Record<'_>) {
        let key = GroupKey { started_at: record.started_at, call_id: record.call_id };
        let exact = self.exact(record);
        let group = self.groups.add(key, Segment::of(position, record));
        match (group.place, exact) {
            (Place::With(id), _) => self.attach(key, id, None),
            (Place::Waiting, Some(id)) => {
                self.attach(key, id, Some(Match { method: MatchMethod::CallId, confidence: 1.0 }))
            }
            (Place::Alone, Some(id)) => {
                let own = group.own_id();
                self.attach(key, id, Some(Match { method: MatchMethod::CallId, confidence: 1.0 }));
                self.outputs.push(Output::Gone(own));
            }
            (Place::Waiting | Place::Alone, None) => {
                if self.has_candidates(key) {
                    let due = now.plus_ms(SETTLE_MS);
                    self.groups.wait(key, due);
                    self.schedule(due, Deadline::Join(key));
                } else {
                    self.stand_alone(key);
                }
            }
        }
    }

    /// Decides for the group whose wait is over, and for all complete ones that compete with it.
    pub(crate) fn join_waiting(&mut self, due: At, key: GroupKey) {
        if self.groups.get(key).is_none_or(|group| group.join_due != Some(due)) {
            return;
        }
        let (groups, calls, scores) = self.neighbourhood(key);
        let decided: Vec<(GroupKey, Option<(CallId, f32)>)> = best_total(&scores)
            .into_iter()
            .enumerate()
            .map(|(row, column)| (groups[row], column.map(|column| (calls[column], scores[row][column]))))
            .collect();
        for (decided_key, call) in decided {
            let Some(group) = self.groups.get(decided_key) else { continue };
            if decided_key != key && !group.is_complete() {
                continue;
            }
            let was_alone = (group.place == Place::Alone).then(|| group.own_id());
            match call {
                Some((id, confidence)) => {
                    self.attach(decided_key, id, Some(Match { method: MatchMethod::BestScore, confidence }));
                    self.outputs.extend(was_alone.map(Output::Gone));
                }
                None if decided_key == key => self.stand_alone(decided_key),
                // A neighbour without a partner keeps its own wait.
                None => {}
            }
        }
    }

    /// The group at `key`, the calls it may belong to, and the waiting groups that may belong to those calls.
    fn neighbourhood(&self, key: GroupKey) -> (Vec<GroupKey>, Vec<CallId>, Vec<Vec<f32>>) {
        let Some(first) = self.groups.get(key) else { return (Vec::new(), Vec::new(), Vec::new()) };
        let calls: Vec<&Call> =
            self.candidates(first).filter(|call| fits(first, call) > 0.0).take(TOGETHER).collect();
        let mut groups = vec![first];
        let near = |group: &&Group| (group.key.started_at - key.started_at).abs() <= FARTHEST_MS;
        groups.extend(
            self.groups
                .waiting()
                .filter(|group| group.key != key)
                .filter(near)
                .filter(|group| calls.iter().any(|call| fits(group, call) > 0.0))
                .take(TOGETHER),
        );
        let scores =
            groups.iter().map(|group| calls.iter().map(|call| fits(group, call)).collect()).collect();
        (groups.iter().map(|group| group.key).collect(), calls.iter().map(|call| call.id).collect(), scores)
    }

    /// Calls told by DevLink3 that have no records yet, ended ones and those in progress.
    fn candidates<'s>(&'s self, group: &'s Group) -> impl Iterator<Item = &'s Call> + 's {
        let mut open: Vec<&Call> = self
            .calls
            .values()
            .filter(|conversation| conversation.is_call())
            .map(|conversation| &conversation.call)
            .filter(|call| (call.started_at - group.key.started_at).abs() <= FARTHEST_MS)
            .collect();
        open.sort_by_key(|call| call.id);
        let ended = self.ended.begun_near(group.key.started_at, FARTHEST_MS);
        ended.chain(open).filter(|call| call.basis.records.is_empty())
    }

    fn has_candidates(&self, key: GroupKey) -> bool {
        self.link.ever && self.groups.get(key).is_some_and(|group| self.candidates(group).next().is_some())
    }

    fn exact(&self, record: &Record<'_>) -> Option<CallId> {
        let legs = [record.caller_leg, record.called_leg];
        legs.into_iter().flatten().find_map(|leg| self.exact_leg(leg, record))
    }

    fn exact_leg(&self, leg: LegId, record: &Record<'_>) -> Option<CallId> {
        let open =
            self.by_leg.get(&leg).and_then(|id| self.calls.get(id)).map(|conversation| &conversation.call);
        let call = open.or_else(|| self.ended.by_leg(leg))?;
        let apart = (call.started_at - record.started_at).abs();
        let number = call.external_number.as_deref();
        let same_number =
            number.is_some_and(|number| number == record.caller || number == record.called_number);
        (apart <= EXACT_APART_MS || (same_number && apart <= EXACT_FARTHEST_MS)).then_some(call.id)
    }

    /// The records are a call by themselves.
    fn stand_alone(&mut self, key: GroupKey) {
        self.groups.set_place(key, Place::Alone);
        let Some(group) = self.groups.get(key) else { return };
        let call = call_of(group, self.id, &self.rules, &self.hunt_groups);
        self.outputs.push(Output::Call(Box::new(call)));
    }

    /// The records belong to call `id`; `matched` is `None` where that was decided before.
    fn attach(&mut self, key: GroupKey, id: CallId, matched: Option<Match>) {
        self.groups.set_place(key, Place::With(id));
        let Some(group) = self.groups.get(key).cloned() else { return };
        let rules = self.rules.clone();
        let known_start = self.call(id).filter(|call| call.start_known).map(|call| call.started_at);
        if let Some(ahead_ms) = known_start.map(|start| key.started_at - start)
            && ahead_ms.abs() >= CLOCK_DIFFERS_MS
        {
            self.outputs.push(Output::ClockDiffers(self.id, ahead_ms));
        }
        self.with_call(id, |call| {
            for record in group.record_refs() {
                if !call.basis.records.contains(&record) {
                    call.basis.records.push(record);
                    call.basis.last = call.basis.last.max(record.position);
                }
            }
            call.basis.matched = matched.or(call.basis.matched);
            describe(call, &group, &rules);
            complete(call, &group);
        });
    }
}

fn fits(group: &Group, call: &Call) -> f32 {
    score(group, call).filter(|score| *score >= THRESHOLD).unwrap_or(0.0)
}

/// What DevLink3 did not see, because the link was down, the records may know: the beginning and the end.
fn complete(call: &mut Call, group: &Group) {
    let started_at = group.key.started_at;
    if !call.start_known && started_at <= call.started_at {
        let ring_ms = group.segments.first().map_or(0, |segment| i64::from(segment.ring_seconds) * 1000);
        let first_seen = call.started_at;
        let answered_at = started_at.plus_ms(ring_ms).min(first_seen);
        if let Some(first) = call.events.iter_mut().find(|event| !event.beside) {
            first.started_at = if first.kind == EventKind::Ringing { started_at } else { answered_at };
            let talking = first.kind != EventKind::Ringing;
            let agent = first.agent.clone();
            if talking && answered_at > started_at {
                let kind = if call.direction == Direction::Outbound {
                    EventKind::Dialing
                } else {
                    EventKind::Ringing
                };
                let ringing =
                    Event { kind, started_at, ended_at: Some(answered_at), agent, ..Event::default() };
                call.events.insert(0, ringing);
            }
        }
        call.started_at = started_at;
        call.start_known = true;
    }
    if call.ending == Some(Ending::Unseen) && group.is_complete() {
        let ended_at = started_at.plus_ms(group.length_ms());
        if call.ended_at.is_some_and(|known| ended_at > known) {
            if let Some(last) = call.events.iter_mut().rfind(|event| !event.beside) {
                last.ended_at = Some(ended_at);
            }
            call.ended_at = Some(ended_at);
        }
        call.ending = None;
    }
}
