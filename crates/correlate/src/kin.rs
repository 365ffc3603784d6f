//! Records with a Call ID of their own that are part of another call all the same: the leg to a mobile twin, a
//! consultation, the legs of a conference. They are shown with that call and not counted.

use crate::group::{Group, GroupKey, Place, Segment};
use crate::records::{call_of, direction};
use crate::site::Site;
use model::fact::RecordDirection;
use model::{At, Call, CallId, Direction, Ending, Event, EventKind, Related, Relation};
use std::borrow::Cow;

/// Starts and lengths are rounded up, each by a second at most.
const ROUNDED_MS: i64 = 3_000;
/// A call with several records rounds several times.
const ROUNDED_EACH_MS: i64 = 1_500;
/// As much for a call with more records than calls have.
const FARTHEST_OFF_MS: i64 = 15_000;
/// How much earlier a call can have begun that has another as its part.
const LONGEST_MS: i64 = 2 * 3_600_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Main {
    Group(GroupKey),
    Told(CallId),
}

impl Site {
    /// Looks for the call that the records at `key` are part of, and for records that are part of theirs.
    pub(crate) fn find_kin(&mut self, key: GroupKey) {
        self.forget_kin(key);
        if let Some((main, relation)) = self.main_of(key) {
            match self.same_part(key, main) {
                Some(id) => self.attach_part(key, id),
                None => self.relate_groups(key, main, relation),
            }
            return;
        }
        let Some(group) = self.groups.get(key) else { return };
        let (from, to) = group.span();
        let (from, to) = (from.plus_ms(-ROUNDED_MS), to.plus_ms(ROUNDED_MS));
        let went_on = (group.segments.len() > 1).then(|| self.groups.begun_between(from, to));
        let parts: Vec<(GroupKey, Relation)> = self
            .groups
            .twins_between(from, to)
            .chain(went_on.into_iter().flatten())
            .filter(|part| part.key != key && part.place == Place::Alone)
            .filter_map(|part| Some((part.key, is_part_of(part, group)?)))
            .collect();
        for (part, _) in parts {
            // It may have been taken for part of a call that fits less.
            self.forget_kin(part);
            if let Some((main, relation)) = self.main_of(part) {
                self.relate_groups(part, main, relation);
            }
            self.publish_group(part);
        }
    }

    /// DevLink3 may have told of the same part, as one where SMDR has two: a consultation that became a conference leg.
    fn same_part(&self, key: GroupKey, main: Main) -> Option<CallId> {
        let Main::Told(main) = main else { return None };
        let group = self.groups.get(key)?;
        let extension = caller(group.segments.first()?)?;
        let at = group.key.started_at.plus_ms(-self.pbx_clock.ahead_ms());
        let parts = self.base(main)?.related.iter().filter(|related| !related.relation.is_part());
        parts.filter_map(|related| self.base(related.id)).find_map(|part| {
            let begins = |event: &Event| {
                event.agent.as_deref() == Some(extension) && (event.started_at - at).abs() <= ROUNDED_MS
            };
            (part.direction == Direction::Internal && part.events.iter().any(begins)).then_some(part.id)
        })
    }

    /// The records are no call of their own any more.
    pub(crate) fn forget_kin(&mut self, key: GroupKey) {
        let Some(group) = self.groups.get_mut(key) else { return };
        group.beside.clear();
        let (own, related) = (group.own_id(), std::mem::take(&mut group.related));
        for Related { id, .. } in related {
            let other = self.groups.all().find(|group| group.own_id() == id).map(|group| group.key);
            if let Some(other) = other.and_then(|key| self.groups.get_mut(key)) {
                other.related.retain(|related| related.id != own);
                let other = other.key;
                self.publish_group(other);
            } else {
                self.with_call(id, |call| call.related.retain(|related| related.id != own));
            }
        }
    }

