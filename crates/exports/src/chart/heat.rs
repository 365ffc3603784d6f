//! A heat map: the first key down, the second across, the figure as the shade of each field and, where there is room, as
//! a number in it.

use super::LETTERS;
use super::axis::{Frame, categories};
use super::scale::value_words;
use super::shape::{Anchor, Ink, Ruler, Shape, Weight, fitted, words};
use crate::pivot::Pivot;

const TALL: f32 = 17.0;
/// Shades in the line that explains them.
const SAMPLES: usize = 6;
const SAMPLE: f32 = 12.0;
/// From this shade on light letters have more contrast than dark ones.
const DARK: f32 = 0.72;

pub(crate) fn shapes(pivot: &Pivot, width: f32, ruler: &dyn Ruler) -> (f32, Vec<Shape>) {
    let mut shapes = Vec::new();
    let top = pivot.top();
    let most = value_words(top, pivot.unit, pivot.language);
    explain(pivot, width, &most, ruler, &mut shapes);

    let names = pivot.series.iter().map(|series| ruler.width(&series.name, LETTERS, Weight::Regular));
    let left = names.fold(0.0, f32::max).min(width * 0.3) + 6.0;
    let begin = LETTERS + 10.0;
    let bottom = begin + TALL * pivot.series.len() as f32;
    let frame = Frame { left, right: width, top: begin, bottom };
    let wide = frame.width() / pivot.categories.len() as f32;
    let size = LETTERS - 1.0;
    let numbered = ruler.width(&most, size, Weight::Regular) + 3.0 < wide;

    for (down, series) in pivot.series.iter().enumerate() {
        let y = begin + TALL * down as f32;
        let name = fitted(ruler, &series.name, LETTERS, Weight::Regular, left - 6.0);
        let baseline = y + TALL / 2.0 + LETTERS * 0.36;
        shapes.push(words(left - 6.0, baseline, LETTERS, Anchor::End, Ink::Text, name));
        for (across, value) in series.values.iter().enumerate() {
            let value = value.unwrap_or(0.0);
            let shade = if top > 0.0 { (value / top).clamp(0.0, 1.0) as f32 } else { 0.0 };
            let x = left + wide * across as f32;
            let (width, height) = (wide - 1.0, TALL - 1.0);
            shapes.push(Shape::Area { x, y, width, height, ink: Ink::Shade(shade) });
            if numbered && value > 0.0 {
                let ink = if shade >= DARK { Ink::Ground } else { Ink::Text };
                let text = value_words(value, pivot.unit, pivot.language);
                shapes.push(words(x + width / 2.0, baseline - 0.5, size, Anchor::Middle, ink, text));
            }
        }
    }
    let baseline = bottom + LETTERS + 3.0;
    categories(&pivot.categories, frame, baseline, ruler, &mut shapes);
    (baseline + 4.0, shapes)
}

/// What is drawn, and on the right what the shades mean.
fn explain(pivot: &Pivot, width: f32, most: &str, ruler: &dyn Ruler, shapes: &mut Vec<Shape>) {
    let samples = SAMPLE * SAMPLES as f32;
    let label = ruler.width(most, LETTERS, Weight::Regular);
    let right = width - label - 4.0;
    let title = fitted(ruler, &pivot.title(), LETTERS, Weight::Regular, right - samples - 20.0);
    shapes.push(words(0.0, LETTERS, LETTERS, Anchor::Start, Ink::Mute, title));
    shapes.push(words(width, LETTERS, LETTERS, Anchor::End, Ink::Mute, most));
    shapes.push(words(right - samples - 4.0, LETTERS, LETTERS, Anchor::End, Ink::Mute, "0"));
    for at in 0..SAMPLES {
        let x = right - samples + SAMPLE * at as f32;
        let ink = Ink::Shade(at as f32 / (SAMPLES - 1) as f32);
        shapes.push(Shape::Area { x, y: LETTERS - 6.5, width: SAMPLE, height: 7.0, ink });
    }
}
