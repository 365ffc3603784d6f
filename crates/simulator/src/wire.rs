//! What the PBX says, as DevLink3 bytes.

use crate::leg::{Leaving, Saying};
use devlink3::delta3::write;
use devlink3::event::EventWriter;
use devlink3::message::EncodeError;

/// An event's frame, ready to send.
pub(crate) fn frame(saying: &Saying, counter: u32) -> Result<Vec<u8>, EncodeError> {
    event(saying, counter)?.to_frame()
}

/// The same without what frames it, as a client journals it.
pub(crate) fn payload(saying: &Saying, counter: u32) -> Result<Vec<u8>, EncodeError> {
    Ok(event(saying, counter)?.into_payload())
}

/// The Delta3 record; empty for what is none.
pub(crate) fn record(saying: &Saying) -> String {
    let mut text = String::new();
    match saying {
        Saying::State(leg) => write::detail(&leg.as_fact(), &mut text),
        Saying::Left(left) => party_left(left, &mut text),
        Saying::Refused(refusal) => write::target_refused(&refusal.as_fact(), &mut text),
        Saying::Note(_) | Saying::Sip(_) => {}
    }
    text
}

fn event(saying: &Saying, counter: u32) -> Result<EventWriter, EncodeError> {
    let mut event = EventWriter::new(saying.node(), counter);
    match saying {
        Saying::Note(note) => event.cm_extn(&note.as_fact())?,
        Saying::Sip(sip) => event.sip_track(&sip.as_fact())?,
        Saying::State(_) | Saying::Left(_) | Saying::Refused(_) => event.delta3(&record(saying))?,
    }
    Ok(event)
}

/// Where a `<LinkLost>` has the number of its link is not published: assumed behind the timestamp.
fn party_left(left: &Leaving, text: &mut String) {
    write::party_left(&left.as_fact(), text);
    if let Some(link) = left.link {
        let end = text.rfind("</").unwrap_or(text.len());
        text.insert_str(end, &format!(",{link}"));
    }
}
