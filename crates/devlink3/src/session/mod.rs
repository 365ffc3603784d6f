//! One connection's conversation with a PBX, as a machine without IO: bytes and time in, [`Output`]s and a deadline
//! out. It logs in, asks for events, keeps the connection alive, notices silence and lost events.
//!
//! Deliberately absent: sockets, the clock, reconnecting (that is [`crate::link`]), and the meaning of events (that is
//! [`crate::facts`]). Events are journaled raw.

mod counters;
mod grant;
mod notice;
mod output;
mod timers;

pub use notice::{Notice, NoticeKind};
pub use output::{Input, Output};

use crate::event::Event;
use crate::flags::Flags;
use crate::frame::{Decoder, FrameError};
use crate::login::{self, Credentials, LOGIN_ID, LoginStep};
use crate::message::{EventsResult, LoginReply, Request, Response, TestResult};
use crate::state::{Granted, LinkState, PbxInfo};
use crate::trouble::{During, Trouble};
use counters::{Counters, Gap};
use model::Said;
use model::fact::NodeId;
use notice::Notices;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use timers::{Timer, Timers};

/// How long an answer may take. A busy PBX answers within a second or two.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// A quiet link sends a test packet this often: a firewall that forgets idle connections takes minutes, and a
/// pulled cable is noticed before the third ring.
pub const TEST_EVERY: Duration = Duration::from_secs(15);
/// Two test packets unanswered: the link is stale.
pub const STALE_AFTER: Duration = Duration::from_secs(40);
/// A snapshot costs the PBX a record for every call in progress, so gaps ask for one at most this often.
pub const HEAL_EVERY: Duration = Duration::from_secs(30);

/// One connection, from the first byte to the last.
#[derive(Debug)]
pub struct Session {
    credentials: Credentials,
    wanted: Flags,
    /// What the running or last event request asked for.
    asked: Flags,
    granted: Flags,
    stage: Stage,
    pbx: PbxInfo,
    last_id: u32,
    heard_frame: bool,
    last_heard: Instant,
    last_snapshot: Option<Instant>,
    timers: Timers,
    counters: Counters,
    notices: Notices,
    decoder: Decoder,
    outputs: VecDeque<Output>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    LoggingIn,
    Asking {
        id: u32,
    },
    Up,
    /// Up, and a new snapshot was asked for.
    Healing {
        id: u32,
    },
    Over,
}

impl Session {
    /// The PBX says nothing before it has heard something valid, so the user name goes out at once.
    pub fn new(now: Instant, credentials: Credentials, wanted: Flags) -> Self {
        let mut session = Self {
            credentials,
            wanted,
            asked: wanted,
            granted: Flags::NONE,
            stage: Stage::LoggingIn,
            pbx: PbxInfo::default(),
            last_id: LOGIN_ID,
            heard_frame: false,
            last_heard: now,
            last_snapshot: None,
            timers: Timers::default(),
            counters: Counters::default(),
            notices: Notices::default(),
            decoder: Decoder::default(),
            outputs: VecDeque::new(),
        };
        session.outputs.push_back(Output::State(LinkState::LoggingIn));
        match login::user_name(&session.credentials) {
            Ok(frame) => session.send_and_await(now, frame),
            Err(trouble) => session.close(trouble),
        }
        session
    }

    pub fn handle(&mut self, now: Instant, input: Input<'_>) {
        if self.stage == Stage::Over {
            return;
        }
        match input {
            Input::Received(bytes) => self.received(now, bytes),
            Input::Tick => {}
            Input::Closed => return self.closed_by_peer(),
        }
        while self.stage != Stage::Over
            && let Some(timer) = self.timers.take_due(now)
        {
            self.fire(now, timer);
        }
    }

