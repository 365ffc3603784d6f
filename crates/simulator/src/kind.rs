//! The kinds of calls the simulated office makes.

use serde::{Deserialize, Serialize};

/// What happens in a call. Every kind has its own script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An outside party dials a person's own number; the person answers.
    InboundDirect,
    /// An outside party dials a hunt group; several phones ring and one answers.
    InboundGroup,
    /// The group is busy: the caller queues, then a phone rings and is answered.
    Queued,
    /// The caller gives up while phones of a group ring.
    AbandonedRinging,
    /// The caller gives up in the queue.
    AbandonedQueue,
    /// The caller is answered, put on hold, and gives up there.
    AbandonedHold,
    /// The auto attendant answers and passes the caller on to a person.
    AutoAttendant,
    /// Nobody answers; the caller leaves a message.
    Voicemail,
    /// Answered, put on hold, taken back.
    HoldResume,
    /// Answered, then transferred without asking to a colleague who answers.
    BlindTransfer,
    OutboundAnswered,
    OutboundUnanswered,
    /// Dialled with the access digit before the number, and answered.
    OutboundAccessDigit,
    InternalAnswered,
    InternalUnanswered,
    /// As [`Kind::InboundDirect`], by a caller who withholds the number.
    Withheld,
    /// The far end is busy.
    OutboundBusy,
    /// The PBX does not let the call out.
    OutboundBarred,
    /// 112, with the place of the phone.
    Emergency,
    /// Held, a colleague asked on a second call, then handed over.
    SupervisedTransfer,
    /// As before, handed over while the colleague's phone still rings.
    TransferWhileRinging,
    /// Handed over without asking to a number outside, which answers.
    TransferOutside,
    /// Handed over to a colleague's mailbox.
    TransferVoicemail,
    /// Put on hold and taken back three to six times.
    HoldMany,
    /// Parked at one phone, taken back at another.
    ParkUnpark,
    /// A phone or a group's phones ring, and another phone takes the call.
    Pickup,
    /// A caller and two people of the office.
    Conference,
    /// Desk phone and mobile phone ring; answered at the desk.
    TwinInside,
    /// The same, answered at the mobile.
    TwinOutside,
    /// The auto attendant passes the caller on to a person who does not answer; the caller gives up.
    AutoAttendantNobody,
    /// The caller hangs up in the menu.
    AutoAttendantAbandoned,
    /// One phone of a group turns the call away, another answers.
    Rejected,
    /// The person wants no calls: straight to voicemail.
    DoNotDisturb,
    /// The person has all calls forwarded to a number outside, which answers.
    ForwardedOutside,
    /// Queued in one group, answered by another.
    Overflow,
    /// Queued with announcements, then answered.
    QueueAnnouncement,
    /// The line is on one node of a network, the phone on another.
    ScnInbound,
    /// The same for a group with phones on both nodes.
    ScnGroup,
}

impl Kind {
    /// The kinds that any office has every day.
    pub const PLAIN: [Kind; 16] = [
        Kind::InboundDirect,
        Kind::InboundGroup,
        Kind::Queued,
        Kind::AbandonedRinging,
        Kind::AbandonedQueue,
        Kind::AbandonedHold,
        Kind::AutoAttendant,
        Kind::Voicemail,
        Kind::HoldResume,
        Kind::BlindTransfer,
        Kind::OutboundAnswered,
        Kind::OutboundUnanswered,
        Kind::OutboundAccessDigit,
        Kind::InternalAnswered,
        Kind::InternalUnanswered,
        Kind::Withheld,
    ];

    pub const ALL: [Kind; 38] = [
        Kind::InboundDirect,
        Kind::InboundGroup,
        Kind::Queued,
        Kind::AbandonedRinging,
        Kind::AbandonedQueue,
        Kind::AbandonedHold,
        Kind::AutoAttendant,
        Kind::Voicemail,
        Kind::HoldResume,
        Kind::BlindTransfer,
        Kind::OutboundAnswered,
        Kind::OutboundUnanswered,
        Kind::OutboundAccessDigit,
        Kind::InternalAnswered,
        Kind::InternalUnanswered,
        Kind::Withheld,
        Kind::OutboundBusy,
        Kind::OutboundBarred,
        Kind::Emergency,
        Kind::SupervisedTransfer,
        Kind::TransferWhileRinging,
        Kind::TransferOutside,
        Kind::TransferVoicemail,
        Kind::HoldMany,
        Kind::ParkUnpark,
        Kind::Pickup,
        Kind::Conference,
        Kind::TwinInside,
        Kind::TwinOutside,
        Kind::AutoAttendantNobody,
        Kind::AutoAttendantAbandoned,
        Kind::Rejected,
        Kind::DoNotDisturb,
        Kind::ForwardedOutside,
        Kind::Overflow,
        Kind::QueueAnnouncement,
        Kind::ScnInbound,
        Kind::ScnGroup,
    ];

