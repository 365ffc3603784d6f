//! The state of one leg as the PBX holds it: owned, and turned into the field's words when it is told.

use crate::office::{NODE, TRUNK_LINE};
use model::fact::{
    CallState, CalledType, End, EndId, EndState, Equipment, ExtensionNote, LegId, PartyLeft, Queueing, Target,
};
use std::borrow::Cow;

/// Equipment types of the manual's records: 2 behind an ISDN trunk, 106 behind a digital phone.
const TRUNK_TYPE: u16 = 2;
const PHONE_TYPE: u16 = 106;
/// Called reason of a group's targets in the manual's records.
const REASON_GROUP: u16 = 4;
/// CLI presentation: 1 withheld, 100 unspecified.
const WITHHELD: u16 = 1;
const UNSPECIFIED: u16 = 100;
/// Name types: 1 directory match, 5 internal user, 12 voicemail call flow.
const NAME_DIRECTORY: u16 = 1;
const NAME_USER: u16 = 5;
const NAME_CALL_FLOW: u16 = 12;

/// Tone an end hears, by the numbers of the DevLink3 page.
pub(crate) const TONE_NONE: u8 = 0;
pub(crate) const TONE_HOLD_MUSIC: u8 = 1;
pub(crate) const TONE_RINGBACK: u8 = 2;
pub(crate) const TONE_DIAL: u8 = 3;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leg {
    pub(crate) id: LegId,
    pub(crate) group: String,
    /// The extension or group that was called first.
    pub(crate) first_user: String,
    pub(crate) current_group: String,
    pub(crate) current_user: String,
    pub(crate) mailbox: String,
    pub(crate) queueing: Queueing,
    pub(crate) left_call_flow: String,
    pub(crate) call_flow_tenths: u32,
    pub(crate) a: Party,
    pub(crate) b: Option<Party>,
    pub(crate) targets: Vec<Ringing>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Party {
    pub(crate) id: EndId,
    pub(crate) came_in: bool,
    pub(crate) state: EndState,
    pub(crate) audio: bool,
    pub(crate) tone: u8,
    pub(crate) public_line: bool,
    pub(crate) equipment: Equipment,
    pub(crate) equipment_type: u16,
    pub(crate) description: String,
    pub(crate) identity: String,
    pub(crate) called_type: CalledType,
    pub(crate) called_reason: u16,
    pub(crate) did: String,
    pub(crate) dialled: String,
    pub(crate) target_number: String,
    pub(crate) purpose: String,
    pub(crate) cli: String,
    pub(crate) cli_presentation: u16,
    pub(crate) name_type: u16,
    pub(crate) name: String,
}

/// A phone that is offered the call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ringing {
    pub(crate) id: EndId,
    pub(crate) extension: String,
    pub(crate) group: String,
    pub(crate) cli: String,
    pub(crate) cli_presentation: u16,
}

/// What the PBX says in one event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Saying {
    State(Box<Leg>),
    Left(PartyLeft),
    Note(Note),
}

/// CMExtn: what a phone says of itself. Only the two texts that the manual prints are ever said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) numbers: Option<[u32; 3]>,
}

impl Leg {
    pub(crate) fn new(id: LegId, a: Party) -> Self {
        Self {
            id,
            group: String::new(),
            first_user: String::new(),
            current_group: String::new(),
            current_user: String::new(),
            mailbox: String::new(),
            queueing: Queueing::No,
            left_call_flow: String::new(),
            call_flow_tenths: 0,
            a,
            b: None,
            targets: Vec::new(),
        }
    }

