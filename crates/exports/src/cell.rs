//! A value as it is written for people, and as it is written for spreadsheets.
//!
//! In English a point stands before decimals and a narrow space between thousands (ISO 80000-1), which hardly anybody reads
//! wrongly; in German a comma and points, as the window writes them. Only the PDF groups thousands; what a program reads
//! does not.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use model::report::Value;
use words::Language;

/// Parts of a currency's unit in an amount.
pub(crate) const MONEY_PARTS: f64 = 10_000.0;

/// Does not break over lines and cannot be taken for a decimal point or comma.
const THOUSANDS: char = '\u{202f}';

/// As people read it; empty for nothing.
pub(crate) fn shown(value: &Value, zone: &TimeZone, language: Language) -> String {
    match value {
        Value::None => String::new(),
        Value::Count(count) => grouped(&count.to_string(), language),
        Value::Length(ms) => length(*ms),
        Value::Share(share) if share.is_finite() => percent(*share, 1, language),
        Value::Number(number) if number.is_finite() => grouped(&trimmed(*number), language),
        Value::Share(_) | Value::Number(_) => String::new(),
        Value::Money { amount, currency } if currency.is_empty() => grouped(&shown_amount(*amount), language),
        Value::Money { amount, currency } => {
            format!("{} {currency}", grouped(&shown_amount(*amount), language))
        }
        Value::At(ms) => second(*ms, zone, language),
        Value::Text(text) => text.clone(),
    }
}

/// `87.5 %`, of a share of 1.
pub(crate) fn percent(share: f64, decimals: usize, language: Language) -> String {
    decimal(&format!("{:.decimals$} %", share * 100.0), language)
}

/// What was written with a point before its decimals.
pub(crate) fn decimal(number: &str, language: Language) -> String {
    match language {
        Language::English => number.to_owned(),
        Language::German => number.replacen('.', ",", 1),
    }
}

