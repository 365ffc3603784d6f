//! However the same input comes, the calls are the same: cut anywhere, told twice, rows in any order and at any time,
//! started anew in between, made anew from the journal.

mod judge;
mod office;

use judge::{SITE, Sources, calls_of};
use model::{At, Call, CallId, Said};
use proptest::prelude::*;
use simulator::{Kind, LegFields, Neighbours, Spoken, Tape, TapeSettings, tape};
use std::collections::BTreeMap;

const ZONE: &str = "Europe/Berlin";
/// How late a row may come.
const LATE_MS: i64 = 20 * 60_000;

fn some_office(seed: u64, calls: u32) -> Tape {
    let leg_fields = if seed.is_multiple_of(2) { LegFields::Mostly } else { LegFields::Never };
    tape(&TapeSettings { seed, calls, leg_fields, ..TapeSettings::default() }).expect("an office")
}

/// What does not depend on where in the journal a fact stands: everything but ids and places.
fn content(calls: &BTreeMap<CallId, Call>) -> Vec<String> {
    let mut told: Vec<String> = calls
        .values()
        .map(|call| {
            let mut related: Vec<String> =
                call.related.iter().map(|related| format!("{:?}", related.relation)).collect();
            related.sort_unstable();
            related.dedup();
            let mut records: Vec<u64> = call.basis.records.iter().map(|record| record.call_id).collect();
            records.sort_unstable();
            let plain =
                Call { id: CallId(0), related: Vec::new(), basis: model::Basis::default(), ..call.clone() };
            format!("{plain:?} {related:?} {records:?}")
        })
        .collect();
    told.sort_unstable();
    told
}

/// The same, with every second row coming later by its own delay, in the order that results. The others come at once: if
/// all were late alike, the PBX's clock would count as slow.
fn delayed(spoken: &[Spoken], delays: &[i64]) -> Vec<Spoken> {
    let mut rows = 0;
    let mut moved: Vec<(At, usize, Spoken)> = Vec::new();
    for (place, said) in spoken.iter().enumerate() {
        let mut said = said.clone();
        if said.said == Said::SmdrLines {
            let delay = if rows % 2 == 0 { 0 } else { delays[rows / 2 % delays.len()] };
            said.at = said.at.plus_ms(delay);
            rows += 1;
        }
        moved.push((said.at, place, said));
    }
    moved.sort_by_key(|(at, place, _)| (*at, *place));
    moved.into_iter().map(|(_, _, said)| said).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_in_any_order_and_at_any_time_give_the_same_calls(
        seed in 0_u64..1_000,
        delays in prop::collection::vec(0..LATE_MS, 1..40),
    ) {
        let tape = some_office(seed, 120);
        let at_once = content(&calls_of(&tape.spoken, ZONE, Sources::Both));
        let late = content(&calls_of(&delayed(&tape.spoken, &delays), ZONE, Sources::Both));
        prop_assert_eq!(late, at_once);
    }

    #[test]
    fn rows_without_devlink3_give_the_same_calls_in_any_order(
        seed in 0_u64..1_000,
        delays in prop::collection::vec(0..LATE_MS, 1..40),
    ) {
        let tape = some_office(seed, 120);
        let at_once = content(&calls_of(&tape.spoken, ZONE, Sources::Smdr));
        let late = content(&calls_of(&delayed(&tape.spoken, &delays), ZONE, Sources::Smdr));
        prop_assert_eq!(late, at_once);
    }

    #[test]
    fn rows_cut_and_glued_anywhere_and_told_twice_give_the_same_calls(
        seed in 0_u64..1_000,
        glued in prop::collection::vec(1_usize..6, 1..20),
    ) {
        let tape = some_office(seed, 80);
        let whole = content(&calls_of(&tape.spoken, ZONE, Sources::Smdr));
        let mut rows = tape.spoken.iter().filter(|said| said.said == Said::SmdrLines).cloned().peekable();
        let mut spoken: Vec<Spoken> = Vec::new();
        let mut turn = 0;
        while let Some(mut first) = rows.next() {
            for _ in 1..glued[turn % glued.len()] {
                if let Some(next) = rows.next() {
                    first.bytes.extend_from_slice(&next.bytes);
                    first.at = next.at;
                }
            }
            turn += 1;
            spoken.push(first.clone());
            spoken.push(first);
        }
        prop_assert_eq!(content(&calls_of(&spoken, ZONE, Sources::Smdr)), whole);
    }
}

/// DevLink3's bytes cut and glued anywhere are the same frames: crates/devlink3/tests. Here the whole way to the calls.
#[test]
fn every_kind_survives_a_restart_at_every_moment() {
    for kind in Kind::ALL {
        let settings = TapeSettings {
            seed: 7,
            calls: 1,
            kinds: vec![kind],
            leg_fields: LegFields::Never,
            ..TapeSettings::default()
        };
        let tape = tape(&settings).expect("an office");
        let expected = content(&calls_of(&tape.spoken, ZONE, Sources::Both));
        for place in 0..tape.spoken.len() {
            let calls = judge::calls_with_restart(&tape.spoken, ZONE, place);
            assert_eq!(content(&calls), expected, "{} with a restart before its event {place}", kind.word());
        }
    }
}

#[tokio::test]
async fn a_rebuild_of_a_nasty_office_changes_nothing() {
    let tape =
        tape(&TapeSettings { seed: 5, calls: 300, neighbours: Neighbours::all(), ..TapeSettings::default() })
            .expect("an office");
    let folder = tempfile::tempdir().expect("a folder");
    let clock = std::sync::Arc::new(desk::Clock::by_hand(tape.spoken[0].at));
    let opening = desk::Opening { clock: clock.clone(), ..office::opening(folder.path()) };
    let desk = desk::Desk::open(opening).await.expect("the library opens");
    let site = office::quiet_site(&desk).await;
    assert_eq!(site, SITE, "the first site");
    for said in &tape.spoken {
        clock.turn_to(said.at);
        desk.said(site, said.said, said.bytes.clone()).await.expect("taken");
        desk.settle().await.expect("settled");
    }
    clock.turn_to(tape.spoken.last().expect("something").at.plus_ms(60_000));
    desk.settle().await.expect("settled");
    let rebuilt = desk.rebuild().await.expect("rebuilt");
    assert!(rebuilt.calls > 250, "there is something to compare: {rebuilt:?}");
    assert_eq!((rebuilt.added, rebuilt.removed, rebuilt.changed), (0, 0, 0), "the same calls, ids included");
    desk.close().await.expect("closed");
}
