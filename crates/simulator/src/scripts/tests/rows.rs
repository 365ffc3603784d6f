use super::{START, each_script, scripts_of, times, zone};
use crate::kind::Kind;
use crate::row;
use crate::script::{RecordPlan, Script};
use model::Direction;
use model::fact::Record;
use smdr::{Reading, SiteClock};

/// Gives every record of every script, read as CallDoc would, with the plan that it was printed from.
fn each_record(mut check: impl FnMut(&Script, &RecordPlan, &[Record<'_>], &str)) {
    each_script(|script, name| read(script, name, &mut check));
}

fn read(script: &Script, name: &str, check: &mut impl FnMut(&Script, &RecordPlan, &[Record<'_>], &str)) {
    let times = times(script);
    let mut clock = SiteClock::new("Europe/Berlin").expect("the rules are bundled");
    for plan in &script.records {
        let rows = row::rows(plan, &times, &zone());
        let records: Vec<Record<'_>> = rows.iter().map(|row| record(row, &mut clock, name)).collect();
        check(script, plan, &records, name);
    }
}

#[test]
fn rows_share_their_call_id_and_start_and_the_last_one_says_so() {
    each_record(|script, plan, records, name| {
        assert!(!records.is_empty(), "{name}: something is printed of it");
        let start = START.plus_ms(script.steps[plan.from].at_ms as i64);
        for (place, record) in records.iter().enumerate() {
            assert_eq!(record.call_id, plan.id, "{name}: the Call ID");
            assert_eq!(record.started_at.0, start.0 / 1000 * 1000, "{name}: the start, to the second");
            assert_eq!(record.continues, place + 1 < records.len(), "{name}: whether more follow");
            assert_eq!(record.is_internal, plan.direction == Direction::Internal, "{name}: internal or not");
            let legs = plan.legs.expect("asked for");
            assert_eq!(record.caller_leg, Some(legs.caller), "{name}: fields 31 and 32");
            assert_eq!(record.called_leg, Some(legs.called), "{name}: fields 33 and 34");
        }
    });
}

#[test]
fn rows_add_up_to_what_they_tell_of() {
    each_record(|script, plan, records, name| {
        let length_ms = (script.steps[plan.to].at_ms - script.steps[plan.from].at_ms) as i64;
        let seconds: i64 = records
            .iter()
            .map(|record| {
                i64::from(
                    record.connected_seconds
                        + record.ring_seconds
                        + record.hold_seconds
                        + record.park_seconds,
                )
            })
            .sum();
        let surplus_ms = seconds * 1000 - length_ms;
        let most = 3000 * records.len() as i64;
        assert!((0..=most).contains(&surplus_ms), "{name}: each length is rounded up, {surplus_ms} ms over");
    });
}

#[test]
fn a_withheld_number_is_withheld_on_every_line() {
    let mut seen = 0;
    each_record(|script, plan, records, name| {
        if script.kind == Kind::Withheld && plan.relation.is_none() {
            seen += 1;
            assert!(records.iter().all(|record| record.caller.is_empty()), "{name}: {records:?}");
        }
    });
    assert!(seen > 0, "there were some");
}

#[test]
fn the_access_digit_is_dialled_and_not_part_of_the_number() {
    for script in scripts_of(Kind::OutboundAccessDigit) {
        let number = script.external_number.clone().unwrap_or_default();
        assert_eq!(script.dialled, format!("9{number}"), "as the person dialled it");
        let last = super::states(&script).next_back().expect("the call was told of");
        assert_eq!(last.a.dialled, script.dialled, "field 17 holds the access digit");
        let target = last.b.as_ref().map(|b| b.target_number.clone());
        assert_eq!(target, Some(number), "field 19 does not");
    }
}

fn record<'a>(row: &'a [u8], clock: &mut SiteClock, name: &str) -> Record<'a> {
    assert!(row.ends_with(b"\r\n"), "{name}: a line of its own");
    match smdr::read(row, clock) {
        Reading::Record(record) => record,
        other => panic!("{name}: {} is no record: {other:?}", String::from_utf8_lossy(row)),
    }
}
