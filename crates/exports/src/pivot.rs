//! Figures laid out for drawing: series over categories, from rows that a definition's chart draws.

use model::report::{Chart, ChartKind, Column, Key, Measure, Row, Unit, Value};
use std::collections::{HashMap, HashSet};
use words::Language;

/// Bars of names beyond this cannot be told apart on a page.
pub(crate) const MOST_NAMES: usize = 30;
/// Lines and layers beyond this cannot be told apart by colour.
pub(crate) const MOST_SERIES: usize = 6;

/// How categories follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Along {
    /// One after the other: intervals.
    Time,
    Names,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Series {
    pub(crate) name: String,
    /// Where it comes from among the columns.
    pub(crate) column: usize,
    /// One for each category; lengths in milliseconds, money in whole units.
    pub(crate) values: Vec<Option<f64>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pivot {
    pub(crate) kind: ChartKind,
    pub(crate) unit: Unit,
    pub(crate) along: Along,
    /// What the categories are: "Day".
    pub(crate) by: String,
    pub(crate) categories: Vec<String>,
    /// For a heat map one for each line, from the top.
    pub(crate) series: Vec<Series>,
    /// What is drawn: the measure's name, or several joined.
    pub(crate) of: String,
    /// Categories (or series) that there are beyond those drawn.
    pub(crate) left_off: usize,
    /// Whether the series are the table's columns, row by row, and not a regrouping of its rows.
    pub(crate) is_plain: bool,
    /// What is drawn is written in it; names are given in it.
    pub(crate) language: Language,
}

impl Pivot {
    /// `None`: there is nothing to draw.
    pub(crate) fn of(
        keys: &[String],
        columns: &[Column],
        rows: &[Row],
        chart: &Chart,
        language: Language,
    ) -> Option<Self> {
        let drawn = drawn_columns(columns, &chart.measures);
        let first = *drawn.first()?;
        if rows.is_empty() || keys.is_empty() {
            return None;
        }
        let given = Given { keys, columns, rows, language };
        let pivot = match (chart.kind, keys.len()) {
            (kind, 2) => regrouped(kind, given, first),
            // Without a second thing across there are no fields to shade.
            (ChartKind::Heat, _) => plain(ChartKind::Bar, given, &[first]),
            (kind @ (ChartKind::Bar | ChartKind::Stacked | ChartKind::Line), _) => plain(kind, given, &drawn),
        };
        let something = pivot.series.iter().any(|series| series.values.iter().any(Option::is_some));
        something.then_some(pivot)
    }

    /// The largest of what is drawn; of layers, their sum.
    pub(crate) fn top(&self) -> f64 {
        let at = |category: usize| self.series.iter().filter_map(move |series| series.values[category]);
        let each = 0..self.categories.len();
        match self.kind {
            ChartKind::Stacked => each.map(|category| at(category).sum::<f64>()).fold(0.0, f64::max),
            ChartKind::Bar | ChartKind::Line | ChartKind::Heat => each.flat_map(at).fold(0.0, f64::max),
        }
    }
}

/// What a value is worth on an axis.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Count(count) => Some(*count as f64),
        Value::Length(ms) => Some(*ms as f64),
        Value::Share(number) | Value::Number(number) => number.is_finite().then_some(*number),
        Value::Money { amount, .. } => Some(*amount as f64 / crate::cell::MONEY_PARTS),
        Value::None | Value::At(_) | Value::Text(_) => None,
    }
}

/// Those that can stand on one axis: of the unit of the first.
fn drawn_columns(columns: &[Column], measures: &[Measure]) -> Vec<usize> {
    let place = |measure: &Measure| columns.iter().position(|column| column.measure == Some(*measure));
    let mut drawn: Vec<usize> = measures.iter().filter_map(place).collect();
    if let Some(first) = drawn.first().copied() {
        drawn.retain(|at| columns[*at].unit == columns[first].unit);
    }
    drawn.retain(|at| !matches!(columns[*at].unit, Unit::At | Unit::Text));
    drawn.truncate(MOST_SERIES);
    drawn
}

#[derive(Clone, Copy)]
struct Given<'g> {
    keys: &'g [String],
    columns: &'g [Column],
    rows: &'g [Row],
    language: Language,
}

