use super::*;
use crate::settings::LegFields;
use crate::truth;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::fact::{Fact, LegId};

#[test]
fn every_neighbour_comes_when_all_are_asked_for() {
    let settings = TapeSettings { leg_fields: LegFields::Mostly, ..beset(1_500) };
    let tape = tape(&settings).expect("a tape");
    let neighbours: BTreeSet<Neighbour> = tape.truth.iter().filter_map(|truth| truth.neighbour).collect();
    let all = [
        Neighbour::SameCaller,
        Neighbour::EqualLengths,
        Neighbour::BackToBack,
        Neighbour::RowsLate,
        Neighbour::RowsTwice,
        Neighbour::RowsOutOfOrder,
        Neighbour::IdsStartAgain,
    ];
    assert_eq!(neighbours, BTreeSet::from(all), "each at least once");
    let seen: BTreeSet<Seen> = tape.truth.iter().map(|truth| truth.seen).collect();
    let all = [Seen::InProgressAtStart, Seen::InProgressAtStop, Seen::DevlinkGap, Seen::SmdrGap, Seen::Whole];
    assert_eq!(seen, BTreeSet::from(all), "each at least once");
}

/// A tape with one neighbour only.
fn only(neighbours: Neighbours) -> Tape {
    tape(&TapeSettings { neighbours, ..settings(300) }).expect("a tape")
}

fn instant(text: &str) -> At {
    At(text.parse::<Timestamp>().expect("RFC 3339").as_millisecond())
}

fn begins(truth: &Truth) -> At {
    instant(&truth.call.started_at)
}

fn ends(truth: &Truth) -> At {
    instant(truth.call.ended_at.as_deref().expect("it ended"))
}

/// Every marked call has another marked one of which `are` holds.
fn assert_pairs(tape: &Tape, neighbour: Neighbour, are: impl Fn(&Truth, &Truth) -> bool) {
    let marked: Vec<&Truth> = tape.truth.iter().filter(|truth| truth.neighbour == Some(neighbour)).collect();
    assert!(marked.len() >= 8, "{neighbour:?}: {} calls", marked.len());
    for one in &marked {
        let partner =
            marked.iter().any(|other| one.call.id != other.call.id && (are(one, other) || are(other, one)));
        assert!(partner, "{neighbour:?}: {} has no partner", one.call.id);
    }
}

#[test]
fn the_same_caller_calls_again_within_ten_seconds() {
    let tape = only(Neighbours { same_caller_within_seconds: 0.2, ..Neighbours::default() });
    assert_pairs(&tape, Neighbour::SameCaller, |first, second| {
        let apart = begins(second) - begins(first);
        (1..10_000).contains(&apart) && first.call.external_number == second.call.external_number
    });
}

#[test]
fn doubles_begin_together_and_take_as_long() {
    let tape = only(Neighbours { equal_lengths_at_once: 0.2, ..Neighbours::default() });
    assert_pairs(&tape, Neighbour::EqualLengths, |first, second| {
        let apart = begins(second) - begins(first);
        (0..1_000).contains(&apart)
            && first.kind == second.kind
            && first.call.total_s == second.call.total_s
            && first.call.talk_s == second.call.talk_s
    });
}

#[test]
fn somebody_has_the_next_call_in_the_second_in_which_one_ends() {
    let tape = only(Neighbours { back_to_back: 0.2, ..Neighbours::default() });
    let people = |truth: &Truth| {
        let events = truth.call.events.iter().filter_map(|event| event.agent.clone());
        events.collect::<BTreeSet<String>>()
    };
    assert_pairs(&tape, Neighbour::BackToBack, |first, second| {
        // The receiver may be put down a moment after the caller has gone.
        let apart = begins(second) - ends(first);
        (1..30_000).contains(&apart) && !people(first).is_disjoint(&people(second))
    });
    let same_second = tape.truth.iter().filter(|second| {
        tape.truth.iter().any(|first| {
            first.neighbour == Some(Neighbour::BackToBack)
                && ends(first).0 / 1000 == begins(second).0 / 1000
                && !people(first).is_disjoint(&people(second))
        })
    });
    assert!(same_second.count() >= 8, "by the wall clock's second too");
}

