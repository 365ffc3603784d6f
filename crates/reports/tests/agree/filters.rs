//! Conditions, business hours and the calls behind a figure, beside a plain filter over the calls.

use crate::directory::{Directory, zone};
use crate::office::{Dice, FROM, HANDOVER, TO, Year};
use crate::plain::{Part, Whose, parts};
use crate::{STRETCH, definition, leaves, office, plan, rows, split};
use jiff::Timestamp;
use model::figures::{Figures, agents, groups, missed_by};
use model::report::{
    Condition, Definition, Dimension, EventStep, GroupRef, Hours, Measure, NumberMatch, Scope, Spot, Timing,
    Value, Who,
};
use model::{At, Call, CallId, Direction, EventKind};
use proptest::prelude::*;
use reports::{Book, Page, Run};
use std::collections::BTreeSet;

fn clock(at: At) -> jiff::Zoned {
    Timestamp::from_millisecond(at.0).expect("a time").to_zoned(zone())
}

/// Every kind of condition, with something to find.
fn conditions() -> Vec<Condition> {
    let group = |number: &str| GroupRef { site: 1, number: number.into() };
    let extension = |site, number: &str| Who::Extension { site, number: number.into() };
    vec![
        Condition::TimeOfDay { from_minute: 22 * 60, to_minute: 150 },
        Condition::TimeOfDay { from_minute: 8 * 60, to_minute: 17 * 60 },
        Condition::DaysOfWeek { days: vec![1, 7] },
        Condition::Directions { any_of: vec![Direction::Inbound, Direction::Internal] },
        Condition::Sites { any_of: vec![2] },
        Condition::People { any_of: vec![Who::Person { id: 3 }, extension(2, "301")] },
        Condition::TalkedAs { spot: Spot::First, any_of: vec![Who::Person { id: 1 }, Who::Person { id: 4 }] },
        Condition::TalkedAs { spot: Spot::Final, any_of: vec![Who::Person { id: 2 }, extension(1, "203")] },
        Condition::Groups { any_of: vec![group("600"), group("602")] },
        Condition::GroupAs { spot: Spot::First, any_of: vec![group("601")] },
        Condition::GroupAs { spot: Spot::Final, any_of: vec![group("600")] },
        Condition::OutsideNumber { any_of: vec![NumberMatch::Ends("11".into()), NumberMatch::Withheld] },
        Condition::OutsideNumber { any_of: vec![NumberMatch::Begins("089 5".into())] },
        Condition::OutsideNumber { any_of: vec![NumberMatch::Exactly("+49 89 505".into())] },
        Condition::DialledNumber { any_of: vec![NumberMatch::Anywhere("1433".into())] },
        Condition::OutsideName { any_of: vec!["ÖLM".into(), "zzz".into()] },
        Condition::AccountCode { any_of: vec!["1001".into()] },
        Condition::Tags { any_of: vec!["vip".into(), "ORDER".into()] },
        Condition::Trunks { any_of: vec!["Line 1".into()] },
        Condition::Answered { yes: true },
        Condition::Abandoned { yes: true },
        Condition::Missed { yes: false },
        Condition::Voicemail { yes: true },
        Condition::Emergency { yes: false },
        Condition::Conference { yes: true },
        Condition::Transferred { yes: true },
        Condition::Recorded { yes: true },
        Condition::Scored { yes: false },
        Condition::Noted { yes: true },
        Condition::Lasting { timing: Timing::Total, from_seconds: Some(60), to_seconds: Some(200) },
        Condition::Lasting { timing: Timing::TimeToAnswer, from_seconds: None, to_seconds: Some(60) },
        Condition::Lasting { timing: Timing::Wait, from_seconds: Some(30), to_seconds: None },
        Condition::Events { yes: true, any_of: vec![EventKind::Park, EventKind::AutoAttendant] },
        Condition::Events { yes: false, any_of: vec![EventKind::Queue] },
        Condition::Sequence { steps: steps(&[EventKind::Ringing, EventKind::Talking, EventKind::Ringing]) },
        Condition::FinalEvent { any_of: vec![EventKind::Voicemail, EventKind::Hold] },
        Condition::Text { text: " keller ".into() },
        Condition::Text { text: "person 3".into() },
    ]
}

fn steps(kinds: &[EventKind]) -> Vec<EventStep> {
    kinds.iter().map(|kind| EventStep { kind: *kind }).collect()
}

fn is_who(call: &Call, extension: &str, any_of: &[Who]) -> bool {
    let holder = Directory.holder(call.site.0, extension, call.started_at).by;
    any_of.iter().any(|who| match who {
        Who::Person { id } => holder == Some(*id),
        Who::Extension { site, number } => *site == call.site.0 && number == extension,
    })
}

