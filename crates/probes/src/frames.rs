//! DevLink3 frames.

use devlink3::frame::{Decoder, FrameError, LONGEST_FRAME_BYTES, MAGIC, MAX_FRAME_BYTES, append};

/// The first byte of an input chooses one.
const LIMITS_BYTES: [usize; 4] = [16, 300, 40_000, MAX_FRAME_BYTES];

/// Every frame is within the limit, its payload stands in the stream where it should and is the same when written and read
/// again; no unfinished frame holds more than the limit; an error is the right one, and stays.
pub fn frames(data: &[u8]) {
    let Some((choice, stream)) = data.split_first() else { return };
    let limit_bytes = LIMITS_BYTES[usize::from(choice % 4)];
    let mut decoder = Decoder::with_limit(limit_bytes);
    decoder.push(stream);
    let mut taken = 0;
    let error = loop {
        let payload = match decoder.next_payload() {
            Ok(Some(payload)) => payload.to_vec(),
            Ok(None) => break None,
            Err(error) => break Some(error),
        };
        let frame = stream.len() - taken - decoder.pending_bytes();
        assert!(frame <= limit_bytes, "a frame of {frame} bytes, where {limit_bytes} are accepted");
        let header = frame - payload.len();
        assert!(matches!(header, 3 | 4), "a header of {header} bytes");
        assert_eq!(payload, stream[taken + header..taken + frame], "the payload stands behind its header");
        again(&payload);
        taken += frame;
    };
    let rest = &stream[taken..];
    assert_eq!(decoder.pending_bytes(), rest.len(), "what is no frame is still there");
    match error {
        None => assert!(rest.len() < limit_bytes.max(4), "{} bytes wait for their frame's end", rest.len()),
        Some(error) => {
            assert!(is_right(error, rest, limit_bytes), "{error} of {:02x?}", &rest[..rest.len().min(4)]);
            assert_eq!(decoder.next_payload(), Err(error), "lost framing stays lost");
        }
    }
    again(&stream.repeat(1 << (choice >> 4 & 7)));
}

fn is_right(error: FrameError, rest: &[u8], limit: usize) -> bool {
    match error {
        FrameError::NotAFrame { first_byte } => first_byte != MAGIC && rest.first() == Some(&first_byte),
        FrameError::TooShort { length_bytes } => length_bytes < 4,
        FrameError::TooLong { length_bytes, limit_bytes } => {
            limit_bytes == limit && (limit + 1..=LONGEST_FRAME_BYTES).contains(&length_bytes)
        }
    }
}

/// As a frame of its own, and back.
fn again(payload: &[u8]) {
    let mut frame = Vec::new();
    if let Err(error) = append(payload, &mut frame) {
        assert!(payload.len() + 4 > LONGEST_FRAME_BYTES, "{error} for {} bytes", payload.len());
        return;
    }
    assert!((3..=4).contains(&(frame.len() - payload.len())), "nothing but a header is added");
    let mut decoder = Decoder::with_limit(LONGEST_FRAME_BYTES);
    decoder.push(&frame);
    assert_eq!(decoder.next_payload(), Ok(Some(payload)), "read as it was written");
    assert_eq!(decoder.pending_bytes(), 0, "to the last byte");
}