#[test]
fn rows_come_late_or_twice_or_in_the_wrong_order() {
    let late = only(Neighbours { rows_late: 0.3, ..Neighbours::default() });
    let plain = only(Neighbours::default());
    assert_eq!(call_ids(&late), call_ids(&plain), "late rows are the same rows");
    let delays = |tape: &Tape| {
        let calls: BTreeMap<u64, At> =
            tape.truth.iter().flat_map(|truth| truth.call.smdr.iter().map(|id| (*id, ends(truth)))).collect();
        let mut longest = 0;
        each_row(tape, |at, record| {
            if let Some(end) = calls.get(&record.call_id) {
                longest = longest.max(at - *end);
            }
        });
        longest
    };
    assert!(delays(&plain) <= 61_000, "a minute at most");
    assert!((600_000..=1_201_000).contains(&delays(&late)), "up to twenty minutes");

    let twice = only(Neighbours { rows_twice: 0.3, ..Neighbours::default() });
    let (once, again) = (call_ids(&plain), call_ids(&twice));
    assert_eq!(once.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>(), "no other calls");
    let doubled = once.iter().filter(|(id, count)| again[id] == **count * 2).count();
    let single = once.iter().filter(|(id, count)| again[id] == **count).count();
    assert!(doubled > 30 && doubled + single == once.len(), "all rows of a record, {doubled} records");

    let mixed = only(Neighbours { rows_out_of_order: 0.5, ..Neighbours::default() });
    assert_eq!(call_ids(&mixed), once, "the same rows");
    let mut over: BTreeSet<u64> = BTreeSet::new();
    let mut behind = 0;
    each_row(&mixed, |_, record| {
        behind += u32::from(over.contains(&record.call_id));
        if !record.continues {
            over.insert(record.call_id);
        }
    });
    assert!(behind > 5, "rows that say more follows come behind the last one: {behind}");
}

#[test]
fn lost_rows_are_lost_for_good() {
    let tape = only(Neighbours { smdr_gaps: true, ..Neighbours::default() });
    let ids = call_ids(&tape);
    let lost: Vec<&Truth> = tape.truth.iter().filter(|truth| truth.seen == Seen::SmdrGap).collect();
    assert!(!lost.is_empty(), "some are lost");
    for truth in &tape.truth {
        let said = truth.call.smdr.iter().all(|id| ids.contains_key(id));
        assert!(said, "{}: only Call IDs that came are named", truth.call.id);
        let whole = truth.seen == Seen::Whole;
        assert!(!whole || !truth.call.smdr.is_empty(), "{}: nothing is missing elsewhere", truth.call.id);
    }
    assert!(lost.iter().any(|truth| truth.call.smdr.is_empty()), "of some not a row came");
}

#[test]
fn ids_start_again_when_told() {
    let neighbours = Neighbours { ids_start_again: true, ..Neighbours::default() };
    let tape = tape(&TapeSettings { neighbours, ..settings(90) }).expect("a tape");
    let records: Vec<u64> = tape.truth.iter().flat_map(|truth| truth.call.smdr.clone()).collect();
    let again = records.iter().filter(|id| **id == 1_000_000).count();
    assert_eq!(again, 3, "twice from the beginning");
    let ids: BTreeSet<&str> = tape.truth.iter().map(|truth| truth.call.id.as_str()).collect();
    assert_eq!(ids.len(), 90, "the simulator's own ids never come twice");
    let lost = positions(&tape, Said::DevlinkLost);
    let snapshots = positions(&tape, Said::DevlinkSnapshot);
    assert_eq!((lost.len(), snapshots.len()), (2, 3), "the link goes with the PBX and comes back");
    for place in &snapshots[1..] {
        let next = tape.spoken[place + 1..].iter().find(|spoken| spoken.said == Said::DevlinkEvent);
        let next = next.expect("calls go on");
        assert!(next.at > tape.spoken[*place].at, "nobody was on the phone");
    }
}

