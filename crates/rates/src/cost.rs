//! What one call costs.

use crate::table::{Rate, Table};
use crate::{week, words};
use jiff::tz::TimeZone;
use model::At;

/// Longest time that is charged: a line that stays open for longer is a fault of the line.
const SECONDS_MAX: u32 = 31 * 24 * 3_600;

/// A number as rates know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Number<'n> {
    /// With its plus.
    pub e164: Option<&'n str>,
    /// As dialled, without what is dialled to get a line.
    pub dialled: &'n str,
}

/// What a call costs and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    pub amount: i64,
    /// Of the rate that applied when it was answered.
    pub prefix: String,
    pub label: String,
    /// How it came about, in words.
    pub says: String,
}

/// Time at one price.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) seconds: i64,
    pub(crate) per_minute: i64,
}

/// `None` when some of its time has no rate. The rate at the answer says connect fee, minimum and steps; what rounding up
/// adds costs what it would at the end of the call.
pub fn cost(
    table: &Table,
    zone: &TimeZone,
    number: Number<'_>,
    answered_at: At,
    seconds: u32,
) -> Option<Charged> {
    let fitting = fitting(table, number);
    let (bands, _) = week::bands_at(table, zone, answered_at);
    let first = applying(table, &fitting, &bands)?;
    let charged = charged_seconds(first, seconds.min(SECONDS_MAX));
    let parts = parts(table, zone, &fitting, answered_at, charged)?;
    let sixtieths: i128 =
        parts.iter().map(|part| i128::from(part.seconds) * i128::from(part.per_minute)).sum();
    let talking = (sixtieths + 30) / 60;
    let whole = talking + i128::from(first.connect_fee);
    let amount = i64::try_from(whole.max(i128::from(first.minimum))).unwrap_or(i64::MAX);
    Some(Charged {
        amount,
        prefix: first.prefix.clone(),
        label: first.label.clone(),
        says: words::of(&table.currency, first, seconds, charged, &parts, whole < i128::from(first.minimum)),
    })
}

/// At least the minimum, and then whole steps.
fn charged_seconds(rate: &Rate, seconds: u32) -> i64 {
    let seconds = i64::from(seconds.max(rate.minimum_seconds.min(SECONDS_MAX)));
    let step = i64::from(rate.step_seconds.clamp(1, SECONDS_MAX));
    (seconds + step - 1) / step * step
}

/// Rates whose prefix the number has, the longest prefix first. Of two that are as long, the one in E.164 stands first.
fn fitting<'t>(table: &'t Table, number: Number<'_>) -> Vec<&'t Rate> {
    let has = |rate: &&Rate| match rate.prefix.starts_with('+') {
        true => number.e164.is_some_and(|e164| e164.starts_with(&rate.prefix)),
        false => number.dialled.starts_with(&rate.prefix),
    };
    let mut fitting: Vec<&Rate> = table.rates.iter().filter(has).collect();
    fitting.sort_by_key(|rate| {
        let digits = rate.prefix.trim_start_matches('+').len();
        std::cmp::Reverse((digits, rate.prefix.starts_with('+')))
    });
    fitting
}

/// The longest prefix with a rate that applies in these bands.
fn applying<'t>(table: &Table, fitting: &[&'t Rate], bands: &[usize]) -> Option<&'t Rate> {
    let mut rest = fitting;
    while let Some(longest) = rest.first() {
        let end = rest.iter().position(|rate| rate.prefix != longest.prefix).unwrap_or(rest.len());
        let (same, shorter) = rest.split_at(end);
        let in_band = |place: &usize| {
            let name = &table.bands.get(*place)?.name;
            same.iter().find(|rate| rate.band.as_ref() == Some(name))
        };
        let found = bands.iter().find_map(in_band).or_else(|| same.iter().find(|rate| rate.band.is_none()));
        if let Some(rate) = found {
            return Some(rate);
        }
        rest = shorter;
    }
    None
}

/// The charged time, cut where the price changes.
fn parts(
    table: &Table,
    zone: &TimeZone,
    fitting: &[&Rate],
    answered_at: At,
    charged: i64,
) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut done = 0;
    loop {
        let at = answered_at.plus_ms(done * 1_000);
        let (bands, border) = week::bands_at(table, zone, at);
        let per_minute = applying(table, fitting, &bands)?.per_minute;
        // A second that begins before a border costs what it did then.
        let until_border = ((border - at) + 999) / 1_000;
        let seconds = until_border.max(1).min(charged - done);
        match parts.last_mut() {
            Some(last) if last.per_minute == per_minute => last.seconds += seconds,
            Some(_) | None => parts.push(Part { seconds, per_minute }),
        }
        done += seconds;
        if done >= charged {
            return Some(parts);
        }
    }
}
