//! PDF for printing and mailing: A4, upright where the columns fit, else across. The opening says what the report is; then
//! the chart, the table with its heads on every page, notes, and how each figure is reckoned.
//!
//! Letters are Noto Sans (Latin, Greek, Cyrillic); only those that occur are put into the file. Letters of other scripts
//! are shown as a box, and a note says so: the other formats have them.

mod face;
mod grid;
mod ink;
mod opening;
mod print;
mod rows;
mod sheet;

use crate::cell::grouped;
use crate::chart;
use crate::paper::{Paper, Tail, Trouble, check_even};
use face::Faces;
use grid::Grid;
use model::report::{Row, Table};
use sheet::Sheet;
use std::io::Write;

/// Some three hundred pages: nobody reads more on paper, and all of them stand in memory while page numbers are not known.
pub const PDF_ROWS: u64 = 10_000;

/// Takes rows as they come; the file is written at the end.
pub struct PdfWriter {
    paper: Paper,
    rows: Vec<Row>,
    most: u64,
    refused: u64,
}

impl PdfWriter {
    pub fn begin(paper: Paper) -> Self {
        Self { paper, rows: Vec::new(), most: PDF_ROWS, refused: 0 }
    }

    /// Rows beyond [`PDF_ROWS`] are counted, not kept.
    pub fn row(&mut self, row: &Row) -> Result<(), Trouble> {
        let place = self.rows.len() as u64;
        check_even(place + 1, self.paper.columns.len(), row.values.len(), row.before.len())?;
        if self.is_full() {
            self.refused += 1;
            return Ok(());
        }
        self.rows.push(row.clone());
        Ok(())
    }

    pub fn is_full(&self) -> bool {
        self.rows.len() as u64 >= self.most
    }

    /// Writes the file and gives the writer back.
    pub fn end<W: Write>(self, tail: &Tail, mut out: W) -> Result<W, Trouble> {
        let mut paper = self.paper;
        let table = Table {
            keys: paper.keys.clone(),
            columns: paper.columns.clone(),
            rows: self.rows,
            totals: tail.totals.clone(),
            totals_before: tail.totals_before.clone(),
            averages: tail.averages.clone(),
            rows_left_off: tail.rows_left_off + self.refused,
            made_of: tail.made_of,
        };
        let faces = Faces::load()?;
        let grid = Grid::laid(&paper, &table, &faces);
        notes(&mut paper, &table, self.refused, &grid, &faces);
        let mut sheet = Sheet::new(grid.lie());
        opening::write(&mut sheet, &paper, &faces);
        draw(&mut sheet, &paper, &table, &faces);
        rows::write(&mut sheet, &grid, &table, &paper, &faces);
        opening::close(&mut sheet, &paper, &faces);
        out.write_all(&print::print(sheet, &paper, &faces)?)?;
        Ok(out)
    }
}

/// The chart, and under it the same in words.
fn draw(sheet: &mut Sheet, paper: &Paper, table: &Table, faces: &Faces) {
    let Some(wanted) = &paper.chart else { return };
    let width = sheet.room_across();
    let Some(picture) =
        chart::picture(&table.keys, &table.columns, &table.rows, wanted, (width, faces), paper.language)
    else {
        return;
    };
    let says = faces.wrapped(&picture.says, opening::SMALL, chart::Weight::Regular, width, 4);
    let below = says.len() as f32 * opening::SMALL_LINE;
    sheet.need(picture.height + below + 8.0);
    sheet.place(picture.shapes, picture.height + 7.0);
    for line in says {
        sheet.words(&line, opening::SMALL, chart::Weight::Regular, chart::Ink::Mute);
        sheet.down(opening::SMALL_LINE);
    }
    sheet.down(12.0);
}

/// What this paper itself has to say, after what the report says.
fn notes(paper: &mut Paper, table: &Table, refused: u64, grid: &Grid, faces: &Faces) {
    let language = paper.language;
    if table.rows_left_off > 0 {
        let (more, rows) = (table.rows_left_off, table.rows.len() as u64);
        let take_more = refused > 0 || rows >= PDF_ROWS;
        let (more, rows) = (grouped(&more.to_string(), language), grouped(&rows.to_string(), language));
        let counts: &[(&str, &str)] = &[("rows", &rows), ("more", &more)];
        let mut note = language.fill("These are the first {rows} rows; {more} more are left off.", counts);
        if take_more {
            note += language.say(" XLSX and CSV take more.");
        }
        paper.notes.push(note);
    }
    if !grid.left_off().is_empty() {
        let names = grid.left_off().join(", ");
        paper.notes.push(language.fill(
            "Columns without room on this paper: {columns}. XLSX and CSV have them.",
            &[("columns", &names)],
        ));
    }
    let texts = table.rows.iter().flat_map(|row| {
        let values = row.values.iter().filter_map(|value| match value {
            model::report::Value::Text(text) => Some(text.as_str()),
            _ => None,
        });
        row.label.iter().map(String::as_str).chain(values)
    });
    if texts.into_iter().any(|text| faces.lacks(text)) {
        let note = language.say(
            "Some letters have no shape in the font of this PDF and are shown as boxes; XLSX and CSV have them.",
        );
        paper.notes.push(note.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::report::{Column, Field, Unit, Value};

    #[test]
    fn rows_beyond_the_limit_are_counted_and_told() {
        let column = Column {
            head: "Notes".into(),
            unit: Unit::Text,
            measure: None,
            field: Some(Field::Notes),
            formula: String::new(),
        };
        let row = Row { values: vec![Value::Text("x".into())], ..Row::default() };
        let mut paper = crate::paper::tests::paper(vec![column]);
        let mut writer = PdfWriter::begin(paper.clone());
        writer.most = 3;
        for given in 0..5 {
            assert_eq!(writer.is_full(), given >= 3, "it says when it is full");
            writer.row(&row).expect("taken or counted");
        }
        assert_eq!((writer.rows.len(), writer.refused), (3, 2), "what is in the file, and what is not");
        let faces = Faces::load().expect("the fonts come with the program");
        let table = Table {
            columns: paper.columns.clone(),
            rows: writer.rows.clone(),
            rows_left_off: 2,
            ..Table::default()
        };
        let grid = Grid::laid(&paper, &table, &faces);
        notes(&mut paper, &table, writer.refused, &grid, &faces);
        let told = "These are the first 3 rows; 2 more are left off. XLSX and CSV take more.";
        assert_eq!(paper.notes, [told], "the reader knows what is missing");
    }
}
