//! The table of a report as the screen holds it: rows page by page, and the order they are shown in.

use super::look::Rows;
use contract::reports::{Asked, ReportView, RunReport};
use model::report::{Definition, Key, Period, Row, Sort, Table, Unit, Value};
use std::cmp::Ordering;

/// Rows of a summary that are asked for: as many as the desk gives at once.
pub const SUMMARY_ROWS: u32 = 5_000;
/// Rows of details that are asked for at a time: a few screens' worth.
pub const DETAIL_ROWS: u32 = 200;
/// Who scrolls further than this is better served by a filter or a file, and the page's memory stays bounded.
const MOST_ROWS: usize = 20_000;

#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Number of the run that gave it.
    pub run: u64,
    /// What was run.
    pub definition: Definition,
    pub period: Period,
    pub view: ReportView,
    /// Places of the rows in the order they are shown in.
    order: Vec<usize>,
    pub sorted: Sorted,
}

/// What the rows are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorted {
    /// As the desk gave them, which is by what the rows stand for.
    #[default]
    AsGiven,
    ByKey {
        direction: Falling,
    },
    ByColumn {
        column: u32,
        direction: Falling,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Falling {
    /// Largest first.
    Down,
    /// Smallest first.
    Up,
}

impl Falling {
    pub fn turned(self) -> Self {
        match self {
            Falling::Down => Falling::Up,
            Falling::Up => Falling::Down,
        }
    }

    fn of(sort: Sort) -> Self {
        if sort.descending { Falling::Down } else { Falling::Up }
    }
}

impl Sheet {
    /// A first page, in the order that was asked for.
    pub fn of(request: RunReport, view: ReportView) -> Self {
        let RunReport { run, definition, asked: Asked { period, compared: _ }, limit: _, after: _ } = request;
        let order = (0..view.table.rows.len()).collect();
        let sorted = Sorted::of(definition.sort);
        Self { run, definition, period, view, order, sorted }
    }

    /// A further page of details; totals and notes stay those of the first one.
    pub fn append(&mut self, page: ReportView) {
        let known = self.view.table.rows.len();
        self.view.table.rows.extend(page.table.rows);
        self.order.extend(known..self.view.table.rows.len());
        self.view.next = page.next;
    }

    pub fn table(&self) -> &Table {
        &self.view.table
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The row that is shown at a place.
    pub fn row(&self, at: usize) -> Option<&Row> {
        self.view.table.rows.get(self.index(at)?)
    }

    /// Which row of the table is shown at a place.
    pub fn index(&self, at: usize) -> Option<usize> {
        self.order.get(at).copied()
    }

    /// Where a row of the table is shown.
    pub fn place_of(&self, index: usize) -> Option<usize> {
        self.order.iter().position(|of| *of == index)
    }

    /// Where the next page begins; `None` at the end, or when more rows would not be bearable.
    pub fn next(&self) -> Option<&str> {
        self.view.next.as_deref().filter(|_| !self.is_cut_off())
    }

    /// There is more than the list takes.
    pub fn is_cut_off(&self) -> bool {
        self.view.next.is_some() && self.order.len() >= MOST_ROWS
    }

    /// Calls or events of calls, whose rows open the call itself.
    pub fn is_detail(&self) -> bool {
        self.view.table.columns.first().is_some_and(|column| column.field.is_some())
    }

    /// The order that somebody put the rows in by hand; `None` while it is the one that was asked for.
    pub fn by_hand(&self) -> Option<Sorted> {
        (self.sorted != Sorted::of(self.definition.sort)).then_some(self.sorted)
    }

    pub fn is_compared(&self) -> bool {
        self.view.before.is_some()
    }

    /// All rows are here, so that they can be put in order without asking.
    pub fn is_whole(&self) -> bool {
        self.view.next.is_none() && self.view.table.rows_left_off == 0
    }

    /// What a click on a head asks for: largest first, or the other way round when it is so already. Texts and moments
    /// begin with the first.
    pub fn turned(&self, column: Option<u32>) -> Sorted {
        let Some(column) = column else {
            let direction = match self.sorted {
                Sorted::ByKey { direction: Falling::Up } | Sorted::AsGiven => Falling::Down,
                Sorted::ByKey { direction: Falling::Down } | Sorted::ByColumn { .. } => Falling::Up,
            };
            return Sorted::ByKey { direction };
        };
        let direction = match self.sorted {
            Sorted::ByColumn { column: same, direction } if same == column => direction.turned(),
            Sorted::ByColumn { .. } | Sorted::ByKey { .. } | Sorted::AsGiven => self.first_way(column),
        };
        Sorted::ByColumn { column, direction }
    }

    /// Puts the rows that are here in order; equal ones keep theirs.
    pub fn sort(&mut self, by: Sorted) {
        self.sorted = by;
        let rows = &self.view.table.rows;
        self.order = (0..rows.len()).collect();
        match by {
            Sorted::AsGiven => {}
            Sorted::ByKey { direction } => {
                self.order.sort_by(|a, b| turn(compare_keys(&rows[*a], &rows[*b]), direction));
            }
            Sorted::ByColumn { column, direction } => {
                let value = |row: usize| rows[row].values.get(column as usize);
                self.order.sort_by(|a, b| compare_values(value(*a), value(*b), direction));
            }
        }
    }

    fn first_way(&self, column: u32) -> Falling {
        let unit = self.view.table.columns.get(column as usize).map(|column| column.unit);
        match unit {
            Some(Unit::Text | Unit::At) | None => Falling::Up,
            Some(Unit::Count | Unit::Length | Unit::Share | Unit::Number | Unit::Money) => Falling::Down,
        }
    }
}

impl Sorted {
    fn of(sort: Option<Sort>) -> Self {
        sort.map_or(Sorted::AsGiven, |sort| Sorted::ByColumn {
            column: sort.column,
            direction: Falling::of(sort),
        })
    }

    /// As a definition says it; by keys it says nothing.
    pub fn to_sort(self) -> Option<Sort> {
        match self {
            Sorted::AsGiven | Sorted::ByKey { .. } => None,
            Sorted::ByColumn { column, direction } => {
                Some(Sort { column, descending: direction == Falling::Down })
            }
        }
    }
}

/// Height of a row; a figure with the one before under it needs two lines.
pub fn row_px(rows: Rows, is_compared: bool) -> f64 {
    match (is_compared, rows) {
        (true, Rows::Roomy) => 44.0,
        (true, Rows::Compact) => 38.0,
        (false, Rows::Roomy) => 30.0,
        (false, Rows::Compact) => 26.0,
    }
}

/// Stretches of time and days by their order, everything else as a person would look it up.
fn compare_keys(a: &Row, b: &Row) -> Ordering {
    for (at, (left, right)) in a.key.iter().zip(&b.key).enumerate() {
        let order = if is_ordered(left) && is_ordered(right) {
            left.cmp(right)
        } else {
            let text = |row: &Row| row.label.get(at).map(|text| text.to_lowercase());
            text(a).cmp(&text(b))
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

fn is_ordered(key: &Key) -> bool {
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

/// Rows with nothing to tell stand last, whichever way the others are turned.
fn compare_values(a: Option<&Value>, b: Option<&Value>, direction: Falling) -> Ordering {
    let known = |value: Option<&Value>| value.is_some_and(|value| *value != Value::None);
    match (a, b) {
        (Some(a), Some(b)) if known(Some(a)) && known(Some(b)) => turn(compare(a, b), direction),
        (a, b) => known(b).cmp(&known(a)),
    }
}

fn turn(order: Ordering, direction: Falling) -> Ordering {
    match direction {
        Falling::Down => order.reverse(),
        Falling::Up => order,
    }
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.to_lowercase().cmp(&b.to_lowercase()),
        (a, b) => number(a).total_cmp(&number(b)),
    }
}

/// Figures of one column have one unit; as numbers they can be compared and drawn.
#[allow(clippy::cast_precision_loss)]
pub fn number(value: &Value) -> f64 {
    match value {
        Value::None | Value::Text(_) => 0.0,
        Value::Count(count) | Value::Length(count) | Value::At(count) => *count as f64,
        Value::Share(share) | Value::Number(share) => *share,
        Value::Money { amount, currency: _ } => *amount as f64,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::state::report_list::tests::definition;
    use model::report::{Chapter, Column, Measure};

    pub(crate) fn sheet_of(table: Table) -> Sheet {
        let request = RunReport {
            run: 1,
            definition: definition("A report", Chapter::Calls),
            asked: Asked { period: Period::ThisMonth, compared: false },
            limit: SUMMARY_ROWS,
            after: None,
        };
        Sheet::of(request, ReportView { table, ..ReportView::default() })
    }

    pub(crate) fn column(measure: Measure) -> Column {
        Column {
            head: measure.label().into(),
            unit: measure.unit(),
            measure: Some(measure),
            field: None,
            formula: "A formula.".into(),
        }
    }

    pub(crate) fn row(label: &str, values: &[Value]) -> Row {
        Row {
            key: vec![Key::Text { text: label.into() }],
            label: vec![label.into()],
            values: values.to_vec(),
            ..Row::default()
        }
    }

    fn sheet() -> Sheet {
        let table = Table {
            keys: vec!["Person".into()],
            columns: vec![column(Measure::Calls), column(Measure::AverageTalk)],
            rows: vec![
                row("Ben", &[Value::Count(7), Value::None]),
                row("ann", &[Value::Count(12), Value::Length(61_000)]),
                row("Carla", &[Value::Count(9), Value::Length(95_000)]),
            ],
            ..Table::default()
        };
        sheet_of(table)
    }

    fn labels(sheet: &Sheet) -> Vec<&str> {
        (0..sheet.len()).filter_map(|at| sheet.row(at)).map(|row| row.label[0].as_str()).collect()
    }

    #[test]
    fn a_click_sorts_largest_first_and_another_turns_it_round() {
        let mut sheet = sheet();
        sheet.sort(sheet.turned(Some(0)));
        assert_eq!(labels(&sheet), ["ann", "Carla", "Ben"], "most calls first");
        assert_eq!(
            sheet.by_hand().and_then(Sorted::to_sort),
            Some(Sort { column: 0, descending: true }),
            "files follow the screen"
        );
        sheet.sort(sheet.turned(Some(0)));
        assert_eq!(labels(&sheet), ["Ben", "Carla", "ann"], "fewest first");
    }

    #[test]
    fn rows_with_nothing_to_tell_stand_last_both_ways() {
        let mut sheet = sheet();
        sheet.sort(sheet.turned(Some(1)));
        assert_eq!(labels(&sheet), ["Carla", "ann", "Ben"], "longest first");
        sheet.sort(sheet.turned(Some(1)));
        assert_eq!(labels(&sheet), ["ann", "Carla", "Ben"], "nothing known is not the shortest");
    }

    #[test]
    fn names_are_looked_up_in_either_case() {
        let mut sheet = sheet();
        sheet.sort(Sorted::ByKey { direction: Falling::Up });
        assert_eq!(labels(&sheet), ["ann", "Ben", "Carla"], "as in a telephone book");
    }

    #[test]
    fn hours_stand_in_the_order_of_the_day() {
        let mut sheet = sheet();
        for (row, hour) in sheet.view.table.rows.iter_mut().zip([10, 9, 11]) {
            row.key = vec![Key::HourOfDay { hour }];
            row.label = vec![format!("{hour}:00")];
        }
        sheet.sort(Sorted::ByKey { direction: Falling::Up });
        assert_eq!(labels(&sheet), ["9:00", "10:00", "11:00"], "not as texts");
    }

    #[test]
    fn a_further_page_goes_below_the_first() {
        let mut sheet = sheet();
        sheet.view.next = Some("3".into());
        let table = Table { rows: vec![row("Dmitri", &[Value::Count(1)])], ..Table::default() };
        sheet.append(ReportView { table, ..ReportView::default() });
        assert_eq!(sheet.len(), 4, "one row more");
        assert_eq!(sheet.next(), None, "that was the last page");
        assert_eq!(sheet.table().columns.len(), 2, "the head stays that of the first page");
    }

    #[test]
    fn only_a_whole_table_is_put_in_order_here() {
        let mut sheet = sheet();
        assert!(sheet.is_whole(), "nothing was left off");
        sheet.view.table.rows_left_off = 10;
        assert!(!sheet.is_whole(), "the desk knows the others");
    }
}
