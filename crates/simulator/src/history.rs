//! SMDR rows of days gone by, so that a demo has a past and a usual day.

use crate::dice::Dice;
use crate::ids::FIRST_RECORD_ID;
use crate::kind::Kind;
use crate::lengths::Lengths;
use crate::office::Size;
use crate::planner::Planner;
use crate::recordings::{Recorded, RecordingSettings, recordings};
use crate::row;
use crate::settings::LegFields;
use crate::truth::{self, Told};
use contract::published::Call;
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
    for day in
        days(from_day, to_day).filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
    {
        for call in calls_of(seed, zone, day) {
            out.extend_from_slice(&call.rows);
        }
    }
    out
}

/// Rows of the calls that had ended by `now` on the day of `now`, whichever weekday it is: a demo can be opened on a
/// Sunday.
pub fn history_of_today(seed: u64, zone: &TimeZone, now: At) -> Vec<u8> {
    let today = truth::local(now, zone).date();
    calls_of(seed, zone, today)
        .into_iter()
        .filter(|call| call.ended_at <= now)
        .flat_map(|call| call.rows)
        .collect()
}

/// What a recorder made of the same calls as [`history_of_today`] tells.
pub fn recordings_of_today(
    seed: u64,
    zone: &TimeZone,
    now: At,
    settings: &RecordingSettings,
) -> Vec<Recorded> {
    let today = truth::local(now, zone).date();
    let calls: Vec<Call> = calls_of(seed, zone, today)
        .into_iter()
        .filter(|call| call.ended_at <= now)
        .map(|call| call.call)
        .collect();
    recordings(&calls, settings)
}

struct PastCall {
    ended_at: At,
    call: Call,
    rows: Vec<u8>,
}

