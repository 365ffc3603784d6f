//! What records add to a call that DevLink3 told, and how it is taken away again.

use crate::group::Group;
use crate::records::{call_of, describe};
use crate::site::Rules;
use model::{Call, Ending, Event, EventKind, Filled};
use rustc_hash::FxHashSet;

/// Adds the records of `group`: charges, account codes, what DevLink3 did not say, and the beginning and end it did not
/// see. The times it did see stay DevLink3's.
pub(crate) fn add(call: &mut Call, group: &Group, rules: &Rules, hunt_groups: &FxHashSet<Box<str>>) {
    for record in group.record_refs() {
        if !call.basis.records.contains(&record) {
            call.basis.records.push(record);
            call.basis.last = call.basis.last.max(record.position);
        }
    }
    call.basis.matched = call.basis.matched.or(group.matched);
    let missing = missing(call);
    let charged = call.charge_ten_thousandths;
    describe(call, group, rules);
    call.charge_ten_thousandths = match (charged, charge(group)) {
        (None, None) => None,
        (before, own) => Some(before.unwrap_or(0) + own.unwrap_or(0)),
    };
    call.basis.filled.fields |= missing & !self::missing(call);
    if !call.start_known || call.ending == Some(Ending::Unseen) {
        let records = call_of(group, call.site, rules, hunt_groups);
        begin_as(call, &records);
        if group.is_complete() {
            end_as(call, &records);
        }
    }
}

/// The call as DevLink3 told it.
pub(crate) fn bare(call: &Call) -> Call {
    let mut call = call.clone();
    let filled = std::mem::take(&mut call.basis.filled);
    let slots = [
        (Filled::EXTERNAL_NUMBER, &mut call.external_number),
        (Filled::DIALED_NUMBER, &mut call.dialed_number),
        (Filled::CALLER_EXTENSION, &mut call.caller_extension),
        (Filled::ACCOUNT_CODE, &mut call.account_code),
        (Filled::TRUNK, &mut call.trunk),
    ];
    for (field, slot) in slots {
        if filled.has(field) {
            *slot = None;
        }
    }
    if filled.has(Filled::EXTERNAL_NUMBER) {
        call.external_e164 = None;
    }
    call.withheld &= !filled.has(Filled::WITHHELD);
    call.charge_ten_thousandths = call.charge_ten_thousandths.filter(|_| !filled.has(Filled::CHARGE));
    if let Some(seen_from) = filled.seen_from {
        call.events.retain(|event| event.ended_at.is_none_or(|ended| ended > seen_from));
        if let Some(first) = call.events.iter_mut().find(|event| !event.beside) {
            first.started_at = seen_from;
        }
        call.started_at = seen_from;
        call.start_known = false;
    }
    if let Some(seen_until) = filled.seen_until {
        call.events.retain(|event| event.started_at < seen_until || event.started_at == call.started_at);
        if let Some(last) = call.events.iter_mut().rfind(|event| !event.beside) {
            last.ended_at = Some(seen_until);
        }
        call.ended_at = Some(seen_until);
        call.ending = Some(Ending::Unseen);
    }
    call.basis.records.clear();
    call.basis.matched = None;
    call
}

/// `other`, which rests on records alone, is the same call as `call`, which DevLink3 told.
pub(crate) fn absorb(call: &mut Call, other: &Call) {
    let missing = missing(call);
    let fill = |slot: &mut Option<String>, from: &Option<String>| {
        if slot.is_none() {
            slot.clone_from(from);
        }
    };
    fill(&mut call.external_number, &other.external_number);
    fill(&mut call.external_e164, &other.external_e164);
    fill(&mut call.dialed_number, &other.dialed_number);
    fill(&mut call.caller_extension, &other.caller_extension);
    fill(&mut call.account_code, &other.account_code);
    fill(&mut call.trunk, &other.trunk);
    call.charge_ten_thousandths = call.charge_ten_thousandths.or(other.charge_ten_thousandths);
    call.basis.filled.fields |= missing & !self::missing(call);
    call.basis.records.extend(other.basis.records.iter().copied());
    call.basis.last = call.basis.last.max(other.basis.last);
    begin_as(call, other);
    end_as(call, other);
}

