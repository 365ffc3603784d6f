//! The PBX's wall clock: what it shows, as an instant.
//!
//! In autumn one hour is shown twice and a row does not say which it means. No row comes before its call began, so a
//! row that comes before the second pass of its time means the first. A fresh row that comes later, and the rows of a
//! log, are told by the order of calls: the PBX numbers calls upwards, so a call with a higher number than all calls of
//! the first pass and an earlier time than the latest of them began in the second pass. In spring an hour is skipped; a row that
//! shows it all the same is read as if the clock had not been put forward yet.

use crate::local_time::LocalTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, civil::DateTime};
use model::At;
use thiserror::Error;

/// Turns local times of one site into instants. What it answers depends on the zone and on the rows it was asked about
/// before, never on the time of asking: the same rows in the same order give the same instants.
#[derive(Clone, Debug)]
pub struct SiteClock {
    zone: TimeZone,
    /// Rows come mostly in order, so the stretch of the last row nearly always serves the next one.
    stretch: Stretch,
    doubled: Option<DoubledHour>,
    /// When the rows that are read came, in seconds UTC.
    arrived_at: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is not a known time zone. Use a name such as Europe/Berlin or America/New_York.")]
pub struct UnknownZone(pub String);

/// Local times from `from` to before `until` (seconds) that mean one instant each, by one offset.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    from: i64,
    until: i64,
    offset_seconds: i64,
}

/// What the rows seen so far say about a doubled hour. Call ids of the first pass are all below those of the second,
/// so that rows of one call always get the same start.
#[derive(Clone, Copy, Debug)]
struct DoubledHour {
    /// When the clock was put back, in seconds UTC.
    put_back_at: i64,
    latest_first: i64,
    highest_first_id: u64,
    lowest_second_id: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    First,
    Second,
}

/// A row that comes within this of the second pass of its time was written in the night of the change; one of a log that
/// is read much later says nothing by its coming.
const FRESH_SECONDS: i64 = 2 * 3600;

/// Call numbers are given at the start of a call and starts are rounded to seconds: two calls in one second may swap.
const ROUNDING_SECONDS: i64 = 2;

impl SiteClock {
    /// `zone` is an IANA name; the rules are bundled with the program.
    pub fn new(zone: &str) -> Result<Self, UnknownZone> {
        let known = TimeZone::get(zone).map_err(|_| UnknownZone(zone.to_owned()))?;
        Ok(Self { zone: known, stretch: Stretch::default(), doubled: None, arrived_at: None })
    }

    /// The rows that are read next came at this moment, by the journal.
    pub fn rows_came(&mut self, at: At) {
        self.arrived_at = Some(at.0.div_euclid(1000));
    }

    /// The start by which a row is known when it comes again: in the doubled hour always the first reading, whichever was
    /// meant.
    pub fn known_by(&self, started_at: At) -> At {
        let instant = started_at.0.div_euclid(1000);
        let shown = instant + self.stretch.offset_seconds;
        if shown >= self.stretch.from && shown < self.stretch.until {
            return started_at;
        }
        let shown = instant + seconds(self.zone.to_offset(timestamp(instant)));
        match self.zone.to_ambiguous_timestamp(date_time(shown)).offset() {
            AmbiguousOffset::Fold { before, .. } => At::from_seconds(shown - seconds(before)),
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Gap { .. } => started_at,
        }
    }

    /// The instant of a call's start. `call_id` is field 10, by which the doubled hour is told.
    pub(crate) fn instant(&mut self, local: LocalTime, call_id: u64) -> At {
        let shown = local.seconds();
        if shown >= self.stretch.from && shown < self.stretch.until {
            return At::from_seconds(shown - self.stretch.offset_seconds);
        }
        At::from_seconds(self.looked_up(shown, call_id))
    }

    fn looked_up(&mut self, shown: i64, call_id: u64) -> i64 {
        match self.zone.to_ambiguous_timestamp(date_time(shown)).offset() {
            AmbiguousOffset::Unambiguous { offset } => {
                self.stretch = self.stretch_around(shown - seconds(offset), seconds(offset));
                shown - seconds(offset)
            }
            AmbiguousOffset::Gap { before, .. } => shown - seconds(before),
            AmbiguousOffset::Fold { before, after } => {
                match self.pass(shown, shown - seconds(before), shown - seconds(after), call_id) {
                    Pass::First => shown - seconds(before),
                    Pass::Second => shown - seconds(after),
                }
            }
        }
    }

    /// The local times around an instant that are shown once, by its offset.
    fn stretch_around(&self, instant: i64, offset_seconds: i64) -> Stretch {
        // `preceding` leaves out a change at the very instant, which is the one that began this offset.
        let from = self.zone.preceding(timestamp(instant + 1)).next().map_or(i64::MIN, |change| {
            let before = seconds(self.zone.to_offset(timestamp(change.timestamp().as_second() - 1)));
            change.timestamp().as_second() + before.max(offset_seconds)
        });
        let until = self.zone.following(timestamp(instant)).next().map_or(i64::MAX, |change| {
            change.timestamp().as_second() + offset_seconds.min(seconds(change.offset()))
        });
        Stretch { from, until, offset_seconds }
    }

