//! What of a report's table is drawn: places along the axis, series at each of them, and where each came from.

use crate::state::report_sheet::{Sheet, number};
use crate::words::fill;
use model::report::{Chart, ChartKind, Key, Row, Unit, Value};

/// Named things read well as this many bars above each other; the table has the rest.
const MOST_NAMED: usize = 10;
const MOST_NAMED_LOW: usize = 5;
/// Stretches of time stand beside each other: a quarter of days, or two weeks of hours.
const MOST_BARS: usize = 120;
const MOST_POINTS: usize = 800;
/// Colours and patterns that can be told apart.
const MOST_SERIES: usize = 6;
/// Lines of a heat map that fit a window.
const MOST_HEAT_LINES: usize = 24;

#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    pub kind: ChartKind,
    pub lies: Lies,
    pub unit: Unit,
    /// Along the axis, as the table names them.
    pub places: Vec<String>,
    pub series: Vec<Series>,
    /// What is not drawn, in words.
    pub left_out: Option<String>,
}

/// How bars lie: named things above each other, so that names can be read; stretches of time beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    Upright,
    Flat,
}

/// How much room a window leaves for the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    Usual,
    Low,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: String,
    /// One for each place; `None` where the table has nothing to tell.
    pub points: Vec<Option<Point>>,
}

/// A value and where in the table it stands: its row and its column.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub value: Value,
    pub row: usize,
    pub column: usize,
}

impl Point {
    pub fn size(&self) -> f64 {
        number(&self.value).max(0.0)
    }
}

/// `None` when nothing of the table can be drawn.
pub fn plot(sheet: &Sheet, chart: &Chart, height: Height) -> Option<Plot> {
    let table = sheet.table();
    let columns: Vec<usize> = chart
        .measures
        .iter()
        .filter_map(|measure| table.columns.iter().position(|column| column.measure == Some(*measure)))
        .collect();
    let unit = table.columns.get(*columns.first()?)?.unit;
    let columns: Vec<usize> = columns.into_iter().filter(|at| table.columns[*at].unit == unit).collect();
    if table.rows.is_empty() || matches!(unit, Unit::At | Unit::Text) {
        return None;
    }
    match (table.keys.len(), chart.kind) {
        (0, _) | (1, ChartKind::Heat) => None,
        (1, _) => Some(by_column(sheet, (chart.kind, height), &columns, unit)),
        (_, _) => Some(by_pair(sheet, (chart.kind, height), columns[0], unit)),
    }
}

/// The largest that stands above one place: of stacks their sum.
pub fn largest(plot: &Plot) -> f64 {
    let at = |place: usize| {
        let sizes = plot.series.iter().filter_map(|series| series.points[place].as_ref().map(Point::size));
        match plot.kind {
            ChartKind::Stacked => sizes.sum::<f64>(),
            ChartKind::Bar | ChartKind::Line | ChartKind::Heat => sizes.fold(0.0, f64::max),
        }
    };
    (0..plot.places.len()).map(at).fold(0.0, f64::max)
}

/// Each measure is a series over the rows as they are shown.
fn by_column(sheet: &Sheet, drawn: (ChartKind, Height), columns: &[usize], unit: Unit) -> Plot {
    let (kind, height) = drawn;
    let table = sheet.table();
    let lies = lies(table.rows.first(), kind);
    let mut rows: Vec<usize> = match lies {
        // Time runs from left to right, however the table is sorted.
        Lies::Upright => in_order(&table.rows, 0),
        Lies::Flat => (0..sheet.len()).filter_map(|at| sheet.index(at)).collect(),
    };
    let all = rows.len();
    rows.truncate(room(kind, lies, height));
    let series = columns.iter().take(MOST_SERIES).map(|column| Series {
        name: table.columns[*column].head.clone(),
        points: rows.iter().map(|row| point(&table.rows[*row], *row, *column)).collect(),
    });
    Plot {
        kind,
        lies,
        unit,
        places: rows.iter().map(|row| label(&table.rows[*row], 0)).collect(),
        series: series.collect(),
        left_out: (rows.len() < all).then(|| {
            fill(
                "the first {shown} of {all} rows",
                &[("shown", &rows.len().to_string()), ("all", &all.to_string())],
            )
        }),
    }
}

