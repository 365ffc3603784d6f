//! Names under each other: bars from the left, side by side or joined, with their value at the end.

use super::LETTERS;
use super::axis::legend;
use super::scale::{Scale, value_words};
use super::shape::{Anchor, Ink, Ruler, Shape, Weight, fitted, words};
use crate::pivot::Pivot;
use model::report::ChartKind;

/// Of the whole width, the most that names take.
const NAMES: f32 = 0.32;
/// Thickness of a bar, alone and beside others.
const ALONE: f32 = 8.0;
const AMONG: f32 = 5.0;
/// Between two names.
const APART: f32 = 5.5;

pub(crate) fn shapes(pivot: &Pivot, width: f32, ruler: &dyn Ruler) -> (f32, Vec<Shape>) {
    let mut shapes = Vec::new();
    let mut y = legend(pivot, width, ruler, &mut shapes) + 4.0;
    let joined = pivot.kind == ChartKind::Stacked;
    let series = pivot.series.len();
    let thick = if joined || series == 1 { ALONE } else { AMONG };
    let tall = if joined { thick } else { thick * series as f32 };

    let widest = |texts: &mut dyn Iterator<Item = String>| {
        texts.map(|text| ruler.width(&text, LETTERS, Weight::Regular)).fold(0.0, f32::max)
    };
    let left = widest(&mut pivot.categories.iter().cloned()).min(width * NAMES) + 6.0;
    let values = (0..pivot.categories.len()).flat_map(|at| ends(pivot, at)).map(|(_, value)| value);
    let right = width - widest(&mut values.map(|value| value_words(value, pivot.unit, pivot.language))) - 5.0;
    // Bars end at the largest value: each has its own in figures, so there is no scale to read.
    let scale = Scale::up_to(pivot.top(), pivot.unit, 5).in_language(pivot.language);
    let full = if pivot.top() > 0.0 { pivot.top() } else { scale.top };
    let length = |value: f64| ((value / full).clamp(0.0, 1.0) as f32) * (right - left).max(1.0);

    let first = y;
    for (category, name) in pivot.categories.iter().enumerate() {
        let name = fitted(ruler, name, LETTERS, Weight::Regular, left - 6.0);
        let middle = y + tall / 2.0 + LETTERS * 0.36;
        shapes.push(words(left - 6.0, middle, LETTERS, Anchor::End, Ink::Text, name));
        let mut x = left;
        for (at, one) in pivot.series.iter().enumerate() {
            let Some(value) = one.values[category] else { continue };
            let wide = length(value);
            let top = if joined { y } else { y + thick * at as f32 };
            let height = if joined || series == 1 { thick } else { thick * 0.9 };
            shapes.push(Shape::Area { x, y: top, width: wide, height, ink: Ink::Series(at) });
            if joined {
                x += wide;
            }
        }
        for (at, value) in ends(pivot, category) {
            let beside = if joined { 0.0 } else { thick * at as f32 };
            let height = if joined || series == 1 { tall } else { thick };
            let size = if joined || series == 1 { LETTERS } else { AMONG + 1.0 };
            let baseline = y + beside + height / 2.0 + size * 0.36;
            let text = value_words(value, pivot.unit, pivot.language);
            shapes.push(words(left + length(value) + 4.0, baseline, size, Anchor::Start, Ink::Mute, text));
        }
        y += tall + APART;
    }
    let bottom = y - APART + 2.0;
    let points = vec![(left, first - 2.0), (left, bottom)];
    shapes.push(Shape::Line { points, width: 0.5, ink: Ink::Rule });
    (bottom + 2.0, shapes)
}

/// Where bars of a category end, with what is written there: joined ones have their sum.
fn ends(pivot: &Pivot, category: usize) -> Vec<(usize, f64)> {
    let values = pivot.series.iter().map(|series| series.values[category]).enumerate();
    let known: Vec<(usize, f64)> = values.filter_map(|(at, value)| Some((at, value?))).collect();
    match pivot.kind {
        ChartKind::Stacked if known.is_empty() => Vec::new(),
        ChartKind::Stacked => vec![(0, known.iter().map(|(_, value)| value).sum())],
        ChartKind::Bar | ChartKind::Line | ChartKind::Heat => known,
    }
}