    /// Whether DevLink3 tells of it only where events of a whole network are asked for.
    pub fn crosses_nodes(self) -> bool {
        matches!(self, Kind::ScnInbound | Kind::ScnGroup)
    }

    /// As spelt in summaries and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Kind::InboundDirect => "inbound_direct",
            Kind::InboundGroup => "inbound_group",
            Kind::Queued => "queued",
            Kind::AbandonedRinging => "abandoned_ringing",
            Kind::AbandonedQueue => "abandoned_queue",
            Kind::AbandonedHold => "abandoned_hold",
            Kind::AutoAttendant => "auto_attendant",
            Kind::Voicemail => "voicemail",
            Kind::HoldResume => "hold_resume",
            Kind::BlindTransfer => "blind_transfer",
            Kind::OutboundAnswered => "outbound_answered",
            Kind::OutboundUnanswered => "outbound_unanswered",
            Kind::OutboundAccessDigit => "outbound_access_digit",
            Kind::InternalAnswered => "internal_answered",
            Kind::InternalUnanswered => "internal_unanswered",
            Kind::Withheld => "withheld",
            Kind::OutboundBusy => "outbound_busy",
            Kind::OutboundBarred => "outbound_barred",
            Kind::Emergency => "emergency",
            Kind::SupervisedTransfer => "supervised_transfer",
            Kind::TransferWhileRinging => "transfer_while_ringing",
            Kind::TransferOutside => "transfer_outside",
            Kind::TransferVoicemail => "transfer_voicemail",
            Kind::HoldMany => "hold_many",
            Kind::ParkUnpark => "park_unpark",
            Kind::Pickup => "pickup",
            Kind::Conference => "conference",
            Kind::TwinInside => "twin_inside",
            Kind::TwinOutside => "twin_outside",
            Kind::AutoAttendantNobody => "auto_attendant_nobody",
            Kind::AutoAttendantAbandoned => "auto_attendant_abandoned",
            Kind::Rejected => "rejected",
            Kind::DoNotDisturb => "do_not_disturb",
            Kind::ForwardedOutside => "forwarded_outside",
            Kind::Overflow => "overflow",
            Kind::QueueAnnouncement => "queue_announcement",
            Kind::ScnInbound => "scn_inbound",
            Kind::ScnGroup => "scn_group",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// How many of a hundred-odd calls are of this kind: about one inbound call in twelve is abandoned, as offices
    /// of this size report.
    pub(crate) fn weight(self) -> u32 {
        match self {
            Kind::InboundDirect => 18,
            Kind::InboundGroup => 24,
            Kind::Queued => 8,
            Kind::AbandonedRinging => 4,
            Kind::AbandonedQueue => 2,
            Kind::AbandonedHold => 1,
            Kind::AutoAttendant => 5,
            Kind::Voicemail => 5,
            Kind::HoldResume => 6,
            Kind::BlindTransfer => 6,
            Kind::OutboundAnswered => 10,
            Kind::OutboundUnanswered => 4,
            Kind::OutboundAccessDigit => 6,
            Kind::InternalAnswered => 7,
            Kind::InternalUnanswered => 2,
            Kind::Withheld => 4,
            Kind::OutboundBusy => 2,
            Kind::OutboundBarred => 2,
            Kind::Emergency => 1,
            Kind::SupervisedTransfer => 4,
            Kind::TransferWhileRinging => 2,
            Kind::TransferOutside => 2,
            Kind::TransferVoicemail => 2,
            Kind::HoldMany => 2,
            Kind::ParkUnpark => 3,
            Kind::Pickup => 3,
            Kind::Conference => 2,
            Kind::TwinInside => 3,
            Kind::TwinOutside => 3,
            Kind::AutoAttendantNobody => 2,
            Kind::AutoAttendantAbandoned => 2,
            Kind::Rejected => 2,
            Kind::DoNotDisturb => 2,
            Kind::ForwardedOutside => 2,
            Kind::Overflow => 2,
            Kind::QueueAnnouncement => 3,
            Kind::ScnInbound => 2,
            Kind::ScnGroup => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_word(kind.word()), Some(kind), "{}", kind.word());
            assert_eq!(
                serde_json::to_string(&kind).unwrap(),
                format!("\"{}\"", kind.word()),
                "one spelling everywhere"
            );
        }
        assert_eq!(Kind::from_word("intercom"), None, "a word that is no kind is refused");
    }
}
