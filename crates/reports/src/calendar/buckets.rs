//! The intervals that a report's time is split into.

use super::{Calendar, Stretch, weekday};
use crate::leaf::DAY_MS;
use crate::steps::Steps;
use jiff::ToSpan;
use jiff::civil::Date;
use model::At;
use model::report::{Dimension, Key};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// Which interval each instant is in, by place in `keys`.
#[derive(Clone, Debug)]
pub(crate) struct Buckets {
    pub(crate) steps: Steps<u32>,
    /// In order.
    pub(crate) keys: Vec<Key>,
}

impl Buckets {
    /// `None` for what is no interval.
    pub(crate) fn of(calendar: &Calendar, stretch: Stretch, dimension: Dimension) -> Option<Self> {
        match dimension {
            Dimension::QuarterHour => Some(Self::spans(even(calendar, stretch, 15 * MINUTE_MS))),
            Dimension::HalfHour => Some(Self::spans(even(calendar, stretch, 30 * MINUTE_MS))),
            Dimension::Hour => Some(Self::spans(even(calendar, stretch, HOUR_MS))),
            Dimension::Day => {
                Some(Self::spans(dates(calendar, stretch, |date| date, |date| date.tomorrow())))
            }
            Dimension::Week => {
                Some(Self::spans(dates(calendar, stretch, monday, |date| date.checked_add(7.days()))))
            }
            Dimension::Month => Some(Self::spans(dates(
                calendar,
                stretch,
                |date| date.first_of_month(),
                |date| date.checked_add(1.month()),
            ))),
            Dimension::HourOfDay => Some(hours_of_day(calendar, stretch)),
            Dimension::DayOfWeek => Some(days_of_week(calendar, stretch)),
            Dimension::Person
            | Dimension::Group
            | Dimension::OutsideNumber
            | Dimension::OutsideName
            | Dimension::LocalNumber
            | Dimension::Direction
            | Dimension::Trunk
            | Dimension::AccountCode
            | Dimension::Tag
            | Dimension::Site
            | Dimension::EventSequence
            | Dimension::FinalEvent => None,
        }
    }

    /// From cuts in order, of which the last ends the last span.
    fn spans(cuts: Vec<i64>) -> Self {
        let mut steps = Steps::always(0);
        let mut keys = Vec::with_capacity(cuts.len());
        for (place, ends) in cuts.windows(2).enumerate() {
            steps.push(ends[0], place as u32);
            keys.push(Key::Span { from_ms: ends[0], to_ms: ends[1] });
        }
        Self { steps, keys }
    }
}

/// Cuts at whole steps of the wall clock. An hour that comes twice is two: they are different instants.
fn even(calendar: &Calendar, stretch: Stretch, step_ms: i64) -> Vec<i64> {
    let (from, to) = (stretch.from.0, stretch.to.0);
    // From far enough before that the span in progress at `from` is whole.
    let offsets = calendar.offsets(from - 2 * step_ms, to + 2 * step_ms);
    let mut cuts = Vec::new();
    for (index, (begin, offset)) in offsets.iter().enumerate() {
        let end = offsets.get(index + 1).map_or(to + 2 * step_ms, |next| next.0);
        if index > 0 {
            cuts.push(*begin);
        }
        let mut cut = (begin + offset).div_euclid(step_ms) * step_ms + step_ms - offset;
        while cut < end {
            cuts.push(cut);
            cut += step_ms;
        }
    }
    let first = cuts.iter().rposition(|cut| *cut <= from).unwrap_or(0);
    let last = cuts.iter().position(|cut| *cut >= to).unwrap_or(cuts.len().saturating_sub(1));
    cuts.get(first..=last).unwrap_or_default().to_vec()
}

/// Cuts at the beginnings of dates.
fn dates(
    calendar: &Calendar,
    stretch: Stretch,
    begin: impl Fn(Date) -> Date,
    next: impl Fn(Date) -> Result<Date, jiff::Error>,
) -> Vec<i64> {
    let mut date = begin(calendar.date(stretch.from));
    let mut cuts = vec![calendar.start_of(date).0];
    while cuts.last().is_some_and(|cut| *cut < stretch.to.0) {
        let Ok(after) = next(date) else { break };
        date = after;
        cuts.push(calendar.start_of(date).0);
    }
    cuts
}

fn monday(date: Date) -> Date {
    date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).unwrap_or(date)
}

