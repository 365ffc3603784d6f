//! Links that go down, PBXs and CallDocs that restart: calls go on, end unseen, or are told apart.

mod office;

use model::fact::{CAUSE_NORMAL, EndState, Fact};
use model::figures::Figures;
use model::{Ending, EventKind};
use office::{
    HungUp, Office, answered_by_4001, at, caller, group_rings, held, kinds, one, phone, ringing, target,
    trunk_in, trunk_out, two,
};

const CONNECTED: EndState = EndState::CONNECTED;
const RINGBACK: EndState = EndState::RINGBACK;

fn figures(call: &model::Call) -> Figures {
    Figures::of(call, at(1_000_000.0))
}

#[test]
fn a_call_that_goes_on_after_the_link_was_down_is_not_started_twice() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office.tell(20.0, Fact::LinkLost);
    office.tell(50.0, Fact::SnapshotFollows);
    answered_by_4001(&mut office, 50.1);
    office.wait_until(60.0);
    office.leave(70.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(kinds(call), [EventKind::Ringing, EventKind::Talking], "one conversation");
    assert_eq!(figures(call).talk_ms, 62_000, "talked all along");
}

#[test]
fn a_call_that_is_gone_when_the_link_comes_back_ended_unseen() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office.tell(20.0, Fact::LinkLost);
    office.tell(50.0, Fact::SnapshotFollows);
    office.wait_until(60.0);
    let call = office.only();
    assert_eq!(
        (call.ending, call.ended_at),
        (Some(Ending::Unseen), Some(at(20.0))),
        "last seen when the link was lost"
    );
    assert!(!figures(call).abandoned, "nobody knows how it ended");
}

#[test]
fn a_call_first_seen_in_a_snapshot_has_no_known_start() {
    let mut office = Office::silent();
    office.tell(0.0, Fact::SnapshotFollows);
    answered_by_4001(&mut office, 0.1);
    office.leave(30.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let call = office.only();
    assert!(!call.start_known, "it was going before");
    assert_eq!(figures(call).time_to_answer_ms, None, "so nobody knows how long it rang");
}

#[test]
fn a_call_id_given_out_again_after_a_pbx_restart_is_another_call() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office.tell(20.0, Fact::LinkLost);
    office.tell(100.0, Fact::SnapshotFollows);
    let other = model::fact::End { cli: "02079460000", description: "5.1", ..trunk_in(0x99, RINGBACK) };
    office.state(101.0, ringing(3, other, "200", vec![target(0x9a, "4002")]));
    office.wait_until(110.0);
    office.leave(120.0, 0x99, HungUp::Yes, CAUSE_NORMAL);
    assert_eq!(office.counted().len(), 2, "the old call is over, the new one is new");
}

