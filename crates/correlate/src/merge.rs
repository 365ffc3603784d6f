//! Two calls that a manager knows to be one.

use crate::joined::absorb;
use model::{At, Call, Event, EventKind, Match, MatchMethod};

/// The two as one. Records alone become part of what DevLink3 told of the same time; of two like calls, the later goes
/// on where the earlier ended.
pub(crate) fn merge(a: &Call, b: &Call) -> Call {
    let (first, second) = if (a.started_at, a.id) <= (b.started_at, b.id) { (a, b) } else { (b, a) };
    let mut call = match (told(first), told(second)) {
        (true, false) if overlap(first, second) => with_records(first, second),
        (false, true) if overlap(first, second) => with_records(second, first),
        _ => one_after_the_other(first, second),
    };
    call.related.retain(|related| related.id != first.id && related.id != second.id);
    if first.is_counted() || second.is_counted() {
        // What one of them was part of is no reason to leave the other out of the figures.
        call.related.retain(|related| !related.relation.is_part());
    }
    call.basis.matched = Some(Match { method: MatchMethod::ByHand, confidence: 1.0, clock_ahead_ms: 0 });
    call.basis.decisions = first.basis.decisions.iter().chain(&second.basis.decisions).copied().collect();
    call
}

/// By DevLink3, and no records joined yet.
fn told(call: &Call) -> bool {
    call.basis.devlink_facts > 0 && call.basis.records.is_empty()
}

fn overlap(a: &Call, b: &Call) -> bool {
    let only_records = |call: &Call| call.basis.devlink_facts == 0;
    let end = |call: &Call| call.ended_at.unwrap_or(At(i64::MAX));
    (only_records(a) || only_records(b)) && a.started_at <= end(b) && b.started_at <= end(a)
}

fn with_records(told: &Call, records: &Call) -> Call {
    let mut call = told.clone();
    absorb(&mut call, records);
    call.related.extend(records.related.iter().copied());
    call
}

fn one_after_the_other(first: &Call, second: &Call) -> Call {
    let mut call = first.clone();
    call.events = events(first, second);
    let first_end = first.ended_at.unwrap_or(second.started_at);
    if second.ended_at.is_none_or(|ended| ended >= first_end) {
        call.ended_at = second.ended_at;
        call.ending = second.ending;
    }
    let fill = |slot: &mut Option<String>, from: &Option<String>| {
        if slot.is_none() {
            slot.clone_from(from);
        }
    };
    fill(&mut call.external_number, &second.external_number);
    fill(&mut call.external_e164, &second.external_e164);
    fill(&mut call.external_name, &second.external_name);
    fill(&mut call.account_code, &second.account_code);
    fill(&mut call.tag, &second.tag);
    call.emergency |= second.emergency;
    call.charge_ten_thousandths = match (first.charge_ten_thousandths, second.charge_ten_thousandths) {
        (None, None) => None,
        (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
    };
    call.related.extend(second.related.iter().copied());
    let basis = &mut call.basis;
    basis.devlink_facts += second.basis.devlink_facts;
    basis.legs.extend(second.basis.legs.iter().copied());
    basis.records.extend(second.basis.records.iter().copied());
    basis.first = basis.first.min(second.basis.first);
    basis.last = basis.last.max(second.basis.last);
    call
}

/// The main events of both follow each other without gap or overlap: what lies between is a transfer, and what both
/// cover is the first one's.
fn events(first: &Call, second: &Call) -> Vec<Event> {
    let mut events = first.events.clone();
    let Some(first_end) = first.ended_at else { return events };
    if second.started_at > first_end {
        events.push(Event {
            kind: EventKind::Transfer,
            started_at: first_end,
            ended_at: Some(second.started_at),
            ..Event::default()
        });
    }
    events.extend(second.events.iter().map(|event| {
        if event.beside || event.started_at >= first_end {
            return event.clone();
        }
        match event.ended_at {
            Some(ended_at) if ended_at <= first_end => Event { beside: true, ..event.clone() },
            _ => Event { started_at: first_end, ..event.clone() },
        }
    }));
    events
}
