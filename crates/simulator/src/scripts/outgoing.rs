//! Calls that begin at a phone of the office: to the outside, and to each other.

use crate::leg::{Cleared, Leg, Note, Party, TONE_BUSY, TONE_NONE, TONE_RINGBACK};
use crate::lengths::Stretch;
use crate::office::{ACCESS_DIGIT, EMERGENCY, EMERGENCY_LOCATION, NODE, Outside};
use crate::scene::{HangUp, Scene};
use crate::scribe::What;
use crate::script::{Device, Script};
use model::fact::{CAUSE_NORMAL, CalledType, EndState};
use model::{Ending, EventKind};

/// Q.850: the far end is busy; the call is refused.
const CAUSE_BUSY: u16 = 17;
const CAUSE_BARRED: u16 = 21;
/// From the last digit until the far end is found to be busy, at speed 1.
const UNTIL_BUSY_MS: u64 = 1_800;

/// How the number is dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Plain,
    WithDigit,
}

pub(crate) fn answered(mut scene: Scene<'_>, access: Access) -> Script {
    let outside = scene.cast.outside.clone();
    let mut leg = dial_out(&mut scene, outside, access);
    far_end_answers(&mut scene, &mut leg);
    finish_talking(scene, &leg)
}

/// The PBX tells whom it connects with the emergency services, and where that phone is.
pub(crate) fn emergency(mut scene: Scene<'_>) -> Script {
    let access = either(&mut scene);
    let services = Outside { number: EMERGENCY.to_owned(), name: String::new() };
    let mut leg = dial_out(&mut scene, services, access);
    scene.scribe.heading().emergency = true;
    far_end_answers(&mut scene, &mut leg);
    finish_talking(scene, &leg)
}

/// The trunk end goes with the cause, and the caller hears the busy tone until the receiver is put back.
pub(crate) fn busy(mut scene: Scene<'_>) -> Script {
    let access = either(&mut scene);
    let outside = scene.cast.outside.clone();
    let mut leg = dial_out(&mut scene, outside, access);
    scene.scribe.wait(UNTIL_BUSY_MS);
    let trunk = leg.b.take().map(|trunk| trunk.id);
    leg.a.state = EndState::COMPLETED_TONE;
    leg.a.tone = TONE_BUSY;
    scene.tell_without(&leg, trunk, Cleared::ByAnother, CAUSE_BUSY);
    scene.scribe.close(Some(CAUSE_BUSY));
    hear_busy_tone(&mut scene, &leg, CAUSE_NORMAL);
    scene.person_row(0);
    scene.finish(Ending::CallingDrop)
}

