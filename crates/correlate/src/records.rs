//! A call from SMDR alone: the records of one call, laid out in time.

use crate::group::{Group, Segment};
use crate::outside::{fill, without_access};
use crate::site::Rules;
use model::fact::{DeviceKind, RecordDirection};
use model::{At, Call, Direction, Event, EventKind, SiteId};
use rustc_hash::FxHashSet;

/// Targeting cause source of an auto attendant.
const SOURCE_AUTO_ATTENDANT: &str = "AA";
/// Reasons of a transfer proposed and done: the field's third party is who transferred.
const REASONS_OF_TRANSFER: [&str; 2] = ["XfP", "Xfd"];

pub(crate) fn call_of(group: &Group, site: SiteId, rules: &Rules, hunt_groups: &FxHashSet<Box<str>>) -> Call {
    let Some(first) = group.segments.first() else { return Call::default() };
    let mut call = Call {
        id: group.own_id(),
        site,
        direction: direction(first),
        started_at: group.key.started_at.plus_ms(-group.ahead_ms),
        start_known: true,
        ..Call::default()
    };
    describe(&mut call, group, rules);
    let mut at = call.started_at;
    for place in 0..group.segments.len() {
        at = lay_out(&mut call, group, place, at, hunt_groups);
    }
    call.ended_at = Some(at);
    call.basis.first = first.position;
    call.basis.last = group.segments.last().map_or(first.position, |segment| segment.position);
    call.basis.records = group.record_refs().collect();
    call.related.clone_from(&group.related);
    let main = call.events.iter().find(|event| event.kind == EventKind::Conference);
    let maker = main.and_then(|event| event.agent.clone());
    for event in group.beside.iter().filter(|event| event.agent != maker) {
        let ended_at = event.ended_at.map(|ended| ended.plus_ms(-group.ahead_ms).min(at));
        let started_at = event.started_at.plus_ms(-group.ahead_ms).min(at);
        call.events.push(Event { started_at, ended_at, ..event.clone() });
    }
    call
}

/// What records tell beyond the course of the call: also added to a call that DevLink3 told.
pub(crate) fn describe(call: &mut Call, group: &Group, rules: &Rules) {
    let Some(first) = group.segments.first() else { return };
    match call.direction {
        Direction::Inbound => {
            // Withheld is what says so; a number that merely is missing is missing.
            call.withheld |= call.external_number.is_none() && first.caller.is_empty();
            fill(&mut call.external_number, &first.caller);
            fill(&mut call.dialed_number, &first.dialled);
        }
        Direction::Outbound => {
            fill(&mut call.dialed_number, &first.dialled);
            let number = if first.called == first.dialled {
                without_access(&first.called, rules)
            } else {
                &first.called
            };
            fill(&mut call.external_number, number);
            fill(&mut call.caller_extension, first.party1.extension().unwrap_or(&first.caller));
        }
        Direction::Internal => {
            fill(&mut call.dialed_number, &first.dialled);
            fill(&mut call.caller_extension, first.party1.extension().unwrap_or(&first.caller));
        }
    }
    for segment in &group.segments {
        fill(&mut call.account_code, &segment.account);
        for party in [&segment.party1, &segment.party2] {
            if party.kind == DeviceKind::Trunk && call.direction != Direction::Internal {
                fill(&mut call.trunk, if party.name.is_empty() { &party.number } else { &party.name });
            }
        }
    }
    let charges = group.segments.iter().filter_map(|segment| segment.charge);
    let own = charges.fold(None, |sum, charge| Some(sum.unwrap_or(0) + charge));
    call.charge_ten_thousandths = own.or(call.charge_ten_thousandths);
}

/// I and O as printed; between two extensions it is internal, whatever the flag says.
pub(crate) fn direction(first: &Segment) -> Direction {
    let between_extensions = first.party1.extension().is_some() && first.party2.extension().is_some();
    if first.is_internal || between_extensions {
        return Direction::Internal;
    }
    match first.direction {
        RecordDirection::In => Direction::Inbound,
        RecordDirection::Out => Direction::Outbound,
    }
}

