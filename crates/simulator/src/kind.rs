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
}

impl Kind {
    pub const ALL: [Kind; 16] = [
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
        assert_eq!(Kind::from_word("conference"), None, "a word that is no kind is refused");
    }
}