fn is_group(call: &Call, number: &str, any_of: &[GroupRef]) -> bool {
    any_of.contains(&GroupRef { site: call.site.0, number: number.to_owned() })
}

/// Extensions with a part in the call.
fn people(call: &Call) -> Vec<String> {
    let parts = parts(std::slice::from_ref(call), &Default::default(), Scope::Person);
    parts
        .into_iter()
        .flat_map(|part| if let Whose::Person(own) = part.whose { own } else { Vec::new() })
        .collect()
}

fn passes(part: &Part<'_>, condition: &Condition) -> bool {
    let call = part.call;
    let figures = Figures::of(call, call.started_at);
    let at = clock(call.started_at);
    let minute = u16::from(at.hour().unsigned_abs()) * 60 + u16::from(at.minute().unsigned_abs());
    let main = || call.events.iter().filter(|event| !event.beside);
    let talks = || {
        let talks = |event: &&model::Event| matches!(event.kind, EventKind::Talking | EventKind::Conference);
        call.events.iter().filter(talks).filter_map(|event| event.agent.as_deref())
    };
    let has_group = || call.events.iter().filter_map(|event| event.group.as_deref());
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let number = |of: &Option<String>, any_of: &[NumberMatch]| {
        of.as_deref().map(digits).is_some_and(|own| {
            any_of.iter().any(|wanted| match wanted {
                NumberMatch::Exactly(text) => own == digits(text),
                NumberMatch::Begins(text) => own.starts_with(&digits(text)),
                NumberMatch::Ends(text) => own.ends_with(&digits(text)),
                NumberMatch::Anywhere(text) => own.contains(&digits(text)),
                NumberMatch::Withheld => false,
            })
        })
    };
    let same = |a: &str, b: &String| a.to_lowercase() == b.to_lowercase();
    match condition {
        Condition::TimeOfDay { from_minute, to_minute } if from_minute > to_minute => {
            minute >= *from_minute || minute < *to_minute
        }
        Condition::TimeOfDay { from_minute, to_minute } => (*from_minute..*to_minute).contains(&minute),
        Condition::DaysOfWeek { days } => days.contains(&at.weekday().to_monday_one_offset().unsigned_abs()),
        Condition::Directions { any_of } => any_of.contains(&call.direction),
        Condition::Sites { any_of } => any_of.contains(&call.site.0),
        Condition::People { any_of } => match &part.whose {
            Whose::Person(own) => own.iter().any(|extension| is_who(call, extension, any_of)),
            Whose::Call | Whose::Group(_) => {
                people(call).iter().any(|extension| is_who(call, extension, any_of))
            }
        },
        Condition::TalkedAs { spot: Spot::First, any_of } => {
            agents(call).first().is_some_and(|extension| is_who(call, extension, any_of))
        }
        Condition::TalkedAs { spot: Spot::Final, any_of } => {
            talks().next_back().is_some_and(|extension| is_who(call, extension, any_of))
        }
        Condition::Groups { any_of } => match &part.whose {
            Whose::Group(group) => is_group(call, group, any_of),
            Whose::Call | Whose::Person(_) => {
                groups(call).into_iter().any(|group| is_group(call, group, any_of))
            }
        },
        Condition::GroupAs { spot: Spot::First, any_of } => {
            has_group().next().is_some_and(|group| is_group(call, group, any_of))
        }
        Condition::GroupAs { spot: Spot::Final, any_of } => {
            has_group().next_back().is_some_and(|group| is_group(call, group, any_of))
        }
        Condition::OutsideNumber { any_of } => {
            number(&call.external_e164, any_of)
                || number(&call.external_number, any_of)
                || (call.withheld && any_of.contains(&NumberMatch::Withheld))
        }
        Condition::DialledNumber { any_of } => number(&call.dialed_number, any_of),
        Condition::OutsideName { any_of } => call.external_name.as_ref().is_some_and(|name| {
            any_of.iter().any(|wanted| name.to_lowercase().contains(&wanted.to_lowercase()))
        }),
        Condition::AccountCode { any_of } => {
            call.account_code.as_ref().is_some_and(|code| any_of.contains(code))
        }
        Condition::Tags { any_of } => {
            let mut all = part.added.tags.iter().chain(&call.tag);
            all.any(|tag| any_of.iter().any(|wanted| same(wanted, tag)))
        }
        Condition::Trunks { any_of } => call
            .trunk
            .as_ref()
            .is_some_and(|trunk| any_of.iter().any(|line| trunk.split('.').next() == Some(line.as_str()))),
        Condition::Answered { yes } => figures.answered == *yes,
        Condition::Abandoned { yes } => figures.abandoned == *yes,
        Condition::Missed { yes } => missed_by(call).is_empty() != *yes,
        Condition::Voicemail { yes } => figures.voicemail == *yes,
        Condition::Emergency { yes } => call.emergency == *yes,
        Condition::Conference { yes } => has_kind(call, &[EventKind::Conference]) == *yes,
        Condition::Transferred { yes } => has_kind(call, &[EventKind::Transfer]) == *yes,
        Condition::Recorded { yes } => (part.added.recordings > 0) == *yes,
        Condition::Scored { yes } => (part.added.scorecards > 0) == *yes,
        Condition::Noted { yes } => part.added.noted == *yes,
        Condition::Lasting { timing, from_seconds, to_seconds } => {
            let length = match timing {
                Timing::Total => Some(figures.total_ms),
                Timing::TimeToAnswer => figures.time_to_answer_ms,
                Timing::Wait => Some(figures.wait_ms),
                _ => None,
            };
            length.is_some_and(|ms| {
                let seconds = (ms / 1_000) as u32;
                from_seconds.is_none_or(|from| seconds >= from) && to_seconds.is_none_or(|to| seconds <= to)
            })
        }
        Condition::Events { yes, any_of } => has_kind(call, any_of) == *yes,
        Condition::Sequence { steps } => {
            let mut kinds = main().map(|event| event.kind);
            steps.iter().all(|step| kinds.by_ref().any(|kind| kind == step.kind))
        }
        Condition::FinalEvent { any_of } => {
            main().next_back().is_some_and(|last| any_of.contains(&last.kind))
        }
        Condition::Text { text } => {
            let text = text.trim().to_lowercase();
            let named = people(call).iter().any(|extension| {
                let holder = Directory.holder(call.site.0, extension, call.started_at).by;
                holder.is_some_and(|id| Directory.person(id).to_lowercase().contains(&text))
            });
            named || call.external_name.as_ref().is_some_and(|name| name.to_lowercase().contains(&text))
        }
        Condition::CountedIn { measure } => part.counts_in(*measure),
    }
}

