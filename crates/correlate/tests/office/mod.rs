//! A small office to write conversations in: ends, legs and a clock in seconds.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use correlate::{Engine, Output, Rules};
use model::fact::{
    CallState, CalledType, Device, DeviceKind, End, EndId, EndState, Equipment, Fact, LegId, NodeId,
    PartyLeft, Queueing, Record, RecordDirection, Target, TargetRefused,
};
use model::{At, Call, CallId, Position, SiteId};
use std::borrow::Cow;
use std::collections::BTreeMap;

pub const SITE: SiteId = SiteId(1);
/// 2026-03-09 10:00:00 UTC
pub const START: i64 = 1_773_050_400_000;

pub struct Office {
    pub engine: Engine,
    pub calls: BTreeMap<CallId, Call>,
    pub gone: Vec<CallId>,
    /// By how much the PBX's clock was found to be ahead, in milliseconds.
    pub clock_ahead: Vec<i64>,
    seq: i64,
}

pub fn at(seconds: f64) -> At {
    At(START + (seconds * 1000.0).round() as i64)
}

pub fn leg(call: u32) -> LegId {
    LegId { node: NodeId(0xc0a8_2a03), call }
}

impl Office {
    /// An office whose link is up and quiet since a minute.
    pub fn open() -> Self {
        let mut office = Self::silent();
        office.tell(-60.0, Fact::SnapshotFollows);
        office
    }

    /// An office of which nothing was ever heard.
    pub fn silent() -> Self {
        let mut engine = Engine::default();
        engine.set_rules(SITE, Rules { access_digits: vec!["9".to_owned()] });
        Self { engine, calls: BTreeMap::new(), gone: Vec::new(), clock_ahead: Vec::new(), seq: 0 }
    }

    pub fn tell(&mut self, seconds: f64, fact: Fact<'_>) {
        self.seq += 1;
        self.engine.handle(at(seconds), SITE, Position { seq: self.seq, index: 0 }, &fact);
        self.collect();
    }

    pub fn state(&mut self, seconds: f64, state: CallState<'_>) {
        self.tell(seconds, Fact::CallState(Box::new(state)));
    }

    pub fn leave(&mut self, seconds: f64, end: u64, hung_up: HungUp, cause: u16) {
        let left = PartyLeft {
            node: NodeId(0xc0a8_2a03),
            end: EndId(end),
            cleared_inbound: hung_up == HungUp::Yes,
            cause,
            stamp_tenths: None,
            transit: false,
        };
        self.tell(seconds, Fact::PartyLeft(left));
    }

    pub fn refuse(&mut self, seconds: f64, end: u64, user: &str) {
        let refused = TargetRefused { node: NodeId(0xc0a8_2a03), end: EndId(end), user, qualifier: "dnd" };
        self.tell(seconds, Fact::TargetRefused(refused));
    }

    pub fn record(&mut self, seconds: f64, record: Record<'_>) {
        self.tell(seconds, Fact::Record(Box::new(record)));
    }

    pub fn wait_until(&mut self, seconds: f64) {
        self.engine.advance(at(seconds));
        self.collect();
    }

    /// Takes the office through a restart: only what is saved, and the ended calls of the library, survive.
    pub fn restart(&mut self) {
        let saved = serde_json::to_vec(&self.engine.save()).expect("the state can be written");
        let saved = serde_json::from_slice(&saved).expect("and read");
        self.engine = Engine::restore(saved);
        self.engine.set_rules(SITE, Rules { access_digits: vec!["9".to_owned()] });
        self.engine.recall(self.calls.values().filter(|call| !call.is_live()).cloned().collect());
    }

    fn collect(&mut self) {
        let Self { engine, calls, gone, clock_ahead, .. } = self;
        engine.drain(|output| match output {
            Output::Call(call) => {
                calls.insert(call.id, *call);
            }
            Output::Gone(id) => {
                calls.remove(&id);
                gone.push(id);
            }
            Output::Agent(..) => {}
            Output::ClockDiffers(_, ahead_ms) => clock_ahead.push(ahead_ms),
        });
    }

    /// The calls that count, in the order they began.
    pub fn counted(&self) -> Vec<&Call> {
        self.calls.values().filter(|call| call.is_counted()).collect()
    }