/// `3:41`, `1:02:05`: whole seconds that have passed.
pub(crate) fn length(ms: i64) -> String {
    let (sign, hours, minutes, seconds) = split(ms);
    match hours {
        0 => format!("{sign}{minutes}:{seconds:02}"),
        hours => format!("{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// `0:03:41`: always with hours, because spreadsheets read `3:41` as hours and minutes.
pub(crate) fn long_length(ms: i64) -> String {
    let (sign, hours, minutes, seconds) = split(ms);
    format!("{sign}{hours}:{minutes:02}:{seconds:02}")
}

/// `0.0290`, `0.25`: at least two decimals, and all that there are.
pub(crate) fn amount(parts: i64) -> String {
    let sign = if parts < 0 { "-" } else { "" };
    let (whole, rest) = (parts.unsigned_abs() / 10_000, parts.unsigned_abs() % 10_000);
    let decimals = format!("{rest:04}");
    let kept = if decimals.ends_with("00") { &decimals[..2] } else { &decimals };
    format!("{sign}{whole}.{kept}")
}

/// At most three decimals, none that say nothing.
pub(crate) fn trimmed(number: f64) -> String {
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// `2026-11-03T14:05:09+01:00`; `None` outside the calendar.
pub(crate) fn iso(ms: i64, zone: &TimeZone) -> Option<String> {
    let zoned = zoned(ms, zone)?;
    let milliseconds = if zoned.millisecond() == 0 { "" } else { "%.3f" };
    Some(zoned.strftime(&format!("%Y-%m-%dT%H:%M:%S{milliseconds}%:z")).to_string())
}

/// `3 Nov 2026 14:05:09`, `03.11.2026 14:05:09`.
pub(crate) fn second(ms: i64, zone: &TimeZone, language: Language) -> String {
    let form = format!("{} %H:%M:%S", date_form(language));
    zoned(ms, zone).map(|at| at.strftime(&form).to_string()).unwrap_or_default()
}

/// `21 Nov 2026 18:33`, `21.11.2026 18:33`.
pub(crate) fn minute(ms: i64, zone: &TimeZone, language: Language) -> String {
    let form = format!("{} %H:%M", date_form(language));
    zoned(ms, zone).map(|at| at.strftime(&form).to_string()).unwrap_or_default()
}

fn date_form(language: Language) -> &'static str {
    match language {
        Language::English => "%-d %b %Y",
        Language::German => "%d.%m.%Y",
    }
}

pub(crate) fn zoned(ms: i64, zone: &TimeZone) -> Option<Zoned> {
    Timestamp::from_millisecond(ms).ok().map(|at| at.to_zoned(zone.clone()))
}

/// `12 345.5` with a narrow space between thousands, `12.345,5`.
pub(crate) fn grouped(number: &str, language: Language) -> String {
    let thousands = match language {
        Language::English => THOUSANDS,
        Language::German => '.',
    };
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    out + &decimal(rest, language)
}

/// Beyond one unit nobody reads more than two decimals.
fn shown_amount(parts: i64) -> String {
    if parts.unsigned_abs() < 10_000 {
        return amount(parts);
    }
    let hundredths = parts.signum() * i64::try_from((parts.unsigned_abs() + 50) / 100).unwrap_or(i64::MAX);
    amount(hundredths.saturating_mul(100))
}

fn split(ms: i64) -> (&'static str, u64, u64, u64) {
    let seconds = ms.unsigned_abs() / 1_000;
    let sign = if ms < 0 && seconds > 0 { "-" } else { "" };
    (sign, seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_whole_seconds_that_have_passed() {
        assert_eq!(length(221_999), "3:41", "a length is never rounded up");
        assert_eq!(length(3_725_000), "1:02:05", "hours appear when there are some");
        assert_eq!(long_length(221_000), "0:03:41", "spreadsheets need the hours");
        assert_eq!(long_length(360_000_000), "100:00:00", "days are not taken out of hours");
        assert_eq!(length(-1_500), "-0:01", "a difference may be below zero");
    }

    #[test]
    fn thousands_stand_apart_and_decimals_stay() {
        assert_eq!(
            grouped("1234567.25", Language::English),
            "1\u{202f}234\u{202f}567.25",
            "groups of three before the point only"
        );
        assert_eq!(grouped("-123", Language::English), "-123", "a sign is no digit");
        assert_eq!(grouped("1234567.25", Language::German), "1.234.567,25", "as Germans write it");
        assert_eq!(grouped("-123", Language::German), "-123", "a sign is no digit there either");
    }

    #[test]
    fn amounts_keep_the_decimals_they_have() {
        assert_eq!(amount(2_900), "0.29", "two decimals at least");
        assert_eq!(amount(-290), "-0.0290", "four where they say something");
        assert_eq!(shown_amount(123_450), "12.35", "people read two beyond one unit");
        assert_eq!(shown_amount(290), "0.0290", "and all of a price per minute");
    }

    #[test]
    fn an_instant_is_told_by_the_offices_clock_on_both_sides_of_a_change() {
        let zone = TimeZone::get("Europe/Berlin").expect("the zone comes with the program");
        let before = iso(1_793_492_999_000, &zone).expect("inside the calendar");
        let after = iso(1_793_493_000_000 + 3_600_000, &zone).expect("inside the calendar");
        assert!(
            before.ends_with("+02:00") || before.ends_with("+01:00"),
            "an offset is always there: {before}"
        );
        assert_ne!(before, after, "the doubled hour stays apart by its offset");
        assert_eq!(iso(i64::MAX, &zone), None, "outside the calendar nothing is made up");
    }

    #[test]
    fn what_is_no_number_is_left_empty() {
        let shown = |value| shown(&value, &TimeZone::UTC, Language::English);
        assert_eq!(shown(Value::Share(f64::NAN)), "", "0 / 0 is nothing to tell");
        assert_eq!(shown(Value::Share(0.8751)), "87.5 %", "one decimal of a percentage");
        assert_eq!(shown(Value::Number(-0.0001)), "0", "no negative nothing");
    }

    #[test]
    fn germans_read_commas_and_their_own_dates() {
        let zone = TimeZone::get("Europe/Berlin").expect("the zone comes with the program");
        let euros = Value::Money { amount: 12_345_600, currency: "EUR".into() };
        for (value, german) in [
            (Value::Share(0.8751), "87,5 %"),
            (Value::Number(1_234.5), "1.234,5"),
            (Value::Count(12_345), "12.345"),
            (euros, "1.234,56 EUR"),
            (Value::Length(3_725_000), "1:02:05"),
            (Value::At(1_793_711_109_000), "03.11.2026 14:05:09"),
        ] {
            assert_eq!(shown(&value, &zone, Language::German), german, "{value:?}");
        }
    }
}
