//! Which call a recording belongs to.

use model::{
    At, Basis, Call, CallId, Direction, Event, EventKind, Position, RecordRef, RecordingMatch, SiteId,
};
use recordings::matching::{Heard, Matched, StartedBy, assign, likely};

const SITE: SiteId = SiteId(1);
const NOON: i64 = 1_795_260_000_000;

fn at(seconds: i64) -> At {
    At(NOON + seconds * 1_000)
}

/// A call that rang `ring` seconds and was talked on by each of `talks` (extension, seconds) in turn.
fn call(id: i64, from: i64, number: &str, talks: &[(&str, i64)]) -> Call {
    let ring = 5;
    let event = |kind, start: i64, end: i64, agent: &str| Event {
        kind,
        started_at: at(start),
        ended_at: Some(at(end)),
        agent: Some(agent.to_owned()),
        ..Event::default()
    };
    let mut events = vec![event(EventKind::Ringing, from, from + ring, talks[0].0)];
    let mut now = from + ring;
    for (agent, seconds) in talks {
        events.push(event(EventKind::Talking, now, now + seconds, agent));
        now += seconds;
    }
    Call {
        id: CallId(id),
        site: SITE,
        direction: Direction::Inbound,
        started_at: at(from),
        start_known: true,
        ended_at: Some(at(now)),
        external_number: Some(number.to_owned()),
        events,
        ..Call::default()
    }
}

fn heard(from: i64, seconds: i64, extension: &str, number: &str) -> Heard {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Heard {
        site: SITE,
        source: Some(1),
        started_at: at(from),
        started_by: StartedBy::Name,
        length_ms: seconds * 1_000,
        extension: text(extension),
        number: text(number),
        group: None,
        call_id: None,
        towards: None,
    }
}

fn ids(matched: &[Option<Matched>]) -> Vec<Option<i64>> {
    matched.iter().map(|matched| matched.as_ref().map(|matched| matched.call.0)).collect()
}

fn now() -> At {
    at(100_000)
}

#[test]
fn a_recording_goes_to_the_call_of_its_phone_number_and_time() {
    let calls = [call(1, 0, "0301234567", &[("204", 60)]), call(2, 200, "0301234567", &[("204", 90)])];
    let matched = assign(&[heard(206, 89, "204", "+49301234567")], &calls, now());
    assert_eq!(ids(&matched), [Some(2)], "the second call of the same caller");
    let matched = matched[0].as_ref().expect("matched");
    assert_eq!(matched.method, RecordingMatch::Score);
    assert!(matched.confidence > 0.9, "everything agrees: {}", matched.confidence);
    assert!(matched.reasons.len() >= 3, "says why: {:?}", matched.reasons);
}

#[test]
fn recordings_before_and_after_a_transfer_belong_to_one_call() {
    let calls = [call(1, 0, "0301234567", &[("204", 60), ("207", 45)])];
    let matched = assign(&[heard(5, 60, "204", "0301234567"), heard(65, 45, "207", "")], &calls, now());
    assert_eq!(ids(&matched), [Some(1), Some(1)], "one conversation");
}

#[test]
fn a_users_and_a_groups_recording_of_one_call_both_belong_to_it() {
    let calls = [call(1, 0, "0301234567", &[("204", 60)])];
    let group = Heard { group: Some("Sales".to_owned()), ..heard(5, 60, "204", "") };
    assert_eq!(ids(&assign(&[heard(5, 60, "204", ""), group], &calls, now())), [Some(1), Some(1)]);
}

#[test]
fn two_calls_of_equal_length_at_once_are_told_apart_by_the_best_total() {
    // Without extensions in the names, only the numbers and the seconds tell, and one number is missing.
    let calls = [call(1, 0, "0301234567", &[("204", 60)]), call(2, 2, "0407654321", &[("205", 60)])];
    let unknown = heard(6, 60, "", "");
    let known = heard(6, 60, "", "0301234567");
    let matched = assign(&[unknown, known], &calls, now());
    assert_eq!(ids(&matched), [Some(2), Some(1)], "the one whose number is known leaves the other call");
    let sure = matched[1].as_ref().expect("matched").confidence;
    let doubtful = matched[0].as_ref().expect("matched").confidence;
    assert!(doubtful < sure, "what fits two calls is less sure: {doubtful} {sure}");
}