/// Calls of one day by their ends. A day depends on nothing but the seed and its date.
fn calls_of(seed: u64, zone: &TimeZone, day: Date) -> Vec<PastCall> {
    let Some(midnight) = midnight(day, zone) else {
        return Vec::new();
    };
    // The outside parties come from the seed alone, so that the same people call again; the rest from the day too.
    let mut planner = Planner::new(Size::Small, seed, Lengths::Office, 1.0, LegFields::Never);
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
        let rows =
            script.records.iter().flat_map(|record| row::rows(record, &times, zone)).flatten().collect();
        let call = truth::published(&script, &times, zone, Told::default());
        calls.push(PastCall { ended_at: times.last().copied().unwrap_or(midnight), call, rows });
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
            (hour * HOUR_MS + dice.between(0, HOUR_MS - 1), dice.kind(&Kind::PLAIN))
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use smdr::{Line, SiteClock};
    use std::collections::BTreeMap;

    fn zone() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("the rules are bundled")
    }

    /// What the rows of a call add up to.
    #[derive(Default)]
    struct Seen {
        started_at: At,
        seconds: u32,
        inbound: bool,
        abandoned: bool,
    }

    fn seen(rows: &[u8]) -> BTreeMap<u64, Seen> {
        let mut calls: BTreeMap<u64, Seen> = BTreeMap::new();
        let mut clock = SiteClock::new("Europe/Berlin").expect("the rules are bundled");
        smdr::facts(rows, &mut clock, |index, line| {
            let Line::Record(record) = line else {
                panic!("line {index} is no record: {line:?}");
            };
            let call = calls.entry(record.call_id).or_default();
            call.started_at = record.started_at;
            call.seconds += record.connected_seconds + record.ring_seconds + record.hold_seconds;
            call.inbound = record.direction == model::fact::RecordDirection::In;
            call.abandoned = call.inbound && record.connected_seconds == 0;
        });
        calls
    }

    #[test]
    fn working_days_have_a_believable_number_of_calls() {
        let (from, to) = (date(2026, 9, 7), date(2026, 10, 5));
        let rows = history(1, &zone(), from, to);
        assert_eq!(rows, history(1, &zone(), from, to), "the same seed gives the same past");
        let calls = seen(&rows);
        let mut days: BTreeMap<Date, u32> = BTreeMap::new();
        for call in calls.values() {
            let at = crate::truth::local(call.started_at, &zone());
            assert!((8..18).contains(&at.hour()) || (at.hour() == 18 && at.minute() < 10), "at {at}");
            *days.entry(at.date()).or_default() += 1;
        }
        assert_eq!(days.len(), 20, "four weeks of five days");
        for (day, count) in days {
            assert!((88..=132).contains(&count), "{day}: {count} calls");
        }
        let inbound = calls.values().filter(|call| call.inbound).count();
        let abandoned = calls.values().filter(|call| call.abandoned).count();
        let share = abandoned as f64 / inbound as f64;
        assert!((0.05..0.11).contains(&share), "one inbound call in twelve is abandoned, here {share}");
    }

    #[test]
    fn rows_come_in_the_order_in_which_calls_ended() {
        let rows = history(2, &zone(), date(2026, 9, 8), date(2026, 9, 9));
        let text = String::from_utf8(rows.clone()).expect("rows are UTF-8");
        assert!(text.ends_with("\r\n"), "whole lines");
        let calls = seen(&rows);
        let mut latest = At(0);
        for line in text.lines() {
            let id: u64 = line.split(',').nth(9).and_then(|field| field.parse().ok()).expect("field 10");
            let call = &calls[&id];
            let end = call.started_at.plus_ms(i64::from(call.seconds) * 1000);
            assert!(end.plus_ms(8_000) >= latest, "but for rounding, call {id} ended after the one before");
            latest = latest.max(end);
        }
    }

    #[test]
    fn recordings_of_today_are_of_calls_that_have_ended() {
        let noon = midnight(date(2026, 9, 8), &zone()).expect("a date").plus_ms(12 * 3_600_000);
        let settings = RecordingSettings::default();
        let recorded = recordings_of_today(1, &zone(), noon, &settings);
        assert!(recorded.len() > 20, "a morning of an office: {}", recorded.len());
        assert!(recorded.iter().all(|recorded| recorded.ended_at <= noon), "none from the future");
        let calls = seen(&history_of_today(1, &zone(), noon));
        for recorded in &recorded {
            let second = recorded.started_at.plus_ms(1_000);
            assert!(
                calls.values().any(|call| call.started_at <= second),
                "{} is of a call that the rows tell",
                recorded.file_name
            );
        }
        assert_eq!(recorded, recordings_of_today(1, &zone(), noon, &settings), "the same each time");
    }

    #[test]
    fn the_past_comes_out_as_it_always_did() {
        let rows = history(1, &zone(), date(2026, 9, 7), date(2026, 10, 5));
        // FNV-1a: any change of a row would make a demo's library take it in as a call that it does not have.
        let digest = rows.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        assert_eq!((rows.len(), digest), (283_338, 0xb571_22a2_9b59_70b7), "to the byte");
    }

    #[test]
    fn a_day_is_the_same_whichever_days_are_asked_for_with_it() {
        let whole = history(3, &zone(), date(2026, 9, 7), date(2026, 9, 10));
        let alone = history(3, &zone(), date(2026, 9, 9), date(2026, 9, 10));
        assert!(whole.ends_with(&alone), "the demo can add one day at a time");
    }

    #[test]
    fn today_so_far_holds_only_calls_that_have_ended() {
        let noon = date(2026, 9, 9).at(12, 0, 0, 0).to_zoned(zone()).expect("noon exists");
        let now = At(noon.timestamp().as_millisecond());
        let so_far = history_of_today(3, &zone(), now);
        let whole = history(3, &zone(), date(2026, 9, 9), date(2026, 9, 10));
        assert!(whole.starts_with(&so_far), "the morning of the same day");
        assert!(!so_far.is_empty() && so_far.len() < whole.len(), "a part of it");
        let sunday = date(2026, 9, 13).at(15, 0, 0, 0).to_zoned(zone()).expect("it exists");
        let sunday = history_of_today(3, &zone(), At(sunday.timestamp().as_millisecond()));
        assert!(!sunday.is_empty(), "a demo opened on a Sunday has calls too");
    }
}
