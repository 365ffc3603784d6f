//! Calls that are made because of other calls: by the same caller, to the same lengths, or by the same person in the same
//! second.

use super::Neighbour;
use super::settings::Neighbours;
use crate::dice::Dice;
use crate::kind::Kind;
use crate::office::{NODE, Office};
use crate::planner::Wanted;
use crate::script::Script;
use model::{At, Direction};

/// Between the starts of two calls of the same caller.
const SAME_CALLER_MS: (u64, u64) = (800, 9_500);
/// Between the starts of two calls of equal length.
const AT_ONCE_MS: (u64, u64) = (0, 900);
/// What someone does who has put the receiver down just now.
const NEXT_AT_ONCE: [Kind; 3] = [Kind::InboundDirect, Kind::OutboundAnswered, Kind::InternalAnswered];
/// What a caller tries who calls again.
const CALLS_AGAIN: [Kind; 4] =
    [Kind::InboundDirect, Kind::InboundGroup, Kind::AbandonedRinging, Kind::AbandonedQueue];

/// A call to be made at that time, or not at all.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) at_ms: u64,
    pub(super) wanted: Wanted,
    pub(super) neighbour: Neighbour,
    /// The call that it is a neighbour of, and how long that one is.
    pub(super) of: u64,
    pub(super) length_ms: u64,
}

/// Where a call stands in the tape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    pub(super) number: u64,
    pub(super) start_ms: u64,
    /// The instant of planned time 0.
    pub(super) zero: At,
}

pub(super) struct Wisher {
    pub(super) neighbours: Neighbours,
    /// Kinds that may be made; empty: all.
    pub(super) kinds: Vec<Kind>,
}

impl Wisher {
    /// How many calls are wished for each one of the mix.
    pub(super) fn share(&self) -> f64 {
        let Neighbours { same_caller_within_seconds, equal_lengths_at_once, back_to_back, .. } =
            self.neighbours;
        same_caller_within_seconds + equal_lengths_at_once + back_to_back
    }

    /// The neighbour that a call gets, if any. `lengths` are the dice by which it was written.
    pub(super) fn wish(
        &self,
        dice: &mut Dice,
        office: &Office,
        stands: Stands,
        script: &Script,
        lengths: &Dice,
    ) -> Option<Wish> {
        let made = |neighbour, at_ms, wanted| {
            let Stands { number: of, .. } = stands;
            Some(Wish { at_ms, wanted, neighbour, of, length_ms: script.call_ms() })
        };
        if script.direction == Direction::Inbound && dice.chance(self.neighbours.same_caller_within_seconds) {
            let number = script.external_number.as_ref()?;
            let outside = office.outside.iter().find(|outside| outside.number == *number)?.clone();
            let kind = self.one_of(&CALLS_AGAIN, dice)?;
            let at_ms = stands.start_ms + dice.between(SAME_CALLER_MS.0, SAME_CALLER_MS.1);
            let wanted = Wanted { outside: Some(outside), ..Wanted::any(kind) };
            return made(Neighbour::SameCaller, at_ms, wanted);
        }
        if dice.chance(self.neighbours.equal_lengths_at_once) {
            let at_ms = stands.start_ms + dice.between(AT_ONCE_MS.0, AT_ONCE_MS.1);
            let wanted = Wanted { lengths_of: Some(lengths.clone()), ..Wanted::any(script.kind) };
            return made(Neighbour::EqualLengths, at_ms, wanted);
        }
        if dice.chance(self.neighbours.back_to_back) {
            let last = script.phones.iter().rfind(|phone| phone.until_ms == script.length_ms())?;
            if office.people[last.place].node != NODE {
                return None;
            }
            let kind = self.one_of(&NEXT_AT_ONCE, dice)?;
            let end_ms = stands.start_ms + script.length_ms();
            let at_ms = end_ms + in_the_same_second(stands.zero, end_ms, dice);
            let wanted = Wanted { phone: Some(last.place), ..Wanted::any(kind) };
            return made(Neighbour::BackToBack, at_ms, wanted);
        }
        None
    }

    fn one_of(&self, kinds: &[Kind], dice: &mut Dice) -> Option<Kind> {
        let allowed: Vec<Kind> =
            kinds.iter().copied().filter(|kind| self.kinds.is_empty() || self.kinds.contains(kind)).collect();
        allowed.get(dice.place(allowed.len())).copied()
    }
}

/// Not beyond the end of the second of the wall clock in which the call ended, but for a millisecond at least.
fn in_the_same_second(zero: At, end_ms: u64, dice: &mut Dice) -> u64 {
    let end = zero.plus_ms(i64::try_from(end_ms).unwrap_or(i64::MAX));
    let left = 999 - u64::try_from(end.0.rem_euclid(1000)).unwrap_or_default();
    dice.between(1, left.max(1))
}
