//! What is known of one site between two facts.

use crate::channels::Channels;
use crate::clock::PbxClock;
use crate::conference::Conferences;
use crate::conversation::Conversation;
use crate::ended::EndedCalls;
use crate::engine::{Output, SavedSite};
use crate::group::{Group, GroupKey, Place};
use crate::groups::Groups;
use crate::joined;
use crate::people::People;
use crate::phone_note;
use model::fact::{EndId, ExtensionNote, LegId};
use model::{At, Call, CallId, Ending, SiteId};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// How long after the event request a call that is known may take to come again before it counts as gone. The PBX
/// sends the states of all calls in one go; this leaves room for a slow line.
const SNAPSHOT_SETTLE_MS: i64 = 3_000;
/// A call first seen this soon after the event request was already in progress: its beginning was not seen.
const SNAPSHOT_BURST_MS: i64 = 500;
/// How long a party may be alone on a leg before the call counts as over. Parking and forwarding replace the party
/// that left within a fraction of this.
pub(crate) const ALONE_MS: i64 = 5_000;
/// Legs of finished calls of which a straggling state may still come.
pub(crate) const FINISHED_LEGS_KEPT: usize = 256;

/// What an office has set that bears on how its calls are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// What may be dialled before an outside number, the longest first.
    pub access_digits: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) id: SiteId,
    pub(crate) rules: Rules,
    pub(crate) link: LinkKnowledge,
    pub(crate) calls: FxHashMap<CallId, Conversation>,
    pub(crate) by_leg: FxHashMap<LegId, CallId>,
    pub(crate) by_end: FxHashMap<EndId, CallId>,
    pub(crate) by_channel: Channels,
    pub(crate) finished_legs: VecDeque<FinishedLeg>,
    pub(crate) people: People,
    pub(crate) hunt_groups: FxHashSet<Box<str>>,
    pub(crate) groups: Groups,
    pub(crate) pbx_clock: PbxClock,
    pub(crate) conferences: Conferences,
    pub(crate) ended: EndedCalls,
    pub(crate) deadlines: BinaryHeap<Reverse<(At, Deadline)>>,
    pub(crate) dirty: Vec<CallId>,
    pub(crate) outputs: Vec<Output>,
}

/// A leg whose call is over.
#[derive(Debug)]
pub(crate) struct FinishedLeg {
    pub(crate) id: LegId,
    pub(crate) ends: Vec<EndId>,
    /// When it was heard of last.
    pub(crate) known_at: At,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deadline {
    SnapshotSettles,
    Alone(CallId),
    Join(GroupKey),
}

/// What is known of the DevLink3 link of the site.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct LinkKnowledge {
    up_since: Option<At>,
    lost_at: Option<At>,
    settles_at: Option<At>,
    /// Some DevLink3 fact was ever seen: records of this site may have a conversation to be joined with.
    pub(crate) ever: bool,
}

impl LinkKnowledge {
    pub(crate) fn is_up(&self) -> bool {
        self.up_since.is_some()
    }

    /// When the link was lost before it came up as it is now.
    pub(crate) fn lost_at(&self) -> Option<At> {
        self.lost_at
    }

    /// When the states of all calls were last asked for, while the link is up.
    pub(crate) fn up_since(&self) -> Option<At> {
        self.up_since
    }

    /// The states of all calls that went on have come.
    pub(crate) fn snapshot_is_over(&self, now: At) -> bool {
        self.up_since.is_some_and(|since| now.ms_since(since) > SNAPSHOT_BURST_MS)
    }

    /// True in the burst of states that follows the event request.
    pub(crate) fn in_snapshot(&self, now: At) -> bool {
        self.up_since.is_some_and(|since| now.ms_since(since) <= SNAPSHOT_BURST_MS)
            && self.settles_at.is_some()
    }
}

impl Site {
    pub(crate) fn new(id: SiteId) -> Self {
        Self {
            id,
            rules: Rules::default(),
            link: LinkKnowledge::default(),
            calls: FxHashMap::default(),
            by_leg: FxHashMap::default(),
            by_end: FxHashMap::default(),
            by_channel: Channels::default(),
            finished_legs: VecDeque::new(),
            people: People::default(),
            hunt_groups: FxHashSet::default(),
            groups: Groups::default(),
            pbx_clock: PbxClock::default(),
            conferences: Conferences::default(),
            ended: EndedCalls::default(),
            deadlines: BinaryHeap::new(),
            dirty: Vec::new(),
            outputs: Vec::new(),
        }
    }

    pub(crate) fn snapshot_follows(&mut self, now: At) {
        for conversation in self.calls.values_mut() {
            conversation.confirmed = false;
        }
        let lost_at = if self.link.is_up() { Some(now) } else { self.link.lost_at };
        let settles_at = now.plus_ms(SNAPSHOT_SETTLE_MS);
        self.link = LinkKnowledge { up_since: Some(now), lost_at, settles_at: Some(settles_at), ever: true };
        self.people.regain_sight(now);
        self.schedule(settles_at, Deadline::SnapshotSettles);
    }

    pub(crate) fn link_lost(&mut self, now: At) {
        self.link = LinkKnowledge { up_since: None, lost_at: Some(now), settles_at: None, ever: true };
        self.people.lose_sight(now);
    }