/// The PBX does not let the call out: no line is taken.
pub(crate) fn barred(mut scene: Scene<'_>) -> Script {
    let access = either(&mut scene);
    let outside = scene.cast.outside.clone();
    let mut leg = dial(&mut scene, &outside, access);
    leg.a.state = EndState::COMPLETED_TONE;
    leg.a.tone = TONE_BUSY;
    scene.scribe.tell(&leg);
    // Without a line the PBX looks nobody up: no message has the name.
    scene.meet(Outside { name: String::new(), ..outside });
    scene.scribe.close(Some(CAUSE_BARRED));
    hear_busy_tone(&mut scene, &leg, CAUSE_BARRED);
    let phone = scene.phone_device(0);
    scene.scribe.row(phone, Device::default());
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn unanswered(mut scene: Scene<'_>) -> Script {
    let access = either(&mut scene);
    let outside = scene.cast.outside.clone();
    let leg = dial_out(&mut scene, outside, access);
    scene.pass(Stretch::RingInVain);
    scene.hang_up(&leg, HangUp::Caller);
    let caller = scene.extension(0);
    scene.scribe.note(Note::lost(NODE, &caller));
    scene.person_row(0);
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn internal_answered(mut scene: Scene<'_>) -> Script {
    let caller = scene.extension(0);
    let mut leg = dial_colleague(&mut scene);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 1, "");
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.scribe.note(Note::lost(NODE, &caller));
    internal_row(&mut scene);
    scene.finish(ending)
}

pub(crate) fn internal_unanswered(mut scene: Scene<'_>) -> Script {
    let caller = scene.extension(0);
    let leg = dial_colleague(&mut scene);
    scene.pass(Stretch::RingInVain);
    scene.hang_up(&leg, HangUp::Caller);
    scene.scribe.note(Note::lost(NODE, &caller));
    internal_row(&mut scene);
    scene.finish(Ending::CallingDrop)
}

fn either(scene: &mut Scene<'_>) -> Access {
    if scene.dice.one_in(2) { Access::Plain } else { Access::WithDigit }
}

/// Off hook, dial tone, digits: the leg when the last one is dialled.
fn dial(scene: &mut Scene<'_>, outside: &Outside, access: Access) -> Leg {
    let dialled = match access {
        Access::Plain => outside.number.clone(),
        Access::WithDigit => format!("{ACCESS_DIGIT}{}", outside.number),
    };
    let caller = scene.extension(0);
    let mut leg = lift_to_dial(scene, &caller);
    scene.pass(Stretch::Digits);
    leg.a.state = EndState::DIALLED;
    leg.a.dialled.clone_from(&dialled);
    let record = scene.scribe.record();
    record.called.clone_from(&outside.number);
    record.dialled = dialled;
    leg
}

/// The same; then the trunk goes out and the far end rings.
fn dial_out(scene: &mut Scene<'_>, outside: Outside, access: Access) -> Leg {
    let mut leg = dial(scene, &outside, access);
    leg.a.tone = TONE_RINGBACK;
    let channel = scene.channel(0);
    let mut trunk = Party::trunk(scene.scribe.ids().end_on(channel.node), channel)
        .in_state(EndState::RINGBACK, TONE_NONE)
        .with_directory_name(&outside.name);
    trunk.target_number.clone_from(&outside.number);
    if outside.number == EMERGENCY {
        leg.a.called_type = CalledType::EMERGENCY;
        leg.a.emergency_location = EMERGENCY_LOCATION.to_owned();
        trunk.called_type = CalledType::EMERGENCY;
        trunk.emergency_location = EMERGENCY_LOCATION.to_owned();
    }
    leg.b = Some(trunk);
    scene.scribe.tell(&leg);
    scene.take_channel(0);
    scene.meet(outside);
    leg
}

fn far_end_answers(scene: &mut Scene<'_>, leg: &mut Leg) {
    scene.pass(Stretch::FarRing);
    leg.a.state = EndState::CONNECTED;
    leg.a.tone = TONE_NONE;
    if let Some(trunk) = &mut leg.b {
        trunk.state = EndState::CONNECTED;
    }
    scene.scribe.tell(leg);
    let caller = scene.extension(0);
    scene.scribe.begin(What::of(EventKind::Talking).agent(&caller));
}

fn finish_talking(mut scene: Scene<'_>, leg: &Leg) -> Script {
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(leg);
    let caller = scene.extension(0);
    scene.scribe.note(Note::lost(NODE, &caller));
    scene.person_row(0);
    scene.finish(ending)
}

fn hear_busy_tone(scene: &mut Scene<'_>, leg: &Leg, cause: u16) {
    let caller = scene.extension(0);
    scene.scribe.begin(What::of(EventKind::Busy).agent(&caller));
    scene.pass(Stretch::BusyTone);
    scene.scribe.leave(leg.a.id, Cleared::ByThisEnd, cause);
    scene.scribe.close(Some(cause));
}

/// Off hook, dial tone, the colleague's extension; the colleague's phone rings.
fn dial_colleague(scene: &mut Scene<'_>) -> Leg {
    let (caller, callee) = (scene.extension(0), scene.extension(1));
    let mut leg = lift_to_dial(scene, &caller);
    leg.a = leg.a.with_user_name(&scene.name(0));
    scene.pass(Stretch::Digits);
    leg.a.dialled.clone_from(&callee);
    leg.first_user.clone_from(&callee);
    leg.current_user.clone_from(&callee);
    scene.ring(&mut leg, &[1], "");
    let record = scene.scribe.record();
    record.called.clone_from(&callee);
    record.dialled = callee;
    leg
}

fn lift_to_dial(scene: &mut Scene<'_>, caller: &str) -> Leg {
    let leg = scene.lift(0);
    scene.scribe.tell(&leg);
    scene.scribe.begin(What::of(EventKind::Dialing).agent(caller));
    scene.scribe.record().caller = caller.to_owned();
    leg
}

fn internal_row(scene: &mut Scene<'_>) {
    let (caller, callee) = (scene.phone_device(0), scene.phone_device(1));
    scene.scribe.row(caller, callee);
}
