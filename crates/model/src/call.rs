//! A call: one conversation as the outside party lives it, from first ring to last hang-up.

use crate::fact::LegId;
use crate::{At, Position, SiteId};
use serde::{Deserialize, Serialize};

/// Name of a call within a library: made from where in the journal its first fact stands, so `rebuild` keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub i64);

/// Facts in one journal entry that can each begin a call. A chunk of SMDR lines is cut below this many.
pub const FACTS_PER_ENTRY: i64 = 1 << 16;

impl CallId {
    /// The id of the call that the fact at `position` begins. Ids of a library sort by where the calls begin.
    pub fn begun_at(position: Position) -> Self {
        Self(position.seq * FACTS_PER_ENTRY + i64::from(position.index))
    }

    /// Digits and lower-case letters without the ambiguous ones, as shown to people and scripts.
    pub fn to_text(self) -> String {
        let mut rest = self.0.unsigned_abs();
        let mut text = Vec::new();
        loop {
            text.push(ALPHABET[(rest % 32) as usize]);
            rest /= 32;
            if rest == 0 {
                break;
            }
        }
        text.reverse();
        String::from_utf8(text).unwrap_or_default()
    }

    pub fn from_text(text: &str) -> Option<Self> {
        if text.is_empty() || text.len() > 13 {
            return None;
        }
        let mut id: i64 = 0;
        for byte in text.bytes() {
            let digit = ALPHABET.iter().position(|known| *known == byte.to_ascii_lowercase())?;
            id = id.checked_mul(32)?.checked_add(i64::try_from(digit).ok()?)?;
        }
        Some(Self(id))
    }
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Inbound,
    Outbound,
    Internal,
}

/// A call with everything concluded about it. Figures (talk time, answered, abandoned) are computed from it by
/// [`crate::figures`], in one place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Call {
    pub id: CallId,
    pub site: SiteId,
    pub direction: Direction,
    pub started_at: At,
    /// False when the call was first seen in progress: then `started_at` is when it was first seen.
    pub start_known: bool,
    /// `None` while it lives.
    pub ended_at: Option<At>,
    /// The outside party's number without the access digit; `None` on internal calls, or withheld.
    pub external_number: Option<String>,
    /// The same in E.164 (`+498955501432`), by which numbers are compared; `None` where the site's country is not set or
    /// the number is none that the world could dial.
    pub external_e164: Option<String>,
    pub external_name: Option<String>,
    pub withheld: bool,
    /// What was dialled: the DID on inbound calls, the digits (access digit included) on others.
    pub dialed_number: Option<String>,
    /// The originating extension of an internal or outbound call.
    pub caller_extension: Option<String>,
    pub emergency: bool,
    pub account_code: Option<String>,
    pub tag: Option<String>,
    /// Line.channel or line the outside party is on.
    pub trunk: Option<String>,
    /// The PBX's own charge, in 1/10,000 of its currency.
    pub charge_ten_thousandths: Option<i64>,
    pub ending: Option<Ending>,
    /// In order of time. Main events follow each other without overlap; the last one lives while the call does.
    pub events: Vec<Event>,
    pub related: Vec<Related>,
    pub basis: Basis,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The calling side hung up first.
    CallingDrop,
    /// The receiving side hung up first.
    ReceivingDrop,
    /// It was gone when the link came back: it ended unseen, at the latest then.
    Unseen,
}

/// What went on in one stretch of a call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub kind: EventKind,
    pub started_at: At,
    /// `None` while it lasts.
    pub ended_at: Option<At>,
    /// Stands beside the main event of its time (one more phone that rings, the mark of a transfer) and does not count
    /// towards lengths of time. Main events follow each other without a gap and without overlap.
    pub beside: bool,
    /// Extension of the person the event is about.
    pub agent: Option<String>,
    pub group: Option<String>,
    /// The other party of this stretch, where it is not the call's outside party.
    pub party: Option<String>,
    pub device: Option<String>,
    /// Why it ended, in the PBX's number: 16 normal, 126 transfer, else Q.850; a refusal as text in `note`.
    pub cause: Option<u16>,
    pub note: Option<String>,
}

/// Kinds of events, named as the field names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    AutoAttendant,
    Queue,
    #[default]
    Ringing,
    Dialing,
    Talking,
    Hold,
    TransferHold,
    Park,
    Transfer,
    Conference,
    Voicemail,
    Overflow,
    Busy,
    Listen,
    Callback,
}

impl EventKind {
    pub const ALL: [EventKind; 15] = [
        EventKind::AutoAttendant,
        EventKind::Queue,
        EventKind::Ringing,
        EventKind::Dialing,
        EventKind::Talking,
        EventKind::Hold,
        EventKind::TransferHold,
        EventKind::Park,
        EventKind::Transfer,
        EventKind::Conference,
        EventKind::Voicemail,
        EventKind::Overflow,
        EventKind::Busy,
        EventKind::Listen,
        EventKind::Callback,
    ];