fn plain(kind: ChartKind, given: Given<'_>, drawn: &[usize]) -> Pivot {
    let Given { keys, columns, rows, language } = given;
    let along = along(rows, 0);
    let taken = match along {
        Along::Time => rows.len(),
        Along::Names => rows.len().min(MOST_NAMES),
    };
    let series = drawn.iter().map(|at| Series {
        name: columns[*at].head.clone(),
        column: *at,
        values: rows[..taken].iter().map(|row| row.values.get(*at).and_then(number)).collect(),
    });
    let heads: Vec<&str> = drawn.iter().map(|at| columns[*at].head.as_str()).collect();
    Pivot {
        kind,
        unit: columns[drawn[0]].unit,
        along,
        by: keys[0].clone(),
        categories: rows[..taken].iter().map(|row| label(row, 0)).collect(),
        series: series.collect(),
        of: joined(&heads, language),
        left_off: rows.len() - taken,
        is_plain: true,
        language,
    }
}

/// The first key makes the series (or the lines of a heat map), the second the categories.
fn regrouped(kind: ChartKind, given: Given<'_>, column: usize) -> Pivot {
    let Given { keys, columns, rows, language } = given;
    let downs = ordered(rows, 0);
    let mut acrosses = ordered(rows, 1);
    let along = along(rows, 1);
    let most = match kind {
        ChartKind::Heat => MOST_NAMES,
        ChartKind::Bar | ChartKind::Stacked | ChartKind::Line => MOST_SERIES,
    };
    let mut left_off = downs.len().saturating_sub(most);
    if along == Along::Names {
        left_off += acrosses.len().saturating_sub(MOST_NAMES);
        acrosses.truncate(MOST_NAMES);
    }
    let mut series: Vec<Series> = downs
        .iter()
        .take(most)
        .map(|(_, name)| Series { name: name.clone(), column, values: vec![None; acrosses.len()] })
        .collect();
    let (down_places, across_places) = (places(&downs), places(&acrosses));
    for row in rows {
        let down = row.key.first().and_then(|key| down_places.get(key));
        let across = row.key.get(1).and_then(|key| across_places.get(key));
        let (Some(down), Some(across)) = (down, across) else { continue };
        if let Some(series) = series.get_mut(*down) {
            series.values[*across] = row.values.get(column).and_then(number);
        }
    }
    Pivot {
        kind,
        unit: columns[column].unit,
        along,
        by: joined(&[&keys[0], &within(&keys[1], language)], language),
        categories: acrosses.into_iter().map(|(_, name)| name).collect(),
        series,
        of: columns[column].head.clone(),
        left_off,
        is_plain: false,
        language,
    }
}

/// Each key once: stretches of time in their order, names as they come.
fn ordered(rows: &[Row], place: usize) -> Vec<(Key, String)> {
    let mut seen = HashSet::new();
    let mut all: Vec<(Key, String)> = Vec::new();
    for row in rows {
        let Some(key) = row.key.get(place) else { continue };
        if seen.insert(key.clone()) {
            all.push((key.clone(), label(row, place)));
        }
    }
    if all.iter().all(|(key, _)| is_time(key)) {
        all.sort_by(|a, b| a.0.cmp(&b.0));
    }
    all
}

fn places(keys: &[(Key, String)]) -> HashMap<Key, usize> {
    keys.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect()
}

fn along(rows: &[Row], place: usize) -> Along {
    let timed = rows.iter().all(|row| row.key.get(place).is_some_and(is_time));
    if timed { Along::Time } else { Along::Names }
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

fn label(row: &Row, place: usize) -> String {
    row.label.get(place).cloned().unwrap_or_default()
}

impl Pivot {
    /// "Calls and Abandoned by day".
    pub(crate) fn title(&self) -> String {
        let by = within(&self.by, self.language);
        self.language.fill("{figures} by {rows}", &[("figures", &self.of), ("rows", &by)])
    }
}

/// A head within a sentence: German nouns stay as they are.
fn within(head: &str, language: Language) -> String {
    match language {
        Language::English => head.to_lowercase(),
        Language::German => head.to_owned(),
    }
}

/// "Inbound, Outbound and Internal".
pub(crate) fn joined(words: &[&str], language: Language) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [some @ .., last] => {
            language.fill("{first} and {last}", &[("first", &some.join(", ")), ("last", last)])
        }
    }
}