    fn pass(&mut self, shown: i64, first_instant: i64, second_instant: i64, call_id: u64) -> Pass {
        let put_back_at = self
            .zone
            .following(timestamp(first_instant))
            .next()
            .map_or(first_instant, |change| change.timestamp().as_second());
        let same_hour = self.doubled.filter(|doubled| doubled.put_back_at == put_back_at);
        let mut doubled = same_hour.unwrap_or(DoubledHour {
            put_back_at,
            latest_first: shown,
            highest_first_id: 0,
            lowest_second_id: None,
        });
        let late_by = self.arrived_at.map(|arrived_at| arrived_at - second_instant);
        let pass = doubled.judge(shown, call_id, late_by);
        self.doubled = Some(doubled);
        pass
    }
}

impl DoubledHour {
    /// `late_by` is how long after the second pass of the time shown the row came.
    fn judge(&mut self, shown: i64, call_id: u64, late_by: Option<i64>) -> Pass {
        if late_by.is_some_and(|late_by| late_by < 0) {
            return self.first(shown, call_id);
        }
        let fresh = late_by.is_some_and(|late_by| late_by < FRESH_SECONDS);
        if fresh && call_id > self.highest_first_id {
            self.lowest_second_id = Some(self.lowest_second_id.map_or(call_id, |lowest| lowest.min(call_id)));
            return Pass::Second;
        }
        if self.lowest_second_id.is_some_and(|lowest| call_id >= lowest) {
            return Pass::Second;
        }
        if call_id > self.highest_first_id && shown + ROUNDING_SECONDS < self.latest_first {
            self.lowest_second_id = Some(call_id);
            return Pass::Second;
        }
        self.first(shown, call_id)
    }

    fn first(&mut self, shown: i64, call_id: u64) -> Pass {
        self.latest_first = self.latest_first.max(shown);
        self.highest_first_id = self.highest_first_id.max(call_id);
        Pass::First
    }
}

fn seconds(offset: Offset) -> i64 {
    i64::from(offset.seconds())
}

/// Only years from 1995 to 2100 come here, far within jiff's range; the default is never taken.
fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or_default()
}

