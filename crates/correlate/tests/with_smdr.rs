//! SMDR alone, and SMDR joined with what DevLink3 told.

mod office;

use model::fact::{CAUSE_NORMAL, DeviceKind, EndState, Fact, Record, RecordDirection};
use model::figures::{Figures, agents, agents_rung};
use model::{Direction, EventKind, MatchMethod, SourceKind};
use office::{HungUp, Office, at, device, inbound_record, leg, phone, ringing, target, trunk_in, two};
use std::borrow::Cow;

const CONNECTED: EndState = EndState::CONNECTED;

fn devlink_call(office: &mut Office, from: f64, call: u32, end: u64, extension: &'static str, talk: f64) {
    let channel = if end.is_multiple_of(2) { "5.2" } else { "5.1" };
    let trunk = |state| model::fact::End { description: channel, ..trunk_in(end, state) };
    office.state(from, ringing(call, trunk(EndState::RINGBACK), "", vec![target(end + 100, extension)]));
    office.state(from + 5.0, two(call, trunk(CONNECTED), phone(end + 100, extension, CONNECTED), ""));
    office.leave(from + 5.0 + talk, end, HungUp::Yes, CAUSE_NORMAL);
    office.leave(from + 5.0 + talk, end + 100, HungUp::No, CAUSE_NORMAL);
}

#[test]
fn records_alone_make_a_full_call() {
    let mut office = Office::silent();
    office.record(60.0, inbound_record(0.0, 1_000_013, 7, 5, "403"));
    let call = office.only();
    assert_eq!(call.direction, Direction::Inbound, "I, and not between extensions");
    let figures = Figures::of(call, at(60.0));
    assert_eq!(
        (figures.ring_ms, figures.talk_ms, figures.total_ms),
        (7_000, 5_000, 12_000),
        "as the row says"
    );
    assert_eq!(agents(call), ["403"], "403 answered");
    assert_eq!(call.sources(), [SourceKind::Smdr], "nothing else was heard");
    assert!(office.engine.next_deadline().is_none(), "without a CTI licence there is nothing to wait for");
}

#[test]
fn a_lost_call_rang_and_was_abandoned() {
    let mut office = Office::silent();
    office.record(60.0, inbound_record(0.0, 1_000_013, 9, 0, "4324"));
    let call = office.only();
    assert!(Figures::of(call, at(60.0)).abandoned, "connected for zero seconds");
    assert_eq!(agents_rung(call), ["4324"], "its phone rang");
}

#[test]
fn records_that_share_call_id_and_start_are_one_call() {
    let mut office = Office::silent();
    let first =
        Record { continues: true, hold_seconds: 11, ..inbound_record(0.0, 1_000_014_160, 7, 13, "4750") };
    let second = Record {
        party1: device(DeviceKind::Voicemail, "9502"),
        digest: 2,
        ..inbound_record(0.0, 1_000_014_160, 0, 21, "")
    };
    office.record(60.0, first);
    office.record(60.0, second);
    let call = office.only();
    let main: Vec<EventKind> =
        call.events.iter().filter(|event| !event.beside).map(|event| event.kind).collect();
    assert_eq!(
        main,
        [EventKind::Ringing, EventKind::Talking, EventKind::TransferHold, EventKind::Voicemail],
        "held by 4750 in order to send the caller to voicemail"
    );
    assert_eq!(Figures::of(call, at(90.0)).total_ms, 52_000, "the lengths of both records");
}

#[test]
fn call_ids_that_start_again_overwrite_nothing() {
    let mut office = Office::silent();
    office.record(60.0, inbound_record(0.0, 1_000_001, 7, 5, "403"));
    office.record(90_060.0, inbound_record(90_000.0, 1_000_001, 3, 50, "404"));
    assert_eq!(office.counted().len(), 2, "a call is its id and its start");
}

#[test]
fn an_internal_record_names_both_people() {
    let mut office = Office::silent();
    let record = Record {
        direction: RecordDirection::Out,
        is_internal: true,
        caller: Cow::Borrowed("4688"),
        called_number: Cow::Borrowed("4207"),
        dialled_number: Cow::Borrowed("4207"),
        party2: device(DeviceKind::Extension, "4207"),
        ..inbound_record(0.0, 1_000_013_898, 4, 44, "4688")
    };
    office.record(60.0, record);
    let call = office.only();
    assert_eq!(call.direction, Direction::Internal, "internal calls print O");
    assert_eq!(agents(call), ["4688", "4207"], "the caller first");
    assert_eq!(agents_rung(call), ["4207"], "the called phone rang");
    assert_eq!(call.external_number, None, "nobody outside took part");
}

