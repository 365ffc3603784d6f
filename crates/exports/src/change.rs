//! What changed since the period before.

use crate::cell;
use model::report::Value;
use words::Language;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Change {
    /// Of the value before: 0.08 is 8 % more.
    Part(f64),
    /// Between two shares, in points of a percentage.
    Points(f64),
}

impl Change {
    /// `None` where there is nothing to compare with, or no part of it can be told: before there was none.
    pub(crate) fn between(before: &Value, now: &Value) -> Option<Self> {
        match (before, now) {
            (Value::Share(before), Value::Share(now)) => finite((now - before) * 100.0).map(Change::Points),
            (Value::Count(before), Value::Count(now)) | (Value::Length(before), Value::Length(now)) => {
                part(*before as f64, *now as f64)
            }
            (Value::Number(before), Value::Number(now)) => part(*before, *now),
            (Value::Money { amount: before, currency: was }, Value::Money { amount: now, currency: is })
                if was == is =>
            {
                part(*before as f64, *now as f64)
            }
            _ => None,
        }
    }

    /// `+8 %`, `-1.2 pts`.
    pub(crate) fn words(self, language: Language) -> String {
        match self {
            Change::Part(part) if part.abs() >= 9.995 => format!("x{:.0}", part + 1.0),
            Change::Part(part) => format!("{:+.0} %", no_negative_zero(part * 100.0, 0.5)),
            Change::Points(points) => {
                let points = format!("{:+.1}", no_negative_zero(points, 0.05));
                language.fill("{points} pts", &[("points", &cell::decimal(&points, language))])
            }
        }
    }
}

fn part(before: f64, now: f64) -> Option<Change> {
    if before == 0.0 {
        return None;
    }
    finite((now - before) / before.abs()).map(Change::Part)
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// What rounds to nothing has no sign.
fn no_negative_zero(number: f64, half: f64) -> f64 {
    if number.abs() < half { 0.0 } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_change_by_a_part_and_shares_by_points() {
        let more = Change::between(&Value::Count(100), &Value::Count(108)).expect("both are known");
        assert_eq!(more.words(Language::English), "+8 %", "part of what was before");
        let less = Change::between(&Value::Share(0.9), &Value::Share(0.888)).expect("both are known");
        assert_eq!(less.words(Language::English), "-1.2 pts", "a share's change is told in points");
        assert_eq!(less.words(Language::German), "-1,2 Pkt.", "in the reader's language");
    }

    #[test]
    fn nothing_is_told_of_a_change_from_nothing_or_between_currencies() {
        assert_eq!(Change::between(&Value::Count(0), &Value::Count(5)), None, "no part of nothing");
        assert_eq!(Change::between(&Value::None, &Value::Count(5)), None, "there was no figure before");
        let euro = Value::Money { amount: 1, currency: "EUR".into() };
        let pound = Value::Money { amount: 1, currency: "GBP".into() };
        assert_eq!(Change::between(&euro, &pound), None, "currencies are not compared");
    }

    #[test]
    fn a_change_that_rounds_to_nothing_has_no_minus() {
        let same = Change::between(&Value::Count(1000), &Value::Count(999)).expect("both are known");
        assert_eq!(same.words(Language::English), "+0 %", "-0 % would be read as a fall");
    }
}
