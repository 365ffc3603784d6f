use super::{each_script, scripts_of, truth_of};
use crate::kind::Kind;
use model::EventKind::{
    AutoAttendant, Busy, Conference, Dialing, Hold, Park, Queue, Ringing, Talking, TransferHold, Voicemail,
};
use model::{Direction, EventKind};

/// What a kind of call is, by its name: written down once more, so that a script that tells something else is found.
struct Promise {
    direction: Direction,
    /// Main events as the outside party lives them; one after another of the same kind counts once.
    course: &'static [EventKind],
    abandoned: bool,
    agents: usize,
}

fn promise(kind: Kind) -> Promise {
    let inbound =
        |course, agents| Promise { direction: Direction::Inbound, course, abandoned: false, agents };
    let given_up = |course, agents| Promise { abandoned: true, ..inbound(course, agents) };
    let outbound = |course, agents| Promise { direction: Direction::Outbound, ..inbound(course, agents) };
    let internal = |course, agents| Promise { direction: Direction::Internal, ..inbound(course, agents) };
    match kind {
        Kind::InboundDirect
        | Kind::InboundGroup
        | Kind::Withheld
        | Kind::Pickup
        | Kind::TwinInside
        | Kind::TwinOutside
        | Kind::Rejected
        | Kind::ScnInbound
        | Kind::ScnGroup => inbound(&[Ringing, Talking], 1),
        Kind::Queued | Kind::QueueAnnouncement | Kind::Overflow => inbound(&[Queue, Ringing, Talking], 1),
        Kind::AbandonedRinging => given_up(&[Ringing], 0),
        Kind::AbandonedQueue => given_up(&[Queue], 0),
        Kind::AbandonedHold => given_up(&[Ringing, Talking, Hold], 1),
        Kind::AutoAttendant => inbound(&[AutoAttendant, Ringing, Talking], 1),
        Kind::AutoAttendantNobody => given_up(&[AutoAttendant, Ringing], 0),
        Kind::AutoAttendantAbandoned => given_up(&[AutoAttendant], 0),
        Kind::Voicemail => inbound(&[Ringing, Voicemail], 0),
        Kind::DoNotDisturb => inbound(&[Voicemail], 0),
        Kind::HoldResume => inbound(&[Ringing, Talking, Hold, Talking], 1),
        Kind::HoldMany => inbound(&[Ringing, Talking, Hold, Talking, Hold, Talking, Hold, Talking], 1),
        Kind::BlindTransfer | Kind::TransferWhileRinging => {
            inbound(&[Ringing, Talking, TransferHold, Ringing, Talking], 2)
        }
        Kind::SupervisedTransfer => inbound(&[Ringing, Talking, TransferHold, Talking], 2),
        Kind::TransferOutside => inbound(&[Ringing, Talking, TransferHold, Dialing, Talking], 1),
        Kind::TransferVoicemail => inbound(&[Ringing, Talking, TransferHold, Voicemail], 1),
        Kind::ForwardedOutside => inbound(&[Dialing, Talking], 0),
        Kind::ParkUnpark => inbound(&[Ringing, Talking, Park, Talking], 2),
        Kind::Conference => inbound(&[Ringing, Talking, Hold, Conference], 2),
        Kind::OutboundAnswered | Kind::OutboundAccessDigit | Kind::Emergency => {
            outbound(&[Dialing, Talking], 1)
        }
        Kind::OutboundUnanswered => outbound(&[Dialing], 0),
        Kind::OutboundBusy | Kind::OutboundBarred => outbound(&[Dialing, Busy], 0),
        Kind::InternalAnswered => internal(&[Dialing, Ringing, Talking], 2),
        Kind::InternalUnanswered => internal(&[Dialing, Ringing], 0),
    }
}

