//! Days and offsets of an office's time zone.

use contract::about::ZoneClock;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use model::At;

/// A site's zone. An unknown name reads as UTC; names are checked where they are entered.
#[derive(Clone, Debug)]
pub struct Zone {
    zone: TimeZone,
}

impl Zone {
    pub fn named(name: &str) -> Self {
        Self { zone: TimeZone::get(name).unwrap_or(TimeZone::UTC) }
    }

    pub(crate) fn into_zone(self) -> TimeZone {
        self.zone
    }

    pub fn is_known(name: &str) -> bool {
        TimeZone::get(name).is_ok()
    }

    /// With the offset that holds at that moment.
    pub fn rfc3339(&self, at: At) -> String {
        self.zoned(at).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
    }

    /// Wall-clock time as it is said in a sentence: `10:42:18`, with the date when it is another day than `today`.
    pub fn clock_time(&self, at: At, today: At) -> String {
        let (at, today) = (self.zoned(at), self.zoned(today));
        let form = if at.date() == today.date() { "%H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" };
        at.strftime(form).to_string()
    }

    /// The day that `at` is in: from its midnight to the next, 23 and 25 hours included.
    pub fn day_of(&self, at: At) -> (At, At) {
        let date = self.zoned(at).date();
        (self.start_of(date), self.start_of(date.tomorrow().unwrap_or(date)))
    }

    /// The same weekday `weeks` before, and the same wall-clock time on it.
    pub fn weeks_before(&self, at: At, weeks: i64) -> (At, At, At) {
        let now = self.zoned(at);
        let date = now.date().checked_sub(weeks.weeks()).unwrap_or(now.date());
        let same_time =
            date.to_datetime(now.time()).to_zoned(self.zone.clone()).map_or(at, |zoned| instant(&zoned));
        (self.start_of(date), self.start_of(date.tomorrow().unwrap_or(date)), same_time)
    }

    /// Milliseconds of wall-clock time since midnight.
    pub fn time_of_day_ms(&self, at: At) -> i64 {
        let time = self.zoned(at).time();
        let seconds =
            i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        seconds * 1000 + i64::from(time.millisecond())
    }

    /// What its clock shows around an instant, for up to a year before and after it.
    pub(crate) fn clock_around(&self, at: At) -> ZoneClock {
        const YEAR_MS: i64 = 365 * 86_400_000;
        let stamp = |ms| Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
        // `preceding` leaves out a change at the very instant, which is the one that began this offset.
        let begun =
            self.zone.preceding(stamp(at.0 + 1)).next().map(|change| change.timestamp().as_millisecond());
        let ends = self.zone.following(stamp(at.0)).next().map(|change| change.timestamp().as_millisecond());
        ZoneClock {
            offset_ms: i64::from(self.zone.to_offset(stamp(at.0)).seconds()) * 1_000,
            from_ms: begun.unwrap_or(i64::MIN).max(at.0 - YEAR_MS),
            until_ms: ends.unwrap_or(i64::MAX).min(at.0 + YEAR_MS),
        }
    }

    /// Instant of a wall-clock text such as `2026-11-20`, `2026-11-20T14:30` or an RFC 3339 instant.
    pub fn parse(&self, text: &str) -> Option<At> {
        if let Ok(timestamp) = text.parse::<Timestamp>() {
            return Some(At(timestamp.as_millisecond()));
        }
        let civil = text.parse::<jiff::civil::DateTime>().ok()?;
        civil.to_zoned(self.zone.clone()).ok().map(|zoned| instant(&zoned))
    }

    /// The instant of a time on the wall; of one that a change of clocks doubles, the first.
    pub fn instant_of(&self, civil: jiff::civil::DateTime) -> Option<At> {
        civil.to_zoned(self.zone.clone()).ok().map(|zoned| instant(&zoned))
    }

    fn start_of(&self, date: Date) -> At {
        date.to_zoned(self.zone.clone()).map_or(At(0), |midnight| instant(&midnight))
    }

    pub(crate) fn zoned(&self, at: At) -> Zoned {
        Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone())
    }
}

/// This computer's zone, by its IANA name.
pub fn here() -> String {
    TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}

/// Every zone to choose from.
pub fn all() -> Vec<String> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn instant(zoned: &Zoned) -> At {
    At(zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_a_change_of_clocks_has_its_own_length() {
        let berlin = Zone::named("Europe/Berlin");
        let noon = berlin.parse("2026-10-25T12:00").unwrap();
        let (from, to) = berlin.day_of(noon);
        assert_eq!(to - from, 25 * 3_600_000, "the day on which the clocks go back has 25 hours");
        let (from, to) = berlin.day_of(berlin.parse("2026-03-29T12:00").unwrap());
        assert_eq!(to - from, 23 * 3_600_000, "the day on which they go forward has 23");
    }

    #[test]
    fn times_are_written_with_the_offset_that_held() {
        let berlin = Zone::named("Europe/Berlin");
        assert_eq!(berlin.rfc3339(At(0)), "1970-01-01T01:00:00.000+01:00", "an hour ahead in winter");
        assert_eq!(berlin.parse("1970-01-01T01:00"), Some(At(0)), "wall-clock times are the office's");
        assert_eq!(berlin.parse("soon"), None, "what is no time is refused");
    }

    #[test]
    fn an_offset_holds_from_one_change_of_clocks_to_the_next() {
        let berlin = Zone::named("Europe/Berlin");
        let [spring, autumn] =
            ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"].map(|text| berlin.parse(text).unwrap());
        let summer = ZoneClock { offset_ms: 7_200_000, from_ms: spring.0, until_ms: autumn.0 };
        assert_eq!(berlin.clock_around(spring), summer, "at the very change");
        assert_eq!(berlin.clock_around(At(autumn.0 - 1)), summer, "right before the next");
        assert_eq!(berlin.clock_around(autumn).offset_ms, 3_600_000);
    }

    #[test]
    fn a_zone_without_changes_says_so_for_a_year() {
        let now = At(1_795_176_000_000);
        let clock = Zone::named("UTC").clock_around(now);
        assert_eq!(clock.offset_ms, 0);
        assert!(clock.from_ms < now.0 && now.0 < clock.until_ms, "now is within");
        assert!(clock.until_ms < 1 << 53, "numbers that JavaScript holds exactly");
    }

    #[test]
    fn the_same_time_a_week_before_is_by_the_wall_clock() {
        let berlin = Zone::named("Europe/Berlin");
        let monday = berlin.parse("2026-10-26T09:00").unwrap();
        let (_, _, before) = berlin.weeks_before(monday, 1);
        assert_eq!(monday - before, (7 * 24 + 1) * 3_600_000, "the clocks went back in between");
    }
}
