//! The moment, as a person at this computer reads it off the clock.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use model::At;

/// Now, and the zone of this computer (not of the office: quiet hours are those of the person in front of it).
#[derive(Clone, Debug)]
pub struct Here {
    pub now: At,
    pub zone: TimeZone,
}

impl Here {
    pub fn at(now: At, zone: &TimeZone) -> Self {
        Self { now, zone: zone.clone() }
    }

    /// Minutes after midnight.
    pub(crate) fn minute(&self) -> u16 {
        let now = self.zoned(self.now);
        // An hour is at most 23 and a minute at most 59.
        u16::from(now.hour().unsigned_abs()) * 60 + u16::from(now.minute().unsigned_abs())
    }

    /// When the clock next shows `minute` after midnight. A minute that a change of the clock skips comes right after.
    pub(crate) fn next(&self, minute: u16) -> At {
        let today = self.zoned(self.now).date();
        let (at, tomorrow) = (self.on(today, minute), today.tomorrow().unwrap_or(today));
        if at > self.now { at } else { self.on(tomorrow, minute) }
    }

    /// `14:30`
    pub(crate) fn clock_time(&self, at: At) -> String {
        self.zoned(at).strftime("%H:%M").to_string()
    }

    pub(crate) fn is_today(&self, at: At) -> bool {
        self.zoned(at).date() == self.zoned(self.now).date()
    }

    fn on(&self, date: Date, minute: u16) -> At {
        let minute = minute.min(24 * 60 - 1);
        let (hour, minute) = (i8::try_from(minute / 60), i8::try_from(minute % 60));
        let time = date.at(hour.unwrap_or(0), minute.unwrap_or(0), 0, 0);
        time.to_zoned(self.zone.clone()).map_or(self.now, |zoned| At(zoned.timestamp().as_millisecond()))
    }

    fn zoned(&self, at: At) -> Zoned {
        Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(self.zone.clone())
    }
}

#[cfg(test)]
pub(crate) fn clock(text: &str) -> Here {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone that is built in");
    let at: jiff::civil::DateTime = text.parse().expect("a date and a time");
    let at = at.to_zoned(zone.clone()).expect("a moment").timestamp().as_millisecond();
    Here { now: At(at), zone }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn the_next_time_of_a_minute_is_today_or_tomorrow() {
        let noon = clock("2026-11-20T12:00");
        assert_eq!(noon.next(13 * 60), clock("2026-11-20T13:00").now, "still to come today");
        assert_eq!(noon.next(12 * 60), clock("2026-11-21T12:00").now, "this very minute is over");
        assert_eq!(noon.minute(), 720, "noon is minute 720");
    }

    #[test]
    fn a_minute_that_summer_time_skips_comes_right_after() {
        let night = clock("2026-03-29T01:00");
        assert_eq!(night.next(150), clock("2026-03-29T03:30").now, "there is no half past two that night");
    }
}
