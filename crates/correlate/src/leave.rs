//! A party leaves: what that means for the conversation, and what becomes of one that is over.

use crate::conversation::{Conversation, Side, relate};
use crate::engine::Output;
use crate::outside::fill;
use crate::site::{ALONE_MS, Deadline, Site};
use crate::timeline;
use model::fact::{CAUSE_TRANSFER, EndId, PartyLeft, TargetRefused};
use model::{At, CallId, Direction, Ending, EventKind, Position, Relation};

impl Site {
    pub(crate) fn leave(&mut self, now: At, position: Position, left: &PartyLeft) {
        let Some(id) = self.by_end.remove(&left.end) else { return };
        let Some(conversation) = self.calls.get_mut(&id) else { return };
        conversation.note(position);
        conversation.confirmed = true;
        let Some(identity) = take_out(conversation, left.end) else {
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
        let gone: Vec<_> =
            conversation.legs.iter().filter(|leg| leg.ends.is_empty()).map(|leg| leg.id).collect();
        conversation.legs.retain(|leg| !leg.ends.is_empty());
        for leg in gone {
            self.by_leg.remove(&leg);
            self.remember_finished(leg, vec![left.end]);
        }
        let conversation = &self.calls[&id];
        if conversation.legs.is_empty() || outside_left {
            self.finish(id, conversation.alone_since.unwrap_or(now), None);
            return;
        }
        let parties: usize = conversation.legs.iter().map(|leg| leg.ends.len() + leg.targets.len()).sum();
        if parties == 1 && left.cause != CAUSE_TRANSFER {
            self.now_alone(now, id);
        }
        self.involve(id);
        self.mark(id);
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
            self.remember_finished(leg.id, ends);
        }
        if let Some(channel) = &conversation.channel
            && self.by_channel.get(channel.as_str()) == Some(&id)
        {
            self.by_channel.remove(channel.as_str());
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
        if conversation.is_call() && self.settle_consultation(&mut conversation) == Verdict::Call {
            self.outputs.push(Output::Call(Box::new(conversation.call.clone())));
            self.ended.insert(conversation.call);
        } else if conversation.published {
            self.outputs.push(Output::Gone(id));
        }
    }

    /// Dialling that led nowhere while another call was held was part of transferring that one. A consultation with a
    /// colleague stays beside the call it was made for. A call to the outside that was not handed over stands by itself.
    fn settle_consultation(&mut self, conversation: &mut Conversation) -> Verdict {
        let Some(main) = conversation.consultation_of else { return Verdict::Call };
        let id = conversation.call.id;
        if !conversation.met_someone() && conversation.outside.is_none() {
            self.with_call(main, |call| call.related.retain(|related| related.id != id));
            return Verdict::Nothing;
        }
        if conversation.transferred || conversation.call.direction == Direction::Internal {
            conversation.relate(main, Relation::ConsultationOf);
            self.with_call(main, |call| relate(call, id, Relation::Consultation));
        } else {
            conversation.unrelate(main);
            self.with_call(main, |call| call.related.retain(|related| related.id != id));
        }
        Verdict::Call
    }

    /// A call wherever it is now, in progress or ended.
    pub(crate) fn call(&self, id: CallId) -> Option<&model::Call> {
        let open = self.calls.get(&id).map(|conversation| &conversation.call);
        open.or_else(|| self.ended.get(id))
    }

    /// Changes a call wherever it is now.
    pub(crate) fn with_call(&mut self, id: CallId, change: impl FnOnce(&mut model::Call)) {
        if let Some(conversation) = self.calls.get_mut(&id) {
            change(&mut conversation.call);
            self.mark(id);
        } else if let Some(call) = self.ended.get_mut(id) {
            change(call);
            self.outputs.push(Output::Call(Box::new(call.clone())));
        }
    }

    fn remember_finished(&mut self, leg: model::fact::LegId, ends: Vec<EndId>) {
        self.finished_legs.push_back((leg, ends));
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

fn take_out(conversation: &mut Conversation, end: EndId) -> Option<Left> {
    for leg in &mut conversation.legs {
        if let Some(index) = leg.ends.iter().position(|known| known.id == end) {
            return Some(Left::Party(leg.ends.remove(index).identity));
        }
        if let Some(index) = leg.targets.iter().position(|known| known.id == end) {
            return Some(Left::Target(leg.targets.remove(index).identity));
        }
        if let Some(index) = leg.departed.iter().position(|known| known.id == end) {
            return Some(Left::Departed(leg.departed.remove(index).identity));
        }
    }
    None
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
