//! What a leg's state means for the conversation on it.

use model::EventKind;
use model::fact::{CallState, End, EndState, Equipment, Queueing};

/// Name type of a voicemail call flow (an auto attendant).
const NAME_OF_CALL_FLOW: u16 = 12;
const TONE_BUSY: u8 = 6;
/// No office lets more phones ring at once for one call; a list that is longer is not read further.
const MAX_RINGING: usize = 64;

/// What goes on now. `agents` has the person it is about; for ringing, every phone that rings; for talking between two
/// phones, both.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stage<'a> {
    pub(crate) kind: EventKind,
    pub(crate) agents: Vec<&'a str>,
    pub(crate) group: &'a str,
    pub(crate) party: &'a str,
    pub(crate) device: &'a str,
}

/// The end of the outside party: on a public line. Of two (a call sent back out), the one that came in.
pub(crate) fn outside<'s, 'a>(state: &'s CallState<'a>) -> Option<&'s End<'a>> {
    let is_outside = |end: &&End<'_>| end.public_line || end.equipment.is_trunk();
    let a = Some(&state.a).filter(is_outside);
    let b = state.b.as_ref().filter(is_outside);
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.came_in && !a.came_in { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// What `state` shows. `None` while it says nothing new (a party left and nobody has taken its place yet).
pub(crate) fn stage<'a>(state: &CallState<'a>) -> Option<Stage<'a>> {
    let kept = outside(state);
    let other = match (kept, &state.b) {
        (Some(kept), Some(b)) if kept.id == b.id => Some(&state.a),
        (Some(_), None) => None,
        (_, b) => b.as_ref(),
    };
    let first = kept.unwrap_or(&state.a);
    let group = if state.current_group.is_empty() { state.owner_group } else { state.current_group };
    let at = |kind, agents: Vec<&'a str>| Stage { kind, agents, group, party: "", device: "" };

    if !state.targets.is_empty() {
        // A desk phone and its mobile twin are one person who is rung.
        let mut ringing: Vec<&str> = Vec::with_capacity(state.targets.len().min(MAX_RINGING));
        for identity in state.targets.iter().map(|target| target.identity).take(MAX_RINGING) {
            if !identity.is_empty() && !ringing.contains(&identity) {
                ringing.push(identity);
            }
        }
        return Some(at(EventKind::Ringing, ringing));
    }
    if state.queueing != Queueing::No && other.is_none_or(|end| !end.equipment.is_phone()) {
        return Some(at(EventKind::Queue, Vec::new()));
    }
    let Some(other) = other else { return alone(first, at) };
    match other.equipment {
        Equipment::VOICEMAIL => {
            Some(Stage { device: other.description, ..at(voicemail(state, other), Vec::new()) })
        }
        Equipment::PARK_SLOT => Some(Stage { device: other.description, ..at(EventKind::Park, Vec::new()) }),
        equipment if equipment.is_conference() => Some(Stage {
            device: other.description,
            ..at(EventKind::Conference, if first.equipment.is_phone() { agent(first) } else { Vec::new() })
        }),
        equipment if equipment.is_trunk() => Some(sent_out(first, other, group)),
        _ => Some(with_phone(first, other, group, kept.is_some())),
    }
}

fn alone<'a>(end: &End<'a>, at: impl Fn(EventKind, Vec<&'a str>) -> Stage<'a>) -> Option<Stage<'a>> {
    let is_outside = end.public_line || end.equipment.is_trunk();
    if is_outside {
        let arriving = matches!(
            end.state,
            EndState::OFFERING
                | EndState::RINGBACK
                | EndState::OVERLAP_RECEIVE
                | EndState::ACCEPT
                | EndState::RINGING
        );
        return (end.came_in && arriving).then(|| at(EventKind::Ringing, Vec::new()));
    }
    if end.tone == TONE_BUSY {
        return Some(at(EventKind::Busy, agent(end)));
    }
    let dialling = matches!(end.state, EndState::DIALLING | EndState::DIALLED | EndState::DIAL_INITIATED);
    (dialling && end.came_in).then(|| at(EventKind::Dialing, agent(end)))
}

/// A message being left, or a call flow that asks what the caller wants.
fn voicemail(state: &CallState<'_>, end: &End<'_>) -> EventKind {
    let flow =
        end.name_type == NAME_OF_CALL_FLOW || state.call_flow_tenths > 0 || !state.left_call_flow.is_empty();
    if flow && state.voicemail_message.is_empty() { EventKind::AutoAttendant } else { EventKind::Voicemail }
}

/// A caller and a trunk that the PBX dialled out on: the call was sent on to a number outside. Whoever sent it does not
/// talk on it.
fn sent_out<'a>(first: &End<'a>, trunk: &End<'a>, group: &'a str) -> Stage<'a> {
    let party = if trunk.target_number.is_empty() { trunk.cli } else { trunk.target_number };
    let kind = match (trunk.state == EndState::CONNECTED, first.audio && trunk.audio) {
        (false, _) => EventKind::Dialing,
        (true, true) => EventKind::Talking,
        (true, false) => EventKind::Hold,
    };
    Stage { kind, agents: Vec::new(), group, party, device: trunk.description }
}

fn with_phone<'a>(first: &End<'a>, phone: &End<'a>, group: &'a str, external: bool) -> Stage<'a> {
    let at = |kind, agents| Stage { kind, agents, group, party: "", device: "" };
    let both_connected = first.state == EndState::CONNECTED && phone.state == EndState::CONNECTED;
    if first.tone == TONE_BUSY || phone.tone == TONE_BUSY {
        return at(EventKind::Busy, agent(if external { phone } else { first }));
    }
    if external && !first.came_in && first.state != EndState::CONNECTED {
        return Stage { party: first.target_number, ..at(EventKind::Dialing, agent(phone)) };
    }
    if !both_connected {
        // An inbound trunk may be reported connected late: the phone's own state decides.
        let answered = external && first.came_in && phone.state == EndState::CONNECTED;
        if !answered {
            return at(EventKind::Ringing, agent(phone));
        }
    }
    if !(first.audio && phone.audio) {
        let holder = if external || first.audio { phone } else { first };
        return at(EventKind::Hold, agent(holder));
    }
    if external {
        return at(EventKind::Talking, agent(phone));
    }
    let (caller, called) = if first.came_in { (first, phone) } else { (phone, first) };
    let mut both = agent(caller);
    both.extend(agent(called));
    at(EventKind::Talking, both)
}

fn agent<'a>(end: &End<'a>) -> Vec<&'a str> {
    if end.identity.is_empty() { Vec::new() } else { vec![end.identity] }
}