#[test]
fn the_truth_says_what_the_kind_promises() {
    each_script(|script, name| {
        let call = truth_of(script);
        let Promise { direction, course, abandoned, agents } = promise(script.kind);
        let mut lived: Vec<EventKind> = script.main_events().map(|event| event.kind).collect();
        lived.dedup();
        if script.kind == Kind::HoldMany {
            assert!((8..=14).contains(&lived.len()), "{name}: three to six holds, {lived:?}");
            lived.truncate(8);
        }
        assert_eq!(lived, course, "{name}: as the outside party lives it");
        assert_eq!(call.direction, direction, "{name}: direction");
        assert_eq!(call.abandoned, abandoned, "{name}: abandoned");
        assert_eq!(call.answered, course.contains(&Talking), "{name}: answered");
        assert_eq!(call.abandoned_on_hold, script.kind == Kind::AbandonedHold, "{name}: on hold");
        assert_eq!(call.voicemail, course.contains(&Voicemail), "{name}: voicemail");
        assert_eq!(call.emergency, script.kind == Kind::Emergency, "{name}: emergency");
        assert_eq!(call.agents.len(), agents, "{name}: who talked, {:?}", call.agents);
        let no_number = direction == Direction::Internal || script.kind == Kind::Withheld;
        assert_eq!(call.external_number.is_none(), no_number, "{name}: the outside number");
    });
}

#[test]
fn main_events_follow_each_other_from_start_to_end() {
    each_script(|script, name| {
        let mut reached = 0;
        for event in script.main_events() {
            assert_eq!(event.from, reached, "{name}: no gap before {:?}", event.kind);
            assert!(event.to > event.from, "{name}: {:?} lasts", event.kind);
            reached = event.to;
        }
        assert_eq!(reached, script.over, "{name}: something goes on until the end");
        for event in script.events.iter().filter(|event| event.beside) {
            assert!(event.to <= script.over, "{name}: {:?} is over with the call", event.kind);
        }
        let call = truth_of(script);
        let main_ms: u64 = script
            .main_events()
            .map(|event| script.steps[event.to].at_ms - script.steps[event.from].at_ms)
            .sum();
        assert_eq!(main_ms as f64 / 1000.0, call.total_s, "{name}: the stretches add up to the call");
    });
}

#[test]
fn whose_phone_rang_is_told_and_whose_did_not_is_not() {
    each_script(|script, name| {
        let call = truth_of(script);
        match script.kind {
            Kind::InboundGroup | Kind::AbandonedRinging | Kind::Rejected => {
                assert!(call.agents_rung.len() >= 2, "{name}: several rang, {:?}", call.agents_rung);
            }
            Kind::ScnGroup => assert_eq!(call.agents_rung.len(), 3, "{name}: on both nodes"),
            Kind::TransferWhileRinging | Kind::BlindTransfer => {
                assert_eq!(
                    call.agents_rung, call.agents,
                    "{name}: the colleague's phone rang for the caller"
                );
            }
            Kind::SupervisedTransfer | Kind::Conference => {
                assert_eq!(call.agents_rung, call.agents[..1], "{name}: the colleague's rang for the holder");
            }
            Kind::ParkUnpark => {
                assert_eq!(call.agents_rung, call.agents[..1], "{name}: taken back without ringing");
            }
            Kind::Pickup => {
                let talked = &call.agents[0];
                assert!(!call.agents_rung.contains(talked), "{name}: {talked} took a colleague's call");
            }
            Kind::DoNotDisturb | Kind::ForwardedOutside | Kind::AutoAttendantAbandoned => {
                assert!(call.agents_rung.is_empty(), "{name}: no phone rang");
            }
            Kind::TwinInside | Kind::TwinOutside => {
                let rings = call.events.iter().filter(|event| event.kind == Ringing).count();
                assert_eq!((rings, call.agents_rung.len()), (1, 1), "{name}: one person rings once");
            }
            _ => {}
        }
    });
}

#[test]
fn an_overflow_names_both_groups_in_order() {
    for script in scripts_of(Kind::Overflow) {
        let call = truth_of(&script);
        let [first, second] = &call.groups[..] else { panic!("two groups: {:?}", call.groups) };
        assert_ne!(first, second, "another group takes over");
        assert_eq!(call.dialed_number.as_deref(), Some(&*format!("8{first}")), "the first one was called");
        let answered = call.events.last().and_then(|event| event.group.clone());
        assert_eq!(answered.as_ref(), Some(second), "the second one answered");
    }
}