/// The first thing rows are split by runs along the axis, the second is the series. A heat map has the first down.
fn by_pair(sheet: &Sheet, drawn: (ChartKind, Height), column: usize, unit: Unit) -> Plot {
    let (kind, height) = drawn;
    let rows = &sheet.table().rows;
    let lies = lies(rows.first(), kind);
    let mut firsts = distinct(rows, 0, column);
    let mut seconds = distinct(rows, 1, column);
    if kind == ChartKind::Heat {
        std::mem::swap(&mut firsts, &mut seconds);
    }
    let (along, other) = if kind == ChartKind::Heat { (1, 0) } else { (0, 1) };
    let (places, names) = (firsts.len(), seconds.len());
    firsts.truncate(room(kind, lies, height));
    seconds.truncate(if kind == ChartKind::Heat { MOST_HEAT_LINES } else { MOST_SERIES });
    let mut series: Vec<Series> = seconds
        .iter()
        .map(|(_, name)| Series { name: name.clone(), points: vec![None; firsts.len()] })
        .collect();
    for (index, row) in rows.iter().enumerate() {
        let place = firsts.iter().position(|(key, _)| row.key.get(along) == Some(key));
        let of = seconds.iter().position(|(key, _)| row.key.get(other) == Some(key));
        if let Some((place, of)) = place.zip(of) {
            series[of].points[place] = point(row, index, column);
        }
    }
    let mut left_out = Vec::new();
    if firsts.len() < places {
        left_out.push(fill(
            "the first {shown} of {all}",
            &[("shown", &firsts.len().to_string()), ("all", &places.to_string())],
        ));
    }
    if seconds.len() < names {
        let (shown, all) = (seconds.len().to_string(), names.to_string());
        let given = [("shown", shown.as_str()), ("all", &all)];
        left_out.push(if kind == ChartKind::Heat {
            fill("{shown} of {all} by their lines", &given)
        } else {
            fill("{shown} of {all} by their colours", &given)
        });
    }
    Plot {
        kind,
        lies,
        unit,
        places: firsts.into_iter().map(|(_, name)| name).collect(),
        series,
        left_out: (!left_out.is_empty()).then(|| left_out.join(", ")),
    }
}

fn room(kind: ChartKind, lies: Lies, height: Height) -> usize {
    match (kind, lies) {
        (ChartKind::Line, _) => MOST_POINTS,
        (ChartKind::Bar | ChartKind::Stacked, Lies::Flat) if height == Height::Low => MOST_NAMED_LOW,
        (ChartKind::Bar | ChartKind::Stacked, Lies::Flat) => MOST_NAMED,
        (ChartKind::Bar | ChartKind::Stacked, Lies::Upright) | (ChartKind::Heat, _) => MOST_BARS,
    }
}

fn lies(first: Option<&Row>, kind: ChartKind) -> Lies {
    let is_time = first.and_then(|row| row.key.first()).is_some_and(is_time);
    match kind {
        ChartKind::Line | ChartKind::Heat => Lies::Upright,
        ChartKind::Bar | ChartKind::Stacked if is_time => Lies::Upright,
        ChartKind::Bar | ChartKind::Stacked => Lies::Flat,
    }
}

fn is_time(key: &Key) -> bool {
    match key {
        Key::Span { .. } | Key::HourOfDay { .. } | Key::DayOfWeek { .. } => true,
        Key::None
        | Key::Who { .. }
        | Key::Group { .. }
        | Key::Text { .. }
        | Key::Direction { .. }
        | Key::Site { .. }
        | Key::Event { .. } => false,
    }
}

/// Rows by what they stand for.
fn in_order(rows: &[Row], at: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| rows[*a].key.get(at).cmp(&rows[*b].key.get(at)));
    order
}

/// What rows are split by at a place: stretches of time in their order, anything else the largest first.
fn distinct(rows: &[Row], at: usize, column: usize) -> Vec<(Key, String)> {
    let mut found: Vec<(Key, String, f64)> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for row in rows {
        let Some(key) = row.key.get(at) else { continue };
        let size = row.values.get(column).map_or(0.0, number);
        let place = *places.entry(key.clone()).or_insert_with(|| {
            found.push((key.clone(), label(row, at), 0.0));
            found.len() - 1
        });
        found[place].2 += size;
    }
    if found.first().is_some_and(|(key, _, _)| is_time(key)) {
        found.sort_by(|a, b| a.0.cmp(&b.0));
    } else {
        found.sort_by(|a, b| b.2.total_cmp(&a.2));
    }
    found.into_iter().map(|(key, name, _)| (key, name)).collect()
}

fn point(row: &Row, index: usize, column: usize) -> Option<Point> {
    let value = row.values.get(column).filter(|value| **value != Value::None)?;
    Some(Point { value: value.clone(), row: index, column })
}

