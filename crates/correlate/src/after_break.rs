//! What is known once the link was down: which calls went on meanwhile, which are over, and which only have the numbers of
//! calls before, because the PBX restarted and counts from the beginning.

use crate::conversation::Conversation;
use crate::outside::channel_node;
use crate::reading;
use crate::site::Site;
use model::fact::{CallState, End, EndId};
use model::{At, CallId, Direction, Ending, EventKind};

impl Site {
    /// A phone that stays lifted after its call is over still has a state; it begins nothing. Once the link was down, the
    /// same numbers may be those of a PBX that began to count again: then only a phone that is alone, and that was there when
    /// all states were told, is what is left of a call before.
    pub(crate) fn is_straggler(&mut self, now: At, state: &CallState<'_>) -> bool {
        if self.by_leg.contains_key(&state.leg) {
            return false;
        }
        let link = self.link;
        let is_alone = state.b.is_none() && state.targets.is_empty();
        let still_there = self.finished_legs.iter_mut().filter(|finished| {
            let has = |end: EndId| finished.ends.contains(&end);
            finished.id == state.leg && (has(state.a.id) || state.b.as_ref().is_some_and(|b| has(b.id)))
        });
        let mut is_straggler = false;
        for finished in still_there {
            if link.up_since().is_none_or(|since| finished.known_at >= since) {
                is_straggler = true;
            } else if is_alone && link.in_snapshot(now) {
                finished.known_at = now;
                is_straggler = true;
            }
        }
        is_straggler
    }

    /// All calls that went on over a break of the link are told at once when it is up again. What only begins after that
    /// is a new call, and so is one with other people on the same ends: one of before that has its numbers is over. The PBX
    /// restarted, and counts from the beginning.
    pub(crate) fn end_what_a_restart_cut(&mut self, now: At, state: &CallState<'_>) {
        let begins = self.link.snapshot_is_over(now) && is_beginning(state);
        let ends = std::iter::once(state.a.id).chain(state.b.as_ref().map(|b| b.id));
        let mut before: Vec<CallId> = ends.filter_map(|end| self.by_end.get(&end).copied()).collect();
        before.extend(self.by_leg.get(&state.leg));
        before.extend(
            reading::outside(state)
                .and_then(|end| self.by_channel.get(channel_node(state, end), end.description)),
        );
        before.sort_unstable();
        before.dedup();
        for id in before {
            let is_over = |conversation: &Conversation| {
                !conversation.confirmed && (begins || has_others_on_its_ends(conversation, state))
            };
            if self.calls.get(&id).is_some_and(is_over) {
                self.finish(id, self.gone_since(now, id), Some(Ending::Unseen));
            }
        }
    }

    /// A call that shows to be over may have ended while the link was down, if it has not come again since.
    pub(crate) fn gone_since(&self, now: At, id: CallId) -> At {
        let unconfirmed = self.calls.get(&id).is_some_and(|conversation| !conversation.confirmed);
        self.link.lost_at().filter(|_| unconfirmed).unwrap_or(now)
    }
}

/// An end never changes hands: with another phone or another caller on it, or a phone in place of a line, its number was
/// given out again.
fn has_others_on_its_ends(conversation: &Conversation, state: &CallState<'_>) -> bool {
    let differ = |known: &str, now: &str| !known.is_empty() && !now.is_empty() && known != now;
    let is_other = |end: &End<'_>| {
        let known = conversation.legs.iter().flat_map(|leg| &leg.ends).find(|known| known.id == end.id);
        let number = conversation.call.external_number.as_deref().unwrap_or_default();
        let was_outside = conversation.outside == Some(end.id);
        let is_caller = end.came_in && was_outside;
        let is_line = end.public_line || end.equipment.is_trunk();
        known.is_some_and(|known| {
            differ(&known.identity, end.identity)
                || (was_outside && !is_line && !end.identity.is_empty())
                || (is_line && !known.identity.is_empty())
        }) || (is_caller && conversation.call.direction == Direction::Inbound && differ(number, end.cli))
    };
    std::iter::once(&state.a).chain(state.b.as_ref()).any(is_other)
}

/// Nobody has been met yet, as far as the state shows.
fn is_beginning(state: &CallState<'_>) -> bool {
    reading::stage(state).is_none_or(|stage| match stage.kind {
        EventKind::Talking
        | EventKind::Hold
        | EventKind::TransferHold
        | EventKind::Park
        | EventKind::Conference
        | EventKind::Listen => false,
        EventKind::Dialing
        | EventKind::Ringing
        | EventKind::Queue
        | EventKind::AutoAttendant
        | EventKind::Voicemail
        | EventKind::Busy
        | EventKind::Callback
        | EventKind::Transfer
        | EventKind::Overflow => true,
    })
}
