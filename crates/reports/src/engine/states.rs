//! How long phones were in which state, split among people and intervals.

use super::axis::Kind;
use super::conditions::Test;
use super::holders::is_one_of;
use super::keys::Value as KeyValue;
use super::look::Look;
use super::rows::Rows;
use crate::leaf::{Column, Leaf, StateChange};
use model::report::{Condition, Measure, Value};
use model::{AgentState, At};
use rustc_hash::FxHashMap;
use std::sync::Arc;

const STATES: usize = AgentState::ALL.len();

/// Time in each state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    ms: [i64; STATES],
    first_in_ms: i64,
    last_in_ms: i64,
}

impl Default for Times {
    fn default() -> Self {
        Self { ms: [0; STATES], first_in_ms: i64::MAX, last_in_ms: i64::MIN }
    }
}

struct Phone {
    site: i64,
    number: Arc<str>,
    state: AgentState,
    since_ms: i64,
    /// The row its time goes into until `until_ms`; `None`: it is not asked for.
    slot: Option<u32>,
    until_ms: i64,
}

/// A sweep over the changes of all phones.
pub(crate) struct States {
    from_ms: i64,
    to_ms: i64,
    borders: Vec<i64>,
    phones: Vec<Phone>,
    places: FxHashMap<(i64, Arc<str>), usize>,
    rows: Vec<Times>,
    total: Times,
}

impl States {
    pub(crate) fn new(look: &Look, rows: &Rows) -> Self {
        let (from_ms, to_ms) = (look.stretch.from.0, look.stretch.to.0.min(look.office.now.0));
        let mut borders = Vec::new();
        for axis in &rows.axes {
            if let Kind::Interval(buckets) = &axis.kind {
                borders.extend(buckets.steps.borders(from_ms, to_ms));
            }
        }
        borders.sort_unstable();
        Self {
            from_ms,
            to_ms,
            borders,
            phones: Vec::new(),
            places: FxHashMap::default(),
            rows: Vec::new(),
            total: Times::default(),
        }
    }

    /// The state in which a phone goes into the time.
    pub(crate) fn begin(&mut self, change: &StateChange) {
        let phone = self.phone(change.site.0, &change.extension);
        self.phones[phone].state = change.state;
    }

    pub(crate) fn take(&mut self, look: &Look, rows: &mut Rows, leaf: &Leaf) {
        let texts = leaf.texts(Column::StateExtension);
        let phones: Vec<usize> = (0..texts.len())
            .map(|entry| {
                let (site, number) = texts.pair(entry);
                self.phone(site, number)
            })
            .collect();
        let entries = leaf.numbers(Column::StateExtension);
        let starts = leaf.numbers(Column::StateStart);
        for ((entry, start), code) in entries.iter().zip(starts).zip(leaf.numbers(Column::State)) {
            let state = u8::try_from(*code).ok().and_then(AgentState::from_code).unwrap_or_default();
            let at_ms = leaf.from_ms() + start;
            if at_ms < self.to_ms {
                self.pass(look, rows, phones[*entry as usize], at_ms);
                self.phones[phones[*entry as usize]].state = state;
            }
        }
    }

    pub(crate) fn finish(&mut self, look: &Look, rows: &mut Rows) {
        for phone in 0..self.phones.len() {
            self.pass(look, rows, phone, self.to_ms);
        }
    }

    /// Of a row, or of all phones; `None`: of none of its phones anything was told.
    pub(crate) fn times(&self, row: Option<usize>) -> Option<&Times> {
        let times = match row {
            None => Some(&self.total),
            Some(row) => self.rows.get(row),
        };
        times.filter(|times| times.ms.iter().any(|ms| *ms > 0))
    }

    fn phone(&mut self, site: i64, number: &str) -> usize {
        let key: (i64, Arc<str>) = (site, number.into());
        let (phones, from_ms) = (&mut self.phones, self.from_ms);
        *self.places.entry(key.clone()).or_insert_with(|| {
            phones.push(Phone {
                site,
                number: key.1,
                // Before anything is told of it, nothing is known.
                state: AgentState::Unknown,
                since_ms: from_ms,
                slot: None,
                until_ms: i64::MIN,
            });
            phones.len() - 1
        })
    }

    /// The phone was in its state up to `at_ms`.
    fn pass(&mut self, look: &Look, rows: &mut Rows, phone: usize, at_ms: i64) {
        while self.phones[phone].since_ms < at_ms {
            let since_ms = self.phones[phone].since_ms;
            if since_ms >= self.phones[phone].until_ms {
                self.find_row(look, rows, phone);
            }
            let own = &mut self.phones[phone];
            let end_ms = at_ms.min(own.until_ms);
            own.since_ms = end_ms;
            let Some(slot) = own.slot else { continue };
            let state = own.state;
            if self.rows.len() <= slot as usize {
                self.rows.resize(slot as usize + 1, Times::default());
            }
            self.rows[slot as usize].add(state, since_ms, end_ms);
            self.total.add(state, since_ms, end_ms);
        }
    }