/// The events of one record from `at` on; returns when it ends. A record tells lengths, not their order: ringing comes
/// first, then talking, hold and park. A hold with nothing after it was taken back or hung up on, which a record does
/// not tell: it is laid amid the talking, and the call is not called abandoned.
fn lay_out(call: &mut Call, group: &Group, place: usize, at: At, hunt_groups: &FxHashSet<Box<str>>) -> At {
    let segment = &group.segments[place];
    let next = group.segments.get(place + 1);
    let (agent, other) = people(call.direction, segment);
    let hunt_group = hunt_groups.contains(segment.called.as_str()).then(|| segment.called.clone());
    let sent_to = sent_outside(segment);
    let talk = talking_kind(segment, next);
    let talker = match talk {
        EventKind::Talking => agent,
        // The channel's record names nobody: whoever held before made the conference.
        EventKind::Conference => {
            agent.or_else(|| group.segments[..place].iter().rev().find_map(Segment::extension))
        }
        _ => None,
    };
    let mut at = at;
    let mut push = |kind: EventKind, ms: i64, agent: Option<&str>, party: Option<&str>| {
        if ms > 0 || kind != EventKind::Talking {
            let ended_at = at.plus_ms(ms);
            call.events.push(Event {
                kind,
                started_at: at,
                ended_at: Some(ended_at),
                agent: agent.map(str::to_owned),
                group: hunt_group.clone(),
                party: party.map(str::to_owned),
                ..Event::default()
            });
            at = ended_at;
        }
    };

    let never_connected =
        segment.connected_seconds == 0 && segment.hold_seconds == 0 && segment.park_seconds == 0;
    if segment.ring_seconds > 0 || (never_connected && next.is_none()) {
        let (kind, who) = match call.direction {
            Direction::Inbound if sent_to.is_some() => (EventKind::Dialing, None),
            Direction::Inbound => (EventKind::Ringing, agent),
            Direction::Outbound => (EventKind::Dialing, agent),
            Direction::Internal => {
                (EventKind::Ringing, other.or(Some(segment.called.as_str()).filter(|n| !n.is_empty())))
            }
        };
        push(kind, ms(segment.ring_seconds), who, sent_to);
    }
    let party = other.filter(|_| talk == EventKind::Talking).or(sent_to);
    let talked = ms(segment.connected_seconds);
    let goes_on = next.is_some() || segment.continues;
    let amid = segment.hold_seconds > 0 && !goes_on && talk == EventKind::Talking;
    let before_hold = if amid { talked / 2 } else { talked };
    if segment.connected_seconds > 0 {
        push(talk, before_hold, talker, party);
    }
    if segment.hold_seconds > 0 {
        let handed_over = goes_on && next.is_none_or(|next| next.conference().is_none());
        let kind = if handed_over { EventKind::TransferHold } else { EventKind::Hold };
        push(kind, ms(segment.hold_seconds), agent, None);
    }
    if amid {
        push(talk, talked - before_hold, talker, party);
    }
    if segment.park_seconds > 0 {
        push(EventKind::Park, ms(segment.park_seconds), agent, None);
    }
    if talk == EventKind::Talking
        && let (Some(agent), Some(other)) = (agent, other)
    {
        let mains = call.events.iter().filter(|event| event.kind == EventKind::Talking && !event.beside);
        let beside: Vec<Event> = mains
            .map(|main| Event {
                beside: true,
                agent: Some(other.to_owned()),
                party: Some(agent.to_owned()),
                ..main.clone()
            })
            .collect();
        call.events.extend(beside);
    }
    if let Some(next) = next {
        mark_transfer(call, segment, next, at);
    }
    at
}

fn ms(seconds: u32) -> i64 {
    i64::from(seconds) * 1000
}

/// A record between two trunks: the call was sent on to this number outside.
fn sent_outside(segment: &Segment) -> Option<&str> {
    let both = segment.party1.kind == DeviceKind::Trunk && segment.party2.kind == DeviceKind::Trunk;
    (both && !segment.targeted.is_empty()).then_some(segment.targeted.as_str())
}

/// Who the record is about, and on internal calls whom they talk to.
fn people(direction: Direction, segment: &Segment) -> (Option<&str>, Option<&str>) {
    let (first, second) = (segment.party1.extension(), segment.party2.extension());
    match direction {
        Direction::Inbound | Direction::Outbound => (first.or(second), None),
        Direction::Internal => (first, second),
    }
}

/// A voicemail channel from which the call goes on to somebody was an auto attendant.
fn talking_kind(segment: &Segment, next: Option<&Segment>) -> EventKind {
    let meets = |kind| segment.party1.kind == kind || segment.party2.kind == kind;
    if meets(DeviceKind::Voicemail) {
        let source = segment.cause.split_whitespace().next().unwrap_or_default();
        return if source == SOURCE_AUTO_ATTENDANT || next.is_some() {
            EventKind::AutoAttendant
        } else {
            EventKind::Voicemail
        };
    }
    if meets(DeviceKind::Conference) { EventKind::Conference } else { EventKind::Talking }
}

/// Picking up a call that rings or is parked elsewhere, and making a conference of it, is no transfer.
fn mark_transfer(call: &mut Call, from: &Segment, to: &Segment, at: At) {
    let met = (from.connected_seconds > 0 || from.hold_seconds > 0) && from.park_seconds == 0;
    let changes_hands = met && from.party1.number != to.party1.number && to.conference().is_none();
    if (!changes_hands && !REASONS_OF_TRANSFER.contains(&to.reason())) || from.extension().is_none() {
        return;
    }
    let party = to.extension().map(str::to_owned).or_else(|| sent_outside(to).map(str::to_owned));
    call.events.push(Event {
        kind: EventKind::Transfer,
        started_at: at,
        ended_at: Some(at),
        beside: true,
        agent: from.extension().map(str::to_owned),
        party,
        ..Event::default()
    });
}
