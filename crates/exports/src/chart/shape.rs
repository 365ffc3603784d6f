//! What a drawing is made of.

#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub width: f32,
    pub height: f32,
    pub shapes: Vec<Shape>,
    /// What is to be seen, as sentences: for those who do not see it.
    pub says: String,
}

/// In points, from the top left corner, down and to the right.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Area {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
    Line {
        points: Vec<(f32, f32)>,
        width: f32,
        ink: Ink,
    },
    /// `x` is where the anchor is, `baseline` where the letters stand.
    Words {
        x: f32,
        baseline: f32,
        size: f32,
        anchor: Anchor,
        weight: Weight,
        ink: Ink,
        text: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    Bold,
}

/// By what it is for; whoever draws has the colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ink {
    Text,
    Mute,
    Faint,
    /// A line that parts.
    Rule,
    /// A line that guides the eye.
    Hair,
    Accent,
    /// What it is drawn on.
    Ground,
    /// Of the series in this place; they stay apart for colour-blind eyes.
    Series(usize),
    /// 0 (nothing) to 1 (the most).
    Shade(f32),
}

/// How wide letters are.
pub trait Ruler {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32;
}

/// Letters, with the space before them, of a word that is rather left out than cut.
const SHORT_WORD: usize = 7;

/// As much of a text as there is room for, with an ellipsis where it was cut.
pub(crate) fn fitted(ruler: &dyn Ruler, text: &str, size: f32, weight: Weight, room: f32) -> String {
    if ruler.width(text, size, weight) <= room {
        return text.to_owned();
    }
    let room = room - ruler.width("…", size, weight);
    let mut kept = 0;
    let mut used = 0.0;
    for (at, letter) in text.char_indices() {
        used += ruler.width(letter.encode_utf8(&mut [0; 4]), size, weight);
        if used > room {
            break;
        }
        kept = at + letter.len_utf8();
    }
    let cut = &text[..kept];
    let inside_a_word = text[kept..].starts_with(|letter: char| !letter.is_whitespace());
    // Whole words, unless that costs more than a short one.
    let kept = match cut.rfind(' ') {
        Some(space) if inside_a_word && cut[space..].chars().count() <= SHORT_WORD => &cut[..space],
        Some(_) | None => cut,
    };
    format!("{}…", kept.trim_end())
}

pub(crate) fn words(
    x: f32,
    baseline: f32,
    size: f32,
    anchor: Anchor,
    ink: Ink,
    text: impl Into<String>,
) -> Shape {
    Shape::Words { x, baseline, size, anchor, weight: Weight::Regular, ink, text: text.into() }
}

/// Every letter half as wide as it is high: for tests that need no font.
#[cfg(test)]
pub(crate) struct Even;

#[cfg(test)]
impl Ruler for Even {
    fn width(&self, text: &str, size: f32, _: Weight) -> f32 {
        text.chars().count() as f32 * size / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_room_is_cut_with_an_ellipsis_that_fits() {
        let cut = fitted(&Even, "Reception and Support", 8.0, Weight::Regular, 44.0);
        assert_eq!(cut, "Reception…", "no space is left before the ellipsis");
        assert!(Even.width(&cut, 8.0, Weight::Regular) <= 44.0, "what was cut fits");
        assert_eq!(fitted(&Even, "Sales", 8.0, Weight::Regular, 20.0), "Sales", "what fits stays");
    }
}
