//! Calls that the PBX leads elsewhere by itself: outside, to another group, or past an announcement.

use super::incoming::{arrive_at_group, arrive_for_person, queue};
use super::transfers::talk_outside;
use crate::lengths::Stretch;
use crate::scene::Scene;
use crate::scribe::What;
use crate::script::Script;
use model::EventKind;
use model::fact::Queueing;

/// The person has all calls forwarded to a number outside: nothing rings in the office.
pub(crate) fn forwarded_outside(mut scene: Scene<'_>) -> Script {
    let (extension, number) = (scene.extension(0), scene.cast.elsewhere.number.clone());
    let mut leg = arrive_for_person(&mut scene);
    scene.scribe.free_phone(scene.cast.phones[0]);
    scene.go_out(&mut leg, &number, &extension);
    scene.scribe.tell(&leg);
    scene.scribe.begin(What::of(EventKind::Dialing).party(&number));
    let ending = talk_outside(&mut scene, &mut leg, &number);
    let targeting = scene.targeting("U fu", 0, &number);
    let (came_in, went_out) = (scene.trunk_device(0), scene.trunk_device(1));
    scene.scribe.row_because(came_in, went_out, targeting);
    scene.finish(ending)
}

/// Queued for one group, answered by another, whose phones ring at once or after one more queue.
pub(crate) fn overflow(mut scene: Scene<'_>) -> Script {
    let (first, second) = (scene.cast.second_group.clone(), scene.cast.group.clone());
    let mut leg = arrive_at_group(&mut scene, &first);
    queue(&mut scene, &mut leg);
    scene.pass(Stretch::Queue);
    leg.overflow_group.clone_from(&second);
    leg.current_group.clone_from(&second);
    if scene.dice.one_in(2) {
        scene.scribe.tell(&leg);
        scene.scribe.begin(What::of(EventKind::Queue).group(&second));
        scene.pass(Stretch::Announcement);
    }
    let ringing: Vec<usize> = (0..scene.cast.phones.len()).collect();
    scene.ring(&mut leg, &ringing, &second);
    scene.pass(Stretch::Ring);
    let answering = scene.dice.place(ringing.len());
    scene.answer(&mut leg, answering, &second);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(answering);
    scene.finish(ending)
}

/// In the queue the caller hears an announcement, once or twice.
pub(crate) fn queue_announcement(mut scene: Scene<'_>) -> Script {
    let group = scene.cast.group.clone();
    let mut leg = arrive_at_group(&mut scene, &group);
    queue(&mut scene, &mut leg);
    scene.pass(Stretch::Announcement);
    for _ in 0..scene.dice.between(1, 2) {
        for queueing in [Queueing::Announcement, Queueing::Queued] {
            leg.queueing = queueing;
            scene.scribe.tell(&leg);
            scene.pass(Stretch::Announcement);
        }
    }
    scene.ring(&mut leg, &[0], &group);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, &group);
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(0);
    scene.finish(ending)
}