fn charge(group: &Group) -> Option<i64> {
    let charges = group.segments.iter().filter_map(|segment| segment.charge);
    charges.fold(None, |sum, charge| Some(sum.unwrap_or(0) + charge))
}

fn missing(call: &Call) -> u16 {
    let fields = [
        (Filled::EXTERNAL_NUMBER, call.external_number.is_none()),
        (Filled::WITHHELD, !call.withheld),
        (Filled::DIALED_NUMBER, call.dialed_number.is_none()),
        (Filled::CALLER_EXTENSION, call.caller_extension.is_none()),
        (Filled::ACCOUNT_CODE, call.account_code.is_none()),
        (Filled::TRUNK, call.trunk.is_none()),
        (Filled::CHARGE, call.charge_ten_thousandths.is_none()),
    ];
    fields.into_iter().filter(|(_, is_missing)| *is_missing).fold(0, |all, (field, _)| all | field)
}

/// The beginning of a call that was already going when DevLink3 first saw it, as the records lay it out.
fn begin_as(call: &mut Call, records: &Call) {
    let first_seen = call.started_at;
    if call.start_known || records.started_at > first_seen {
        return;
    }
    let before = records.events.iter().filter(|event| event.started_at < first_seen);
    let mut events: Vec<Event> = before
        .map(|event| Event { ended_at: event.ended_at.map(|ended| ended.min(first_seen)), ..event.clone() })
        .collect();
    // Records that end too early leave a stretch of which only its end was seen.
    let known_until = events.iter().filter(|event| !event.beside).filter_map(|event| event.ended_at).max();
    let mut seen = std::mem::take(&mut call.events);
    if let Some(first) = seen.iter_mut().find(|event| !event.beside) {
        first.started_at = known_until.unwrap_or(records.started_at);
        let last = events.iter().rposition(|event| !event.beside);
        if let Some(last) = last.filter(|last| goes_on(&events[*last], first)) {
            first.started_at = events.remove(last).started_at;
        }
    }
    events.extend(seen);
    call.events = events;
    call.basis.filled.seen_from = Some(first_seen);
    call.started_at = records.started_at;
    call.start_known = true;
}

/// The end of a call that ended while the link was down, as the records lay it out.
fn end_as(call: &mut Call, records: &Call) {
    let Some(seen_until) = call.ended_at.filter(|_| call.ending == Some(Ending::Unseen)) else { return };
    let Some(ended_at) = records.ended_at else { return };
    call.basis.filled.seen_until = Some(seen_until);
    call.ending = None;
    if ended_at <= seen_until {
        return;
    }
    let after = records.events.iter().filter(|event| event.ended_at.is_some_and(|ended| ended > seen_until));
    for event in after {
        let started_at = event.started_at.max(seen_until);
        let last = call.events.iter_mut().rfind(|event| !event.beside);
        match last.filter(|last| !event.beside && goes_on(last, event)) {
            Some(last) => last.ended_at = event.ended_at,
            None => call.events.push(Event { started_at, ..event.clone() }),
        }
    }
    if let Some(last) = call.events.iter_mut().rfind(|event| !event.beside) {
        last.ended_at = Some(ended_at);
    }
    call.ended_at = Some(ended_at);
}

/// The same stretch, told by two sources.
fn goes_on(earlier: &Event, later: &Event) -> bool {
    let kind = |event: &Event| match event.kind {
        // Which kind of hold it was shows only later.
        EventKind::TransferHold => EventKind::Hold,
        kind => kind,
    };
    kind(earlier) == kind(later) && earlier.agent == later.agent
}
