//! Calls that begin at a phone of the office: to the outside, and to each other.

use super::incoming::person_row;
use crate::leg::{Leg, Note, Party, TONE_NONE, TONE_RINGBACK};
use crate::lengths::Stretch;
use crate::office::ACCESS_DIGIT;
use crate::scene::{HangUp, Scene};
use crate::scribe::What;
use crate::script::Script;
use model::fact::EndState;
use model::{Ending, EventKind};

/// How the number is dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Plain,
    WithDigit,
}

pub(crate) fn answered(mut scene: Scene<'_>, access: Access) -> Script {
    let mut leg = dial_out(&mut scene, access);
    scene.pass(Stretch::FarRing);
    leg.a.state = EndState::CONNECTED;
    leg.a.tone = TONE_NONE;
    if let Some(trunk) = &mut leg.b {
        trunk.state = EndState::CONNECTED;
    }
    scene.scribe.tell(&leg);
    let caller = scene.extension(0);
    scene.scribe.begin(What::of(EventKind::Talking).agent(&caller));
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.scribe.note(Note::lost(&caller));
    person_row(&mut scene, 0);
    scene.finish(ending)
}

pub(crate) fn unanswered(mut scene: Scene<'_>) -> Script {
    let access = if scene.dice.one_in(2) { Access::Plain } else { Access::WithDigit };
    let leg = dial_out(&mut scene, access);
    scene.pass(Stretch::RingInVain);
    scene.hang_up(&leg, HangUp::A);
    let caller = scene.extension(0);
    scene.scribe.note(Note::lost(&caller));
    person_row(&mut scene, 0);
    scene.finish(Ending::CallingDrop)
}

pub(crate) fn internal_answered(mut scene: Scene<'_>) -> Script {
    let caller = scene.extension(0);
    let mut leg = dial_colleague(&mut scene);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 1, "");
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.scribe.note(Note::lost(&caller));
    internal_row(&mut scene);
    scene.finish(ending)
}

pub(crate) fn internal_unanswered(mut scene: Scene<'_>) -> Script {
    let caller = scene.extension(0);
    let leg = dial_colleague(&mut scene);
    scene.pass(Stretch::RingInVain);
    scene.hang_up(&leg, HangUp::A);
    scene.scribe.note(Note::lost(&caller));
    internal_row(&mut scene);
    scene.finish(Ending::CallingDrop)
}

/// Off hook, dial tone, digits; then the trunk goes out and the far end rings.
fn dial_out(scene: &mut Scene<'_>, access: Access) -> Leg {
    let outside = scene.cast.outside.clone();
    let dialled = match access {
        Access::Plain => outside.number.clone(),
        Access::WithDigit => format!("{ACCESS_DIGIT}{}", outside.number),
    };
    let caller = scene.extension(0);
    let mut leg = lift_to_dial(scene, &caller);
    scene.pass(Stretch::Digits);
    leg.a.state = EndState::DIALLED;
    leg.a.tone = TONE_RINGBACK;
    leg.a.dialled.clone_from(&dialled);
    let mut trunk = Party::trunk(scene.scribe.ids().end(), scene.cast.channel)
        .in_state(EndState::RINGBACK, TONE_NONE)
        .with_directory_name(&outside.name);
    trunk.target_number.clone_from(&outside.number);
    leg.b = Some(trunk);
    scene.scribe.tell(&leg);
    scene.take_channel();
    let heading = scene.scribe.heading();
    heading.called.clone_from(&outside.number);
    heading.dialled = dialled;
    heading.external_name = (!outside.name.is_empty()).then_some(outside.name);
    heading.external_number = Some(outside.number);
    leg
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
    let heading = scene.scribe.heading();
    heading.called.clone_from(&callee);
    heading.dialled = callee;
    leg
}

fn lift_to_dial(scene: &mut Scene<'_>, caller: &str) -> Leg {
    let leg = scene.lift(0);
    scene.scribe.note(Note::lifted(caller));
    scene.scribe.tell(&leg);
    scene.scribe.begin(What::of(EventKind::Dialing).agent(caller));
    scene.scribe.heading().caller = caller.to_owned();
    leg
}

fn internal_row(scene: &mut Scene<'_>) {
    let (caller, callee) = (scene.phone_device(0), scene.phone_device(1));
    scene.scribe.row(caller, callee);
}
