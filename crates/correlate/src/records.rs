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
        started_at: group.key.started_at,
        start_known: true,
        ..Call::default()
    };
    describe(&mut call, group, rules);
    let mut at = call.started_at;
    for (index, segment) in group.segments.iter().enumerate() {
        let next = group.segments.get(index + 1);
        at = lay_out(&mut call, segment, next, at, hunt_groups);
    }
    call.ended_at = Some(at);
    call.basis.first = first.position;
    call.basis.last = group.segments.last().map_or(first.position, |segment| segment.position);
    call.basis.records = group.record_refs().collect();
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
    let charges: Vec<i64> = group.segments.iter().filter_map(|segment| segment.charge).collect();
    if !charges.is_empty() {
        call.charge_ten_thousandths = Some(charges.iter().sum());
    }
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
/// first, then talking, hold and park.
fn lay_out(
    call: &mut Call,
    segment: &Segment,
    next: Option<&Segment>,
    at: At,
    hunt_groups: &FxHashSet<Box<str>>,
) -> At {
    let (agent, other) = people(call.direction, segment);
    let group = hunt_groups.contains(segment.called.as_str()).then(|| segment.called.clone());
    let mut at = at;
    let mut push = |kind: EventKind, seconds: u32, agent: Option<&str>, party: Option<&str>| {
        let ended_at = at.plus_ms(i64::from(seconds) * 1000);
        call.events.push(Event {
            kind,
            started_at: at,
            ended_at: Some(ended_at),
            agent: agent.map(str::to_owned),
            group: group.clone(),
            party: party.map(str::to_owned),
            ..Event::default()
        });
        at = ended_at;
    };

    let never_connected =
        segment.connected_seconds == 0 && segment.hold_seconds == 0 && segment.park_seconds == 0;
    let talk = talking_kind(segment);
    if segment.ring_seconds > 0 || (never_connected && next.is_none()) {
        let (kind, who) = match call.direction {
            Direction::Inbound => (EventKind::Ringing, agent),
            Direction::Outbound => (EventKind::Dialing, agent),
            Direction::Internal => {
                (EventKind::Ringing, other.or(Some(segment.called.as_str()).filter(|n| !n.is_empty())))
            }
        };
        push(kind, segment.ring_seconds, who, None);
    }
    if segment.connected_seconds > 0 {
        let person = agent.filter(|_| matches!(talk, EventKind::Talking | EventKind::Conference));
        push(talk, segment.connected_seconds, person, other.filter(|_| talk == EventKind::Talking));
    }
    if segment.hold_seconds > 0 {
        let kind = if next.is_some() { EventKind::TransferHold } else { EventKind::Hold };
        push(kind, segment.hold_seconds, agent, None);
    }
    if segment.park_seconds > 0 {
        push(EventKind::Park, segment.park_seconds, agent, None);
    }
    if talk == EventKind::Talking
        && segment.connected_seconds > 0
        && let (Some(agent), Some(other)) = (agent, other)
        && let Some(main) = call.events.iter().rfind(|event| event.kind == EventKind::Talking).cloned()
    {
        call.events.push(Event {
            beside: true,
            agent: Some(other.to_owned()),
            party: Some(agent.to_owned()),
            ..main
        });
    }
    if let Some(next) = next {
        mark_transfer(call, segment, next, at);
    }
    at
}

/// Who the record is about, and on internal calls whom they talk to.
fn people(direction: Direction, segment: &Segment) -> (Option<&str>, Option<&str>) {
    let (first, second) = (segment.party1.extension(), segment.party2.extension());
    match direction {
        Direction::Inbound | Direction::Outbound => (first.or(second), None),
        Direction::Internal => (first, second),
    }
}

fn talking_kind(segment: &Segment) -> EventKind {
    let meets = |kind| segment.party1.kind == kind || segment.party2.kind == kind;
    if meets(DeviceKind::Voicemail) {
        let source = segment.cause.split_whitespace().next().unwrap_or_default();
        return if source == SOURCE_AUTO_ATTENDANT { EventKind::AutoAttendant } else { EventKind::Voicemail };
    }
    if meets(DeviceKind::Conference) { EventKind::Conference } else { EventKind::Talking }
}

fn mark_transfer(call: &mut Call, from: &Segment, to: &Segment, at: At) {
    let reason = to.cause.split_whitespace().nth(1).unwrap_or_default();
    let changes_hands = from.party1.number != to.party1.number;
    if !changes_hands && !REASONS_OF_TRANSFER.contains(&reason) {
        return;
    }
    call.events.push(Event {
        kind: EventKind::Transfer,
        started_at: at,
        ended_at: Some(at),
        beside: true,
        agent: from.party1.extension().map(str::to_owned),
        party: to.party1.extension().map(str::to_owned),
        ..Event::default()
    });
}
