//! Joins the records of a call with the call that DevLink3 told: exactly by server address and call id, or by the best
//! total score over all candidates at once. What was joined by score is judged anew when more is known.

use crate::engine::Output;
use crate::group::{Group, GroupKey, Place, Segment};
use crate::party::PartyKey;
use crate::records::{call_of, direction};
use crate::score::{APART_MS, FARTHEST_MS, THRESHOLD, score};
use crate::site::{Deadline, Site};
use assignment::best_total;
use model::fact::{LegId, Record};
use model::{At, Call, CallId, Direction, MatchMethod, Position};
use std::collections::BTreeSet;

/// Records of neighbouring calls may still be on their way: the decision waits this long, so that it is made over all
/// of them.
const SETTLE_MS: i64 = 3_000;
/// Call ids of a node start again when it restarts: with the same id, but this far apart in time, it is another call
/// unless the number agrees.
const EXACT_APART_MS: i64 = 10 * 60_000;
const EXACT_FARTHEST_MS: i64 = 24 * 3_600_000;
/// Starts of a record and its conversation that are farther apart than this are told: the PBX's clock is wrong, or its
/// time zone is.
const CLOCK_DIFFERS_MS: i64 = 60_000;
/// Neighbours that are judged together.
const TOGETHER: usize = 48;
/// How often neighbours' neighbours are looked for.
const ROUNDS: usize = 3;

impl Site {
    pub(crate) fn take_record(&mut self, now: At, position: Position, record: &Record<'_>) {
        let key = GroupKey { started_at: record.started_at, call_id: record.call_id };
        let exact = self.exact(record);
        if let Some(old) = self.groups.add(key, Segment::of(position, record)) {
            self.bake(&old);
        }
        let Some(group) = self.groups.get(key) else { return };
        let place = group.place;
        let (is_guess, ended_at) = (group.is_guess(), group.span().1);
        // Several records round several times, and the first of them came while the call went on.
        let tells_time = group.is_complete() && group.len() == 1;
        if tells_time && self.pbx_clock.arrive(now, ended_at) {
            self.judge_all_anew(now);
        }
        if let Place::With(id) = place
            && exact.is_none()
            && self.base(id).is_none()
        {
            // Its call is out of reach by now.
            self.stand_apart(key);
            return;
        }
        match (place, exact) {
            (Place::With(id), found) if !is_guess && found.is_none_or(|found| found == id) => {
                self.publish(id);
                self.find_kin_of_told(id, key);
            }
            (Place::With(id), None) => {
                self.publish(id);
                self.judge_later(now, key);
            }
            (_, Some(id)) => {
                self.displace(now, id, key);
                self.attach(now, key, id, MatchMethod::CallId, 1.0);
            }
            (Place::Waiting | Place::Alone, None) => {
                if self.has_candidates(key) {
                    self.judge_later(now, key);
                } else {
                    self.stand_alone(key);
                }
            }
        }
    }

    /// A call that DevLink3 told is over: its length is known now, so what was joined with it by likeness is judged anew.
    pub(crate) fn judge_guesses_of(&mut self, now: At, groups: &[GroupKey]) {
        for key in groups {
            if self.groups.get(*key).is_some_and(Group::is_guess) {
                self.judge_later(now, *key);
            }
        }
    }

    /// Decides for the group whose wait is over, and for all that compete with it.
    pub(crate) fn join_waiting(&mut self, due: At, key: GroupKey) {
        if self.groups.get(key).is_none_or(|group| group.join_due != Some(due)) {
            return;
        }
        if let Some(group) = self.groups.get_mut(key) {
            group.join_due = None;
        }
        if self.is_out_of_reach(key) {
            return;
        }
        let (groups, calls, scores) = self.neighbourhood(key);
        let found: Vec<(GroupKey, Option<(CallId, f32)>)> = best_total(&scores)
            .into_iter()
            .enumerate()
            .map(|(row, column)| (groups[row], column.map(|column| (calls[column], scores[row][column]))))
            .collect();
        // First all that must make room, then all that move in.
        let mut moving = Vec::new();
        for (found_key, call) in found {
            let Some(group) = self.groups.get(found_key) else { continue };
            let settled = group.is_complete() || found_key == key;
            match (group.place, call) {
                (Place::With(id), Some((best, _))) if id == best => self.move_by_clock(found_key, id),
                (Place::With(_), _) if self.is_out_of_reach(found_key) => {}
                (Place::With(_), best) => {
                    self.detach(found_key);
                    moving.push((found_key, best));
                }
                (_, best) if settled => moving.push((found_key, best)),
                _ => {}
            }
        }
        for (moving_key, call) in moving {
            match call {
                Some((id, confidence)) => {
                    self.attach(due, moving_key, id, MatchMethod::BestScore, confidence)
                }
                None if self.groups.get(moving_key).is_some_and(|group| group.join_due.is_none()) => {
                    self.stand_alone(moving_key)
                }
                // It waits for its own turn.
                None => {}
            }
        }
    }

