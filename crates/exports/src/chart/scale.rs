//! Scales with round numbers.

use crate::cell;
use model::report::Unit;
use words::Language;

const SECOND: f64 = 1_000.0;
const MINUTE: f64 = 60.0 * SECOND;
const HOUR: f64 = 60.0 * MINUTE;

/// Steps that people count time in; beyond them hours go by decades.
const LENGTH_STEPS: [f64; 18] = [
    SECOND,
    2.0 * SECOND,
    5.0 * SECOND,
    10.0 * SECOND,
    15.0 * SECOND,
    30.0 * SECOND,
    MINUTE,
    2.0 * MINUTE,
    5.0 * MINUTE,
    10.0 * MINUTE,
    15.0 * MINUTE,
    30.0 * MINUTE,
    HOUR,
    2.0 * HOUR,
    3.0 * HOUR,
    6.0 * HOUR,
    12.0 * HOUR,
    24.0 * HOUR,
];

/// From 0 to `top`, which is a whole number of steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    unit: Unit,
    step: f64,
    pub(crate) top: f64,
    language: Language,
}

impl Scale {
    /// Up to `largest`, in at most `steps` steps.
    pub(crate) fn up_to(largest: f64, unit: Unit, steps: u32) -> Self {
        let largest = if largest.is_finite() && largest > 0.0 { largest } else { smallest_step(unit) };
        let least = largest / f64::from(steps.max(1));
        let step = match unit {
            Unit::Length => length_step(least),
            Unit::Count => decade_step(least).max(1.0),
            Unit::Share | Unit::Number | Unit::Money | Unit::At | Unit::Text => decade_step(least),
        };
        // A hair less, so that 0.3 in steps of 0.1 is three and not four of them.
        let count = (largest / step - 1e-9).ceil().max(1.0);
        Self { unit, step, top: step * count, language: Language::English }
    }

    pub(crate) fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Values of the steps, 0 first.
    pub(crate) fn marks(&self) -> impl Iterator<Item = f64> {
        let step = self.step;
        (0..=(self.top / step).round() as u32).map(move |at| f64::from(at) * step)
    }

    /// 0 at the bottom, 1 at the top.
    pub(crate) fn part(&self, value: f64) -> f32 {
        (value / self.top).clamp(0.0, 1.0) as f32
    }

    pub(crate) fn label(&self, mark: f64) -> String {
        match self.unit {
            Unit::Length if mark == 0.0 => "0".to_owned(),
            Unit::Length if self.step >= HOUR => {
                format!("{} h", cell::grouped(&format!("{:.0}", mark / HOUR), self.language))
            }
            Unit::Length if self.step >= MINUTE => format!("{:.0} min", mark / MINUTE),
            Unit::Length => format!("{:.0} s", mark / SECOND),
            Unit::Share if self.step >= 0.01 => cell::percent(mark, 0, self.language),
            Unit::Share => cell::percent(mark, 1, self.language),
            Unit::Money if self.step < 1.0 => cell::decimal(&format!("{mark:.2}"), self.language),
            Unit::Count | Unit::Number | Unit::Money | Unit::At | Unit::Text => {
                cell::grouped(&cell::trimmed(mark), self.language)
            }
        }
    }
}

/// One value in words, as beside a bar.
pub(crate) fn value_words(value: f64, unit: Unit, language: Language) -> String {
    match unit {
        Unit::Length => cell::length(value as i64),
        Unit::Share => cell::percent(value, 1, language),
        Unit::Money => cell::grouped(&format!("{value:.2}"), language),
        Unit::Count | Unit::Number | Unit::At | Unit::Text => cell::grouped(&cell::trimmed(value), language),
    }
}

fn smallest_step(unit: Unit) -> f64 {
    match unit {
        Unit::Length => SECOND,
        Unit::Share => 0.1,
        Unit::Count | Unit::Number | Unit::Money | Unit::At | Unit::Text => 1.0,
    }
}

fn length_step(least: f64) -> f64 {
    match LENGTH_STEPS.iter().find(|step| **step >= least) {
        Some(step) => *step,
        None => decade_step(least / HOUR) * HOUR,
    }
}

/// 1, 2 or 5 times a power of ten.
fn decade_step(least: f64) -> f64 {
    let decade = 10f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0].iter().map(|part| part * decade).find(|step| *step >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0 * decade)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(largest: f64, unit: Unit) -> Vec<String> {
        let scale = Scale::up_to(largest, unit, 5);
        scale.marks().map(|mark| scale.label(mark)).collect()
    }

    #[test]
    fn counts_go_by_round_whole_numbers() {
        assert_eq!(labels(412.0, Unit::Count), ["0", "100", "200", "300", "400", "500"], "hundreds");
        assert_eq!(labels(2.0, Unit::Count), ["0", "1", "2"], "there is no half call");
        assert_eq!(labels(0.0, Unit::Count), ["0", "1"], "nothing still has an axis");
    }

    #[test]
    fn lengths_go_by_the_clock() {
        assert_eq!(labels(200_000.0, Unit::Length), ["0", "1 min", "2 min", "3 min", "4 min"], "minutes");
        assert_eq!(
            labels(26.0 * HOUR, Unit::Length),
            ["0", "6 h", "12 h", "18 h", "24 h", "30 h"],
            "quarters of a day"
        );
        assert_eq!(labels(4_200.0 * HOUR, Unit::Length)[1], "1\u{202f}000 h", "decades of hours");
    }

    #[test]
    fn a_full_share_ends_at_a_hundred() {
        assert_eq!(
            labels(1.0, Unit::Share).last().map(String::as_str),
            Some("100 %"),
            "no room above everything"
        );
        assert_eq!(labels(0.3, Unit::Share).last().map(String::as_str), Some("30 %"), "no step too many");
    }
}
