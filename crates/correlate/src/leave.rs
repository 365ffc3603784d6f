//! A party leaves: what that means for the conversation, and what becomes of one that is over.

use crate::conversation::{Conversation, Side, relate};
use crate::engine::Output;
use crate::group::GroupKey;
use crate::outside::fill;
use crate::site::{ALONE_MS, Deadline, FinishedLeg, Site};
use crate::timeline;
use model::fact::{CAUSE_TRANSFER, EndId, PartyLeft, TargetRefused};
use model::{At, CallId, Direction, Ending, EventKind, Position, Relation};

/// Qualifier of a target that refuses because its person does not want to be disturbed.
const DO_NOT_DISTURB: &str = "dnd";

impl Site {
    pub(crate) fn leave(&mut self, now: At, position: Position, left: &PartyLeft) {
        let Some(id) = self.by_end.get(&left.end).copied() else { return };
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        conversation.note(position);
        conversation.confirmed = true;
        let taken = take_out(conversation, left);
        // The node in between has lost sight of it; its own node still has it.
        if left.transit && conversation.legs.iter().any(|leg| leg.all_ends().any(|end| end == left.end)) {
            self.drop_empty_legs(now, id, left.end);
            self.mark(id);
            return;
        }
        self.by_end.remove(&left.end);
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        let Some(identity) = taken else {
            // Only a phone that rang: the call goes on.
            self.involve(id);
            self.mark(id);
            return;
        };
        let identity = match identity {
            Left::Target(extension) => {
                if timeline::stop_ringing(&mut conversation.call.events, now, &extension, None) {
                    self.involve(id);
                }
                self.mark(id);
                return;
            }
            Left::Departed(extension) => {
                if left.cause == CAUSE_TRANSFER && !extension.is_empty() {
                    conversation.transferred = true;
                    timeline::mark_transfer(&mut conversation.call.events, now, &extension);
                }
                self.mark(id);
                return;
            }
            Left::Party(identity) => identity,
        };
        if left.cause == CAUSE_TRANSFER {
            conversation.transferred = true;
            if !identity.is_empty() {
                timeline::mark_transfer(&mut conversation.call.events, now, &identity);
            }
        } else {
            let side = conversation.side_of(left.end);
            conversation.first_left.get_or_insert(side);
            if left.cleared_inbound {
                conversation.hung_up.get_or_insert(side);
            }
            note_cause(conversation, left.cause);
        }
        let outside_left = conversation.outside == Some(left.end) && left.cause != CAUSE_TRANSFER;
        self.drop_empty_legs(now, id, left.end);
        let conversation = &self.calls[&id];
        if outside_left && !conversation.legs.is_empty() && conversation.never_got_through() {
            // The line is free again; the caller hears that it is busy until the phone is put back.
            self.free_channel(id);
            self.now_alone(now, id);
            self.mark(id);
            return;
        }
        if conversation.legs.is_empty() || outside_left {
            self.finish(id, conversation.alone_since.unwrap_or(now), None);
            return;
        }
        let mut parties: Vec<EndId> = conversation
            .legs
            .iter()
            .flat_map(|leg| leg.ends.iter().chain(&leg.targets))
            .map(|end| end.id)
            .collect();
        parties.sort_unstable();
        parties.dedup();
        if parties.len() == 1 && left.cause != CAUSE_TRANSFER {
            self.now_alone(now, id);
        }
        self.involve(id);
        self.mark(id);
    }

    fn free_channel(&mut self, id: CallId) {
        let channel = self.calls.get_mut(&id).and_then(|conversation| conversation.channel.take());
        if let Some(channel) = channel {
            self.by_channel.release(&channel, id);
        }
    }

    fn drop_empty_legs(&mut self, now: At, id: CallId, left: EndId) {
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        let (gone, kept): (Vec<_>, Vec<_>) = conversation.legs.drain(..).partition(|leg| leg.ends.is_empty());
        conversation.legs = kept;
        for leg in gone {
            self.by_leg.remove(&leg.id);
            // Phones that still rang when the last party left have nothing to ring for.
            let mut ends: Vec<EndId> = leg.all_ends().collect();
            for end in &ends {
                if self.by_end.get(end) == Some(&id) {
                    self.by_end.remove(end);
                }
            }
            ends.push(left);
            self.remember_finished(now, leg.id, ends);
        }
    }

    pub(crate) fn refuse(&mut self, now: At, position: Position, refused: &TargetRefused<'_>) {
        let Some(&id) = self.by_end.get(&refused.end) else { return };
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        conversation.note(position);
        let known =
            conversation.legs.iter().flat_map(|leg| &leg.targets).find(|target| target.id == refused.end);
        let extension = known.map(|target| target.identity.clone()).filter(|identity| !identity.is_empty());
        let extension = extension.unwrap_or_else(|| refused.user.to_owned());
        let note = if refused.qualifier.is_empty() { "refused" } else { refused.qualifier };
        if timeline::stop_ringing(&mut conversation.call.events, now, &extension, Some(note)) {
            self.involve(id);
        }
        if note == DO_NOT_DISTURB {
            self.people.refuses(&extension);
        }
        self.mark(id);
    }

    /// One party is left. It may be about to be parked or sent on, so the call is not over yet.
    fn now_alone(&mut self, now: At, id: CallId) {
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        if conversation.alone_since.is_none() {
            conversation.alone_since = Some(now);
            self.schedule(now.plus_ms(ALONE_MS), Deadline::Alone(id));
        }
    }

