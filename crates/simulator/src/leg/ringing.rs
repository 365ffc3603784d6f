//! A phone that is offered the call.

use super::party::presentation;
use model::fact::{EndId, Equipment, NodeId, Target};

/// Equipment type behind a digital phone in the manual's records.
pub(super) const PHONE_TYPE: u16 = 106;
/// A mobile phone is reached over a trunk: nothing of its own stands behind it.
pub(super) const MOBILE_TYPE: u16 = 0;
/// Called reason of a group's targets in the manual's records.
pub(super) const REASON_GROUP: u16 = 4;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ringing {
    pub(crate) id: EndId,
    pub(crate) remote: bool,
    pub(crate) extension: String,
    pub(crate) group: String,
    /// Number of the person's mobile phone, where that is what rings.
    pub(crate) mobile: Option<String>,
    pub(crate) cli: String,
    pub(crate) cli_presentation: u16,
}

impl Ringing {
    pub(crate) fn new(id: EndId, extension: &str, group: &str, cli: &str) -> Self {
        Self {
            id,
            remote: false,
            extension: extension.to_owned(),
            group: group.to_owned(),
            mobile: None,
            cli: cli.to_owned(),
            cli_presentation: presentation(cli),
        }
    }

    pub(crate) fn on_mobile(self, number: &str) -> Self {
        Self { mobile: Some(number.to_owned()), ..self }
    }

    pub(crate) fn node(&self) -> NodeId {
        NodeId((self.id.0 >> 32) as u32)
    }

    pub(super) fn as_target(&self) -> Target<'_> {
        let (equipment, equipment_type) = match &self.mobile {
            Some(_) => (Equipment::MOBILE_PHONE, MOBILE_TYPE),
            None => (Equipment::TDM_PHONE, PHONE_TYPE),
        };
        Target {
            id: self.id,
            remote: self.remote,
            equipment,
            equipment_type,
            identity: &self.extension,
            called_reason: if self.group.is_empty() { 0 } else { REASON_GROUP },
            target_number: self.mobile.as_deref().unwrap_or_default(),
            purpose: &self.group,
            cli: &self.cli,
            cli_presentation: self.cli_presentation,
            ..Target::default()
        }
    }
}
