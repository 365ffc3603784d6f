//! The engine beside a second, independent computation of every measure.

mod directory;
mod figure;
mod filters;
mod office;
mod over_time;
mod plain;
mod rows;
mod stored;
mod tables;

use directory::Directory;
use figure::figure;
use model::At;
use model::report::{
    Chapter, Condition, Definition, Dimension, FORMAT, Hours, Measure, Period, Rows, Scope, Table, Value,
};
use office::{FROM, TO, Year};
use over_time::Row;
use plain::{Part, parts};
use proptest::prelude::*;
use reports::{Leaf, Office, Plan, Run, Service, Stretch};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) const STRETCH: Stretch = Stretch { from: FROM, to: TO };
/// Some days before the year is over: what phones do after it is not known.
const NOW: At = At(TO.0 - 5 * 86_400_000 - 1_234);

pub(crate) fn definition(by: &[Dimension], measures: &[Measure], conditions: Vec<Condition>) -> Definition {
    Definition {
        format: FORMAT,
        name: "Test".into(),
        says: String::new(),
        chapter: Chapter::Calls,
        rows: Rows::Summed { by: by.to_vec(), measures: measures.to_vec() },
        conditions,
        hours: Hours::All,
        period: Period::ThisYear,
        sort: None,
        top: None,
        chart: None,
    }
}

pub(crate) fn plan(definition: &Definition) -> Arc<Plan> {
    Arc::new(Plan::of(definition, Service::default()).expect("a report that can be run"))
}

pub(crate) fn office() -> Arc<Office> {
    Arc::new(Office {
        zone: directory::zone(),
        hours: directory::hours(),
        now: NOW,
        book: Box::new(Directory),
    })
}

/// As they come from the store: only the columns that the report asks for.
pub(crate) fn leaves(year: &Year, columns: reports::ColumnSet) -> Vec<Leaf> {
    let stored = year.stored.iter();
    stored
        .map(|(day, stored)| {
            Leaf::read(*day, columns, |id| stored.get(&id).map(Vec::as_slice)).expect("what was written")
        })
        .collect()
}

pub(crate) fn run(year: &Year, plan: &Arc<Plan>) -> Table {
    let mut run = Run::new(plan, &office(), STRETCH);
    run.begin_states(&year.begin);
    let marks = year.marks();
    for leaf in leaves(year, plan.columns()) {
        run.take(&leaf, &marks).expect("all columns");
    }
    run.finish(usize::MAX)
}

/// Measures that are told for these rows.
fn known(by: &[Dimension]) -> Vec<Measure> {
    let scope = Scope::of(by);
    Measure::ALL.iter().copied().filter(|measure| measure.is_known_of(scope, by)).collect()
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Share(a), Value::Share(b)) | (Value::Number(a), Value::Number(b)) => (a - b).abs() < 1e-6,
        _ => a == b,
    }
}

/// Rows of parts, by the words of what they are split by.
pub(crate) fn split<'p, 'c>(parts: &'p [Part<'c>], by: &[Dimension]) -> BTreeMap<Row, Vec<&'p Part<'c>>> {
    let mut split: BTreeMap<Row, Vec<&Part<'_>>> = BTreeMap::new();
    for part in parts {
        let mut keys: Vec<Row> = vec![Vec::new()];
        for dimension in by {
            let words = rows::words(part, *dimension);
            keys = keys
                .into_iter()
                .flat_map(|key| words.iter().map(move |word| [key.clone(), vec![word.clone()]].concat()))
                .collect();
        }
        for key in keys {
            split.entry(key).or_default().push(part);
        }
    }
    split
}

/// What the second computation gives of all rows.
struct Expected<'p, 'c> {
    by: Vec<Dimension>,
    parts: &'p [Part<'c>],
    calls: usize,
    rows: BTreeMap<Row, Vec<&'p Part<'c>>>,
    peaks: BTreeMap<Measure, BTreeMap<Row, i64>>,
    states: BTreeMap<Row, over_time::Times>,
}

impl Expected<'_, '_> {
    fn of(&self, measure: Measure, row: &Row) -> Value {
        let own = self.rows.get(row).cloned().unwrap_or_default();
        let peak = |of: Measure| self.peaks[&of].get(row).copied().unwrap_or(0);
        let states = self.states.get(row);
        match measure {
            Measure::PeakCalls | Measure::PeakQueue => Value::Count(peak(measure)),
            Measure::Saturation => match figure(Measure::Channels, &own, 0) {
                Value::Count(0) => Value::None,
                Value::Count(channels) => Value::Share(peak(Measure::PeakCalls) as f64 / channels as f64),
                _ => Value::None,
            },
            _ if measure.is_of_states() => states.map_or(Value::None, |times| times.figure(measure)),
            Measure::HandleTime | Measure::AverageHandle => {
                let work = states.filter(|_| self.has_work()).map_or(0, |times| times.after_call_work_ms());
                with_work(measure, &own, work)
            }
            _ => figure(measure, &own, self.calls),
        }
    }