fn has_kind(call: &Call, kinds: &[EventKind]) -> bool {
    call.events.iter().any(|event| kinds.contains(&event.kind))
}

fn in_time<'c>(year: &'c Year, scope: Scope) -> Vec<Part<'c>> {
    let parts = parts(&year.calls, &year.added, scope).into_iter();
    parts.filter(|part| (FROM..TO).contains(&part.call.started_at)).collect()
}

/// How many calls pass, by a run.
fn counted(year: &Year, definition: &Definition) -> Value {
    let plan = plan(definition);
    let mut run = Run::new(&plan, &office(), STRETCH);
    let marks = year.marks();
    for leaf in leaves(year, plan.columns()) {
        run.take(&leaf, &marks).expect("all columns");
    }
    run.finish(usize::MAX).totals[0].clone()
}

fn calls_of(year: &Year, definition: &Definition, key: &[model::report::Key], limit: usize) -> Vec<CallId> {
    let plan = plan(definition);
    let marks = year.marks();
    let leaves = leaves(year, plan.columns_of_page());
    let mut calls: Vec<(At, CallId)> = Vec::new();
    loop {
        let mut page = Page::new(&plan, &office(), STRETCH, key, calls.last().copied(), limit);
        for leaf in leaves.iter().rev() {
            if page.take(leaf, &marks).expect("all columns") {
                break;
            }
        }
        let found = page.into_calls();
        calls.extend(&found);
        if found.len() < limit {
            return calls.into_iter().map(|(_, id)| id).collect();
        }
    }
}

fn newest_first<'c>(parts: impl Iterator<Item = &'c Part<'c>>) -> Vec<CallId> {
    let calls: BTreeSet<(At, CallId)> = parts.map(|part| (part.call.started_at, part.call.id)).collect();
    calls.into_iter().rev().map(|(_, id)| id).collect()
}

#[test]
fn each_condition_leaves_the_calls_that_a_plain_filter_leaves() {
    let year = Year::of(7, 1_200);
    for (scope, by) in [
        (Scope::Call, None),
        (Scope::Person, Some(Dimension::Person)),
        (Scope::Group, Some(Dimension::Group)),
    ] {
        let parts = in_time(&year, scope);
        for condition in conditions() {
            let by: Vec<Dimension> = by.into_iter().collect();
            let definition = definition(&by, &[Measure::Calls], vec![condition.clone()]);
            let passing = parts.iter().filter(|part| passes(part, &condition));
            let calls: BTreeSet<CallId> = passing.map(|part| part.call.id).collect();
            assert!(!calls.is_empty(), "{condition:?} finds something");
            let wanted = Value::Count(calls.len() as i64);
            assert_eq!(counted(&year, &definition), wanted, "{condition:?} for a {scope:?}");
        }
    }
}

