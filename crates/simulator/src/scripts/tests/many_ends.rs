use super::{ends_that_left, says, scripts_of, states, truth_of};
use crate::kind::Kind;
use crate::leg::{Leg, Saying, TONE_BUSY};
use crate::office::{EMERGENCY_LOCATION, FAR_NODE, LINE_NODE};
use crate::script::Script;
use model::fact::{CAUSE_NORMAL, CalledType, EndId, Equipment, LegId, NodeId, Queueing};
use model::{EventKind, Relation};
use std::collections::BTreeSet;

#[test]
fn a_conference_is_three_legs_with_channels_of_one_name() {
    let (mut early, mut maker_early) = (0, 0);
    for script in scripts_of(Kind::Conference) {
        let joined: Vec<&Leg> = states(&script)
            .filter(|leg| leg.parties().any(|party| party.equipment.is_conference()))
            .collect();
        let legs: BTreeSet<LegId> = joined.iter().map(|leg| leg.id).collect();
        assert_eq!((joined.len(), legs.len()), (3, 3), "caller, colleague, and the one who made it");
        let channels: BTreeSet<(&str, u16)> = joined
            .iter()
            .flat_map(|leg| leg.parties())
            .filter(|party| party.equipment.is_conference())
            .map(|channel| (channel.description.as_str(), channel.called_type.0))
            .collect();
        assert_eq!(channels.len(), 1, "one conference: {channels:?}");
        assert!(channels.iter().all(|(_, called)| *called == CalledType::CONFERENCE.0), "called type 116");
        let relations: Vec<Relation> =
            truth_of(&script).related.iter().map(|related| related.relation).collect();
        let expected = [Relation::Consultation, Relation::Conference];
        assert_eq!(relations, expected, "the consultation becomes the colleague's leg; then the maker's");
        let row = script.records[0].rows.last().expect("a row");
        assert_eq!(row.targeting.cause, "U Cfd", "the conference is done");
        let codes: BTreeSet<&str> = script
            .records
            .iter()
            .flat_map(|record| &record.rows)
            .flat_map(|row| [row.party1.code.as_str(), row.party2.code.as_str()])
            .filter(|code| code.starts_with('V'))
            .collect();
        assert_eq!(codes.len(), 3, "a channel for each: {codes:?}");
        let conferences: Vec<_> =
            script.events.iter().filter(|event| event.kind == EventKind::Conference).collect();
        let [main, beside, rest @ ..] = &conferences[..] else {
            panic!("one event for each person of the office")
        };
        assert!(!main.beside && beside.beside && main.agent != beside.agent, "the other one beside");
        match rest {
            [] => early += u32::from(beside.to < main.to),
            [alone] => {
                maker_early += 1;
                assert!(!alone.beside && alone.agent == beside.agent, "goes on with the one who is left");
                assert_eq!((alone.from, main.to), (main.to, beside.to), "from when the maker left");
            }
            more => panic!("{} events of a conference too many", more.len()),
        }
    }
    assert!(early > 0, "sometimes the colleague leaves first");
    assert!(maker_early > 0, "and sometimes the maker");
}

#[test]
fn the_others_may_stay_for_a_word_when_the_caller_has_gone() {
    let lingering: Vec<Script> =
        scripts_of(Kind::Conference).filter(|script| script.over < script.steps.len() - 1).collect();
    assert!(!lingering.is_empty(), "it occurs");
    for script in lingering {
        let end = truth_of(&script).ended_at;
        let over = super::truth::rfc3339(super::times(&script)[script.over], &super::zone());
        assert_eq!(end, Some(over), "for the caller it was over before");
    }
}

#[test]
fn a_mobile_twin_rings_with_the_desk_phone_and_has_a_record_of_its_own() {
    for (kind, class) in
        [(Kind::TwinInside, Equipment::TDM_PHONE), (Kind::TwinOutside, Equipment::MOBILE_PHONE)]
    {
        for script in scripts_of(kind) {
            let ringing = states(&script).next().expect("it rang");
            let [desk, mobile] = &ringing.targets[..] else { panic!("two targets") };
            assert_eq!(desk.extension, mobile.extension, "one identity");
            let answered = states(&script).next_back().and_then(|leg| leg.b.clone()).expect("a phone");
            assert_eq!(answered.equipment, class, "{kind:?}: where it was answered");
            let [_, twin] = &script.records[..] else { panic!("two records") };
            assert_eq!(twin.rows[0].targeting.cause, "U MT", "mobile twin");
            assert_eq!(Some(&twin.called), mobile.mobile.as_ref(), "to the mobile's number");
            assert_eq!(twin.caller, desk.extension, "in the person's name");
            assert_eq!(truth_of(&script).related[0].relation, Relation::Twin, "no call of its own");
            let unseen = twin.legs.expect("asked for").caller;
            assert!(states(&script).all(|leg| leg.id != unseen), "DevLink3 does not show that leg");
        }
    }
}

