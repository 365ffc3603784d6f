//! The groups of records that are at hand, and by what they are found.

use crate::group::{Group, GroupKey, Place, Segment};
use model::{At, CallId};
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, VecDeque};

/// Groups kept for records that belong to a call already told. Records of one call come minutes apart at most; this is
/// more than a busy office makes in a day.
const GROUPS_KEPT: usize = 8_192;
/// Groups that survive a restart although they are complete.
const GROUPS_SAVED: usize = 48;

#[derive(Debug, Default)]
pub(crate) struct Groups {
    groups: FxHashMap<GroupKey, Group>,
    order: VecDeque<GroupKey>,
    by_start: BTreeSet<GroupKey>,
    /// Legs to mobile twins.
    twins: BTreeSet<GroupKey>,
    /// Calls that became a conference.
    conferences: BTreeSet<GroupKey>,
    /// When somebody who held a call handed it over: where a consultation ends.
    handovers: BTreeSet<(At, GroupKey)>,
}

impl Groups {
    /// Adds a record to its group. Gives back the group that had to make room.
    pub(crate) fn add(&mut self, key: GroupKey, segment: Segment) -> Option<Group> {
        let Some(group) = self.groups.get_mut(&key) else {
            let mut group = Group::new(key);
            group.push(segment);
            return self.insert(group);
        };
        group.push(segment);
        self.index(key);
        None
    }

    pub(crate) fn insert(&mut self, group: Group) -> Option<Group> {
        let key = group.key;
        if group.segments.first().is_some_and(Segment::is_twin) {
            self.twins.insert(key);
        }
        let is_several = group.len() > 1;
        if self.groups.insert(key, group).is_none() {
            self.order.push_back(key);
            self.by_start.insert(key);
        }
        if is_several {
            self.index(key);
        }
        if self.order.len() <= GROUPS_KEPT {
            return None;
        }
        let oldest = self.order.pop_front()?;
        for index in [&mut self.by_start, &mut self.twins, &mut self.conferences] {
            index.remove(&oldest);
        }
        let group = self.groups.remove(&oldest)?;
        for at in handovers(&group) {
            self.handovers.remove(&(at, oldest));
        }
        Some(group)
    }

    /// A call that went from hand to hand is found by where it went.
    fn index(&mut self, key: GroupKey) {
        let Self { groups, handovers: known, conferences, .. } = self;
        let Some(group) = groups.get(&key) else { return };
        known.extend(handovers(group).map(|at| (at, key)));
        if group.segments.iter().any(|segment| segment.conference().is_some()) {
            conferences.insert(key);
        }
    }

    pub(crate) fn get(&self, key: GroupKey) -> Option<&Group> {
        self.groups.get(&key)
    }

    pub(crate) fn get_mut(&mut self, key: GroupKey) -> Option<&mut Group> {
        self.groups.get_mut(&key)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Group> + '_ {
        self.order.iter().filter_map(|key| self.groups.get(key))
    }

    /// The group wants to be joined at `due`.
    pub(crate) fn wait(&mut self, key: GroupKey, due: At) {
        if let Some(group) = self.groups.get_mut(&key) {
            group.join_due = Some(due);
        }
    }

    /// Groups that began from `from` to `to`, by the PBX's clock, in order of time.
    pub(crate) fn begun_between(&self, from: At, to: At) -> impl Iterator<Item = &Group> + '_ {
        self.of(&self.by_start, from, to)
    }

    /// As [`Groups::begun_between`], legs to mobile twins only.
    pub(crate) fn twins_between(&self, from: At, to: At) -> impl Iterator<Item = &Group> + '_ {
        self.of(&self.twins, from, to)
    }

    /// As [`Groups::begun_between`], calls that became a conference only.
    pub(crate) fn conferences_between(&self, from: At, to: At) -> impl Iterator<Item = &Group> + '_ {
        self.of(&self.conferences, from, to)
    }

    /// Calls that were handed over from `from` to `to`.
    pub(crate) fn handed_over_between(&self, from: At, to: At) -> impl Iterator<Item = &Group> + '_ {
        let (from, to) = ((from, first_at(At(i64::MIN))), (to, last_at(At(i64::MAX))));
        self.handovers.range(from..=to).filter_map(|(_, key)| self.groups.get(key))
    }

    fn of<'s>(
        &'s self,
        index: &'s BTreeSet<GroupKey>,
        from: At,
        to: At,
    ) -> impl Iterator<Item = &'s Group> + 's {
        index.range(first_at(from)..=last_at(to)).filter_map(|key| self.groups.get(key))
    }

    /// Groups of which more is to come, those of calls in progress, and the last ones: what comes next may show that they
    /// belong elsewhere.
    pub(crate) fn worth_keeping(&self, is_open: impl Fn(CallId) -> bool) -> Vec<Group> {
        let old = self.order.len().saturating_sub(GROUPS_SAVED);
        let mut kept: Vec<Group> = self
            .all()
            .enumerate()
            .filter(|(place, group)| {
                let of_open = matches!(group.place, Place::With(id) if is_open(id));
                *place >= old || !group.is_complete() || group.join_due.is_some() || of_open
            })
            .map(|(_, group)| group.clone())
            .collect();
        kept.sort_by_key(|group| group.key);
        kept
    }
}

fn first_at(at: At) -> GroupKey {
    GroupKey { started_at: at, call_id: 0 }
}

fn last_at(at: At) -> GroupKey {
    GroupKey { started_at: at, call_id: u64::MAX }
}

/// When each record but the last ended, where it was held.
fn handovers(group: &Group) -> impl Iterator<Item = At> + '_ {
    let held = group.segments.iter().zip(group.spans()).take(group.len().saturating_sub(1));
    held.filter(|(segment, _)| segment.hold_seconds > 0).map(|(_, (_, ended))| ended)
}
