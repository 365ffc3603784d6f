//! Calls from outside that are put on hold or parked, or that another phone takes.

use super::incoming::{ring_group, ring_person};
use crate::leg::{Cleared, Leg, Party, TONE_HOLD_MUSIC};
use crate::lengths::Stretch;
use crate::scene::{HangUp, Scene};
use crate::scribe::What;
use crate::script::Script;
use model::fact::{CAUSE_NORMAL, CalledType};
use model::{Ending, EventKind};

const HOLDS: (u64, u64) = (3, 6);

pub(crate) fn abandoned_hold(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    scene.hold(&mut leg, EventKind::Hold);
    scene.pass(Stretch::Hold);
    scene.hang_up(&leg, HangUp::Caller);
    scene.person_row(0);
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn hold_resume(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    scene.hold(&mut leg, EventKind::Hold);
    scene.pass(Stretch::Hold);
    scene.resume(&mut leg);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(0);
    scene.finish(ending)
}

pub(crate) fn hold_many(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    for _ in 0..scene.dice.between(HOLDS.0, HOLDS.1) {
        scene.hold(&mut leg, EventKind::Hold);
        scene.pass(Stretch::Hold);
        scene.resume(&mut leg);
        scene.pass(Stretch::TalkBetween);
    }
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(0);
    scene.finish(ending)
}

/// Parked by the first person, taken back by the second. The ends may have swapped places when it comes back.
pub(crate) fn park_unpark(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    let (parking, taking) = (scene.extension(0), scene.extension(1));
    let ids = scene.scribe.ids();
    let slot = Party::park_slot(ids.end(), &ids.park_slot().to_string());
    let slot_end = slot.id;
    let left = leg.b.replace(slot).map(|phone| phone.id);
    leg.a.tone = TONE_HOLD_MUSIC;
    leg.current_user.clear();
    scene.tell_without(&leg, left, Cleared::ByThisEnd, CAUSE_NORMAL);
    scene.scribe.begin(What::of(EventKind::Park).agent(&parking));
    scene.scribe.free_phone(scene.cast.phones[0]);
    scene.pass(Stretch::Park);
    scene.person_row(0);

    let phone = scene.answering_phone(&leg, 1, "").called_as(CalledType::UNPARK);
    scene.connect(&mut leg, 1, phone);
    if scene.dice.one_in(2) {
        leg.swap();
    }
    scene.tell_without(&leg, [slot_end], Cleared::ByAnother, CAUSE_NORMAL);
    scene.scribe.begin(What::of(EventKind::Talking).agent(&taking));
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(1);
    scene.finish(ending)
}

/// A person's or a group's phone rings, and somebody takes the call at another one.
pub(crate) fn pickup(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let last = scene.cast.phones.len() - 1;
    let mut leg = if scene.dice.one_in(2) {
        let ringing: Vec<usize> = (0..last).collect();
        ring_group(&mut scene, &ringing)
    } else {
        ring_person(&mut scene)
    };
    let for_group = if leg.group.is_empty() { String::new() } else { group };
    scene.pass(Stretch::PickUp);
    scene.person_row(0);
    let phone = scene.answering_phone(&leg, last, &for_group).called_as(CalledType::PICKUP);
    for nth in 0..last {
        scene.scribe.free_phone(scene.cast.phones[nth]);
    }
    scene.connect(&mut leg, last, phone);
    scene.scribe.tell(&leg);
    scene.talk(&leg, last, &for_group);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(last);
    scene.finish(ending)
}

/// Rings at the first person, who answers and talks for a while.
pub(crate) fn talk_first(scene: &mut Scene<'_>) -> Leg {
    let mut leg = ring_person(scene);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, "");
    scene.pass(Stretch::FirstTalk);
    leg
}
