//! Reads a file of the PBX on a connection of its own: log in, ask, receive, close.

use crate::frame::{Decoder, FrameError};
use crate::link::{Settings, connect};
use crate::login::{self, Credentials, LOGIN_ID, LoginStep};
use crate::message::{FileResult, Request, Response};
use crate::trouble::{During, Trouble};
use std::borrow::Cow;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;
use zeroize::Zeroizing;

/// For everything from the name lookup to the last byte. Lists of the largest systems take seconds.
const READ_WITHIN: Duration = Duration::from_secs(30);

/// A line of a list has some 50 bytes and the largest system 3,000 users.
const MAX_FILE_BYTES: usize = 2 << 20;

const READ_ID: u32 = LOGIN_ID + 1;

/// The files that are known to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileName {
    UserList,
    HuntList,
}

impl FileName {
    pub fn path(self) -> &'static str {
        match self {
            FileName::UserList => "nasystem/user_list",
            FileName::HuntList => "nasystem/hunt_list",
        }
    }
}

/// The file's bytes, for [`crate::Directory::parse`]. Takes one of the PBX's few connections while it lasts.
pub async fn read_file(settings: &Settings, name: FileName) -> Result<Vec<u8>, Trouble> {
    let no_answer = Trouble::NoAnswer { during: During::ReadingFile };
    timeout(READ_WITHIN, read(settings, name)).await.unwrap_or(Err(no_answer))
}

async fn read(settings: &Settings, name: FileName) -> Result<Vec<u8>, Trouble> {
    let Settings { host, port, transport, pinned, .. } = settings;
    let (mut stream, _) = connect::open(host, *port, *transport, *pinned).await?;
    let (mut reading, mut frame) = Reading::begin(settings.credentials(), name)?;
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let sent = stream.write_all(&frame).await;
        sent.map_err(|error| connect::trouble_of(&error))?;
        stream.flush().await.map_err(|error| connect::trouble_of(&error))?;
        frame.clear();
        let count = stream.read(&mut buffer).await.map_err(|error| connect::trouble_of(&error))?;
        if count == 0 {
            return Err(Trouble::Closed { during: reading.during() });
        }
        match reading.received(&buffer[..count])? {
            Step::More => {}
            Step::Send(next) => frame = Zeroizing::new(next),
            Step::Done(bytes) => {
                // The file is here; whether the PBX hears the farewell does not matter.
                let _ = stream.shutdown().await;
                return Ok(bytes);
            }
        }
    }
}

/// The conversation, without IO.
struct Reading {
    credentials: Credentials,
    name: FileName,
    logged_in: bool,
    heard_frame: bool,
    decoder: Decoder,
}

enum Step {
    More,
    Send(Vec<u8>),
    Done(Vec<u8>),
}

impl Reading {
    fn begin(credentials: Credentials, name: FileName) -> Result<(Self, Zeroizing<Vec<u8>>), Trouble> {
        let first = Zeroizing::new(login::user_name(&credentials)?);
        let decoder = Decoder::with_limit(MAX_FILE_BYTES);
        Ok((Self { credentials, name, logged_in: false, heard_frame: false, decoder }, first))
    }

    fn during(&self) -> During {
        if self.logged_in { During::ReadingFile } else { During::LoggingIn }
    }

    /// Requests go out one at a time, so at most one answer matters.
    fn received(&mut self, bytes: &[u8]) -> Result<Step, Trouble> {
        let during = self.during();
        self.decoder.push(bytes);
        loop {
            let payload = match self.decoder.next_payload() {
                Ok(Some(payload)) => payload,
                Ok(None) => return Ok(Step::More),
                Err(FrameError::NotAFrame { first_byte }) if !self.heard_frame => {
                    return Err(Trouble::NotDevlink { first_byte });
                }
                Err(error) => return Err(Trouble::FramingLost(error)),
            };
            self.heard_frame = true;
            let response =
                Response::decode(payload).map_err(|error| Trouble::Garbled { kind: error.kind, during })?;
            match response {
                Response::Login { id: LOGIN_ID, reply } if !self.logged_in => {
                    return match login::handle(&reply, &self.credentials) {
                        LoginStep::Send(frame) => Ok(Step::Send(frame)),
                        LoginStep::In(_) => self.ask(),
                        LoginStep::Failed(trouble) => Err(trouble),
                    };
                }
                Response::File { id: READ_ID, result, bytes } => match result {
                    FileResult::Success => return Ok(Step::Done(bytes.to_vec())),
                    FileResult::Refused(number) => return Err(Trouble::FileRefused { number }),
                },
                Response::Test { .. }
                | Response::Login { .. }
                | Response::Events { .. }
                | Response::Event(_)
                | Response::File { .. }
                | Response::Unknown { .. } => {}
            }
        }
    }

    fn ask(&mut self) -> Result<Step, Trouble> {
        self.logged_in = true;
        let request = Request::ReadFile { id: READ_ID, name: Cow::Borrowed(self.name.path()) };
        let during = During::ReadingFile;
        let frame = request.to_frame().map_err(|_| Trouble::Garbled { kind: 0, during })?;
        Ok(Step::Send(frame))
    }
}
