//! Conferences: every member's call goes on with a channel of the same conference in place of the other person.

use crate::conversation::Channel;
use crate::reading::Stage;
use crate::site::Site;
use crate::timeline;
use model::fact::CallState;
use model::{At, CallId, EventKind, Relation};
use rustc_hash::FxHashMap;

/// Which conversations are in which conference, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Conferences {
    members: FxHashMap<Channel, Vec<CallId>>,
}

impl Conferences {
    /// Returns whether it was not in it before.
    pub(crate) fn enter(&mut self, channel: &Channel, id: CallId) -> bool {
        let members = self.members.entry(channel.clone()).or_default();
        let is_new = !members.contains(&id);
        if is_new {
            members.push(id);
        }
        is_new
    }

    fn leave(&mut self, channel: &Channel, id: CallId) {
        if let Some(members) = self.members.get_mut(channel) {
            members.retain(|member| *member != id);
            if members.is_empty() {
                self.members.remove(channel);
            }
        }
    }

    fn of(&self, channel: &Channel) -> Vec<CallId> {
        self.members.get(channel).cloned().unwrap_or_default()
    }
}

impl Site {
    /// Keeps the conference in step with what a leg of conversation `id` shows.
    pub(crate) fn follow_conference(&mut self, now: At, id: CallId, state: &CallState<'_>) {
        let end = std::iter::once(&state.a).chain(state.b.as_ref()).find(|end| end.equipment.is_conference());
        let channel = end
            .filter(|end| !end.description.is_empty())
            .map(|end| Channel { node: state.leg.node, name: end.description.to_owned() });
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        if conversation.conference == channel {
            return;
        }
        let before = std::mem::replace(&mut conversation.conference, channel.clone());
        if let Some(before) = before {
            self.conferences.leave(&before, id);
            self.gather(now, &before);
        }
        if let Some(channel) = channel {
            self.conferences.enter(&channel, id);
            self.gather(now, &channel);
        }
    }

    /// A conversation is over: the others go on without it.
    pub(crate) fn leave_conference(&mut self, now: At, id: CallId, channel: Option<&Channel>) {
        if let Some(channel) = channel {
            self.conferences.leave(channel, id);
            self.gather(now, channel);
        }
    }

    /// Tells the calls of the conference who is in it. Legs of the office's own people are part of the call with the
    /// outside party; without one, of the call that came first.
    fn gather(&mut self, now: At, channel: &Channel) {
        let members = self.conferences.of(channel);
        let has_outside =
            |site: &Site, id: &CallId| site.calls.get(id).is_some_and(|member| member.outside.is_some());
        let mut mains: Vec<CallId> = members.iter().copied().filter(|id| has_outside(self, id)).collect();
        if mains.is_empty() {
            // Legs that are left over when the call they were part of is done are no conference of their own.
            let by_itself = |id: &CallId| self.calls.get(id).is_some_and(|member| member.part_of.is_none());
            mains.extend(members.first().copied().filter(by_itself));
        }
        let Some(main) = mains.first().copied() else { return };
        let mut people: Vec<String> = Vec::new();
        for id in &members {
            let Some(member) = self.calls.get(id) else { continue };
            for extension in member.people() {
                if !people.contains(&extension) {
                    people.push(extension);
                }
            }
        }
        for id in members.iter().copied().filter(|id| !mains.contains(id)) {
            self.now_part(id, main, Relation::ConferenceOf);
        }
        for id in mains {
            let Some(conversation) = self.calls.get_mut(&id) else { continue };
            if conversation.conference.is_none() {
                continue;
            }
            let events = &mut conversation.call.events;
            // Who made it talked or held before, and joins by a call id of their own a moment later.
            let maker = timeline::maker(events);
            let mut agents: Vec<&str> = people.iter().map(String::as_str).collect();
            if let Some(maker) = maker.as_deref() {
                let is_there = agents.contains(&maker);
                conversation.maker_joined |= is_there;
                agents.retain(|agent| *agent != maker);
                if is_there || !conversation.maker_joined {
                    agents.insert(0, maker);
                }
            }
            let stage =
                Stage { kind: EventKind::Conference, agents, group: "", party: "", device: &channel.name };
            if timeline::apply(events, now, &stage) {
                self.involve(id);
                self.mark(id);
            }
        }
    }
}
