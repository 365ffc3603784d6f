//! Decisions by hand: joined, parted, taken back.

mod office;

use correlate::{ByHand, Output};
use model::figures::Figures;
use model::{
    At, Call, CallId, Decision, Event, EventKind, MatchMethod, Position, RecordRef, Related, Relation,
};
use office::{Office, at, inbound_record};
use std::collections::BTreeMap;

/// What a listener knows after hearing every output.
#[derive(Default)]
struct Told(BTreeMap<CallId, Call>);

impl Told {
    fn hear(&mut self, output: Output) {
        match output {
            Output::Call(call) => {
                self.0.insert(call.id, *call);
            }
            Output::Gone(id) => {
                self.0.remove(&id);
            }
            Output::Agent(..) | Output::ClockDiffers(..) => {}
        }
    }
}

fn told_call(id: i64, from: f64, to: f64, agent: &str) -> Call {
    let mut call = Call {
        id: CallId(id),
        started_at: at(from),
        start_known: true,
        ended_at: Some(at(to)),
        events: vec![Event {
            kind: EventKind::Talking,
            started_at: at(from),
            ended_at: Some(at(to)),
            agent: Some(agent.to_owned()),
            ..Event::default()
        }],
        ..Call::default()
    };
    call.basis.devlink_facts = 4;
    call
}

fn record_call() -> Call {
    let mut office = Office::silent();
    office.record(60.0, inbound_record(2.0, 1_000_013, 0, 30, "4001"));
    office.only().clone()
}

#[test]
fn two_calls_joined_by_hand_are_one_and_come_apart_when_it_is_taken_back() {
    let (a, b) = (told_call(1, 0.0, 30.0, "201"), told_call(2, 34.0, 60.0, "202"));
    let mut by_hand = ByHand::default();
    let mut told = Told(BTreeMap::from([(a.id, a.clone()), (b.id, b.clone())]));
    let join = Decision::Join { first: b.id, second: a.id };
    by_hand.decide((9, At(0)), join, vec![a.clone(), b.clone()], None, |output| told.hear(output));
    assert_eq!(told.0.len(), 1, "one conversation");
    let joined = &told.0[&a.id];
    let figures = Figures::of(joined, at(60.0));
    assert_eq!((figures.total_ms, figures.talk_ms), (60_000, 56_000), "what lies between is no talking");
    assert_eq!(joined.basis.matched.map(|matched| matched.method), Some(MatchMethod::ByHand), "it says why");
    assert_eq!(joined.basis.decisions, [9], "and which decision");
    by_hand.decide((12, At(0)), Decision::TakeBack { decision: 9 }, Vec::new(), None, |output| {
        told.hear(output)
    });
    assert_eq!(told.0.values().cloned().collect::<Vec<_>>(), [a, b], "as they were");
}

#[test]
fn records_joined_by_hand_with_what_devlink3_told_add_to_it() {
    let (a, records) = (told_call(1, 0.0, 30.0, "4001"), record_call());
    let mut by_hand = ByHand::default();
    let mut told = Told(BTreeMap::from([(a.id, a.clone()), (records.id, records.clone())]));
    let join = Decision::Join { first: a.id, second: records.id };
    by_hand.decide((9, At(0)), join, vec![a.clone(), records], None, |output| told.hear(output));
    let joined = &told.0[&a.id];
    assert_eq!(told.0.len(), 1, "counted once");
    assert_eq!(joined.external_number.as_deref(), Some("01707123456"), "the record knows the number");
    assert_eq!(joined.events, a.events, "the times stay DevLink3's");
    assert_eq!(joined.basis.records.len(), 1, "and it tells on which record it rests");
}

#[test]
fn parted_records_are_a_call_of_their_own_and_the_call_is_as_devlink3_told_it() {
    let (a, records) = (told_call(1, 0.0, 30.0, "4001"), record_call());
    let mut wrong = Told::default();
    ByHand::default().decide(
        (1, At(0)),
        Decision::Join { first: a.id, second: records.id },
        vec![a.clone(), records.clone()],
        None,
        |output| wrong.hear(output),
    );
    let wrong = wrong.0[&a.id].clone();
    let mut by_hand = ByHand::default();
    let mut told = Told(BTreeMap::from([(wrong.id, wrong.clone())]));
    let part = Decision::Part { call: wrong.id, records: wrong.basis.records.clone() };
    by_hand.decide((9, At(0)), part, vec![wrong.clone()], Some(records.clone()), |output| told.hear(output));
    assert_eq!(told.0.len(), 2, "two calls");
    assert_eq!(told.0[&a.id].external_number, None, "what only the record knew is gone from it");
    assert_eq!(told.0[&records.id].external_number, records.external_number, "and stands in the other");
    // The rules conclude the same again: the decision still holds.
    by_hand.through(Output::Call(Box::new(wrong.clone())), |output| told.hear(output));
    assert_eq!(told.0.len(), 2, "a decision is kept");
    by_hand.decide((12, At(0)), Decision::TakeBack { decision: 9 }, Vec::new(), None, |output| {
        told.hear(output)
    });
    assert_eq!(told.0.values().collect::<Vec<_>>(), [&wrong], "as the rules had it");
}

