//! One script for every kind of call.

mod conferences;
mod diverted;
mod incoming;
mod menu;
mod network;
mod outgoing;
mod passed_on;
mod refused;
#[cfg(test)]
mod tests;
mod transfers;
mod twins;

use crate::ids::Ids;
use crate::kind::Kind;
use crate::office::{LINE_NODE, NODE};
use crate::scene::{Cast, Scene};
use crate::scribe::Scribe;
use crate::script::Script;
use crate::{dice::Dice, lengths::Lengths, office::Office};
use model::Direction;
use model::fact::NodeId;

/// What a kind needs to be free before it can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Needs {
    pub(crate) phones: Phones,
    pub(crate) channels: Channels,
    pub(crate) elsewhere: Elsewhere,
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
    /// The same, of the group to which another one overflows.
    OfSecondGroup {
        least: usize,
        most: usize,
    },
    /// So many on the network's two other nodes.
    OfNetwork {
        at_line: usize,
        far: usize,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Channels {
    pub(crate) node: NodeId,
    pub(crate) count: usize,
}

/// To whom a call is sent on, outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    Nowhere,
    /// Another outside party.
    Somebody,
    /// The first person's mobile phone.
    OwnMobile,
}

pub(crate) fn needs(kind: Kind) -> Needs {
    match kind {
        Kind::InboundDirect
        | Kind::Withheld
        | Kind::AbandonedHold
        | Kind::AutoAttendant
        | Kind::AutoAttendantNobody
        | Kind::Voicemail
        | Kind::DoNotDisturb
        | Kind::HoldResume
        | Kind::HoldMany
        | Kind::OutboundAnswered
        | Kind::OutboundUnanswered
        | Kind::OutboundAccessDigit
        | Kind::OutboundBusy
        | Kind::Emergency => lines(1, Phones::Any(1)),
        Kind::BlindTransfer
        | Kind::SupervisedTransfer
        | Kind::TransferWhileRinging
        | Kind::TransferVoicemail
        | Kind::ParkUnpark
        | Kind::Conference => lines(1, Phones::Any(2)),
        Kind::InboundGroup | Kind::AbandonedRinging | Kind::Pickup | Kind::Rejected => {
            lines(1, Phones::OfGroup { least: 2, most: 3 })
        }
        Kind::Queued | Kind::QueueAnnouncement => lines(1, Phones::OfGroup { least: 1, most: 1 }),
        Kind::Overflow => lines(1, Phones::OfSecondGroup { least: 1, most: 2 }),
        Kind::AbandonedQueue | Kind::AutoAttendantAbandoned => lines(1, Phones::None),
        Kind::TransferOutside => Needs { elsewhere: Elsewhere::Somebody, ..lines(2, Phones::Any(1)) },
        Kind::TwinInside | Kind::TwinOutside | Kind::ForwardedOutside => {
            Needs { elsewhere: Elsewhere::OwnMobile, ..lines(2, Phones::Any(1)) }
        }
        Kind::OutboundBarred => lines(0, Phones::Any(1)),
        Kind::InternalAnswered | Kind::InternalUnanswered => lines(0, Phones::Any(2)),
        Kind::ScnInbound => on_the_network(Phones::OfNetwork { at_line: 0, far: 1 }),
        Kind::ScnGroup => on_the_network(Phones::OfNetwork { at_line: 1, far: 2 }),
    }
}

fn lines(count: usize, phones: Phones) -> Needs {
    Needs { phones, channels: Channels { node: NODE, count }, elsewhere: Elsewhere::Nowhere }
}

fn on_the_network(phones: Phones) -> Needs {
    Needs { channels: Channels { node: LINE_NODE, count: 1 }, ..lines(1, phones) }
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
        Kind::HoldMany => passed_on::hold_many(scene),
        Kind::ParkUnpark => passed_on::park_unpark(scene),
        Kind::Pickup => passed_on::pickup(scene),
        Kind::AutoAttendant => menu::answered(scene),
        Kind::AutoAttendantNobody => menu::nobody(scene),
        Kind::AutoAttendantAbandoned => menu::abandoned(scene),
        Kind::BlindTransfer => transfers::blind(scene),
        Kind::SupervisedTransfer => transfers::supervised(scene),
        Kind::TransferWhileRinging => transfers::while_ringing(scene),
        Kind::TransferOutside => transfers::outside(scene),
        Kind::TransferVoicemail => transfers::to_mailbox(scene),
        Kind::Conference => conferences::of_three(scene),
        Kind::TwinInside => twins::answered(scene, twins::AnsweredAt::Desk),
        Kind::TwinOutside => twins::answered(scene, twins::AnsweredAt::Mobile),
        Kind::Rejected => refused::rejected(scene),
        Kind::DoNotDisturb => refused::do_not_disturb(scene),
        Kind::ForwardedOutside => diverted::forwarded_outside(scene),
        Kind::Overflow => diverted::overflow(scene),
        Kind::QueueAnnouncement => diverted::queue_announcement(scene),
        Kind::ScnInbound => network::inbound(scene),
        Kind::ScnGroup => network::group(scene),
        Kind::OutboundAnswered => outgoing::answered(scene, outgoing::Access::Plain),
        Kind::OutboundAccessDigit => outgoing::answered(scene, outgoing::Access::WithDigit),
        Kind::OutboundUnanswered => outgoing::unanswered(scene),
        Kind::OutboundBusy => outgoing::busy(scene),
        Kind::OutboundBarred => outgoing::barred(scene),
        Kind::Emergency => outgoing::emergency(scene),
        Kind::InternalAnswered => outgoing::internal_answered(scene),
        Kind::InternalUnanswered => outgoing::internal_unanswered(scene),
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
        | Kind::Withheld
        | Kind::SupervisedTransfer
        | Kind::TransferWhileRinging
        | Kind::TransferOutside
        | Kind::TransferVoicemail
        | Kind::HoldMany
        | Kind::ParkUnpark
        | Kind::Pickup
        | Kind::Conference
        | Kind::TwinInside
        | Kind::TwinOutside
        | Kind::AutoAttendantNobody
        | Kind::AutoAttendantAbandoned
        | Kind::Rejected
        | Kind::DoNotDisturb
        | Kind::ForwardedOutside
        | Kind::Overflow
        | Kind::QueueAnnouncement
        | Kind::ScnInbound
        | Kind::ScnGroup => Direction::Inbound,
        Kind::OutboundAnswered
        | Kind::OutboundUnanswered
        | Kind::OutboundAccessDigit
        | Kind::OutboundBusy
        | Kind::OutboundBarred
        | Kind::Emergency => Direction::Outbound,
        Kind::InternalAnswered | Kind::InternalUnanswered => Direction::Internal,
    }
}
