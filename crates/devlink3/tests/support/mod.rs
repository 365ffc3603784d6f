//! A PBX by script: the other side of the conversation, from the same codec.
#![allow(dead_code)]

use devlink3::event::EventWriter;
use devlink3::frame::Decoder;
use devlink3::message::{EventsResult, LoginReply, Request, Response};
use devlink3::{Flags, Password, Settings, Transport};
use model::fact::NodeId;
use std::borrow::Cow;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

pub(crate) const CHALLENGE: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
pub(crate) const NODE: NodeId = NodeId(0xC0A8_2A03);
pub(crate) const HANG_UP: &str = "<CallLost>c0a82a03,c0a82a0300000413,1,16</CallLost>";

pub(crate) fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

pub(crate) fn frame(response: &Response<'_>) -> Vec<u8> {
    response.to_frame().unwrap()
}

pub(crate) fn login_reply(reply: LoginReply<'_>) -> Vec<u8> {
    frame(&Response::Login { id: 1, reply })
}

pub(crate) fn welcome() -> Vec<u8> {
    let version = Some(Cow::Borrowed("Avaya IP500v2 11.1"));
    login_reply(LoginReply::Success { version, variant: Some(Cow::Borrowed("Standard 1.0")) })
}

pub(crate) fn events_answer(id: u32, result: EventsResult, flags: &str) -> Vec<u8> {
    frame(&Response::Events { id, result, flags: Cow::Borrowed(flags) })
}

pub(crate) fn event(counter: u32, text: &str) -> Vec<u8> {
    let mut event = EventWriter::new(NODE, counter);
    event.delta3(text).unwrap();
    event.to_frame().unwrap()
}

pub(crate) fn settings(port: u16, transport: Transport) -> Settings {
    Settings {
        host: "127.0.0.1".to_owned(),
        port,
        transport,
        user: "cti".to_owned(),
        password: Password::new("password"),
        pinned: None,
        flags: Flags::usual(),
        application: "CallDoc 0.1".to_owned(),
    }
}

/// The PBX's end of a connection.
pub(crate) struct Pbx<S> {
    stream: S,
    decoder: Decoder,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Pbx<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, decoder: Decoder::default() }
    }

    /// The payload of the next request; `None` when the client has gone.
    pub(crate) async fn next(&mut self) -> Option<Vec<u8>> {
        let mut buffer = [0; 4096];
        loop {
            if let Some(payload) = self.decoder.next_payload().unwrap() {
                return Some(payload.to_vec());
            }
            match self.stream.read(&mut buffer).await {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.decoder.push(&buffer[..count]),
            }
        }
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
        self.stream.flush().await.unwrap();
    }

    /// Takes the user name and the answer to the challenge; whether the answer was the one to `password`.
    pub(crate) async fn challenge(&mut self) -> bool {
        let user = self.next().await.unwrap();
        assert!(matches!(Request::decode(&user), Ok(Request::UserName { .. })), "the user name comes first");
        self.send(&login_reply(LoginReply::Sha1Challenge(&CHALLENGE))).await;
        let answer = self.next().await.unwrap();
        let expected = Password::new("password").answer(&CHALLENGE);
        matches!(Request::decode(&answer), Ok(Request::Sha1Answer { digest, .. }) if digest == expected)
    }

    /// A whole login with all events granted.
    pub(crate) async fn grant(&mut self) {
        assert!(self.challenge().await, "the password is right");
        self.send(&welcome()).await;
        let request = self.next().await.unwrap();
        let Ok(Request::Events { id, flags }) = Request::decode(&request) else {
            panic!("events are asked for");
        };
        self.send(&events_answer(id, EventsResult::Success, &flags)).await;
    }
}