#[test]
fn after_a_gap_the_calls_in_progress_are_told_anew() {
    let neighbours = Neighbours { devlink_gaps: true, ..Neighbours::default() };
    let tape = tape(&TapeSettings { neighbours, ..settings(400) }).expect("a tape");
    let lost = positions(&tape, Said::DevlinkLost);
    assert!(!lost.is_empty(), "there is a gap");
    let zone = TimeZone::get("Europe/Berlin").expect("the rules are bundled");
    for place in lost {
        let back = tape.spoken[place..].iter().position(|spoken| spoken.said == Said::DevlinkSnapshot);
        let back = place + back.expect("the link comes back");
        let quiet = tape.spoken[place + 1..back].iter().all(|spoken| spoken.said == Said::SmdrLines);
        assert!(quiet, "meanwhile only rows come");
        let (from, at) = (tape.spoken[place].at, tape.spoken[back].at);
        let mut legs: BTreeSet<LegId> = BTreeSet::new();
        for spoken in tape.spoken[back + 1..].iter().take_while(|spoken| spoken.at == at) {
            devlink3::facts(&spoken.bytes, &mut Scratch::default(), |fact| match fact {
                Fact::CallState(state) => assert!(legs.insert(state.leg), "each leg once"),
                other => panic!("a snapshot has states only: {other:?}"),
            })
            .expect("an event");
        }
        let (from, at) = (truth::rfc3339(from, &zone), truth::rfc3339(at, &zone));
        let touched = |truth: &&Truth| {
            truth.call.started_at < at && truth.call.ended_at.as_ref().is_some_and(|end| *end > from)
        };
        let there = tape.truth.iter().filter(touched);
        assert!(there.clone().all(|truth| truth.seen == Seen::DevlinkGap), "their truth says so");
        let live = there.filter(|truth| truth.call.ended_at.as_ref().is_some_and(|end| *end > at)).count();
        assert!(legs.len() >= live, "{live} calls were going on, {} legs are told", legs.len());
    }
}

#[test]
fn a_tape_that_begins_amid_calls_tells_them_in_the_first_snapshot() {
    let neighbours = Neighbours { in_progress_at_start: true, ..Neighbours::default() };
    let settings = TapeSettings { neighbours, ..settings(60) };
    let tape = tape(&settings).expect("a tape");
    let before: Vec<&Truth> =
        tape.truth.iter().filter(|truth| truth.seen == Seen::InProgressAtStart).collect();
    assert!(before.len() >= 3, "some were going on: {}", before.len());
    for truth in &before {
        assert!(truth.call.sources.contains(&SourceKind::Devlink3), "{} is in the snapshot", truth.call.id);
    }
    assert_eq!(tape.spoken[1].said, Said::DevlinkEvent, "their states follow the snapshot");
    assert_eq!(tape.spoken[1].at, settings.begins, "at once");
}

fn positions(tape: &Tape, said: Said) -> Vec<usize> {
    let places = tape.spoken.iter().enumerate().filter(|(_, spoken)| spoken.said == said);
    places.map(|(place, _)| place).collect()
}

fn each_row(tape: &Tape, mut take: impl FnMut(At, &model::fact::Record<'_>)) {
    let mut clock = SiteClock::new("Europe/Berlin").expect("the rules are bundled");
    for spoken in tape.spoken.iter().filter(|spoken| spoken.said == Said::SmdrLines) {
        smdr::facts(&spoken.bytes, &mut clock, |_, line| {
            if let Line::Record(record) = line {
                take(spoken.at, &record);
            }
        });
    }
}
