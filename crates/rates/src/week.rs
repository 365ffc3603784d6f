//! Which bands hold at an instant, and when that may change next.

use crate::table::{Band, Table};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use model::At;

const MINUTES_A_DAY: u16 = 24 * 60;
const MINUTE_MS: i64 = 60_000;

impl Band {
    /// `day` counts from Monday, 0.
    fn holds(&self, day: usize, minute: u16) -> bool {
        let on = |day: usize| self.days[day % 7];
        if self.from_minute < self.to_minute {
            return on(day) && (self.from_minute..self.to_minute).contains(&minute);
        }
        // Over midnight: the evening of its day, or the morning after one.
        (on(day) && minute >= self.from_minute) || (on(day + 6) && minute < self.to_minute)
    }
}

/// Places in the table of the bands that hold, and the instant from which that may be different.
pub(crate) fn bands_at(table: &Table, zone: &TimeZone, at: At) -> (Vec<usize>, At) {
    let zoned = zoned(zone, at);
    let day = zoned.weekday().to_monday_zero_offset().unsigned_abs() as usize;
    let minute = u16::from(zoned.hour().unsigned_abs()) * 60 + u16::from(zoned.minute().unsigned_abs());
    let holding = table.bands.iter().enumerate().filter(|(_, band)| band.holds(day, minute));
    (holding.map(|(place, _)| place).collect(), next_border(table, zone, &zoned, minute, at))
}

/// The next edge of a band by this moment's offset, or the next change of the offset if that comes first.
fn next_border(table: &Table, zone: &TimeZone, zoned: &Zoned, minute: u16, at: At) -> At {
    let edges = table.bands.iter().flat_map(|band| [band.from_minute, band.to_minute]);
    let edge = edges.chain([MINUTES_A_DAY]).filter(|edge| *edge > minute).min().unwrap_or(MINUTES_A_DAY);
    let into_minute = i64::from(zoned.second()) * 1_000 + i64::from(zoned.millisecond());
    let by_edge = at.plus_ms(i64::from(edge - minute) * MINUTE_MS - into_minute);
    let change = zone.following(zoned.timestamp()).next();
    change.map_or(by_edge, |change| by_edge.min(At(change.timestamp().as_millisecond())))
}

fn zoned(zone: &TimeZone, at: At) -> Zoned {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(days: [bool; 7], from_minute: u16, to_minute: u16) -> Table {
        Table { bands: vec![Band { name: "B".into(), days, from_minute, to_minute }], ..Table::default() }
    }

    fn berlin(text: &str) -> At {
        let zoned =
            text.parse::<jiff::civil::DateTime>().expect("a time").in_tz("Europe/Berlin").expect("a zone");
        At(zoned.timestamp().as_millisecond())
    }

    fn holds(table: &Table, text: &str) -> bool {
        !bands_at(table, &TimeZone::get("Europe/Berlin").expect("a zone"), berlin(text)).0.is_empty()
    }

    const WORKDAYS: [bool; 7] = [true, true, true, true, true, false, false];

    #[test]
    fn a_band_holds_on_its_days_between_its_minutes() {
        let day = band(WORKDAYS, 8 * 60, 18 * 60);
        // A Friday and a Saturday.
        for (time, wanted) in [
            ("2026-06-05T07:59:59", false),
            ("2026-06-05T08:00", true),
            ("2026-06-05T17:59:59", true),
            ("2026-06-05T18:00", false),
            ("2026-06-06T12:00", false),
        ] {
            assert_eq!(holds(&day, time), wanted, "{time}");
        }
    }

    #[test]
    fn a_band_over_midnight_belongs_to_the_evening_it_began() {
        let night = band(WORKDAYS, 18 * 60, 8 * 60);
        for (time, wanted) in [
            ("2026-06-05T20:00", true),
            ("2026-06-06T07:00", true),
            ("2026-06-06T20:00", false),
            ("2026-06-08T07:00", false),
            ("2026-06-09T07:00", true),
        ] {
            assert_eq!(holds(&night, time), wanted, "{time}");
        }
        let all_day = band([true; 7], 0, 0);
        assert!(holds(&all_day, "2026-06-06T12:00"), "from midnight to midnight is the whole day");
        assert!(holds(&band([true; 7], 0, MINUTES_A_DAY), "2026-06-06T23:59"), "however it is written");
    }

    #[test]
    fn borders_come_in_their_order_also_when_the_clocks_change() {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let table = band([true; 7], 60, 150);
        // At 03:00 the clocks go back to 02:00: half past two comes twice.
        let mut at = berlin("2026-10-25T00:30");
        let mut borders = Vec::new();
        while at < berlin("2026-10-25T04:00") {
            let (bands, next) = bands_at(&table, &zone, at);
            assert!(next > at, "time goes on");
            borders.push((next - berlin("2026-10-25T00:00"), !bands.is_empty()));
            at = next;
        }
        let minutes: Vec<(i64, bool)> =
            borders.into_iter().map(|(ms, held)| (ms / MINUTE_MS, held)).collect();
        assert_eq!(
            minutes,
            [(60, false), (150, true), (180, false), (210, true), (25 * 60, false)],
            "from one to half past two, and again from two to half past two by the clock that was set back"
        );
    }
}
