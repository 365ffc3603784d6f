//! A caller, the person who answered and a colleague, all three in a conference.

use super::passed_on::talk_first;
use crate::leg::{Cleared, Leg, Party, TONE_NONE};
use crate::lengths::Stretch;
use crate::scene::{ConferenceChannel, Consultation, Scene};
use crate::scribe::What;
use crate::script::{Length, RowPlan, Script, Span};
use model::fact::{CAUSE_NORMAL, EndId, EndState};
use model::{Direction, Ending, EventKind, Relation};

/// Channels of the three members, in the order in which they come.
const CALLER: u16 = 1;
const COLLEAGUE: u16 = 2;
const MAKER: u16 = 3;

/// Which one it is: the PBX has several at once.
#[derive(Clone, Copy, Debug)]
struct Conference {
    number: u16,
    before: u16,
}

impl Conference {
    fn begin(scene: &mut Scene<'_>) -> Self {
        let (number, before) = scene.scribe.ids().conference();
        Self { number, before }
    }

    /// A member's channel. The PBX counts the channels of all conferences.
    fn channel(self, of_conference: u16) -> ConferenceChannel {
        let of_pbx = self.before * MAKER + of_conference;
        ConferenceChannel { conference: self.number, of_conference, of_pbx }
    }
}

/// A member's leg with the conference, and the record that tells of it.
struct Member {
    leg: Leg,
    record: usize,
    nth: usize,
    channel: u16,
}

/// Who hangs up first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    Caller,
    Colleague,
    Maker,
}

pub(crate) fn of_three(mut scene: Scene<'_>) -> Script {
    let mut leg = talk_first(&mut scene);
    let held_by = leg.b.as_ref().map(|phone| phone.id);
    scene.hold(&mut leg, EventKind::Hold);
    let mut consultation = scene.consult(0, 1);
    scene.pass(Stretch::Ring);
    scene.consult_answered(&mut consultation, 1);
    scene.pass(Stretch::Consult);
    scene.person_row(0);
    scene.consult_ends(&consultation, 0, 1);

    let conference = Conference::begin(&mut scene);
    let members = join(&mut scene, &mut leg, held_by, consultation, conference);
    let (maker, colleague) = (scene.extension(0), scene.extension(1));
    scene.scribe.begin(What::of(EventKind::Conference).agent(&maker));
    scene.scribe.beside(What::of(EventKind::Conference).agent(&colleague));
    scene.pass(Stretch::Talk);
    let ending = break_up(&mut scene, &leg, members, conference);
    scene.finish(ending)
}

/// The caller's and the colleague's legs go on with a conference channel in place of the other person; the one who made
/// the conference joins on a call id of its own.
fn join(
    scene: &mut Scene<'_>,
    leg: &mut Leg,
    held_by: Option<EndId>,
    consultation: Consultation,
    conference: Conference,
) -> Vec<Member> {
    let name = format!("Conf {}", conference.number);
    let mut theirs = consultation.leg;
    let lifted = theirs.a.id;
    if let Some(colleague) = theirs.b.take() {
        theirs.a = colleague;
    }
    theirs.b = Some(conference_channel(scene, &name));
    if scene.dice.one_in(2) {
        theirs.swap();
    }
    let mut own = scene.lift(0);
    own.a.state = EndState::CONNECTED;
    own.a.tone = TONE_NONE;
    own.b = Some(conference_channel(scene, &name));
    leg.b = Some(conference_channel(scene, &name));
    leg.a.audio = true;
    leg.a.tone = TONE_NONE;
    leg.current_user.clear();
    scene.tell_without(leg, held_by, Cleared::ByAnother, CAUSE_NORMAL);
    scene.tell_without(&theirs, [lifted], Cleared::ByAnother, CAUSE_NORMAL);
    scene.scribe.tell(&own);
    let mut members = Vec::new();
    for (leg, nth, channel) in [(theirs, 1, COLLEAGUE), (own, 0, MAKER)] {
        let record = begin_record(scene, &leg, nth);
        members.push(Member { leg, record, nth, channel });
    }
    // What was the consultation goes on as the colleague's leg: two Call IDs of one related call.
    let consulted = scene.scribe.record_at(consultation.record).serial;
    scene.scribe.record_at(members[0].record).serial = consulted;
    members
}

