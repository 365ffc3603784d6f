//! Calls that one person answers and hands over: to a colleague with or without asking, to a mailbox, to somebody
//! outside.

use super::incoming::{reach_mailbox, ring_person};
use super::passed_on::talk_first;
use crate::leg::{Cleared, Leg, Party, Ringing, TONE_NONE};
use crate::lengths::Stretch;
use crate::office::{ACCESS_DIGIT, MAILBOX_CODE};
use crate::scene::{HangUp, Scene};
use crate::scribe::What;
use crate::script::Script;
use model::fact::{CAUSE_TRANSFER, EndId, EndState};
use model::{Ending, EventKind};

/// From the last digit of a blind transfer to its completion, at speed 1.
const COMPLETION_MS: u64 = 600;

/// The first person holds, dials the second on a call of its own and completes without waiting: that call goes, the
/// first shows the new phone ringing, and the ends that the transfer makes needless leave with its cause.
pub(crate) fn blind(mut scene: Scene<'_>) -> Script {
    let mut leg = ring_person(&mut scene);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, "");
    scene.scribe.free_phone_in_history(scene.cast.phones[1]);
    scene.pass(Stretch::FirstTalk);
    let target = scene.extension(1);
    let (held_by, second) = hold_and_dial(&mut scene, &mut leg, &target);

    scene.scribe.wait(COMPLETION_MS);
    hand_over(&mut scene, &target);
    scene.scribe.leave(second.a.id, Cleared::ByAnother, CAUSE_TRANSFER);
    leg.b = None;
    leg.current_user = target;
    scene.ring(&mut leg, &[1], "");
    scene.leave_all(held_by, Cleared::ByAnother, CAUSE_TRANSFER);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 1, "");
    scene.scribe.free_phone_in_history(scene.cast.phones[0]);
    talk_to_new_person(scene, &leg)
}

/// The colleague answers and is asked first. How the ends move is not published: the colleague's end comes under a new
/// number that names the one it had, or moves over as it is.
pub(crate) fn supervised(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    let target = scene.extension(1);
    let held_by = hold(&mut scene, &mut leg);
    let mut consultation = scene.consult(0, 1);
    scene.pass(Stretch::Ring);
    scene.consult_answered(&mut consultation, 1);
    scene.pass(Stretch::Consult);

    hand_over(&mut scene, &target);
    scene.consult_ends(&consultation, 0, 1);
    let second = consultation.leg;
    let Some(phone) = second.b else {
        return scene.finish(Ending::CallingDrop);
    };
    let mut gone: Vec<EndId> = held_by.into_iter().chain([second.a.id]).collect();
    let shown = scene.number_on_phones(&leg);
    let taken_over = if scene.dice.one_in(2) {
        gone.push(phone.id);
        let id = scene.phone_end(1);
        Party { id, related_end: Some(phone.id), ..phone }
    } else {
        phone
    };
    scene.connect(&mut leg, 1, taken_over.with_cli(&shown));
    scene.tell_without(&leg, gone, Cleared::ByAnother, CAUSE_TRANSFER);
    scene.scribe.begin(What::of(EventKind::Talking).agent(&target));
    talk_to_new_person(scene, &leg)
}

/// Completed while the colleague's phone still rings: it goes on ringing, for the caller now.
pub(crate) fn while_ringing(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    let target = scene.extension(1);
    let held_by = hold(&mut scene, &mut leg);
    let consultation = scene.consult(0, 1);
    scene.pass(Stretch::PickUp);

    hand_over(&mut scene, &target);
    scene.consult_ends(&consultation, 0, 1);
    let second = consultation.leg;
    let moves_over = scene.dice.one_in(2);
    let rang = second.targets.first().map(|ringing| ringing.id).filter(|_| moves_over);
    let end = rang.unwrap_or_else(|| scene.phone_end(1));
    let shown = scene.number_on_phones(&leg);
    leg.b = None;
    leg.current_user.clone_from(&target);
    scene.offer(&mut leg, vec![Ringing::new(end, &target, "", &shown)]);
    let gone = held_by.into_iter().chain([second.a.id]);
    scene.tell_without(&leg, gone, Cleared::ByAnother, CAUSE_TRANSFER);
    scene.ringing(&leg, &[1], "");
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 1, "");
    talk_to_new_person(scene, &leg)
}

