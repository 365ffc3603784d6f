//! What charts have around their figures: the line that says what is drawn, the scale, the categories.

use super::LETTERS;
use super::scale::Scale;
use super::shape::{Anchor, Ink, Ruler, Shape, Weight, fitted, words};
use crate::pivot::Pivot;

/// Between two labels beside each other.
const GAP: f32 = 8.0;
/// Side of the little squares of a legend.
const SQUARE: f32 = 6.0;

/// Where figures stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) top: f32,
    pub(crate) bottom: f32,
}

impl Frame {
    pub(crate) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// What is drawn: in words, and with several series one square and name for each. Gives the height it takes.
pub(crate) fn legend(pivot: &Pivot, width: f32, ruler: &dyn Ruler, shapes: &mut Vec<Shape>) -> f32 {
    let line = LETTERS + 7.0;
    let title = fitted(ruler, &pivot.title(), LETTERS, Weight::Regular, width);
    shapes.push(words(0.0, LETTERS, LETTERS, Anchor::Start, Ink::Mute, title));
    if pivot.series.len() < 2 {
        return line;
    }
    let (mut x, mut baseline) = (0.0, line + LETTERS);
    for (at, series) in pivot.series.iter().enumerate() {
        let name = fitted(ruler, &series.name, LETTERS, Weight::Regular, width / 3.0);
        let taken = SQUARE + 4.0 + ruler.width(&name, LETTERS, Weight::Regular) + 2.0 * GAP;
        if x > 0.0 && x + taken > width {
            x = 0.0;
            baseline += line;
        }
        let ink = Ink::Series(at);
        shapes.push(Shape::Area { x, y: baseline - SQUARE, width: SQUARE, height: SQUARE, ink });
        shapes.push(words(x + SQUARE + 4.0, baseline, LETTERS, Anchor::Start, Ink::Text, name));
        x += taken;
    }
    baseline + 7.0
}

/// Lines across at the steps of the scale, with their labels on the left.
pub(crate) fn levels(scale: &Scale, frame: Frame, shapes: &mut Vec<Shape>) {
    for mark in scale.marks() {
        let y = frame.bottom - scale.part(mark) * frame.height();
        let ink = if mark == 0.0 { Ink::Rule } else { Ink::Hair };
        shapes.push(Shape::Line { points: vec![(frame.left, y), (frame.right, y)], width: 0.5, ink });
        let label = scale.label(mark);
        let baseline = y + LETTERS * 0.36;
        shapes.push(words(frame.left - 5.0, baseline, LETTERS, Anchor::End, Ink::Mute, label));
    }
}

/// How wide the labels of a scale are.
pub(crate) fn levels_width(scale: &Scale, ruler: &dyn Ruler) -> f32 {
    let widths = scale.marks().map(|mark| ruler.width(&scale.label(mark), LETTERS, Weight::Regular));
    widths.fold(0.0, f32::max)
}

/// Names of the categories under the figures: every one, or every second, third…, so that none touches another.
pub(crate) fn categories(
    names: &[String],
    frame: Frame,
    baseline: f32,
    ruler: &dyn Ruler,
    shapes: &mut Vec<Shape>,
) {
    let slot = frame.width() / names.len().max(1) as f32;
    let stride = stride(names, slot, ruler);
    for (at, name) in names.iter().enumerate().step_by(stride) {
        let half = ruler.width(name, LETTERS, Weight::Regular) / 2.0;
        let middle = frame.left + (at as f32 + 0.5) * slot;
        // The outermost stay inside the picture; those between are far enough apart.
        let x = middle.max(half).min((frame.right - half).max(half));
        shapes.push(words(x, baseline, LETTERS, Anchor::Middle, Ink::Mute, name.clone()));
    }
}

fn stride(names: &[String], slot: f32, ruler: &dyn Ruler) -> usize {
    let widest = names.iter().map(|name| ruler.width(name, LETTERS, Weight::Regular)).fold(0.0, f32::max);
    // The outermost labels may be pushed inwards by half their width, hence a little more than their width.
    let needed = (widest * 1.2 + GAP) / slot.max(0.01);
    (needed.ceil() as usize).clamp(1, names.len().max(1))
}
