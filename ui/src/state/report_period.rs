//! The times that a report can be run over, as people name them.

use super::Day;
use crate::words::{fill, say};
use model::report::Period;

/// Those with a name, in the order of the menu.
pub const NAMED: [Period; 13] = [
    Period::Today,
    Period::Yesterday,
    Period::ThisWeek,
    Period::LastWeek,
    Period::ThisMonth,
    Period::LastMonth,
    Period::ThisQuarter,
    Period::LastQuarter,
    Period::ThisYear,
    Period::LastYear,
    Period::LastDays { days: 7 },
    Period::LastDays { days: 30 },
    Period::LastDays { days: 90 },
];

/// `days` writes a stretch of one's own.
pub fn title(period: Period, days: impl Fn(i64, i64) -> String) -> String {
    match period {
        Period::Today => say("Today").to_owned(),
        Period::Yesterday => say("Yesterday").to_owned(),
        Period::ThisWeek => say("This week").to_owned(),
        Period::LastWeek => say("Last week").to_owned(),
        Period::ThisMonth => say("This month").to_owned(),
        Period::LastMonth => say("Last month").to_owned(),
        Period::ThisQuarter => say("This quarter").to_owned(),
        Period::LastQuarter => say("Last quarter").to_owned(),
        Period::ThisYear => say("This year").to_owned(),
        Period::LastYear => say("Last year").to_owned(),
        Period::LastDays { days: 1 } => say("The day before today").to_owned(),
        Period::LastDays { days } => fill("Last {days} days", &[("days", &days.to_string())]),
        Period::Custom { from_ms, to_ms } => days(from_ms, to_ms),
    }
}

/// As spelt in choices of a form; a stretch of one's own has no word, because a schedule cannot use it twice.
pub fn word(period: Period) -> String {
    match period {
        Period::Today => "today".to_owned(),
        Period::Yesterday => "yesterday".to_owned(),
        Period::ThisWeek => "this-week".to_owned(),
        Period::LastWeek => "last-week".to_owned(),
        Period::ThisMonth => "this-month".to_owned(),
        Period::LastMonth => "last-month".to_owned(),
        Period::ThisQuarter => "this-quarter".to_owned(),
        Period::LastQuarter => "last-quarter".to_owned(),
        Period::ThisYear => "this-year".to_owned(),
        Period::LastYear => "last-year".to_owned(),
        Period::LastDays { days } => format!("last-{days}-days"),
        Period::Custom { .. } => "custom".to_owned(),
    }
}

pub fn from_word(text: &str) -> Option<Period> {
    NAMED.into_iter().find(|period| word(*period) == text)
}

/// Two days of one's own, both included.
pub fn of_days(first: Day, last: Day, offset_ms: impl Fn(i64) -> i64) -> Period {
    Period::Custom { from_ms: first.begin_ms(&offset_ms), to_ms: last.after().begin_ms(&offset_ms) }
}

/// First and last day of a stretch of one's own.
pub fn days_of(from_ms: i64, to_ms: i64, offset_ms: impl Fn(i64) -> i64) -> (Day, Day) {
    let first = Day::at(from_ms, &offset_ms);
    let last = Day::at(to_ms - 1, &offset_ms);
    (first, last.max(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(_: i64) -> i64 {
        0
    }

    #[test]
    fn every_named_time_comes_back_from_its_word() {
        for period in NAMED {
            assert_eq!(from_word(&word(period)), Some(period), "{}", word(period));
        }
        assert_eq!(from_word("custom"), None, "a stretch of one's own is no name");
    }

    #[test]
    fn days_of_ones_own_include_both() {
        let (first, last) = (Day::of(2026, 11, 1), Day::of(2026, 11, 30));
        let Period::Custom { from_ms, to_ms } = of_days(first, last, utc) else {
            panic!("two days are a stretch of one's own")
        };
        assert_eq!((to_ms - from_ms) / 86_400_000, 30, "the whole of the last day as well");
        assert_eq!(days_of(from_ms, to_ms, utc), (first, last), "and they come back");
    }

    #[test]
    fn a_stretch_of_ones_own_is_written_by_its_days() {
        let words = title(Period::Custom { from_ms: 1, to_ms: 2 }, |from, to| format!("{from} to {to}"));
        assert_eq!(words, "1 to 2", "as the caller writes days");
        assert_eq!(title(Period::LastDays { days: 30 }, |_, _| String::new()), "Last 30 days", "counted");
    }
}
