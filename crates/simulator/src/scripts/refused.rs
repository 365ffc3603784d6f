//! Calls that a phone turns away.

use super::incoming::{arrive_at_group, arrive_for_person, reach_mailbox};
use crate::leg::{Leg, Ringing, TONE_NONE};
use crate::lengths::Stretch;
use crate::scene::{HangUp, Scene};
use crate::scribe::What;
use crate::script::Script;
use model::fact::EndState;
use model::{Ending, EventKind};

/// A group's phones ring, one of the group turns the call away, a colleague answers.
pub(crate) fn rejected(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let mut leg = arrive_at_group(&mut scene, &group);
    let shown = scene.number_on_phones(&leg);
    let phones: Vec<usize> = (0..scene.cast.phones.len()).collect();
    let mut targets = Vec::new();
    for nth in &phones {
        let (end, extension) = (scene.phone_end(*nth), scene.extension(*nth));
        targets.push(Ringing::new(end, &extension, &group, &shown));
    }
    let turned = scene.dice.place(targets.len());
    targets.rotate_left(turned);
    scene.offer(&mut leg, targets);
    scene.scribe.tell(&leg);
    scene.ringing(&leg, &phones, &group);
    scene.pass(Stretch::Reject);
    // Not the first one: that phone's ringing is the call's main event.
    let rejecting = phones.len() - 1;
    reject(&mut scene, &mut leg, rejecting);
    scene.pass(Stretch::Ring);
    let answering = scene.dice.place(rejecting);
    scene.answer(&mut leg, answering, &group);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(answering);
    scene.finish(ending)
}

/// The person wants no calls: the phone never rings, the caller leaves a message.
pub(crate) fn do_not_disturb(mut scene: Scene<'_>) -> Script {
    let extension = scene.extension(0);
    let mut leg = arrive_for_person(&mut scene);
    leg.a.state = EndState::OFFERING;
    leg.a.tone = TONE_NONE;
    scene.scribe.tell(&leg);
    let end = scene.phone_end(0);
    scene.scribe.refuse(end, &extension, "dnd");
    scene.scribe.free_phone(scene.cast.phones[0]);
    reach_mailbox(&mut scene, &mut leg, &extension);
    scene.scribe.tell(&leg);
    scene.scribe.begin(What::of(EventKind::Voicemail).party(&extension));
    scene.pass(Stretch::Message);
    scene.hang_up(&leg, HangUp::Caller);
    scene.voicemail_row();
    scene.finish(Ending::CallingDrop)
}

/// The refusal, and the state in which the phone rings no more.
fn reject(scene: &mut Scene<'_>, leg: &mut Leg, nth: usize) {
    let extension = scene.extension(nth);
    let end = leg.targets.iter().find(|target| target.extension == extension).map(|target| target.id);
    if let Some(end) = end {
        scene.scribe.refuse(end, &extension, "reject");
    }
    leg.targets.retain(|target| target.extension != extension);
    scene.scribe.tell(leg);
    scene.scribe.end_beside(&extension, None);
    scene.scribe.free_phone(scene.cast.phones[nth]);
}
