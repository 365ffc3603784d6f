//! A leg's whole state arrives: which conversation is it, and what is new in it.

use crate::conversation::Conversation;
use crate::outside::learn;
use crate::reading;
use crate::site::Site;
use crate::timeline;
use model::fact::{CallState, End, EndId, LegId};
use model::{AgentState, At, CallId, Direction, Ending, Event, EventKind, Position, Relation};

impl Site {
    pub(crate) fn follow(&mut self, now: At, position: Position, state: &CallState<'_>) {
        self.link.ever = true;
        let outside = reading::outside(state);
        if self.is_straggler(state) {
            return;
        }
        let id = self.conversation_of(now, position, state, outside);
        self.claim_ends(id, state);
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        conversation.note(position);
        conversation.confirmed = true;
        conversation.alone_since = None;
        if conversation.outside.is_none()
            && let Some(end) = outside
            && (!conversation.direction_decided || conversation.call.direction != Direction::Internal)
        {
            conversation.outside = Some(end.id);
        }
        learn(conversation, state, outside, &self.rules);
        if let Some(channel) = &conversation.channel
            && self.by_channel.get(channel.as_str()) != Some(&id)
        {
            self.by_channel.insert(channel.as_str().into(), id);
        }
        let group = if state.current_group.is_empty() { state.owner_group } else { state.current_group };
        let changed = match reading::stage(state) {
            Some(stage) => timeline::apply(&mut conversation.call.events, now, &stage),
            None => false,
        };
        self.know_hunt_group(group);
        if changed {
            self.involve(id);
            self.consider_consultation(id);
        }
        self.mark(id);
    }

    /// Keeps people's states in step with the events that last.
    pub(crate) fn involve(&mut self, id: CallId) {
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        let lasting = conversation.call.events.iter().filter(|event| event.ended_at.is_none());
        let involved: Vec<(String, AgentState)> =
            lasting.filter_map(|event| Some((event.agent.clone()?, state_in(event)?))).collect();
        let before = std::mem::replace(&mut conversation.involved, involved);
        let conversation = &self.calls[&id];
        for (extension, _) in
            before.iter().filter(|(old, _)| !conversation.involved.iter().any(|(new, _)| new == old))
        {
            self.people.release(extension, id);
        }
        for (extension, state) in &conversation.involved {
            self.people.involve(extension, id, *state);
        }
    }

    fn conversation_of(
        &mut self,
        now: At,
        position: Position,
        state: &CallState<'_>,
        outside: Option<&End<'_>>,
    ) -> CallId {
        if let Some(&id) = self.by_leg.get(&state.leg) {
            if self.is_same(id, state, outside) {
                return id;
            }
            // The node gave this call id out again: what it named before is over.
            self.finish(id, now, Some(Ending::Unseen));
        }
        if let Some(id) = self.by_shared_end(state) {
            return id;
        }
        if let Some(id) = outside.and_then(|end| self.by_channel_of(now, end)) {
            return id;
        }
        let mut conversation = Conversation::begin(now, self.id, position, state.a.id);
        conversation.call.start_known = !self.link.in_snapshot(now);
        let id = conversation.call.id;
        self.calls.insert(id, conversation);
        id
    }

    /// A call id that the PBX uses again after a restart names another call: no end is shared, or the line's party is
    /// another one.
    fn is_same(&self, id: CallId, state: &CallState<'_>, outside: Option<&End<'_>>) -> bool {
        let Some(conversation) = self.calls.get(&id) else { return false };
        let shares =
            conversation.has_end(state.a.id) || state.b.as_ref().is_some_and(|b| conversation.has_end(b.id));
        let party_changed = outside.is_some_and(|end| {
            end.came_in
                && conversation.outside == Some(end.id)
                && !end.cli.is_empty()
                && conversation.call.direction == Direction::Inbound
                && conversation.call.external_number.as_deref().is_some_and(|known| known != end.cli)
        });
        shares && !party_changed
    }

    /// The outside party's end is the conversation. A phone's end counts only within internal calls: the person who
    /// holds one call and makes another is in both.
    fn by_shared_end(&self, state: &CallState<'_>) -> Option<CallId> {
        let ends = std::iter::once(state.a.id).chain(state.b.as_ref().map(|b| b.id));
        ends.filter_map(|end| Some((end, *self.by_end.get(&end)?))).find_map(|(end, id)| {
            let conversation = self.calls.get(&id)?;
            let internal =
                conversation.outside.is_none() && conversation.call.direction == Direction::Internal;
            (conversation.outside == Some(end) || (internal && conversation.has_end(end))).then_some(id)
        })
    }

    /// A trunk channel carries one call at a time: a new call id with the same party on it is the same call, one with
    /// another party means that the old call is over.
    fn by_channel_of(&mut self, now: At, end: &End<'_>) -> Option<CallId> {
        if end.description.is_empty() {
            return None;
        }
        let id = *self.by_channel.get(end.description)?;
        let conversation = self.calls.get(&id)?;
        let known = conversation.call.external_number.as_deref().unwrap_or_default();
        let number = if end.came_in { end.cli } else { end.target_number };
        if end.came_in == (conversation.call.direction == Direction::Inbound)
            && (number == known || number.is_empty())
        {
            self.drop_legs_of_channel(id, end);
            return Some(id);
        }
        self.finish(id, now, Some(Ending::Unseen));
        None
    }