    /// Records were joined with call `id`: what they tell of times that DevLink3 did not see may show that other records
    /// are part of it.
    pub(crate) fn find_kin_of_told(&mut self, id: CallId, key: GroupKey) {
        let Some(group) = self.groups.get(key) else { return };
        if group.segments.len() < 2 && !self.base(id).is_some_and(seen_in_part) {
            return;
        }
        let (from, to) = group.span();
        let (from, to) = (from.plus_ms(-ROUNDED_MS), to.plus_ms(ROUNDED_MS));
        let orphans: Vec<GroupKey> = self
            .groups
            .begun_between(from, to)
            .filter(|group| group.place == Place::Alone && group.related.is_empty())
            .filter(|group| group.segments.first().is_some_and(may_be_part))
            .map(|group| group.key)
            .collect();
        for key in orphans {
            self.find_kin(key);
            if self
                .groups
                .get(key)
                .is_some_and(|group| group.place == Place::Alone && !group.related.is_empty())
            {
                self.publish_group(key);
            }
        }
    }

    fn relate_groups(&mut self, part: GroupKey, main: Main, relation: Relation) {
        let Some(group) = self.groups.get(part) else { return };
        let own = group.own_id();
        let beside = if relation == Relation::ConferenceOf { members(group) } else { Vec::new() };
        let main_id = match main {
            Main::Told(id) => {
                self.with_call(id, |call| {
                    crate::conversation::relate(call, own, relation.opposite());
                });
                id
            }
            Main::Group(key) => {
                let Some(main) = self.groups.get_mut(key) else { return };
                let related = Related { id: own, relation: relation.opposite() };
                if !main.related.contains(&related) {
                    main.related.push(related);
                    main.beside.extend(beside);
                }
                let id = main.own_id();
                self.publish_group(key);
                id
            }
        };
        if let Some(group) = self.groups.get_mut(part) {
            group.related.push(Related { id: main_id, relation });
        }
    }

    fn main_of(&self, key: GroupKey) -> Option<(Main, Relation)> {
        let part = self.groups.get(key)?;
        let first = part.segments.first()?;
        let by_other_source = match (first.is_twin(), first.conference().is_some()) {
            (true, _) => Some(Relation::TwinOf),
            (false, true) => Some(Relation::ConferenceOf),
            (false, false) => (direction(first) == Direction::Internal).then_some(Relation::ConsultationOf),
        };
        if let Some(relation) = by_other_source
            && let Some(id) = self.told_call_of(part, relation)
        {
            return Some((Main::Told(id), relation));
        }
        if !may_be_part(first) {
            return None;
        }
        let (from, to) = part.span();
        let (from, to) = (from.plus_ms(-LONGEST_MS), to.plus_ms(ROUNDED_MS));
        let ended = part.span().1;
        let by_twin = first.is_twin().then(|| self.groups.begun_between(from, to));
        let by_conference = first.conference().is_some().then(|| self.groups.conferences_between(from, to));
        let by_handover = (!first.is_twin()).then(|| {
            self.groups.handed_over_between(ended.plus_ms(-FARTHEST_OFF_MS), ended.plus_ms(FARTHEST_OFF_MS))
        });
        let mains = by_twin.into_iter().flatten();
        mains
            .chain(by_conference.into_iter().flatten())
            .chain(by_handover.into_iter().flatten())
            .filter(|main| main.key != key && main.place != Place::Waiting)
            .filter(|main| !main.related.iter().any(|related| related.relation.is_part()))
            .filter_map(|main| Some((shared_ms(part, main), main, is_part_of(part, main)?)))
            .max_by_key(|(shared, main, _)| (*shared, main.key))
            .map(|(_, main, relation)| match main.place {
                Place::With(id) => (Main::Told(id), relation),
                Place::Alone | Place::Waiting => (Main::Group(main.key), relation),
            })
    }

