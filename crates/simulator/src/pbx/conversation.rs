//! One DevLink3 connection, from its first byte to its last. Silent until the client has said something valid.

use super::Pbx;
use super::login::Login;
use crate::stage::{Cue, Outbox};
use devlink3::frame::Decoder;
use devlink3::message::{
    EventsResult, FileResult, LoginReply, MAX_TEST_BYTES, Request, Response, TestResult,
};
use devlink3::password::CHALLENGE_BYTES;
use devlink3::{Flag, Flags};
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, WriteHalf};
use tokio::sync::{Notify, mpsc};

/// The longest request is a test of 1,000 bytes; this leaves room and bounds memory.
const MAX_REQUEST_BYTES: usize = 16 * 1024;
/// Frames that may wait for a slow client before its connection is cut.
const WAITING_FRAMES: usize = 4096;
/// A connection that is not logged in is cut after this long without a byte.
const STRANGER_PATIENCE: Duration = Duration::from_secs(60);
const READ_BYTES: usize = 4096;
const VERSION: &str = "Avaya IP500v2 11.1.3.0.0 build 23 (simulated)";
const VARIANT: &str = "Standard 1.0";
/// The number for *not found* is not published.
const NOT_FOUND: u32 = 0x8000_0061;

/// The connection is over; nothing more to say about it.
struct Over;

struct Conversation<S> {
    pbx: Arc<Pbx>,
    connection: u64,
    out: WriteHalf<S>,
    outbox: Outbox,
    login: Login,
}

pub(crate) async fn hold<S>(pbx: Arc<Pbx>, stream: S, connection: u64)
where
    S: AsyncRead + AsyncWrite + Send,
{
    let (mut input, out) = tokio::io::split(stream);
    let (frames, mut waiting) = mpsc::channel(WAITING_FRAMES);
    let outbox = Outbox { frames, cut: Arc::new(Notify::new()) };
    let mut cuts = pbx.cuts.clone();
    cuts.mark_unchanged();
    let cut = Arc::clone(&outbox.cut);
    let mut conversation =
        Conversation { pbx: Arc::clone(&pbx), connection, out, outbox, login: Login::Stranger };
    tokio::select! {
        _ = conversation.converse(&mut input, &mut waiting) => {}
        () = cut.notified() => tracing::debug!(connection, "a client that does not keep up is cut"),
        _ = cuts.changed() => tracing::debug!(connection, "the connection is cut"),
    }
    // The stage may be gone already: then there is nobody to tell.
    let _ = pbx.stage.send(Cue::Gone { connection }).await;
}

impl<S: AsyncRead + AsyncWrite + Send> Conversation<S> {
    async fn converse(
        &mut self,
        input: &mut (impl AsyncRead + Unpin),
        waiting: &mut mpsc::Receiver<Vec<u8>>,
    ) -> Over {
        let mut decoder = Decoder::with_limit(MAX_REQUEST_BYTES);
        let mut bytes = vec![0; READ_BYTES];
        loop {
            let patience = if self.login.is_in() { Duration::MAX } else { STRANGER_PATIENCE };
            tokio::select! {
                // Events before answers, as they were handed over first.
                biased;
                Some(frame) = waiting.recv() => {
                    if self.out.write_all(&frame).await.is_err() {
                        return Over;
                    }
                }
                read = tokio::time::timeout(patience, input.read(&mut bytes)) => {
                    let Ok(Ok(count @ 1..)) = read else {
                        return Over;
                    };
                    decoder.push(&bytes[..count]);
                    if let Err(over) = self.answer_all(&mut decoder).await {
                        return over;
                    }
                }
            }
        }
    }

    async fn answer_all(&mut self, decoder: &mut Decoder) -> Result<(), Over> {
        while let Some(payload) = decoder.next_payload().map_err(|_| Over)? {
            let Ok(request) = Request::decode(payload) else {
                continue;
            };
            match request {
                Request::Test { id, payload } => self.test(id, payload).await?,
                Request::UserName { id, user, .. } => {
                    let reply = self.challenge(user.into_owned());
                    self.say(&Response::Login { id, reply: LoginReply::Sha1Challenge(&reply) }).await?;
                }
                Request::Sha1Answer { id, digest } => {
                    let reply = self.judge(digest);
                    self.say(&Response::Login { id, reply }).await?;
                }
                Request::PlainAnswer { id, .. } => {
                    self.login = Login::Refused;
                    self.say(&Response::Login { id, reply: LoginReply::Failed }).await?;
                }
                Request::Events { id, flags } => self.events(id, &flags).await?,
                Request::ReadFile { id, name } => self.file(id, &name).await?,
                Request::Unknown { .. } => {}
            }
        }
        Ok(())
    }

