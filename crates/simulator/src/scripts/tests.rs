//! Every kind's script, seen as the wire, as SMDR and as the truth.

use crate::kind::Kind;
use crate::leg::Saying;
use crate::lengths::Lengths;
use crate::planner::Planner;
use crate::row;
use crate::script::Script;
use crate::settings::LegFields;
use crate::standing::Standing;
use crate::truth;
use devlink3::delta3;
use jiff::tz::TimeZone;
use model::fact::{CAUSE_TRANSFER, EndId, Fact, Record};
use model::figures::{self, Figures};
use model::{At, EventKind};
use smdr::{Reading, SiteClock};
use std::collections::BTreeMap;

const SEEDS: u64 = 12;
/// A summer's day, so that the zone's offset is two hours.
const START: At = At(1_750_000_000_400);

/// Every kind with several seeds, at both lengths.
fn each_script(mut check: impl FnMut(&Script, &str)) {
    for lengths in [Lengths::Lively, Lengths::Office] {
        for seed in 0..SEEDS {
            let mut planner = Planner::new(seed, lengths, 1.0, LegFields::Always);
            for (place, kind) in Kind::ALL.into_iter().enumerate() {
                let script =
                    planner.call(kind, place as u64 * 10_000_000).expect("an empty office serves anyone");
                check(&script, &format!("{} {lengths:?} seed {seed}", kind.word()));
            }
        }
    }
}

fn times(script: &Script) -> Vec<At> {
    script.steps.iter().map(|step| START.plus_ms(step.at_ms as i64)).collect()
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("the rules are bundled")
}

#[test]
fn every_record_reads_back_as_it_was_meant() {
    each_script(|script, name| {
        for saying in script.steps.iter().flat_map(|step| &step.says) {
            let mut text = String::new();
            let meant = match saying {
                Saying::State(leg) => {
                    delta3::write::detail(&leg.as_fact(), &mut text);
                    Fact::CallState(Box::new(leg.as_fact()))
                }
                Saying::Left(left) => {
                    delta3::write::party_left(left, &mut text);
                    Fact::PartyLeft(left.clone())
                }
                Saying::Note(_) => continue,
            };
            let mut read = 0;
            let tally = delta3::parse(&text, |fact| {
                read += 1;
                assert_eq!(fact, meant, "{name}: {text}");
            });
            assert_eq!((read, tally.malformed_records), (1, 0), "{name}: one whole record in {text}");
        }
    });
}

#[test]
fn every_end_that_appears_leaves_once_and_nothing_stays() {
    each_script(|script, name| {
        let mut left: BTreeMap<EndId, u32> = BTreeMap::new();
        let mut standing = Standing::default();
        for saying in script.steps.iter().flat_map(|step| &step.says) {
            standing.heard(saying);
            match saying {
                Saying::State(leg) => {
                    for end in [Some(&leg.a), leg.b.as_ref()].into_iter().flatten() {
                        let gone = *left.entry(end.id).or_default();
                        assert_eq!(gone, 0, "{name}: {:x} is told of after it left", end.id.0);
                    }
                }
                Saying::Left(lost) => {
                    let times = left.get_mut(&lost.end);
                    *times.unwrap_or_else(|| panic!("{name}: {:x} left and never came", lost.end.0)) += 1;
                }
                Saying::Note(_) => {}
            }
        }
        assert!(left.values().all(|times| *times == 1), "{name}: every end leaves once, {left:x?}");
        assert_eq!(standing.legs().count(), 0, "{name}: a call that ended is in no snapshot");
    });
}

#[test]
fn main_events_follow_each_other_from_start_to_end() {
    each_script(|script, name| {
        let last = script.steps.len() - 1;
        let mut reached = 0;
        for event in script.main_events() {
            assert_eq!(event.from, reached, "{name}: no gap before {:?}", event.kind);
            assert!(event.to > event.from, "{name}: {:?} lasts", event.kind);
            reached = event.to;
        }
        assert_eq!(reached, last, "{name}: something goes on until the end");
        let call = truth::call(script, &times(script));
        let told = Figures::of(&call, START);
        let parts: i64 = call
            .events
            .iter()
            .filter(|event| !event.beside)
            .filter_map(|event| event.ended_at.map(|end| end.ms_since(event.started_at)))
            .sum();
        assert_eq!(parts, told.total_ms, "{name}: the stretches add up to the call");
    });
}

