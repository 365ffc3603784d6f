//! One conversation in progress, as DevLink3's legs tell it.

use crate::group::GroupKey;
use crate::timeline;
use model::fact::{CallState, EndId, LegId, NodeId};
use model::{AgentState, At, Call, CallId, Direction, EventKind, Position, Related, Relation, SiteId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Conversation {
    /// As DevLink3 tells it, always up to date.
    pub(crate) call: Call,
    /// Records that were joined with it.
    pub(crate) groups: Vec<GroupKey>,
    pub(crate) legs: Vec<Leg>,
    /// The end of the outside party: it *is* the conversation, whatever the PBX puts at its other side.
    pub(crate) outside: Option<EndId>,
    /// The end that began an internal or outbound call.
    pub(crate) origin: EndId,
    pub(crate) direction_decided: bool,
    /// Line.channel of the outside party: it carries one call at a time.
    pub(crate) channel: Option<Channel>,
    /// Since when one party is alone on the last leg.
    pub(crate) alone_since: Option<At>,
    /// Whether the calling side was first to leave.
    pub(crate) first_left: Option<Side>,
    /// Which side the PBX says hung up.
    pub(crate) hung_up: Option<Side>,
    /// A party left by transfer.
    pub(crate) transferred: bool,
    /// The call that this one is part of: a consultation of the person who holds it, or a leg of its conference.
    pub(crate) part_of: Option<(CallId, Relation)>,
    /// The conference it is in.
    pub(crate) conference: Option<Channel>,
    /// Who made the conference was seen in it.
    pub(crate) maker_joined: bool,
    /// Seen since the last event request.
    pub(crate) confirmed: bool,
    pub(crate) published: bool,
    pub(crate) dirty: bool,
    /// Phones busy with it, in what way.
    pub(crate) involved: Vec<(String, AgentState)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Side {
    Calling,
    Receiving,
}

/// A line's or conference's channel of a node, by its description.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Channel {
    pub(crate) node: NodeId,
    pub(crate) name: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Leg {
    pub(crate) id: LegId,
    pub(crate) ends: Vec<LegEnd>,
    pub(crate) targets: Vec<LegEnd>,
    /// Parties that another took the place of; the PBX has yet to say that they left, and why.
    pub(crate) departed: Vec<LegEnd>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LegEnd {
    pub(crate) id: EndId,
    /// Extension, where it has one.
    pub(crate) identity: String,
}

impl Leg {
    pub(crate) fn all_ends(&self) -> impl Iterator<Item = EndId> + '_ {
        self.ends.iter().chain(&self.targets).chain(&self.departed).map(|end| end.id)
    }

    /// Takes over the ends of `state`. Returns false when they are the ones it had.
    pub(crate) fn take_ends(&mut self, state: &CallState<'_>) -> bool {
        let new = || std::iter::once(&state.a).chain(state.b.as_ref());
        let same_ends = self.ends.iter().map(|end| end.id).eq(new().map(|end| end.id));
        let same_targets =
            self.targets.iter().map(|end| end.id).eq(state.targets.iter().map(|target| target.id));
        if same_ends && same_targets {
            return false;
        }
        let departed = self.ends.drain(..).filter(|old| new().all(|end| end.id != old.id));
        self.departed.extend(departed);
        self.departed.retain(|old| new().all(|end| end.id != old.id));
        self.ends = new().map(|end| LegEnd { id: end.id, identity: end.identity.to_owned() }).collect();
        self.targets = state
            .targets
            .iter()
            .map(|target| LegEnd { id: target.id, identity: target.identity.to_owned() })
            .collect();
        true
    }
}

impl Conversation {
    pub(crate) fn begin(now: At, site: SiteId, position: Position, origin: EndId) -> Self {
        let mut call = Call {
            id: CallId::begun_at(position),
            site,
            started_at: now,
            start_known: true,
            ..Call::default()
        };
        call.basis.first = position;
        Self {
            call,
            groups: Vec::new(),
            legs: Vec::new(),
            outside: None,
            origin,
            direction_decided: false,
            channel: None,
            alone_since: None,
            first_left: None,
            hung_up: None,
            transferred: false,
            part_of: None,
            conference: None,
            maker_joined: false,
            confirmed: true,
            published: false,
            dirty: false,
            involved: Vec::new(),
        }
    }

    /// Lifting a phone and putting it back is no call; dialling digits or meeting another party is.
    pub(crate) fn is_call(&self) -> bool {
        self.outside.is_some() || self.call.dialed_number.is_some() || self.met_someone()
    }

    /// Some other party rang or answered.
    pub(crate) fn met_someone(&self) -> bool {
        self.call
            .events
            .iter()
            .any(|event| !matches!(event.kind, EventKind::Dialing | EventKind::Busy | EventKind::Transfer))
    }

    pub(crate) fn note(&mut self, position: Position) {
        self.call.basis.devlink_facts += 1;
        self.call.basis.last = position;
    }

    pub(crate) fn leg_mut(&mut self, id: LegId) -> &mut Leg {
        if let Some(index) = self.legs.iter().position(|leg| leg.id == id) {
            return &mut self.legs[index];
        }
        if !self.call.basis.legs.contains(&id) {
            self.call.basis.legs.push(id);
        }
        self.legs.push(Leg { id, ends: Vec::new(), targets: Vec::new(), departed: Vec::new() });
        let last = self.legs.len() - 1;
        &mut self.legs[last]
    }

    /// Somebody called out and nobody has answered.
    pub(crate) fn never_got_through(&self) -> bool {
        self.call.direction == Direction::Outbound
            && self.call.events.iter().all(|event| matches!(event.kind, EventKind::Dialing | EventKind::Busy))
    }

    /// Extensions on its legs.
    pub(crate) fn people(&self) -> impl Iterator<Item = String> + '_ {
        let ends = self.legs.iter().flat_map(|leg| &leg.ends);
        ends.filter(|end| !end.identity.is_empty()).map(|end| end.identity.clone())
    }

    pub(crate) fn has_end(&self, end: EndId) -> bool {
        self.legs.iter().any(|leg| leg.ends.iter().any(|known| known.id == end))
    }

    /// The side an end is on: the calling side is who began the call.
    pub(crate) fn side_of(&self, end: EndId) -> Side {
        let caller = match self.call.direction {
            model::Direction::Inbound => self.outside,
            model::Direction::Outbound | model::Direction::Internal => Some(self.origin),
        };
        if caller == Some(end) { Side::Calling } else { Side::Receiving }
    }

    /// Whether `extension` had this call on hold at some time since `since`.
    pub(crate) fn held_by_since(&self, extension: &str, since: At) -> bool {
        timeline::held_by_since(&self.call.events, extension, since)
    }

    pub(crate) fn relate(&mut self, id: CallId, relation: Relation) {
        relate(&mut self.call, id, relation);
    }

    pub(crate) fn unrelate(&mut self, id: CallId) {
        self.call.related.retain(|related| related.id != id);
    }
}

pub(crate) fn relate(call: &mut Call, id: CallId, relation: Relation) {
    let related = Related { id, relation };
    if !call.related.contains(&related) {
        call.related.push(related);
    }
}