    pub fn next_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to call `handle` with [`Input::Tick`] at the latest.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.timers.next()
    }

    /// When events were granted for the first time, if they were.
    pub fn granted_at(&self) -> Option<Instant> {
        self.counters.since()
    }

    /// What is going on, for the reason of a connection that breaks.
    pub fn during(&self) -> During {
        match self.stage {
            Stage::LoggingIn => During::LoggingIn,
            Stage::Asking { .. } => During::AskingForEvents,
            Stage::Up | Stage::Healing { .. } | Stage::Over => During::Events,
        }
    }

    fn received(&mut self, now: Instant, bytes: &[u8]) {
        self.last_heard = now;
        if matches!(self.stage, Stage::Up | Stage::Healing { .. }) {
            self.await_life(now);
        }
        let mut decoder = std::mem::take(&mut self.decoder);
        decoder.push(bytes);
        while self.stage != Stage::Over {
            match decoder.next_payload() {
                Ok(Some(payload)) => self.message(now, payload),
                Ok(None) => break,
                Err(FrameError::NotAFrame { first_byte }) if !self.heard_frame => {
                    self.close(Trouble::NotDevlink { first_byte });
                }
                Err(error) => self.close(Trouble::FramingLost(error)),
            }
        }
        self.decoder = decoder;
    }

    fn message(&mut self, now: Instant, payload: &[u8]) {
        self.heard_frame = true;
        match Response::decode(payload) {
            Ok(Response::Login { id: LOGIN_ID, reply }) if self.stage == Stage::LoggingIn => {
                self.login_reply(now, &reply);
            }
            Ok(Response::Events { id, result, flags }) if self.asking() == Some(id) => {
                self.events_answer(now, payload, result, &flags);
            }
            Ok(Response::Event(payload)) => self.event(now, payload),
            Ok(Response::Test { result, .. }) => self.test_answer(result),
            Ok(Response::Login { .. } | Response::Events { .. } | Response::File { .. }) => {
                self.note(NoticeKind::StrayAnswer);
            }
            Ok(Response::Unknown { kind, .. }) => self.note(NoticeKind::UnknownMessage { kind }),
            Err(error) => self.garbled(error.kind),
        }
    }

    /// While an answer is awaited, one that cannot be read means that there is none; later it is only noted.
    fn garbled(&mut self, kind: u32) {
        match self.stage {
            Stage::LoggingIn | Stage::Asking { .. } => {
                self.close(Trouble::Garbled { kind, during: self.during() });
            }
            Stage::Up | Stage::Healing { .. } | Stage::Over => {
                self.note(NoticeKind::GarbledMessage { kind });
            }
        }
    }

    fn login_reply(&mut self, now: Instant, reply: &LoginReply<'_>) {
        match login::handle(reply, &self.credentials) {
            LoginStep::Send(frame) => self.send_and_await(now, frame),
            LoginStep::In(pbx) => {
                self.pbx = pbx.clone();
                self.outputs.push_back(Output::State(LinkState::LoggedIn(pbx)));
                let id = self.ask(now);
                self.stage = Stage::Asking { id };
            }
            LoginStep::Failed(trouble) => self.close(trouble),
        }
    }

    fn events_answer(&mut self, now: Instant, payload: &[u8], result: EventsResult, accepted: &str) {
        let granted = match result {
            EventsResult::Success => self.asked,
            EventsResult::Partial => Flags::parse(accepted).0.and(self.asked),
            EventsResult::UnknownFlag
            | EventsResult::InsufficientLicence
            | EventsResult::NotAvailable
            | EventsResult::Other(_) => return self.events_refused(now, result, accepted),
        };
        self.granted = granted;
        self.stage = Stage::Up;
        self.last_snapshot = Some(now);
        self.counters.begin_snapshot(now);
        self.timers.clear(Timer::Answer);
        // Whatever was missed before this answer is made up for by the snapshot behind it.
        self.timers.clear(Timer::Heal);
        self.await_life(now);
        self.outputs.push_back(Output::Journal { said: Said::DevlinkSnapshot, bytes: payload.to_vec() });
        self.outputs.push_back(Output::State(LinkState::Up(Granted {
            flags: granted,
            refused: self.wanted.minus(granted),
            pbx: self.pbx.clone(),
        })));
    }

    fn events_refused(&mut self, now: Instant, result: EventsResult, accepted: &str) {
        // What was granted once and is refused now is granted again on a new connection, or refused in full there.
        if matches!(self.stage, Stage::Healing { .. }) {
            return self.close(Trouble::SnapshotRefused);
        }
        let Some(fewer) = grant::ask_for_fewer(self.asked, result, accepted) else {
            return self.close(grant::trouble_of(result));
        };
        self.asked = fewer;
        let id = self.ask(now);
        self.stage = Stage::Asking { id };
    }

    fn event(&mut self, now: Instant, payload: &[u8]) {
        match Event::parse(payload) {
            Ok(event) => {
                if let Some(gap) = self.counters.check(event.node, event.counter, &mut self.notices) {
                    self.gap(now, event.node, gap);
                }
            }
            Err(_) => self.note(NoticeKind::GarbledMessage { kind: crate::message::kind::EVENT }),
        }
        self.outputs.push_back(Output::Journal { said: Said::DevlinkEvent, bytes: payload.to_vec() });
        self.hand_over_notices();
    }

    fn gap(&mut self, now: Instant, node: NodeId, gap: Gap) {
        let Gap { expected, got } = gap;
        let bytes = format!("{expected},{got}").into_bytes();
        self.outputs.push_back(Output::Journal { said: Said::DevlinkGap, bytes });
        self.outputs.push_back(Output::State(LinkState::Healing { node, expected, got }));
        self.heal(now);
    }

    fn test_answer(&mut self, result: TestResult) {
        match result {
            TestResult::Success => {}
            TestResult::IntegrityLost => self.close(Trouble::IntegrityLost),
            TestResult::EarlierLoginFailed => self.close(Trouble::WrongPassword),
            TestResult::PayloadTooLong | TestResult::Other(_) => self.note(NoticeKind::TestRefused),
        }
    }

    /// Asks for a new snapshot, now or as soon as the last one is old enough.
    fn heal(&mut self, now: Instant) {
        let earliest = self.last_snapshot.map_or(now, |last| last + HEAL_EVERY);
        if self.stage == Stage::Up && earliest <= now {
            self.timers.clear(Timer::Heal);
            self.asked = self.granted;
            let id = self.ask(now);
            self.stage = Stage::Healing { id };
        } else {
            self.timers.set(Timer::Heal, earliest.max(now + Duration::from_secs(1)));
        }
    }

    fn fire(&mut self, now: Instant, timer: Timer) {
        match timer {
            Timer::Answer => self.close(Trouble::NoAnswer { during: self.during() }),
            Timer::Test => {
                self.timers.set(Timer::Test, now + TEST_EVERY);
                let id = self.next_id();
                if let Ok(frame) = (Request::Test { id, payload: &[] }).to_frame() {
                    self.outputs.push_back(Output::Send(frame));
                }
            }
            Timer::Stale => {
                let silent_seconds = now.saturating_duration_since(self.last_heard).as_secs();
                self.outputs.push_back(Output::State(LinkState::Stale { silent_seconds }));
                self.close(Trouble::Silent { silent_seconds });
            }
            Timer::Heal => self.heal(now),
        }
    }

    fn closed_by_peer(&mut self) {
        if self.decoder.pending_bytes() > 0 {
            self.note(NoticeKind::HalfFrame);
        }
        self.close(Trouble::Closed { during: self.during() });
    }

    fn ask(&mut self, now: Instant) -> u32 {
        self.last_snapshot = Some(now);
        let id = self.next_id();
        let flags = Cow::Owned(self.asked.to_string());
        if let Ok(frame) = (Request::Events { id, flags }).to_frame() {
            self.send_and_await(now, frame);
        }
        id
    }

    fn asking(&self) -> Option<u32> {
        match self.stage {
            Stage::Asking { id } | Stage::Healing { id } => Some(id),
            Stage::LoggingIn | Stage::Up | Stage::Over => None,
        }
    }

    fn send_and_await(&mut self, now: Instant, frame: Vec<u8>) {
        self.outputs.push_back(Output::Send(frame));
        self.timers.set(Timer::Answer, now + ANSWER_WITHIN);
    }

    fn await_life(&mut self, now: Instant) {
        self.timers.set(Timer::Test, now + TEST_EVERY);
        self.timers.set(Timer::Stale, now + STALE_AFTER);
    }

    /// Ids are never 0.
    fn next_id(&mut self) -> u32 {
        self.last_id = self.last_id.checked_add(1).unwrap_or(LOGIN_ID + 1);
        self.last_id
    }

    fn note(&mut self, kind: NoticeKind) {
        self.notices.add(kind);
        self.hand_over_notices();
    }

    fn hand_over_notices(&mut self) {
        self.outputs.extend(self.notices.drain().map(Output::Noted));
    }

    fn close(&mut self, trouble: Trouble) {
        self.timers.clear_all();
        self.stage = Stage::Over;
        self.outputs.push_back(Output::Close(trouble));
    }
}
