//! One party's side of a leg.

use super::ringing::{MOBILE_TYPE, PHONE_TYPE, REASON_GROUP};
use crate::office::Channel;
use model::fact::{CalledType, End, EndId, EndState, Equipment, NodeId};

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
pub(crate) const TONE_BUSY: u8 = 6;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Party {
    pub(crate) id: EndId,
    pub(crate) came_in: bool,
    pub(crate) state: EndState,
    pub(crate) audio: bool,
    pub(crate) tone: u8,
    pub(crate) remote: bool,
    pub(crate) public_line: bool,
    pub(crate) emergency_location: String,
    pub(crate) equipment: Equipment,
    pub(crate) equipment_type: u16,
    pub(crate) description: String,
    pub(crate) identity: String,
    pub(crate) called_type: CalledType,
    pub(crate) called_reason: u16,
    pub(crate) did: String,
    pub(crate) dialled: String,
    pub(crate) on_behalf_of: String,
    pub(crate) target_number: String,
    pub(crate) purpose: String,
    pub(crate) cli: String,
    pub(crate) cli_presentation: u16,
    pub(crate) name_type: u16,
    pub(crate) name: String,
    pub(crate) related_end: Option<EndId>,
}

impl Party {
    pub(crate) fn trunk(id: EndId, channel: &Channel) -> Self {
        Self {
            public_line: true,
            equipment: channel.equipment(),
            equipment_type: channel.equipment_type(),
            description: channel.description(),
            ..Self::blank(id)
        }
    }

    /// A desk phone.
    pub(crate) fn phone(id: EndId, extension: &str) -> Self {
        Self {
            equipment: Equipment::TDM_PHONE,
            equipment_type: PHONE_TYPE,
            identity: extension.to_owned(),
            ..Self::blank(id)
        }
    }

    /// The mobile phone of the person with `extension`.
    pub(crate) fn mobile(id: EndId, extension: &str, number: &str) -> Self {
        Self {
            equipment: Equipment::MOBILE_PHONE,
            equipment_type: MOBILE_TYPE,
            identity: extension.to_owned(),
            target_number: number.to_owned(),
            ..Self::blank(id)
        }
    }

    pub(crate) fn voicemail(id: EndId) -> Self {
        Self {
            equipment: Equipment::VOICEMAIL,
            called_type: CalledType::VOICEMAIL,
            state: EndState::CONNECTED,
            ..Self::blank(id)
        }
    }

    pub(crate) fn auto_attendant(id: EndId, name: &str) -> Self {
        Self { name_type: NAME_CALL_FLOW, name: name.to_owned(), ..Self::voicemail(id) }
    }

    pub(crate) fn park_slot(id: EndId, slot: &str) -> Self {
        Self {
            equipment: Equipment::PARK_SLOT,
            called_type: CalledType::PARK,
            description: slot.to_owned(),
            state: EndState::CONNECTED,
            ..Self::blank(id)
        }
    }

    pub(crate) fn conference(id: EndId, name: &str) -> Self {
        Self {
            equipment: Equipment::CONFERENCE,
            called_type: CalledType::CONFERENCE,
            description: name.to_owned(),
            state: EndState::CONNECTED,
            ..Self::blank(id)
        }
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

    pub(crate) fn called_as(self, called_type: CalledType) -> Self {
        Self { called_type, ..self }
    }

    /// The node on which this end lives: the first half of its number.
    pub(crate) fn node(&self) -> NodeId {
        NodeId((self.id.0 >> 32) as u32)
    }

    fn blank(id: EndId) -> Self {
        Self {
            id,
            came_in: false,
            state: EndState::IDLE,
            audio: true,
            tone: TONE_NONE,
            remote: false,
            public_line: false,
            emergency_location: String::new(),
            equipment: Equipment::UNKNOWN,
            equipment_type: 0,
            description: String::new(),
            identity: String::new(),
            called_type: CalledType(0),
            called_reason: 0,
            did: String::new(),
            dialled: String::new(),
            on_behalf_of: String::new(),
            target_number: String::new(),
            purpose: String::new(),
            cli: String::new(),
            cli_presentation: UNSPECIFIED,
            name_type: 0,
            name: String::new(),
            related_end: None,
        }
    }

    pub(super) fn as_end(&self) -> End<'_> {
        End {
            id: self.id,
            came_in: self.came_in,
            state: self.state,
            audio: self.audio,
            tone: self.tone,
            remote: self.remote,
            public_line: self.public_line,
            emergency_location: &self.emergency_location,
            equipment: self.equipment,
            equipment_type: self.equipment_type,
            description: &self.description,
            identity: &self.identity,
            called_type: self.called_type,
            called_reason: self.called_reason,
            did: &self.did,
            dialled: &self.dialled,
            on_behalf_of: &self.on_behalf_of,
            target_number: &self.target_number,
            purpose: &self.purpose,
            cli: &self.cli,
            cli_presentation: self.cli_presentation,
            name_type: self.name_type,
            name: &self.name,
            related_end: self.related_end,
            ..End::default()
        }
    }
}

pub(super) fn presentation(cli: &str) -> u16 {
    if cli.is_empty() { WITHHELD } else { UNSPECIFIED }
}
