use super::{FADE, Outlet};
use crate::device::Pull;
use crate::ring::{Frame, Place};
use crate::shared::Shared;
use std::sync::Arc;

const LEVEL: f32 = 0.5;

fn set_up() -> (Arc<Shared>, Outlet) {
    let shared = Arc::new(Shared::default());
    let outlet = Outlet::new(shared.clone(), Box::new(|| {}));
    (shared, outlet)
}

/// A steady level, so that every step in what comes out is the outlet's doing.
fn frames(generation: u32, from: u64, count: usize) -> Vec<Frame> {
    let frame = |at| Frame { left: LEVEL, right: -LEVEL, place: Place { generation, at } };
    (from..).map(frame).take(count).collect()
}

fn fill(shared: &Shared, generation: u32, from: u64, count: usize) {
    assert_eq!(shared.ring.push(&frames(generation, from, count)), count, "there is room");
    shared.set_ready(generation);
}

fn lefts(outlet: &mut Outlet, count: usize) -> Vec<f32> {
    let mut out = vec![9.0; count * 2];
    outlet.pull(&mut out, None);
    assert!(out.chunks(2).all(|frame| frame[0] == -frame[1]), "both sides are faded alike");
    out.chunks(2).map(|frame| frame[0]).collect()
}

fn assert_no_click(samples: &[f32]) {
    let steepest = samples.windows(2).fold(0.0f32, |most, pair| most.max((pair[1] - pair[0]).abs()));
    assert!(steepest <= 2.5 * LEVEL / FADE as f32, "a step of {steepest} is a click");
}

#[test]
fn nothing_sounds_before_it_plays() {
    let (shared, mut outlet) = set_up();
    shared.want(1, false);
    fill(&shared, 1, 0, 1000);
    assert_eq!(lefts(&mut outlet, 480), vec![0.0; 480], "paused is silent");
    assert_eq!(shared.ring.len(), 1000, "and takes nothing");
}

#[test]
fn a_start_and_a_pause_are_fades() {
    let (shared, mut outlet) = set_up();
    shared.want(1, false);
    fill(&shared, 1, 0, 5000);
    shared.set_playing(true);
    let mut heard = vec![0.0];
    heard.extend(lefts(&mut outlet, 1000));
    assert_eq!(heard.last(), Some(&LEVEL), "after the fade every sample is as it was made");
    assert_eq!(shared.heard().at, 999, "the last frame taken is told");
    shared.set_playing(false);
    heard.extend(lefts(&mut outlet, 1000));
    assert_eq!(heard.last(), Some(&0.0), "silent again");
    assert_no_click(&heard);
    assert_eq!(shared.ring.len(), 5000 - 1000 - FADE, "a pause takes what it needs to fade, and no more");
}

#[test]
fn a_seek_throws_the_old_away_and_fades_into_the_new() {
    let (shared, mut outlet) = set_up();
    shared.want(1, false);
    fill(&shared, 1, 0, 5000);
    shared.set_playing(true);
    let mut heard = lefts(&mut outlet, 1000);
    shared.want(2, false);
    heard.extend(lefts(&mut outlet, 1000));
    assert_eq!(shared.ring.len(), 0, "what was there for the old place is gone at once");
    fill(&shared, 2, 90_000, 2000);
    heard.extend(lefts(&mut outlet, 1000));
    assert_eq!(heard.last(), Some(&LEVEL), "the new place is heard");
    assert_eq!((shared.heard().generation, shared.heard().at), (2, 90_999), "and told");
    assert_no_click(&heard);
}

#[test]
fn a_change_without_a_gap_plays_on_until_the_new_is_there_and_repeats_nothing() {
    let (shared, mut outlet) = set_up();
    shared.want(1, false);
    fill(&shared, 1, 0, 3000);
    shared.set_playing(true);
    lefts(&mut outlet, 1000);
    shared.want(2, true);
    let meanwhile = lefts(&mut outlet, 500);
    assert_eq!(meanwhile, vec![LEVEL; 500], "nothing is ready yet, so the old goes on");
    // The new one begins where the ear was when it was asked for.
    fill(&shared, 2, 1000, 3000);
    let after = lefts(&mut outlet, FADE);
    assert_eq!(shared.heard().generation, 1, "the old one fades out");
    assert_no_click(&after);
    lefts(&mut outlet, 2);
    assert_eq!((shared.heard().generation, shared.heard().at), (2, 1500 + FADE as u64), "on from there");
}

#[test]
fn a_new_order_that_comes_in_behind_an_exhausted_one_is_not_lost() {
    let (shared, mut outlet) = set_up();
    shared.want(1, false);
    fill(&shared, 1, 0, 1000);
    shared.set_playing(true);
    lefts(&mut outlet, 990);
    shared.want(2, true);
    shared.ring.push(&frames(2, 1000, 100));
    lefts(&mut outlet, 500);
    assert_eq!(shared.ring.len(), 100, "its beginning waits until there is enough of it");
    fill(&shared, 2, 1100, 1000);
    lefts(&mut outlet, 2);
    assert_eq!(shared.heard().at, 1000, "nothing of it was passed over");
}

#[test]
fn frames_that_come_late_are_a_gap_without_a_click() {
    let (shared, mut outlet) = set_up();
    shared.want(1, false);
    fill(&shared, 1, 0, 1000);
    shared.set_playing(true);
    let mut heard = lefts(&mut outlet, 2000);
    fill(&shared, 1, 1000, 2000);
    heard.extend(lefts(&mut outlet, 1000));
    assert_no_click(&heard);
    assert!(!shared.heard().ended, "late is not the end");
}

#[test]
fn the_end_is_told_when_the_last_frame_was_taken() {
    let (shared, mut outlet) = set_up();
    shared.want(1, false);
    fill(&shared, 1, 0, 1000);
    shared.set_finished(1);
    shared.set_playing(true);
    let mut heard = lefts(&mut outlet, 1000);
    assert!(!shared.heard().ended, "the last frame was only just taken");
    heard.extend(lefts(&mut outlet, 500));
    assert!(shared.heard().ended, "nothing follows");
    assert_no_click(&heard);
}

#[test]
fn the_volume_moves_smoothly() {
    let (shared, mut outlet) = set_up();
    shared.want(1, false);
    fill(&shared, 1, 0, 9000);
    shared.set_playing(true);
    let mut heard = lefts(&mut outlet, 1000);
    shared.set_volume(0.25);
    heard.extend(lefts(&mut outlet, 4800));
    assert_eq!(heard.last(), Some(&(LEVEL * 0.25)), "there after 100 ms");
    assert_no_click(&heard);
}
