//! The table over its pages: heads on each, rows whole, totals with the last row.

use super::face::Faces;
use super::grid::{Col, Filled, GAP, Grid, Side, cells, sub_size};
use super::sheet::Sheet;
use crate::chart::{Anchor, Ink, Shape, Weight};
use crate::paper::Paper;
use model::report::{Table, Value};

/// Above and below what stands in a row.
const PAD: f32 = 2.6;
/// Texts longer than this are cut.
const MOST_LINES: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Total,
    Average,
}

#[derive(Clone, Copy)]
struct Letters {
    size: f32,
    weight: Weight,
    ink: Ink,
}

pub(super) fn write(sheet: &mut Sheet, grid: &Grid, table: &Table, paper: &Paper, faces: &Faces) {
    heads(sheet, grid, faces, 3.0 * line(grid.size()));
    if table.rows.is_empty() {
        sheet.down(6.0);
        sheet.words(paper.language.say("No calls in this time."), grid.size(), Weight::Regular, Ink::Mute);
        sheet.down(grid.size() + 8.0);
        return;
    }
    let under = under(table, paper);
    let reserve = under.len() as f32 * (line(grid.size()) * 2.0 + 2.0 * PAD);
    let last = table.rows.len() - 1;
    let mut above: &[String] = &[];
    for (at, row) in table.rows.iter().enumerate() {
        let mut filled = cells(paper, &row.label, &row.values, &row.before);
        let height = height(grid, &filled, faces);
        // The totals are not left alone on a page.
        let needed = if at == last { height + reserve } else { height };
        if !sheet.has_room(needed) {
            sheet.next_page();
            heads(sheet, grid, faces, 0.0);
            above = &[];
        }
        // The first of two names is not repeated under itself.
        if row.label.len() == 2 && above.first() == row.label.first() {
            filled[0].main.clear();
        }
        above = &row.label;
        one(sheet, grid, &filled, height, Kind::Plain, faces);
    }
    for (kind, filled) in under {
        let height = height(grid, &filled, faces);
        one(sheet, grid, &filled, height, kind, faces);
    }
}

fn under(table: &Table, paper: &Paper) -> Vec<(Kind, Vec<Filled>)> {
    let told = |values: &[Value]| {
        values.len() == paper.columns.len() && values.iter().any(|value| *value != Value::None)
    };
    let mut under = Vec::new();
    if paper.keys.is_empty() {
        return under;
    }
    if told(&table.totals) {
        let filled =
            cells(paper, &[paper.language.say("Total").to_owned()], &table.totals, &table.totals_before);
        under.push((Kind::Total, filled));
    }
    if told(&table.averages) {
        under.push((
            Kind::Average,
            cells(paper, &[paper.language.say("Average").to_owned()], &table.averages, &[]),
        ));
    }
    under
}

/// `after`: how much has to fit under them.
fn heads(sheet: &mut Sheet, grid: &Grid, faces: &Faces, after: f32) {
    let size = grid.size() - 0.5;
    let letters = Letters { size, weight: Weight::Bold, ink: Ink::Mute };
    let wrapped: Vec<Vec<String>> = grid
        .cols()
        .iter()
        .map(|col| faces.wrapped(&col.head, size, Weight::Bold, col.width + 1.0, MOST_LINES))
        .collect();
    let most = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    let tall = most as f32 * line(size) + 2.0 * PAD;
    // Heads are not left alone at the foot of a page.
    sheet.need(tall + after);
    let bottom = sheet.y() + PAD + (most as f32 - 1.0) * line(size) + size;
    let mut x = sheet.left();
    for (col, lines) in grid.cols().iter().zip(&wrapped) {
        for (at, text) in lines.iter().rev().enumerate() {
            let baseline = bottom - at as f32 * line(size);
            put(sheet, col, (x, baseline), letters, text);
        }
        x += col.width + GAP;
    }
    sheet.down(tall);
    sheet.rule_across(grid.width(), Ink::Rule, 0.7);
}

fn one(sheet: &mut Sheet, grid: &Grid, filled: &[Filled], height: f32, kind: Kind, faces: &Faces) {
    let size = grid.size();
    let (weight, ink) = match kind {
        Kind::Plain => (Weight::Regular, Ink::Text),
        Kind::Total => (Weight::Bold, Ink::Text),
        Kind::Average => (Weight::Regular, Ink::Mute),
    };
    let letters = Letters { size, weight, ink };
    if kind == Kind::Total {
        sheet.rule_across(grid.width(), Ink::Rule, 0.7);
    }
    let mut x = sheet.left();
    for (col, cell) in grid.cols().iter().zip(filled) {
        let mut baseline = sheet.y() + PAD + size;
        for text in lines(col, cell, size, weight, faces) {
            put(sheet, col, (x, baseline), letters, &text);
            baseline += line(size);
        }
        if let Some(sub) = &cell.sub {
            let letters = Letters { size: sub_size(size), weight: Weight::Regular, ink: Ink::Mute };
            put(sheet, col, (x, baseline - 0.5), letters, sub);
        }
        x += col.width + GAP;
    }
    sheet.down(height);
    if kind == Kind::Plain {
        sheet.rule_across(grid.width(), Ink::Hair, 0.4);
    }
}

fn height(grid: &Grid, filled: &[Filled], faces: &Faces) -> f32 {
    let size = grid.size();
    let tallest = grid.cols().iter().zip(filled).map(|(col, cell)| {
        let sub = if cell.sub.is_some() { line(sub_size(size)) } else { 0.0 };
        lines(col, cell, size, Weight::Bold, faces).len() as f32 * line(size) + sub
    });
    tallest.fold(line(size), f32::max) + 2.0 * PAD
}

fn lines(col: &Col, cell: &Filled, size: f32, weight: Weight, faces: &Faces) -> Vec<String> {
    match col.side {
        Side::Left => faces.wrapped(&cell.main, size, weight, col.width + 1.0, MOST_LINES),
        Side::Right => vec![cell.main.clone()],
    }
}

fn put(sheet: &mut Sheet, col: &Col, (x, baseline): (f32, f32), letters: Letters, text: &str) {
    let Letters { size, weight, ink } = letters;
    let (x, anchor) = match col.side {
        Side::Left => (x, Anchor::Start),
        Side::Right => (x + col.width, Anchor::End),
    };
    sheet.push(Shape::Words { x, baseline, size, anchor, weight, ink, text: text.to_owned() });
}

fn line(size: f32) -> f32 {
    size * 1.32
}
