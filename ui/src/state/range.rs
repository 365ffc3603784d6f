//! Ranges of days as people name them, turned into instants of the office's zone.
//!
//! The zone is given as a function from an instant to its offset, because the browser knows zones and the host's tests
//! do not need to.

use super::hours_draft::day_names;
use crate::words::{fill, say};

const DAY_MS: i64 = 86_400_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Range {
    #[default]
    Today,
    Yesterday,
    /// Weeks begin on Monday.
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    AllTime,
    /// Both days included.
    Days {
        first: Day,
        last: Day,
    },
    /// A part of a day or of a night; `offset_ms` is what the office's clock showed more than UTC.
    Between {
        from_ms: i64,
        to_ms: i64,
        offset_ms: i64,
    },
}

/// A day of the calendar, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Range {
    /// Those with a name, in the order of the menu.
    pub const NAMED: [Range; 7] = [
        Range::Today,
        Range::Yesterday,
        Range::ThisWeek,
        Range::LastWeek,
        Range::ThisMonth,
        Range::LastMonth,
        Range::AllTime,
    ];

    pub fn title(self) -> String {
        match self {
            Range::Today => say("Today").to_owned(),
            Range::Yesterday => say("Yesterday").to_owned(),
            Range::ThisWeek => say("This week").to_owned(),
            Range::LastWeek => say("Last week").to_owned(),
            Range::ThisMonth => say("This month").to_owned(),
            Range::LastMonth => say("Last month").to_owned(),
            Range::AllTime => say("All time").to_owned(),
            Range::Days { first, last } if first == last => first.to_text(),
            Range::Days { first, last } => {
                fill("{from} to {to}", &[("from", &first.to_text()), ("to", &last.to_text())])
            }
            Range::Between { from_ms, to_ms, offset_ms } => {
                let day = |at_ms| Day::at(at_ms, |_| offset_ms).to_text();
                let (first, last) = (day(from_ms), day(to_ms));
                let (from, to) = (minute_text(from_ms + offset_ms), minute_text(to_ms + offset_ms));
                if first == last {
                    return fill(
                        "{first}, {from} to {to}",
                        &[("first", &first), ("from", &from), ("to", &to)],
                    );
                }
                fill(
                    "{first}, {from} to {last}, {to}",
                    &[("first", &first), ("from", &from), ("last", &last), ("to", &to)],
                )
            }
        }
    }

    /// First day and the day after the last, seen from `today`; `None` where the range is open.
    pub fn days(self, today: Day) -> (Option<Day>, Option<Day>) {
        let Day(now) = today;
        let monday = now - today.weekday();
        let (year, month, _) = today.civil();
        let (first, end) = match self {
            Range::Today => (now, now + 1),
            Range::Yesterday => (now - 1, now),
            Range::ThisWeek => (monday, monday + 7),
            Range::LastWeek => (monday - 7, monday),
            Range::ThisMonth => (Day::of(year, month, 1).0, Day::of(year, month + 1, 1).0),
            Range::LastMonth => (Day::of(year, month - 1, 1).0, Day::of(year, month, 1).0),
            Range::AllTime => return (None, None),
            Range::Days { first, last } => (first.0, last.0 + 1),
            Range::Between { from_ms, to_ms, offset_ms } => {
                (Day::at(from_ms, |_| offset_ms).0, Day::at(to_ms, |_| offset_ms).0 + 1)
            }
        };
        (Some(Day(first)), Some(Day(end)))
    }

    /// First instant and the instant after the last.
    pub fn bounds_ms(self, now_ms: i64, offset_ms: impl Fn(i64) -> i64) -> (Option<i64>, Option<i64>) {
        if let Range::Between { from_ms, to_ms, offset_ms: _ } = self {
            return (Some(from_ms), Some(to_ms));
        }
        let (first, end) = self.days(Day::at(now_ms, &offset_ms));
        (first.map(|day| day.begin_ms(&offset_ms)), end.map(|day| day.begin_ms(&offset_ms)))
    }

    pub fn is_one_day(self) -> bool {
        match self {
            Range::Today | Range::Yesterday => true,
            Range::Days { first, last } => first == last,
            Range::Between { from_ms, to_ms, offset_ms } => {
                Day::at(from_ms, |_| offset_ms) == Day::at(to_ms, |_| offset_ms)
            }
            Range::ThisWeek | Range::LastWeek | Range::ThisMonth | Range::LastMonth | Range::AllTime => false,
        }
    }
}

