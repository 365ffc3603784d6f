//! Periods as instants, and the period before each.

use super::{Calendar, DAY_MS};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use model::At;
use model::report::Period;

/// Longest time of one report: no library is older, and each quarter hour of it can be a row.
const YEARS_MAX: i64 = 30;
/// 1970 and 2200: what an instant of a call can be.
const EARLIEST_MS: i64 = 0;
const LATEST_MS: i64 = 7_258_118_400_000;

/// From one instant up to and not including the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: At,
    pub to: At,
}

/// What "this" and "last" are said of.
#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    fn begin(self, date: Date) -> Date {
        let month = match self {
            Unit::Day => return date,
            Unit::Week => return back(date, i64::from(date.weekday().to_monday_zero_offset()).days()),
            Unit::Month => date.month(),
            Unit::Quarter => (date.month() - 1) / 3 * 3 + 1,
            Unit::Year => 1,
        };
        Date::new(date.year(), month, 1).unwrap_or(date)
    }

    fn length(self) -> Span {
        match self {
            Unit::Day => 1.day(),
            Unit::Week => 7.days(),
            Unit::Month => 1.month(),
            Unit::Quarter => 3.months(),
            Unit::Year => 1.year(),
        }
    }
}

impl Calendar {
    /// "This" month (week, ...) is up to the end of today.
    pub fn stretch(&self, period: Period, now: At) -> Result<Stretch, String> {
        let today = self.date(now);
        let stretch = match period {
            Period::Today => self.this(Unit::Day, today),
            Period::ThisWeek => self.this(Unit::Week, today),
            Period::ThisMonth => self.this(Unit::Month, today),
            Period::ThisQuarter => self.this(Unit::Quarter, today),
            Period::ThisYear => self.this(Unit::Year, today),
            Period::Yesterday => self.ago(Unit::Day, today, 1),
            Period::LastWeek => self.ago(Unit::Week, today, 1),
            Period::LastMonth => self.ago(Unit::Month, today, 1),
            Period::LastQuarter => self.ago(Unit::Quarter, today, 1),
            Period::LastYear => self.ago(Unit::Year, today, 1),
            Period::LastDays { days: 0 } => return Err("Choose at least one day.".into()),
            Period::LastDays { days } => self.dates(back(today, i64::from(days).days()), today),
            Period::Custom { from_ms, to_ms } => Stretch { from: At(from_ms), to: At(to_ms) },
        };
        checked(stretch)
    }

    /// The same stretch of the calendar before: the month before a month, as many days before days. Before a "this"
    /// the part of the one before that is as far along as now.
    pub fn stretch_before(&self, period: Period, now: At) -> Result<Stretch, String> {
        let today = self.date(now);
        let stretch = match period {
            Period::Today => self.as_far(Unit::Day, now),
            Period::ThisWeek => self.as_far(Unit::Week, now),
            Period::ThisMonth => self.as_far(Unit::Month, now),
            Period::ThisQuarter => self.as_far(Unit::Quarter, now),
            Period::ThisYear => self.as_far(Unit::Year, now),
            Period::Yesterday => self.ago(Unit::Day, today, 2),
            Period::LastWeek => self.ago(Unit::Week, today, 2),
            Period::LastMonth => self.ago(Unit::Month, today, 2),
            Period::LastQuarter => self.ago(Unit::Quarter, today, 2),
            Period::LastYear => self.ago(Unit::Year, today, 2),
            Period::LastDays { .. } | Period::Custom { .. } => self.before(self.stretch(period, now)?),
        };
        checked(stretch)
    }

    fn this(&self, unit: Unit, today: Date) -> Stretch {
        self.dates(unit.begin(today), today.tomorrow().unwrap_or(today))
    }

    /// The whole unit so many before today's.
    fn ago(&self, unit: Unit, today: Date, times: u8) -> Stretch {
        let mut to = unit.begin(today);
        let mut from = back(to, unit.length());
        for _ in 1..times {
            (from, to) = (back(from, unit.length()), from);
        }
        self.dates(from, to)
    }

    fn as_far(&self, unit: Unit, now: At) -> Stretch {
        let now = self.zoned(now);
        let begin = unit.begin(now.date());
        let before = self.dates(back(begin, unit.length()), begin);
        let same_time = back(now.date(), unit.length()).to_datetime(now.time());
        let same_time = same_time
            .to_zoned(now.time_zone().clone())
            .map_or(before.to, |zoned| At(zoned.timestamp().as_millisecond()));
        // A minute into the month there is still something to compare with.
        Stretch { from: before.from, to: same_time.clamp(before.from.plus_ms(1), before.to) }
    }

    /// Before a stretch of whole months as many months, of whole days as many days, else as long.
    fn before(&self, stretch: Stretch) -> Stretch {
        let (from, to) = (self.date(stretch.from), self.date(stretch.to));
        if self.start_of(from) != stretch.from || self.start_of(to) != stretch.to {
            let length = stretch.to - stretch.from;
            return Stretch { from: stretch.from.plus_ms(-length), to: stretch.from };
        }
        if from.day() == 1 && to.day() == 1 {
            let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month() - from.month());
            return self.dates(back(from, months.months()), from);
        }
        let days = from.until(to).map_or(1, |span| i64::from(span.get_days()));
        self.dates(back(from, days.days()), from)
    }

    fn dates(&self, from: Date, to: Date) -> Stretch {
        Stretch { from: self.start_of(from), to: self.start_of(to) }
    }
}

