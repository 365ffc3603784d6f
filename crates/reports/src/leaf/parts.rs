//! The parts that people and groups have in a call.

use super::column::Column;
use super::of::{Draft, length, length_before, main_events};
use super::part;
use model::figures::{self, Figures};
use model::{At, Call, Direction, Event, EventKind};

/// What an extension or group needs to be an entry of the leaf.
pub(super) struct Names<'n> {
    pub(super) site: &'n str,
}

/// Appends a call's parts, and says on the call how many there are.
pub(super) fn add(draft: &mut Draft, call: &Call, figures: &Figures, names: &Names<'_>) {
    let until = call.ended_at.unwrap_or(call.started_at);
    let people = people(call);
    draft.push(Column::PeopleCount, people.len() as i64);
    let missed = figures::missed_by(call);
    for extension in people {
        let bits = if missed.contains(&extension) { part::MISSED } else { 0 };
        add_person(draft, call, extension, bits, until, names);
    }
    let groups = figures::groups(call);
    draft.push(Column::GroupCount, groups.len() as i64);
    for group in groups {
        add_group(draft, call, group, figures.answered_at, names);
    }
    add_queue(draft, call, until, names);
    add_spots(draft, call, names);
}

/// Whose phone rang, who talked, who made the call: each once.
fn people(call: &Call) -> Vec<&str> {
    let mut people = figures::agents_rung(call);
    for extension in figures::agents(call).into_iter().chain(maker(call)) {
        if !people.contains(&extension) {
            people.push(extension);
        }
    }
    people
}

fn maker(call: &Call) -> Option<&str> {
    match call.direction {
        Direction::Inbound => None,
        Direction::Outbound | Direction::Internal => call.caller_extension.as_deref(),
    }
}

fn add_person(draft: &mut Draft, call: &Call, extension: &str, missed: i64, until: At, names: &Names<'_>) {
    let own = || call.events.iter().filter(|event| event.agent.as_deref() == Some(extension));
    let sum = |kinds: &[EventKind]| -> i64 {
        own().filter(|event| kinds.contains(&event.kind)).map(|event| length(event, until)).sum()
    };
    let any = |kinds: &[EventKind]| own().any(|event| kinds.contains(&event.kind));
    let first_talk = own().filter(|event| is_talk(event)).map(|event| event.started_at).min();
    let ringing = own().filter(|event| event.kind == EventKind::Ringing);
    let ring_before: i64 =
        ringing.map(|event| length_before(event, until, first_talk.unwrap_or(until))).sum();
    let bits = [
        (part::RANG, any(&[EventKind::Ringing])),
        (part::TALKED, first_talk.is_some()),
        (part::CONFERENCE, any(&[EventKind::Conference])),
        (part::HELD, any(&[EventKind::Hold, EventKind::TransferHold])),
        (part::MADE, maker(call) == Some(extension)),
    ];
    let bits = bits.into_iter().filter(|(_, is)| *is).fold(missed, |bits, (bit, _)| bits | bit);
    let group = own().find_map(|event| event.group.as_deref());

    let entry = draft.code(Column::Extension, &[names.site, extension]);
    draft.push(Column::Extension, entry);
    let group = group_from_1(draft, group, names);
    draft.push(Column::PersonGroup, group);
    draft.push(Column::PersonBits, bits);
    draft.push(Column::PersonTalk, sum(&[EventKind::Talking, EventKind::Conference]));
    draft.push(Column::PersonRing, sum(&[EventKind::Ringing]));
    draft.push(Column::PersonRingBefore, ring_before);
    draft.push(Column::PersonHold, sum(&[EventKind::Hold, EventKind::TransferHold]));
    draft.push(Column::PersonTransferHold, sum(&[EventKind::TransferHold]));
    draft.push(Column::PersonPark, sum(&[EventKind::Park]));
    let transfers = own().filter(|event| event.kind == EventKind::Transfer).count();
    draft.push(Column::PersonTransfers, transfers as i64);
}

fn add_group(draft: &mut Draft, call: &Call, group: &str, answered_at: Option<At>, names: &Names<'_>) {
    let until = call.ended_at.unwrap_or(call.started_at);
    let all = || call.events.iter().filter(|event| event.group.as_deref() == Some(group));
    let main = |kind: EventKind| all().filter(move |event| !event.beside && event.kind == kind);
    let sum = |kind: EventKind| -> i64 { main(kind).map(|event| length(event, until)).sum() };
    let waited = main(EventKind::Ringing).chain(main(EventKind::Queue));
    let speed: i64 = waited.map(|event| length_before(event, until, answered_at.unwrap_or(until))).sum();
    let bits = [
        (part::PRESENTED, all().any(|event| matches!(event.kind, EventKind::Ringing | EventKind::Queue))),
        (part::QUEUED, main(EventKind::Queue).next().is_some()),
        (part::RANG, main(EventKind::Ringing).next().is_some()),
    ];
    let bits = bits.into_iter().filter(|(_, is)| *is).fold(0, |bits, (bit, _)| bits | bit);
    let from = all().map(|event| event.started_at).min().unwrap_or(call.started_at);
    let to = all().map(|event| event.ended_at.unwrap_or(until)).max().unwrap_or(until);

    let entry = draft.code(Column::Group, &[names.site, group]);
    draft.push(Column::Group, entry);
    draft.push(Column::GroupBits, bits);
    draft.push(Column::GroupQueue, sum(EventKind::Queue));
    draft.push(Column::GroupRing, sum(EventKind::Ringing));
    draft.push(Column::GroupSpeed, speed);
    draft.push(Column::GroupFrom, from - call.started_at);
    draft.push(Column::GroupTo, to - call.started_at);
}

fn add_queue(draft: &mut Draft, call: &Call, until: At, names: &Names<'_>) {
    let queued: Vec<&Event> = main_events(call).filter(|event| event.kind == EventKind::Queue).collect();
    draft.push(Column::QueueCount, queued.len() as i64);
    for event in queued {
        draft.push(Column::QueueFrom, event.started_at - call.started_at);
        draft.push(Column::QueueTo, event.ended_at.unwrap_or(until) - call.started_at);
        let group = group_from_1(draft, event.group.as_deref(), names);
        draft.push(Column::QueueGroup, group);
    }
}

/// Who talked first and last, and which group had it first and last.
fn add_spots(draft: &mut Draft, call: &Call, names: &Names<'_>) {
    let talked =
        || call.events.iter().filter(|event| is_talk(event)).filter_map(|event| event.agent.as_deref());
    let grouped = || call.events.iter().filter_map(|event| event.group.as_deref());
    for (column, extension) in
        [(Column::FirstAgent, talked().next()), (Column::FinalAgent, talked().next_back())]
    {
        let place =
            extension.map_or(0, |extension| draft.code(Column::Extension, &[names.site, extension]) + 1);
        draft.push(column, place);
    }
    for (column, group) in
        [(Column::FirstGroup, grouped().next()), (Column::FinalGroup, grouped().next_back())]
    {
        let place = group_from_1(draft, group, names);
        draft.push(column, place);
    }
}

fn group_from_1(draft: &mut Draft, group: Option<&str>, names: &Names<'_>) -> i64 {
    group.map_or(0, |group| draft.code(Column::Group, &[names.site, group]) + 1)
}

fn is_talk(event: &Event) -> bool {
    matches!(event.kind, EventKind::Talking | EventKind::Conference)
}