/// `10:42` of an instant of the office's own clock.
fn minute_text(local_ms: i64) -> String {
    let minutes = local_ms.rem_euclid(DAY_MS) / 60_000;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// The instant at which a clock shows what it would show at `local_ms` of UTC. Zones change their offset at night, so the
/// offset is asked for twice: at the guess, and at what the guess leads to.
fn instant_ms(local_ms: i64, offset_ms: impl Fn(i64) -> i64) -> i64 {
    let guess = local_ms - offset_ms(local_ms);
    local_ms - offset_ms(guess)
}

impl Day {
    pub fn before(self) -> Self {
        Self(self.0 - 1)
    }

    pub fn after(self) -> Self {
        Self(self.0 + 1)
    }

    pub fn at(instant_ms: i64, offset_ms: impl Fn(i64) -> i64) -> Self {
        Self((instant_ms + offset_ms(instant_ms)).div_euclid(DAY_MS))
    }

    /// From 0 for Monday.
    fn weekday(self) -> i64 {
        // 1970 began on a Thursday.
        (self.0 + 3).rem_euclid(7)
    }

    pub fn name(self) -> &'static str {
        usize::try_from(self.weekday()).ok().and_then(|at| day_names().get(at).copied()).unwrap_or_default()
    }

    /// The instant at which the day begins.
    pub fn begin_ms(self, offset_ms: impl Fn(i64) -> i64) -> i64 {
        instant_ms(self.0 * DAY_MS, offset_ms)
    }

    /// The instant at which the office's clock shows so many minutes since midnight.
    pub fn minute_ms(self, minute: i64, offset_ms: impl Fn(i64) -> i64) -> i64 {
        instant_ms(self.0 * DAY_MS + minute * 60_000, offset_ms)
    }

    /// `2026-11-20`, as date fields of a page write it.
    pub fn to_text(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let plausible = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        let found = Day::of(year, month, day);
        (plausible && found.civil() == (year, month, day)).then_some(found)
    }

    /// A day of the Gregorian calendar; months 0 and 13 are those of the years beside (Hinnant's `days_from_civil`).
    pub fn of(year: i64, month: i64, day: i64) -> Self {
        let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
        let year = year - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let from_march = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        Self(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468)
    }

    /// Year, month and day of the Gregorian calendar (Howard Hinnant's `civil_from_days`).
    fn civil(self) -> (i64, i64, i64) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;
    /// Friday 2026-11-20, 10:42 in Berlin.
    const FRIDAY_MS: i64 = 1_795_167_720_000;

    fn berlin(instant_ms: i64) -> i64 {
        // Summer time of 2026 ends on 25 October at 01:00 UTC.
        if instant_ms < 1_792_890_000_000 { 2 * HOUR_MS } else { HOUR_MS }
    }

    fn texts(range: Range) -> (String, String) {
        let (first, end) = range.days(Day::at(FRIDAY_MS, berlin));
        (first.unwrap().to_text(), end.unwrap().to_text())
    }

    #[test]
    fn ranges_begin_and_end_with_the_offices_days() {
        let expected = [
            (Range::Today, "2026-11-20", "2026-11-21"),
            (Range::Yesterday, "2026-11-19", "2026-11-20"),
            (Range::ThisWeek, "2026-11-16", "2026-11-23"),
            (Range::LastWeek, "2026-11-09", "2026-11-16"),
            (Range::ThisMonth, "2026-11-01", "2026-12-01"),
            (Range::LastMonth, "2026-10-01", "2026-11-01"),
        ];
        for (range, first, end) in expected {
            assert_eq!(texts(range), (first.to_owned(), end.to_owned()), "{}", range.title());
        }
    }

    #[test]
    fn the_day_on_which_the_clocks_go_back_has_twenty_five_hours() {
        let day = Day::from_text("2026-10-25").unwrap();
        let range = Range::Days { first: day, last: day };
        let (from, to) = range.bounds_ms(FRIDAY_MS, berlin);
        assert_eq!((to.unwrap() - from.unwrap()) / HOUR_MS, 25, "one hour comes twice");
    }

    #[test]
    fn a_part_of_a_day_is_asked_for_to_the_instant() {
        let offset_ms = berlin(FRIDAY_MS);
        let range = Range::Between { from_ms: FRIDAY_MS, to_ms: FRIDAY_MS + HOUR_MS, offset_ms };
        assert_eq!(range.title(), "2026-11-20, 10:42 to 11:42", "by the office's clock");
        let bounds = (Some(FRIDAY_MS), Some(FRIDAY_MS + HOUR_MS));
        assert_eq!(range.bounds_ms(0, berlin), bounds, "no rounding to days");
        assert!(range.is_one_day(), "rows need no date");
        let night = Range::Between { from_ms: FRIDAY_MS, to_ms: FRIDAY_MS + 14 * HOUR_MS, offset_ms };
        assert_eq!(night.title(), "2026-11-20, 10:42 to 2026-11-21, 0:42", "both days are named");
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in ["1970-01-01", "2024-02-29", "2026-12-31", "2100-03-01"] {
            assert_eq!(
                Day::from_text(text).map(Day::to_text).as_deref(),
                Some(text),
                "the same day comes back"
            );
        }
        for wrong in ["2026-02-30", "2026-13-01", "tomorrow", "2026-11", ""] {
            assert_eq!(Day::from_text(wrong), None, "{wrong} is no day");
        }
    }

    #[test]
    fn a_day_has_the_name_of_its_weekday() {
        for (text, name) in [("1970-01-01", "Thursday"), ("2026-11-20", "Friday"), ("2026-11-23", "Monday")] {
            assert_eq!(Day::from_text(text).map(Day::name), Some(name), "{text}");
        }
    }

    #[test]
    fn january_follows_december() {
        let december = Day::from_text("2026-12-15").unwrap();
        let (first, end) = Range::ThisMonth.days(december);
        assert_eq!(first.map(Day::to_text).as_deref(), Some("2026-12-01"), "first of the month");
        assert_eq!(end.map(Day::to_text).as_deref(), Some("2027-01-01"), "the month after is next year's");
    }
}
