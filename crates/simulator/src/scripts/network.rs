//! Calls that cross two nodes of a network: the line is on one, phones are on the other, and both tell.

use super::incoming::{arrive_at_group, arrive_for_person};
use crate::leg::{Cleared, Leg, Ringing};
use crate::lengths::Stretch;
use crate::office::{FAR_NODE, LINE_NODE};
use crate::scene::{LegsInRows, Scene};
use crate::script::{RecordLegs, Script};
use model::Ending;
use model::fact::{CAUSE_NORMAL, EndId, LegId, NodeId};

/// For one person on the far node.
pub(crate) fn inbound(mut scene: Scene<'_>) -> Script {
    let leg = arrive_for_person(&mut scene);
    answered_by(scene, leg, 0)
}

/// For a group with members on both nodes; one of them answers.
pub(crate) fn group(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let leg = arrive_at_group(&mut scene, &group);
    let answering = scene.dice.place(scene.cast.phones.len());
    answered_by(scene, leg, answering)
}

fn answered_by(mut scene: Scene<'_>, mut leg: Leg, answering: usize) -> Script {
    let group = leg.group.clone();
    let far = scene.scribe.ids().leg_on(FAR_NODE);
    let shown = scene.number_on_phones(&leg);
    let phones: Vec<usize> = (0..scene.cast.phones.len()).collect();
    let mut targets = Vec::new();
    for nth in &phones {
        let (end, extension) = (scene.phone_end(*nth), scene.extension(*nth));
        targets.push(Ringing::new(end, &extension, &group, &shown));
    }
    scene.offer(&mut leg, targets);
    tell_both(&mut scene, &leg, far);
    scene.ringing(&leg, &phones, &group);
    scene.pass(Stretch::Ring);

    let phone = scene.answering_phone(&leg, answering, &group);
    scene.free_the_others(&leg, answering);
    scene.connect(&mut leg, answering, phone);
    let at_far = scene.node(answering) == FAR_NODE;
    if at_far {
        tell_both(&mut scene, &leg, far);
        if scene.cast.record_legs == LegsInRows::Present {
            scene.scribe.record().legs = Some(RecordLegs { caller: leg.id, called: far });
        }
    } else {
        // The far node has no part in the call any more.
        scene.scribe.tell(&leg);
        scene.scribe.leave_far(FAR_NODE, leg.a.id, Cleared::ByAnother, CAUSE_NORMAL);
    }
    scene.talk(&leg, answering, &group);
    scene.pass(Stretch::Talk);
    let ending = if at_far { hang_up(&mut scene, &leg) } else { scene.either_hangs_up(&leg) };
    scene.person_row(answering);
    scene.finish(ending)
}

/// Which node is first is a matter of the network.
fn tell_both(scene: &mut Scene<'_>, leg: &Leg, far: LegId) {
    let mut views = [leg.seen_from(leg.id), leg.seen_from(far)];
    if scene.dice.one_in(3) {
        views.reverse();
    }
    for view in views {
        scene.scribe.tell(&view);
    }
}

/// Each end is lost on its own node, and its link on the other.
fn hang_up(scene: &mut Scene<'_>, leg: &Leg) -> Ending {
    let by_caller = scene.dice.one_in(2);
    let mut ends: Vec<EndId> = leg.parties().map(|party| party.id).collect();
    if !by_caller {
        ends.reverse();
    }
    for (order, end) in ends.into_iter().enumerate() {
        let cleared = if order == 0 { Cleared::ByThisEnd } else { Cleared::ByAnother };
        scene.scribe.leave(end, cleared, CAUSE_NORMAL);
        scene.scribe.leave_far(other_node(end), end, cleared, CAUSE_NORMAL);
    }
    scene.scribe.close(Some(CAUSE_NORMAL));
    if by_caller { Ending::CallingDrop } else { Ending::ReceivingDrop }
}

fn other_node(end: EndId) -> NodeId {
    if end.0 >> 32 == u64::from(FAR_NODE.0) { LINE_NODE } else { FAR_NODE }
}