    fn drop_legs_of_channel(&mut self, id: CallId, end: &End<'_>) {
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        for leg in std::mem::take(&mut conversation.legs) {
            for old in leg.all_ends() {
                self.by_end.remove(&old);
            }
            self.by_leg.remove(&leg.id);
        }
        conversation.outside = Some(end.id);
    }

    /// From here on the ends of `state` belong to conversation `id`, wherever they were before.
    fn claim_ends(&mut self, id: CallId, state: &CallState<'_>) {
        self.by_leg.insert(state.leg, id);
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        let leg = conversation.leg_mut(state.leg);
        let before: Vec<EndId> = leg.all_ends().collect();
        if !leg.take_ends(state) {
            return;
        }
        let after: Vec<EndId> = leg.all_ends().collect();
        for end in before.iter().filter(|end| !after.contains(end)) {
            if self.by_end.get(end) == Some(&id) {
                self.by_end.remove(end);
            }
        }
        let related = std::iter::once(&state.a).chain(state.b.as_ref()).filter_map(|end| end.related_end);
        let mut merged: Vec<CallId> = related.filter_map(|end| self.by_end.get(&end).copied()).collect();
        for end in after {
            if let Some(previous) = self.by_end.insert(end, id)
                && previous != id
            {
                self.take_end_from(previous, end);
                merged.push(previous);
            }
        }
        for other in merged.into_iter().filter(|other| *other != id) {
            self.now_consultation(other, id);
        }
    }

    fn take_end_from(&mut self, id: CallId, end: EndId) {
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        for leg in &mut conversation.legs {
            leg.ends.retain(|known| known.id != end);
        }
    }

    /// A call that a person makes while holding another is a consultation, until it shows to be a call of its own.
    pub(crate) fn consider_consultation(&mut self, id: CallId) {
        let Some(conversation) = self.calls.get(&id) else { return };
        if conversation.call.direction == Direction::Inbound {
            // This call may just have been put on hold by someone who already dials.
            self.consider_calls_of_holder(id);
            return;
        }
        if conversation.consultation_of.is_some() {
            return;
        }
        let Some(extension) = conversation.call.caller_extension.clone() else { return };
        let since = conversation.call.started_at;
        let held = self.people.calls_of(&extension).find(|other| {
            *other != id && self.calls.get(other).is_some_and(|other| other.held_by_since(&extension, since))
        });
        match held {
            Some(main) => self.now_consultation(id, main),
            None => self.consider_calls_of_holder(id),
        }
    }

    fn consider_calls_of_holder(&mut self, id: CallId) {
        let Some(conversation) = self.calls.get(&id) else { return };
        let Some(last) = conversation.call.events.iter().rfind(|event| !event.beside) else { return };
        if last.kind != EventKind::Hold {
            return;
        }
        let Some(holder) = last.agent.clone() else { return };
        let dialling = self.people.calls_of(&holder).find(|other| {
            self.calls.get(other).is_some_and(|other| {
                other.call.id != id
                    && other.consultation_of.is_none()
                    && other.call.caller_extension.as_deref() == Some(holder.as_str())
                    && other.call.events.iter().all(|event| event.kind == EventKind::Dialing)
            })
        });
        if let Some(other) = dialling {
            self.now_consultation(other, id);
        }
    }

    pub(crate) fn now_consultation(&mut self, id: CallId, main: CallId) {
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        if conversation.consultation_of.is_some() || conversation.call.direction == Direction::Inbound {
            return;
        }
        conversation.consultation_of = Some(main);
        conversation.relate(main, Relation::ConsultationOf);
        self.mark(id);
        if let Some(main_conversation) = self.calls.get_mut(&main) {
            main_conversation.relate(id, Relation::Consultation);
            self.mark(main);
        }
    }

    /// A phone that stays lifted after its call is over still has a state; it begins nothing.
    fn is_straggler(&self, state: &CallState<'_>) -> bool {
        let is_known = |leg: LegId| self.by_leg.contains_key(&leg);
        !is_known(state.leg)
            && self.finished_legs.iter().any(|(leg, ends)| {
                *leg == state.leg
                    && (ends.contains(&state.a.id) || state.b.as_ref().is_some_and(|b| ends.contains(&b.id)))
            })
    }
}

fn state_in(event: &Event) -> Option<AgentState> {
    match event.kind {
        EventKind::Ringing => Some(AgentState::Ringing),
        EventKind::Dialing | EventKind::Busy | EventKind::Callback => Some(AgentState::Dialing),
        EventKind::Talking | EventKind::Conference | EventKind::Listen => Some(AgentState::Talking),
        EventKind::Hold | EventKind::TransferHold => Some(AgentState::Hold),
        EventKind::AutoAttendant
        | EventKind::Queue
        | EventKind::Park
        | EventKind::Transfer
        | EventKind::Voicemail
        | EventKind::Overflow => None,
    }
}