#[test]
fn an_extension_that_had_no_part_in_a_call_is_not_its_recording() {
    let calls = [call(1, 0, "0301234567", &[("204", 60)])];
    assert_eq!(ids(&assign(&[heard(5, 60, "299", "0301234567")], &calls, now())), [None]);
    assert_eq!(
        ids(&assign(&[heard(5, 60, "204", "0409999999")], &calls, now())),
        [None],
        "nor another number"
    );
}

#[test]
fn a_recording_longer_than_the_call_is_anothers() {
    let calls = [call(1, 0, "0301234567", &[("204", 60)])];
    assert_eq!(ids(&assign(&[heard(5, 400, "204", "")], &calls, now())), [None]);
}

#[test]
fn a_call_id_decides_among_those_that_were_going_on() {
    let with_id = |mut call: Call| {
        let position = Position { seq: call.id.0, index: 0 };
        call.basis = Basis { records: vec![RecordRef { position, call_id: 17 }], ..Basis::default() };
        call
    };
    // The PBX started its ids again: 17 came twice.
    let calls = [
        with_id(call(1, 0, "0301234567", &[("204", 60)])),
        with_id(call(2, 1_000, "0301234567", &[("204", 60)])),
    ];
    let said = Heard { call_id: Some("17".to_owned()), ..heard(1_006, 58, "", "") };
    let matched = assign(&[said], &calls, now());
    assert_eq!(ids(&matched), [Some(2)], "the one of that time");
    assert_eq!(matched[0].as_ref().expect("matched").method, RecordingMatch::CallId);
}

#[test]
fn holding_pauses_a_recording() {
    let mut held = call(1, 0, "0301234567", &[("204", 60)]);
    held.events.push(Event {
        kind: EventKind::Hold,
        started_at: at(65),
        ended_at: Some(at(165)),
        agent: Some("204".to_owned()),
        ..Event::default()
    });
    held.events.push(Event {
        kind: EventKind::Talking,
        started_at: at(165),
        ended_at: Some(at(185)),
        agent: Some("204".to_owned()),
        ..Event::default()
    });
    held.ended_at = Some(at(185));
    let matched = assign(&[heard(5, 80, "204", "0301234567")], &[held], now());
    let confidence = matched[0].as_ref().expect("matched").confidence;
    assert!(confidence > 0.9, "80 s were spoken and recorded: {confidence}");
}

#[test]
fn the_clock_of_a_recorder_that_is_minutes_off_is_found() {
    let ahead = 215;
    let calls: Vec<Call> =
        (0..12).map(|n| call(n, n * 300, &format!("030555{:04}", n * 37), &[("204", 60 + n * 3)])).collect();
    let heard: Vec<Heard> = (0..12)
        .map(|n| heard(n * 300 + 5 + ahead, 60 + n * 3, "204", &format!("030555{:04}", n * 37)))
        .collect();
    let expected: Vec<Option<i64>> = (0..12).map(Some).collect();
    assert_eq!(ids(&assign(&heard, &calls, now())), expected, "3:35 ahead, and each at its call");
}

#[test]
fn copies_of_one_recording_stay_with_their_call_and_lookalikes_do_not_get_two() {
    let calls = [call(1, 0, "0301234567", &[("204", 60)])];
    let twice = [heard(5, 60, "204", "0301234567"), heard(5, 60, "204", "0301234567")];
    assert_eq!(ids(&assign(&twice, &calls, now())), [Some(1), Some(1)], "one automatic, one by hand");
}

#[test]
fn a_file_that_tells_no_time_is_found_by_when_it_was_written() {
    let calls = [call(1, 0, "0301234567", &[("204", 60)]), call(2, 600, "0301234567", &[("204", 60)])];
    let late = Heard { started_by: StartedBy::FileTime, ..heard(40, 60, "204", "") };
    assert_eq!(ids(&assign(&[late], &calls, now())), [Some(1)], "closed half a minute late");
}

#[test]
fn the_likely_calls_are_told_the_likeliest_first_also_where_none_is_likely_enough() {
    let calls = [call(1, 0, "0301234567", &[("204", 60)]), call(2, 10, "0407654321", &[("204", 60)])];
    let found = likely(&heard(14, 61, "204", ""), &calls, now());
    let order: Vec<i64> = found.iter().map(|likely| likely.call.0).collect();
    assert_eq!(order, [2, 1], "the one that begins with it first");
}
