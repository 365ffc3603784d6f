//! Calls for a person whose mobile phone rings beside the desk phone.

use super::incoming::arrive_for_person;
use crate::leg::{Party, Ringing, TONE_NONE};
use crate::lengths::Stretch;
use crate::office::ACCESS_DIGIT;
use crate::scene::{LegsInRows, Scene};
use crate::script::{Length, RecordLegs, RowPlan, Script, Span};
use model::fact::EndState;
use model::{Direction, Relation};

/// Where the person answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnsweredAt {
    Desk,
    Mobile,
}

/// One person rings, at two phones. The leg to the mobile is seen in SMDR alone, as a record of its own.
pub(crate) fn answered(mut scene: Scene<'_>, at: AnsweredAt) -> Script {
    let (extension, mobile) = (scene.extension(0), scene.cast.elsewhere.number.clone());
    let mut leg = arrive_for_person(&mut scene);
    let shown = scene.number_on_phones(&leg);
    let desk = Ringing::new(scene.phone_end(0), &extension, "", &shown);
    let twin = Ringing::new(scene.phone_end(0), &extension, "", &shown).on_mobile(&mobile);
    scene.offer(&mut leg, vec![desk, twin]);
    scene.scribe.tell(&leg);
    scene.ringing(&leg, &[0], "");
    scene.take_channel(1);
    let record = begin_record(&mut scene, &extension, &mobile);
    scene.pass(Stretch::Ring);
    let answered_at = scene.scribe.step();
    match at {
        AnsweredAt::Desk => {
            end_record(&mut scene, record, answered_at);
            scene.answer(&mut leg, 0, "");
        }
        AnsweredAt::Mobile => {
            let phone = Party::mobile(scene.phone_end(0), &extension, &mobile);
            let phone = phone.in_state(EndState::CONNECTED, TONE_NONE).with_cli(&shown);
            scene.connect(&mut leg, 0, phone);
            scene.scribe.tell(&leg);
            scene.talk(&leg, 0, "");
        }
    }
    scene.pass(Stretch::Talk);
    let ending = scene.either_hangs_up(&leg);
    if at == AnsweredAt::Mobile {
        end_record(&mut scene, record, answered_at);
    }
    scene.person_row(0);
    scene.finish(ending)
}

/// The PBX calls the mobile in the person's name.
fn begin_record(scene: &mut Scene<'_>, extension: &str, mobile: &str) -> usize {
    let legs = (scene.cast.record_legs == LegsInRows::Present).then(|| {
        let node = scene.node(0);
        let ids = scene.scribe.ids();
        RecordLegs { caller: ids.leg_on(node), called: ids.leg_on(node) }
    });
    let dialled = if scene.dice.one_in(2) { mobile.to_owned() } else { format!("{ACCESS_DIGIT}{mobile}") };
    let place = scene.scribe.begin_record(Relation::Twin, Direction::Outbound);
    let record = scene.scribe.record_at(place);
    record.caller = extension.to_owned();
    record.called = mobile.to_owned();
    record.dialled = dialled;
    record.legs = legs;
    place
}

fn end_record(scene: &mut Scene<'_>, place: usize, answered_at: usize) {
    let (from, now) = (scene.scribe.record_at(place).from, scene.scribe.step());
    let mobile = scene.cast.elsewhere.number.clone();
    let row = RowPlan {
        spans: vec![
            Span { counts_as: Length::Ring, from, to: answered_at },
            Span { counts_as: Length::Connected, from: answered_at, to: now },
        ],
        party1: scene.phone_device(0),
        party2: scene.trunk_device(1),
        targeting: scene.targeting("U MT", 0, &mobile),
    };
    scene.scribe.end_record(place, row);
}
