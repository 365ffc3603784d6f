//! Frames: where one message ends and the next begins. What is in them is [`crate::message`]'s matter.

use thiserror::Error;

/// First byte of every frame.
pub const MAGIC: u8 = 0x49;

/// Longest frame accepted on the event link. An event that offers a call to a thousand phones takes about 100 KB; ten
/// times that is left. It bounds the memory that a broken or hostile peer can make us hold.
pub const MAX_FRAME_BYTES: usize = 1 << 20;

/// The most that the 3-byte length can say.
pub const LONGEST_FRAME_BYTES: usize = 0x3F_FFFF;

/// The longest frame in the 2-byte form.
const LONGEST_SHORT_FRAME: usize = 0x7FFF;

const SHORT_HEADER: usize = 3;
const LONG_HEADER: usize = 4;

/// The stream has lost its framing: nothing after this can be trusted, only a new connection helps.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum FrameError {
    #[error("a frame begins with byte {first_byte:#04x} instead of 0x49")]
    NotAFrame { first_byte: u8 },
    #[error("a frame says it is {length_bytes} bytes long, less than its own header")]
    TooShort { length_bytes: usize },
    #[error("a frame says it is {length_bytes} bytes long, more than the {limit_bytes} accepted")]
    TooLong { length_bytes: usize, limit_bytes: usize },
}

/// Cuts a stream into frames, however the network has cut it. Holds at most one unfinished frame and one push.
#[derive(Clone, Debug)]
pub struct Decoder {
    buffer: Vec<u8>,
    start: usize,
    limit_bytes: usize,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::with_limit(MAX_FRAME_BYTES)
    }
}

impl Decoder {
    pub fn with_limit(limit_bytes: usize) -> Self {
        Self { buffer: Vec::new(), start: 0, limit_bytes }
    }

    /// Takes bytes as they came. Call [`Self::next_payload`] until it has no more before pushing again.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start == self.buffer.len() {
            self.buffer.clear();
        } else {
            self.buffer.drain(..self.start);
        }
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The payload of the next whole frame; `None` when more bytes are needed, which is no error.
    pub fn next_payload(&mut self) -> Result<Option<&[u8]>, FrameError> {
        let Some((header, total)) = measure(&self.buffer[self.start..], self.limit_bytes)? else {
            return Ok(None);
        };
        if self.buffer.len() - self.start < total {
            return Ok(None);
        }
        let begin = self.start;
        self.start += total;
        Ok(Some(&self.buffer[begin + header..begin + total]))
    }

    /// Bytes of an unfinished frame.
    pub fn pending_bytes(&self) -> usize {
        self.buffer.len() - self.start
    }
}

/// Appends `payload` as a frame, in the short form where it fits.
pub fn append(payload: &[u8], out: &mut Vec<u8>) -> Result<(), FrameError> {
    let short = payload.len() + SHORT_HEADER;
    if short <= LONGEST_SHORT_FRAME {
        out.reserve(short);
        out.extend_from_slice(&[MAGIC, (short >> 8) as u8, short as u8]);
        out.extend_from_slice(payload);
        return Ok(());
    }
    let long = payload.len() + LONG_HEADER;
    if long > LONGEST_FRAME_BYTES {
        return Err(FrameError::TooLong { length_bytes: long, limit_bytes: LONGEST_FRAME_BYTES });
    }
    out.reserve(long);
    out.extend_from_slice(&[MAGIC, 0x80 | (long >> 15) as u8, (long >> 8) as u8 & 0x7F, long as u8]);
    out.extend_from_slice(payload);
    Ok(())
}

/// Header length and whole length of the frame that begins here; `None` while the header is incomplete. A wrong first
/// byte is told at once, without waiting for a header's worth of bytes.
fn measure(bytes: &[u8], limit_bytes: usize) -> Result<Option<(usize, usize)>, FrameError> {
    let Some(first_byte) = bytes.first().copied() else {
        return Ok(None);
    };
    if first_byte != MAGIC {
        return Err(FrameError::NotAFrame { first_byte });
    }
    let (header, length_bytes) = match *bytes {
        [_, high, low, ..] if high & 0x80 == 0 => (SHORT_HEADER, usize::from(high) << 8 | usize::from(low)),
        [_, high, middle, low, ..] if high & 0x80 != 0 => {
            let high = usize::from(high & 0x7F) << 15;
            (LONG_HEADER, high | usize::from(middle & 0x7F) << 8 | usize::from(low))
        }
        _ => return Ok(None),
    };
    if length_bytes < header {
        return Err(FrameError::TooShort { length_bytes });
    }
    if length_bytes > limit_bytes {
        return Err(FrameError::TooLong { length_bytes, limit_bytes });
    }
    Ok(Some((header, length_bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_takes_three_bytes_where_two_do_not_hold_it() {
        for (payload_bytes, header) in [
            (32_764, &[0x49, 0x7F, 0xFF][..]),
            (32_765, &[0x49, 0x81, 0x00, 0x01]),
            (40_000, &[0x49, 0x81, 0x1C, 0x44]),
            (200_000, &[0x49, 0x86, 0x0D, 0x44]),
        ] {
            let payload = vec![7; payload_bytes];
            let mut frame = Vec::new();
            append(&payload, &mut frame).unwrap();
            assert!(frame.starts_with(header), "header of {payload_bytes} bytes: {:02x?}", &frame[..4]);
            let mut decoder = Decoder::default();
            decoder.push(&frame);
            assert_eq!(decoder.next_payload(), Ok(Some(&payload[..])), "{payload_bytes} bytes come back");
        }
    }

    #[test]
    fn garbage_is_refused_at_its_first_byte() {
        let mut decoder = Decoder::default();
        decoder.push(b"H");
        assert_eq!(
            decoder.next_payload(),
            Err(FrameError::NotAFrame { first_byte: b'H' }),
            "a web server is no PBX, and one byte tells"
        );
    }

    #[test]
    fn the_longest_length_there_is_is_refused_before_it_is_awaited() {
        let mut decoder = Decoder::default();
        decoder.push(&[0x49, 0xFF, 0x7F, 0xFF]);
        let refused = FrameError::TooLong { length_bytes: LONGEST_FRAME_BYTES, limit_bytes: MAX_FRAME_BYTES };
        assert_eq!(decoder.next_payload(), Err(refused), "four megabytes are not collected first");
    }

    #[test]
    fn a_length_shorter_than_its_header_is_refused() {
        for bytes in [&[0x49, 0, 2][..], &[0x49, 0x80, 0, 3]] {
            let mut decoder = Decoder::default();
            decoder.push(bytes);
            assert!(
                matches!(decoder.next_payload(), Err(FrameError::TooShort { .. })),
                "{bytes:02x?} would never move on"
            );
        }
    }

    #[test]
    fn a_payload_too_long_for_any_frame_is_not_sent() {
        let refused = append(&vec![0; LONGEST_FRAME_BYTES], &mut Vec::new());
        assert!(matches!(refused, Err(FrameError::TooLong { .. })), "its length could not be written");
    }
}