    pub(crate) fn alone_too_long(&mut self, due: At, id: CallId) {
        let Some(conversation) = self.calls.get(&id) else { return };
        let Some(since) = conversation.alone_since else { return };
        if since.plus_ms(ALONE_MS) == due {
            self.finish(id, since, None);
        }
    }

    /// The conversation is over as of `at`. `ending` is given where it was not seen; else who left first tells.
    pub(crate) fn finish(&mut self, id: CallId, at: At, ending: Option<Ending>) {
        let Some(mut conversation) = self.calls.remove(&id) else { return };
        let known_at = if conversation.confirmed { self.link.up_since().unwrap_or(at).max(at) } else { at };
        for leg in &conversation.legs {
            let ends: Vec<EndId> = leg.all_ends().collect();
            for end in &ends {
                if self.by_end.get(end) == Some(&id) {
                    self.by_end.remove(end);
                }
            }
            if self.by_leg.get(&leg.id) == Some(&id) {
                self.by_leg.remove(&leg.id);
            }
            self.remember_finished(known_at, leg.id, ends);
        }
        if let Some(channel) = &conversation.channel {
            self.by_channel.release(channel, id);
        }
        for (extension, _) in &conversation.involved {
            self.people.release(extension, id);
        }
        let at = at.max(conversation.call.started_at);
        timeline::close_all(&mut conversation.call.events, at);
        conversation.call.ended_at = Some(at);
        conversation.call.ending = ending.or_else(|| {
            conversation.hung_up.or(conversation.first_left).map(|side| match side {
                Side::Calling => Ending::CallingDrop,
                Side::Receiving => Ending::ReceivingDrop,
            })
        });
        if conversation.is_call() && self.settle_part(&mut conversation) == Verdict::Call {
            let call = self.joined(&conversation.call, &conversation.groups);
            conversation.call.basis.last = call.basis.last;
            self.outputs.push(Output::Call(Box::new(call)));
            let groups: Vec<GroupKey> = conversation.groups.clone();
            self.ended.insert(conversation.call, conversation.groups);
            self.judge_guesses_of(at, &groups);
        } else if conversation.published {
            self.outputs.push(Output::Gone(id));
        }
        self.leave_conference(at, id, conversation.conference.as_ref());
    }

    /// Dialling that led nowhere while another call was held was part of transferring that one. A consultation with a
    /// colleague stays beside the call it was made for. A call to the outside that was not handed over stands by itself.
    fn settle_part(&mut self, conversation: &mut Conversation) -> Verdict {
        let Some((main, relation)) = conversation.part_of else { return Verdict::Call };
        let id = conversation.call.id;
        if relation != Relation::ConsultationOf {
            return Verdict::Call;
        }
        if !conversation.met_someone() && conversation.outside.is_none() {
            self.with_call(main, |call| call.related.retain(|related| related.id != id));
            return Verdict::Nothing;
        }
        let conferred = conversation.call.events.iter().any(|event| event.kind == EventKind::Conference);
        if conversation.transferred || conferred || conversation.call.direction == Direction::Internal {
            conversation.relate(main, Relation::ConsultationOf);
            self.with_call(main, |call| relate(call, id, Relation::Consultation));
        } else {
            conversation.unrelate(main);
            self.with_call(main, |call| call.related.retain(|related| related.id != id));
        }
        Verdict::Call
    }

    /// Changes a call wherever it is now.
    pub(crate) fn with_call(&mut self, id: CallId, change: impl FnOnce(&mut model::Call)) {
        if let Some(conversation) = self.calls.get_mut(&id) {
            change(&mut conversation.call);
            self.mark(id);
        } else if let Some(ended) = self.ended.get_mut(id) {
            change(&mut ended.call);
            self.publish(id);
        }
    }

    fn remember_finished(&mut self, known_at: At, id: model::fact::LegId, ends: Vec<EndId>) {
        self.finished_legs.push_back(FinishedLeg { id, ends, known_at });
        if self.finished_legs.len() > crate::site::FINISHED_LEGS_KEPT {
            self.finished_legs.pop_front();
        }
    }
}

#[derive(PartialEq, Eq)]
enum Verdict {
    Call,
    Nothing,
}

enum Left {
    Party(String),
    Target(String),
    /// Another party is in its place already.
    Departed(String),
}

/// Takes the end out of the legs: of those of one node where only that node lost sight of it.
fn take_out(conversation: &mut Conversation, left: &PartyLeft) -> Option<Left> {
    let end = left.end;
    let mut found = None;
    let legs = conversation.legs.iter_mut().filter(|leg| !left.transit || leg.id.node == left.node);
    for leg in legs {
        if let Some(index) = leg.ends.iter().position(|known| known.id == end) {
            let identity = leg.ends.remove(index).identity;
            found = Some(Left::Party(identity));
        }
        if let Some(index) = leg.targets.iter().position(|known| known.id == end) {
            let identity = leg.targets.remove(index).identity;
            found = found.or(Some(Left::Target(identity)));
        }
        if let Some(index) = leg.departed.iter().position(|known| known.id == end) {
            let identity = leg.departed.remove(index).identity;
            found = found.or(Some(Left::Departed(identity)));
        }
    }
    found
}

/// Why the last stretch ended, where it is not simply hanging up.
fn note_cause(conversation: &mut Conversation, cause: u16) {
    let last = conversation.call.events.iter_mut().rfind(|event| !event.beside && event.ended_at.is_none());
    if let Some(event) = last
        && event.cause.is_none()
    {
        event.cause = Some(cause);
        /// Q.850: user busy.
        const CAUSE_BUSY: u16 = 17;
        if cause == CAUSE_BUSY && event.kind == EventKind::Dialing {
            fill(&mut event.note, "busy");
        }
    }
}
