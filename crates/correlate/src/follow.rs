//! A leg's whole state arrives: which conversation is it, and what is new in it.

use crate::conversation::{Channel, Conversation, Leg};
use crate::outside::{channel_node, learn};
use crate::reading;
use crate::site::Site;
use crate::timeline;
use model::fact::{CallState, End, EndId, NodeId};
use model::{AgentState, At, CallId, Direction, Ending, Event, EventKind, Position, Relation};

impl Site {
    pub(crate) fn follow(&mut self, now: At, position: Position, state: &CallState<'_>) {
        self.link.ever = true;
        let outside = reading::outside(state);
        if self.is_straggler(now, state) {
            return;
        }
        self.end_what_a_restart_cut(now, state);
        let id = self.conversation_of(now, position, state, outside);
        self.claim_ends(id, state);
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        conversation.note(position);
        conversation.confirmed = true;
        if state.b.is_some() || reading::stage(state).is_some() {
            conversation.alone_since = None;
        }
        if state.b.is_some() {
            // Somebody else took the place of who left: that was not the end.
            conversation.first_left = None;
            conversation.hung_up = None;
        }
        if conversation.outside.is_none()
            && let Some(end) = outside
            && (!conversation.direction_decided || conversation.call.direction != Direction::Internal)
        {
            conversation.outside = Some(end.id);
        }
        learn(conversation, state, outside, &self.rules);
        if let Some(channel) = conversation.channel.clone() {
            self.take_channel(now, id, &channel);
        }
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        let group = if state.current_group.is_empty() { state.owner_group } else { state.current_group };
        let changed = match reading::stage(state).filter(|_| !is_seen_better(conversation, state)) {
            Some(mut stage) => {
                let parker = timeline::last_agent(&conversation.call.events);
                match stage.kind {
                    EventKind::Park => stage.agents.extend(parker.as_deref()),
                    EventKind::Ringing => {
                        add_ringing_elsewhere(&conversation.legs, state.leg.node, &mut stage.agents)
                    }
                    _ => {}
                }
                // Who is in the conference is told for all its calls at once.
                let told_by_all = stage.kind == EventKind::Conference && conversation.conference.is_some();
                !told_by_all && timeline::apply(&mut conversation.call.events, now, &stage)
            }
            None => false,
        };
        self.know_hunt_group(group);
        self.follow_conference(now, id, state);
        if changed {
            if let Some(conversation) =
                self.calls.get_mut(&id).filter(|conversation| conversation.transferred)
            {
                timeline::name_receiver(&mut conversation.call.events);
            }
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
            self.finish(id, self.gone_since(now, id), Some(Ending::Unseen));
        }
        if let Some(id) = self.by_shared_end(state) {
            return id;
        }
        if let Some(id) = outside.and_then(|end| self.by_channel_of(now, channel_node(state, end), end)) {
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

    /// A trunk channel carries one call at a time: a new call id with the same party on it is the same call being
    /// answered, as in the manual's own example; anything else means that the old call is over.
    fn by_channel_of(&mut self, now: At, node: NodeId, end: &End<'_>) -> Option<CallId> {
        if end.description.is_empty() {
            return None;
        }
        let id = self.by_channel.get(node, end.description)?;
        let conversation = self.calls.get(&id)?;
        let known = conversation.call.external_number.as_deref().unwrap_or_default();
        let number = if end.came_in { end.cli } else { end.target_number };
        let same_way = end.came_in == (conversation.call.direction == Direction::Inbound);
        let talked = conversation.call.events.iter().any(|event| event.kind == EventKind::Talking);
        if same_way && number == known && !talked {
            self.drop_legs_of_channel(id, end);
            return Some(id);
        }
        self.finish(id, self.gone_since(now, id), Some(Ending::Unseen));
        None
    }

    /// A trunk channel carries one call at a time: whoever was on it before is not any more, and one that was not heard of
    /// since the link was down is over.
    fn take_channel(&mut self, now: At, id: CallId, channel: &Channel) {
        let before = self.by_channel.get(channel.node, &channel.name).filter(|before| *before != id);
        if let Some(before) = before
            && let Some(conversation) = self.calls.get_mut(&before)
        {
            if conversation.confirmed {
                conversation.channel = None;
            } else {
                self.finish(before, self.gone_since(now, before), Some(Ending::Unseen));
            }
        }
        self.by_channel.insert(channel, id);
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
            self.now_part(other, id, Relation::ConsultationOf);
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
        if conversation.part_of.is_some() {
            return;
        }
        let Some(extension) = conversation.call.caller_extension.clone() else { return };
        let since = conversation.call.started_at;
        let held = self.people.calls_of(&extension).find(|other| {
            *other != id && self.calls.get(other).is_some_and(|other| other.held_by_since(&extension, since))
        });
        match held {
            Some(main) => self.now_part(id, main, Relation::ConsultationOf),
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
                    && other.part_of.is_none()
                    && other.call.caller_extension.as_deref() == Some(holder.as_str())
                    && other.call.events.iter().all(|event| event.kind == EventKind::Dialing)
            })
        });
        if let Some(other) = dialling {
            self.now_part(other, id, Relation::ConsultationOf);
        }
    }

    /// Conversation `id` is shown with `main` and not counted.
    pub(crate) fn now_part(&mut self, id: CallId, main: CallId, relation: Relation) {
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        if conversation.part_of.is_some() || conversation.call.direction == Direction::Inbound {
            return;
        }
        conversation.part_of = Some((main, relation));
        conversation.relate(main, relation);
        self.mark(id);
        if let Some(main_conversation) = self.calls.get_mut(&main) {
            main_conversation.relate(id, relation.opposite());
            self.mark(main);
        }
    }
}