    pub(crate) fn judge_later(&mut self, now: At, key: GroupKey) {
        let due = now.plus_ms(SETTLE_MS);
        self.groups.wait(key, due);
        self.schedule(due, Deadline::Join(key));
    }

    /// The clock was found to be off otherwise than thought: whatever rests on it is judged and laid out anew.
    fn judge_all_anew(&mut self, now: At) {
        let ahead_ms = self.pbx_clock.ahead_ms();
        let since = self.pbx_clock.holds_since();
        let keys: Vec<(GroupKey, Place, bool)> = self
            .groups
            .all()
            .filter(|group| group.ahead_ms != ahead_ms && group.key.started_at >= since)
            .map(|group| (group.key, group.place, group.is_guess()))
            .collect();
        for (key, place, is_guess) in keys {
            match place {
                Place::With(id) if self.base(id).is_none() => {}
                Place::With(_) if is_guess => self.judge_later(now, key),
                Place::With(id) => self.move_by_clock(key, id),
                Place::Alone if self.has_candidates(key) => self.judge_later(now, key),
                Place::Alone => self.stand_alone(key),
                // It is judged when its wait is over.
                Place::Waiting => {}
            }
        }
    }

    /// What the records of call `id` tell of times that DevLink3 did not see is moved by the clock as it is known now.
    fn move_by_clock(&mut self, key: GroupKey, id: CallId) {
        let ahead_ms = self.pbx_clock.ahead_ms();
        let Some(group) = self.groups.get_mut(key).filter(|group| group.ahead_ms != ahead_ms) else { return };
        group.ahead_ms = ahead_ms;
        if let Some(matched) = &mut group.matched {
            matched.clock_ahead_ms = ahead_ms;
        }
        self.publish(id);
    }

    /// The call that the records were joined with is not at hand any more: they stay with it.
    fn is_out_of_reach(&self, key: GroupKey) -> bool {
        let place = self.groups.get(key).map(|group| group.place);
        matches!(place, Some(Place::With(id)) if self.base(id).is_none())
    }

    /// Of records whose call is out of reach, the last one is a call of its own.
    fn stand_apart(&mut self, key: GroupKey) {
        if let Some(group) = self.groups.get_mut(key) {
            let newest = group.segments.iter().max_by_key(|segment| segment.position).cloned();
            group.segments = newest.into_iter().collect();
            group.matched = None;
        }
        self.stand_alone(key);
    }

    /// The group at `key`, the calls it may belong to, the groups that may belong to those calls, and so on.
    fn neighbourhood(&self, key: GroupKey) -> (Vec<GroupKey>, Vec<CallId>, Vec<Vec<f32>>) {
        let mut groups: BTreeSet<GroupKey> = BTreeSet::from([key]);
        let mut calls: BTreeSet<CallId> = BTreeSet::new();
        let mut new = vec![key];
        for _ in 0..ROUNDS {
            let mut found = Vec::new();
            for group in new.drain(..).filter_map(|key| self.groups.get(key)) {
                for (call, taken_by) in self.candidates(group) {
                    if calls.len() < TOGETHER && self.fits(group, call) > 0.0 {
                        calls.insert(call.id);
                        found.extend(taken_by.iter().copied());
                    }
                }
                let near = FARTHEST_MS.min(4 * APART_MS);
                let (from, to) = (group.key.started_at.plus_ms(-near), group.key.started_at.plus_ms(near));
                let waiting = self.groups.begun_between(from, to).filter(|group| group.join_due.is_some());
                found.extend(waiting.map(|group| group.key));
            }
            found.retain(|found| !groups.contains(found));
            found.sort_unstable();
            found.dedup();
            found.truncate(TOGETHER.saturating_sub(groups.len()));
            if found.is_empty() {
                break;
            }
            groups.extend(found.iter().copied());
            new = found;
        }
        let calls: Vec<CallId> = calls.into_iter().collect();
        let groups: Vec<GroupKey> = groups.into_iter().collect();
        let scores = groups
            .iter()
            .map(|key| {
                let Some(group) = self.groups.get(*key) else { return vec![0.0; calls.len()] };
                calls.iter().map(|id| self.base(*id).map_or(0.0, |call| self.fits(group, call))).collect()
            })
            .collect();
        (groups, calls, scores)
    }