    /// Calls that were known and did not come again ended while nobody looked: at the latest when the link was lost.
    fn snapshot_settles(&mut self, due: At) {
        if self.link.settles_at != Some(due) {
            return;
        }
        self.link.settles_at = None;
        let gone_at = self.link.lost_at.unwrap_or(due);
        let mut gone: Vec<CallId> =
            self.calls.values().filter(|conversation| !conversation.confirmed).map(|c| c.call.id).collect();
        gone.sort_unstable();
        for id in gone {
            self.finish(id, gone_at, Some(Ending::Unseen));
        }
        self.people.rest_idle(due);
    }

    pub(crate) fn know_hunt_group(&mut self, number: &str) {
        if !number.is_empty() && !self.hunt_groups.contains(number) {
            self.hunt_groups.insert(number.into());
        }
    }

    /// A call of the library that ended before the saved state was taken.
    pub(crate) fn recall(&mut self, call: Call) {
        let groups: Vec<_> = self
            .groups
            .all()
            .filter(|group| group.place == Place::With(call.id))
            .map(|group| group.key)
            .collect();
        // Records that are still known by themselves are added anew whenever the call is told.
        let known = groups.iter().filter_map(|key| self.groups.get(*key)).map(Group::len).sum::<usize>();
        let call = if known == call.basis.records.len() { joined::bare(&call) } else { call };
        self.ended.insert(call, groups);
    }

    pub(crate) fn phone_says(&mut self, now: At, note: &ExtensionNote<'_>) {
        self.link.ever = true;
        if let Some((extension, state)) = phone_note::read(note) {
            self.people.says(now, extension, state);
        }
    }

    pub(crate) fn schedule(&mut self, at: At, deadline: Deadline) {
        self.deadlines.push(Reverse((at, deadline)));
    }

    pub(crate) fn next_deadline(&self) -> Option<At> {
        self.deadlines.peek().map(|Reverse((at, _))| *at)
    }

    pub(crate) fn advance(&mut self, now: At) {
        self.people.set_now(now);
        while let Some(Reverse((at, deadline))) = self.deadlines.peek().copied() {
            if at > now {
                return;
            }
            self.deadlines.pop();
            match deadline {
                Deadline::SnapshotSettles => self.snapshot_settles(at),
                Deadline::Alone(id) => self.alone_too_long(at, id),
                Deadline::Join(key) => self.join_waiting(at, key),
            }
        }
    }

    pub(crate) fn mark(&mut self, id: CallId) {
        if let Some(conversation) = self.calls.get_mut(&id)
            && !conversation.dirty
        {
            conversation.dirty = true;
            self.dirty.push(id);
        }
    }

    pub(crate) fn drain(&mut self, sink: &mut impl FnMut(Output)) {
        let mut dirty = std::mem::take(&mut self.dirty);
        for id in dirty.drain(..) {
            let Some(conversation) = self.calls.get_mut(&id) else { continue };
            conversation.dirty = false;
            if conversation.is_call() {
                conversation.published = true;
                let conversation = &self.calls[&id];
                let call = self.joined(&conversation.call, &conversation.groups);
                self.rests_on(&call);
                self.outputs.push(Output::Call(Box::new(call)));
            }
        }
        self.dirty = dirty;
        self.outputs.drain(..).for_each(&mut *sink);
        let id = self.id;
        self.people.drain(|status| sink(Output::Agent(id, status)));
    }

    pub(crate) fn open_calls(&self) -> impl Iterator<Item = Call> + '_ {
        self.calls
            .values()
            .filter(|conversation| conversation.is_call())
            .map(|conversation| self.joined(&conversation.call, &conversation.groups))
    }

    pub(crate) fn save(&self) -> SavedSite {
        let mut conversations: Vec<Conversation> = self.calls.values().cloned().collect();
        conversations.sort_by_key(|conversation| conversation.call.id);
        let mut hunt_groups: Vec<String> = self.hunt_groups.iter().map(|number| number.to_string()).collect();
        hunt_groups.sort_unstable();
        SavedSite {
            id: self.id,
            link: self.link,
            conversations,
            groups: self.groups.worth_keeping(|id| self.calls.contains_key(&id)),
            pbx_clock: self.pbx_clock.clone(),
            people: self.people.save(),
            hunt_groups,
        }
    }

    /// Indexes and deadlines are not saved: they follow from the rest.
    pub(crate) fn restore(saved: SavedSite) -> Self {
        let mut site = Site::new(saved.id);
        site.link = saved.link;
        site.pbx_clock = saved.pbx_clock;
        site.people = People::restore(saved.people, saved.link.ever && !saved.link.is_up());
        site.hunt_groups = saved.hunt_groups.into_iter().map(Into::into).collect();
        if let Some(settles_at) = site.link.settles_at {
            site.schedule(settles_at, Deadline::SnapshotSettles);
        }
        for conversation in saved.conversations {
            let id = conversation.call.id;
            for leg in &conversation.legs {
                site.by_leg.insert(leg.id, id);
                site.by_end.extend(leg.all_ends().map(|end| (end, id)));
            }
            if let Some(channel) = &conversation.channel {
                site.by_channel.insert(channel, id);
            }
            if let Some(since) = conversation.alone_since {
                site.schedule(since.plus_ms(ALONE_MS), Deadline::Alone(id));
            }
            for (extension, state) in &conversation.involved {
                site.people.involve(extension, id, *state);
            }
            if let Some(channel) = &conversation.conference {
                site.conferences.enter(channel, id);
            }
            site.calls.insert(id, Conversation { dirty: false, ..conversation });
        }
        for group in saved.groups {
            if let Some(due) = group.join_due {
                site.schedule(due, Deadline::Join(group.key));
            }
            site.groups.insert(group);
        }
        site
    }
}
