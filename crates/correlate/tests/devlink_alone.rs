//! What DevLink3 alone tells: each plain kind of call gives the one call a person would tell.

mod office;

use model::fact::{CAUSE_NORMAL, CAUSE_TRANSFER, EndState};
use model::figures::{Figures, agents, agents_rung, groups};
use model::{Direction, Ending, EventKind};
use office::{
    HungUp, Office, answered_by_4001, at, auto_attendant, caller, group_rings, held, kinds, one, phone,
    queued, ringing, target, trunk_in, trunk_out, two, voicemail,
};

const CONNECTED: EndState = EndState::CONNECTED;
const RINGBACK: EndState = EndState::RINGBACK;

fn figures(call: &model::Call) -> Figures {
    Figures::of(call, at(1_000_000.0))
}

/// Every second from the start to the end belongs to exactly one main event.
fn assert_seamless(call: &model::Call) {
    let main: Vec<_> = call.events.iter().filter(|event| !event.beside).collect();
    assert_eq!(main[0].started_at, call.started_at, "the first event begins with the call: {main:#?}");
    for pair in main.windows(2) {
        assert_eq!(pair[0].ended_at, Some(pair[1].started_at), "no gap and no overlap: {main:#?}");
    }
    assert_eq!(main[main.len() - 1].ended_at, call.ended_at, "the last event ends with the call: {main:#?}");
}

#[test]
fn a_hunt_group_that_rings_three_phones_is_one_call() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office.leave(60.0, 0x413, HungUp::Yes, CAUSE_NORMAL);
    office.leave(60.05, 0x2329, HungUp::No, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(call.direction, Direction::Inbound, "it came in on the line");
    assert_eq!(kinds(call), [EventKind::Ringing, EventKind::Talking], "cradle to grave");
    assert_eq!(agents(call), ["4001"], "4001 talked");
    assert_eq!(agents_rung(call), ["4002", "4003", "4001"], "all three phones rang");
    assert_eq!(groups(call), ["200"], "the group that was called");
    assert_eq!(call.external_number.as_deref(), Some("01707123456"), "the caller");
    assert_eq!(call.dialed_number.as_deref(), Some("5678"), "the number that was called");
    let figures = figures(call);
    assert_eq!(
        (figures.ring_ms, figures.talk_ms),
        (8_000, 52_000),
        "rang eight seconds, talked until 4001 hung up"
    );
    assert_eq!(call.ending, Some(Ending::ReceivingDrop), "4001 hung up first");
    assert_eq!(call.basis.legs.len(), 1, "all under one call id");
    assert_seamless(call);
}