#[test]
fn server_address_and_call_id_join_exactly() {
    let mut office = Office::open();
    devlink_call(&mut office, 0.0, 3, 0x2329, "4001", 60.0);
    let record = Record { caller_leg: Some(leg(3)), ..inbound_record(1.0, 1_000_013, 5, 60, "4001") };
    office.record(95.0, record);
    let call = office.only();
    let matched = call.basis.matched.expect("joined");
    assert_eq!((matched.method, matched.confidence), (MatchMethod::CallId, 1.0), "certain");
    assert_eq!(call.sources(), [SourceKind::Devlink3, SourceKind::Smdr], "both told of it");
    assert_eq!(call.trunk.as_deref(), Some("5.1"), "what DevLink3 said stays");
}

#[test]
fn without_ids_time_number_person_and_length_decide() {
    let mut office = Office::open();
    devlink_call(&mut office, 0.0, 3, 0x2329, "4001", 60.0);
    office.record(95.0, inbound_record(1.0, 1_000_013, 5, 60, "4001"));
    office.wait_until(99.0);
    let call = office.only();
    let matched = call.basis.matched.expect("joined");
    assert_eq!(matched.method, MatchMethod::BestScore, "by score");
    assert!(matched.confidence > 0.9, "everything agrees: {}", matched.confidence);
}

#[test]
fn the_same_caller_twice_within_seconds_is_told_apart_by_the_best_total() {
    let mut office = Office::open();
    devlink_call(&mut office, 0.0, 3, 0x2329, "4001", 10.0);
    devlink_call(&mut office, 3.0, 4, 0x2330, "4001", 40.0);
    // The rows come in the other order.
    office.record(60.0, inbound_record(4.0, 1_000_014, 5, 40, "4001"));
    office.record(60.1, inbound_record(1.0, 1_000_013, 5, 10, "4001"));
    office.wait_until(70.0);
    let told: Vec<(i64, u64)> = office
        .counted()
        .iter()
        .map(|call| (call.started_at - at(0.0), call.basis.records[0].call_id))
        .collect();
    assert_eq!(told, [(0, 1_000_013), (3_000, 1_000_014)], "each to its own");
}

#[test]
fn a_record_that_fits_no_call_is_a_call_of_its_own() {
    let mut office = Office::open();
    devlink_call(&mut office, 0.0, 3, 0x2329, "4001", 60.0);
    let other =
        Record { caller: Cow::Borrowed("02079460123"), ..inbound_record(2.0, 1_000_013, 5, 60, "4007") };
    office.record(95.0, other);
    office.wait_until(99.0);
    assert_eq!(office.counted().len(), 2, "another number is another call");
}

#[test]
fn a_late_record_gives_a_call_its_unseen_beginning_and_end() {
    let mut office = Office::silent();
    office.tell(20.0, Fact::SnapshotFollows);
    office.state(20.1, two(3, trunk_in(0x2329, CONNECTED), phone(0x413, "4001", CONNECTED), ""));
    office.tell(30.0, Fact::LinkLost);
    office.tell(120.0, Fact::SnapshotFollows);
    office.wait_until(125.0);
    let record = Record { caller_leg: Some(leg(3)), ..inbound_record(0.0, 1_000_013, 5, 60, "4001") };
    office.record(130.0, record);
    let call = office.only();
    let figures = Figures::of(call, at(200.0));
    assert!(call.start_known, "the record knows");
    assert_eq!((call.started_at, call.ended_at), (at(0.0), Some(at(65.0))), "from its start to its end");
    assert_eq!((figures.ring_ms, figures.talk_ms), (5_000, 60_000), "rang five seconds, talked sixty");
}

#[test]
fn a_pbx_clock_an_hour_off_is_told_and_loses_nothing() {
    let mut office = Office::open();
    devlink_call(&mut office, 0.0, 3, 0x2329, "4001", 60.0);
    // No call ids: everything but the time agrees.
    office.record(95.0, inbound_record(3_601.0, 1_000_013, 5, 60, "4001"));
    office.wait_until(99.0);
    assert_eq!(office.only().sources(), [SourceKind::Devlink3, SourceKind::Smdr], "still one call");
    assert_eq!(office.clock_ahead, [3_601_000], "and the clock is told to be an hour ahead");
}