/// Both of an hour that comes twice are the same hour of the day.
fn hours_of_day(calendar: &Calendar, stretch: Stretch) -> Buckets {
    let hours = even(calendar, stretch, HOUR_MS);
    let offsets = calendar.offsets(stretch.from.0 - 2 * HOUR_MS, stretch.to.0 + 2 * HOUR_MS);
    let mut steps = Steps::always(0);
    for cut in hours {
        let offset = offsets.iter().rfind(|(from, _)| *from <= cut).map_or(0, |(_, offset)| *offset);
        let hour = (cut + offset).rem_euclid(DAY_MS) / HOUR_MS;
        steps.push(cut, hour.unsigned_abs() as u32);
    }
    Buckets { steps, keys: (0..24).map(|hour| Key::HourOfDay { hour }).collect() }
}

fn days_of_week(calendar: &Calendar, stretch: Stretch) -> Buckets {
    let mut steps = Steps::always(0);
    for cut in dates(calendar, stretch, |date| date, |date| date.tomorrow()) {
        let noon = calendar.zoned(At(cut)).date().since(Date::constant(1970, 1, 1));
        let day = noon.map_or(0, |span| i64::from(span.get_days()));
        steps.push(cut, weekday(day) as u32);
    }
    Buckets { steps, keys: (1..=7).map(|day| Key::DayOfWeek { day }).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, berlin};
    use super::*;

    fn buckets(from: &str, to: &str, dimension: Dimension) -> Buckets {
        Buckets::of(&berlin(), Stretch { from: at(from), to: at(to) }, dimension).expect("an interval")
    }

    #[test]
    fn days_of_a_change_of_clocks_have_23_and_25_hours() {
        for (from, to, hours) in [
            ("2026-03-29T00:00", "2026-03-30T00:00", 23),
            ("2026-10-25T00:00", "2026-10-26T00:00", 25),
            ("2026-10-26T00:00", "2026-10-27T00:00", 24),
        ] {
            let hour = buckets(from, to, Dimension::Hour);
            assert_eq!(hour.keys.len(), hours, "hours of {from}");
            assert_eq!(buckets(from, to, Dimension::QuarterHour).keys.len(), hours * 4, "quarters of {from}");
            assert_eq!(buckets(from, to, Dimension::Day).keys.len(), 1, "one day");
            let length = |key: &Key| match key {
                Key::Span { from_ms, to_ms } => to_ms - from_ms,
                _ => 0,
            };
            assert!(hour.keys.iter().all(|key| length(key) == HOUR_MS), "each as long as an hour");
        }
    }

    #[test]
    fn the_hour_that_comes_twice_is_one_hour_of_the_day() {
        let day = buckets("2026-10-25T00:00", "2026-10-26T00:00", Dimension::HourOfDay);
        let midnight = at("2026-10-25T00:00").0;
        let hours: Vec<u32> = (0..5).map(|hour| day.steps.at(midnight + hour * HOUR_MS)).collect();
        assert_eq!(hours, [0, 1, 2, 2, 3], "two o'clock twice");
    }

    #[test]
    fn a_time_that_begins_in_the_middle_is_in_the_whole_interval() {
        let hours = buckets("2026-06-05T08:20", "2026-06-05T09:10", Dimension::Hour);
        let wanted = [("2026-06-05T08:00", "2026-06-05T09:00"), ("2026-06-05T09:00", "2026-06-05T10:00")];
        let wanted = wanted.map(|(from, to)| Key::Span { from_ms: at(from).0, to_ms: at(to).0 });
        assert_eq!(hours.keys, wanted, "whole hours");
        let weeks = buckets("2026-06-05T08:20", "2026-06-09T00:00", Dimension::Week);
        assert_eq!(weeks.keys.len(), 2, "from Monday to Monday");
        assert_eq!(weeks.steps.at(at("2026-06-07T23:59").0), 0, "Sunday belongs to the week before");
        assert_eq!(weeks.steps.at(at("2026-06-08T00:00").0), 1, "Monday begins one");
        let months = buckets("2026-01-31T08:20", "2026-03-01T00:00", Dimension::Month);
        assert_eq!(months.keys.len(), 2, "January and February");
        let week = buckets("2026-06-05T08:20", "2026-06-09T00:00", Dimension::DayOfWeek);
        assert_eq!(week.steps.at(at("2026-06-05T12:00").0), 4, "a Friday");
    }
}
