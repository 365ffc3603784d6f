//! From a journaled event to facts: the one way there, live and on rebuild.

use crate::delta3;
use crate::event::{Event, NotAnEvent, TruncatedTuple, Tuple};
use crate::wire::read_unicode;
use model::fact::{EndId, ExtensionNote, Fact, NodeId, SipLeg};
use std::borrow::Cow;

/// Room for texts that must be decoded before facts can borrow from them. Keep one and pass it again.
#[derive(Debug, Default)]
pub struct Scratch {
    text: String,
}

/// What an event was, besides its facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventSummary {
    pub node: NodeId,
    pub counter: u32,
    pub facts: u32,
    /// Legacy Delta2 counts here too: it is never asked for and not interpreted.
    pub unknown_tuples: u32,
    pub unknown_elements: u32,
    /// Delta3 records and SIPTrack texts that are cut short or whose ids cannot be read.
    pub malformed_records: u32,
    /// Texts that are not in their encoding; what was unreadable became U+FFFD.
    pub lossy_texts: u32,
    /// The event ends inside of a tuple; the facts before it stand.
    pub truncated: Option<TruncatedTuple>,
}

/// Gives each fact of an event payload (the bytes of a [`model::Said::DevlinkEvent`]) to `sink`, in order.
pub fn facts(
    payload: &[u8],
    scratch: &mut Scratch,
    mut sink: impl FnMut(Fact<'_>),
) -> Result<EventSummary, NotAnEvent> {
    let event = Event::parse(payload)?;
    let mut summary = EventSummary { node: event.node, counter: event.counter, ..EventSummary::default() };
    for tuple in event.tuples {
        match tuple {
            Ok(Tuple::CallDelta3(bytes)) => summary.delta3(bytes, &mut sink),
            Ok(Tuple::SipTrack(bytes)) => summary.sip_track(bytes, scratch, &mut sink),
            Ok(Tuple::CmExtn { numbers, text }) => {
                summary.decode(text, scratch);
                summary.facts += 1;
                let text = Cow::Borrowed(scratch.text.trim());
                sink(Fact::Extension(ExtensionNote { text, numbers }));
            }
            Ok(Tuple::CallDelta2(_) | Tuple::Unknown { .. }) => summary.unknown_tuples += 1,
            Err(truncated) => summary.truncated = Some(truncated),
        }
    }
    Ok(summary)
}

impl EventSummary {
    /// True when everything in the event was understood.
    pub fn is_clean(&self) -> bool {
        self.unknown_tuples == 0
            && self.unknown_elements == 0
            && self.malformed_records == 0
            && self.lossy_texts == 0
            && self.truncated.is_none()
    }

    fn delta3(&mut self, bytes: &[u8], sink: &mut impl FnMut(Fact<'_>)) {
        // The lossy reader is several times slower than the strict one, and hardly ever needed.
        let text = std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        self.lossy_texts += u32::from(matches!(text, Cow::Owned(_)));
        let tally = delta3::parse(&text, sink);
        self.facts += tally.records;
        self.unknown_elements += tally.unknown_elements;
        self.malformed_records += tally.malformed_records;
    }

    fn sip_track(&mut self, bytes: &[u8], scratch: &mut Scratch, sink: &mut impl FnMut(Fact<'_>)) {
        self.decode(bytes, scratch);
        match sip_leg(&scratch.text) {
            Some(leg) => {
                self.facts += 1;
                sink(Fact::SipLeg(leg));
            }
            None => self.malformed_records += 1,
        }
    }

    fn decode(&mut self, bytes: &[u8], scratch: &mut Scratch) {
        scratch.text.clear();
        self.lossy_texts += u32::from(read_unicode(bytes, &mut scratch.text));
    }
}

fn sip_leg(text: &str) -> Option<SipLeg<'_>> {
    let mut fields = text.splitn(6, ',').map(str::trim);
    Some(SipLeg {
        started: one_of(fields.next()?, ["START", "END"])?,
        end: EndId(u64::from_str_radix(fields.next()?, 16).ok()?),
        line: Cow::Borrowed(fields.next()?),
        trunk: one_of(fields.next()?, ["TRUNK", "PHONE"])?,
        came_in: one_of(fields.next()?, ["IN", "OUT"])?,
        sip_call_id: Cow::Borrowed(fields.next()?),
    })
}

/// Whether the word is the first of the two; `None` when it is neither.
fn one_of(word: &str, [yes, no]: [&str; 2]) -> Option<bool> {
    if word.eq_ignore_ascii_case(yes) {
        return Some(true);
    }
    word.eq_ignore_ascii_case(no).then_some(false)
}
