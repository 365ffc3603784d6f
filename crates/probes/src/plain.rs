//! The simplest readers of whole streams, to hold the product's against: they see everything at once and copy freely.

use devlink3::frame::{FrameError, MAGIC};
use smdr::lines::MAX_LINE_BYTES;

/// What is in a stream of frames.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Frames {
    pub(crate) payloads: Vec<Vec<u8>>,
    /// Bytes after the last whole frame.
    pub(crate) left_bytes: usize,
    pub(crate) error: Option<FrameError>,
}

/// By docs/devlink3.md: `0x49`, a length of the whole frame in two bytes, or in three when the first has its top bit set.
pub(crate) fn frames(stream: &[u8], limit_bytes: usize) -> Frames {
    let mut frames = Frames::default();
    let mut rest = stream;
    while !rest.is_empty() {
        let number = |at: usize| rest.get(at).map(|byte| usize::from(*byte));
        if rest[0] != MAGIC {
            frames.error = Some(FrameError::NotAFrame { first_byte: rest[0] });
            break;
        }
        let (Some(one), Some(two)) = (number(1), number(2)) else { break };
        let (header, length_bytes) = if one < 128 {
            (3, one * 256 + two)
        } else {
            let Some(three) = number(3) else { break };
            (4, (one - 128) * 32_768 + (two % 128) * 256 + three)
        };
        if length_bytes < header {
            frames.error = Some(FrameError::TooShort { length_bytes });
            break;
        }
        if length_bytes > limit_bytes {
            frames.error = Some(FrameError::TooLong { length_bytes, limit_bytes });
            break;
        }
        if rest.len() < length_bytes {
            break;
        }
        frames.payloads.push(rest[header..length_bytes].to_vec());
        rest = &rest[length_bytes..];
    }
    frames.left_bytes = rest.len();
    frames
}

/// Lines without their LF; the last may lack it.
pub(crate) fn lines(stream: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = stream.split(|byte| *byte == b'\n').collect();
    // Nothing stands behind the last LF.
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines
}

/// Lines as the intake delivers them: without NULs before them, and cut to the longest there may be.
pub(crate) fn delivered(stream: &[u8]) -> Vec<Vec<u8>> {
    let mut delivered: Vec<Vec<u8>> = lines(stream)
        .into_iter()
        .map(|line| {
            let nuls = line.iter().take_while(|byte| **byte == 0).count();
            line[nuls..].iter().copied().take(MAX_LINE_BYTES).collect()
        })
        .collect();
    // Of a line that never ended, nothing was there to deliver.
    if !stream.ends_with(b"\n") && delivered.last().is_some_and(Vec::is_empty) {
        delivered.pop();
    }
    delivered
}
