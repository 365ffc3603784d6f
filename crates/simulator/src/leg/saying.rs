//! What the PBX says in one event.

use super::Leg;
use model::fact::{EndId, ExtensionNote, NodeId, PartyLeft, SipLeg, TargetRefused};
use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Saying {
    State(Box<Leg>),
    Left(Leaving),
    Refused(Refusal),
    Note(Note),
    Sip(SipTrack),
}

/// A party leaves `node`'s view of the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaving {
    pub(crate) node: NodeId,
    pub(crate) end: EndId,
    pub(crate) cleared: Cleared,
    pub(crate) cause: u16,
    /// The node's own number of the link to the party's node; `None` where the party lives on this one.
    pub(crate) link: Option<u16>,
}

/// Who ended it, seen from an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cleared {
    ByThisEnd,
    ByAnother,
}

/// A phone turns a call away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) node: NodeId,
    pub(crate) end: EndId,
    pub(crate) extension: String,
    pub(crate) qualifier: &'static str,
}

/// CMExtn: what a phone says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) node: NodeId,
    pub(crate) text: String,
    pub(crate) numbers: Option<[u32; 3]>,
}

/// What a phone does, by its own account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PhoneState {
    #[default]
    Idle,
    Ringing,
    Connected,
    Dialling,
}

/// Which SIP Call-ID an end of a SIP trunk carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SipTrack {
    pub(crate) started: bool,
    pub(crate) end: EndId,
    pub(crate) line: String,
    pub(crate) came_in: bool,
    pub(crate) sip_call_id: String,
}

impl Saying {
    /// The node that says it.
    pub(crate) fn node(&self) -> NodeId {
        match self {
            Saying::State(leg) => leg.node(),
            Saying::Left(left) => left.node,
            Saying::Refused(refusal) => refusal.node,
            Saying::Note(note) => note.node,
            Saying::Sip(sip) => sip.node(),
        }
    }
}

impl Leaving {
    pub(crate) fn as_fact(&self) -> PartyLeft {
        PartyLeft {
            node: self.node,
            end: self.end,
            cleared_inbound: matches!(self.cleared, Cleared::ByThisEnd),
            cause: self.cause,
            stamp_tenths: None,
            transit: self.link.is_some(),
        }
    }
}

impl Refusal {
    pub(crate) fn as_fact(&self) -> TargetRefused<'_> {
        TargetRefused { node: self.node, end: self.end, user: &self.extension, qualifier: self.qualifier }
    }
}

impl Note {
    /// The extended form, as in the manual's own example.
    pub(crate) fn changed(node: NodeId, extension: &str, from: PhoneState, to: PhoneState) -> Self {
        let text = format!("Extn{extension}: new={}, old={}", to.word(), from.word());
        Self { node, text, numbers: Some([1, to.number(), from.number()]) }
    }

    /// The manual's own example of the plain form.
    pub(crate) fn lost(node: NodeId, extension: &str) -> Self {
        let text = format!("Extn{extension}: CALL LOST (CMCauseForceIdle)");
        Self { node, text, numbers: None }
    }

    pub(crate) fn as_fact(&self) -> ExtensionNote<'_> {
        ExtensionNote { text: Cow::Borrowed(&self.text), numbers: self.numbers }
    }
}

impl PhoneState {
    fn word(self) -> &'static str {
        match self {
            PhoneState::Idle => "Idle",
            PhoneState::Ringing => "Ringing",
            PhoneState::Connected => "Connected",
            PhoneState::Dialling => "Dialling",
        }
    }

    /// The manual's example gives dialling the 2 that elsewhere means *connected*: only the words tell them apart.
    fn number(self) -> u32 {
        match self {
            PhoneState::Idle => 0,
            PhoneState::Ringing => 1,
            PhoneState::Connected | PhoneState::Dialling => 2,
        }
    }
}

impl SipTrack {
    pub(crate) fn node(&self) -> NodeId {
        NodeId((self.end.0 >> 32) as u32)
    }

    pub(crate) fn as_fact(&self) -> SipLeg<'_> {
        SipLeg {
            started: self.started,
            end: self.end,
            line: Cow::Borrowed(&self.line),
            trunk: true,
            came_in: self.came_in,
            sip_call_id: Cow::Borrowed(&self.sip_call_id),
        }
    }
}
