//! Leaves as bytes, and bytes that are none.

use crate::office::{FROM, Year};
use model::{At, Call, CallId};
use proptest::prelude::*;
use reports::{Column, ColumnSet, Damaged, Leaf};
use std::collections::BTreeMap;

fn stored(leaf: &Leaf) -> BTreeMap<u8, Vec<u8>> {
    leaf.columns().into_iter().collect()
}

fn read(day: i64, columns: ColumnSet, stored: &BTreeMap<u8, Vec<u8>>) -> Result<Leaf, Damaged> {
    Leaf::read(day, columns, |id| stored.get(&id).map(Vec::as_slice))
}

/// A day with calls of every kind.
fn busy(seed: u64) -> Leaf {
    let mut year = Year::of(seed, 60);
    let day = Leaf::day_of(FROM);
    for (place, call) in year.calls.iter_mut().enumerate() {
        let later = At(day * 86_400_000 + place as i64 * 1_000_000) - call.started_at;
        call.started_at = call.started_at.plus_ms(later);
        call.ended_at = call.ended_at.map(|at| at.plus_ms(later));
        for event in &mut call.events {
            event.started_at = event.started_at.plus_ms(later);
            event.ended_at = event.ended_at.map(|at| at.plus_ms(later));
        }
    }
    for change in &mut year.states {
        change.at = At(day * 86_400_000 + change.at.0.rem_euclid(86_400_000));
    }
    Leaf::of(day, &year.calls, &year.states)
}

#[test]
fn what_is_written_is_read_whole_or_in_part() {
    let leaf = busy(1);
    assert!(leaf.calls() > 40, "calls that live, and those that are parts of others, are left out");
    let stored = stored(&leaf);
    assert_eq!(read(leaf.day(), ColumnSet::ALL, &stored).as_ref(), Ok(&leaf), "whole");
    let some = ColumnSet::of(&[Column::Start, Column::Talk]);
    let part = read(leaf.day(), some, &stored).expect("two columns");
    assert_eq!(part.numbers(Column::Talk), leaf.numbers(Column::Talk), "one of those wanted");
    assert!(part.numbers(Column::Total).is_empty(), "others are not there");
    assert_eq!(part.calls(), leaf.calls(), "any column knows how many calls there are");
}

#[test]
fn a_column_that_is_missing_or_of_another_format_is_told() {
    let leaf = busy(2);
    let mut stored = stored(&leaf);
    stored.remove(&Column::Talk.id());
    let talk = ColumnSet::of(&[Column::Talk]);
    assert_eq!(read(leaf.day(), talk, &stored), Err(Damaged::Missing(Column::Talk)), "missing");
    stored.insert(Column::Talk.id(), vec![reports::leaf::FORMAT + 1]);
    assert_eq!(read(leaf.day(), talk, &stored), Err(Damaged::Format(Column::Talk)), "newer");
}

#[test]
fn columns_of_two_days_do_not_go_together() {
    let (a, b) = (busy(3), Leaf::of(Leaf::day_of(FROM), &[], &[]));
    let mut mixed = stored(&a);
    mixed.insert(Column::Talk.id(), stored(&b)[&Column::Talk.id()].clone());
    assert_eq!(read(a.day(), ColumnSet::ALL, &mixed), Err(Damaged::Shape), "as many rows each");
}

#[test]
fn a_day_has_the_calls_that_began_on_it_and_are_over() {
    let day = Leaf::day_of(FROM);
    let at = |ms| At(day * 86_400_000 + ms);
    let call = |id, started_at, ended_at| Call { id: CallId(id), started_at, ended_at, ..Call::default() };
    let calls = [
        call(3, at(5), Some(at(9))),
        call(2, at(5), Some(at(8))),
        call(1, at(7), None),
        call(4, at(86_400_000), Some(at(86_400_001))),
        call(5, at(86_399_999), Some(at(90_000_000))),
    ];
    let leaf = Leaf::of(day, &calls, &[]);
    assert_eq!(leaf.numbers(Column::Id), [2, 3, 5], "by their start, then their ids");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_day_comes_back_from_its_bytes(seed in any::<u64>()) {
        let leaf = busy(seed);
        prop_assert_eq!(read(leaf.day(), ColumnSet::ALL, &stored(&leaf)), Ok(leaf), "the same");
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_and_never_more(
        seed in 0_u64..5,
        column in 0..Column::COUNT,
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let leaf = busy(seed);
        let mut stored = stored(&leaf);
        let bytes = stored.get_mut(&(column as u8)).expect("every column");
        let place = place.index(bytes.len());
        if cut { bytes.truncate(place) } else { bytes[place] = byte }
        let _ = read(leaf.day(), ColumnSet::ALL, &stored);
    }
}
