use super::{ends_that_left, says, scripts_of, states, truth_of};
use crate::kind::Kind;
use crate::leg::Saying;
use model::fact::{CAUSE_NORMAL, CAUSE_TRANSFER, CalledType, Equipment, LegId};
use model::{Direction, EventKind, Relation};
use std::collections::BTreeSet;

/// Kinds of calls that one person hands over, with how many ends the transfer makes needless.
const TRANSFERS: [(Kind, std::ops::RangeInclusive<usize>); 5] = [
    (Kind::BlindTransfer, 2..=2),
    (Kind::SupervisedTransfer, 2..=3),
    (Kind::TransferWhileRinging, 2..=2),
    (Kind::TransferOutside, 2..=2),
    (Kind::TransferVoicemail, 2..=2),
];

#[test]
fn needless_ends_leave_with_the_transfers_cause() {
    for (kind, range) in TRANSFERS {
        for script in scripts_of(kind) {
            let legs: BTreeSet<LegId> = states(&script).map(|leg| leg.id).collect();
            assert_eq!(legs.len(), 2, "{kind:?}: the second call has a call id of its own");
            let by_transfer = ends_that_left(&script, CAUSE_TRANSFER).len();
            assert!(range.contains(&by_transfer), "{kind:?}: {by_transfer} ends leave");
            assert_eq!(script.records[0].rows.len(), 2, "{kind:?}: two rows of one Call ID");
        }
    }
}

#[test]
fn the_mark_of_a_transfer_takes_no_time_and_names_who_takes_over() {
    for (kind, _) in TRANSFERS {
        for script in scripts_of(kind) {
            let mark = script.events.iter().find(|event| event.kind == EventKind::Transfer);
            let mark = mark.expect("a transfer is marked");
            assert!(mark.beside && mark.from == mark.to, "{kind:?}: beside, without length");
            let held = script.events.iter().find(|event| event.kind == EventKind::TransferHold);
            let held = held.expect("the call was held");
            assert_eq!((held.to, &held.agent), (mark.from, &mark.agent), "{kind:?}: by who held it");
            let next = script.main_events().find(|event| event.from == mark.from).expect("it goes on");
            let next = next.agent.as_ref().or(next.party.as_ref());
            assert_eq!(mark.party.as_ref(), next, "{kind:?}: to whoever is next");
        }
    }
}

#[test]
fn the_colleagues_end_comes_anew_or_moves_over() {
    let mut moved = 0;
    for script in scripts_of(Kind::SupervisedTransfer) {
        let last = states(&script).next_back().and_then(|leg| leg.b.clone()).expect("the colleague");
        let second: Vec<_> = states(&script).filter(|leg| leg.id != script_leg(&script)).collect();
        let asked = second.last().and_then(|leg| leg.b.as_ref()).expect("the colleague was asked").id;
        match last.related_end {
            Some(related) => assert_eq!(related, asked, "field 26 names the consultation's end"),
            None => {
                assert_eq!(last.id, asked, "the same end in the other call id");
                moved += 1;
            }
        }
    }
    assert!((1..12).contains(&moved), "each occurs, {moved} moved over");
}

#[test]
fn a_consultation_is_a_record_of_its_own_and_related() {
    for (kind, connected) in [(Kind::SupervisedTransfer, true), (Kind::TransferWhileRinging, false)] {
        for script in scripts_of(kind) {
            let [_, consultation] = &script.records[..] else { panic!("{kind:?}: two records") };
            assert_eq!(consultation.direction, Direction::Internal, "{kind:?}: between two colleagues");
            let talked: usize = consultation.rows[0]
                .spans
                .iter()
                .filter(|span| span.counts_as == crate::script::Length::Connected)
                .map(|span| span.to - span.from)
                .sum();
            assert_eq!(talked > 0, connected, "{kind:?}: connected or not");
            let related = &truth_of(&script).related[..];
            assert_eq!(related.len(), 1, "{kind:?}: no call of its own");
            assert_eq!(related[0].relation, Relation::Consultation, "{kind:?}");
        }
    }
}

