//! Logging in: user name, challenge, answer, verdict. Without IO; the session and the file reader both use it.

use crate::link::Transport;
use crate::message::{LoginReply, Request};
use crate::password::{CHALLENGE_BYTES, Password};
use crate::state::PbxInfo;
use crate::trouble::Trouble;
use std::borrow::Cow;

/// Who logs in, and over what.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub user: String,
    pub password: Password,
    /// Told to the PBX and shown in its monitor, for instance `CallDoc 1.0`.
    pub application: String,
    pub transport: Transport,
}

/// What follows from a reply.
pub(crate) enum LoginStep {
    Send(Vec<u8>),
    In(PbxInfo),
    Failed(Trouble),
}

/// The id that all steps of a login carry.
pub(crate) const LOGIN_ID: u32 = 1;

/// First step.
pub(crate) fn user_name(credentials: &Credentials) -> Result<Vec<u8>, Trouble> {
    let request = Request::UserName {
        id: LOGIN_ID,
        user: Cow::Borrowed(&credentials.user),
        application: Some(Cow::Borrowed(&credentials.application)),
    };
    request.to_frame().map_err(|_| Trouble::BadUserName)
}

/// What to do with the PBX's answer to either step.
pub(crate) fn handle(reply: &LoginReply<'_>, credentials: &Credentials) -> LoginStep {
    match reply {
        LoginReply::Sha1Challenge(challenge) => {
            let Ok(challenge) = <&[u8; CHALLENGE_BYTES]>::try_from(*challenge) else {
                return LoginStep::Failed(Trouble::BadChallenge { length_bytes: challenge.len() });
            };
            let digest = credentials.password.answer(challenge);
            send(&Request::Sha1Answer { id: LOGIN_ID, digest })
        }
        LoginReply::PlainChallenge => match credentials.transport {
            Transport::Tls => {
                send(&Request::PlainAnswer { id: LOGIN_ID, password: credentials.password.padded() })
            }
            Transport::Tcp => LoginStep::Failed(Trouble::PlainRefused),
        },
        LoginReply::Success { version, variant } => {
            LoginStep::In(PbxInfo::new(version.as_deref(), variant.as_deref()))
        }
        LoginReply::Failed => LoginStep::Failed(Trouble::WrongPassword),
        LoginReply::LimitsExceeded => LoginStep::Failed(Trouble::LimitsExceeded),
        LoginReply::RetryLater => LoginStep::Failed(Trouble::RetryLater),
        LoginReply::LicenceMissing => LoginStep::Failed(Trouble::LicenceMissing),
        LoginReply::Other(number) => LoginStep::Failed(Trouble::UnknownLoginAnswer { number: *number }),
    }
}

fn send(answer: &Request<'_>) -> LoginStep {
    match answer.to_frame() {
        Ok(frame) => LoginStep::Send(frame),
        Err(_) => LoginStep::Failed(Trouble::BadUserName),
    }
}
