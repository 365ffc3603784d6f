//! Notifications by script, with a clock turned by hand.

use super::*;
use crate::here::clock;
use crate::words::row;
use model::EventKind;

const GAVE_UP: Outcome = Outcome::Abandoned { after_ms: 45_000, during: EventKind::Queue };
const NIGHT: QuietHours = QuietHours { on: true, from_minute: 19 * 60, to_minute: 7 * 60 };

fn ended(id: &str, outcome: Outcome, here: &Here) -> Heard {
    Heard::Call(Box::new(row(id, outcome, Some(here.now.0))))
}

fn lamp(state: LinkState) -> Heard {
    Heard::Lamp(Lamp {
        site: 1,
        site_name: "Main office".to_owned(),
        source: Source::Devlink3,
        state,
        says: "The connection was closed.".to_owned(),
        advice: Some("Look whether the PBX is on.".to_owned()),
        since_ms: 0,
        last_event_ms: None,
    })
}

fn later(here: &Here, seconds: i64) -> Here {
    Here { now: here.now.plus_ms(seconds * 1_000), zone: here.zone.clone() }
}

fn heard(notices: &mut Notices, here: &Here, heard: &Heard) -> Vec<Notice> {
    notices.handle(here, heard);
    notices.take()
}

fn turned(notices: &mut Notices, here: &Here) -> Vec<Notice> {
    notices.turn(here);
    notices.take()
}

#[test]
fn a_caller_who_gave_up_is_told_once() {
    let (mut notices, noon) = (Notices::default(), clock("2026-11-20T12:00"));
    let told = heard(&mut notices, &noon, &ended("7", GAVE_UP, &noon));
    assert_eq!(told.len(), 1, "it happened just now: {told:?}");
    assert_eq!(told[0].says, "0123456789 waited 0:45 for Sales and hung up.", "who, how long, where");
    let again = heard(&mut notices, &later(&noon, 40), &ended("7", GAVE_UP, &noon));
    assert!(again.is_empty(), "the record that came later tells nothing new: {again:?}");
}

#[test]
fn calls_out_of_a_log_are_no_news() {
    let (mut notices, noon) = (Notices::default(), clock("2026-11-20T12:00"));
    let old = ended("7", GAVE_UP, &later(&noon, -600));
    assert!(heard(&mut notices, &noon, &old).is_empty(), "it ended ten minutes ago");
    let mut outbound = row("8", Outcome::NoAnswer, Some(noon.now.0));
    outbound.direction = Direction::Outbound;
    let told = heard(&mut notices, &noon, &Heard::Call(Box::new(outbound)));
    assert!(told.is_empty(), "who calls out knows by himself: {told:?}");
}

#[test]
fn only_the_kinds_that_were_chosen_are_told() {
    let (mut notices, noon) = (Notices::default(), clock("2026-11-20T12:00"));
    let voicemail = Outcome::Voicemail { length_ms: 9_000 };
    assert!(heard(&mut notices, &noon, &ended("1", voicemail, &noon)).is_empty(), "not chosen at first");
    notices.choose(NoticePrefs { missed: true, abandoned: false, ..NoticePrefs::default() }, NIGHT);
    assert_eq!(heard(&mut notices, &noon, &ended("2", voicemail, &noon)).len(), 1, "now it is");
    let gave_up = ended("3", GAVE_UP, &noon);
    assert!(heard(&mut notices, &later(&noon, 60), &gave_up).is_empty(), "and this is not any more");
}

#[test]
fn calls_in_a_quick_row_are_told_together() {
    let (mut notices, noon) = (Notices::default(), clock("2026-11-20T12:00"));
    assert_eq!(heard(&mut notices, &noon, &ended("1", GAVE_UP, &noon)).len(), 1, "the first at once");
    for id in ["2", "3", "4"] {
        let soon = later(&noon, 5);
        assert!(heard(&mut notices, &soon, &ended(id, GAVE_UP, &soon)).is_empty(), "too soon after");
    }
    let due = notices.next_deadline(&later(&noon, 5)).expect("something waits");
    assert_eq!(due, noon.now.plus_ms(30_000), "half a minute after the first");
    let told = turned(&mut notices, &later(&noon, 30));
    assert_eq!(told.len(), 1, "three calls, one notification: {told:?}");
    assert_eq!(told[0].title, "3 callers reached nobody", "how many");
    assert!(told[0].says.ends_with("And 2 calls before."), "the newest in words: {}", told[0].says);
    assert_eq!(notices.next_deadline(&later(&noon, 30)), None, "nothing waits any more");
}