    /// As spelt in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            EventKind::AutoAttendant => "auto_attendant",
            EventKind::Queue => "queue",
            EventKind::Ringing => "ringing",
            EventKind::Dialing => "dialing",
            EventKind::Talking => "talking",
            EventKind::Hold => "hold",
            EventKind::TransferHold => "transfer_hold",
            EventKind::Park => "park",
            EventKind::Transfer => "transfer",
            EventKind::Conference => "conference",
            EventKind::Voicemail => "voicemail",
            EventKind::Overflow => "overflow",
            EventKind::Busy => "busy",
            EventKind::Listen => "listen",
            EventKind::Callback => "callback",
        }
    }

    /// Stored number of the kind: its place in [`EventKind::ALL`], append only.
    pub fn code(self) -> u8 {
        self as u8
    }

    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// Another call that belongs with this one and is not counted as a call of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Related {
    pub id: CallId,
    pub relation: Relation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The other call is a consultation made during this one.
    Consultation,
    /// This call is a consultation made during the other one: it is not counted by itself.
    ConsultationOf,
    /// The other call is the leg to a mobile twin.
    Twin,
    /// The other call is a leg of the conference that this one became.
    Conference,
    /// This call is the leg to a mobile twin of the other one.
    TwinOf,
    /// This call is a leg of the conference that the other one became.
    ConferenceOf,
}

impl Relation {
    /// Seen from the call that counts to the one that does not, and the other way round.
    pub fn opposite(self) -> Self {
        match self {
            Relation::Consultation => Relation::ConsultationOf,
            Relation::ConsultationOf => Relation::Consultation,
            Relation::Twin => Relation::TwinOf,
            Relation::TwinOf => Relation::Twin,
            Relation::Conference => Relation::ConferenceOf,
            Relation::ConferenceOf => Relation::Conference,
        }
    }

    /// The call that says this of itself is part of the other one and not counted.
    pub fn is_part(self) -> bool {
        matches!(self, Relation::ConsultationOf | Relation::TwinOf | Relation::ConferenceOf)
    }
}

/// What a call rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// How many DevLink3 facts went into it.
    pub devlink_facts: u32,
    pub legs: Vec<LegId>,
    pub records: Vec<RecordRef>,
    /// How DevLink3's call and SMDR's records were joined; `None` when only one of them knows the call.
    pub matched: Option<Match>,
    /// What the records added to what DevLink3 told, so that parting the two gives back what DevLink3 told.
    pub filled: Filled,
    /// Decisions by hand that made it what it is: their places in the journal.
    pub decisions: Vec<i64>,
    /// Where in the journal its first and last facts stand.
    pub first: Position,
    pub last: Position,
}

/// An SMDR record that went into a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordRef {
    pub position: Position,
    /// The record's own Call ID (field 10).
    pub call_id: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    pub method: MatchMethod,
    /// 0 to 1.
    pub confidence: f32,
    /// By how much the PBX's clock was taken to be ahead, in milliseconds (behind, if negative).
    pub clock_ahead_ms: i64,
}

/// Which facts of a joined call come from its records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Bits of [`Filled`]'s constants.
    pub fields: u16,
    /// When DevLink3 first saw it, where the records know the beginning.
    pub seen_from: Option<At>,
    /// When DevLink3 lost sight of it, where the records know the end.
    pub seen_until: Option<At>,
}

impl Filled {
    pub const EXTERNAL_NUMBER: u16 = 1;
    pub const WITHHELD: u16 = 2;
    pub const DIALED_NUMBER: u16 = 4;
    pub const CALLER_EXTENSION: u16 = 8;
    pub const ACCOUNT_CODE: u16 = 16;
    pub const TRUNK: u16 = 32;
    pub const CHARGE: u16 = 64;

    pub fn has(&self, field: u16) -> bool {
        self.fields & field != 0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchMethod {
    /// By server address and call id (SMDR fields 31 to 34).
    CallId,
    /// By the best total of time, number, extension and durations.
    BestScore,
    /// A manager said so.
    ByHand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    Devlink3,
    Smdr,
}

impl Call {
    pub fn is_live(&self) -> bool {
        self.ended_at.is_none()
    }

    /// A consultation, a twin's leg or a conference leg is shown with the call it belongs to and not counted by itself.
    pub fn is_counted(&self) -> bool {
        !self.related.iter().any(|related| related.relation.is_part())
    }

    pub fn sources(&self) -> Vec<SourceKind> {
        let mut sources = Vec::new();
        if self.basis.devlink_facts > 0 {
            sources.push(SourceKind::Devlink3);
        }
        if !self.basis.records.is_empty() {
            sources.push(SourceKind::Smdr);
        }
        sources
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_id_survives_being_written_and_read() {
        for id in [0, 1, 31, 32, 65_536, 9_007_199_254_740_993, i64::MAX] {
            assert_eq!(CallId::from_text(&CallId(id).to_text()), Some(CallId(id)), "id {id}");
        }
        assert_eq!(CallId::from_text("not an id!"), None, "a stray word is no id");
        assert_eq!(CallId::from_text("zzzzzzzzzzzzz"), None, "a number too large is no id");
    }

    #[test]
    fn event_kinds_keep_their_stored_numbers() {
        for (number, kind) in EventKind::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(kind.code()), number, "{}", kind.word());
            assert_eq!(
                serde_json::to_string(&kind).unwrap(),
                format!("\"{}\"", kind.word()),
                "one spelling everywhere"
            );
        }
    }
}
