//! How a table looks: order, only the first rows, the period before, labels.

use crate::directory::zone;
use crate::office::{FROM, TO, Year};
use crate::{STRETCH, definition, leaves, office, plan, run};
use model::report::{Definition, Dimension, Key, Measure, Sort, Table, Value};
use model::{At, Call, CallId, Direction, Event, EventKind, SiteId};
use reports::{Calendar, Leaf, Marks, Office, Run, Stretch};
use std::sync::Arc;

fn sorted(column: u32, descending: bool) -> Definition {
    let mut definition =
        definition(&[Dimension::Person], &[Measure::Calls, Measure::LongestHold], Vec::new());
    definition.sort = Some(Sort { column, descending });
    definition
}

fn counts(table: &Table) -> Vec<i64> {
    let count = |value: &Value| if let Value::Count(count) = value { *count } else { -1 };
    table.rows.iter().map(|row| count(&row.values[0])).collect()
}

#[test]
fn rows_are_sorted_by_a_figure_and_only_the_first_are_given() {
    let year = Year::of(5, 400);
    let mut definition = sorted(0, true);
    let all = run(&year, &plan(&definition));
    assert!(counts(&all).is_sorted_by(|a, b| a >= b), "most calls first");
    assert_eq!(all.rows_left_off, 0, "all of them");
    definition.top = Some(2);
    let first = run(&year, &plan(&definition));
    assert_eq!(first.rows, all.rows[..2], "the first two");
    assert_eq!(first.rows_left_off as usize, all.rows.len() - 2, "and how many more there are");
    assert_eq!(first.totals, all.totals, "totals are over all");
    assert_eq!(first.averages, all.averages, "averages too");
}

#[test]
fn what_has_no_value_comes_last_whichever_way_it_is_sorted() {
    let year = Year::of(6, 40);
    for descending in [false, true] {
        let table = run(&year, &plan(&sorted(1, descending)));
        let none =
            table.rows.iter().position(|row| row.values[1] == Value::None).expect("somebody without a hold");
        assert!(none > 0, "somebody with one");
        assert!(
            table.rows[none..].iter().all(|row| row.values[1] == Value::None),
            "descending: {descending}"
        );
    }
}

#[test]
fn without_a_sort_rows_stand_by_name_and_time_by_time() {
    let year = Year::of(8, 400);
    let people = run(&year, &plan(&definition(&[Dimension::Person], &[Measure::Calls], Vec::new())));
    let labels: Vec<&str> = people.rows.iter().map(|row| row.label[0].as_str()).collect();
    assert!(labels.is_sorted(), "people by name: {labels:?}");
    let numbers = run(&year, &plan(&definition(&[Dimension::OutsideNumber], &[Measure::Calls], Vec::new())));
    assert_eq!(numbers.rows.last().expect("rows").label, ["No number"], "nothing of the kind comes last");
    let months = run(&year, &plan(&definition(&[Dimension::Month], &[Measure::Calls], Vec::new())));
    let labels: Vec<&str> = months.rows.iter().map(|row| row.label[0].as_str()).collect();
    assert_eq!((labels.len(), labels[0], labels[11]), (12, "January 2026", "December 2026"), "in order");
}

#[test]
fn the_period_before_stands_beside_rows_of_the_same_key_and_intervals_of_the_same_place() {
    let year = Year::of(9, 2_000);
    let calendar = Calendar::new(zone());
    let month = |from: &str, to: &str| {
        let at = |text: &str| {
            let zoned = text.parse::<jiff::civil::Date>().expect("a date").to_zoned(zone()).expect("a day");
            At(zoned.timestamp().as_millisecond())
        };
        Stretch { from: at(from), to: at(to) }
    };
    let (march, february) = (month("2026-03-01", "2026-04-01"), month("2026-02-01", "2026-03-01"));
    assert_eq!(calendar.words(march), "1 to 31 March 2026", "the time in words");
    for by in [Dimension::Person, Dimension::Day, Dimension::HourOfDay] {
        let plan = plan(&definition(&[by], &[Measure::Calls, Measure::AverageTalk], Vec::new()));
        let run = |stretch| {
            let mut run = Run::new(&plan, &office(), stretch);
            for leaf in leaves(&year, plan.columns()) {
                run.take(&leaf, &Marks::default()).expect("all columns");
            }
            run
        };
        let before = run(february).finish(usize::MAX);
        let table = run(march).finish_beside(run(february), usize::MAX);
        assert_eq!(table.totals_before, before.totals, "totals by {by:?}");
        for (place, row) in table.rows.iter().enumerate() {
            let same = match by {
                Dimension::Day => before.rows.get(place),
                _ => before.rows.iter().find(|other| other.key == row.key),
            };
            let wanted = match (same, by) {
                (Some(same), _) => same.values.clone(),
                (None, Dimension::Day) => vec![Value::None, Value::None],
                (None, _) => vec![Value::Count(0), Value::None],
            };
            assert_eq!(row.before, wanted, "{:?} by {by:?}", row.label);
        }
    }
}

