//! How parties stand in SMDR rows.

use super::Scene;
use crate::office::{Channel, Outside, Trunk};
use crate::script::{Device, Targeting};

/// Voicemail channels are counted from here, conference channels from there.
const VOICEMAIL_FROM: u16 = 9500;
const CONFERENCES_FROM: u16 = 9550;

/// A channel of a conference, by its number in the conference and in the PBX, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ConferenceChannel {
    pub(crate) conference: u16,
    pub(crate) of_conference: u16,
    pub(crate) of_pbx: u16,
}

/// Field 4 of a call that comes in on `channel`: SIP lines add the host, and say in words that a number is withheld.
pub(super) fn caller(channel: &Channel, outside: &Outside) -> String {
    match channel.trunk {
        Trunk::Isdn => outside.number.clone(),
        Trunk::Sip if outside.number.is_empty() => "anonymous@anonymous.invalid".to_owned(),
        Trunk::Sip => format!("{}@sip.example.net", outside.number),
    }
}

impl Scene<'_> {
    pub(crate) fn phone_device(&self, nth: usize) -> Device {
        Device { code: format!("E{}", self.extension(nth)), name: self.name(nth) }
    }

    /// The outside party's channel, or another one of the cast's.
    pub(crate) fn trunk_device(&self, nth: usize) -> Device {
        let channel = self.channel(nth);
        Device {
            code: format!("T{}", 9000 + channel.line()),
            name: format!("Line {}", channel.description()),
        }
    }

    pub(crate) fn voicemail_device(&self) -> Device {
        let channel = self.cast.voicemail;
        Device { code: format!("V{}", VOICEMAIL_FROM + channel), name: format!("VM Channel {channel}") }
    }

    pub(crate) fn conference_device(&self, channel: ConferenceChannel) -> Device {
        let ConferenceChannel { conference, of_conference, of_pbx } = channel;
        Device {
            code: format!("V{}", CONFERENCES_FROM + of_pbx),
            name: format!("CO Channel {conference}.{of_conference}"),
        }
    }

    /// The row of a person and the outside party's trunk, about everything since the last row.
    pub(crate) fn person_row(&mut self, nth: usize) {
        let (phone, trunk) = (self.phone_device(nth), self.trunk_device(0));
        self.scribe.row(phone, trunk);
    }

    /// The row of a voicemail channel and the outside party's trunk.
    pub(crate) fn voicemail_row(&mut self) {
        let (channel, trunk) = (self.voicemail_device(), self.trunk_device(0));
        self.scribe.row(channel, trunk);
    }

    /// Why `nth` sent a call to `number`.
    pub(crate) fn targeting(&self, cause: &'static str, nth: usize, number: &str) -> Targeting {
        Targeting { cause, by: self.name(nth), number: number.to_owned() }
    }
}