fn date_time(shown: i64) -> DateTime {
    Offset::UTC.to_datetime(timestamp(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(zone: &str) -> SiteClock {
        SiteClock::new(zone).expect("a zone of the bundled rules")
    }

    fn utc(clock: &mut SiteClock, local: &str, call_id: u64) -> String {
        let at = clock.instant(LocalTime::parse(local).expect("a date"), call_id);
        Timestamp::from_millisecond(at.0).expect("in range").to_string()
    }

    #[test]
    fn a_zone_that_nobody_knows_is_said_by_name() {
        let said = SiteClock::new("Europe/Nowhere").expect_err("no such zone").to_string();
        assert!(said.contains("Europe/Nowhere"), "the sentence names what was typed: {said}");
    }

    #[test]
    fn summer_and_winter_have_their_own_offsets() {
        let mut berlin = clock("Europe/Berlin");
        assert_eq!(utc(&mut berlin, "2026/07/01 12:00:00", 1), "2026-07-01T10:00:00Z", "two hours in summer");
        assert_eq!(utc(&mut berlin, "2026/01/15 12:00:00", 2), "2026-01-15T11:00:00Z", "one hour in winter");
        assert_eq!(utc(&mut berlin, "2026/07/01 12:00:00", 1), "2026-07-01T10:00:00Z", "and back again");
    }

    #[test]
    fn the_kept_stretch_answers_as_the_rules_do() {
        for zone in [
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Asia/Kolkata",
            "UTC",
        ] {
            let mut kept = clock(zone);
            let mut shown = LocalTime::parse("2026/01/01 00:00").expect("a date").seconds();
            for step in 0..(366 * 48) {
                let ambiguous = kept.zone.to_ambiguous_timestamp(date_time(shown));
                if let AmbiguousOffset::Unambiguous { offset } = ambiguous.offset() {
                    let before = kept.stretch;
                    let hit = shown >= before.from && shown < before.until;
                    assert!(!hit || before.offset_seconds == seconds(offset), "{zone}, half hour {step}");
                    kept.looked_up(shown, 0);
                } else {
                    let held = shown >= kept.stretch.from && shown < kept.stretch.until;
                    assert!(!held, "{zone}: a doubled or skipped hour is never within a stretch");
                }
                shown += 1800;
            }
        }
    }

    #[test]
    fn the_edges_of_a_stretch_are_exact() {
        let mut berlin = clock("Europe/Berlin");
        assert_eq!(
            utc(&mut berlin, "2026/10/25 01:59:59", 1),
            "2026-10-24T23:59:59Z",
            "last second before the doubled hour"
        );
        assert_eq!(
            utc(&mut berlin, "2026/10/25 03:00:00", 2),
            "2026-10-25T02:00:00Z",
            "first second after it"
        );
        assert_eq!(
            utc(&mut berlin, "2026/03/29 01:59:59", 3),
            "2026-03-29T00:59:59Z",
            "last second before the skipped hour"
        );
        assert_eq!(
            utc(&mut berlin, "2026/03/29 03:00:00", 4),
            "2026-03-29T01:00:00Z",
            "first second after it"
        );
    }

    #[test]
    fn an_hour_that_the_clock_skipped_is_read_on_the_old_offset() {
        let mut berlin = clock("Europe/Berlin");
        assert_eq!(
            utc(&mut berlin, "2026/03/29 02:30:00", 1),
            "2026-03-29T01:30:00Z",
            "the PBX was late to change"
        );
    }

    #[test]
    fn the_doubled_hour_is_the_first_one_until_the_calls_tell_otherwise() {
        let mut berlin = clock("Europe/Berlin");
        assert_eq!(utc(&mut berlin, "2026/10/25 02:10:00", 100), "2026-10-25T00:10:00Z", "first pass");
        assert_eq!(
            utc(&mut berlin, "2026/10/25 02:50:00", 101),
            "2026-10-25T00:50:00Z",
            "still the first pass"
        );
        assert_eq!(
            utc(&mut berlin, "2026/10/25 02:05:00", 102),
            "2026-10-25T01:05:00Z",
            "a later call, an earlier time"
        );
        assert_eq!(
            utc(&mut berlin, "2026/10/25 02:55:00", 103),
            "2026-10-25T01:55:00Z",
            "second pass from then on"
        );
        assert_eq!(
            utc(&mut berlin, "2026/10/25 02:05:00", 99),
            "2026-10-25T00:05:00Z",
            "a long call of the first pass, told late"
        );
    }

    #[test]
    fn fresh_rows_of_the_doubled_hour_are_told_by_when_they_come() {
        let mut berlin = clock("Europe/Berlin");
        let came = |text: &str| At(text.parse::<Timestamp>().expect("an instant").as_millisecond());
        berlin.rows_came(came("2026-10-25T00:20:00Z"));
        assert_eq!(
            utc(&mut berlin, "2026/10/25 02:15:00", 100),
            "2026-10-25T00:15:00Z",
            "not yet shown twice"
        );
        // Nothing of the first pass is later, so the order of calls alone would say the first.
        berlin.rows_came(came("2026-10-25T01:35:00Z"));
        assert_eq!(utc(&mut berlin, "2026/10/25 02:30:00", 101), "2026-10-25T01:30:00Z", "it came just now");
        berlin.rows_came(came("2026-10-25T01:36:00Z"));
        assert_eq!(
            utc(&mut berlin, "2026/10/25 02:16:00", 99),
            "2026-10-25T00:16:00Z",
            "a long call's row, late"
        );
        berlin.rows_came(came("2026-11-03T09:00:00Z"));
        assert_eq!(
            utc(&mut berlin, "2026/10/25 02:14:00", 98),
            "2026-10-25T00:14:00Z",
            "a log read days later says nothing by its coming"
        );
        let (first, second) = (came("2026-10-25T00:30:00Z"), came("2026-10-25T01:30:00Z"));
        assert_eq!(
            berlin.known_by(second),
            first,
            "a row that comes again is known, whichever hour it is taken for"
        );
        assert_eq!(berlin.known_by(first), first, "the first reading stays");
        assert_eq!(berlin.known_by(came("2026-10-25T02:30:00Z")), came("2026-10-25T02:30:00Z"), "shown once");
    }

    #[test]
    fn rows_of_one_call_get_one_start_in_the_doubled_hour() {
        let mut berlin = clock("Europe/Berlin");
        let first = utc(&mut berlin, "2026/10/25 02:05:00", 70);
        utc(&mut berlin, "2026/10/25 02:50:00", 60);
        assert_eq!(
            utc(&mut berlin, "2026/10/25 02:05:00", 70),
            first,
            "a row between its rows changes nothing"
        );
    }

    #[test]
    fn the_same_rows_give_the_same_instants_again() {
        let rows = [("2026/10/25 02:30:00", 5), ("2026/10/25 02:10:00", 6), ("2026/10/25 02:31:00", 7)];
        let told = |clock: &mut SiteClock| rows.map(|(local, id)| utc(clock, local, id));
        assert_eq!(
            told(&mut clock("Europe/Berlin")),
            told(&mut clock("Europe/Berlin")),
            "rebuild sees what live saw"
        );
    }
}
