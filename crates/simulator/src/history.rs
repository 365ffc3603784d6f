//! SMDR rows of days gone by, so that a demo has a past and a usual day.

use crate::dice::Dice;
use crate::kind::Kind;
use crate::lengths::Lengths;
use crate::planner::Planner;
use crate::row;
use crate::scribe::FIRST_RECORD_ID;
use crate::settings::LegFields;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use model::At;

/// Calls of a working day, before the weekday's share.
const CALLS_A_DAY: (u64, u64) = (98, 120);
const OPENS_AT_HOUR: u64 = 8;
/// How calls spread over the hours from 8 to 18: a peak before and a smaller one after lunch.
const HOURS: [u32; 10] = [7, 13, 15, 13, 7, 9, 12, 11, 9, 4];
const HOUR_MS: u64 = 3_600_000;
/// When nothing is free the caller tries again.
const TRY_AGAIN_MS: u64 = 20_000;
/// A history holds at most so many days: ten years.
const MAX_DAYS: usize = 3660;
/// SMDR's call ids grow by so many a day, more than a day has calls.
const IDS_A_DAY: u64 = 200;
/// The day on which the office's PBX counted its first call.
const FIRST_DAY: Date = jiff::civil::date(2000, 1, 1);

/// Rows of the working days (Monday to Friday) from `from_day` up to and without `to_day`, as a PBX in `zone` would
/// have printed them: CR LF lines of 30 fields, in the order in which the calls ended. The same arguments give the same
/// bytes.
pub fn history(seed: u64, zone: &TimeZone, from_day: Date, to_day: Date) -> Vec<u8> {
    let mut out = Vec::new();
    for day in days(from_day, to_day).filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)) {
        for call in calls_of(seed, zone, day) {
            out.extend_from_slice(&call.rows);
        }
    }
    out
}

/// Rows of the calls that had ended by `now` on the day of `now`, whichever weekday it is: a demo can be opened on a
/// Sunday.
pub fn history_of_today(seed: u64, zone: &TimeZone, now: At) -> Vec<u8> {
    let today = crate::truth::local(now, zone).date();
    calls_of(seed, zone, today)
        .into_iter()
        .filter(|call| call.ended_at <= now)
        .flat_map(|call| call.rows)
        .collect()
}

struct PastCall {
    ended_at: At,
    rows: Vec<u8>,
}

/// Calls of one day by their ends. A day depends on nothing but the seed and its date.
fn calls_of(seed: u64, zone: &TimeZone, day: Date) -> Vec<PastCall> {
    let Some(midnight) = midnight(day, zone) else {
        return Vec::new();
    };
    // The outside parties come from the seed alone, so that the same people call again; the rest from the day too.
    let mut planner = Planner::new(seed, Lengths::Office, 1.0, LegFields::Never);
    let days = day.since(FIRST_DAY).map_or(0, |span| u64::from(span.get_days().unsigned_abs()));
    // The golden ratio spreads neighbouring days over all seeds.
    let mut dice = Dice::new(seed ^ days.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    planner.begin_day(dice.clone(), FIRST_RECORD_ID + days * IDS_A_DAY);
    let mut calls = Vec::new();
    let mut latest_ms = 0;
    for (start_ms, kind) in starts(day, &mut dice) {
        let mut at_ms = start_ms.max(latest_ms);
        let script = loop {
            match planner.call(kind, at_ms) {
                Some(script) => break script,
                None => at_ms += TRY_AGAIN_MS,
            }
        };
        latest_ms = at_ms;
        let times: Vec<At> =
            script.steps.iter().map(|step| midnight.plus_ms(whole(at_ms + step.at_ms))).collect();
        let rows = row::rows(&script, &times, zone).concat();
        calls.push(PastCall { ended_at: times.last().copied().unwrap_or(midnight), rows });
    }
    calls.sort_by_key(|call| call.ended_at);
    calls
}

/// When the day's calls start, counted from midnight, and their kinds.
fn starts(day: Date, dice: &mut Dice) -> Vec<(u64, Kind)> {
    let share = match day.weekday() {
        Weekday::Monday => 108,
        Weekday::Friday => 93,
        Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday => 100,
        Weekday::Saturday | Weekday::Sunday => 95,
    };
    let count = dice.between(CALLS_A_DAY.0, CALLS_A_DAY.1) * share / 100;
    let mut starts: Vec<(u64, Kind)> = (0..count)
        .map(|_| {
            let hour = OPENS_AT_HOUR + dice.weighted(&HOURS) as u64;
            (hour * HOUR_MS + dice.between(0, HOUR_MS - 1), dice.kind())
        })
        .collect();
    starts.sort_unstable();
    starts
}

fn days(from_day: Date, to_day: Date) -> impl Iterator<Item = Date> {
    from_day.series(jiff::Span::new().days(1)).take_while(move |day| *day < to_day).take(MAX_DAYS)
}

fn midnight(day: Date, zone: &TimeZone) -> Option<At> {
    let zoned = day.to_zoned(zone.clone()).ok()?;
    Some(At(zoned.timestamp().as_millisecond()))
}

fn whole(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}
