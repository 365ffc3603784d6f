//! Intervals side by side: columns, layers on each other, lines.

use super::LETTERS;
use super::axis::{Frame, categories, legend, levels, levels_width};
use super::scale::{Scale, value_words};
use super::shape::{Anchor, Ink, Ruler, Shape, Weight, words};
use crate::pivot::Pivot;
use model::report::ChartKind;

const HEIGHT: f32 = 132.0;
/// Of a category's room, how much its columns take.
const FILLED: f32 = 0.72;
/// A column for a few intervals is not a wall.
const WIDEST: f32 = 34.0;

pub(crate) fn shapes(pivot: &Pivot, width: f32, ruler: &dyn Ruler) -> (f32, Vec<Shape>) {
    let mut shapes = Vec::new();
    let top = legend(pivot, width, ruler, &mut shapes) + 6.0;
    let scale = Scale::up_to(pivot.top(), pivot.unit, 5).in_language(pivot.language);
    let left = levels_width(&scale, ruler) + 6.0;
    let frame = Frame { left, right: width, top, bottom: top + HEIGHT };
    levels(&scale, frame, &mut shapes);
    match pivot.kind {
        ChartKind::Bar | ChartKind::Heat => columns(pivot, &scale, frame, ruler, &mut shapes),
        ChartKind::Stacked => layers(pivot, &scale, frame, &mut shapes),
        ChartKind::Line => lines(pivot, &scale, frame, &mut shapes),
    }
    let baseline = frame.bottom + LETTERS + 5.0;
    categories(&pivot.categories, frame, baseline, ruler, &mut shapes);
    (baseline + 4.0, shapes)
}

fn columns(pivot: &Pivot, scale: &Scale, frame: Frame, ruler: &dyn Ruler, shapes: &mut Vec<Shape>) {
    let slot = frame.width() / pivot.categories.len() as f32;
    let count = pivot.series.len() as f32;
    let wide = (slot * FILLED / count).min(WIDEST);
    for (at, series) in pivot.series.iter().enumerate() {
        for (category, value) in series.values.iter().enumerate() {
            let Some(value) = *value else { continue };
            let middle = frame.left + (category as f32 + 0.5) * slot;
            let x = middle + (at as f32 - count / 2.0) * wide;
            let height = scale.part(value) * frame.height();
            let y = frame.bottom - height;
            shapes.push(Shape::Area { x, y, width: wide * 0.94, height, ink: Ink::Series(at) });
            let label = value_words(value, pivot.unit, pivot.language);
            let fits = ruler.width(&label, LETTERS, Weight::Regular) + 3.0 < slot;
            if pivot.series.len() == 1 && pivot.categories.len() <= 24 && fits && value > 0.0 {
                shapes.push(words(middle, y - 2.5, LETTERS - 0.5, Anchor::Middle, Ink::Text, label));
            }
        }
    }
}

fn layers(pivot: &Pivot, scale: &Scale, frame: Frame, shapes: &mut Vec<Shape>) {
    let slot = frame.width() / pivot.categories.len() as f32;
    let wide = (slot * FILLED).min(WIDEST);
    for category in 0..pivot.categories.len() {
        let mut below = 0.0;
        for (at, series) in pivot.series.iter().enumerate() {
            let Some(value) = series.values[category] else { continue };
            let (from, to) = (scale.part(below), scale.part(below + value));
            below += value;
            let x = frame.left + (category as f32 + 0.5) * slot - wide / 2.0;
            let y = frame.bottom - to * frame.height();
            let height = (to - from) * frame.height();
            shapes.push(Shape::Area { x, y, width: wide, height, ink: Ink::Series(at) });
        }
    }
}

fn lines(pivot: &Pivot, scale: &Scale, frame: Frame, shapes: &mut Vec<Shape>) {
    let slot = frame.width() / pivot.categories.len() as f32;
    for (at, series) in pivot.series.iter().enumerate() {
        let ink = Ink::Series(at);
        let mut points: Vec<(f32, f32)> = Vec::new();
        // One more than there are, so that the last stretch is drawn too.
        for category in 0..=series.values.len() {
            match series.values.get(category).copied().flatten() {
                Some(value) => {
                    let x = frame.left + (category as f32 + 0.5) * slot;
                    points.push((x, frame.bottom - scale.part(value) * frame.height()));
                }
                None => stretch(std::mem::take(&mut points), ink, shapes),
            }
        }
    }
}

/// A line from gap to gap; a value between two gaps is a point.
fn stretch(points: Vec<(f32, f32)>, ink: Ink, shapes: &mut Vec<Shape>) {
    match points[..] {
        [] => {}
        [(x, y)] => shapes.push(Shape::Area { x: x - 1.5, y: y - 1.5, width: 3.0, height: 3.0, ink }),
        [_, _, ..] => shapes.push(Shape::Line { points, width: 1.3, ink }),
    }
}