#[test]
fn a_time_without_calls_has_its_intervals_and_no_means() {
    let plan = plan(&definition(
        &[Dimension::DayOfWeek],
        &[Measure::Calls, Measure::AverageTalk, Measure::AnswerRate, Measure::PeakCalls],
        Vec::new(),
    ));
    let table = Run::new(&plan, &office(), STRETCH).finish(usize::MAX);
    assert_eq!(table.rows.len(), 7, "every day of the week");
    let nothing = [Value::Count(0), Value::None, Value::None, Value::Count(0)];
    assert!(table.rows.iter().all(|row| row.values == nothing), "a mean of nothing is none, never 0");
    assert_eq!(table.rows[0].key, [Key::DayOfWeek { day: 1 }], "Monday first");
}

#[test]
fn a_run_does_not_go_on_without_its_columns() {
    let year = Year::of(10, 30);
    let plan = plan(&definition(&[Dimension::Person], &[Measure::TalkTime], Vec::new()));
    let mut run = Run::new(&plan, &office(), STRETCH);
    let leaves = leaves(&year, reports::ColumnSet::of(&[reports::Column::Start]));
    assert_eq!(
        run.take(&leaves[5], &Marks::default()),
        Err(reports::Unread),
        "a figure is never silently wrong"
    );
}

/// Two sites with rates in two currencies.
struct TwoCurrencies;

impl reports::Book for TwoCurrencies {
    fn holder(&self, _: i64, _: &str, _: At) -> reports::Held {
        reports::Held { by: None, until: None }
    }
    fn person(&self, id: i64) -> String {
        id.to_string()
    }
    fn extension(&self, _: i64, number: &str) -> String {
        number.to_owned()
    }
    fn group(&self, group: &model::report::GroupRef) -> String {
        group.number.clone()
    }
    fn site(&self, site: i64) -> String {
        site.to_string()
    }
    fn trunk(&self, line: &str) -> String {
        line.to_owned()
    }
    fn tariff(&self, site: i64, _: &str, _: &str) -> Option<Arc<dyn reports::Tariff>> {
        Some(Arc::new(Fixed(if site == 1 { "EUR" } else { "CHF" })))
    }
}

struct Fixed(&'static str);

impl reports::Tariff for Fixed {
    fn cost(&self, _: At, seconds: u32) -> Option<i64> {
        Some(i64::from(seconds) * 1_000)
    }
    fn currency(&self) -> &str {
        self.0
    }
}

#[test]
fn amounts_of_two_currencies_are_told_beside_each_other() {
    let call = |id, site, seconds: i64| Call {
        id: CallId(id),
        site: SiteId(site),
        direction: Direction::Outbound,
        started_at: FROM.plus_ms(id),
        ended_at: Some(FROM.plus_ms(id + seconds * 1_000 - 1)),
        external_number: Some("0123".into()),
        events: vec![Event {
            kind: EventKind::Talking,
            started_at: FROM.plus_ms(id),
            ended_at: Some(FROM.plus_ms(id + seconds * 1_000 - 1)),
            ..Event::default()
        }],
        ..Call::default()
    };
    let leaf = Leaf::of(Leaf::day_of(FROM), &[call(1, 1, 10), call(2, 2, 20)], &[]);
    let measures = [Measure::Cost, Measure::CostedCalls];
    let plan = plan(&definition(&[Dimension::Site], &measures, Vec::new()));
    let office = Arc::new(Office {
        zone: zone(),
        hours: model::report::OfficeHours::default(),
        now: TO,
        book: Box::new(TwoCurrencies),
    });
    let mut run = Run::new(&plan, &office, STRETCH);
    run.take(&leaf, &Marks::default()).expect("all columns");
    let table = run.finish(usize::MAX);
    let money = |amount, currency: &str| Value::Money { amount, currency: currency.into() };
    let costs: Vec<&Value> = table.rows.iter().map(|row| &row.values[0]).collect();
    assert_eq!(costs, [&money(10_000, "EUR"), &money(20_000, "CHF")], "a second that has begun is charged");
    assert_eq!(table.totals, [Value::Text("2.00 CHF, 1.00 EUR".into()), Value::Count(2)], "never added up");
    assert_eq!(table.averages[0], Value::None, "nor averaged");
}
