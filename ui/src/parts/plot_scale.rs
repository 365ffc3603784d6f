//! The scale of a drawing's values: where its lines stand, at round numbers of the unit, and how they are written.

use super::value_words::Writing;
use super::words::spoken_length;
use model::report::Unit;

/// Lines of a scale that can be told apart at the height of a chart.
const MOST_LINES: f64 = 4.0;

/// Steps of a length that people count in, in milliseconds: seconds, minutes, hours.
const LENGTH_STEPS_MS: [f64; 18] = [
    1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1_800e3, 3_600e3, 7_200e3, 18_000e3,
    36_000e3, 86_400e3, 360_000e3,
];

#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    pub most: f64,
    pub lines: Vec<f64>,
}

/// From 0 up to a round number that nothing reaches beyond.
pub fn scale(largest: f64, unit: Unit) -> Scale {
    let largest = if largest.is_finite() { largest.max(0.0) } else { 0.0 };
    let step = match unit {
        Unit::Length => length_step(largest),
        Unit::Count => decimal_step(largest).max(1.0),
        Unit::Share | Unit::Number | Unit::Money | Unit::At | Unit::Text => decimal_step(largest),
    };
    let count = (largest / step).ceil().max(1.0);
    let lines = (1..).map(f64::from).take_while(|line| *line <= count).map(|line| line * step);
    Scale { most: count * step, lines: lines.collect() }
}

/// A line's value, short.
pub fn mark(value: f64, unit: Unit, writing: &impl Writing) -> String {
    match unit {
        Unit::Count => writing.whole(whole(value)),
        Unit::Length => spoken_length(whole(value)),
        Unit::Share => format!("{} %", short(value * 100.0, writing)),
        Unit::Money => writing.money(whole(value), ""),
        Unit::Number | Unit::At | Unit::Text => short(value, writing),
    }
}

fn short(value: f64, writing: &impl Writing) -> String {
    if (value - value.round()).abs() < 1e-6 { writing.whole(whole(value)) } else { writing.decimal(value) }
}

/// 1, 2 or 5 times a power of ten.
fn decimal_step(largest: f64) -> f64 {
    if largest <= 0.0 {
        return 1.0;
    }
    let rough = largest / MOST_LINES;
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|step| *step >= rough * 0.999).unwrap_or(power * 10.0)
}

fn length_step(largest: f64) -> f64 {
    let known = LENGTH_STEPS_MS.into_iter().find(|step| largest / step <= MOST_LINES);
    // Beyond days: round numbers of hours.
    known.unwrap_or_else(|| decimal_step(largest / 3_600e3) * 3_600e3)
}

#[allow(clippy::cast_possible_truncation)]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::value_words::tests::Plain;

    fn marks(largest: f64, unit: Unit) -> Vec<String> {
        scale(largest, unit).lines.iter().map(|line| mark(*line, unit, &Plain)).collect()
    }

    #[test]
    fn counts_have_round_lines() {
        assert_eq!(marks(37.0, Unit::Count), ["10", "20", "30", "40"], "four lines, nothing above them");
        assert_eq!(marks(3.0, Unit::Count), ["1", "2", "3"], "there is no half call");
        assert_eq!(marks(0.0, Unit::Count), ["1"], "an empty chart still has a scale");
    }

    #[test]
    fn lengths_have_lines_that_a_clock_has() {
        assert_eq!(marks(200_000.0, Unit::Length), ["1 min", "2 min", "3 min", "4 min"], "not 50 seconds");
        assert_eq!(marks(9_000_000.0, Unit::Length), ["1 h", "2 h", "3 h"], "hours");
    }

    #[test]
    fn shares_are_written_in_percent() {
        assert_eq!(marks(0.97, Unit::Share), ["50 %", "100 %"], "half and whole");
        assert_eq!(
            marks(0.02, Unit::Share).first().map(String::as_str),
            Some("0.5 %"),
            "small ones keep a digit"
        );
    }

    #[test]
    fn nothing_stands_above_the_scale() {
        for largest in [0.3, 1.0, 7.0, 99.0, 100.0, 101.0, 12_345.0, 987_654.0] {
            for unit in [Unit::Count, Unit::Length, Unit::Share, Unit::Money] {
                let scale = scale(largest, unit);
                assert!(scale.most >= largest, "{largest} {unit:?}");
                assert!(scale.lines.len() <= 6, "{largest} {unit:?} has {} lines", scale.lines.len());
            }
        }
    }
}