    async fn test(&mut self, id: u32, payload: &[u8]) -> Result<(), Over> {
        let result = match (&self.login, payload.len()) {
            (Login::Refused, _) => TestResult::EarlierLoginFailed,
            (Login::Stranger | Login::Challenged { .. } | Login::In { .. }, 0..=MAX_TEST_BYTES) => {
                TestResult::Success
            }
            (Login::Stranger | Login::Challenged { .. } | Login::In { .. }, _) => TestResult::PayloadTooLong,
        };
        self.say(&Response::Test { id, result, payload }).await
    }

    fn challenge(&mut self, user: String) -> [u8; CHALLENGE_BYTES] {
        // Not part of the simulation's course: a challenge must not come twice.
        let challenge: [u8; CHALLENGE_BYTES] = std::array::from_fn(|_| fastrand::u8(..));
        self.login = Login::Challenged { user, challenge };
        challenge
    }

    fn judge(&mut self, digest: [u8; 20]) -> LoginReply<'static> {
        let Login::Challenged { user, challenge } = std::mem::replace(&mut self.login, Login::Refused) else {
            return LoginReply::Failed;
        };
        if let Some(refusal) = self.pbx.logins.ordered_refusal() {
            return refusal;
        }
        let known = self.pbx.user.as_ref().is_none_or(|right| *right == user);
        let right = self.pbx.password.as_ref().is_none_or(|password| password.answer(&challenge) == digest);
        if !known || !right {
            return LoginReply::Failed;
        }
        let Some(seat) = self.pbx.logins.take_seat() else {
            return LoginReply::LimitsExceeded;
        };
        self.login = Login::In { _seat: seat };
        LoginReply::Success { version: Some(Cow::Borrowed(VERSION)), variant: Some(Cow::Borrowed(VARIANT)) }
    }

    /// The stage sends the answer itself, so that no event can come between it and the calls in progress.
    async fn events(&mut self, id: u32, asked: &str) -> Result<(), Over> {
        let (result, flags) = self.grant(asked);
        let answer = Response::Events { id, result, flags: Cow::Owned(flags.to_string()) };
        match result {
            EventsResult::Success | EventsResult::Partial => {}
            EventsResult::UnknownFlag
            | EventsResult::InsufficientLicence
            | EventsResult::NotAvailable
            | EventsResult::Other(_) => return self.say(&answer).await,
        }
        let answer = answer.to_frame().map_err(|_| Over)?;
        let cue = Cue::Subscribe { connection: self.connection, flags, answer, outbox: self.outbox.clone() };
        self.pbx.stage.send(cue).await.map_err(|_| Over)
    }

    fn grant(&self, asked: &str) -> (EventsResult, Flags) {
        let (asked, strange) = Flags::parse(asked);
        if !self.login.is_in() {
            return (EventsResult::NotAvailable, Flags::NONE);
        }
        if let Some(refusal) = self.pbx.refuse_events {
            return (refusal, Flags::NONE);
        }
        if !strange.is_empty() || self.pbx.unknown_flags.iter().any(|flag| asked.contains(*flag)) {
            return (EventsResult::UnknownFlag, Flags::NONE);
        }
        // The legacy forms are not simulated.
        let granted =
            asked.minus(self.pbx.refused_flags).without(Flag::Cd2).without(Flag::Text).without(Flag::Conn);
        let result = if granted == asked { EventsResult::Success } else { EventsResult::Partial };
        (result, granted)
    }

    async fn file(&mut self, id: u32, name: &str) -> Result<(), Over> {
        let pbx = Arc::clone(&self.pbx);
        let bytes: Option<&[u8]> = match (self.login.is_in(), name) {
            (true, "nasystem/user_list") => Some(&pbx.user_list),
            (true, "nasystem/hunt_list") => Some(&pbx.hunt_list),
            (true | false, _) => None,
        };
        let result = if bytes.is_some() { FileResult::Success } else { FileResult::Refused(NOT_FOUND) };
        self.say(&Response::File { id, result, bytes: bytes.unwrap_or_default() }).await
    }

    async fn say(&mut self, response: &Response<'_>) -> Result<(), Over> {
        let frame = response.to_frame().map_err(|_| Over)?;
        self.out.write_all(&frame).await.map_err(|_| Over)
    }
}