    /// Whose the phone's time is from now on, in which interval, and until when that is so.
    fn find_row(&mut self, look: &Look, rows: &mut Rows, phone: usize) {
        let border = self.borders.partition_point(|border| *border <= self.phones[phone].since_ms);
        let border = self.borders.get(border).copied().unwrap_or(i64::MAX);
        let own = &mut self.phones[phone];
        let at_ms = own.since_ms;
        let held = look.office.book.holder(own.site, &own.number, At(at_ms));
        let until_ms = held.until.map_or(i64::MAX, |until| until.0);
        // An answer that does not go forward is taken to hold for ever.
        own.until_ms = border.min(if until_ms > at_ms { until_ms } else { i64::MAX });
        own.slot = None;
        if !is_asked(look, held.by, own.site, &own.number) {
            return;
        }
        let value =
            || held.by.map_or_else(|| KeyValue::Extension(own.site, own.number.clone()), KeyValue::Person);
        let mut ids = rows.axes.iter_mut().map(|axis| match &mut axis.kind {
            Kind::Interval(buckets) => buckets.steps.at(at_ms),
            Kind::Named(keys) => keys.id(value()),
        });
        let (a, b) = (ids.next().unwrap_or(0), ids.next().unwrap_or(0));
        drop(ids);
        let slot = rows.slot(a, b);
        own.slot = Some(slot);
        if look.plan.has_states() {
            rows.see(&[slot]);
        }
    }
}

/// People and sites are asked of phones too; every other condition is about calls.
fn is_asked(look: &Look, holder: Option<i64>, site: i64, number: &str) -> bool {
    look.plan.tests.iter().all(|test| match test {
        Test::Is(Condition::People { any_of }) => is_one_of(any_of, holder, site, number),
        Test::Is(Condition::Sites { any_of }) => any_of.contains(&site),
        Test::Is(_) | Test::Text { .. } | Test::Open(_) | Test::Counted { .. } => true,
    })
}

impl Times {
    pub(crate) fn of(&self, state: AgentState) -> i64 {
        self.ms[usize::from(state.code())]
    }

    /// A figure that [`Measure::is_of_states`].
    pub(crate) fn figure(&self, measure: Measure) -> Value {
        let known_ms = self.ms.iter().sum::<i64>() - self.of(AgentState::Unknown);
        let in_ms = known_ms - self.of(AgentState::LoggedOut);
        let known = |ms: i64| if known_ms > 0 { Value::Length(ms) } else { Value::None };
        match measure {
            Measure::LoggedInTime => known(in_ms),
            Measure::IdleTime => known(self.of(AgentState::Idle)),
            Measure::BusyTime => {
                let busy = [
                    AgentState::Dialing,
                    AgentState::Ringing,
                    AgentState::Talking,
                    AgentState::Hold,
                    AgentState::Parked,
                ];
                known(busy.into_iter().map(|state| self.of(state)).sum())
            }
            Measure::AfterCallWork => known(self.of(AgentState::AfterCallWork)),
            Measure::DoNotDisturb => known(self.of(AgentState::DoNotDisturb)),
            Measure::LoggedOutTime => known(self.of(AgentState::LoggedOut)),
            Measure::UnknownTime => Value::Length(self.of(AgentState::Unknown)),
            Measure::Occupancy if in_ms > 0 => {
                let work = [AgentState::Talking, AgentState::Hold, AgentState::AfterCallWork];
                let work_ms: i64 = work.into_iter().map(|state| self.of(state)).sum();
                Value::Share(work_ms as f64 / in_ms as f64)
            }
            Measure::FirstLogin if self.first_in_ms != i64::MAX => Value::At(self.first_in_ms),
            Measure::LastLogin if self.last_in_ms != i64::MIN => Value::At(self.last_in_ms),
            _ => Value::None,
        }
    }

    fn add(&mut self, state: AgentState, from_ms: i64, to_ms: i64) {
        self.ms[usize::from(state.code())] += to_ms - from_ms;
        match state {
            AgentState::Unknown | AgentState::LoggedOut => {}
            AgentState::Idle
            | AgentState::Dialing
            | AgentState::Ringing
            | AgentState::Talking
            | AgentState::Hold
            | AgentState::Parked
            | AgentState::AfterCallWork
            | AgentState::DoNotDisturb => {
                self.first_in_ms = self.first_in_ms.min(from_ms);
                self.last_in_ms = self.last_in_ms.max(to_ms);
            }
        }
    }
}