#[test]
fn a_restart_in_the_middle_changes_nothing() {
    let run = |restart: bool| {
        let mut office = Office::open();
        group_rings(&mut office);
        if restart {
            office.restart();
        }
        answered_by_4001(&mut office, 8.0);
        office.state(20.0, two(3, trunk_in(0x2329, CONNECTED), held(phone(0x413, "4001", CONNECTED)), "200"));
        if restart {
            office.restart();
        }
        office.leave(50.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
        office.leave(50.1, 0x413, HungUp::No, CAUSE_NORMAL);
        if restart {
            office.restart();
        }
        office.record(95.0, office::inbound_record(0.0, 1_000_013, 8, 12, "4001"));
        office.wait_until(110.0);
        office.calls
    };
    assert_eq!(run(false), run(true), "what is saved is all there is to know");
}

/// The PBX restarts and begins to count again: its next calls have the numbers, and their parties' numbers, of those before.
#[test]
fn calls_of_a_restarted_pbx_are_not_taken_for_what_is_left_of_calls_before() {
    let mut office = Office::open();
    for begun in [0.0, 100.0, 200.0] {
        ring_at(&mut office, begun);
        answered_by_4001(&mut office, begun + 8.0);
        office.leave(begun + 30.0, 0x413, HungUp::Yes, CAUSE_NORMAL);
        office.leave(begun + 30.1, 0x2329, HungUp::No, CAUSE_NORMAL);
        office.tell(begun + 50.0, Fact::LinkLost);
        office.tell(begun + 99.0, Fact::SnapshotFollows);
    }
    let begun: Vec<_> = office.counted().iter().map(|call| (call.started_at, call.start_known)).collect();
    assert_eq!(begun, [(at(0.0), true), (at(100.0), true), (at(200.0), true)], "a call in each of its lives");
}

#[test]
fn a_call_that_a_restart_cut_does_not_go_on_as_the_next_one_of_the_same_number() {
    let mut office = Office::open();
    ring_at(&mut office, 0.0);
    answered_by_4001(&mut office, 8.0);
    office.tell(20.0, Fact::LinkLost);
    office.tell(50.0, Fact::SnapshotFollows);
    ring_at(&mut office, 51.0);
    answered_by_4001(&mut office, 58.0);
    office.leave(70.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    office.leave(70.1, 0x413, HungUp::No, CAUSE_NORMAL);
    let calls = office.counted();
    assert_eq!(calls.len(), 2, "a call that goes on would have been among those told at once: {calls:#?}");
    assert_eq!((calls[0].ending, calls[0].ended_at), (Some(Ending::Unseen), Some(at(20.0))), "cut");
    assert_eq!(figures(calls[1]).talk_ms, 12_000, "only what was talked in it");
}

#[test]
fn a_phone_that_stays_lifted_over_a_break_of_the_link_begins_nothing() {
    let mut office = Office::open();
    ring_at(&mut office, 0.0);
    answered_by_4001(&mut office, 8.0);
    office.leave(20.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    office.wait_until(30.0);
    office.tell(40.0, Fact::LinkLost);
    office.tell(50.0, Fact::SnapshotFollows);
    office.state(50.1, one(3, phone(0x413, "4001", CONNECTED)));
    office.state(60.0, one(3, phone(0x413, "4001", CONNECTED)));
    office.wait_until(70.0);
    assert_eq!(office.calls.len(), 1, "it is what is left of the call before: {:#?}", office.calls);
}

#[test]
fn an_end_that_is_another_phone_after_a_break_is_another_call_also_among_the_states_told_at_once() {
    let mut office = Office::open();
    office.state(0.0, two(3, caller(0x98, "4002", CONNECTED, "4003"), phone(0x99, "4003", CONNECTED), ""));
    office.tell(20.0, Fact::LinkLost);
    office.tell(50.0, Fact::SnapshotFollows);
    office.state(50.1, two(3, caller(0x98, "4005", CONNECTED, "4006"), phone(0x99, "4006", CONNECTED), ""));
    office.wait_until(60.0);
    let calls = office.counted();
    assert_eq!(calls.len(), 2, "an end never changes hands: {calls:#?}");
    assert_eq!(calls[0].ended_at, Some(at(20.0)), "the first one ended while nobody looked");
}

#[test]
fn the_end_of_another_caller_under_another_call_id_is_another_call_after_a_break() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office.tell(20.0, Fact::LinkLost);
    office.tell(50.0, Fact::SnapshotFollows);
    let other = model::fact::End { cli: "02079460000", description: "5.1", ..trunk_in(0x2329, CONNECTED) };
    office.state(50.1, two(4, other, phone(0x9a, "4002", CONNECTED), "200"));
    office.wait_until(60.0);
    let calls = office.counted();
    assert_eq!(calls.len(), 2, "nobody becomes somebody else: {calls:#?}");
    assert_eq!(calls[0].ended_at, Some(at(20.0)), "the first one ended while nobody looked");
}

#[test]
fn a_line_that_is_a_phone_after_a_break_is_another_call() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office.tell(20.0, Fact::LinkLost);
    office.tell(50.0, Fact::SnapshotFollows);
    let other = model::fact::End { cli: "02079460000", description: "5.1", ..trunk_in(0x77, CONNECTED) };
    office.state(50.1, two(4, other, phone(0x2329, "4002", CONNECTED), "200"));
    office.wait_until(60.0);
    assert_eq!(
        office.counted().len(),
        2,
        "the caller's end is somebody's phone now: {:#?}",
        office.counted()
    );
}

#[test]
fn the_record_of_a_call_that_goes_on_is_still_its_own_after_many_others_and_a_restart() {
    let run = |restart: bool| {
        let mut office = Office::open();
        group_rings(&mut office);
        answered_by_4001(&mut office, 8.0);
        office.record(21.0, office::inbound_record(0.0, 1_000_013, 8, 12, "4001"));
        office.wait_until(30.0);
        for number in 0_u32..60 {
            let begun = f64::from(number).mul_add(60.0, 10_000.0);
            let call_id = 1_000_100 + u64::from(number);
            office.record(begun + 21.0, office::inbound_record(begun, call_id, 8, 12, "4002"));
            office.wait_until(begun + 30.0);
        }
        if restart {
            office.restart();
        }
        office.leave(20_000.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
        office.calls
    };
    let calls = run(false);
    let first = calls.values().next().expect("a call");
    assert_eq!(first.basis.records.len(), 1, "its end was not seen when its record came: {first:#?}");
    assert_eq!(calls, run(true), "a call in progress keeps what was joined with it");
}

/// What a continuous run knows of who is on which channel must be what a saved state tells.
#[test]
fn a_channel_that_another_call_took_over_is_the_same_with_and_without_a_restart() {
    let run = |restart: bool| {
        let mut office = Office::open();
        ring_at(&mut office, 0.0);
        answered_by_4001(&mut office, 8.0);
        office.tell(20.0, Fact::LinkLost);
        office.tell(50.0, Fact::SnapshotFollows);
        // A phone that dials gets the channel of the call that ended while nobody looked, and lets it go again.
        let on_channel =
            model::fact::End { description: "5.23", ..trunk_out(0x99, CONNECTED, "02079460000") };
        office.state(50.2, one(4, caller(0x98, "4002", EndState::DIALLING, "02079460000")));
        office.state(50.3, two(4, caller(0x98, "4002", CONNECTED, "02079460000"), on_channel, ""));
        office.leave(51.0, 0x99, HungUp::Yes, CAUSE_NORMAL);
        office.leave(51.1, 0x98, HungUp::No, CAUSE_NORMAL);
        if restart {
            office.restart();
        }
        let next = model::fact::End { cli: "08912345678", ..trunk_in(0x9b, RINGBACK) };
        office.state(52.0, ringing(5, next, "200", vec![target(0x9c, "4003")]));
        office.calls
    };
    let calls = run(false);
    assert_eq!(calls, run(true), "who is on a channel is not forgotten with whoever left it");
    let first = calls.values().next().expect("a call");
    assert_eq!(first.ended_at, Some(at(20.0)), "its channel is another's: it ended while the link was down");
}

fn ring_at(office: &mut Office, seconds: f64) {
    let targets = vec![target(0x3fe, "4002"), target(0x407, "4001")];
    office.state(seconds, ringing(3, trunk_in(0x2329, RINGBACK), "200", targets));
}
