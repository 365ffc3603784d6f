//! One script for every kind of call.

mod incoming;
mod outgoing;
mod passed_on;
#[cfg(test)]
mod tests;

use crate::kind::Kind;
use crate::scene::{Cast, Scene};
use crate::scribe::{Ids, Scribe};
use crate::script::Script;
use crate::{dice::Dice, lengths::Lengths, office::Office};
use model::Direction;

/// What a kind needs to be free before it can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Needs {
    pub(crate) phones: Phones,
    pub(crate) channel: Channel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phones {
    None,
    /// Any so many phones.
    Any(usize),
    /// So many members of one group, at least and at most.
    OfGroup {
        least: usize,
        most: usize,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Needed,
    NotNeeded,
}

pub(crate) fn needs(kind: Kind) -> Needs {
    let phones = match kind {
        Kind::InboundDirect
        | Kind::Withheld
        | Kind::AbandonedHold
        | Kind::AutoAttendant
        | Kind::Voicemail
        | Kind::HoldResume
        | Kind::OutboundAnswered
        | Kind::OutboundUnanswered
        | Kind::OutboundAccessDigit => Phones::Any(1),
        Kind::BlindTransfer | Kind::InternalAnswered | Kind::InternalUnanswered => Phones::Any(2),
        Kind::InboundGroup | Kind::AbandonedRinging => Phones::OfGroup { least: 2, most: 3 },
        Kind::Queued => Phones::OfGroup { least: 1, most: 1 },
        Kind::AbandonedQueue => Phones::None,
    };
    Needs { phones, channel: channel(kind) }
}

pub(crate) fn write(
    kind: Kind,
    office: &Office,
    cast: &Cast,
    dice: &mut Dice,
    lengths: Lengths,
    ids: &mut Ids,
) -> Script {
    let mut scribe = Scribe::new(kind, direction(kind), ids);
    for place in &cast.phones {
        scribe.take_phone(*place);
    }
    let scene = Scene { office, cast, dice, lengths, scribe };
    match kind {
        Kind::InboundDirect | Kind::Withheld => incoming::direct(scene),
        Kind::InboundGroup => incoming::group(scene),
        Kind::Queued => incoming::queued(scene),
        Kind::AbandonedRinging => incoming::abandoned_ringing(scene),
        Kind::AbandonedQueue => incoming::abandoned_queue(scene),
        Kind::Voicemail => incoming::voicemail(scene),
        Kind::AbandonedHold => passed_on::abandoned_hold(scene),
        Kind::HoldResume => passed_on::hold_resume(scene),
        Kind::AutoAttendant => passed_on::auto_attendant(scene),
        Kind::BlindTransfer => passed_on::blind_transfer(scene),
        Kind::OutboundAnswered => outgoing::answered(scene, outgoing::Access::Plain),
        Kind::OutboundAccessDigit => outgoing::answered(scene, outgoing::Access::WithDigit),
        Kind::OutboundUnanswered => outgoing::unanswered(scene),
        Kind::InternalAnswered => outgoing::internal_answered(scene),
        Kind::InternalUnanswered => outgoing::internal_unanswered(scene),
    }
}

fn channel(kind: Kind) -> Channel {
    match direction(kind) {
        Direction::Inbound | Direction::Outbound => Channel::Needed,
        Direction::Internal => Channel::NotNeeded,
    }
}

fn direction(kind: Kind) -> Direction {
    match kind {
        Kind::InboundDirect
        | Kind::InboundGroup
        | Kind::Queued
        | Kind::AbandonedRinging
        | Kind::AbandonedQueue
        | Kind::AbandonedHold
        | Kind::AutoAttendant
        | Kind::Voicemail
        | Kind::HoldResume
        | Kind::BlindTransfer
        | Kind::Withheld => Direction::Inbound,
        Kind::OutboundAnswered | Kind::OutboundUnanswered | Kind::OutboundAccessDigit => Direction::Outbound,
        Kind::InternalAnswered | Kind::InternalUnanswered => Direction::Internal,
    }
}