    /// The call that DevLink3 told on which the part's person was at that time: rang or talked, for a mobile twin's leg,
    /// was in the conference, or held it to ask somebody.
    fn told_call_of(&self, part: &Group, relation: Relation) -> Option<CallId> {
        let extension = caller(part.segments.first()?)?;
        let ahead_ms = self.pbx_clock.ahead_ms();
        let (from, to) = part.span();
        let (from, to) = (from.plus_ms(-ahead_ms), to.plus_ms(-ahead_ms));
        let open = self.calls.values().map(|open| (&open.call, open.groups.as_slice()));
        let ended =
            self.ended.begun_near(from, LONGEST_MS).map(|ended| (&ended.call, ended.groups.as_slice()));
        open.chain(ended)
            .filter(|(call, _)| call.is_counted())
            .map(|(call, groups)| match seen_in_part(call) && !groups.is_empty() {
                true => Cow::Owned(self.joined(call, groups)),
                false => Cow::Borrowed(call),
            })
            .filter(|call| relation != Relation::TwinOf || call.direction != Direction::Outbound)
            .filter_map(|call| Some((together_ms(&call, extension, relation, from, to)?, call.id)))
            .max()
            .map(|(_, id)| id)
    }
}

fn seen_in_part(call: &Call) -> bool {
    !call.start_known || call.ending == Some(Ending::Unseen)
}

/// Only what the PBX or somebody in the office began can be part of another call.
fn may_be_part(first: &Segment) -> bool {
    first.is_twin() || first.conference().is_some() || first.direction == RecordDirection::Out
}

/// For how long the person was on the call between `from` and `to`; `None` if not at all.
fn together_ms(call: &Call, extension: &str, relation: Relation, from: At, to: At) -> Option<i64> {
    let is_hold = |event: &Event| matches!(event.kind, EventKind::Hold | EventKind::TransferHold);
    let there = call.events.iter().filter(|event| {
        event.agent.as_deref() == Some(extension)
            && match relation {
                Relation::ConferenceOf => event.kind == EventKind::Conference,
                // The whole of it lies within the hold.
                Relation::ConsultationOf => {
                    is_hold(event)
                        && event.started_at <= from.plus_ms(ROUNDED_MS)
                        && event.ended_at.is_none_or(|ended| ended.plus_ms(ROUNDED_MS) >= to)
                }
                _ => true,
            }
            && event.started_at <= to.plus_ms(ROUNDED_MS)
            && event.ended_at.is_none_or(|ended| ended >= from.plus_ms(-ROUNDED_MS))
    });
    there.map(|event| event.ended_at.unwrap_or(to).min(to).ms_since(event.started_at.max(from))).max()
}

/// In what way the records of `part` belong to the call of `main`.
fn is_part_of(part: &Group, main: &Group) -> Option<Relation> {
    is_twin(part, main).or_else(|| is_conference_leg(part, main)).or_else(|| is_consultation(part, main))
}

/// For how long both went on.
fn shared_ms(a: &Group, b: &Group) -> i64 {
    let ((a_from, a_to), (b_from, b_to)) = (a.span(), b.span());
    a_to.min(b_to).ms_since(a_from.max(b_from))
}

/// The PBX called a person's mobile beside the desk phone.
fn is_twin(part: &Group, main: &Group) -> Option<Relation> {
    let first = part.segments.first()?;
    if !first.is_twin() || direction(main.segments.first()?) == Direction::Outbound {
        return None;
    }
    let extension = caller(first)?;
    let (from, to) = part.span();
    let was_there = main.segments.iter().zip(main.spans()).any(|(segment, (begun, ended))| {
        let names = segment.extension() == Some(extension) || segment.called == extension;
        names && begun <= to.plus_ms(ROUNDED_MS) && ended >= from.plus_ms(-ROUNDED_MS)
    });
    was_there.then_some(Relation::TwinOf)
}

/// A person of the office and a conference channel; the call of the outside party, or the one that came first, meets
/// the same channel.
fn is_conference_leg(part: &Group, main: &Group) -> Option<Relation> {
    let channel = part.segments.iter().find_map(Segment::conference)?;
    let is_leg = direction(part.segments.first()?) == Direction::Internal
        || part.segments.iter().all(|segment| segment.conference().is_some());
    let became = main.segments.len() > 1 && main.segments.first()?.conference().is_none();
    let met = main.segments.iter().zip(main.spans()).any(|(segment, (begun, ended))| {
        let (from, to) = part.span();
        segment.conference() == Some(channel)
            && begun <= to.plus_ms(ROUNDED_MS)
            && ended >= from.plus_ms(-ROUNDED_MS)
    });
    (is_leg && became && met).then_some(Relation::ConferenceOf)
}

