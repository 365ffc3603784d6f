//! Pages while they are filled: shapes and a place to go on. They are printed when their number is known.

use crate::chart::{Anchor, Ink, Shape, Weight};

/// A4, in points.
const SHORT: f32 = 595.28;
const LONG: f32 = 841.89;
const SIDE: f32 = 42.0;
const TOP: f32 = 44.0;
/// From the second page on the running head stands above.
const TOP_AFTER: f32 = 64.0;
const BOTTOM: f32 = 54.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lie {
    Upright,
    Across,
}

impl Lie {
    pub(super) fn size(self) -> (f32, f32) {
        match self {
            Lie::Upright => (SHORT, LONG),
            Lie::Across => (LONG, SHORT),
        }
    }

    /// Between the margins.
    pub(super) fn room_across(self) -> f32 {
        self.size().0 - 2.0 * SIDE
    }
}

pub(super) struct Sheet {
    lie: Lie,
    pages: Vec<Vec<Shape>>,
    y: f32,
}

impl Sheet {
    pub(super) fn new(lie: Lie) -> Self {
        Self { lie, pages: vec![Vec::new()], y: TOP }
    }

    pub(super) fn lie(&self) -> Lie {
        self.lie
    }

    pub(super) fn left(&self) -> f32 {
        SIDE
    }

    pub(super) fn right(&self) -> f32 {
        self.lie.size().0 - SIDE
    }

    pub(super) fn room_across(&self) -> f32 {
        self.lie.room_across()
    }

    /// Where the next thing goes.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    pub(super) fn has_room(&self, height: f32) -> bool {
        self.y + height <= self.lie.size().1 - BOTTOM
    }

    /// Goes to the next page where this does not fit, unless the page is empty.
    pub(super) fn need(&mut self, height: f32) {
        if !self.has_room(height) && self.pages.last().is_some_and(|page| !page.is_empty()) {
            self.next_page();
        }
    }

    pub(super) fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP_AFTER;
    }

    pub(super) fn down(&mut self, height: f32) {
        self.y += height;
    }

    pub(super) fn push(&mut self, shape: Shape) {
        if let Some(page) = self.pages.last_mut() {
            page.push(shape);
        }
    }

    /// A line of words at the left margin, its letters standing a size below where the sheet is.
    pub(super) fn words(&mut self, text: &str, size: f32, weight: Weight, ink: Ink) {
        let (x, baseline) = (self.left(), self.y + size);
        self.push(Shape::Words {
            x,
            baseline,
            size,
            anchor: Anchor::Start,
            weight,
            ink,
            text: text.to_owned(),
        });
    }

    /// From margin to margin.
    pub(super) fn rule(&mut self, ink: Ink, width: f32) {
        self.rule_across(self.room_across(), ink, width);
    }

    /// From the left margin on.
    pub(super) fn rule_across(&mut self, length: f32, ink: Ink, width: f32) {
        let points = vec![(self.left(), self.y), (self.left() + length, self.y)];
        self.push(Shape::Line { points, width, ink });
    }

    /// A drawing that begins at the left margin.
    pub(super) fn place(&mut self, shapes: Vec<Shape>, height: f32) {
        let (left, top) = (self.left(), self.y);
        for shape in shapes {
            self.push(moved(shape, left, top));
        }
        self.y += height;
    }

    pub(super) fn into_pages(self) -> Vec<Vec<Shape>> {
        self.pages
    }
}

fn moved(shape: Shape, right: f32, down: f32) -> Shape {
    match shape {
        Shape::Area { x, y, width, height, ink } => {
            Shape::Area { x: x + right, y: y + down, width, height, ink }
        }
        Shape::Line { points, width, ink } => {
            let points = points.into_iter().map(|(x, y)| (x + right, y + down)).collect();
            Shape::Line { points, width, ink }
        }
        Shape::Words { x, baseline, size, anchor, weight, ink, text } => {
            Shape::Words { x: x + right, baseline: baseline + down, size, anchor, weight, ink, text }
        }
    }
}