    pub fn only(&self) -> &Call {
        let counted = self.counted();
        assert_eq!(counted.len(), 1, "one conversation is one call: {counted:#?}");
        counted[0]
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum HungUp {
    Yes,
    No,
}

pub fn trunk_in(id: u64, state: EndState) -> End<'static> {
    End {
        id: EndId(id),
        came_in: true,
        state,
        audio: true,
        public_line: true,
        equipment: Equipment::ISDN_TRUNK,
        description: "5.23",
        did: "5678",
        cli: "01707123456",
        cli_presentation: 100,
        ..End::default()
    }
}

pub fn trunk_out(id: u64, state: EndState, number: &'static str) -> End<'static> {
    End {
        id: EndId(id),
        came_in: false,
        state,
        audio: true,
        public_line: true,
        equipment: Equipment::ISDN_TRUNK,
        description: "5.7",
        target_number: number,
        ..End::default()
    }
}

pub fn phone(id: u64, extension: &'static str, state: EndState) -> End<'static> {
    End {
        id: EndId(id),
        state,
        audio: true,
        equipment: Equipment::H323_PHONE,
        identity: extension,
        cli: extension,
        ..End::default()
    }
}

/// A phone that began the call.
pub fn caller(id: u64, extension: &'static str, state: EndState, dialled: &'static str) -> End<'static> {
    End { came_in: true, dialled, ..phone(id, extension, state) }
}

pub fn held(end: End<'static>) -> End<'static> {
    End { audio: false, ..end }
}

pub fn voicemail(id: u64) -> End<'static> {
    End {
        id: EndId(id),
        state: EndState::CONNECTED,
        audio: true,
        equipment: Equipment::VOICEMAIL,
        called_type: CalledType::VOICEMAIL,
        description: "VM 1",
        ..End::default()
    }
}

pub fn auto_attendant(id: u64) -> End<'static> {
    End { name_type: 12, name: "Main menu", ..voicemail(id) }
}

pub fn target(id: u64, extension: &'static str) -> Target<'static> {
    Target { id: EndId(id), equipment: Equipment::H323_PHONE, identity: extension, ..Target::default() }
}

pub fn ringing(
    call: u32,
    a: End<'static>,
    group: &'static str,
    targets: Vec<Target<'static>>,
) -> CallState<'static> {
    CallState { leg: leg(call), current_group: group, a, targets, ..CallState::default() }
}

pub fn queued(call: u32, a: End<'static>, group: &'static str) -> CallState<'static> {
    CallState { leg: leg(call), current_group: group, queueing: Queueing::Queued, a, ..CallState::default() }
}

pub fn two(call: u32, a: End<'static>, b: End<'static>, group: &'static str) -> CallState<'static> {
    CallState { leg: leg(call), current_group: group, a, b: Some(b), ..CallState::default() }
}

pub fn one(call: u32, a: End<'static>) -> CallState<'static> {
    CallState { leg: leg(call), a, ..CallState::default() }
}

/// An inbound record answered by `extension`.
pub fn inbound_record(
    started: f64,
    call_id: u64,
    ring: u32,
    connected: u32,
    extension: &'static str,
) -> Record<'static> {
    Record {
        started_at: at(started),
        connected_seconds: connected,
        ring_seconds: ring,
        caller: Cow::Borrowed("01707123456"),
        direction: RecordDirection::In,
        called_number: Cow::Borrowed("200"),
        dialled_number: Cow::Borrowed("5678"),
        call_id,
        party1: device(DeviceKind::Extension, extension),
        party2: device(DeviceKind::Trunk, "9005"),
        digest: u128::from(call_id) << 64 | started.to_bits() as u128,
        ..Record::default()
    }
}

pub fn device(kind: DeviceKind, number: &'static str) -> Device<'static> {
    Device { kind, code: Cow::Borrowed(number), number: Cow::Borrowed(number), name: Cow::Borrowed("") }
}

/// Main events in order.
pub fn kinds(call: &Call) -> Vec<model::EventKind> {
    call.events.iter().filter(|event| !event.beside).map(|event| event.kind).collect()
}

/// An outside caller rings group 200: three phones.
pub fn group_rings(office: &mut Office) {
    let targets = vec![target(0x3fe, "4002"), target(0x3ff, "4003"), target(0x407, "4001")];
    office.state(0.0, ringing(3, trunk_in(0x2329, EndState::RINGBACK), "200", targets));
}

pub fn answered_by_4001(office: &mut Office, seconds: f64) {
    office.state(
        seconds,
        two(3, trunk_in(0x2329, EndState::CONNECTED), phone(0x413, "4001", EndState::CONNECTED), "200"),
    );
}
