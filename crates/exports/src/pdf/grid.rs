//! Columns of the table: what stands in each cell, how wide each column is, whether the paper lies upright or across.

use super::face::Faces;
use super::sheet::Lie;
use crate::cell::shown;
use crate::change::Change;
use crate::chart::{Ruler, Weight};
use crate::paper::Paper;
use model::report::{Table, Unit, Value};

/// Between two columns.
pub(super) const GAP: f32 = 11.0;
/// Texts are wrapped beyond this, however much room there is.
const TEXT_WIDEST: f32 = 190.0;
/// Texts are not squeezed below this before the paper is turned or the letters get smaller.
const TEXT_COMFORTABLE: f32 = 88.0;
const TEXT_NARROWEST: f32 = 46.0;
/// Of the letters, from what reads best to what is just read.
const SIZES: [(Lie, f32); 3] = [(Lie::Upright, 8.5), (Lie::Across, 8.5), (Lie::Across, 7.0)];
/// Figures further apart than this are not seen as one row.
const MOST_STRETCHED: f32 = 2.3;
/// Rows by which widths are measured; more would only take longer.
const MEASURED: usize = 3_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

#[derive(Clone, Debug)]
pub(super) struct Col {
    pub(super) head: String,
    pub(super) side: Side,
    pub(super) width: f32,
    narrowest: f32,
    /// Texts can be wrapped; figures and instants cannot.
    wraps: bool,
}

/// What stands in a cell, and under it, smaller, what was before.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filled {
    pub(super) main: String,
    pub(super) sub: Option<String>,
}

pub(super) struct Grid {
    lie: Lie,
    size: f32,
    cols: Vec<Col>,
    left_off: Vec<String>,
}

impl Grid {
    pub(super) fn laid(paper: &Paper, table: &Table, faces: &Faces) -> Self {
        for (lie, size) in SIZES {
            let cols = columns(paper, table, faces, size);
            let comfortable: f32 = cols.iter().map(|col| wanted(col, TEXT_COMFORTABLE)).sum();
            if comfortable + gaps(cols.len()) <= lie.room_across() {
                return Self { lie, size, cols: spread(cols, lie.room_across()), left_off: Vec::new() };
            }
        }
        let (lie, size) = (Lie::Across, 7.0);
        let mut cols = columns(paper, table, faces, size);
        let mut left_off = Vec::new();
        let narrow = |cols: &[Col]| cols.iter().map(|col| col.narrowest).sum::<f32>() + gaps(cols.len());
        while cols.len() > 1 && narrow(&cols) > lie.room_across() {
            left_off.extend(cols.pop().map(|col| col.head));
        }
        left_off.reverse();
        Self { lie, size, cols: spread(cols, lie.room_across()), left_off }
    }

    pub(super) fn lie(&self) -> Lie {
        self.lie
    }

    pub(super) fn size(&self) -> f32 {
        self.size
    }

    pub(super) fn cols(&self) -> &[Col] {
        &self.cols
    }

    pub(super) fn width(&self) -> f32 {
        self.cols.iter().map(|col| col.width).sum::<f32>() + gaps(self.cols.len())
    }

    /// Heads of the columns without room.
    pub(super) fn left_off(&self) -> &[String] {
        &self.left_off
    }
}

/// Cells of a row, of the totals or the averages, in the order of the columns.
pub(super) fn cells(paper: &Paper, labels: &[String], values: &[Value], before: &[Value]) -> Vec<Filled> {
    let labels = (0..paper.keys.len())
        .map(|at| Filled { main: labels.get(at).cloned().unwrap_or_default(), sub: None });
    let values = values.iter().enumerate().map(|(at, value)| {
        let was = before.get(at).filter(|was| paper.is_compared() && **was != Value::None);
        let sub = was.map(|was| {
            let change =
                Change::between(was, value).map(|change| format!("  {}", change.words(paper.language)));
            format!("{}{}", shown(was, &paper.zone, paper.language), change.unwrap_or_default())
        });
        Filled { main: shown(value, &paper.zone, paper.language), sub }
    });
    labels.chain(values).collect()
}

/// What was before is written smaller.
pub(super) fn sub_size(size: f32) -> f32 {
    size - 1.5
}

fn columns(paper: &Paper, table: &Table, faces: &Faces, size: f32) -> Vec<Col> {
    let texts = paper.keys.iter().map(|key| (key.clone(), Unit::Text));
    let figures = paper.columns.iter().map(|column| (column.head.clone(), column.unit));
    let mut cols: Vec<Col> = texts.chain(figures).map(|(head, unit)| empty(head, unit)).collect();
    for col in &mut cols {
        // Heads are wrapped between words.
        let words = col.head.split(' ').map(|word| faces.width(word, size, Weight::Bold));
        col.width = words.fold(18.0, f32::max);
    }
    let rows = table.rows.iter().take(MEASURED).map(|row| cells(paper, &row.label, &row.values, &row.before));
    let before: &[Value] = &table.totals_before;
    let total = cells(paper, &[paper.language.say("Total").to_owned()], &table.totals, before);
    let average = cells(paper, &[paper.language.say("Average").to_owned()], &table.averages, &[]);
    for filled in rows.chain([total, average]) {
        for (col, cell) in cols.iter_mut().zip(&filled) {
            let main = faces.width(&cell.main, size, Weight::Bold);
            let sub =
                cell.sub.as_deref().map_or(0.0, |sub| faces.width(sub, sub_size(size), Weight::Regular));
            col.width = col.width.max(main).max(sub);
        }
    }
    for col in &mut cols {
        if col.wraps {
            col.width = col.width.min(TEXT_WIDEST);
            col.narrowest = col.width.min(TEXT_NARROWEST);
        } else {
            col.narrowest = col.width;
        }
    }
    cols
}

fn empty(head: String, unit: Unit) -> Col {
    Col { head, side: side(unit), width: 0.0, narrowest: 0.0, wraps: unit == Unit::Text }
}

fn side(unit: Unit) -> Side {
    match unit {
        Unit::Count | Unit::Length | Unit::Share | Unit::Number | Unit::Money => Side::Right,
        Unit::At | Unit::Text => Side::Left,
    }
}

fn wanted(col: &Col, at_most: f32) -> f32 {
    if col.wraps { col.width.min(at_most) } else { col.width }
}

fn gaps(columns: usize) -> f32 {
    GAP * columns.saturating_sub(1) as f32
}

/// Fills the room: the widest texts give way first; what is over goes to all in proportion.
fn spread(mut cols: Vec<Col>, room: f32) -> Vec<Col> {
    let room = room - gaps(cols.len());
    let total: f32 = cols.iter().map(|col| col.width).sum();
    if total > room {
        let widest = level(&cols, room);
        for col in &mut cols {
            col.width = col.width.min(widest).max(col.narrowest);
        }
    } else if total > 0.0 {
        let part = (room / total).min(MOST_STRETCHED);
        for col in &mut cols {
            col.width *= part;
        }
    }
    cols
}

/// To how much the widest texts have to be cut so that all fit; those that are narrower keep their width.
fn level(cols: &[Col], room: f32) -> f32 {
    let (mut low, mut high) = (0.0, TEXT_WIDEST);
    // Halving this often is far finer than a point.
    for _ in 0..20 {
        let middle = (low + high) / 2.0;
        let taken: f32 = cols.iter().map(|col| col.width.min(middle).max(col.narrowest)).sum();
        if taken > room { high = middle } else { low = middle }
    }
    low
}
