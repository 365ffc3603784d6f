//! Updates by script: what is done next, and what is left when something fails.

use super::*;

const START: At = At(1_000_000);

fn release(version: &str) -> Release {
    Release { version: version.to_owned(), notes: "Reports are quicker.".to_owned(), date: None }
}

fn refused(cause: Cause) -> (Cause, String) {
    (cause, "the chain".to_owned())
}

/// A machine that has just found 0.2.0 at a person's wish.
fn found() -> Updating {
    let mut updating = Updating::set_up("0.1.0", START);
    updating.look();
    assert_eq!(updating.take(), [Deed::Look(Channel::Stable)], "it looks at once");
    updating.ended(Ended::Looked(Ok(Some(release("0.2.0")))), START);
    assert_eq!(updating.take(), [], "who asked is looking, and needs no notification");
    updating
}

#[test]
fn it_looks_soon_after_the_start_and_then_daily() {
    let mut updating = Updating::set_up("0.1.0", START);
    let first = updating.next_deadline().expect("it means to look");
    updating.turn(START);
    assert_eq!(updating.take(), [], "first things first");
    updating.turn(first);
    assert_eq!(updating.take(), [Deed::Look(Channel::Stable)], "now");
    updating.ended(Ended::Looked(Ok(None)), first);
    assert_eq!(updating.view().state, UpdateState::Newest, "nothing newer");
    assert_eq!(updating.next_deadline(), Some(first.plus_ms(DAY_MS)), "tomorrow again");
}

#[test]
fn who_wants_to_look_by_hand_is_not_looked_for() {
    let mut updating = Updating::set_up("0.1.0", START);
    updating.choose(UpdatePrefs { look: Look::ByHand, channel: Channel::Stable }, START);
    assert_eq!(updating.next_deadline(), None, "nothing by itself");
    updating.turn(START.plus_ms(10 * DAY_MS));
    assert_eq!(updating.take(), [], "not even after ten days");
    updating.look();
    assert_eq!(updating.take(), [Deed::Look(Channel::Stable)], "but when asked");
}

#[test]
fn a_build_without_a_key_does_nothing_and_says_so() {
    let mut updating = Updating::not_set_up("0.1.0", START);
    updating.look();
    updating.turn(START.plus_ms(DAY_MS));
    updating.choose(UpdatePrefs { look: Look::Daily, channel: Channel::Beta }, START);
    assert_eq!(updating.take(), [], "it could not tell a genuine update from another");
    assert_eq!(updating.view().state, UpdateState::NotSetUp, "and says so");
}

#[test]
fn an_update_backs_the_library_up_before_it_is_installed() {
    let mut updating = found();
    updating.install("0.2.0");
    assert_eq!(updating.take(), [Deed::Fetch], "first the download, which is verified as it ends");
    updating.fetched_so_far(5, Some(10));
    updating.ended(Ended::Fetched(Ok(())), START);
    assert_eq!(updating.take(), [Deed::BackUp { version: "0.2.0".to_owned() }], "then the backup");
    updating.ended(Ended::BackedUp(Ok(())), START);
    assert_eq!(updating.take(), [Deed::Install], "then the installation");
    updating.ended(Ended::Installed(Ok(())), START);
    assert_eq!(updating.take(), [Deed::Restart], "and it starts again");
}

#[test]
fn whatever_fails_nothing_further_is_done_and_it_can_be_tried_again() {
    let fail = |at: Step| {
        let mut updating = found();
        updating.install("0.2.0");
        let outcome = |step| if step == at { Err(refused(Cause::DiskFull)) } else { Ok(()) };
        updating.ended(Ended::Fetched(outcome(Step::Fetching)), START);
        updating.ended(Ended::BackedUp(outcome(Step::BackingUp)), START);
        updating.ended(Ended::Installed(outcome(Step::Installing)), START);
        updating
    };
    for (step, never) in [
        (Step::Fetching, Deed::BackUp { version: "0.2.0".to_owned() }),
        (Step::BackingUp, Deed::Install),
        (Step::Installing, Deed::Restart),
    ] {
        let mut updating = fail(step);
        let deeds = updating.take();
        assert!(!deeds.contains(&never), "{step:?} failed, and what follows was done: {deeds:?}");
        assert!(matches!(deeds.last(), Some(Deed::Tell { .. })), "the person is told: {deeds:?}");
        assert!(
            matches!(updating.view().state, UpdateState::Failed { release: Some(_), .. }),
            "and it stands there"
        );
        updating.install("0.2.0");
        assert_eq!(updating.take(), [Deed::Fetch], "from the beginning");
    }
}

#[test]
fn only_the_version_that_was_shown_is_installed() {
    let mut updating = found();
    updating.install("0.3.0");
    assert_eq!(updating.take(), [], "the person saw another one");
    updating.install("0.2.0");
    updating.install("0.2.0");
    assert_eq!(updating.take(), [Deed::Fetch], "and pressing twice does it once");
}

#[test]
fn another_channel_forgets_what_was_found() {
    let mut updating = found();
    updating.choose(UpdatePrefs { look: Look::Daily, channel: Channel::Beta }, START);
    assert_eq!(updating.offered(), None, "it was a version of the other channel");
    let due = updating.next_deadline().expect("it looks in the new channel");
    assert!(due <= START.plus_ms(FIRST_LOOK_MS), "soon");
    updating.turn(due);
    assert_eq!(updating.take(), [Deed::Look(Channel::Beta)], "there");
}

#[test]
fn a_look_that_fails_by_itself_takes_nothing_away() {
    let mut updating = found();
    let tomorrow = updating.next_deadline().expect("daily");
    updating.turn(tomorrow);
    updating.take();
    updating.ended(Ended::Looked(Err(refused(Cause::Unreachable))), tomorrow);
    assert_eq!(updating.offered(), Some("0.2.0"), "what was found is still there");
    assert_eq!(updating.take(), [], "one day without a network is no news");
    assert_eq!(updating.next_deadline(), Some(tomorrow.plus_ms(AGAIN_MS)), "in the afternoon again");
}

#[test]
fn a_week_without_an_answer_is_told_once() {
    let mut updating = Updating::set_up("0.1.0", START);
    let mut told = 0;
    let mut now = START;
    while now < START.plus_ms(9 * DAY_MS) {
        now = updating.next_deadline().expect("it goes on looking");
        updating.turn(now);
        updating.take();
        updating.ended(Ended::Looked(Err(refused(Cause::Unreachable))), now);
        told += updating.take().len();
    }
    assert_eq!(told, 1, "once in nine days");
}

#[test]
fn a_version_found_by_itself_is_told_once() {
    let mut updating = Updating::set_up("0.1.0", START);
    for day in 1..=3 {
        let now = START.plus_ms(day * DAY_MS);
        updating.turn(now);
        updating.take();
        updating.ended(Ended::Looked(Ok(Some(release("0.2.0")))), now);
        let told = updating.take();
        assert_eq!(told.len(), usize::from(day == 1), "on day {day}: {told:?}");
    }
}

#[test]
fn a_novel_instead_of_notes_is_cut() {
    let mut updating = Updating::set_up("0.1.0", START);
    updating.look();
    let long = Release { notes: "ä".repeat(NOTES_CHARS + 5), ..release("0.2.0") };
    updating.ended(Ended::Looked(Ok(Some(long))), START);
    let UpdateState::Found { release } = updating.view().state else { panic!("it was found") };
    assert_eq!(release.notes.chars().count(), NOTES_CHARS + 1, "with a sign that it was cut");
}