    fn has_work(&self) -> bool {
        self.by.iter().all(|by| *by == Dimension::Person || by.is_interval())
    }

    fn once(&self) -> BTreeMap<i64, Vec<&Part<'_>>> {
        let mut once: BTreeMap<i64, Vec<&Part<'_>>> = BTreeMap::new();
        for part in self.parts {
            once.entry(part.call.id.0).or_default().push(part);
        }
        once
    }

    /// Counts and their shares: each call once. Lengths of parts: all of them; of calls: once.
    fn total(&self, measure: Measure) -> Value {
        let all: Vec<&Part<'_>> = self.parts.iter().collect();
        let once = self.once();
        let calls_with = |measure: Measure| {
            once.values().filter(|own| own.iter().any(|part| part.counts_in(measure))).count() as f64
        };
        let calls_that = |is: &dyn Fn(&Part<'_>) -> bool| {
            once.values().filter(|own| own.iter().any(|part| is(part))).count() as f64
        };
        let share =
            |part: f64, whole: f64| if whole == 0.0 { Value::None } else { Value::Share(part / whole) };
        let total = vec!["total".to_owned()];
        let first: Vec<&Part<'_>> = once.values().map(|own| own[0]).collect();
        match measure {
            Measure::PeakCalls | Measure::PeakQueue => Value::Count(self.peaks[&measure][&total]),
            Measure::Saturation => match figure(Measure::Channels, &all, 0) {
                Value::Count(channels) if channels > 0 => {
                    Value::Share(self.peaks[&Measure::PeakCalls][&total] as f64 / channels as f64)
                }
                _ => Value::None,
            },
            _ if measure.is_of_states() => {
                self.states.get(&total).map_or(Value::None, |times| times.figure(measure))
            }
            Measure::HandleTime | Measure::AverageHandle => {
                let states = self.states.get(&total).filter(|_| self.has_work());
                with_work(measure, &all, states.map_or(0, |times| times.after_call_work_ms()))
            }
            Measure::AnswerRate => share(calls_that(&|part| part.answered_inbound()), calls_with(measure)),
            Measure::ServiceLevel => share(calls_that(&|part| part.served()), calls_with(measure)),
            Measure::AbandonRate => share(calls_with(Measure::Abandoned), calls_with(measure)),
            Measure::MissRate => share(calls_with(Measure::Missed), calls_with(Measure::Presented)),
            Measure::ShareOfCalls => share(once.len() as f64, once.len() as f64),
            Measure::Transfers => figure(measure, &all, 0),
            Measure::Recordings | Measure::Scores => figure(measure, &first, 0),
            Measure::DistinctNumbers | Measure::Channels | Measure::CostedCalls => figure(measure, &first, 0),
            _ if measure.unit() == model::report::Unit::Count => Value::Count(calls_with(measure) as i64),
            _ if self.is_of_parts(measure) => figure(measure, &all, 0),
            _ => figure(measure, &first, 0),
        }
    }

    /// The part's own, not the call's.
    fn is_of_parts(&self, measure: Measure) -> bool {
        let own_of_groups = ["ing time", "Average ring", "Longest ring", "ueue", "peed of answer"];
        match Scope::of(&self.by) {
            Scope::Call => false,
            Scope::Person => !matches!(
                measure,
                Measure::PbxCharge
                    | Measure::Cost
                    | Measure::AverageCost
                    | Measure::RecordedTime
                    | Measure::AverageScore
                    | Measure::FirstCall
                    | Measure::LastCall
            ),
            Scope::Group => own_of_groups.iter().any(|word| measure.label().contains(word)),
        }
    }
}

