//! Field 1: a date and time on the PBX's wall clock, no zone told.

use crate::complaint::Complaint;

/// Years in which calls can have happened. A PBX that lost its clock starts in 1970; such a row is kept aside rather
/// than believed, and never gets today's date.
const YEARS: std::ops::RangeInclusive<u16> = 1995..=2100;

/// Seconds that the wall clock shows since 1970-01-01 00:00:00 of the same wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LocalTime(i64);

impl LocalTime {
    /// Reads `YYYY/MM/DD HH:MM:SS` or `YYYY/MM/DD HH:MM`.
    pub(crate) fn parse(text: &str) -> Result<Self, Complaint> {
        let bytes = text.trim_ascii().as_bytes();
        let (whole, second) = match *bytes {
            [ref whole @ .., b':', tens, ones] if whole.len() == SHORT => (whole, number(&[tens, ones])),
            _ => (bytes, Some(0)),
        };
        let [y1, y2, y3, y4, b'/', m1, m2, b'/', d1, d2, b' ', h1, h2, b':', n1, n2] = *whole else {
            return Err(Complaint::StartUnreadable);
        };
        let parts = (
            number(&[y1, y2, y3, y4]),
            number(&[m1, m2]),
            number(&[d1, d2]),
            number(&[h1, h2]),
            number(&[n1, n2]),
            second,
        );
        let (Some(year), Some(month), Some(day), Some(hour), Some(minute), Some(second)) = parts else {
            return Err(Complaint::StartUnreadable);
        };
        if !YEARS.contains(&year) {
            return Err(Complaint::StartOutOfRange { year });
        }
        if day == 0 || day > days_in(month, year) || hour > 23 || minute > 59 || second > 59 {
            return Err(Complaint::StartImpossible);
        }
        let of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        Ok(Self(days_since_1970(year, month, day) * 86_400 + of_day))
    }

    pub(crate) fn seconds(self) -> i64 {
        self.0
    }
}

/// Length of `YYYY/MM/DD HH:MM`.
const SHORT: usize = 16;

fn number(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u16::from(digit - b'0')))
}

/// 0 for a month that does not exist.
fn days_in(month: u16, year: u16) -> u16 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// By the Gregorian calendar. Years begin in March here, so that the leap day comes last.
fn days_since_1970(year: u16, month: u16, day: u16) -> i64 {
    let (month, year) = (i64::from(month), i64::from(year) - i64::from(month <= 2));
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - DAYS_TO_1970
}

/// From the day 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_the_date_are_read() {
        assert_eq!(LocalTime::parse("2001/09/09 01:46:40"), Ok(LocalTime(1_000_000_000)), "with seconds");
        assert_eq!(LocalTime::parse("2001/09/09 01:46"), Ok(LocalTime(999_999_960)), "without seconds");
    }

    #[test]
    fn every_day_follows_the_day_before() {
        let mut before = None;
        for year in YEARS {
            for month in 1..=12 {
                for day in 1..=days_in(month, year) {
                    let days = days_since_1970(year, month, day);
                    assert!(before.is_none_or(|before| days == before + 1), "{year}/{month}/{day}");
                    before = Some(days);
                }
            }
        }
    }

    #[test]
    fn dates_that_cannot_be_are_told_apart() {
        for (text, complaint) in [
            ("1970/01/01 00:00:12", Complaint::StartOutOfRange { year: 1970 }),
            ("2300/01/01 00:00:00", Complaint::StartOutOfRange { year: 2300 }),
            ("2026/02/29 10:00:00", Complaint::StartImpossible),
            ("2026/00/10 10:00:00", Complaint::StartImpossible),
            ("2026/13/10 10:00", Complaint::StartImpossible),
            ("2026/03/10 24:00:00", Complaint::StartImpossible),
            ("2026/03/10 10:60:00", Complaint::StartImpossible),
            ("2026-03-10 10:00:00", Complaint::StartUnreadable),
            ("2026/3/1 10:00:00", Complaint::StartUnreadable),
            ("+026/03/10 10:00:00", Complaint::StartUnreadable),
            ("yesterday", Complaint::StartUnreadable),
            ("", Complaint::StartUnreadable),
        ] {
            assert_eq!(LocalTime::parse(text), Err(complaint), "{text:?} must never become a date");
        }
    }
}
