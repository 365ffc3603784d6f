//! PBX to client.

use super::{
    EncodeError, EventsResult, FileResult, MessageError, TestResult, append_long_block, append_numbers,
    append_text_block, kind, tuple,
};
use crate::frame;
use crate::wire::{Bytes, without_final_nuls};
use std::borrow::Cow;

/// Whatever the PBX sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response<'a> {
    Test {
        id: u32,
        result: TestResult,
        payload: &'a [u8],
    },
    Login {
        id: u32,
        reply: LoginReply<'a>,
    },
    Events {
        id: u32,
        result: EventsResult,
        /// The flags that were accepted.
        flags: Cow<'a, str>,
    },
    /// The whole payload from its type on, for [`crate::event::Event::parse`] and for the journal.
    Event(&'a [u8]),
    File {
        id: u32,
        result: FileResult,
        bytes: &'a [u8],
    },
    /// A type not known here, kept whole (without its type).
    Unknown {
        kind: u32,
        bytes: &'a [u8],
    },
}

/// Answer to a step of a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginReply<'a> {
    /// 16 bytes, by the manual.
    Sha1Challenge(&'a [u8]),
    /// Wants the password itself: only ever over TLS.
    PlainChallenge,
    Success {
        version: Option<Cow<'a, str>>,
        variant: Option<Cow<'a, str>>,
    },
    Failed,
    LimitsExceeded,
    RetryLater,
    LicenceMissing,
    Other(u32),
}

const SUCCESS: u32 = 0;
const PLAIN_CHALLENGE: u32 = 1;
const SHA1_CHALLENGE: u32 = 2;
const FAILED: u32 = 0x8000_0041;
const LIMITS_EXCEEDED: u32 = 0x8000_0042;
const RETRY_LATER: u32 = 0x8000_0043;
const LICENCE_MISSING: u32 = 0x8000_0044;

impl<'a> Response<'a> {
    /// Reads a frame's payload.
    pub fn decode(payload: &'a [u8]) -> Result<Self, MessageError> {
        let mut bytes = Bytes::new(payload);
        let kind = bytes.u32().ok_or(MessageError { kind: 0 })?;
        if kind == kind::EVENT {
            return Ok(Self::Event(payload));
        }
        Self::decode_rest(kind, bytes).ok_or(MessageError { kind })
    }

    /// The response as a frame, ready to send.
    pub fn to_frame(&self) -> Result<Vec<u8>, EncodeError> {
        let mut payload = Vec::with_capacity(64);
        self.write(&mut payload)?;
        let mut out = Vec::new();
        frame::append(&payload, &mut out)?;
        Ok(out)
    }

    fn decode_rest(kind: u32, mut bytes: Bytes<'a>) -> Option<Self> {
        Some(match kind {
            kind::TEST_ANSWER => Self::Test {
                id: bytes.u32()?,
                result: TestResult::from_number(bytes.u32()?),
                payload: bytes.long_block()?,
            },
            kind::AUTHENTICATE_ANSWER => {
                let id = bytes.u32()?;
                Self::Login { id, reply: LoginReply::decode(bytes)? }
            }
            kind::EVENTS_ANSWER => Self::Events {
                id: bytes.u32()?,
                result: EventsResult::from_number(bytes.u32()?),
                // A refusal may well leave the flags out.
                flags: text(bytes.short_block().unwrap_or_default()),
            },
            kind::READ_FILE_ANSWER => Self::File {
                id: bytes.u32()?,
                result: FileResult::from_number(bytes.u32()?),
                bytes: bytes.rest(),
            },
            kind => Self::Unknown { kind, bytes: bytes.rest() },
        })
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self {
            Self::Test { id, result, payload } => {
                append_numbers(&[kind::TEST_ANSWER, *id, result.number()], out);
                append_long_block(payload, out)
            }
            Self::Login { id, reply } => {
                append_numbers(&[kind::AUTHENTICATE_ANSWER, *id], out);
                reply.write(out)
            }
            Self::Events { id, result, flags } => {
                append_numbers(&[kind::EVENTS_ANSWER, *id, result.number()], out);
                append_text_block(flags, out)
            }
            Self::Event(payload) => {
                out.extend_from_slice(payload);
                Ok(())
            }
            Self::File { id, result, bytes } => {
                append_numbers(&[kind::READ_FILE_ANSWER, *id, result.number()], out);
                out.extend_from_slice(bytes);
                Ok(())
            }
            Self::Unknown { kind, bytes } => {
                append_numbers(&[*kind], out);
                out.extend_from_slice(bytes);
                Ok(())
            }
        }
    }
}

impl<'a> LoginReply<'a> {
    fn decode(mut bytes: Bytes<'a>) -> Option<Self> {
        Some(match bytes.u32()? {
            SUCCESS => Self::decode_success(bytes),
            PLAIN_CHALLENGE => Self::PlainChallenge,
            SHA1_CHALLENGE => Self::Sha1Challenge(bytes.long_block()?),
            FAILED => Self::Failed,
            LIMITS_EXCEEDED => Self::LimitsExceeded,
            RETRY_LATER => Self::RetryLater,
            LICENCE_MISSING => Self::LicenceMissing,
            other => Self::Other(other),
        })
    }

    /// A tuple that is cut short takes nothing away from the success.
    fn decode_success(mut bytes: Bytes<'a>) -> Self {
        let (mut version, mut variant) = (None, None);
        while let Some(code) = bytes.u32() {
            let Some(data) = bytes.short_block() else {
                break;
            };
            match code {
                tuple::PBX_VERSION => version = Some(text(data)),
                tuple::PBX_VARIANT => variant = Some(text(data)),
                _ => {}
            }
        }
        Self::Success { version, variant }
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self {
            Self::Sha1Challenge(challenge) => {
                append_numbers(&[SHA1_CHALLENGE], out);
                append_long_block(challenge, out)?;
            }
            Self::PlainChallenge => append_numbers(&[PLAIN_CHALLENGE], out),
            Self::Success { version, variant } => {
                append_numbers(&[SUCCESS], out);
                for (code, text) in [(tuple::PBX_VERSION, version), (tuple::PBX_VARIANT, variant)] {
                    let Some(text) = text else {
                        continue;
                    };
                    append_numbers(&[code], out);
                    append_text_block(text, out)?;
                }
            }
            Self::Failed => append_numbers(&[FAILED], out),
            Self::LimitsExceeded => append_numbers(&[LIMITS_EXCEEDED], out),
            Self::RetryLater => append_numbers(&[RETRY_LATER], out),
            Self::LicenceMissing => append_numbers(&[LICENCE_MISSING], out),
            Self::Other(number) => append_numbers(&[*number], out),
        }
        Ok(())
    }
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(without_final_nuls(bytes))
}
