//! When a schedule is due, by the office's clock.

use crate::zones::Zone;
use contract::reports::Every;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use model::At;
use std::collections::VecDeque;

const HOUR_MS: i64 = 3_600_000;

/// A month of daily reports. Who was away for longer does not want each hour of it.
const MADE_UP_MAX: usize = 31;

/// Days that are looked at for the next time: the longest a month can be, and one more.
const DAYS_AHEAD: i64 = 32;

/// The first time after `after`; `None` beyond the end of the calendar.
pub(crate) fn next(every: Every, zone: &Zone, after: At) -> Option<At> {
    match every {
        Every::Hour { minute } => Some(next_hour(minute, zone, after)),
        Every::Day { minute_of_day } => next_day(zone, after, minute_of_day, |_| true),
        Every::Workday { minute_of_day } => next_day(zone, after, minute_of_day, |date| {
            !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
        }),
        Every::Week { day, minute_of_day } => next_day(zone, after, minute_of_day, |date| {
            date.weekday().to_monday_one_offset() == i8::try_from(day).unwrap_or(1)
        }),
        Every::Month { day, minute_of_day } => next_day(zone, after, minute_of_day, |date| {
            let wanted = i8::try_from(day).unwrap_or(31).clamp(1, date.days_in_month());
            date.day() == wanted
        }),
    }
}

/// The times after `after` and up to `until` that nobody saw to, each of which is about a time of its own: the latest ones.
pub(crate) fn missed(every: Every, zone: &Zone, after: At, until: At) -> Vec<At> {
    let mut missed = VecDeque::new();
    let mut at = after;
    while let Some(due) = next(every, zone, at).filter(|due| *due <= until) {
        if missed.len() == MADE_UP_MAX {
            missed.pop_front();
        }
        missed.push_back(due);
        at = due;
    }
    missed.into()
}

fn next_hour(minute: u8, zone: &Zone, after: At) -> At {
    let time = zone.zoned(after).time();
    let into_hour_ms =
        (i64::from(time.minute()) * 60 + i64::from(time.second())) * 1_000 + i64::from(time.millisecond());
    let due = after.plus_ms(i64::from(minute.min(59)) * 60_000 - into_hour_ms);
    if due > after { due } else { due.plus_ms(HOUR_MS) }
}

fn next_day(zone: &Zone, after: At, minute_of_day: u16, fits: impl Fn(Date) -> bool) -> Option<At> {
    let today = zone.zoned(after).date();
    let minute = minute_of_day.min(24 * 60 - 1);
    let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
    (0..=DAYS_AHEAD)
        .filter_map(|days| today.checked_add(days.days()).ok())
        .filter(|date| fits(*date))
        .filter_map(|date| zone.instant_of(date.at(hour, minute, 0, 0)))
        .find(|due| *due > after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Zone {
        Zone::named("Europe/Berlin")
    }

    fn at(text: &str) -> At {
        berlin().parse(text).expect("a time")
    }

    fn next_of(every: Every, after: &str) -> String {
        berlin().rfc3339(next(every, &berlin(), at(after)).expect("there is a next"))
    }

    #[test]
    fn each_kind_of_schedule_has_its_next_time() {
        let hourly = Every::Hour { minute: 15 };
        assert_eq!(next_of(hourly, "2026-11-21T10:14:59"), "2026-11-21T10:15:00.000+01:00", "this hour");
        assert_eq!(
            next_of(hourly, "2026-11-21T10:15"),
            "2026-11-21T11:15:00.000+01:00",
            "after it, the next"
        );
        let daily = Every::Day { minute_of_day: 7 * 60 + 30 };
        assert_eq!(next_of(daily, "2026-11-21T07:30"), "2026-11-22T07:30:00.000+01:00", "tomorrow");
        let workdays = Every::Workday { minute_of_day: 8 * 60 };
        assert_eq!(
            next_of(workdays, "2026-11-20T09:00"),
            "2026-11-23T08:00:00.000+01:00",
            "Friday to Monday"
        );
        let weekly = Every::Week { day: 7, minute_of_day: 0 };
        assert_eq!(next_of(weekly, "2026-11-21T09:00"), "2026-11-22T00:00:00.000+01:00", "Sunday");
        let monthly = Every::Month { day: 31, minute_of_day: 6 * 60 };
        assert_eq!(
            next_of(monthly, "2026-11-01T00:00"),
            "2026-11-30T06:00:00.000+01:00",
            "the last of a short month"
        );
    }

    #[test]
    fn a_change_of_clocks_neither_skips_a_day_nor_doubles_one() {
        let early = Every::Day { minute_of_day: 2 * 60 + 30 };
        assert_eq!(next_of(early, "2026-03-29T00:00"), "2026-03-29T03:30:00.000+02:00", "2:30 is not there");
        assert_eq!(next_of(early, "2026-03-29T03:30"), "2026-03-30T02:30:00.000+02:00", "and then as ever");
        assert_eq!(next_of(early, "2026-10-25T00:00"), "2026-10-25T02:30:00.000+02:00", "the first of two");
        let first = at("2026-10-25T00:30:00Z");
        let after = next(early, &berlin(), first).expect("there is a next");
        assert_eq!(berlin().rfc3339(after), "2026-10-26T02:30:00.000+01:00", "the second is none of its own");
        let hourly = Every::Hour { minute: 0 };
        let day = std::iter::successors(next(hourly, &berlin(), at("2026-10-25T00:00")), |due| {
            next(hourly, &berlin(), *due)
        });
        let hours = day.take_while(|due| *due <= at("2026-10-26T00:00")).count();
        assert_eq!(hours, 25, "each hour of the long day");
    }

    #[test]
    fn each_time_that_was_missed_is_made_up_for_within_reason() {
        let daily = Every::Day { minute_of_day: 7 * 60 };
        let since = |from: &str| missed(daily, &berlin(), at(from), at("2026-11-21T06:59"));
        let wanted = ["2026-11-19T07:00", "2026-11-20T07:00"].map(at);
        assert_eq!(since("2026-11-18T08:00"), wanted, "two mornings");
        assert_eq!(since("2026-11-20T07:00"), [], "all went out");
        let long = since("2025-01-01T00:00");
        assert_eq!(long.len(), MADE_UP_MAX, "not two years of them");
        assert_eq!(long.last(), Some(&at("2026-11-20T07:00")), "but the latest");
    }
}