/// Two nodes tell of one call: the node on which the other party is sees it best, and the first node only until that
/// one speaks.
fn is_seen_better(conversation: &Conversation, state: &CallState<'_>) -> bool {
    let outside = reading::outside(state).map(|end| end.id);
    let mut others = std::iter::once(&state.a)
        .chain(state.b.as_ref())
        .filter(|end| Some(end.id) != outside)
        .map(|end| (end.id, end.remote))
        .chain(state.targets.iter().map(|target| (target.id, target.remote)))
        .peekable();
    let here = state.leg.node;
    let elsewhere = |leg: &&Leg| leg.id.node != here;
    if others.peek().is_none() {
        // Nobody is seen from here: whoever else has a party to show knows better.
        return conversation.legs.iter().filter(elsewhere).any(|leg| leg.ends.len() + leg.targets.len() > 1);
    }
    others.all(|(end, remote)| {
        remote
            && conversation
                .legs
                .iter()
                .filter(elsewhere)
                .any(|leg| leg.id.node == end.node() && leg.all_ends().any(|known| known == end))
    })
}

/// Phones of a group ring on several nodes at once, and each node tells of its own.
fn add_ringing_elsewhere<'a>(legs: &'a [Leg], here: NodeId, ringing: &mut Vec<&'a str>) {
    let elsewhere = legs.iter().filter(|leg| leg.id.node != here).flat_map(|leg| &leg.targets);
    for target in elsewhere.filter(|target| !target.identity.is_empty()) {
        if !ringing.contains(&target.identity.as_str()) {
            ringing.push(&target.identity);
        }
    }
}

fn state_in(event: &Event) -> Option<AgentState> {
    match event.kind {
        EventKind::Ringing => Some(AgentState::Ringing),
        EventKind::Dialing | EventKind::Busy | EventKind::Callback => Some(AgentState::Dialing),
        EventKind::Talking | EventKind::Conference | EventKind::Listen => Some(AgentState::Talking),
        EventKind::Hold | EventKind::TransferHold => Some(AgentState::Hold),
        EventKind::Park => Some(AgentState::Parked),
        EventKind::AutoAttendant
        | EventKind::Queue
        | EventKind::Transfer
        | EventKind::Voicemail
        | EventKind::Overflow => None,
    }
}
