//! The spans of time that peaks are made of: calls, groups' parts of calls, and stretches in a queue.

use super::day::{Day, Units};
use super::peaks::{Span, join};
use crate::leaf::Column;
use model::report::Scope;

/// Which spans of a call a peak counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Calls,
    Queue,
}

/// Of each unit, those of the row's values; `ids` has an empty list for an axis that changes on the way.
pub(crate) fn of_units(day: &Day<'_>, of: Of, units: &Units, ids: &[&[u32]]) -> Vec<Span> {
    let queues = Queues::of(day, of);
    let id = |axis: usize, unit: usize| ids.get(axis).and_then(|ids| ids.get(unit)).copied().unwrap_or(0);
    let mut spans = Vec::with_capacity(units.calls.len());
    for unit in 0..units.calls.len() {
        let ids = (id(0, unit), id(1, unit));
        each(day, of, &queues, units, unit, |from_ms, to_ms| spans.push(Span { from_ms, to_ms, ids }));
    }
    spans
}

/// Each call once, whatever parts of it the units are.
pub(crate) fn of_calls(day: &Day<'_>, of: Of, units: &Units) -> Vec<Span> {
    let queues = Queues::of(day, of);
    let mut spans = Vec::with_capacity(units.calls.len());
    let mut own: Vec<(i64, i64)> = Vec::new();
    let mut unit = 0;
    while unit < units.calls.len() {
        let call = units.calls[unit];
        while unit < units.calls.len() && units.calls[unit] == call {
            each(day, of, &queues, units, unit, |from_ms, to_ms| own.push((from_ms, to_ms)));
            unit += 1;
        }
        join(&mut own);
        spans.extend(own.drain(..).map(|(from_ms, to_ms)| Span { from_ms, to_ms, ids: (0, 0) }));
    }
    spans
}

fn each(day: &Day<'_>, of: Of, queues: &Queues, units: &Units, unit: usize, mut with: impl FnMut(i64, i64)) {
    let call = units.calls[unit] as usize;
    let start_ms = day.started_at_ms(call);
    let part = units.parts.get(unit).map(|part| *part as usize);
    match (of, day.look.plan.scope, part) {
        (Of::Calls, Scope::Group, Some(part)) => {
            let (from, to) = (day.parts.numbers(Column::GroupFrom), day.parts.numbers(Column::GroupTo));
            with(start_ms + from[part], start_ms + to[part]);
        }
        (Of::Calls, ..) => with(start_ms, start_ms + day.leaf.numbers(Column::Total)[call]),
        (Of::Queue, scope, part) => {
            let group = part.filter(|_| scope == Scope::Group);
            let group = group.map(|part| day.parts.numbers(Column::Group)[part] + 1);
            for place in queues.begins[call]..queues.begins[call + 1] {
                if group.is_none_or(|group| day.leaf.numbers(Column::QueueGroup)[place] == group) {
                    let from_ms = day.leaf.numbers(Column::QueueFrom)[place];
                    with(start_ms + from_ms, start_ms + day.leaf.numbers(Column::QueueTo)[place]);
                }
            }
        }
    }
}

/// Where each call's stretches in a queue begin, and where the last one's end.
struct Queues {
    begins: Vec<usize>,
}

impl Queues {
    fn of(day: &Day<'_>, of: Of) -> Self {
        let mut begins = vec![0];
        if of == Of::Queue {
            let mut end = 0;
            for count in day.leaf.numbers(Column::QueueCount) {
                end += *count as usize;
                begins.push(end);
            }
        }
        Self { begins }
    }
}