#[test]
fn a_consultation_that_was_none_counts_by_itself() {
    let mut main = told_call(1, 0.0, 30.0, "201");
    let mut asked = told_call(2, 10.0, 20.0, "202");
    main.related.push(Related { id: asked.id, relation: Relation::Consultation });
    asked.related.push(Related { id: main.id, relation: Relation::ConsultationOf });
    let mut by_hand = ByHand::default();
    let mut told = Told::default();
    let separate = Decision::Separate { call: asked.id, from: main.id };
    by_hand.decide((9, At(0)), separate, vec![main.clone(), asked.clone()], None, |output| told.hear(output));
    assert!(told.0.values().all(Call::is_counted), "both count");
    assert!(told.0[&main.id].related.is_empty(), "and neither points to the other");
}

#[test]
fn decisions_survive_a_restart_and_later_ones_build_on_earlier_ones() {
    let (a, b, c) =
        (told_call(1, 0.0, 30.0, "201"), told_call(2, 30.0, 60.0, "202"), told_call(3, 60.0, 90.0, "203"));
    let mut by_hand = ByHand::default();
    let mut told = Told::default();
    let first = Decision::Join { first: a.id, second: b.id };
    by_hand.decide((9, At(0)), first, vec![a.clone(), b.clone()], None, |output| told.hear(output));
    let saved = serde_json::to_vec(&by_hand).expect("it can be written");
    let mut by_hand: ByHand = serde_json::from_slice(&saved).expect("and read");
    let second = Decision::Join { first: b.id, second: c.id };
    by_hand.decide((10, At(0)), second, vec![c.clone()], None, |output| told.hear(output));
    assert_eq!(told.0.len(), 1, "b is found where it went: {:?}", told.0.keys());
    assert_eq!(told.0[&a.id].ended_at, Some(at(90.0)), "all three");
    assert_eq!(told.0[&a.id].basis.decisions, [9, 10], "by two decisions");
}

#[test]
fn a_decision_about_records_that_went_elsewhere_changes_nothing() {
    let a = told_call(1, 0.0, 30.0, "201");
    let stranger = RecordRef { position: Position { seq: 77, index: 0 }, call_id: 5 };
    let mut outputs = Vec::new();
    ByHand::default().decide(
        (9, At(0)),
        Decision::Part { call: a.id, records: vec![stranger] },
        vec![a],
        Some(Call { id: CallId(50), started_at: At(0), ..Call::default() }),
        |output| outputs.push(output),
    );
    assert_eq!(outputs, [], "the records are not its any more");
}

#[test]
fn after_a_restart_the_rules_go_on_from_what_they_concluded() {
    let (a, b) = (told_call(1, 0.0, 30.0, "201"), told_call(2, 30.0, 60.0, "202"));
    let other = told_call(7, 300.0, 310.0, "205");
    let mut by_hand = ByHand::default();
    let mut told = Told::default();
    let join = Decision::Join { first: a.id, second: b.id };
    by_hand.decide((9, At(0)), join, vec![a.clone(), b.clone()], None, |output| told.hear(output));
    let library = vec![told.0[&a.id].clone(), other.clone()];
    assert_eq!(by_hand.as_concluded(library), [a, b, other], "the two, not the one that was made of them");
}

#[test]
fn a_parting_that_is_taken_back_leaves_no_second_copy_of_the_records() {
    let (a, records, c) = (told_call(1, 0.0, 30.0, "4001"), record_call(), told_call(5, 40.0, 60.0, "4002"));
    let mut wrong = a.clone();
    wrong.basis.records.clone_from(&records.basis.records);
    let mut by_hand = ByHand::default();
    let mut told = Told(BTreeMap::from([(wrong.id, wrong.clone()), (c.id, c.clone())]));
    let part = Decision::Part { call: wrong.id, records: records.basis.records.clone() };
    by_hand.decide((9, At(0)), part, vec![wrong.clone()], Some(records.clone()), |output| told.hear(output));
    let join = Decision::Join { first: records.id, second: c.id };
    assert!(by_hand.knows(records.id), "what was parted is nobody's conclusion");
    by_hand.decide((10, At(0)), join, vec![c.clone()], None, |output| told.hear(output));
    by_hand.decide((11, At(0)), Decision::TakeBack { decision: 9 }, Vec::new(), None, |output| {
        told.hear(output)
    });
    assert_eq!(told.0.values().cloned().collect::<Vec<_>>(), [wrong, c], "as the rules have it");
}

#[test]
fn a_consultation_follows_its_call_into_the_joined_one() {
    let (a, mut b) = (told_call(1, 0.0, 30.0, "201"), told_call(2, 30.0, 60.0, "202"));
    let mut asked = told_call(3, 40.0, 50.0, "203");
    b.related.push(Related { id: asked.id, relation: Relation::Consultation });
    asked.related.push(Related { id: b.id, relation: Relation::ConsultationOf });
    let mut by_hand = ByHand::default();
    let mut told = Told::default();
    let join = Decision::Join { first: a.id, second: b.id };
    by_hand.decide((9, At(0)), join, vec![a.clone(), b, asked.clone()], None, |output| told.hear(output));
    assert_eq!(told.0[&asked.id].related[0].id, a.id, "it belongs to the one call now");
    assert!(told.0[&a.id].is_counted(), "which counts");
    assert_eq!(told.0[&a.id].related[0].id, asked.id, "and shows it");
}
