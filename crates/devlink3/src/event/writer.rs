//! Writes events, for the simulator and for tests.

use super::code;
use crate::frame;
use crate::message::{EncodeError, kind};
use crate::wire::write_unicode;
use model::fact::{ExtensionNote, NodeId, SipLeg};

/// Collects the tuples of one event.
#[derive(Clone, Debug)]
pub struct EventWriter {
    payload: Vec<u8>,
}

impl EventWriter {
    pub fn new(node: NodeId, counter: u32) -> Self {
        let mut payload = Vec::with_capacity(512);
        for number in [kind::EVENT, node.0, counter] {
            payload.extend_from_slice(&number.to_be_bytes());
        }
        Self { payload }
    }

    /// `text` as [`crate::delta3::write`] makes it.
    pub fn delta3(&mut self, text: &str) -> Result<(), EncodeError> {
        let mut data = Vec::with_capacity(text.len() + 1);
        data.extend_from_slice(text.as_bytes());
        data.push(0);
        self.raw(code::DELTA3, &data)
    }

    pub fn sip_track(&mut self, leg: &SipLeg<'_>) -> Result<(), EncodeError> {
        let event = if leg.started { "START" } else { "END" };
        let kind = if leg.trunk { "TRUNK" } else { "PHONE" };
        let direction = if leg.came_in { "IN" } else { "OUT" };
        let SipLeg { end, line, sip_call_id, .. } = leg;
        let mut data = Vec::new();
        write_unicode(&format!("{event},{:016x},{line},{kind},{direction},{sip_call_id}", end.0), &mut data);
        self.raw(code::SIP_TRACK, &data)
    }

    pub fn cm_extn(&mut self, note: &ExtensionNote<'_>) -> Result<(), EncodeError> {
        let mut data = Vec::new();
        for number in note.numbers.iter().flatten() {
            data.extend_from_slice(&number.to_be_bytes());
        }
        write_unicode(&note.text, &mut data);
        self.raw(code::CM_EXTN, &data)
    }

    /// A tuple of any code.
    pub fn raw(&mut self, code: u32, data: &[u8]) -> Result<(), EncodeError> {
        let length = u16::try_from(data.len()).map_err(|_| EncodeError::TextTooLong)?;
        self.payload.extend_from_slice(&code.to_be_bytes());
        self.payload.extend_from_slice(&length.to_be_bytes());
        self.payload.extend_from_slice(data);
        Ok(())
    }

    pub fn into_payload(self) -> Vec<u8> {
        self.payload
    }

    /// The event as a frame, ready to send.
    pub fn to_frame(&self) -> Result<Vec<u8>, EncodeError> {
        let mut out = Vec::new();
        frame::append(&self.payload, &mut out)?;
        Ok(out)
    }
}