#[test]
fn a_call_sent_out_has_two_lines_and_says_in_whose_name() {
    for (kind, cause) in [(Kind::TransferOutside, "U Xfd"), (Kind::ForwardedOutside, "U fu")] {
        for script in scripts_of(kind) {
            let last = states(&script).next_back().expect("it was told of");
            let out = last.b.as_ref().expect("two lines");
            assert!(last.a.public_line && last.a.came_in, "{kind:?}: one came in");
            assert!(out.public_line && !out.came_in, "{kind:?}: one goes out");
            assert_eq!(out.on_behalf_of, last.first_user, "{kind:?}: field 18");
            let row = script.records[0].rows.last().expect("a row");
            assert_eq!(row.targeting.cause, cause, "{kind:?}: field 28");
            assert_eq!(row.targeting.number, out.target_number, "{kind:?}: field 30 as field 19");
            assert!(row.party1.code.starts_with('T') && row.party2.code.starts_with('T'), "{kind:?}: lines");
            let talk = script.main_events().last().expect("they talk");
            assert_eq!((talk.agent.as_ref(), talk.party.as_ref()), (None, Some(&out.target_number)));
        }
    }
}

#[test]
fn a_parked_call_waits_in_a_slot_and_may_come_back_with_its_ends_swapped() {
    let mut swapped = 0;
    for script in scripts_of(Kind::ParkUnpark) {
        let parked =
            states(&script).find(|leg| leg.b.as_ref().is_some_and(|b| b.called_type == CalledType::PARK));
        let slot = parked.and_then(|leg| leg.b.clone()).expect("a park slot");
        assert_eq!(slot.equipment, Equipment::PARK_SLOT, "class 16");
        let back = states(&script).next_back().expect("it was taken back");
        let phone = back.parties().find(|party| !party.public_line).expect("a phone");
        assert_eq!(phone.called_type, CalledType::UNPARK, "called type 135");
        swapped += u32::from(back.b.as_ref().is_some_and(|b| b.public_line));
        assert!(ends_that_left(&script, CAUSE_NORMAL).contains(&slot.id), "the slot is empty again");
    }
    assert!((1..12).contains(&swapped), "each occurs, {swapped} swapped");
}

#[test]
fn a_call_that_is_picked_up_was_not_offered_there() {
    for script in scripts_of(Kind::Pickup) {
        let offered: BTreeSet<String> = states(&script)
            .flat_map(|leg| leg.targets.iter().map(|target| target.extension.clone()))
            .collect();
        let phone = states(&script).next_back().and_then(|leg| leg.b.clone()).expect("a phone");
        assert_eq!(phone.called_type, CalledType::PICKUP, "called type 108");
        assert!(!offered.contains(&phone.identity), "{} was no target", phone.identity);
        let [first, second] = &script.records[0].rows[..] else { panic!("two rows") };
        let connected = |row: &crate::script::RowPlan| {
            row.spans.iter().any(|span| span.counts_as == crate::script::Length::Connected)
        };
        assert!(!connected(first) && connected(second), "the first segment has 0 s connected");
    }
}

#[test]
fn a_refusal_names_the_phone_and_why() {
    for (kind, qualifier, offered) in [(Kind::Rejected, "reject", true), (Kind::DoNotDisturb, "dnd", false)] {
        for script in scripts_of(kind) {
            let refusals: Vec<_> = says(&script)
                .filter_map(|saying| if let Saying::Refused(refusal) = saying { Some(refusal) } else { None })
                .collect();
            let [refusal] = &refusals[..] else { panic!("{kind:?}: one refusal") };
            assert_eq!(refusal.qualifier, qualifier, "{kind:?}");
            let was_target =
                states(&script).any(|leg| leg.targets.iter().any(|target| target.id == refusal.end));
            assert_eq!(was_target, offered, "{kind:?}: whether the phone rang");
            let call = truth_of(&script);
            assert!(!call.agents.contains(&refusal.extension), "{kind:?}: who refuses does not talk");
        }
    }
}

fn script_leg(script: &crate::script::Script) -> LegId {
    states(script).next().expect("the call was told of").id
}