/// Somebody hangs up, and when the caller has gone it is over. The others may stay for a word.
fn break_up(scene: &mut Scene<'_>, leg: &Leg, mut members: Vec<Member>, conference: Conference) -> Ending {
    let first = match scene.dice.between(1, 4) {
        1 => First::Colleague,
        2 => First::Maker,
        _ => First::Caller,
    };
    let early = match first {
        First::Colleague => Some(0),
        First::Maker => Some(1),
        First::Caller => None,
    };
    if let Some(place) = early {
        let member = members.remove(place);
        let extension = scene.extension(member.nth);
        leave(scene, member, conference);
        if first == First::Maker {
            // The call goes on with the one who is left.
            let colleague = scene.extension(1);
            scene.scribe.begin(What::of(EventKind::Conference).agent(&colleague));
        } else {
            scene.scribe.end_beside(&extension, Some(CAUSE_NORMAL));
        }
        scene.pass(Stretch::TalkBetween);
    }
    // Where the last colleague goes, the caller is alone and hears that it is over.
    let by_caller = early.is_none() || scene.dice.one_in(2);
    if !by_caller {
        for member in members.drain(..) {
            leave(scene, member, conference);
        }
    }
    for (end, cleared) in [
        (Some(leg.a.id), if by_caller { Cleared::ByThisEnd } else { Cleared::ByAnother }),
        (leg.b.as_ref().map(|channel| channel.id), Cleared::ByAnother),
    ] {
        scene.leave_all(end, cleared, CAUSE_NORMAL);
    }
    scene.scribe.end_call(Some(CAUSE_NORMAL));
    caller_row(scene, conference);
    if !members.is_empty() && scene.dice.one_in(2) {
        scene.pass(Stretch::Linger);
    }
    for member in members {
        leave(scene, member, conference);
    }
    if by_caller { Ending::CallingDrop } else { Ending::ReceivingDrop }
}

fn leave(scene: &mut Scene<'_>, member: Member, conference: Conference) {
    let Member { leg, record, nth, channel } = member;
    let phone = leg.parties().find(|party| !party.equipment.is_conference()).map(|party| party.id);
    let channel_end = leg.parties().find(|party| party.equipment.is_conference()).map(|party| party.id);
    scene.leave_all(phone, Cleared::ByThisEnd, CAUSE_NORMAL);
    scene.leave_all(channel_end, Cleared::ByAnother, CAUSE_NORMAL);
    scene.scribe.free_phone(scene.cast.phones[nth]);
    let (party1, party2) = (scene.phone_device(nth), scene.conference_device(conference.channel(channel)));
    let from = scene.scribe.record_at(record).from;
    let spans = vec![Span { counts_as: Length::Connected, from, to: scene.scribe.step() }];
    scene.scribe.end_record(record, RowPlan { spans, party1, party2, ..RowPlan::default() });
}

/// The call's second row: the conference channel in place of the person.
fn caller_row(scene: &mut Scene<'_>, conference: Conference) {
    let targeting = scene.targeting("U Cfd", 0, "");
    let (channel, trunk) = (scene.conference_device(conference.channel(CALLER)), scene.trunk_device(0));
    scene.scribe.row_because(channel, trunk, targeting);
}

fn begin_record(scene: &mut Scene<'_>, leg: &Leg, nth: usize) -> usize {
    let caller = scene.extension(nth);
    let legs = scene.record_legs(leg.id);
    let place = scene.scribe.begin_record(Relation::Conference, Direction::Internal);
    let record = scene.scribe.record_at(place);
    record.caller = caller;
    record.called.clear();
    record.dialled.clear();
    record.legs = legs;
    place
}

fn conference_channel(scene: &mut Scene<'_>, name: &str) -> Party {
    Party::conference(scene.scribe.ids().end(), name)
}
