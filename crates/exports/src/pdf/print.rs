//! Shapes onto pages of a PDF, with what stands on every page: running head, when it was made, page numbers.

use super::face::{Faces, clean};
use super::ink::colour;
use super::opening::SMALL;
use super::sheet::{Lie, Sheet};
use crate::cell;
use crate::chart::{Anchor, Ink, Ruler, Shape, Weight, fitted};
use crate::paper::{Origin, Paper, Trouble};
use krilla::Document;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;

const RUNNING_HEAD: f32 = 42.0;
/// From the bottom of the page.
const FOOT: f32 = 30.0;

pub(super) fn print(sheet: Sheet, paper: &Paper, faces: &Faces) -> Result<Vec<u8>, Trouble> {
    let lie = sheet.lie();
    let (left, right) = (sheet.left(), sheet.right());
    let (width, height) = lie.size();
    let pages = sheet.into_pages();
    let count = pages.len();
    let mut document = Document::new();
    document.set_metadata(metadata(paper));
    for (at, mut shapes) in pages.into_iter().enumerate() {
        frame(&mut shapes, paper, faces, lie, (left, right), at + 1, count);
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| Trouble::Made { format: "PDF", says: "its page has no size".into() })?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for shape in &shapes {
            draw(&mut surface, shape, faces);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| Trouble::Made { format: "PDF", says: format!("{error:?}") })
}

fn frame(
    shapes: &mut Vec<Shape>,
    paper: &Paper,
    faces: &Faces,
    lie: Lie,
    (left, right): (f32, f32),
    page: usize,
    pages: usize,
) {
    let mut put = |x: f32, baseline: f32, anchor: Anchor, text: String| {
        let (weight, ink) = (Weight::Regular, Ink::Mute);
        shapes.push(Shape::Words { x, baseline, size: SMALL, anchor, weight, ink, text });
    };
    let half = (right - left) / 2.0 - 10.0;
    let short = |text: &str| fitted(faces, &clean(text), SMALL, Weight::Regular, half);
    if page > 1 {
        put(left, RUNNING_HEAD, Anchor::Start, short(&paper.title));
        put(right, RUNNING_HEAD, Anchor::End, short(&paper.time));
    }
    let foot = lie.size().1 - FOOT;
    let (language, when) = (paper.language, paper.made_words());
    let when: &[(&str, &str)] = &[("when", &when)];
    let made = match paper.origin {
        Origin::Office => language.fill("Made {when}", when),
        Origin::Demo => language.fill("Made {when} from made-up calls of a demo", when),
    };
    put(left, foot, Anchor::Start, fitted(faces, &made, SMALL, Weight::Regular, half * 1.5));
    let (page_text, pages) = (page.to_string(), pages.to_string());
    let numbers: &[(&str, &str)] = &[("page", &page_text), ("pages", &pages)];
    put(right, foot, Anchor::End, language.fill("Page {page} of {pages}", numbers));
    let line = |y: f32| Shape::Line { points: vec![(left, y), (right, y)], width: 0.5, ink: Ink::Hair };
    if page > 1 {
        shapes.push(line(RUNNING_HEAD + 7.0));
    }
    shapes.push(line(foot - 12.0));
}

fn draw(surface: &mut Surface<'_>, shape: &Shape, faces: &Faces) {
    match shape {
        Shape::Area { x, y, width, height, ink } => {
            let Some(area) = Rect::from_xywh(*x, *y, *width, *height) else { return };
            let mut path = PathBuilder::new();
            path.push_rect(area);
            let Some(path) = path.finish() else { return };
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*ink)));
            surface.draw_path(&path);
        }
        Shape::Line { points, width, ink } => {
            let mut path = PathBuilder::new();
            for (at, (x, y)) in points.iter().enumerate() {
                if at == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
            }
            let Some(path) = path.finish() else { return };
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: colour(*ink).into(),
                width: *width,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
        }
        Shape::Words { x, baseline, size, anchor, weight, ink, text } => {
            let text = clean(text);
            if text.trim().is_empty() {
                return;
            }
            let width = faces.width(&text, *size, *weight);
            let from = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - width / 2.0,
                Anchor::End => x - width,
            };
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*ink)));
            let glyphs = faces.glyphs(&text, *weight);
            surface.draw_glyphs(
                Point::from_xy(from, *baseline),
                &glyphs,
                faces.font(*weight),
                &text,
                *size,
                false,
            );
        }
    }
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), opacity: NormalizedF32::ONE, rule: Default::default() }
}

fn metadata(paper: &Paper) -> Metadata {
    let metadata = Metadata::new()
        .title(paper.title.clone())
        .description(format!("{} {}", paper.says, paper.time))
        .creator("CallDoc".to_owned())
        .language(paper.language.tag().to_owned());
    let Some(made) = cell::zoned(paper.made_at.0, &jiff::tz::TimeZone::UTC) else { return metadata };
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    let made = DateTime::new(u16::try_from(made.year()).unwrap_or_default())
        .month(small(made.month()))
        .day(small(made.day()))
        .hour(small(made.hour()))
        .minute(small(made.minute()))
        .second(small(made.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    metadata.creation_date(made)
}
