mod neighbours;

use super::*;
use devlink3::Scratch;
use model::SourceKind;
use smdr::{Line, SiteClock};
use std::collections::{BTreeMap, BTreeSet};

fn settings(calls: u32) -> TapeSettings {
    TapeSettings { calls, ..TapeSettings::default() }
}

fn beset(calls: u32) -> TapeSettings {
    TapeSettings { neighbours: Neighbours::all(), ..settings(calls) }
}

/// Call IDs of the rows, each as often as it stands in one.
fn call_ids(tape: &Tape) -> BTreeMap<u64, u32> {
    let mut ids = BTreeMap::new();
    let mut clock = SiteClock::new("Europe/Berlin").expect("the rules are bundled");
    for spoken in tape.spoken.iter().filter(|spoken| spoken.said == Said::SmdrLines) {
        smdr::facts(&spoken.bytes, &mut clock, |_, line| match line {
            Line::Record(record) => *ids.entry(record.call_id).or_default() += 1,
            other => panic!("not a record: {other:?}"),
        });
    }
    ids
}

#[test]
fn the_same_settings_give_the_same_tape() {
    let first = tape(&beset(150)).expect("a tape");
    assert_eq!(first, tape(&beset(150)).expect("a tape"), "to the byte");
    let other = tape(&TapeSettings { seed: 2, ..beset(150) }).expect("a tape");
    assert_ne!(first, other, "another seed is another office day");
}

#[test]
fn time_never_runs_backwards_and_everything_is_readable() {
    for settings in [settings(120), beset(240)] {
        let tape = tape(&settings).expect("a tape");
        assert_eq!(tape.truth.len(), settings.calls as usize, "the truth of every call");
        let mut latest = settings.begins;
        let mut scratch = Scratch::default();
        for spoken in &tape.spoken {
            assert!(spoken.at >= latest, "{:?} at {:?} after {latest:?}", spoken.said, spoken.at);
            latest = spoken.at;
            if spoken.said == Said::DevlinkEvent {
                let read = devlink3::facts(&spoken.bytes, &mut scratch, |_| ()).expect("an event");
                assert!(read.is_clean() && read.facts == 1, "nothing in it is unknown: {read:?}");
            }
        }
        assert!(!call_ids(&tape).is_empty(), "rows are there, and all are records");
    }
}

#[test]
fn a_snapshot_stands_first_and_the_lists_follow() {
    let tape = tape(&settings(10)).expect("a tape");
    let first: Vec<Said> = tape.spoken.iter().take(3).map(|spoken| spoken.said).collect();
    assert_eq!(first, [Said::DevlinkSnapshot, Said::UserList, Said::HuntList], "as the desk journals");
}

#[test]
fn a_source_that_is_not_there_says_nothing_and_is_not_named() {
    for (devlink, smdr, source) in [(true, false, SourceKind::Devlink3), (false, true, SourceKind::Smdr)] {
        let tape = tape(&TapeSettings { devlink, smdr, ..settings(60) }).expect("a tape");
        for truth in &tape.truth {
            assert_eq!(truth.call.sources, [source], "{}", truth.call.id);
            assert_eq!(truth.call.smdr.is_empty(), !smdr, "Call IDs only where rows came");
            assert_eq!(truth.seen, Seen::Whole, "and nothing is missing of what there is");
        }
        let rows = tape.spoken.iter().filter(|spoken| spoken.said == Said::SmdrLines).count();
        assert_eq!(rows > 0, smdr, "rows, or none");
        assert_eq!(tape.spoken.len() > rows, devlink, "events, or none");
    }
}

#[test]
fn two_thousand_calls_bring_a_dozen_of_each_kind_over_two_nights() {
    let tape = tape(&settings(2_000)).expect("a tape");
    let mut kinds: BTreeMap<Kind, u32> = BTreeMap::new();
    for truth in &tape.truth {
        *kinds.entry(truth.kind).or_default() += 1;
    }
    for kind in Kind::ALL {
        let count = kinds.get(&kind).copied().unwrap_or_default();
        assert!(count >= 12, "{}: {count}", kind.word());
    }
    let over_midnight = tape.truth.iter().filter(|truth| {
        truth.call.ended_at.as_deref().is_some_and(|end| end[..10] != truth.call.started_at[..10])
    });
    assert!(over_midnight.count() > 0, "some last over midnight");
    let mut at_once = 0;
    let mut most = 0;
    let starts = tape.truth.iter().map(|truth| (truth.call.started_at.clone(), 1));
    let ends = tape.truth.iter().map(|truth| (truth.call.ended_at.clone().unwrap_or_default(), -1));
    let mut changes: Vec<(String, i32)> = starts.chain(ends).collect();
    changes.sort();
    for (_, change) in changes {
        at_once += change;
        most = most.max(at_once);
    }
    assert!((10..=21).contains(&most), "{most} calls at once");
}

#[test]
fn some_calls_last_over_a_change_of_clocks() {
    // Saturday evenings before the clock goes back, and forward.
    for (begins, before, after) in [
        (At::from_seconds(1_792_872_000), "+02:00", "+01:00"),
        (At::from_seconds(1_774_720_800), "+01:00", "+02:00"),
    ] {
        let tape = tape(&TapeSettings { begins, ..settings(300) }).expect("a tape");
        let over = tape.truth.iter().filter(|truth| {
            truth.call.started_at.ends_with(before)
                && truth.call.ended_at.as_deref().is_some_and(|end| end.ends_with(after))
        });
        let over: Vec<&Truth> = over.collect();
        assert!(!over.is_empty(), "from {before} to {after}");
        for truth in over {
            assert!(truth.call.total_s < 3600.0, "an hour more or less on the clock is none in the call");
        }
    }
}

#[test]
fn the_pbx_clock_stands_in_the_rows_and_not_in_the_truth() {
    let right = tape(&settings(40)).expect("a tape");
    let ahead = tape(&TapeSettings { pbx_clock_ahead_ms: 240_000, ..settings(40) }).expect("a tape");
    assert_eq!(right.truth, ahead.truth, "what happened is the same");
    let starts = |tape: &Tape| {
        let mut starts = Vec::new();
        let mut clock = SiteClock::new("Europe/Berlin").expect("the rules are bundled");
        for spoken in tape.spoken.iter().filter(|spoken| spoken.said == Said::SmdrLines) {
            smdr::facts(&spoken.bytes, &mut clock, |_, line| {
                if let Line::Record(record) = line {
                    starts.push(record.started_at);
                }
            });
        }
        starts
    };
    for (right, ahead) in starts(&right).into_iter().zip(starts(&ahead)) {
        assert_eq!(ahead - right, 240_000, "four minutes ahead");
    }
}

#[test]
fn without_neighbours_every_row_comes_once() {
    let tape = tape(&settings(200)).expect("a tape");
    let ids = call_ids(&tape);
    for truth in &tape.truth {
        assert_eq!((truth.seen, truth.neighbour), (Seen::Whole, None), "{}", truth.call.id);
        assert!(truth.call.smdr.iter().all(|id| ids.contains_key(id)), "its rows came");
    }
}

#[test]
fn a_zone_that_nobody_knows_is_refused() {
    let refused = tape(&TapeSettings { zone: "Europe/Nowhere".to_owned(), ..settings(1) });
    assert!(matches!(refused, Err(SimulatorError::UnknownTimeZone { .. })), "{refused:?}");
}