    /// Calls told by DevLink3 to which no records were joined for certain, with those joined by likeness: near in time,
    /// or anywhere near with the same number.
    fn candidates<'s>(&'s self, group: &'s Group) -> Vec<(&'s Call, &'s [GroupKey])> {
        let at = group.key.started_at.plus_ms(-self.pbx_clock.ahead_ms());
        let open = self.calls.values().filter(|conversation| conversation.is_call()).filter(|conversation| {
            let apart = at - conversation.call.started_at;
            apart.abs() <= FARTHEST_MS
        });
        let open = open.map(|conversation| (&conversation.call, conversation.groups.as_slice()));
        let parties = group.segments.first().into_iter().flat_map(|first| {
            let direction = direction(first);
            let numbers = match direction {
                Direction::Inbound => [first.caller.as_str(), ""],
                Direction::Outbound => [first.called.as_str(), first.dialled.as_str()],
                Direction::Internal => [first.called.as_str(), ""],
            };
            numbers.into_iter().filter_map(move |number| PartyKey::of(direction, number))
        });
        let ended = self
            .ended
            .begun_near(at, APART_MS)
            .chain(self.ended.start_unknown())
            .chain(parties.flat_map(|key| self.ended.with_party(key)))
            .map(|ended| (&ended.call, ended.groups.as_slice()));
        let mut all: Vec<(&Call, &[GroupKey])> = ended
            .filter(|(call, _)| (at - call.started_at).abs() <= FARTHEST_MS)
            .chain(open)
            .filter(|(call, taken_by)| {
                call.basis.records.is_empty()
                    && taken_by.iter().all(|key| self.groups.get(*key).is_some_and(Group::is_guess))
            })
            .collect();
        all.sort_by_key(|(call, _)| call.id);
        all.dedup_by_key(|(call, _)| call.id);
        all
    }

    fn has_candidates(&self, key: GroupKey) -> bool {
        self.link.ever && self.groups.get(key).is_some_and(|group| !self.candidates(group).is_empty())
    }

    fn fits(&self, group: &Group, call: &Call) -> f32 {
        score(group, call, self.pbx_clock.ahead_ms()).filter(|score| *score >= THRESHOLD).unwrap_or(0.0)
    }

    fn exact(&self, record: &Record<'_>) -> Option<CallId> {
        let legs = [record.caller_leg, record.called_leg];
        legs.into_iter().flatten().find_map(|leg| self.exact_leg(leg, record))
    }

    fn exact_leg(&self, leg: LegId, record: &Record<'_>) -> Option<CallId> {
        let open = self.by_leg.get(&leg).and_then(|id| self.calls.get(id));
        let open = open.filter(|open| open.is_call()).map(|open| &open.call);
        let started_at = record.started_at.plus_ms(-self.pbx_clock.ahead_ms());
        let is_it = |call: &Call| {
            let apart = (call.started_at - started_at).abs();
            let number = call.external_number.as_deref();
            let same_number =
                number.is_some_and(|number| number == record.caller || number == record.called_number);
            apart <= EXACT_APART_MS || (same_number && apart <= EXACT_FARTHEST_MS)
        };
        let ended = || self.ended.by_leg(leg).map(|ended| &ended.call);
        open.filter(|call| is_it(call)).or_else(|| ended().filter(|call| is_it(call))).map(|call| call.id)
    }

    /// The records are a call by themselves.
    fn stand_alone(&mut self, key: GroupKey) {
        let ahead_ms = self.pbx_clock.ahead_ms();
        let Some(group) = self.groups.get_mut(key) else { return };
        group.place = Place::Alone;
        group.matched = None;
        group.ahead_ms = ahead_ms;
        self.find_kin(key);
        if self.groups.get(key).is_some_and(|group| group.place == Place::Alone) {
            self.publish_group(key);
        }
    }

    pub(crate) fn publish_group(&mut self, key: GroupKey) {
        let Some(group) = self.groups.get(key) else { return };
        let call = call_of(group, self.id, &self.rules, &self.hunt_groups);
        self.outputs.push(Output::Call(Box::new(call)));
    }

    pub(crate) fn compare_clocks(&mut self, now: At, started_at: At, ahead_ms: i64) {
        if ahead_ms.abs() >= CLOCK_DIFFERS_MS && self.pbx_clock.is_news(ahead_ms) {
            self.outputs.push(Output::ClockDiffers(self.id, ahead_ms));
        }
        if self.pbx_clock.compare(started_at, ahead_ms) {
            self.judge_all_anew(now);
        }
    }
}
