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
    let times = Times::of(day, of);
    let id = |axis: usize, unit: usize| ids.get(axis).and_then(|ids| ids.get(unit)).copied().unwrap_or(0);
    let mut spans = Vec::with_capacity(units.calls.len());
    for unit in 0..units.calls.len() {
        let ids = (id(0, unit), id(1, unit));
        times.each(units, unit, |from_ms, to_ms| spans.push(Span { from_ms, to_ms, ids }));
    }
    spans
}

/// Each call once, whatever parts of it the units are.
pub(crate) fn of_calls(day: &Day<'_>, of: Of, units: &Units) -> Vec<Span> {
    let times = Times::of(day, of);
    let mut spans = Vec::with_capacity(units.calls.len());
    let mut own: Vec<(i64, i64)> = Vec::new();
    let mut unit = 0;
    while unit < units.calls.len() {
        let call = units.calls[unit];
        while unit < units.calls.len() && units.calls[unit] == call {
            times.each(units, unit, |from_ms, to_ms| own.push((from_ms, to_ms)));
            unit += 1;
        }
        if own.len() > 1 {
            join(&mut own);
        }
        spans.extend(own.drain(..).map(|(from_ms, to_ms)| Span { from_ms, to_ms, ids: (0, 0) }));
    }
    spans
}

/// The columns that times are in, each found once for the day.
struct Times<'d> {
    day_ms: i64,
    starts: &'d [i64],
    spans: Spans<'d>,
}

enum Spans<'d> {
    Calls {
        totals: &'d [i64],
    },
    Groups {
        froms: &'d [i64],
        tos: &'d [i64],
    },
    Queues {
        /// Where each call's stretches begin, and where the last one's end.
        begins: Vec<usize>,
        froms: &'d [i64],
        tos: &'d [i64],
        /// Of each stretch, and of each unit's part: where only the part's own stretches count.
        groups: Option<(&'d [i64], &'d [i64])>,
    },
}

impl<'d> Times<'d> {
    fn of(day: &'d Day<'_>, of: Of) -> Self {
        let is_of_groups = day.look.plan.scope == Scope::Group;
        let spans = match of {
            Of::Calls if is_of_groups => Spans::Groups {
                froms: day.parts.numbers(Column::GroupFrom),
                tos: day.parts.numbers(Column::GroupTo),
            },
            Of::Calls => Spans::Calls { totals: day.leaf.numbers(Column::Total) },
            Of::Queue => {
                let mut begins = vec![0];
                let mut end = 0;
                for count in day.leaf.numbers(Column::QueueCount) {
                    end += *count as usize;
                    begins.push(end);
                }
                let groups = (day.leaf.numbers(Column::QueueGroup), day.parts.numbers(Column::Group));
                Spans::Queues {
                    begins,
                    froms: day.leaf.numbers(Column::QueueFrom),
                    tos: day.leaf.numbers(Column::QueueTo),
                    groups: is_of_groups.then_some(groups),
                }
            }
        };
        Self { day_ms: day.leaf.from_ms(), starts: day.leaf.numbers(Column::Start), spans }
    }

    fn each(&self, units: &Units, unit: usize, mut with: impl FnMut(i64, i64)) {
        let call = units.calls[unit] as usize;
        let start_ms = self.day_ms + self.starts[call];
        match &self.spans {
            Spans::Calls { totals } => with(start_ms, start_ms + totals[call]),
            Spans::Groups { froms, tos } => {
                let part = units.parts[unit] as usize;
                with(start_ms + froms[part], start_ms + tos[part]);
            }
            Spans::Queues { begins, froms, tos, groups } => {
                let groups = groups.map(|(of, own)| (of, own[units.parts[unit] as usize] + 1));
                for place in begins[call]..begins[call + 1] {
                    if groups.is_none_or(|(of, own)| of[place] == own) {
                        with(start_ms + froms[place], start_ms + tos[place]);
                    }
                }
            }
        }
    }
}
