//! A small DevLink3 client on the codec of the devlink3 room.

use devlink3::message::{EventsResult, LoginReply, Request, Response};
use devlink3::{Password, Scratch};
use model::fact::{EndId, Fact, LegId, NodeId};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// Only a simulator that hangs takes so long.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Client<S = TcpStream> {
    stream: S,
    decoder: devlink3::frame::Decoder,
}

/// What an event said, owned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Heard {
    State { leg: LegId, ends: Vec<EndId>, targets: usize },
    Left { node: NodeId, end: EndId },
    Refused,
    Note(String),
    Sip { started: bool, end: EndId },
    Other,
}

/// Answers, owned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Challenge(Vec<u8>),
    Login(LoginReply<'static>),
    Events(EventsResult, String),
    Event { node: NodeId, counter: u32, heard: Vec<Heard> },
    File { found: bool, bytes: Vec<u8> },
    Test { bytes: Vec<u8> },
    Closed,
    Garbage,
}

impl Client {
    pub(crate) async fn connect(addr: SocketAddr) -> Self {
        Self::over(TcpStream::connect(addr).await.expect("the simulator listens"))
    }

    /// Logged in, with a password that anything accepts.
    pub(crate) async fn logged_in(addr: SocketAddr) -> Self {
        let mut client = Self::connect(addr).await;
        let reply = client.log_in("cti", "any").await;
        assert!(matches!(reply, Answer::Login(LoginReply::Success { .. })), "{reply:?}");
        client
    }

    /// Logged in and granted events.
    pub(crate) async fn listening(addr: SocketAddr) -> Self {
        Self::listening_with(addr, "-CMExtn").await
    }

    pub(crate) async fn listening_with(addr: SocketAddr, flags: &str) -> Self {
        let mut client = Self::logged_in(addr).await;
        let reply = client.ask_events(flags).await;
        assert_eq!(reply, Answer::Events(EventsResult::Success, flags.to_owned()), "events are granted");
        client
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub(crate) fn over(stream: S) -> Self {
        Self { stream, decoder: devlink3::frame::Decoder::default() }
    }

    pub(crate) async fn send(&mut self, request: Request<'_>) {
        let frame = request.to_frame().expect("requests fit into frames");
        self.stream.write_all(&frame).await.expect("the simulator reads");
    }

    pub(crate) async fn log_in(&mut self, user: &str, password: &str) -> Answer {
        self.send(Request::UserName { id: 1, user: user.into(), application: None }).await;
        let Answer::Challenge(challenge) = self.next().await else {
            panic!("a user name is answered with a challenge");
        };
        let challenge: [u8; 16] = challenge.try_into().expect("a challenge has 16 bytes");
        let digest = Password::new(password).answer(&challenge);
        self.send(Request::Sha1Answer { id: 2, digest }).await;
        self.next().await
    }

    pub(crate) async fn ask_events(&mut self, flags: &str) -> Answer {
        self.send(Request::Events { id: 3, flags: flags.into() }).await;
        self.next().await
    }

    pub(crate) async fn read_file(&mut self, name: &str) -> Answer {
        self.send(Request::ReadFile { id: 4, name: name.into() }).await;
        self.next().await
    }

    /// The next message; events that came before an answer count.
    pub(crate) async fn next(&mut self) -> Answer {
        tokio::time::timeout(PATIENCE, self.wait()).await.expect("the simulator goes on")
    }

    async fn wait(&mut self) -> Answer {
        let mut bytes = [0; 4096];
        loop {
            match self.decoder.next_payload() {
                Ok(Some(payload)) => return answer(payload),
                Ok(None) => {}
                Err(_) => return Answer::Garbage,
            }
            match self.stream.read(&mut bytes).await {
                Ok(0) | Err(_) => return Answer::Closed,
                Ok(count) => self.decoder.push(&bytes[..count]),
            }
        }
    }
}

fn answer(payload: &[u8]) -> Answer {
    match Response::decode(payload).expect("the simulator sends what it can read") {
        Response::Login { reply: LoginReply::Sha1Challenge(challenge), .. } => {
            Answer::Challenge(challenge.to_vec())
        }
        Response::Login { reply, .. } => Answer::Login(owned(reply)),
        Response::Events { result, flags, .. } => Answer::Events(result, flags.into_owned()),
        Response::Event(payload) => event(payload),
        Response::File { result, bytes, .. } => {
            Answer::File { found: result == devlink3::message::FileResult::Success, bytes: bytes.to_vec() }
        }
        Response::Test { payload, .. } => Answer::Test { bytes: payload.to_vec() },
        Response::Unknown { kind, .. } => panic!("an unknown message {kind:#x}"),
    }
}

fn event(payload: &[u8]) -> Answer {
    let mut heard = Vec::new();
    let summary = devlink3::facts(payload, &mut Scratch::default(), |fact| {
        heard.push(match fact {
            Fact::CallState(state) => Heard::State {
                leg: state.leg,
                ends: std::iter::once(state.a.id).chain(state.b.as_ref().map(|b| b.id)).collect(),
                targets: state.targets.len(),
            },
            Fact::PartyLeft(left) => Heard::Left { node: left.node, end: left.end },
            Fact::TargetRefused(_) => Heard::Refused,
            Fact::SipLeg(sip) => Heard::Sip { started: sip.started, end: sip.end },
            Fact::Extension(note) => Heard::Note(note.text.into_owned()),
            _ => Heard::Other,
        });
    })
    .expect("it is an event");
    assert!(summary.is_clean(), "everything in an event is understood: {summary:?}");
    Answer::Event { node: summary.node, counter: summary.counter, heard }
}

fn owned(reply: LoginReply<'_>) -> LoginReply<'static> {
    match reply {
        LoginReply::Success { version, variant } => LoginReply::Success {
            version: version.map(|text| text.into_owned().into()),
            variant: variant.map(|text| text.into_owned().into()),
        },
        LoginReply::Failed => LoginReply::Failed,
        LoginReply::LimitsExceeded => LoginReply::LimitsExceeded,
        LoginReply::RetryLater => LoginReply::RetryLater,
        LoginReply::LicenceMissing => LoginReply::LicenceMissing,
        LoginReply::PlainChallenge => LoginReply::PlainChallenge,
        LoginReply::Sha1Challenge(_) => LoginReply::Other(2),
        LoginReply::Other(number) => LoginReply::Other(number),
    }
}
