//! The state of one leg as the PBX holds it: owned, and turned into the field's words when it is told.

mod party;
mod ringing;
mod saying;

pub(crate) use party::{Party, TONE_BUSY, TONE_DIAL, TONE_HOLD_MUSIC, TONE_NONE, TONE_RINGBACK};
pub(crate) use ringing::Ringing;
pub(crate) use saying::{Cleared, Leaving, Note, PhoneState, Refusal, Saying, SipTrack};

use model::fact::{CallState, LegId, NodeId, Queueing};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leg {
    pub(crate) id: LegId,
    pub(crate) group: String,
    /// The extension that was called first.
    pub(crate) first_user: String,
    pub(crate) current_group: String,
    pub(crate) current_user: String,
    pub(crate) overflow_group: String,
    pub(crate) mailbox: String,
    pub(crate) queueing: Queueing,
    pub(crate) left_call_flow: String,
    pub(crate) call_flow_tenths: u32,
    pub(crate) a: Party,
    pub(crate) b: Option<Party>,
    pub(crate) targets: Vec<Ringing>,
}

impl Leg {
    pub(crate) fn new(id: LegId, a: Party) -> Self {
        Self {
            id,
            group: String::new(),
            first_user: String::new(),
            current_group: String::new(),
            current_user: String::new(),
            overflow_group: String::new(),
            mailbox: String::new(),
            queueing: Queueing::No,
            left_call_flow: String::new(),
            call_flow_tenths: 0,
            a,
            b: None,
            targets: Vec::new(),
        }
    }

    pub(crate) fn parties(&self) -> impl Iterator<Item = &Party> {
        std::iter::once(&self.a).chain(self.b.as_ref())
    }

    /// A becomes B and B becomes A, as the PBX does when a call is unparked.
    pub(crate) fn swap(&mut self) {
        if let Some(b) = &mut self.b {
            std::mem::swap(&mut self.a, b);
        }
    }

    /// The same leg as the node `id.node` sees it, which gave it a call id of its own: ends are local where they live,
    /// and a node that has only the phones offers it to none but its own.
    pub(crate) fn seen_from(&self, id: LegId) -> Self {
        let mut seen = Self { id, ..self.clone() };
        seen.a.remote = seen.a.node() != id.node;
        if let Some(b) = &mut seen.b {
            b.remote = b.node() != id.node;
        }
        let has_the_line = self.a.node() == id.node;
        seen.targets.retain(|target| has_the_line || target.node() == id.node);
        for target in &mut seen.targets {
            target.remote = target.node() != id.node;
        }
        seen
    }

    pub(crate) fn node(&self) -> NodeId {
        self.id.node
    }

    pub(crate) fn as_fact(&self) -> CallState<'_> {
        CallState {
            leg: self.id,
            owner_group: "",
            first_group: &self.group,
            first_user: &self.first_user,
            current_group: &self.current_group,
            current_user: &self.current_user,
            overflow_group: &self.overflow_group,
            voicemail_message: &self.mailbox,
            queueing: self.queueing,
            left_call_flow: &self.left_call_flow,
            call_flow_tenths: self.call_flow_tenths,
            a: self.a.as_end(),
            b: self.b.as_ref().map(Party::as_end),
            targets: self.targets.iter().map(Ringing::as_target).collect(),
            ..CallState::default()
        }
    }
}