#[test]
fn smdr_rows_tell_the_same_call() {
    each_script(|script, name| {
        let times = times(script);
        let total_ms = times.last().unwrap().ms_since(times[0]);
        let rows = row::rows(script, &times, &zone());
        let mut clock = SiteClock::new("Europe/Berlin").expect("the rules are bundled");
        let mut sum_seconds = 0;
        for (place, row) in rows.iter().enumerate() {
            assert!(row.ends_with(b"\r\n"), "{name}: a line of its own");
            let record = record(row, &mut clock, name);
            assert_eq!(record.call_id, script.record_id, "{name}: all rows share the Call ID");
            assert_eq!(record.started_at, At(START.0 / 1000 * 1000), "{name}: and the call's start");
            assert_eq!(record.continues, place + 1 < rows.len(), "{name}: the last row says so");
            let legs = script.record_legs.expect("asked for");
            assert_eq!(record.caller_leg, Some(legs.caller), "{name}: fields 31 and 32");
            assert_eq!(record.called_leg, Some(legs.called), "{name}: fields 33 and 34");
            sum_seconds += i64::from(
                record.connected_seconds + record.ring_seconds + record.hold_seconds + record.park_seconds,
            );
        }
        let surplus_ms = sum_seconds * 1000 - total_ms;
        let most = 3000 * rows.len() as i64;
        assert!((0..=most).contains(&surplus_ms), "{name}: each length is rounded up, {surplus_ms} ms over");
    });
}

#[test]
fn the_truth_says_what_the_kind_promises() {
    each_script(|script, name| {
        let call = truth::call(script, &times(script));
        let told = Figures::of(&call, START);
        let answered = !matches!(
            script.kind,
            Kind::AbandonedRinging
                | Kind::AbandonedQueue
                | Kind::Voicemail
                | Kind::OutboundUnanswered
                | Kind::InternalUnanswered
        );
        let abandoned =
            matches!(script.kind, Kind::AbandonedRinging | Kind::AbandonedQueue | Kind::AbandonedHold);
        assert_eq!(told.answered, answered, "{name}: answered");
        assert_eq!(told.abandoned, abandoned, "{name}: abandoned");
        assert_eq!(told.abandoned_on_hold, script.kind == Kind::AbandonedHold, "{name}: on hold");
        assert_eq!(told.voicemail, script.kind == Kind::Voicemail, "{name}: voicemail");
        assert_eq!(call.withheld, script.kind == Kind::Withheld, "{name}: withheld");
        let agents = match script.kind {
            Kind::BlindTransfer | Kind::InternalAnswered => 2,
            _ if answered => 1,
            _ => 0,
        };
        assert_eq!(figures::agents(&call).len(), agents, "{name}: who talked");
    });
}

#[test]
fn a_blind_transfer_shows_the_holders_second_call() {
    let mut planner = Planner::new(3, Lengths::Lively, 1.0, LegFields::Always);
    let script = planner.call(Kind::BlindTransfer, 0).expect("an empty office serves anyone");
    let says: Vec<&Saying> = script.steps.iter().flat_map(|step| &step.says).collect();
    let mut legs = Vec::new();
    for saying in &says {
        if let Saying::State(leg) = saying
            && !legs.contains(&leg.id)
        {
            legs.push(leg.id);
        }
    }
    assert_eq!(legs.len(), 2, "the second call has a call id of its own");
    let by_transfer = says
        .iter()
        .filter(|saying| matches!(saying, Saying::Left(left) if left.cause == CAUSE_TRANSFER))
        .count();
    assert_eq!(by_transfer, 2, "the holder's two ends leave with the transfer's cause");
    let kinds: Vec<EventKind> = script.events.iter().map(|event| event.kind).collect();
    let expected = [
        EventKind::Ringing,
        EventKind::Talking,
        EventKind::TransferHold,
        EventKind::Transfer,
        EventKind::Ringing,
        EventKind::Talking,
    ];
    assert_eq!(kinds, expected, "as the caller lives it");
    let mark = &script.events[3];
    assert!(mark.beside && mark.from == mark.to, "the transfer itself takes no time");
    assert_eq!(mark.party, script.events[5].agent, "it names who takes over");
    assert_eq!(script.rows.len(), 2, "one row for each person");
}

#[test]
fn the_access_digit_is_dialled_and_not_part_of_the_number() {
    let mut planner = Planner::new(5, Lengths::Lively, 1.0, LegFields::Always);
    let script = planner.call(Kind::OutboundAccessDigit, 0).expect("an empty office serves anyone");
    let number = script.external_number.clone().unwrap_or_default();
    assert_eq!(script.dialled, format!("9{number}"), "as the person dialled it");
    let mut last = script.steps.iter().flat_map(|step| &step.says).filter_map(|saying| match saying {
        Saying::State(leg) => Some(leg),
        Saying::Left(_) | Saying::Note(_) => None,
    });
    let last = last.next_back().expect("the call was told of");
    assert_eq!(last.a.dialled, script.dialled, "field 17 holds the access digit");
    assert_eq!(last.b.as_ref().map(|b| b.target_number.as_str()), Some(number.as_str()), "field 19 does not");
}

fn record<'a>(row: &'a [u8], clock: &mut SiteClock, name: &str) -> Record<'a> {
    match smdr::read(row, clock) {
        Reading::Record(record) => record,
        other => panic!("{name}: {} is no record: {other:?}", String::from_utf8_lossy(row)),
    }
}
