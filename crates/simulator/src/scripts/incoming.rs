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
    scene.person_row(0);
    scene.finish(ending)
}

pub(crate) fn group(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let mut leg = ring_whole_group(&mut scene);
    scene.pass(Stretch::Ring);
    let answering = scene.dice.place(scene.cast.phones.len());
    scene.answer(&mut leg, answering, &group);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(answering);
    scene.finish(ending)
}

pub(crate) fn queued(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let mut leg = arrive_at_group(&mut scene, &group);
    queue(&mut scene, &mut leg);
    scene.pass(Stretch::Queue);
    scene.ring(&mut leg, &[0], &group);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, &group);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(0);
    scene.finish(ending)
}

pub(crate) fn abandoned_ringing(mut scene: Scene<'_>) -> Script {
    let leg = ring_whole_group(&mut scene);
    scene.pass(Stretch::RingInVain);
    scene.hang_up(&leg, HangUp::Caller);
    scene.person_row(0);
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn abandoned_queue(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let mut leg = arrive_at_group(&mut scene, &group);
    queue(&mut scene, &mut leg);
    scene.pass(Stretch::QueueInVain);
    scene.hang_up(&leg, HangUp::Caller);
    // The call met no phone: the trunk is all there is to print.
    let trunk = scene.trunk_device(0);
    scene.scribe.row(trunk, Device::default());
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn voicemail(mut scene: Scene<'_>) -> Script {
    let extension = scene.extension(0);
    let mut leg = ring_person(&mut scene);
    scene.pass(Stretch::RingToVoicemail);
    reach_mailbox(&mut scene, &mut leg, &extension);
    scene.scribe.tell(&leg);
    scene.scribe.free_phone(scene.cast.phones[0]);
    scene.scribe.begin(What::of(EventKind::Voicemail).party(&extension));
    scene.pass(Stretch::Message);
    scene.hang_up(&leg, HangUp::Caller);
    scene.voicemail_row();
    scene.finish(Ending::CallingDrop)
}

/// A caller arrives for the first person of the cast.
pub(crate) fn arrive_for_person(scene: &mut Scene<'_>) -> Leg {
    let extension = scene.extension(0);
    let mut leg = scene.arrive(&Office::did_of(&extension), &extension);
    leg.first_user.clone_from(&extension);
    leg.current_user = extension;
    leg
}

/// The same, and the phone rings.
pub(crate) fn ring_person(scene: &mut Scene<'_>) -> Leg {
    let mut leg = arrive_for_person(scene);
    scene.ring(&mut leg, &[0], "");
    leg
}

pub(crate) fn arrive_at_group(scene: &mut Scene<'_>, group: &str) -> Leg {
    let mut leg = scene.arrive(&Office::did_of(group), group);
    leg.group = group.to_owned();
    leg.current_group = group.to_owned();
    leg
}

/// A caller arrives for the cast's group, and these phones ring.
pub(crate) fn ring_group(scene: &mut Scene<'_>, phones: &[usize]) -> Leg {
    let group = scene.cast.group.clone();
    let mut leg = arrive_at_group(scene, &group);
    scene.ring(&mut leg, phones, &group);
    leg
}

fn ring_whole_group(scene: &mut Scene<'_>) -> Leg {
    let phones: Vec<usize> = (0..scene.cast.phones.len()).collect();
    ring_group(scene, &phones)
}

/// The caller waits for the group that the leg is at.
pub(crate) fn queue(scene: &mut Scene<'_>, leg: &mut Leg) {
    leg.queueing = Queueing::Queued;
    scene.scribe.tell(leg);
    scene.scribe.begin(What::of(EventKind::Queue).group(&leg.current_group));
}

/// The leg with the mailbox of `owner` at its other end.
pub(crate) fn reach_mailbox(scene: &mut Scene<'_>, leg: &mut Leg, owner: &str) {
    leg.targets.clear();
    leg.mailbox = owner.to_owned();
    leg.a.state = EndState::CONNECTED;
    leg.a.tone = TONE_NONE;
    leg.a.audio = true;
    leg.b = Some(Party::voicemail(scene.scribe.ids().end()));
}
