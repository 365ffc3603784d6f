//! Figures of rows and totals, made of a run's sums.

use super::cells::Cells;
use super::cost::Charge;
use super::day::BILLION;
use super::formula::Formula;
use super::run::Run;
use model::AgentState;
use model::report::{Measure, Unit, Value};

/// A run that is over.
pub(crate) struct Figures {
    pub(crate) run: Run,
    numbers: (Vec<i64>, i64),
    channels: (Vec<i64>, i64),
}

impl Figures {
    pub(crate) fn of(mut run: Run) -> Self {
        run.settle();
        let rows = run.rows.len();
        let numbers = run.numbers.as_mut().map(|numbers| numbers.counts(rows)).unwrap_or_default();
        let channels = run.channels.as_mut().map(|channels| channels.counts(rows)).unwrap_or_default();
        Self { run, numbers, channels }
    }

    /// Of a row, or of the totals. `place` is that of the measure in the plan.
    pub(crate) fn value(&self, place: usize, row: Option<usize>) -> Value {
        let plan = &self.run.look.plan;
        let measure = plan.measures[place];
        let sum = |sum: usize| match row {
            Some(row) => self.run.cells.row(sum, row),
            None => self.run.cells.total(sum),
        };
        match plan.formulas[place] {
            Formula::Plain(of) => plain(measure, sum(of)),
            Formula::Extreme(of) => Cells::known(sum(of)).map_or(Value::None, |value| plain(measure, value)),
            Formula::Mean { sum: of, count } => mean(sum(of), sum(count)),
            Formula::Share { part, whole } => share(sum(part), sum(whole)),
            Formula::ShareOfCalls { calls } => share(sum(calls), self.run.cells.total(calls)),
            Formula::Charge { count, .. } if sum(count) == 0 => Value::None,
            Formula::Charge { sum: of, .. } => Value::Money { amount: sum(of), currency: String::new() },
            Formula::PointShare { count, .. } if sum(count) == 0 => Value::None,
            Formula::PointShare { sum: of, count } => {
                Value::Share(sum(of) as f64 / BILLION / sum(count) as f64)
            }
            Formula::Handle { talk, hold } => Value::Length(sum(talk) + sum(hold) + self.work_ms(row)),
            Formula::AverageHandle { talk, hold, count } => {
                mean(sum(talk) + sum(hold) + self.work_ms(row), sum(count))
            }
            Formula::Numbers => Value::Count(of_row(&self.numbers, row)),
            Formula::Channels => Value::Count(of_row(&self.channels, row)),
            Formula::PeakCalls => Value::Count(self.calls_at_once(row)),
            Formula::PeakQueue => {
                Value::Count(self.run.queue_at_once.as_ref().map_or(0, |sweep| sweep.of(row)))
            }
            Formula::Saturation => share(self.calls_at_once(row), of_row(&self.channels, row)),
            Formula::Cost => self.money(row, |charge| charge.amount),
            Formula::AverageCost => self.money(row, |charge| rounded(charge.amount, charge.calls)),
            Formula::CostedCalls => {
                Value::Count(self.costs(row).into_iter().map(|(_, charge)| charge.calls).sum())
            }
            Formula::State(measure) => {
                let times = self.run.states.as_ref().and_then(|states| states.times(row));
                times.map_or(Value::None, |times| times.figure(measure))
            }
        }
    }

    fn calls_at_once(&self, row: Option<usize>) -> i64 {
        self.run.calls_at_once.as_ref().map_or(0, |sweep| sweep.of(row))
    }

    /// After-call work, where the rows can have it and the phone system told it.
    fn work_ms(&self, row: Option<usize>) -> i64 {
        let states = self.run.states.as_ref().filter(|_| self.run.look.plan.has_work());
        states.and_then(|states| states.times(row)).map_or(0, |times| times.of(AgentState::AfterCallWork))
    }

    fn costs(&self, row: Option<usize>) -> Vec<(&str, Charge)> {
        self.run.costs.as_ref().map(|costs| costs.of(row)).unwrap_or_default()
    }

    /// Amounts of several currencies are told beside each other.
    fn money(&self, row: Option<usize>, amount: impl Fn(Charge) -> i64) -> Value {
        match self.costs(row).as_slice() {
            [] => Value::None,
            [(currency, charge)] => {
                Value::Money { amount: amount(*charge), currency: (*currency).to_owned() }
            }
            several => {
                let written: Vec<String> = several
                    .iter()
                    .map(|(currency, charge)| {
                        // Cents are as fine as sums are told.
                        let cents = rounded(amount(*charge), 100);
                        format!("{}.{:02} {currency}", cents / 100, cents % 100)
                    })
                    .collect();
                Value::Text(written.join(", "))
            }
        }
    }
}

fn plain(measure: Measure, value: i64) -> Value {
    match measure.unit() {
        Unit::Count => Value::Count(value),
        Unit::Length => Value::Length(value),
        Unit::At => Value::At(value),
        Unit::Share | Unit::Number | Unit::Money | Unit::Text => Value::Number(value as f64),
    }
}

/// In whole milliseconds; of nothing there is none.
fn mean(sum_ms: i64, count: i64) -> Value {
    if count == 0 { Value::None } else { Value::Length(rounded(sum_ms, count)) }
}

fn share(part: i64, whole: i64) -> Value {
    if whole == 0 { Value::None } else { Value::Share(part as f64 / whole as f64) }
}

/// Half up.
fn rounded(sum: i64, count: i64) -> i64 {
    if count == 0 { 0 } else { sum.saturating_add(count / 2).div_euclid(count) }
}

fn of_row((rows, total): &(Vec<i64>, i64), row: Option<usize>) -> i64 {
    row.map_or(*total, |row| rows.get(row).copied().unwrap_or(0))
}