#[test]
fn a_caller_who_gives_up_while_phones_ring_has_abandoned() {
    let mut office = Office::open();
    group_rings(&mut office);
    office.leave(14.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let call = office.only();
    assert!(figures(call).abandoned, "nobody answered");
    assert_eq!(call.ending, Some(Ending::CallingDrop), "the caller hung up");
    assert_eq!(call.ended_at, Some(at(14.0)), "at once: the outside party is gone");
    assert_seamless(call);
}

#[test]
fn a_caller_waits_in_the_queue_then_phones_ring_then_someone_answers() {
    let mut office = Office::open();
    office.state(0.0, queued(3, trunk_in(0x2329, CONNECTED), "200"));
    office.state(22.0, ringing(3, trunk_in(0x2329, CONNECTED), "200", vec![target(0x3fe, "4002")]));
    office.state(27.0, two(3, trunk_in(0x2329, CONNECTED), phone(0x413, "4002", CONNECTED), "200"));
    office.leave(60.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(
        kinds(call),
        [EventKind::Queue, EventKind::Ringing, EventKind::Talking],
        "as the caller lived it"
    );
    let figures = figures(call);
    assert_eq!((figures.queue_ms, figures.ring_ms), (22_000, 5_000), "each wait by its name");
    assert_eq!(figures.time_to_answer_ms, Some(27_000), "from arrival to the first talking");
    assert_seamless(call);
}

#[test]
fn giving_up_in_the_queue_is_abandoned_in_the_queue() {
    let mut office = Office::open();
    office.state(0.0, queued(3, trunk_in(0x2329, CONNECTED), "200"));
    office.leave(22.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let figures = figures(office.only());
    assert!(figures.abandoned && !figures.answered, "a queue's music is no answer");
    assert_eq!(figures.last_kind, Some(EventKind::Queue), "lost in the queue");
}

#[test]
fn hold_and_resume_stay_one_call_with_one_person() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    // Held as seen from one end only, then from both.
    office.state(20.0, two(3, trunk_in(0x2329, CONNECTED), held(phone(0x413, "4001", CONNECTED)), "200"));
    office.state(30.0, two(3, trunk_in(0x2329, CONNECTED), phone(0x413, "4001", CONNECTED), "200"));
    office
        .state(40.0, two(3, held(trunk_in(0x2329, CONNECTED)), held(phone(0x413, "4001", CONNECTED)), "200"));
    office.state(45.0, two(3, trunk_in(0x2329, CONNECTED), phone(0x413, "4001", CONNECTED), "200"));
    office.leave(60.0, 0x413, HungUp::Yes, CAUSE_NORMAL);
    office.leave(60.0, 0x2329, HungUp::No, CAUSE_NORMAL);
    let call = office.only();
    let expected = [
        EventKind::Ringing,
        EventKind::Talking,
        EventKind::Hold,
        EventKind::Talking,
        EventKind::Hold,
        EventKind::Talking,
    ];
    assert_eq!(kinds(call), expected, "each hold and each talk");
    assert_eq!(figures(call).hold_ms, 15_000, "ten seconds and five");
    assert_eq!(agents(call), ["4001"], "one person");
    assert_seamless(call);
}

#[test]
fn hanging_up_on_hold_is_abandoned_on_hold() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office.state(20.0, two(3, trunk_in(0x2329, CONNECTED), held(phone(0x413, "4001", CONNECTED)), "200"));
    office.leave(50.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    office.leave(50.1, 0x413, HungUp::No, CAUSE_NORMAL);
    let figures = figures(office.only());
    assert!(figures.answered && figures.abandoned_on_hold, "answered, and given up on hold");
}

#[test]
fn voicemail_is_no_person_and_not_abandoned() {
    let mut office = Office::open();
    office.state(0.0, ringing(3, trunk_in(0x2329, RINGBACK), "", vec![target(0x3fe, "4002")]));
    office.state(20.0, two(3, trunk_in(0x2329, CONNECTED), voicemail(0x500), ""));
    office.leave(51.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let call = office.only();
    let figures = figures(call);
    assert!(figures.voicemail && !figures.answered && !figures.abandoned, "a message was left");
    assert_eq!(agents_rung(call), ["4002"], "and 4002 missed it");
}

#[test]
fn an_auto_attendant_comes_before_the_person() {
    let mut office = Office::open();
    office.state(0.0, two(3, trunk_in(0x2329, CONNECTED), auto_attendant(0x500), ""));
    office.state(8.0, ringing(3, trunk_in(0x2329, CONNECTED), "", vec![target(0x3fe, "4002")]));
    office.state(12.0, two(3, trunk_in(0x2329, CONNECTED), phone(0x3fe, "4002", CONNECTED), ""));
    office.leave(30.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(
        kinds(call),
        [EventKind::AutoAttendant, EventKind::Ringing, EventKind::Talking],
        "menu, ring, talk"
    );
    assert_eq!(figures(call).time_to_answer_ms, Some(12_000), "the menu counts until a person answers");
}

#[test]
fn a_blind_transfer_is_one_call_and_the_dialling_for_it_is_none() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office.state(20.0, two(3, trunk_in(0x2329, CONNECTED), held(phone(0x413, "4001", CONNECTED)), "200"));
    office.state(20.5, one(4, caller(0x420, "4001", EndState::DIALLING, "")));
    office.state(22.0, one(4, caller(0x420, "4001", EndState::DIALLED, "4002")));
    office.leave(23.0, 0x420, HungUp::No, CAUSE_TRANSFER);
    office.state(23.0, ringing(3, trunk_in(0x2329, CONNECTED), "", vec![target(0x430, "4002")]));
    office.leave(23.1, 0x413, HungUp::No, CAUSE_TRANSFER);
    office.state(28.0, two(3, trunk_in(0x2329, CONNECTED), phone(0x431, "4002", CONNECTED), ""));
    office.leave(60.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    office.leave(60.0, 0x431, HungUp::No, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(office.calls.len(), 1, "the dialling was part of the transfer: {:#?}", office.calls);
    let expected = [
        EventKind::Ringing,
        EventKind::Talking,
        EventKind::TransferHold,
        EventKind::Ringing,
        EventKind::Talking,
    ];
    assert_eq!(kinds(call), expected, "the hold was made in order to transfer");
    assert_eq!(agents(call), ["4001", "4002"], "both talked, in order");
    assert_eq!(
        call.events.iter().filter(|event| event.kind == EventKind::Transfer).count(),
        1,
        "one transfer"
    );
    assert!(call.related.is_empty(), "nothing is left of the dialling");
    assert_seamless(call);
}

#[test]
fn a_supervised_transfer_keeps_the_consultation_beside_the_call() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    office
        .state(20.0, two(3, held(trunk_in(0x2329, CONNECTED)), held(phone(0x413, "4001", CONNECTED)), "200"));
    office.state(20.5, one(4, caller(0x420, "4001", EndState::DIALLED, "4002")));
    office.state(
        21.0,
        two(4, caller(0x420, "4001", CONNECTED, "4002"), phone(0x430, "4002", EndState::RINGING), ""),
    );
    office.state(25.0, two(4, caller(0x420, "4001", CONNECTED, "4002"), phone(0x430, "4002", CONNECTED), ""));
    // The consultation's end moves over to the first call.
    office.state(35.0, two(3, trunk_in(0x2329, CONNECTED), phone(0x430, "4002", CONNECTED), ""));
    office.leave(35.1, 0x413, HungUp::No, CAUSE_TRANSFER);
    office.leave(35.1, 0x420, HungUp::No, CAUSE_TRANSFER);
    office.leave(80.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    office.leave(80.0, 0x430, HungUp::No, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(office.calls.len(), 2, "the consultation is kept");
    assert_eq!(call.related.len(), 1, "beside the call it was made for");
    assert_eq!(agents(call), ["4001", "4002"], "the caller talked with both");
    assert_eq!(figures(call).talk_ms, (12 + 45) * 1000, "the consultation is not the caller's talking");
    assert_seamless(call);
}

#[test]
fn an_outbound_call_is_dialing_until_the_far_end_answers() {
    let mut office = Office::open();
    office.state(0.0, one(7, caller(0x420, "4001", EndState::DIALLING, "")));
    office.state(3.0, one(7, caller(0x420, "4001", EndState::DIALLED, "901707999888")));
    office.state(
        3.5,
        two(
            7,
            caller(0x420, "4001", CONNECTED, "901707999888"),
            trunk_out(0x2400, EndState::DIALLED, "01707999888"),
            "",
        ),
    );
    office.state(
        11.0,
        two(
            7,
            caller(0x420, "4001", CONNECTED, "901707999888"),
            trunk_out(0x2400, CONNECTED, "01707999888"),
            "",
        ),
    );
    office.leave(71.0, 0x420, HungUp::Yes, CAUSE_NORMAL);
    office.leave(71.0, 0x2400, HungUp::No, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(call.direction, Direction::Outbound, "it went out on the line");
    assert_eq!(kinds(call), [EventKind::Dialing, EventKind::Talking], "dialing is not ringing at anybody");
    assert_eq!(call.external_number.as_deref(), Some("01707999888"), "without the access digit");
    assert_eq!(call.dialed_number.as_deref(), Some("901707999888"), "as dialled");
    assert_eq!(call.ending, Some(Ending::CallingDrop), "4001 hung up");
    assert_seamless(call);
}

#[test]
fn an_outbound_call_that_nobody_answers_is_never_missed() {
    let mut office = Office::open();
    office.state(0.0, one(7, caller(0x420, "4001", EndState::DIALLED, "901707999888")));
    office.state(
        1.0,
        two(
            7,
            caller(0x420, "4001", CONNECTED, "901707999888"),
            trunk_out(0x2400, EndState::RINGBACK, "901707999888"),
            "",
        ),
    );
    office.leave(20.0, 0x420, HungUp::Yes, CAUSE_NORMAL);
    office.leave(20.0, 0x2400, HungUp::No, CAUSE_NORMAL);
    let call = office.only();
    let figures = figures(call);
    assert!(!figures.answered && !figures.abandoned, "abandoned is a word for inbound calls");
    assert!(model::figures::missed_by(call).is_empty(), "nobody missed it");
    assert_eq!(
        call.external_number.as_deref(),
        Some("01707999888"),
        "the access digit goes though the line got it too"
    );
}

#[test]
fn an_internal_call_has_two_people_who_talk() {
    let mut office = Office::open();
    office.state(0.0, one(9, caller(0x420, "4001", EndState::DIALLED, "4002")));
    office.state(0.5, ringing(9, caller(0x420, "4001", RINGBACK, "4002"), "", vec![target(0x430, "4002")]));
    office.state(4.0, two(9, caller(0x420, "4001", CONNECTED, "4002"), phone(0x430, "4002", CONNECTED), ""));
    office.leave(48.0, 0x430, HungUp::Yes, CAUSE_NORMAL);
    office.leave(48.2, 0x420, HungUp::No, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(call.direction, Direction::Internal, "both ends are phones");
    assert_eq!(agents(call), ["4001", "4002"], "the caller first");
    assert_eq!(figures(call).talk_ms, 44_000, "talking once, although two talk");
    assert_eq!(call.ended_at, Some(at(48.0)), "over when the first of two hangs up");
    assert_seamless(call);
}

#[test]
fn lifting_a_phone_and_putting_it_back_is_no_call() {
    let mut office = Office::open();
    office.state(0.0, one(9, caller(0x420, "4001", EndState::DIALLING, "")));
    office.leave(4.0, 0x420, HungUp::Yes, CAUSE_NORMAL);
    assert!(office.calls.is_empty(), "nobody was called: {:#?}", office.calls);
}

#[test]
fn a_parked_caller_can_be_taken_by_another_phone() {
    let mut office = Office::open();
    group_rings(&mut office);
    answered_by_4001(&mut office, 8.0);
    let slot = model::fact::End {
        id: model::fact::EndId(0x600),
        state: CONNECTED,
        equipment: model::fact::Equipment::PARK_SLOT,
        called_type: model::fact::CalledType::PARK,
        description: "6001",
        ..model::fact::End::default()
    };
    office.leave(20.0, 0x413, HungUp::No, CAUSE_NORMAL);
    office.state(20.1, two(3, trunk_in(0x2329, CONNECTED), slot, ""));
    office.state(50.1, two(3, phone(0x440, "4003", CONNECTED), trunk_in(0x2329, CONNECTED), ""));
    office.leave(90.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let call = office.only();
    assert_eq!(
        kinds(call),
        [EventKind::Ringing, EventKind::Talking, EventKind::Park, EventKind::Talking],
        "parked here, unparked there, though the ends swapped"
    );
    assert_eq!(agents(call), ["4001", "4003"], "both talked");
}

#[test]
fn a_refusing_phone_rings_no_more_while_the_others_do() {
    let mut office = Office::open();
    group_rings(&mut office);
    office.refuse(3.0, 0x3fe, "4002");
    answered_by_4001(&mut office, 8.0);
    office.leave(60.0, 0x2329, HungUp::Yes, CAUSE_NORMAL);
    let call = office.only();
    let refused = call.events.iter().find(|event| event.note.is_some()).expect("the refusal is told");
    assert_eq!(
        (refused.agent.as_deref(), refused.ended_at),
        (Some("4002"), Some(at(3.0))),
        "4002, after three seconds"
    );
    assert_eq!(figures(call).ring_ms, 8_000, "the caller waited until 4001 answered");
    assert_seamless(call);
}
