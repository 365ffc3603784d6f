//! Client to PBX.

use super::{
    EncodeError, MessageError, append_long_block, append_numbers, append_text, append_text_block, kind, tuple,
};
use crate::frame;
use crate::wire::{Bytes, without_final_nuls};
use std::borrow::Cow;
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

const STEP_USER: u32 = 1;
const STEP_SHA1: u32 = 0x50;
const STEP_PLAIN: u32 = 0x51;

/// A request with its id, which is never 0 and which the answer echoes.
#[derive(Clone, PartialEq, Eq)]
pub enum Request<'a> {
    /// Allowed at any time, before the login too. At most [`super::MAX_TEST_BYTES`].
    Test {
        id: u32,
        payload: &'a [u8],
    },
    /// First step of a login.
    UserName {
        id: u32,
        user: Cow<'a, str>,
        application: Option<Cow<'a, str>>,
    },
    Sha1Answer {
        id: u32,
        digest: [u8; 20],
    },
    PlainAnswer {
        id: u32,
        password: PaddedPassword,
    },
    Events {
        id: u32,
        flags: Cow<'a, str>,
    },
    ReadFile {
        id: u32,
        name: Cow<'a, str>,
    },
    /// A type not known here, kept whole (without its type).
    Unknown {
        kind: u32,
        bytes: &'a [u8],
    },
}

/// A password padded with zeros to 32 bytes, as it travels over TLS. It prints as nothing and is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct PaddedPassword(pub Zeroizing<[u8; 32]>);

impl fmt::Debug for PaddedPassword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PaddedPassword(..)")
    }
}

/// The digest is left out: with the challenge it could be used to guess the password.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Test { id, payload } => write!(out, "Test {{ id: {id}, {} bytes }}", payload.len()),
            Self::UserName { id, .. } => write!(out, "UserName {{ id: {id} }}"),
            Self::Sha1Answer { id, .. } => write!(out, "Sha1Answer {{ id: {id} }}"),
            Self::PlainAnswer { id, .. } => write!(out, "PlainAnswer {{ id: {id} }}"),
            Self::Events { id, flags } => write!(out, "Events {{ id: {id}, flags: {flags:?} }}"),
            Self::ReadFile { id, name } => write!(out, "ReadFile {{ id: {id}, name: {name:?} }}"),
            Self::Unknown { kind, bytes } => {
                write!(out, "Unknown {{ kind: {kind:#010x}, {} bytes }}", bytes.len())
            }
        }
    }
}

impl<'a> Request<'a> {
    /// Reads a frame's payload.
    pub fn decode(payload: &'a [u8]) -> Result<Self, MessageError> {
        let mut bytes = Bytes::new(payload);
        let kind = bytes.u32().ok_or(MessageError { kind: 0 })?;
        Self::decode_rest(kind, bytes).ok_or(MessageError { kind })
    }

    /// The request as a frame, ready to send.
    pub fn to_frame(&self) -> Result<Vec<u8>, EncodeError> {
        let mut payload = Vec::with_capacity(64);
        let written = self.write(&mut payload);
        let mut out = Vec::new();
        let framed = written.and_then(|()| Ok(frame::append(&payload, &mut out)?));
        payload.zeroize();
        framed.map(|()| out)
    }

    fn decode_rest(kind: u32, mut bytes: Bytes<'a>) -> Option<Self> {
        Some(match kind {
            kind::TEST => Self::Test { id: bytes.u32()?, payload: bytes.long_block()? },
            kind::AUTHENTICATE => return Self::decode_login(bytes),
            kind::EVENTS => Self::Events { id: bytes.u32()?, flags: text(bytes.short_block()?) },
            kind::READ_FILE => Self::ReadFile { id: bytes.u32()?, name: text(bytes.short_block()?) },
            kind => Self::Unknown { kind, bytes: bytes.rest() },
        })
    }

    fn decode_login(mut bytes: Bytes<'a>) -> Option<Self> {
        let id = bytes.u32()?;
        match bytes.u32()? {
            STEP_USER => {
                let user = text(bytes.until_nul());
                let mut application = None;
                while let Some(code) = bytes.u32() {
                    let data = bytes.short_block()?;
                    if code == tuple::APPLICATION {
                        application = Some(text(data));
                    }
                }
                Some(Self::UserName { id, user, application })
            }
            STEP_SHA1 => Some(Self::Sha1Answer { id, digest: bytes.long_block()?.try_into().ok()? }),
            STEP_PLAIN => {
                let password = PaddedPassword(Zeroizing::new(bytes.long_block()?.try_into().ok()?));
                Some(Self::PlainAnswer { id, password })
            }
            _ => None,
        }
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self {
            Self::Test { id, payload } => {
                append_numbers(&[kind::TEST, *id], out);
                append_long_block(payload, out)
            }
            Self::UserName { id, user, application } => {
                append_numbers(&[kind::AUTHENTICATE, *id, STEP_USER], out);
                append_text(user, out)?;
                let Some(application) = application else {
                    return Ok(());
                };
                append_numbers(&[tuple::APPLICATION], out);
                append_text_block(application, out)
            }
            Self::Sha1Answer { id, digest } => {
                append_numbers(&[kind::AUTHENTICATE, *id, STEP_SHA1], out);
                append_long_block(digest, out)
            }
            Self::PlainAnswer { id, password } => {
                append_numbers(&[kind::AUTHENTICATE, *id, STEP_PLAIN], out);
                append_long_block(&*password.0, out)
            }
            Self::Events { id, flags } => {
                append_numbers(&[kind::EVENTS, *id], out);
                append_text_block(flags, out)
            }
            Self::ReadFile { id, name } => {
                append_numbers(&[kind::READ_FILE, *id], out);
                append_text_block(name, out)
            }
            Self::Unknown { kind, bytes } => {
                append_numbers(&[*kind], out);
                out.extend_from_slice(bytes);
                Ok(())
            }
        }
    }
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(without_final_nuls(bytes))
}