#[test]
fn a_call_counts_in_the_hours_of_its_group_or_else_of_its_site() {
    let year = Year::of(11, 1_500);
    let is_open = |call: &Call, group: Option<&str>| {
        let at = clock(call.started_at);
        let minute = i64::from(at.hour()) * 60 + i64::from(at.minute());
        match (call.site.0, group) {
            (1, Some("601")) => !(150..20 * 60).contains(&minute),
            (1, _) => {
                let weekday = at.weekday() != jiff::civil::Weekday::Sunday;
                let christmas = (at.month(), at.day()) == (12, 25);
                let inside = (480..720).contains(&minute) || (780..1_020).contains(&minute);
                weekday && !christmas && inside
            }
            _ => true,
        }
    };
    for (by, scope) in [(vec![], Scope::Call), (vec![Dimension::Group], Scope::Group)] {
        let parts = in_time(&year, scope);
        let open = parts.iter().filter(|part| match &part.whose {
            Whose::Group(group) => is_open(part.call, Some(group)),
            Whose::Call | Whose::Person(_) => is_open(part.call, groups(part.call).first().copied()),
        });
        let open: BTreeSet<CallId> = open.map(|part| part.call.id).collect();
        let mut definition = definition(&by, &[Measure::Calls], Vec::new());
        definition.hours = Hours::In;
        assert_eq!(counted(&year, &definition), Value::Count(open.len() as i64), "in hours, a {scope:?}");
        definition.hours = Hours::Out;
        if scope == Scope::Call {
            let closed = parts.len() - open.len();
            assert_eq!(
                counted(&year, &definition),
                Value::Count(closed as i64),
                "and all others out of them"
            );
        }
    }
}

#[test]
fn the_calls_behind_each_figure_are_those_that_count_in_it() {
    let year = Year::of(13, 900);
    for by in
        [vec![], vec![Dimension::Person], vec![Dimension::Group, Dimension::Tag], vec![Dimension::Month]]
    {
        let scope = Scope::of(&by);
        let parts = in_time(&year, scope);
        let split = split(&parts, &by);
        let table = crate::run(&year, &plan(&definition(&by, &[Measure::Calls], Vec::new())));
        let some = table.rows.iter().step_by(3);
        for measure in Measure::ALL.iter().filter(|measure| measure.is_known_of(scope, &by)) {
            let definition =
                definition(&by, &[Measure::Calls], vec![Condition::CountedIn { measure: *measure }]);
            for row in some.clone() {
                let words: Vec<String> =
                    by.iter().zip(&row.key).map(|(by, key)| rows::word(*by, key)).collect();
                let own = split.get(&words).into_iter().flatten().copied();
                let wanted = newest_first(own.filter(|part| part.counts_in(*measure)));
                assert_eq!(calls_of(&year, &definition, &row.key, 40), wanted, "{measure:?} of {words:?}");
            }
            let wanted = newest_first(parts.iter().filter(|part| part.counts_in(*measure)));
            assert_eq!(calls_of(&year, &definition, &[], 500), wanted, "{measure:?} of everything");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn conditions_together_leave_what_passes_each(seed in any::<u64>(), person in any::<bool>()) {
        let mut dice = Dice::new(seed);
        let year = Year::of(seed, 300);
        let all = conditions();
        let some: Vec<Condition> = (0..2).map(|_| dice.pick(&all).clone()).collect();
        let by = if person { vec![Dimension::Person] } else { vec![] };
        let parts = in_time(&year, Scope::of(&by));
        let passing = parts.iter().filter(|part| some.iter().all(|condition| passes(part, condition)));
        let wanted = newest_first(passing);
        let definition = definition(&by, &[Measure::Calls], some);
        prop_assert_eq!(counted(&year, &definition), Value::Count(wanted.len() as i64), "counted");
        prop_assert_eq!(calls_of(&year, &definition, &[], 7), wanted, "and listed, page by page");
    }
}

#[test]
fn an_extension_counts_for_whoever_had_it_then() {
    let year = Year::of(17, 1_500);
    let table = crate::run(
        &year,
        &plan(&definition(&[Dimension::Person], &[Measure::FirstCall, Measure::LastCall], vec![])),
    );
    let of = |id| {
        table.rows.iter().find(|row| row.label == [format!("Person {id}")]).expect("a row").values.clone()
    };
    assert!(matches!(of(2)[1], Value::At(last) if last < HANDOVER.0), "nothing after the handover");
    assert!(matches!(of(3)[0], Value::At(first) if first >= HANDOVER.0), "nothing before it");
}