fn checked(stretch: Stretch) -> Result<Stretch, String> {
    if stretch.from.0 < EARLIEST_MS || stretch.to.0 > LATEST_MS {
        return Err("Choose a time between 1970 and 2200.".into());
    }
    if stretch.to <= stretch.from {
        return Err("The time ends before it begins. Change one of the two.".into());
    }
    if stretch.to - stretch.from > YEARS_MAX * 366 * DAY_MS {
        return Err(format!("A report looks at {YEARS_MAX} years at most. Choose a shorter time."));
    }
    Ok(stretch)
}

fn back(date: Date, by: Span) -> Date {
    date.checked_sub(by).unwrap_or(Date::constant(1970, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, berlin};
    use super::*;

    /// A Saturday.
    const NOW: &str = "2026-11-21T10:30";

    fn days(stretch: Stretch) -> (String, String) {
        let calendar = berlin();
        let text = |at| calendar.zoned(at).strftime("%Y-%m-%d %H:%M").to_string();
        (text(stretch.from), text(stretch.to))
    }

    #[test]
    fn a_period_is_whole_days_of_the_office_and_the_one_before_is_the_same_stretch_of_the_calendar() {
        let cases = [
            (Period::Today, "2026-11-21 00:00", "2026-11-22 00:00", "2026-11-20 00:00", "2026-11-20 10:30"),
            (
                Period::Yesterday,
                "2026-11-20 00:00",
                "2026-11-21 00:00",
                "2026-11-19 00:00",
                "2026-11-20 00:00",
            ),
            (
                Period::ThisWeek,
                "2026-11-16 00:00",
                "2026-11-22 00:00",
                "2026-11-09 00:00",
                "2026-11-14 10:30",
            ),
            (
                Period::LastWeek,
                "2026-11-09 00:00",
                "2026-11-16 00:00",
                "2026-11-02 00:00",
                "2026-11-09 00:00",
            ),
            (
                Period::ThisMonth,
                "2026-11-01 00:00",
                "2026-11-22 00:00",
                "2026-10-01 00:00",
                "2026-10-21 10:30",
            ),
            (
                Period::LastMonth,
                "2026-10-01 00:00",
                "2026-11-01 00:00",
                "2026-09-01 00:00",
                "2026-10-01 00:00",
            ),
            (
                Period::ThisQuarter,
                "2026-10-01 00:00",
                "2026-11-22 00:00",
                "2026-07-01 00:00",
                "2026-08-21 10:30",
            ),
            (
                Period::LastQuarter,
                "2026-07-01 00:00",
                "2026-10-01 00:00",
                "2026-04-01 00:00",
                "2026-07-01 00:00",
            ),
            (
                Period::ThisYear,
                "2026-01-01 00:00",
                "2026-11-22 00:00",
                "2025-01-01 00:00",
                "2025-11-21 10:30",
            ),
            (
                Period::LastYear,
                "2025-01-01 00:00",
                "2026-01-01 00:00",
                "2024-01-01 00:00",
                "2025-01-01 00:00",
            ),
            (
                Period::LastDays { days: 30 },
                "2026-10-22 00:00",
                "2026-11-21 00:00",
                "2026-09-22 00:00",
                "2026-10-22 00:00",
            ),
        ];
        for (period, from, to, before_from, before_to) in cases {
            let now = at(NOW);
            let stretch = days(berlin().stretch(period, now).expect("a time"));
            assert_eq!(stretch, (from.into(), to.into()), "{period:?}");
            let before = days(berlin().stretch_before(period, now).expect("a time"));
            assert_eq!(before, (before_from.into(), before_to.into()), "before {period:?}");
        }
    }

    #[test]
    fn before_a_time_of_ones_own_come_as_many_months_or_days_or_as_long() {
        for (from, to, before) in [
            ("2026-02-01T00:00", "2026-04-01T00:00", "2025-12-01 00:00"),
            // The clocks went forward on the 29th: still three whole days.
            ("2026-03-29T00:00", "2026-04-01T00:00", "2026-03-26 00:00"),
            ("2026-06-05T08:00", "2026-06-05T12:00", "2026-06-05 04:00"),
        ] {
            let period = Period::Custom { from_ms: at(from).0, to_ms: at(to).0 };
            let stretch = berlin().stretch_before(period, at(NOW)).expect("a time");
            assert_eq!(days(stretch).0, before, "before {from} to {to}");
            assert_eq!(stretch.to, at(from), "up to where the other begins");
        }
    }

    #[test]
    fn a_month_does_not_reach_beyond_the_shorter_one_before_it() {
        let before = berlin().stretch_before(Period::ThisMonth, at("2026-03-31T18:00")).expect("a time");
        assert_eq!(days(before).1, "2026-02-28 18:00", "February has no 31st");
    }

    #[test]
    fn what_is_no_time_is_refused_in_words() {
        let ask = |period| berlin().stretch(period, at(NOW));
        for period in [
            Period::LastDays { days: 0 },
            Period::LastDays { days: u16::MAX },
            Period::Custom { from_ms: 5, to_ms: 5 },
            Period::Custom { from_ms: i64::MIN, to_ms: i64::MAX },
            Period::Custom { from_ms: 0, to_ms: LATEST_MS },
        ] {
            assert!(ask(period).is_err_and(|says| says.ends_with('.')), "{period:?}");
        }
    }
}
