//! Messages: what a frame's payload says, in both directions. The client sends [`Request`]s and decodes
//! [`Response`]s; the simulator does the reverse with the same code.
//!
//! A message that cannot be read is an error with the type it began with, never a reason to drop the connection: the
//! frame told where the next one begins.

mod request;
mod response;
mod results;

pub use request::{PaddedPassword, Request};
pub use response::{LoginReply, Response};
pub use results::{EventsResult, FileResult, TestResult};

use crate::frame::FrameError;
use thiserror::Error;

/// Numbers of the payload types.
pub mod kind {
    pub const TEST: u32 = 0x002A_0001;
    pub const TEST_ANSWER: u32 = 0x802A_0001;
    pub const AUTHENTICATE: u32 = 0x0030_0001;
    pub const AUTHENTICATE_ANSWER: u32 = 0x8030_0001;
    pub const EVENTS: u32 = 0x0030_0011;
    pub const EVENTS_ANSWER: u32 = 0x8030_0011;
    pub const EVENT: u32 = 0x1030_0011;
    pub const READ_FILE: u32 = 0x0030_0041;
    pub const READ_FILE_ANSWER: u32 = 0x8030_0041;
}

/// Tuple codes in the messages of a login.
pub(crate) mod tuple {
    pub(crate) const APPLICATION: u32 = 0x007E_0001;
    pub(crate) const PBX_VERSION: u32 = 0x007D_0001;
    pub(crate) const PBX_VARIANT: u32 = 0x007D_0002;
}

/// Longest payload that a Test may carry.
pub const MAX_TEST_BYTES: usize = 1000;

/// A message that cannot be read. Nothing of its content is in the error.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a message of type {kind:#010x} ends too early")]
pub struct MessageError {
    /// 0 when not even the type is whole.
    pub kind: u32,
}

/// A message that cannot be written.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EncodeError {
    #[error("a text is longer than the message can say")]
    TextTooLong,
    #[error("a text holds a NUL, which would end it early")]
    NulInText,
    #[error(transparent)]
    Frame(#[from] FrameError),
}

/// Appends `text` and its NUL after a 2-byte length that counts both.
fn append_text_block(text: &str, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let length = u16::try_from(text.len() + 1).map_err(|_| EncodeError::TextTooLong)?;
    out.extend_from_slice(&length.to_be_bytes());
    append_text(text, out)
}

fn append_text(text: &str, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if text.contains('\0') {
        return Err(EncodeError::NulInText);
    }
    out.extend_from_slice(text.as_bytes());
    out.push(0);
    Ok(())
}

fn append_numbers(numbers: &[u32], out: &mut Vec<u8>) {
    for number in numbers {
        out.extend_from_slice(&number.to_be_bytes());
    }
}

fn append_long_block(bytes: &[u8], out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let length = u32::try_from(bytes.len()).map_err(|_| EncodeError::TextTooLong)?;
    append_numbers(&[length], out);
    out.extend_from_slice(bytes);
    Ok(())
}