fn label(row: &Row, at: usize) -> String {
    row.label.get(at).cloned().unwrap_or_default()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::state::report_sheet::tests::{column, row, sheet_of};
    use model::report::{Measure, Table};

    pub(crate) fn sheet(rows: Vec<Row>, keys: usize) -> Sheet {
        let table = Table {
            keys: vec!["Split by".into(); keys],
            columns: vec![column(Measure::Calls), column(Measure::Answered), column(Measure::TalkTime)],
            rows,
            ..Table::default()
        };
        sheet_of(table)
    }

    pub(crate) fn chart(kind: ChartKind, measures: &[Measure]) -> Chart {
        Chart { kind, measures: measures.to_vec() }
    }

    pub(crate) fn hour(hour: u8, calls: i64, answered: i64) -> Row {
        let values = [Value::Count(calls), Value::Count(answered), Value::Length(calls * 1_000)];
        Row { key: vec![Key::HourOfDay { hour }], ..row(&format!("{hour}:00"), &values) }
    }

    fn day_hour(day: u8, hour: u8, calls: i64) -> Row {
        Row {
            key: vec![Key::DayOfWeek { day }, Key::HourOfDay { hour }],
            label: vec![format!("day {day}"), format!("{hour}:00")],
            values: vec![Value::Count(calls), Value::None, Value::None],
            ..Row::default()
        }
    }

    #[test]
    fn time_runs_from_left_to_right_however_the_table_is_sorted() {
        let sheet = sheet(vec![hour(11, 3, 3), hour(9, 7, 6), hour(10, 5, 5)], 1);
        let plot =
            plot(&sheet, &chart(ChartKind::Bar, &[Measure::Calls]), Height::Usual).expect("three hours");
        assert_eq!(plot.places, ["9:00", "10:00", "11:00"], "in the order of the day");
        assert_eq!(plot.lies, Lies::Upright, "beside each other");
        let first = plot.series[0].points[0].as_ref().expect("nine o'clock has calls");
        assert_eq!((first.row, first.column), (1, 0), "it leads back to its figure");
    }

    #[test]
    fn one_axis_has_one_unit() {
        let sheet = sheet(vec![hour(9, 7, 6)], 1);
        let measures = [Measure::Calls, Measure::TalkTime, Measure::Answered];
        let plot = plot(&sheet, &chart(ChartKind::Bar, &measures), Height::Usual).expect("one hour");
        let names: Vec<_> = plot.series.iter().map(|series| series.name.as_str()).collect();
        assert_eq!(names, ["Calls", "Answered"], "a length does not stand on an axis of counts");
    }

    #[test]
    fn names_lie_flat_and_the_rest_is_said() {
        let rows = (0..40).map(|at| row(&format!("Person {at}"), &[Value::Count(at)])).collect();
        let plot = plot(&sheet(rows, 1), &chart(ChartKind::Bar, &[Measure::Calls]), Height::Usual)
            .expect("forty people");
        assert_eq!(plot.lies, Lies::Flat, "so that names can be read");
        assert_eq!(plot.left_out.as_deref(), Some("the first 10 of 40 rows"), "not silently");
    }

    #[test]
    fn a_heat_map_has_days_down_and_hours_across() {
        let rows = vec![day_hour(2, 9, 4), day_hour(1, 10, 6), day_hour(1, 9, 5)];
        let plot = plot(&sheet(rows, 2), &chart(ChartKind::Heat, &[Measure::Calls]), Height::Usual)
            .expect("two days");
        assert_eq!(plot.places, ["9:00", "10:00"], "across");
        let names: Vec<_> = plot.series.iter().map(|series| series.name.as_str()).collect();
        assert_eq!(names, ["day 1", "day 2"], "down, Monday first");
        assert_eq!(plot.series[1].points[1], None, "nothing is drawn where nothing was");
    }

    #[test]
    fn stacks_are_as_high_as_all_of_them() {
        let sheet = sheet(vec![hour(9, 7, 6)], 1);
        let measures = [Measure::Calls, Measure::Answered];
        let stacked = plot(&sheet, &chart(ChartKind::Stacked, &measures), Height::Usual).expect("one hour");
        assert!((largest(&stacked) - 13.0).abs() < 0.1, "seven and six");
        let beside = plot(&sheet, &chart(ChartKind::Bar, &measures), Height::Usual).expect("one hour");
        assert!((largest(&beside) - 7.0).abs() < 0.1, "the larger of both");
    }

    #[test]
    fn a_table_without_rows_draws_nothing() {
        assert_eq!(
            plot(&sheet(Vec::new(), 1), &chart(ChartKind::Bar, &[Measure::Calls]), Height::Usual),
            None,
            "no rows"
        );
        let gone = chart(ChartKind::Bar, &[Measure::Voicemail]);
        assert_eq!(
            plot(&sheet(vec![hour(9, 1, 1)], 1), &gone, Height::Usual),
            None,
            "the figure is not in the table"
        );
    }
}
