//! The office's calendar: its days (23 and 25 hours included), weeks from Monday, and what a stretch of time is called.
//!
//! The zone is asked a few times for each day at most. Within the times between two changes of clocks everything is plain
//! arithmetic on wall-clock time: milliseconds since 1970-01-01T00:00 by the clock on the wall.

mod buckets;
mod period;
mod words;

pub(crate) use buckets::Buckets;
pub use period::Stretch;
pub(crate) use words::span_label;

use crate::leaf::DAY_MS;
use crate::steps::Steps;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use model::At;

/// Days before the time asked for from which wall-clock spans may still reach into it.
const REACH_DAYS: i64 = 2;

/// Days and times of one zone.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
}

impl Calendar {
    pub fn new(zone: TimeZone) -> Self {
        Self { zone }
    }

    pub(crate) fn date(&self, at: At) -> Date {
        self.zoned(at).date()
    }

    /// The first instant of a date.
    pub(crate) fn start_of(&self, date: Date) -> At {
        date.to_zoned(self.zone.clone()).map_or(At(0), |zoned| At(zoned.timestamp().as_millisecond()))
    }

    pub(crate) fn zoned(&self, at: At) -> Zoned {
        Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone())
    }

    /// Times of one offset within a time: from which instant on the wall clock is how many milliseconds ahead of UTC.
    pub(crate) fn offsets(&self, from_ms: i64, to_ms: i64) -> Vec<(i64, i64)> {
        let start = Timestamp::from_millisecond(from_ms).unwrap_or(Timestamp::UNIX_EPOCH);
        let mut offsets = vec![(from_ms, i64::from(self.zone.to_offset(start).seconds()) * 1_000)];
        for change in self.zone.following(start) {
            let at_ms = change.timestamp().as_millisecond();
            if at_ms >= to_ms {
                break;
            }
            offsets.push((at_ms, i64::from(change.offset().seconds()) * 1_000));
        }
        offsets
    }

    /// Whether the clock on the wall is within what `spans` says of its date, over a time. `spans` is asked for each
    /// day, counted from 1970-01-01, and gives spans in wall-clock milliseconds since that day's midnight; they may
    /// reach into the next days.
    pub(crate) fn wall_clock(&self, from: At, to: At, spans: impl Fn(i64) -> Vec<(i64, i64)>) -> Steps<bool> {
        let offsets = self.offsets(from.0, to.0);
        let first_day = (from.0 + offsets[0].1).div_euclid(DAY_MS) - REACH_DAYS;
        let last_day = to.0.div_euclid(DAY_MS) + REACH_DAYS;
        let of_day =
            |day: i64| spans(day).into_iter().map(move |(a, b)| (day * DAY_MS + a, day * DAY_MS + b));
        let wall = merged((first_day..=last_day).flat_map(of_day).collect());

        let mut steps = Steps::always(false);
        for (index, (begin, offset)) in offsets.iter().enumerate() {
            let end = offsets.get(index + 1).map_or(i64::MAX, |next| next.0);
            steps.push(*begin, false);
            let after = wall.partition_point(|(_, to)| to - offset <= *begin);
            for (span_from, span_to) in &wall[after..] {
                if span_from - offset >= end {
                    break;
                }
                steps.push((span_from - offset).max(*begin), true);
                if span_to - offset < end {
                    steps.push(span_to - offset, false);
                }
            }
        }
        steps
    }
}

/// Monday is 0; `day` is counted from 1970-01-01, a Thursday.
pub(crate) fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7).unsigned_abs() as usize
}

/// The date that a day counted from 1970-01-01 is.
pub(crate) fn date_of(day: i64) -> Date {
    let epoch = Date::constant(1970, 1, 1);
    i32::try_from(day).ok().and_then(|day| epoch.checked_add(day.days()).ok()).unwrap_or(epoch)
}

/// In order, those that touch or overlap made one.
fn merged(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    let mut merged: Vec<(i64, i64)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            Some(_) | None => merged.push((from, to)),
        }
    }
    merged
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn berlin() -> Calendar {
        Calendar::new(TimeZone::get("Europe/Berlin").expect("a zone"))
    }

    pub(crate) fn at(text: &str) -> At {
        let zoned =
            text.parse::<jiff::civil::DateTime>().expect("a time").in_tz("Europe/Berlin").expect("zone");
        At(zoned.timestamp().as_millisecond())
    }

    #[test]
    fn the_wall_clock_is_asked_also_in_the_hour_that_comes_twice() {
        let (from, to) = (at("2026-10-25T00:00"), at("2026-10-26T00:00"));
        let minute = 60_000;
        let steps = berlin().wall_clock(from, to, |_| vec![(120 * minute, 150 * minute)]);
        let hour = 60 * minute;
        let second_two = at("2026-10-25T03:00").0 - hour;
        for (at, open) in [
            (from.0 + 119 * minute, false),
            (from.0 + 120 * minute, true),
            (from.0 + 150 * minute, false),
            (second_two, true),
            (second_two + 29 * minute, true),
            (second_two + 30 * minute, false),
        ] {
            assert_eq!(steps.at(at), open, "{} minutes after midnight", (at - from.0) / minute);
        }
    }

    #[test]
    fn a_weekday_is_known_without_asking_the_zone() {
        // 2026-11-21 was day 20,778: a Saturday.
        assert_eq!((weekday(20_778), date_of(20_778)), (5, Date::constant(2026, 11, 21)), "Monday is 0");
        assert_eq!(weekday(-1), 2, "the last day of 1969 was a Wednesday");
    }
}