#[test]
fn both_nodes_tell_of_a_call_that_crosses_them() {
    let mut by_far = 0;
    for kind in [Kind::ScnInbound, Kind::ScnGroup] {
        for script in scripts_of(kind) {
            let first_of = |node| states(&script).find(|leg| leg.node() == node).expect("each node tells");
            let (near, far) = (first_of(LINE_NODE), first_of(FAR_NODE));
            assert_eq!(near.a.id, far.a.id, "the trunk's end is the same on both");
            assert!(!near.a.remote && far.a.remote && far.a.public_line, "remote where it is not");
            assert!(far.targets.iter().all(|target| !target.remote), "the far node's own phones");
            assert!(near.targets.iter().any(|target| target.remote), "remote for the near one");
            let answered = states(&script).rfind(|leg| leg.node() == LINE_NODE).and_then(|leg| leg.b.clone());
            let answered = answered.expect("somebody answered");
            let lost = lost(&script);
            let transits = lost.iter().filter(|(_, _, link)| *link).count();
            assert!(lost.contains(&(LINE_NODE, near.a.id, false)), "the trunk is lost on its own node");
            assert!(lost.contains(&(FAR_NODE, near.a.id, true)), "its link on the other");
            assert_eq!(transits, if answered.remote { 2 } else { 1 }, "{kind:?}");
            if answered.remote {
                let legs = script.records[0].legs.expect("asked for");
                assert_eq!((legs.caller, legs.called), (near.id, far.id), "fields 31 to 34 name both");
                by_far += 1;
            }
        }
    }
    assert!((13..24).contains(&by_far), "the far node answers all of the one kind and some of the other");
}

#[test]
fn a_busy_line_and_a_barred_one_have_their_causes() {
    for script in scripts_of(Kind::OutboundBusy) {
        assert_eq!(ends_that_left(&script, 17).len(), 1, "the trunk's end goes because it is busy");
        assert_eq!(ends_that_left(&script, CAUSE_NORMAL).len(), 1, "the phone's when it is put back");
        assert_eq!(states(&script).next_back().map(|leg| leg.a.tone), Some(TONE_BUSY), "busy tone");
    }
    for script in scripts_of(Kind::OutboundBarred) {
        assert_eq!(ends_that_left(&script, 21).len(), 1, "there is only the phone");
        assert!(script.channels.is_empty(), "no line is taken");
        assert_eq!(states(&script).next_back().map(|leg| leg.a.tone), Some(TONE_BUSY), "busy tone");
    }
}

#[test]
fn an_emergency_call_tells_where_it_comes_from() {
    for script in scripts_of(Kind::Emergency) {
        let last = states(&script).next_back().expect("it was told of");
        assert_eq!(last.a.called_type, CalledType::EMERGENCY, "called type 119");
        assert_eq!(last.a.emergency_location, EMERGENCY_LOCATION, "field 9");
        assert_eq!(
            script.external_number.as_deref(),
            Some("112"),
            "whoever dialled it with the access digit"
        );
    }
}

#[test]
fn an_announcement_is_a_part_of_the_queue() {
    for script in scripts_of(Kind::QueueAnnouncement) {
        let heard = states(&script).filter(|leg| leg.queueing == Queueing::Announcement).count();
        assert!((1..=2).contains(&heard), "once or twice");
        let queued = script.main_events().filter(|event| event.kind == EventKind::Queue).count();
        assert_eq!(queued, 1, "the caller waits all the time");
    }
}

/// Node, end, and whether it is a lost link.
fn lost(script: &Script) -> Vec<(NodeId, EndId, bool)> {
    says(script)
        .filter_map(|saying| match saying {
            Saying::Left(left) => Some((left.node, left.end, left.link.is_some())),
            Saying::State(_) | Saying::Refused(_) | Saying::Note(_) | Saying::Sip(_) => None,
        })
        .collect()
}