#[test]
fn a_link_that_comes_back_at_once_is_not_told() {
    let (mut notices, noon) = (Notices::default(), clock("2026-11-20T12:00"));
    assert!(heard(&mut notices, &noon, &lamp(LinkState::Down)).is_empty(), "it may come back");
    assert!(heard(&mut notices, &later(&noon, 20), &lamp(LinkState::Up)).is_empty(), "it did");
    assert!(turned(&mut notices, &later(&noon, 90)).is_empty(), "nothing happened");
}

#[test]
fn a_link_that_stays_lost_is_told_and_its_return_too() {
    let (mut notices, noon) = (Notices::default(), clock("2026-11-20T12:00"));
    notices.handle(&noon, &lamp(LinkState::Down));
    assert_eq!(notices.next_deadline(&noon), Some(noon.now.plus_ms(60_000)), "a minute of patience");
    // It tries again all the time; that is no return.
    notices.handle(&later(&noon, 30), &lamp(LinkState::Connecting));
    notices.handle(&later(&noon, 31), &lamp(LinkState::Down));
    let told = turned(&mut notices, &later(&noon, 60));
    assert_eq!(told.len(), 1, "told once: {told:?}");
    assert_eq!(told[0].title, "Main office: DevLink3 is lost", "where and what");
    assert!(told[0].says.ends_with("Look whether the PBX is on."), "and what to do: {}", told[0].says);
    assert!(turned(&mut notices, &later(&noon, 600)).is_empty(), "and not again");
    let back = heard(&mut notices, &later(&noon, 700), &lamp(LinkState::Up));
    assert_eq!(back.len(), 1, "who was told that it is lost is told that it is back");
}

#[test]
fn a_link_lost_at_night_is_told_in_the_morning_if_it_still_is() {
    let (mut notices, night) = (Notices::default(), clock("2026-11-20T23:00"));
    notices.choose(NoticePrefs::default(), NIGHT);
    notices.handle(&night, &lamp(LinkState::Down));
    assert!(turned(&mut notices, &later(&night, 3_600)).is_empty(), "nobody is woken");
    let morning = clock("2026-11-21T07:00");
    assert_eq!(notices.next_deadline(&later(&night, 3_600)), Some(morning.now), "when the quiet ends");
    assert_eq!(turned(&mut notices, &morning).len(), 1, "it is still lost");
}

#[test]
fn calls_of_the_night_are_not_told_in_the_morning() {
    let (mut notices, night) = (Notices::default(), clock("2026-11-21T06:59"));
    notices.choose(NoticePrefs::default(), NIGHT);
    assert!(heard(&mut notices, &night, &ended("1", GAVE_UP, &night)).is_empty(), "quiet");
    assert!(turned(&mut notices, &later(&night, 60)).is_empty(), "the history has it");
}

#[test]
fn trouble_with_a_backup_waits_for_the_end_of_a_pause() {
    let (mut notices, noon) = (Notices::default(), clock("2026-11-20T12:00"));
    notices.pause(Some(noon.now.plus_ms(3_600_000)));
    let trouble = Heard::Upkeep {
        title: "The backup failed".to_owned(),
        says: "The disk is full.".to_owned(),
        place: Place::Health,
    };
    notices.handle(&noon, &trouble);
    assert!(heard(&mut notices, &noon, &trouble).is_empty(), "paused");
    let told = turned(&mut notices, &later(&noon, 3_600));
    assert_eq!(told.len(), 1, "told once, although it happened twice: {told:?}");
    notices.choose(NoticePrefs { upkeep: false, ..NoticePrefs::default() }, QuietHours::default());
    assert!(heard(&mut notices, &later(&noon, 7_200), &trouble).is_empty(), "not wanted any more");
}

#[test]
fn a_source_that_was_removed_is_not_told() {
    let (mut notices, noon) = (Notices::default(), clock("2026-11-20T12:00"));
    notices.handle(&noon, &lamp(LinkState::Down));
    notices.handle(&later(&noon, 10), &Heard::Everything { calls: Vec::new(), lamps: Vec::new() });
    assert!(turned(&mut notices, &later(&noon, 120)).is_empty(), "its site is gone");
    assert_eq!(notices.next_deadline(&noon), None, "and nothing waits for it");
}