fn with_work(measure: Measure, own: &[&Part<'_>], work: i64) -> Value {
    let sum: i64 = own.iter().map(|part| part.amount(Measure::HandleTime)).sum::<i64>() + work;
    let count = own.iter().filter(|part| part.answered()).count();
    match measure {
        Measure::AverageHandle if count == 0 => Value::None,
        Measure::AverageHandle => Value::Length((sum as f64 / count as f64 + 0.5).floor() as i64),
        _ => Value::Length(sum),
    }
}

fn agree(year: &Year, by: &[Dimension]) {
    let scope = Scope::of(by);
    let measures = known(by);
    let plan = plan(&definition(by, &measures, Vec::new()));
    let table = run(year, &plan);
    let all = parts(&year.calls, &year.added, scope);
    let in_time: Vec<Part<'_>> =
        all.iter().filter(|part| (FROM..TO).contains(&part.call.started_at)).cloned().collect();
    let expected = Expected {
        by: by.to_vec(),
        parts: &in_time,
        calls: in_time.iter().map(|part| part.call.id.0).collect::<BTreeSet<_>>().len(),
        rows: split(&in_time, by),
        peaks: [Measure::PeakCalls, Measure::PeakQueue]
            .into_iter()
            .filter(|measure| measures.contains(measure))
            .map(|measure| (measure, over_time::peaks(&all, measure, scope, by)))
            .collect(),
        states: if scope == Scope::Person { over_time::states(year, by, NOW) } else { BTreeMap::new() },
    };
    let mut seen = 0;
    for row in &table.rows {
        let words: Row = by.iter().zip(&row.key).map(|(by, key)| rows::word(*by, key)).collect();
        seen += usize::from(expected.rows.contains_key(&words));
        for (measure, value) in measures.iter().zip(&row.values) {
            let wanted = expected.of(*measure, &words);
            assert!(
                same(value, &wanted),
                "{measure:?} of {words:?} by {by:?}: {value:?}, plainly {wanted:?}"
            );
        }
    }
    assert_eq!(seen, expected.rows.len(), "by {by:?}: every row that calls are in is in the table");
    for (measure, value) in measures.iter().zip(&table.totals) {
        let wanted = expected.total(*measure);
        assert!(same(value, &wanted), "{measure:?} in total by {by:?}: {value:?}, plainly {wanted:?}");
    }
    assert_eq!(table.made_of, in_time.len() as u64, "made of every call or part");
    merged_halves_agree(year, by, &table);
}

/// Two runs that share the days give the same as one.
fn merged_halves_agree(year: &Year, by: &[Dimension], whole: &Table) {
    let measures = known(by);
    let parallel: Vec<Measure> = measures
        .iter()
        .copied()
        .filter(|measure| plan(&definition(by, &[*measure], Vec::new())).is_parallel())
        .collect();
    let plan = plan(&definition(by, &parallel, Vec::new()));
    assert!(plan.is_parallel(), "measures that need no order together need none");
    let (office, marks) = (office(), year.marks());
    let leaves = leaves(year, plan.columns());
    let middle = leaves.len() / 2;
    let take = |leaves: &[Leaf], first_day: i64| {
        let mut run = Run::new(&plan, &office, STRETCH).from_day(first_day);
        leaves.iter().for_each(|leaf| run.take(leaf, &marks).expect("all columns"));
        run
    };
    let first_day = leaves[middle].day();
    let led_in = leaves.partition_point(|leaf| leaf.day() < first_day - plan.lead_in_days());
    let mut run = take(&leaves[led_in..], first_day);
    let other = take(&leaves[..middle], i64::MIN);
    run.merge(other);
    let table = run.finish(usize::MAX);
    let by_key: BTreeMap<_, _> = whole.rows.iter().map(|row| (&row.key, row)).collect();
    for row in &table.rows {
        for (measure, value) in parallel.iter().zip(&row.values) {
            let place = measures.iter().position(|known| known == measure).expect("one of them");
            assert!(same(value, &by_key[&row.key].values[place]), "{measure:?} of {:?} in halves", row.key);
        }
    }
    for (measure, value) in parallel.iter().zip(&table.totals) {
        let place = measures.iter().position(|known| known == measure).expect("one of them");
        assert!(same(value, &whole.totals[place]), "{measure:?} in total in halves");
    }
}

const SPLITS: [&[Dimension]; 26] = [
    &[],
    &[Dimension::Person],
    &[Dimension::Group],
    &[Dimension::OutsideNumber],
    &[Dimension::OutsideName],
    &[Dimension::LocalNumber],
    &[Dimension::Direction],
    &[Dimension::Trunk],
    &[Dimension::AccountCode],
    &[Dimension::Tag],
    &[Dimension::Site],
    &[Dimension::EventSequence],
    &[Dimension::FinalEvent],
    &[Dimension::Day],
    &[Dimension::Week],
    &[Dimension::Month],
    &[Dimension::Hour],
    &[Dimension::HourOfDay],
    &[Dimension::DayOfWeek],
    &[Dimension::DayOfWeek, Dimension::HourOfDay],
    &[Dimension::Person, Dimension::Month],
    &[Dimension::Group, Dimension::HourOfDay],
    &[Dimension::Person, Dimension::Group],
    &[Dimension::Trunk, Dimension::Hour],
    &[Dimension::Group, Dimension::Tag],
    &[Dimension::Day, Dimension::Person],
];

/// Some of the splits over one year; two tests share them, so that they run beside each other.
fn agree_over_a_year(splits: &[&[Dimension]]) {
    let year = Year::of(2_026, 2_000);
    splits.iter().for_each(|by| agree(&year, by));
}

#[test]
fn every_measure_agrees_with_the_plain_computation_over_a_year_with_two_changes_of_clocks() {
    agree_over_a_year(&SPLITS[..16]);
}

#[test]
fn so_they_do_by_hours_of_the_day_and_by_two_things_at_once() {
    agree_over_a_year(&SPLITS[16..]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn they_agree_on_any_office(seed in any::<u64>(), split in 0..SPLITS.len()) {
        agree(&Year::of(seed, 300), SPLITS[split]);
    }
}