/// Who holds the main call asks somebody, within the hold, and then hands the call over.
fn is_consultation(part: &Group, main: &Group) -> Option<Relation> {
    let first = part.segments.first()?;
    if direction(first) == Direction::Inbound {
        return None;
    }
    let holder = caller(first)?;
    let (from, to) = part.span();
    let mut handed_over = main.segments.iter().zip(main.segments.iter().skip(1)).zip(main.spans());
    handed_over
        .any(|((segment, next), (begun, ended))| {
            let held = i64::from(segment.hold_seconds) * 1000;
            let slack = ROUNDED_MS + ROUNDED_EACH_MS * i64::try_from(main.segments.len()).unwrap_or(1);
            let target = next.extension().unwrap_or(&next.called);
            segment.extension() == Some(holder)
                && next.extension() != Some(holder)
                && held > 0
                && from.plus_ms(slack) >= begun.max(ended.plus_ms(-held))
                && (to - ended).abs() <= slack
                && (first.called == target
                    || first.party2.extension() == Some(target)
                    || next.conference().is_some())
        })
        .then_some(Relation::ConsultationOf)
}

fn caller(segment: &Segment) -> Option<&str> {
    segment.party1.extension().or(Some(segment.caller.as_str()).filter(|caller| !caller.is_empty()))
}

/// What the people of a conference leg did, as it stands beside the main call. By the PBX's clock, as records tell it: the
/// main call moves it with the rest.
fn members(group: &Group) -> Vec<Event> {
    let group = Group { ahead_ms: 0, ..group.clone() };
    let call = call_of(&group, model::SiteId::default(), &crate::Rules::default(), &Default::default());
    let in_conference = call.events.into_iter().filter(|event| event.kind == EventKind::Conference);
    in_conference.map(|event| Event { beside: true, ..event }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Position;
    use model::fact::{Device, DeviceKind, Record};

    fn leg_of(extension: &'static str) -> Segment {
        let device = |kind, number: &'static str, name: &'static str| Device {
            kind,
            code: number.into(),
            number: number.into(),
            name: name.into(),
        };
        let record = Record {
            connected_seconds: 10,
            is_internal: true,
            party1: device(DeviceKind::Extension, extension, ""),
            party2: device(DeviceKind::Conference, "9115", "CO Channel 115.2"),
            ..Record::default()
        };
        Segment::of(Position::default(), &record)
    }

    #[test]
    fn what_members_of_a_conference_did_is_moved_by_the_clock_once_and_stays_within_the_call() {
        let key = GroupKey { started_at: At(100_000), call_id: 7 };
        // The PBX's clock is five seconds behind.
        let part = Group::of(key, vec![leg_of("201")], -5_000);
        let mut main = Group::of(key, vec![leg_of("210")], -5_000);
        main.beside = members(&part);
        let call = call_of(&main, model::SiteId::default(), &crate::Rules::default(), &Default::default());
        let member =
            call.events.iter().find(|event| event.agent.as_deref() == Some("201")).expect("a member");
        assert_eq!(
            (member.started_at, member.ended_at),
            (At(105_000), Some(At(115_000))),
            "at the same time as who made it"
        );

        main.beside[0].started_at = At(900_000);
        main.beside[0].ended_at = Some(At(901_000));
        let call = call_of(&main, model::SiteId::default(), &crate::Rules::default(), &Default::default());
        let member =
            call.events.iter().find(|event| event.agent.as_deref() == Some("201")).expect("a member");
        assert!(member.ended_at >= Some(member.started_at), "no event ends before it begins: {member:?}");
    }
}