    pub(crate) fn as_fact(&self) -> CallState<'_> {
        CallState {
            leg: self.id,
            owner_group: "",
            first_group: &self.group,
            first_user: &self.first_user,
            current_group: &self.current_group,
            current_user: &self.current_user,
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

impl Party {
    /// A trunk channel.
    pub(crate) fn trunk(id: EndId, channel: usize) -> Self {
        Self {
            public_line: true,
            equipment: Equipment::ISDN_TRUNK,
            equipment_type: TRUNK_TYPE,
            description: trunk_description(channel),
            ..Self::blank(id)
        }
    }

    /// A desk phone; `cli` is the number it shows (or, calling, its own).
    pub(crate) fn phone(id: EndId, extension: &str) -> Self {
        Self {
            equipment: Equipment::TDM_PHONE,
            equipment_type: PHONE_TYPE,
            identity: extension.to_owned(),
            ..Self::blank(id)
        }
    }

    pub(crate) fn voicemail(id: EndId) -> Self {
        Self {
            equipment: Equipment::VOICEMAIL,
            equipment_type: 0,
            called_type: CalledType::VOICEMAIL,
            state: EndState::CONNECTED,
            ..Self::blank(id)
        }
    }

    pub(crate) fn auto_attendant(id: EndId, name: &str) -> Self {
        Self { name_type: NAME_CALL_FLOW, name: name.to_owned(), ..Self::voicemail(id) }
    }

    pub(crate) fn coming_in(self) -> Self {
        Self { came_in: true, ..self }
    }

    pub(crate) fn in_state(self, state: EndState, tone: u8) -> Self {
        Self { state, tone, ..self }
    }

    pub(crate) fn with_did(self, did: &str) -> Self {
        Self { did: did.to_owned(), ..self }
    }

    /// The number this end shows or is known by; empty: withheld.
    pub(crate) fn with_cli(self, cli: &str) -> Self {
        Self { cli: cli.to_owned(), cli_presentation: presentation(cli), ..self }
    }

    /// Name in the directory of outside parties.
    pub(crate) fn with_directory_name(self, name: &str) -> Self {
        let name_type = if name.is_empty() { 0 } else { NAME_DIRECTORY };
        Self { name: name.to_owned(), name_type, ..self }
    }

    pub(crate) fn with_user_name(self, name: &str) -> Self {
        Self { name: name.to_owned(), name_type: NAME_USER, ..self }
    }

    /// Answered for a group.
    pub(crate) fn for_group(self, group: &str) -> Self {
        let called_reason = if group.is_empty() { 0 } else { REASON_GROUP };
        Self { purpose: group.to_owned(), called_reason, ..self }
    }

    fn blank(id: EndId) -> Self {
        Self {
            id,
            came_in: false,
            state: EndState::IDLE,
            audio: true,
            tone: TONE_NONE,
            public_line: false,
            equipment: Equipment::UNKNOWN,
            equipment_type: 0,
            description: String::new(),
            identity: String::new(),
            called_type: CalledType(0),
            called_reason: 0,
            did: String::new(),
            dialled: String::new(),
            target_number: String::new(),
            purpose: String::new(),
            cli: String::new(),
            cli_presentation: UNSPECIFIED,
            name_type: 0,
            name: String::new(),
        }
    }

    fn as_end(&self) -> End<'_> {
        End {
            id: self.id,
            came_in: self.came_in,
            state: self.state,
            audio: self.audio,
            tone: self.tone,
            public_line: self.public_line,
            equipment: self.equipment,
            equipment_type: self.equipment_type,
            description: &self.description,
            identity: &self.identity,
            called_type: self.called_type,
            called_reason: self.called_reason,
            did: &self.did,
            dialled: &self.dialled,
            target_number: &self.target_number,
            purpose: &self.purpose,
            cli: &self.cli,
            cli_presentation: self.cli_presentation,
            name_type: self.name_type,
            name: &self.name,
            ..End::default()
        }
    }
}

impl Ringing {
    pub(crate) fn new(id: EndId, extension: &str, group: &str, cli: &str) -> Self {
        Self {
            id,
            extension: extension.to_owned(),
            group: group.to_owned(),
            cli: cli.to_owned(),
            cli_presentation: presentation(cli),
        }
    }

    fn as_target(&self) -> Target<'_> {
        Target {
            id: self.id,
            equipment: Equipment::TDM_PHONE,
            equipment_type: PHONE_TYPE,
            identity: &self.extension,
            called_reason: if self.group.is_empty() { 0 } else { REASON_GROUP },
            purpose: &self.group,
            cli: &self.cli,
            cli_presentation: self.cli_presentation,
            ..Target::default()
        }
    }
}

impl Note {
    /// The manual's own example of the extended form.
    pub(crate) fn lifted(extension: &str) -> Self {
        Self { text: format!("Extn{extension}: new=Dialling, old=Idle"), numbers: Some([1, 2, 0]) }
    }

    /// The manual's own example of the plain form.
    pub(crate) fn lost(extension: &str) -> Self {
        Self { text: format!("Extn{extension}: CALL LOST (CMCauseForceIdle)"), numbers: None }
    }

    pub(crate) fn as_fact(&self) -> ExtensionNote<'_> {
        ExtensionNote { text: Cow::Borrowed(&self.text), numbers: self.numbers }
    }
}

/// A party that leaves this node.
pub(crate) fn left(end: EndId, cleared: Cleared, cause: u16) -> PartyLeft {
    PartyLeft {
        node: NODE,
        end,
        cleared_inbound: matches!(cleared, Cleared::ByThisEnd),
        cause,
        stamp_tenths: None,
        transit: false,
    }
}

/// Who ended it, seen from an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cleared {
    ByThisEnd,
    ByAnother,
}

/// `line.channel`, channels counted from 1.
pub(crate) fn trunk_description(channel: usize) -> String {
    format!("{TRUNK_LINE}.{}", channel + 1)
}

fn presentation(cli: &str) -> u16 {
    if cli.is_empty() { WITHHELD } else { UNSPECIFIED }
}