/// Without asking, to a number outside: two lines are one call then.
pub(crate) fn outside(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    let number = scene.cast.elsewhere.number.clone();
    let (held_by, second) = hold_and_dial(&mut scene, &mut leg, &format!("{ACCESS_DIGIT}{number}"));

    scene.scribe.wait(COMPLETION_MS);
    hand_over(&mut scene, &number);
    let holder = scene.extension(0);
    scene.go_out(&mut leg, &number, &holder);
    let gone = held_by.into_iter().chain([second.a.id]);
    scene.tell_without(&leg, gone, Cleared::ByAnother, CAUSE_TRANSFER);
    scene.scribe.begin(What::of(EventKind::Dialing).party(&number));
    let ending = talk_outside(&mut scene, &mut leg, &number);
    let targeting = scene.targeting("U Xfd", 0, &number);
    let (came_in, went_out) = (scene.trunk_device(0), scene.trunk_device(1));
    scene.scribe.row_because(came_in, went_out, targeting);
    scene.finish(ending)
}

/// Without asking, to a colleague's mailbox.
pub(crate) fn to_mailbox(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    let owner = scene.extension(1);
    let (held_by, second) = hold_and_dial(&mut scene, &mut leg, &format!("{MAILBOX_CODE}{owner}"));

    scene.scribe.wait(COMPLETION_MS);
    hand_over(&mut scene, &owner);
    reach_mailbox(&mut scene, &mut leg, &owner);
    let gone = held_by.into_iter().chain([second.a.id]);
    scene.tell_without(&leg, gone, Cleared::ByAnother, CAUSE_TRANSFER);
    scene.scribe.begin(What::of(EventKind::Voicemail).party(&owner));
    scene.pass(Stretch::Message);
    scene.hang_up(&leg, HangUp::Caller);
    scene.voicemail_row();
    scene.finish(Ending::CallingDrop)
}

/// A call that the PBX has sent out rings there and is answered; then either side hangs up.
pub(crate) fn talk_outside(scene: &mut Scene<'_>, leg: &mut Leg, number: &str) -> Ending {
    scene.pass(Stretch::FarRing);
    leg.a.state = EndState::CONNECTED;
    leg.a.tone = TONE_NONE;
    if let Some(trunk) = &mut leg.b {
        trunk.state = EndState::CONNECTED;
    }
    scene.scribe.tell(leg);
    scene.scribe.begin(What::of(EventKind::Talking).party(number));
    scene.pass(Stretch::Talk);
    scene.either_hangs_up(leg)
}

fn hold_and_dial(scene: &mut Scene<'_>, leg: &mut Leg, digits: &str) -> (Option<EndId>, Leg) {
    let held_by = hold(scene, leg);
    let second = scene.second_call(0, digits);
    scene.scribe.tell(&second);
    (held_by, second)
}

/// The first person's end of the held call.
fn hold(scene: &mut Scene<'_>, leg: &mut Leg) -> Option<EndId> {
    scene.hold(leg, EventKind::TransferHold);
    leg.b.as_ref().map(|phone| phone.id)
}

/// The hold ends with the transfer, and the first person's part with it.
fn hand_over(scene: &mut Scene<'_>, target: &str) {
    let holder = scene.extension(0);
    scene.scribe.close(Some(CAUSE_TRANSFER));
    scene.person_row(0);
    scene.scribe.mark(What::of(EventKind::Transfer).agent(&holder).party(target));
    scene.scribe.free_phone(scene.cast.phones[0]);
}

fn talk_to_new_person(mut scene: Scene<'_>, leg: &Leg) -> Script {
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(leg);
    scene.person_row(1);
    scene.finish(ending)
}
