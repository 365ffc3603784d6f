//! Calls from outside that are answered, given up, or end in a mailbox.

use crate::leg::{Leg, Party, TONE_NONE};
use crate::lengths::Stretch;
use crate::office::Office;
use crate::scene::{HangUp, Scene};
use crate::scribe::What;
use crate::script::{Device, Script};
use model::fact::{EndState, Queueing};
use model::{Ending, EventKind};

pub(crate) fn direct(mut scene: Scene<'_>) -> Script {
    let mut leg = ring_person(&mut scene);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, "");
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    person_row(&mut scene, 0);
    scene.finish(ending)
}

pub(crate) fn group(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let mut leg = ring_group(&mut scene);
    scene.pass(Stretch::Ring);
    let answering = scene.dice.place(scene.cast.phones.len());
    scene.answer(&mut leg, answering, &group);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    person_row(&mut scene, answering);
    scene.finish(ending)
}

pub(crate) fn queued(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let mut leg = queue(&mut scene);
    scene.pass(Stretch::Queue);
    scene.ring(&mut leg, &[0], &group);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, &group);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    person_row(&mut scene, 0);
    scene.finish(ending)
}

pub(crate) fn abandoned_ringing(mut scene: Scene<'_>) -> Script {
    let leg = ring_group(&mut scene);
    scene.pass(Stretch::RingInVain);
    scene.hang_up(&leg, HangUp::A);
    person_row(&mut scene, 0);
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn abandoned_queue(mut scene: Scene<'_>) -> Script {
    let leg = queue(&mut scene);
    scene.pass(Stretch::QueueInVain);
    scene.hang_up(&leg, HangUp::A);
    // The call met no phone: the trunk is all there is to print.
    let trunk = scene.trunk_device();
    scene.scribe.row(trunk, Device::default());
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn voicemail(mut scene: Scene<'_>) -> Script {
    let extension = scene.extension(0);
    let mut leg = ring_person(&mut scene);
    scene.pass(Stretch::RingToVoicemail);
    let mailbox = Party::voicemail(scene.scribe.ids().end());
    leg.targets.clear();
    leg.mailbox.clone_from(&extension);
    leg.a.state = EndState::CONNECTED;
    leg.a.tone = TONE_NONE;
    leg.b = Some(mailbox);
    scene.scribe.tell(&leg);
    scene.scribe.free_phone(scene.cast.phones[0]);
    scene.scribe.begin(What::of(EventKind::Voicemail).party(&extension));
    scene.pass(Stretch::Message);
    scene.hang_up(&leg, HangUp::A);
    let (channel, trunk) = (scene.voicemail_device(), scene.trunk_device());
    scene.scribe.row(channel, trunk);
    scene.finish(Ending::CallingDrop)
}

/// A caller arrives for the first person of the cast, whose phone rings.
pub(crate) fn ring_person(scene: &mut Scene<'_>) -> Leg {
    let extension = scene.extension(0);
    let mut leg = scene.arrive(&Office::did_of(&extension), &extension);
    leg.first_user.clone_from(&extension);
    leg.current_user = extension;
    scene.ring(&mut leg, &[0], "");
    leg
}

/// The row of a person and the trunk, about everything since the last row.
pub(crate) fn person_row(scene: &mut Scene<'_>, nth: usize) {
    let (phone, trunk) = (scene.phone_device(nth), scene.trunk_device());
    scene.scribe.row(phone, trunk);
}

fn ring_group(scene: &mut Scene<'_>) -> Leg {
    let mut leg = arrive_at_group(scene);
    let phones: Vec<usize> = (0..scene.cast.phones.len()).collect();
    let group = scene.cast.group.clone();
    scene.ring(&mut leg, &phones, &group);
    leg
}

fn queue(scene: &mut Scene<'_>) -> Leg {
    let mut leg = arrive_at_group(scene);
    leg.queueing = Queueing::Queued;
    scene.scribe.tell(&leg);
    scene.scribe.begin(What::of(EventKind::Queue).group(&leg.group));
    leg
}

fn arrive_at_group(scene: &mut Scene<'_>) -> Leg {
    let group = scene.cast.group.clone();
    let mut leg = scene.arrive(&Office::did_of(&group), &group);
    leg.group.clone_from(&group);
    leg.current_group = group;
    leg
}
