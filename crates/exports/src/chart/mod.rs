//! The geometry of a report's chart, and the same in a sentence. Pure: figures in, [`Shape`]s out, in points from the top
//! left corner; whoever draws chooses the colours and tells how wide letters are ([`Ruler`]).
//!
//! Intervals stand side by side as columns or a line; names lie under each other as bars, which leaves them room. Two
//! things to split rows by make one layer, line or group of bars for each value of the first. More than can be told apart
//! on paper is left off, and the sentence says so.

mod axis;
mod bars;
mod heat;
mod says;
mod scale;
mod shape;
mod upright;

pub use shape::{Anchor, Ink, Picture, Ruler, Shape, Weight};

pub(crate) use shape::fitted;

use crate::pivot::{Along, Pivot};
use model::report::{Chart, ChartKind, Column, Row};
use words::Language;

/// Size of the letters in a chart.
pub(crate) const LETTERS: f32 = 7.5;
/// More columns than this are thinner than the gaps between them: they are drawn as a line.
const MOST_COLUMNS: usize = 180;

/// `None`: the rows have nothing that can be drawn.
pub fn picture(
    keys: &[String],
    columns: &[Column],
    rows: &[Row],
    chart: &Chart,
    (width, ruler): (f32, &dyn Ruler),
    language: Language,
) -> Option<Picture> {
    let mut pivot = Pivot::of(keys, columns, rows, chart, language)?;
    pivot.kind = drawn_as(&pivot);
    let says = says::sentence(&pivot);
    let (height, shapes) = match (pivot.kind, pivot.along) {
        (ChartKind::Heat, _) => heat::shapes(&pivot, width, ruler),
        (ChartKind::Bar | ChartKind::Stacked | ChartKind::Line, Along::Time) => {
            upright::shapes(&pivot, width, ruler)
        }
        (ChartKind::Bar | ChartKind::Stacked | ChartKind::Line, Along::Names) => {
            bars::shapes(&pivot, width, ruler)
        }
    };
    Some(Picture { width, height, shapes, says })
}

fn drawn_as(pivot: &Pivot) -> ChartKind {
    match (pivot.kind, pivot.along) {
        (ChartKind::Line, Along::Names) => ChartKind::Bar,
        (ChartKind::Bar, Along::Time) if pivot.categories.len() * pivot.series.len() > MOST_COLUMNS => {
            ChartKind::Line
        }
        (kind, _) => kind,
    }
}
