//! DevLink3 messages, the events in them, and the PBX's lists.

use devlink3::event::{Event, Tuple};
use devlink3::frame::Decoder;
use devlink3::message::{EncodeError, Request, Response};
use devlink3::{Directory, Scratch, facts};

/// A message that can be read is the same when written and read again, in either direction; what is written is bounded by
/// what was read; the tuples of an event stand within it; facts do not depend on what was read before; a list gives no more
/// than it holds.
pub fn messages(data: &[u8]) {
    if let Ok(response) = Response::decode(data)
        && let Some(payload) = written(data, response.to_frame())
    {
        assert_eq!(Response::decode(&payload), Ok(response), "a response comes back");
    }
    if let Ok(request) = Request::decode(data) {
        let shown = format!("{request:?}");
        assert!(shown.len() <= 12 * data.len() + 200, "it is shown in {} characters", shown.len());
        if let Some(payload) = written(data, request.to_frame()) {
            assert_eq!(Request::decode(&payload), Ok(request), "a request comes back");
        }
    }
    event(data);
    list(data);
}

/// The payload of what was written. Lossy text may have grown until it does not fit any more.
fn written(data: &[u8], frame: Result<Vec<u8>, EncodeError>) -> Option<Vec<u8>> {
    let frame = match frame {
        Ok(frame) => frame,
        Err(EncodeError::NulInText) => {
            assert!(data.contains(&0), "a NUL from nowhere");
            return None;
        }
        Err(error) => {
            assert!(3 * data.len() >= usize::from(u16::MAX), "{error} for {} bytes", data.len());
            return None;
        }
    };
    assert!(frame.len() <= 3 * data.len() + 32, "{} bytes out of {}", frame.len(), data.len());
    let mut decoder = Decoder::default();
    decoder.push(&frame);
    let payload = decoder.next_payload().expect("our own framing").expect("a whole frame");
    Some(payload.to_vec())
}

fn event(data: &[u8]) {
    let Ok(event) = Event::parse(data) else {
        assert!(facts(data, &mut Scratch::default(), |_| {}).is_err(), "what is no event has no facts");
        return;
    };
    let (mut bytes, mut truncated) = (12, None);
    for tuple in event.tuples {
        assert_eq!(truncated, None, "nothing stands behind a tuple that is cut short");
        match tuple {
            Ok(Tuple::CallDelta3(text)) => bytes += 6 + text.len(),
            Ok(Tuple::CmExtn { numbers, text }) => {
                bytes += 6 + text.len() + 12 * usize::from(numbers.is_some())
            }
            Ok(Tuple::CallDelta2(text) | Tuple::SipTrack(text) | Tuple::Unknown { bytes: text, .. }) => {
                bytes += 6 + text.len()
            }
            Err(cut) => truncated = Some(cut),
        }
    }
    bytes += truncated.map_or(0, |cut| cut.left_bytes);
    assert!(bytes <= data.len(), "tuples of {bytes} bytes in an event of {}", data.len());
    let mut used = Scratch::default();
    let first = told(data, &mut used);
    assert_eq!(told(data, &mut used), first, "what was read before does not matter");
    assert_eq!(first.0.len(), first.1 as usize, "as many facts as it says");
}

fn told(data: &[u8], scratch: &mut Scratch) -> (Vec<String>, u32) {
    let mut told = Vec::new();
    let summary = facts(data, scratch, |fact| told.push(format!("{fact:?}"))).expect("an event");
    (told, summary.facts)
}

fn list(data: &[u8]) {
    let list = Directory::parse(data);
    let held: usize = list.entries.iter().map(|(number, name)| number.len() + name.len()).sum();
    assert!(held <= 3 * data.len(), "{held} bytes out of a list of {}", data.len());
    for (number, name) in &list.entries {
        assert!((2..=15).contains(&number.len()), "a number of {} digits", number.len());
        assert!(!name.is_empty() && name.chars().count() <= 100, "a name");
    }
}
