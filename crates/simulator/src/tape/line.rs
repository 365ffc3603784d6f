//! The DevLink3 side of a tape: what goes over the line, and what a client would journal of it.

use crate::leg::Saying;
use crate::settings::SipTrack;
use crate::standing::Standing;
use crate::wire;
use devlink3::message::{EventsResult, Response};
use devlink3::{Flag, Flags};
use model::fact::{LegId, NodeId};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// A short frame's first byte and length stand before its payload.
const FRAME_HEADER_BYTES: usize = 3;
const REQUEST_ID: u32 = 3;

pub(super) struct Line {
    state: State,
    flags: Flags,
    counters: BTreeMap<NodeId, u32>,
    standing: Standing,
    /// Which call a leg belongs to.
    calls: HashMap<LegId, u64>,
}

/// What comes when events are granted.
pub(super) struct Snapshot {
    /// Payload of the PBX's answer.
    pub(super) answer: Vec<u8>,
    /// The states of all calls in progress.
    pub(super) states: Vec<Progress>,
}

/// The state of one leg, and the number of its call.
pub(super) struct Progress {
    pub(super) call: Option<u64>,
    pub(super) bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// There is no DevLink3 on this tape.
    Absent,
    Down,
    Up,
}

impl Line {
    pub(super) fn absent() -> Self {
        Self::in_state(State::Absent, SipTrack::Off)
    }

    /// Until the first snapshot.
    pub(super) fn down(sip_track: SipTrack) -> Self {
        Self::in_state(State::Down, sip_track)
    }

    fn in_state(state: State, sip_track: SipTrack) -> Self {
        let flags = Flags::NONE.with(Flag::Scn).with(Flag::CmExtn);
        let flags = match sip_track {
            SipTrack::On => flags.with(Flag::SipTrack),
            SipTrack::Off => flags,
        };
        Self { state, flags, counters: BTreeMap::new(), standing: Standing::default(), calls: HashMap::new() }
    }

    pub(super) fn is_down(&self) -> bool {
        self.state == State::Down
    }

    /// What is journalled of what the PBX says about a call; `None` while nobody hears it.
    pub(super) fn say(&mut self, call: u64, saying: &Saying) -> Option<Vec<u8>> {
        self.standing.heard(saying);
        match saying {
            Saying::State(leg) => {
                self.calls.insert(leg.id, call);
            }
            Saying::Sip(_) if !self.flags.contains(Flag::SipTrack) => return None,
            Saying::Left(_) | Saying::Refused(_) | Saying::Note(_) | Saying::Sip(_) => {}
        }
        if self.state != State::Up {
            return None;
        }
        self.payload(saying)
    }

    /// A call is over and its legs with it.
    pub(super) fn forget(&mut self, call: u64) {
        self.calls.retain(|_, known| *known != call);
    }

    pub(super) fn lose(&mut self) {
        if self.state == State::Up {
            self.state = State::Down;
        }
    }

    /// Events are granted.
    pub(super) fn snapshot(&mut self) -> Snapshot {
        self.state = State::Up;
        self.counters.clear();
        let flags = Cow::Owned(self.flags.to_string());
        let answer = Response::Events { id: REQUEST_ID, result: EventsResult::Success, flags };
        let frame = answer.to_frame().unwrap_or_default();
        let answer = frame.get(FRAME_HEADER_BYTES..).unwrap_or_default().to_vec();
        let legs: Vec<_> = self.standing.legs().map(|leg| Saying::State(Box::new(leg.clone()))).collect();
        let mut states = Vec::with_capacity(legs.len());
        for saying in legs {
            let call = match &saying {
                Saying::State(leg) => self.calls.get(&leg.id).copied(),
                Saying::Left(_) | Saying::Refused(_) | Saying::Note(_) | Saying::Sip(_) => None,
            };
            states.extend(self.payload(&saying).map(|bytes| Progress { call, bytes }));
        }
        Snapshot { answer, states }
    }

    fn payload(&mut self, saying: &Saying) -> Option<Vec<u8>> {
        let counter = self.counters.entry(saying.node()).or_default();
        *counter = counter.wrapping_add(1);
        match wire::payload(saying, *counter) {
            Ok(payload) => Some(payload),
            Err(error) => {
                tracing::error!(%error, "an event cannot be written");
                None
            }
        }
    }
}
