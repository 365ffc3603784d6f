//! Peaks and states once more: at each moment that could be one, everything is counted anew.

use crate::directory::Directory;
use crate::office::{FROM, TO, Year};
use crate::plain::{Part, Whose};
use crate::rows::{hours, interval, words};
use model::report::{Dimension, Measure, Scope, Value};
use model::{AgentState, At, EventKind};
use reports::Book;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Row = Vec<String>;

/// From when to when, with what has to be the same; of intervals nothing.
type Span = (At, At, Row);

/// Most at once of each row; the row without any word is the total.
pub(crate) fn peaks(
    parts: &[Part<'_>],
    measure: Measure,
    scope: Scope,
    by: &[Dimension],
) -> BTreeMap<Row, i64> {
    let mut peaks = BTreeMap::new();
    let mut spans: Vec<Span> = Vec::new();
    for part in parts {
        let times = spans_of(part, measure, scope);
        for row in rows(part, by) {
            spans.extend(times.iter().map(|(from, to)| (*from, *to, row.clone())));
        }
    }
    count(&spans, by, &mut peaks);
    // Each call is there once in the total.
    let mut of_calls: BTreeMap<i64, Vec<(At, At)>> = BTreeMap::new();
    for part in parts {
        of_calls.entry(part.call.id.0).or_default().extend(spans_of(part, measure, scope));
    }
    let mut total = 0;
    let starts = of_calls.values().flatten().map(|(from, _)| *from).chain([FROM]);
    for at in starts.filter(|at| (FROM..TO).contains(at)).collect::<BTreeSet<_>>() {
        let is_on = |spans: &&Vec<(At, At)>| spans.iter().any(|(from, to)| *from <= at && at < *to);
        total = total.max(of_calls.values().filter(is_on).count() as i64);
    }
    peaks.insert(vec!["total".into()], total);
    peaks
}

fn count(spans: &[Span], by: &[Dimension], peaks: &mut BTreeMap<Row, i64>) {
    let borders = if by.iter().any(|by| by.is_interval()) { hours(FROM, TO).collect() } else { vec![FROM] };
    let starts = spans.iter().map(|(from, _, _)| *from).chain(borders);
    let moments: BTreeSet<At> = starts.filter(|at| (FROM..TO).contains(at)).collect();
    let mut sorted: Vec<&Span> = spans.iter().collect();
    sorted.sort_by_key(|(from, _, _)| *from);
    let longest = spans.iter().map(|(from, to, _)| *to - *from).max().unwrap_or(0);
    for at in moments {
        let mut levels: BTreeMap<&Row, i64> = BTreeMap::new();
        let first = sorted.partition_point(|(from, _, _)| from.0 < at.0 - longest);
        for (_, _, row) in
            sorted[first..].iter().take_while(|(from, _, _)| *from <= at).filter(|(_, to, _)| at < *to)
        {
            *levels.entry(row).or_default() += 1;
        }
        for (row, level) in levels {
            let row: Row = by
                .iter()
                .zip(row)
                .map(|(by, word)| interval(*by, at).unwrap_or_else(|| word.clone()))
                .collect();
            let peak = peaks.entry(row).or_default();
            *peak = level.max(*peak);
        }
    }
}

fn rows(part: &Part<'_>, by: &[Dimension]) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![Vec::new()];
    for dimension in by {
        let words = if dimension.is_interval() { vec![String::new()] } else { words(part, *dimension) };
        rows = rows
            .into_iter()
            .flat_map(|row| words.iter().map(move |word| [row.clone(), vec![word.clone()]].concat()))
            .collect();
    }
    rows
}

fn spans_of(part: &Part<'_>, measure: Measure, scope: Scope) -> Vec<(At, At)> {
    let call = part.call;
    let ended = call.ended_at.unwrap_or(call.started_at);
    let group = match &part.whose {
        Whose::Group(group) => Some(group),
        Whose::Call | Whose::Person(_) => None,
    };
    let own = |of: &Option<String>| group.is_none() || of.as_ref() == group;
    if measure == Measure::PeakQueue {
        let queue = call.events.iter().filter(|event| event.kind == EventKind::Queue && !event.beside);
        let queue = queue.filter(|event| own(&event.group));
        return queue.map(|event| (event.started_at, event.ended_at.unwrap_or(ended))).collect();
    }
    if scope != Scope::Group {
        return vec![(call.started_at, ended)];
    }
    let events = || call.events.iter().filter(|event| own(&event.group));
    let from = events().map(|event| event.started_at).min().unwrap_or(ended);
    let to = events().map(|event| event.ended_at.unwrap_or(ended)).max().unwrap_or(ended);
    vec![(from, to)]
}

/// Time of each state, and when it was first and last logged in.
#[derive(Clone, Default)]
pub(crate) struct Times {
    ms: BTreeMap<u8, i64>,
    first: Option<At>,
    last: Option<At>,
}

/// Of each row, up to `now`; the row named total is of all phones.
pub(crate) fn states(year: &Year, by: &[Dimension], now: At) -> BTreeMap<Row, Times> {
    let mut rows: BTreeMap<Row, Times> = BTreeMap::new();
    let to = TO.min(now);
    let phones: BTreeSet<(i64, &str)> = year
        .begin
        .iter()
        .chain(&year.states)
        .filter(|change| change.at < to)
        .map(|change| (change.site.0, change.extension.as_str()))
        .collect();
    for (site, extension) in phones {
        let is_own = |change: &&reports::StateChange| change.site.0 == site && change.extension == extension;
        let begin = year.begin.iter().find(is_own).map_or(AgentState::Unknown, |change| change.state);
        let mut changes = vec![(FROM, begin)];
        changes.extend(year.states.iter().filter(is_own).map(|change| (change.at, change.state)));
        for (place, (from, state)) in changes.iter().enumerate() {
            let until = changes.get(place + 1).map_or(to, |next| next.0).min(to);
            // Every border there is, is a whole hour.
            let mut at = *from;
            while at < until {
                let next = At((at.0.div_euclid(3_600_000) + 1) * 3_600_000).min(until);
                let holder = Directory.holder(site, extension, at).by;
                let who =
                    holder.map_or_else(|| Directory.extension(site, extension), |id| Directory.person(id));
                let row: Row = by.iter().map(|by| interval(*by, at).unwrap_or_else(|| who.clone())).collect();
                for row in [row, vec!["total".to_owned()]] {
                    rows.entry(row).or_default().add(*state, at, next);
                }
                at = next;
            }
        }
    }
    rows
}

impl Times {
    fn add(&mut self, state: AgentState, from: At, to: At) {
        *self.ms.entry(state.code()).or_default() += to - from;
        if !matches!(state, AgentState::Unknown | AgentState::LoggedOut) {
            self.first = Some(self.first.map_or(from, |first| first.min(from)));
            self.last = Some(self.last.map_or(to, |last| last.max(to)));
        }
    }

    fn sum(&self, of: &[AgentState]) -> i64 {
        of.iter().map(|state| self.ms.get(&state.code()).copied().unwrap_or(0)).sum()
    }

    pub(crate) fn after_call_work_ms(&self) -> i64 {
        self.sum(&[AgentState::AfterCallWork])
    }

    pub(crate) fn figure(&self, measure: Measure) -> Value {
        use AgentState::*;
        let logged_in = [Idle, Dialing, Ringing, Talking, Hold, Parked, AfterCallWork, DoNotDisturb];
        let known = self.sum(&logged_in) + self.sum(&[LoggedOut]);
        let length = |states: &[AgentState]| {
            if known == 0 { Value::None } else { Value::Length(self.sum(states)) }
        };
        match measure {
            Measure::LoggedInTime => length(&logged_in),
            Measure::IdleTime => length(&[Idle]),
            Measure::BusyTime => length(&[Dialing, Ringing, Talking, Hold, Parked]),
            Measure::AfterCallWork => length(&[AfterCallWork]),
            Measure::DoNotDisturb => length(&[DoNotDisturb]),
            Measure::LoggedOutTime => length(&[LoggedOut]),
            Measure::UnknownTime => Value::Length(self.sum(&[Unknown])),
            Measure::Occupancy => match self.sum(&logged_in) {
                0 => Value::None,
                whole => Value::Share(self.sum(&[Talking, Hold, AfterCallWork]) as f64 / whole as f64),
            },
            Measure::FirstLogin => self.first.map_or(Value::None, |at| Value::At(at.0)),
            Measure::LastLogin => self.last.map_or(Value::None, |at| Value::At(at.0)),
            _ => Value::None,
        }
    }
}
