//! The letters: how wide each is, where lines break.

use crate::chart::{Ruler, Weight};
use crate::paper::Trouble;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

const REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");

/// What stands for a letter the font has not: the box.
const MISSING: u32 = 0;

/// Latin, Greek and Cyrillic lie before it.
const USUAL: char = '\u{530}';

pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

struct Face {
    font: Font,
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    /// Of a letter's square, which widths are parts of.
    units: f32,
    /// Glyphs and widths of the letters up to [`USUAL`], because a long table asks for millions.
    usual: Vec<(u32, f32)>,
}

impl Faces {
    pub(super) fn load() -> Result<Self, Trouble> {
        let face = |bytes| {
            Face::read(bytes).ok_or(Trouble::Made { format: "PDF", says: "its font cannot be read".into() })
        };
        Ok(Self { regular: face(REGULAR)?, bold: face(BOLD)? })
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.of(weight).font.clone()
    }

    /// One glyph for each letter, in their order; the text is what can be searched and copied.
    pub(super) fn glyphs(&self, text: &str, weight: Weight) -> Vec<KrillaGlyph> {
        let face = self.of(weight);
        text.char_indices()
            .map(|(at, letter)| {
                let (glyph, width) = face.letter(letter);
                let range = at..at + letter.len_utf8();
                KrillaGlyph::new(GlyphId::new(glyph), width, 0.0, 0.0, 0.0, range, None)
            })
            .collect()
    }

    /// Whether a letter of the text is shown as a box.
    pub(super) fn lacks(&self, text: &str) -> bool {
        clean(text).chars().any(|letter| self.regular.letter(letter).0 == MISSING)
    }

    /// In lines of this width, at most so many; the last ends in an ellipsis where there is more. At least one line.
    pub(super) fn wrapped(
        &self,
        text: &str,
        size: f32,
        weight: Weight,
        room: f32,
        most: usize,
    ) -> Vec<String> {
        let text = clean(text);
        if self.width(&text, size, weight) <= room {
            return vec![text];
        }
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, size, weight) <= room {
                line = longer;
                continue;
            }
            if lines.len() + 1 >= most {
                let rest: Vec<&str> = std::iter::once(word).chain(words).collect();
                let all = format!("{line} {}", rest.join(" "));
                lines.push(crate::chart::fitted(self, all.trim_start(), size, weight, room));
                return lines;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.broken(word, size, weight, room, most, &mut lines);
            if lines.len() >= most {
                return lines;
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// A word that is longer than a line is broken where the line ends; gives its last part.
    fn broken(
        &self,
        word: &str,
        size: f32,
        weight: Weight,
        room: f32,
        most: usize,
        lines: &mut Vec<String>,
    ) -> String {
        let mut part = String::new();
        for letter in word.chars() {
            part.push(letter);
            if part.chars().count() > 1 && self.width(&part, size, weight) > room {
                part.pop();
                if lines.len() + 1 >= most {
                    lines.push(crate::chart::fitted(self, &format!("{part}{letter} "), size, weight, room));
                    return String::new();
                }
                lines.push(std::mem::replace(&mut part, letter.to_string()));
            }
        }
        part
    }

    fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Ruler for Faces {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let face = self.of(weight);
        text.chars().map(|letter| face.letter(letter).1).sum::<f32>() * size
    }
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let read = FontRef::new(bytes).ok()?;
        let metrics = read.metrics(Size::unscaled(), LocationRef::default());
        let mut face = Self {
            font: Font::new(bytes.to_vec().into(), 0)?,
            letters: read.charmap(),
            widths: read.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: f32::from(metrics.units_per_em),
            usual: Vec::new(),
        };
        face.usual = ('\0'..USUAL).map(|letter| face.looked_up(letter)).collect();
        Some(face)
    }

    /// Its glyph, and how wide it is as a part of its size.
    fn letter(&self, letter: char) -> (u32, f32) {
        match self.usual.get(letter as usize) {
            Some(known) => *known,
            None => self.looked_up(letter),
        }
    }

    fn looked_up(&self, letter: char) -> (u32, f32) {
        let spare = if letter.is_whitespace() { Some(' ') } else { None };
        let glyph = self.letters.map(letter).or_else(|| spare.and_then(|spare| self.letters.map(spare)));
        let Some(glyph) = glyph else { return (MISSING, self.width(MISSING)) };
        (glyph.to_u32(), self.width(glyph.to_u32()))
    }

    fn width(&self, glyph: u32) -> f32 {
        self.widths.advance_width(skrifa::GlyphId::new(glyph)).unwrap_or(0.0) / self.units
    }
}

/// What a line of print can hold: no line breaks, no control characters, nothing that has no width and no shape.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}'))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_greek_and_cyrillic_have_their_letters() {
        let faces = Faces::load().expect("the fonts come with the program");
        for name in
            ["Zoë Łukasiewicz", "Ελένη Παπαδοπούλου", "Екатерина Щербакова", "Ğüneş Şahin", "1\u{202f}234"]
        {
            assert!(!faces.lacks(name), "a European name has its letters: {name}");
        }
        assert!(faces.lacks("田中"), "what is missing is known to be");
    }

    #[test]
    fn digits_are_all_of_one_width() {
        let faces = Faces::load().expect("the fonts come with the program");
        for weight in [Weight::Regular, Weight::Bold] {
            assert_eq!(
                faces.width("1111", 10.0, weight),
                faces.width("0896", 10.0, weight),
                "figures under each other line up"
            );
        }
    }

    #[test]
    fn lines_break_between_words_and_end_in_an_ellipsis() {
        let faces = Faces::load().expect("the fonts come with the program");
        let text = "Calls that a caller gave up before anyone answered, by the group they waited for";
        let lines = faces.wrapped(text, 9.0, Weight::Regular, 120.0, 2);
        assert_eq!(lines.len(), 2, "no more lines than asked for");
        assert!(lines[1].ends_with('…'), "what is missing shows: {lines:?}");
        let all = faces.wrapped(text, 9.0, Weight::Regular, 120.0, 20);
        assert_eq!(all.join(" "), text, "with enough lines nothing is lost");
        for line in lines.iter().chain(&all) {
            assert!(faces.width(line, 9.0, Weight::Regular) <= 120.0, "a line keeps inside: {line}");
        }
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let faces = Faces::load().expect("the fonts come with the program");
        let word = "sip:4989555014320@gateway.example.com";
        let lines = faces.wrapped(word, 9.0, Weight::Regular, 60.0, 9);
        assert_eq!(lines.concat(), word, "nothing is lost");
        let few = faces.wrapped(word, 9.0, Weight::Regular, 60.0, 2);
        assert!(few.len() == 2 && few[1].ends_with('…'), "cut where there is no room: {few:?}");
    }
}
