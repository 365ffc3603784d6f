//! Calls that the auto attendant answers.

use crate::leg::{Cleared, Leg, Party, TONE_NONE};
use crate::lengths::Stretch;
use crate::office::{AUTO_ATTENDANT, Office};
use crate::scene::{HangUp, Scene};
use crate::scribe::What;
use crate::script::Script;
use model::fact::{CAUSE_NORMAL, EndState};
use model::{Ending, EventKind};

/// After a choice the caller is passed on to a person, who answers.
pub(crate) fn answered(mut scene: Scene<'_>) -> Script {
    let mut leg = choose_person(&mut scene);
    scene.pass(Stretch::Ring);
    scene.answer(&mut leg, 0, "");
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    scene.person_row(0);
    scene.finish(ending)
}

/// Nobody answers, and the caller gives up.
pub(crate) fn nobody(mut scene: Scene<'_>) -> Script {
    let leg = choose_person(&mut scene);
    scene.pass(Stretch::RingInVain);
    scene.hang_up(&leg, HangUp::Caller);
    scene.person_row(0);
    scene.finish(Ending::CallingDrop)
}

/// The caller hangs up in the menu.
pub(crate) fn abandoned(mut scene: Scene<'_>) -> Script {
    let leg = ask(&mut scene);
    scene.pass(Stretch::Menu);
    scene.hang_up(&leg, HangUp::Caller);
    scene.voicemail_row();
    scene.finish(Ending::CallingDrop)
}

/// The call flow answers at once.
fn ask(scene: &mut Scene<'_>) -> Leg {
    let mut leg = scene.arrive(&Office::did_of_auto_attendant(), &Office::did_of_auto_attendant());
    leg.a.state = EndState::CONNECTED;
    leg.a.tone = TONE_NONE;
    leg.b = Some(Party::auto_attendant(scene.scribe.ids().end(), AUTO_ATTENDANT));
    scene.scribe.tell(&leg);
    scene.scribe.begin(What::of(EventKind::AutoAttendant));
    leg
}

fn choose_person(scene: &mut Scene<'_>) -> Leg {
    let extension = scene.extension(0);
    let mut leg = ask(scene);
    scene.pass(Stretch::Menu);
    scene.voicemail_row();
    let menu = leg.b.take().map(|menu| menu.id);
    leg.left_call_flow = format!("Transfer to {extension}");
    leg.call_flow_tenths = (scene.scribe.now_ms() as f64 / scene.cast.speed / 100.0) as u32;
    leg.current_user = extension;
    scene.ring(&mut leg, &[0], "");
    if let Some(menu) = menu {
        scene.scribe.leave(menu, Cleared::ByAnother, CAUSE_NORMAL);
    }
    leg
}
