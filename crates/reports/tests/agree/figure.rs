//! A figure of some calls or parts, by its sentence.

use crate::plain::Part;
use model::report::{Measure, Value};
use std::collections::BTreeSet;

/// A figure of some parts. `all` is how many calls the whole report has.
pub(crate) fn figure(measure: Measure, parts: &[&Part<'_>], all: usize) -> Value {
    let counted: Vec<&&Part<'_>> = parts.iter().filter(|part| part.counts_in(measure)).collect();
    let sum: i64 = counted.iter().map(|part| part.amount(measure)).sum();
    let share = |of: usize| match counted.len() {
        0 => Value::None,
        whole => Value::Share(of as f64 / whole as f64),
    };
    let known = |value: Option<i64>| value.map_or(Value::None, Value::Length);
    let starts = parts.iter().map(|part| part.call.started_at.0);
    let money = |amount| Value::Money { amount, currency: "EUR".into() };
    match measure {
        Measure::AnswerRate => share(counted.iter().filter(|part| part.answered_inbound()).count()),
        Measure::AbandonRate => share(parts.iter().filter(|part| part.counts_in(Measure::Abandoned)).count()),
        Measure::ServiceLevel => share(counted.iter().filter(|part| part.served()).count()),
        Measure::MissRate => share(counted.iter().filter(|part| part.missed()).count()),
        Measure::ShareOfCalls if all == 0 => Value::None,
        Measure::ShareOfCalls => Value::Share(parts.len() as f64 / all as f64),
        Measure::DistinctNumbers => {
            Value::Count(parts.iter().filter_map(|part| part.number()).collect::<BTreeSet<_>>().len() as i64)
        }
        Measure::Channels => {
            Value::Count(parts.iter().filter_map(|part| part.channel()).collect::<BTreeSet<_>>().len() as i64)
        }
        Measure::FirstCall => starts.min().map_or(Value::None, Value::At),
        Measure::LastCall => starts.max().map_or(Value::None, Value::At),
        Measure::PbxCharge | Measure::Cost | Measure::AverageCost if counted.is_empty() => Value::None,
        Measure::PbxCharge => Value::Money { amount: sum, currency: String::new() },
        Measure::Cost => money(sum),
        Measure::AverageCost => money(half_up(sum, counted.len())),
        Measure::AverageScore => {
            let points: Vec<f64> = counted.iter().flat_map(|part| part.added.points.clone()).collect();
            if points.is_empty() {
                Value::None
            } else {
                Value::Share(points.iter().sum::<f64>() / points.len() as f64)
            }
        }
        Measure::Transfers | Measure::Recordings | Measure::Scores => Value::Count(sum),
        _ if measure.label().starts_with("Longest") => {
            known(counted.iter().map(|part| part.amount(measure)).max())
        }
        _ if measure.label().starts_with("Average") || measure == Measure::SpeedOfAnswer => {
            known((!counted.is_empty()).then(|| half_up(sum, counted.len())))
        }
        Measure::HandleTime => Value::Length(sum),
        _ if parts.first().is_some_and(|part| part.is_summed(measure)) => Value::Length(sum),
        _ if measure.unit() == model::report::Unit::Length => Value::Length(0),
        _ => Value::Count(counted.len() as i64),
    }
}

fn half_up(sum: i64, count: usize) -> i64 {
    (sum as f64 / count as f64 + 0.5).floor() as i64
}
