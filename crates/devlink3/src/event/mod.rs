//! Events: which node says it, its counter, and the tuples that it says.

mod writer;

pub use writer::EventWriter;

use crate::message::kind;
use crate::wire::{Bytes, without_final_nuls};
use model::fact::NodeId;
use thiserror::Error;

/// Tuple codes of events.
pub(crate) mod code {
    pub(crate) const DELTA3: u32 = 0x0076_0001;
    pub(crate) const DELTA2: u32 = 0x0076_0002;
    pub(crate) const SIP_TRACK: u32 = 0x0076_0003;
    pub(crate) const CM_EXTN: u32 = 0x0076_0004;
}

/// An event's header, and its tuples to iterate over.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    pub node: NodeId,
    /// Grows by one per node; a jump means that events were lost.
    pub counter: u32,
    pub tuples: Tuples<'a>,
}

/// Not an event: its header is not whole.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the {length_bytes} bytes are no DevLink3 event")]
pub struct NotAnEvent {
    pub length_bytes: usize,
}

/// A tuple that says it is longer than what is left of the event. The tuples before it stand.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a tuple of an event is cut short: {left_bytes} bytes are left")]
pub struct TruncatedTuple {
    pub left_bytes: usize,
}

/// One thing in an event. Text is raw, without its final NUL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tuple<'a> {
    /// UTF-8, see [`crate::delta3`].
    CallDelta3(&'a [u8]),
    /// Legacy, never asked for by us.
    CallDelta2(&'a [u8]),
    /// UTF-16, big-endian.
    SipTrack(&'a [u8]),
    CmExtn {
        /// v, p1, p2 of the extended form.
        numbers: Option<[u32; 3]>,
        /// UTF-16, big-endian.
        text: &'a [u8],
    },
    Unknown {
        code: u32,
        bytes: &'a [u8],
    },
}

#[derive(Clone, Copy, Debug)]
pub struct Tuples<'a> {
    bytes: Bytes<'a>,
}

impl<'a> Event<'a> {
    /// Reads a payload from its 4-byte type on.
    pub fn parse(payload: &'a [u8]) -> Result<Self, NotAnEvent> {
        Self::header(payload).ok_or(NotAnEvent { length_bytes: payload.len() })
    }

    fn header(payload: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes::new(payload);
        if bytes.u32()? != kind::EVENT {
            return None;
        }
        Some(Self { node: NodeId(bytes.u32()?), counter: bytes.u32()?, tuples: Tuples { bytes } })
    }
}

impl<'a> Iterator for Tuples<'a> {
    type Item = Result<Tuple<'a>, TruncatedTuple>;

    fn next(&mut self) -> Option<Self::Item> {
        let left = self.bytes.rest();
        if left.is_empty() {
            return None;
        }
        let Some(code) = self.bytes.u32() else {
            return Some(Err(self.give_up(left)));
        };
        match self.bytes.short_block() {
            Some(data) => Some(Ok(Tuple::new(code, data))),
            None => Some(Err(self.give_up(left))),
        }
    }
}

impl Tuples<'_> {
    fn give_up(&mut self, left: &[u8]) -> TruncatedTuple {
        self.bytes = Bytes::new(&[]);
        TruncatedTuple { left_bytes: left.len() }
    }
}

impl<'a> Tuple<'a> {
    fn new(code: u32, data: &'a [u8]) -> Self {
        match code {
            code::DELTA3 => Self::CallDelta3(without_final_nuls(data)),
            code::DELTA2 => Self::CallDelta2(data),
            code::SIP_TRACK => Self::SipTrack(data),
            code::CM_EXTN => cm_extn(data),
            code => Self::Unknown { code, bytes: data },
        }
    }
}

/// The two forms differ only in the twelve bytes before the text. Those begin with v, a small number, so with 0x0000;
/// a text that begins with 0x0000 would be empty and two bytes long.
fn cm_extn(data: &[u8]) -> Tuple<'_> {
    let mut bytes = Bytes::new(data);
    if data.len() > 12
        && data.starts_with(&[0, 0])
        && let (Some(v), Some(p1), Some(p2)) = (bytes.u32(), bytes.u32(), bytes.u32())
    {
        return Tuple::CmExtn { numbers: Some([v, p1, p2]), text: bytes.rest() };
    }
    Tuple::CmExtn { numbers: None, text: data }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(tuples: &[u8]) -> Vec<u8> {
        let mut payload = vec![0x10, 0x30, 0, 0x11, 0xC0, 0xA8, 0x2A, 0x03, 0, 0, 0, 9];
        payload.extend_from_slice(tuples);
        payload
    }

    #[test]
    fn what_stands_before_a_cut_tuple_still_counts() {
        let payload = event(&[0, 0x76, 0, 1, 0, 3, b'h', b'i', 0, 0, 0x76, 0, 1, 0, 9, b'x']);
        let event = Event::parse(&payload).unwrap();
        assert_eq!((event.node.0, event.counter), (0xC0A8_2A03, 9), "node and counter");
        let tuples: Vec<_> = event.tuples.collect();
        assert_eq!(
            tuples,
            [Ok(Tuple::CallDelta3(b"hi")), Err(TruncatedTuple { left_bytes: 7 })],
            "one good tuple, then the end"
        );
    }

    #[test]
    fn unknown_tuples_are_kept() {
        let payload = event(&[0, 0x76, 0, 99, 0, 2, 1, 2]);
        let tuples: Vec<_> = Event::parse(&payload).unwrap().tuples.collect();
        assert_eq!(tuples, [Ok(Tuple::Unknown { code: 0x0076_0063, bytes: &[1, 2] })], "code and bytes");
    }

    #[test]
    fn both_forms_of_cm_extn_are_told_apart() {
        assert_eq!(
            cm_extn(&[0, b'E', 0, 0]),
            Tuple::CmExtn { numbers: None, text: &[0, b'E', 0, 0] },
            "text alone"
        );
        let extended = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, b'E', 0, 0];
        assert_eq!(
            cm_extn(&extended),
            Tuple::CmExtn { numbers: Some([1, 2, 0]), text: &[0, b'E', 0, 0] },
            "three numbers before the text"
        );
    }

    #[test]
    fn half_a_header_is_no_event() {
        assert_eq!(Event::parse(&[0x10, 0x30]).unwrap_err(), NotAnEvent { length_bytes: 2 }, "cut header");
        assert!(Event::parse(&[0; 12]).is_err(), "another type");
    }
}
