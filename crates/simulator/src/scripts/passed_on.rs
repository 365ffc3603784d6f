//! Calls from outside that are put on hold, or that one answers and another takes over.

use super::incoming::{person_row, ring_person};
use crate::leg::{Cleared, Leg, Note, Party, TONE_NONE};
use crate::lengths::Stretch;
use crate::office::{AUTO_ATTENDANT, Office};
use crate::scene::{HangUp, Scene};
use crate::scribe::What;
use crate::script::Script;
use model::fact::{CAUSE_NORMAL, CAUSE_TRANSFER, EndState};
use model::{Ending, EventKind};

/// From the hold to the second call's dial tone, at speed 1.
const SECOND_CALL_MS: u64 = 400;
/// From the last digit of a blind transfer to its completion, at speed 1.
const COMPLETION_MS: u64 = 600;

pub(crate) fn abandoned_hold(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    scene.hold(&mut leg, EventKind::Hold);
    scene.pass(Stretch::Hold);
    scene.hang_up(&leg, HangUp::A);
    person_row(&mut scene, 0);
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn hold_resume(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    scene.hold(&mut leg, EventKind::Hold);
    scene.pass(Stretch::Hold);
    leg.a.audio = true;
    leg.a.tone = TONE_NONE;
    if let Some(b) = &mut leg.b {
        b.audio = true;
    }
    scene.scribe.tell(&leg);
    let extension = scene.extension(0);
    scene.scribe.begin(What::of(EventKind::Talking).agent(&extension));
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    person_row(&mut scene, 0);
    scene.finish(ending)
}

/// The call flow answers at once, and after a choice passes the caller on to a person.
pub(crate) fn auto_attendant(mut scene: Scene<'_>) -> Script {
    let extension = scene.extension(0);
    let mut leg = scene.arrive(&Office::did_of_auto_attendant(), &Office::did_of_auto_attendant());
    let menu = Party::auto_attendant(scene.scribe.ids().end(), AUTO_ATTENDANT);
    let menu_end = menu.id;
    leg.a.state = EndState::CONNECTED;
    leg.a.tone = TONE_NONE;
    leg.b = Some(menu);
    scene.scribe.tell(&leg);
    scene.scribe.begin(What::of(EventKind::AutoAttendant));
    scene.pass(Stretch::Menu);
    let (channel, trunk) = (scene.voicemail_device(), scene.trunk_device());
    scene.scribe.row(channel, trunk);

    leg.b = None;
    leg.left_call_flow = format!("Transfer to {extension}");
    leg.call_flow_tenths = (scene.scribe.now_ms() as f64 / scene.cast.speed / 100.0) as u32;
    leg.current_user = extension;
    scene.ring(&mut leg, &[0], "");
    scene.scribe.leave(menu_end, Cleared::ByAnother, CAUSE_NORMAL);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, "");
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    person_row(&mut scene, 0);
    scene.finish(ending)
}

/// The first person holds, dials the second on a call of its own and completes without waiting: that call goes, the
/// first shows the new phone ringing, and the ends that the transfer makes needless leave with its cause.
pub(crate) fn blind_transfer(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    let (holder, target) = (scene.extension(0), scene.extension(1));
    let Some(held_by) = leg.b.as_ref().map(|b| b.id) else {
        return scene.finish(Ending::CallingDrop);
    };
    scene.hold(&mut leg, EventKind::TransferHold);
    scene.scribe.wait(SECOND_CALL_MS);
    let mut second = scene.lift(0);
    scene.scribe.note(Note::lifted(&holder));
    scene.scribe.tell(&second);
    scene.pass(Stretch::Digits);
    second.a.state = EndState::DIALLED;
    second.a.tone = TONE_NONE;
    second.a.dialled.clone_from(&target);
    scene.scribe.tell(&second);

    scene.scribe.wait(COMPLETION_MS);
    scene.scribe.close(Some(CAUSE_TRANSFER));
    person_row(&mut scene, 0);
    scene.scribe.leave(second.a.id, Cleared::ByAnother, CAUSE_TRANSFER);
    leg.b = None;
    leg.current_user.clone_from(&target);
    scene.scribe.mark(What::of(EventKind::Transfer).agent(&holder).party(&target));
    scene.ring(&mut leg, &[1], "");
    scene.scribe.leave(held_by, Cleared::ByAnother, CAUSE_TRANSFER);
    scene.scribe.free_phone(scene.cast.phones[0]);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 1, "");
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    person_row(&mut scene, 1);
    scene.finish(ending)
}

/// Rings at the first person, who answers and talks for a while.
fn talk_first(scene: &mut Scene<'_>) -> Leg {
    let mut leg = ring_person(scene);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, "");
    scene.pass(Stretch::FirstTalk);
    leg
}
