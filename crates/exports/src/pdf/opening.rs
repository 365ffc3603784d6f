//! What stands before the table, and what stands after it.

use super::face::Faces;
use super::sheet::Sheet;
use crate::chart::{Anchor, Ink, Shape, Weight};
use crate::paper::{Origin, Paper};

pub(super) const SMALL: f32 = 8.0;
pub(super) const SMALL_LINE: f32 = 11.0;
const TITLE: f32 = 21.0;
const BODY: f32 = 9.5;
const BODY_LINE: f32 = 13.5;
/// Where the facts stand beside their names.
const FACTS: f32 = 84.0;
/// Where formulas stand beside the figures' names.
const FORMULAS: f32 = 132.0;
/// A filter or a note longer than this says it in the other formats.
const MOST_LINES: usize = 6;

pub(super) fn write(sheet: &mut Sheet, paper: &Paper, faces: &Faces) {
    office(sheet, paper, faces);
    for line in faces.wrapped(&paper.title, TITLE, Weight::Bold, sheet.room_across(), 2) {
        sheet.words(&line, TITLE, Weight::Bold, Ink::Text);
        sheet.down(TITLE + 5.0);
    }
    sheet.down(3.0);
    for line in faces.wrapped(&paper.says, BODY, Weight::Regular, sheet.room_across(), 3) {
        sheet.words(&line, BODY, Weight::Regular, Ink::Mute);
        sheet.down(BODY_LINE);
    }
    sheet.down(9.0);
    sheet.rule(Ink::Hair, 0.5);
    sheet.down(8.0);
    let language = paper.language;
    fact(sheet, faces, language.say("Time"), &paper.time, FACTS);
    if let Some(before) = &paper.before {
        let before = language
            .fill("{time}: in grey under each figure, with the change since then", &[("time", before)]);
        fact(sheet, faces, language.say("Compared with"), &before, FACTS);
    }
    fact(sheet, faces, language.say("Calls"), paper.filter_or_all(), FACTS);
    sheet.down(5.0);
    sheet.rule(Ink::Hair, 0.5);
    sheet.down(16.0);
}

/// Notes and formulas.
pub(super) fn close(sheet: &mut Sheet, paper: &Paper, faces: &Faces) {
    sheet.down(20.0);
    if !paper.notes.is_empty() {
        heading(sheet, paper.language.say("Notes on this report"));
        for note in &paper.notes {
            let lines = faces.wrapped(note, SMALL, Weight::Regular, sheet.room_across(), MOST_LINES);
            paragraph(sheet, &lines);
        }
        sheet.down(12.0);
    }
    let told: Vec<_> = paper.columns.iter().filter(|column| !column.formula.is_empty()).collect();
    if told.is_empty() {
        return;
    }
    heading(sheet, paper.language.say("How the figures are reckoned"));
    for column in told {
        fact(sheet, faces, &column.head, &column.formula, FORMULAS);
    }
}

/// The office on the left; in a demo, that it is one.
fn office(sheet: &mut Sheet, paper: &Paper, faces: &Faces) {
    let demo = match paper.origin {
        Origin::Office => None,
        Origin::Demo => Some(paper.language.say("Demo: made-up calls")),
    };
    if paper.office.is_empty() && demo.is_none() {
        return;
    }
    let line = faces.wrapped(&paper.office, SMALL, Weight::Regular, sheet.room_across() * 0.7, 1);
    sheet.words(&line.join(" "), SMALL, Weight::Regular, Ink::Mute);
    if let Some(text) = demo {
        let (x, baseline) = (sheet.right(), sheet.y() + SMALL);
        let (size, anchor, weight, ink) = (SMALL, Anchor::End, Weight::Bold, Ink::Accent);
        sheet.push(Shape::Words { x, baseline, size, anchor, weight, ink, text: text.to_owned() });
    }
    sheet.down(SMALL + 12.0);
}

fn heading(sheet: &mut Sheet, text: &str) {
    sheet.need(48.0);
    sheet.words(text, BODY + 1.0, Weight::Bold, Ink::Text);
    sheet.down(BODY + 10.0);
}

fn paragraph(sheet: &mut Sheet, lines: &[String]) {
    sheet.need(lines.len() as f32 * SMALL_LINE);
    for line in lines {
        sheet.words(line, SMALL, Weight::Regular, Ink::Text);
        sheet.down(SMALL_LINE);
    }
    sheet.down(3.0);
}

/// A name in grey and, beside it, what it is.
fn fact(sheet: &mut Sheet, faces: &Faces, name: &str, text: &str, beside: f32) {
    let room = sheet.room_across() - beside;
    let lines = faces.wrapped(text, SMALL + 0.5, Weight::Regular, room, MOST_LINES);
    let names = faces.wrapped(name, SMALL + 0.5, Weight::Regular, beside - 10.0, 2);
    let tall = lines.len().max(names.len()) as f32 * (SMALL_LINE + 0.5);
    sheet.need(tall);
    let left = sheet.left();
    for (x, ink, lines) in [(left, Ink::Mute, &names), (left + beside, Ink::Text, &lines)] {
        for (at, line) in lines.iter().enumerate() {
            let baseline = sheet.y() + SMALL + 0.5 + at as f32 * (SMALL_LINE + 0.5);
            let (size, anchor, weight) = (SMALL + 0.5, Anchor::Start, Weight::Regular);
            sheet.push(Shape::Words { x, baseline, size, anchor, weight, ink, text: line.clone() });
        }
    }
    sheet.down(tall + 2.5);
}
