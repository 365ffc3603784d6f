//! XLSX with real dates, lengths, percentages and amounts, so that a spreadsheet can go on reckoning with them.
//!
//! Sheets: `Report` with the rows, `Chart` where the definition has one, `About` with everything that stands on a printed
//! report, each named in the paper's language. Instants are the office's wall clock, because spreadsheets know no zones; lengths are parts of a day shown as
//! `[h]:mm:ss`. Texts stay texts: a number that begins with + is none, and nothing is a formula.

mod about;
mod cells;
mod drawing;

use crate::cell::shown;
use crate::change::Change;
use crate::paper::{Paper, Tail, Trouble, check_even};
use cells::{Cells, Look};
use model::report::{Column, Row, Unit, Value};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, FormatAlign, Workbook, Worksheet, XlsxError};
use std::io::Write;
use words::Language;

/// Excel's 1,048,576 rows, without the heads and what stands under the rows.
pub const XLSX_ROWS: u64 = 1_048_576 - 3;

/// Rows that are kept for the chart: more are drawn by nobody.
const CHART_ROWS: usize = 20_000;
/// Of Excel's columns 16,384; far more than measures and fields there are.
const MOST_COLUMNS: usize = 512;

/// Name of the sheet with the rows.
pub(crate) fn report(language: Language) -> &'static str {
    language.say("Report")
}

/// Takes rows as they come; the file is written at the end.
pub struct XlsxWriter {
    book: Workbook,
    paper: Paper,
    cells: Cells,
    /// Letters in the widest cell of each column.
    widths: Vec<usize>,
    /// For the chart of a summary.
    kept: Vec<Row>,
    rows: u64,
    most: u64,
    refused: u64,
}

impl XlsxWriter {
    pub fn begin(paper: Paper) -> Result<Self, Trouble> {
        let mut book = Workbook::new();
        let heads = heads(&paper);
        if heads.len() > MOST_COLUMNS {
            let says = format!("{} columns are too many; choose fewer.", heads.len());
            return Err(Trouble::Made { format: "XLSX", says });
        }
        book.set_properties(&properties(&paper));
        // Rows of a summary are few; those of details go to a temporary file as they come.
        let sheet = if paper.is_detail() {
            book.add_worksheet_with_constant_memory()
        } else {
            Ok(book.add_worksheet())
        };
        let cells = Cells::new(paper.zone.clone(), paper.language);
        let widths = heads.iter().map(|(head, _)| head.chars().count().min(24)).collect();
        heading(sheet.map_err(made)?, &heads, &paper, &cells).map_err(made)?;
        Ok(Self { book, paper, cells, widths, kept: Vec::new(), rows: 0, most: XLSX_ROWS, refused: 0 })
    }

    /// Rows beyond [`XLSX_ROWS`] are counted, not written.
    pub fn row(&mut self, row: &Row) -> Result<(), Trouble> {
        check_even(self.rows + 1, self.paper.columns.len(), row.values.len(), row.before.len())?;
        if self.is_full() {
            self.refused += 1;
            return Ok(());
        }
        self.rows += 1;
        let labels: Vec<&str> = row.label.iter().map(String::as_str).collect();
        self.line(self.rows, &labels, &row.values, &row.before, Look::Plain).map_err(made)?;
        if self.paper.chart.is_some() && self.kept.len() < CHART_ROWS {
            self.kept.push(row.clone());
        }
        Ok(())
    }

    pub fn is_full(&self) -> bool {
        self.rows >= self.most
    }

    /// Writes the file and gives the writer back.
    pub fn end<W: Write + Send>(mut self, tail: &Tail, mut out: W) -> Result<W, Trouble> {
        let mut tail = tail.clone();
        tail.rows_left_off += self.refused;
        self.finish(&tail).map_err(made)?;
        self.book.save_to_writer(&mut out).map_err(made)?;
        Ok(out)
    }

    fn finish(&mut self, tail: &Tail) -> Result<(), XlsxError> {
        let mut at = self.rows;
        let before: &[Value] = if self.paper.is_compared() { &tail.totals_before } else { &[] };
        let language = self.paper.language;
        let under = [
            (language.say("Total"), &tail.totals, before, Look::Total),
            (language.say("Average"), &tail.averages, &[], Look::Average),
        ];
        for (name, values, before, look) in under {
            let told =
                values.len() == self.paper.columns.len() && values.iter().any(|value| *value != Value::None);
            if told && !self.paper.keys.is_empty() {
                at += 1;
                self.line(at, &[name], values, before, look)?;
            }
        }
        let last_column = column(self.widths.len().saturating_sub(1));
        let last_row = u32::try_from(self.rows).unwrap_or(u32::MAX);
        let sheet = self.book.worksheet_from_index(0)?;
        if !self.widths.is_empty() {
            sheet.autofilter(0, 0, last_row, last_column)?;
        }
        for (at, letters) in self.widths.iter().enumerate() {
            sheet.set_column_width(column(at), (*letters).clamp(7, 48) as f64 + 2.0)?;
        }
        drawing::add(&mut self.book, &self.paper, &self.kept)?;
        let why = match self.refused > 0 || self.is_full() {
            true => about::LeftOff::SheetFull,
            false => about::LeftOff::FirstOnly,
        };
        about::add(&mut self.book, &self.paper, tail, (self.rows, why))
    }

    fn line(
        &mut self,
        row: u64,
        labels: &[&str],
        values: &[Value],
        before: &[Value],
        look: Look,
    ) -> Result<(), XlsxError> {
        let row = u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)?;
        let language = self.paper.language;
        let sheet = self.book.worksheet_from_index(0)?;
        let mut at = 0;
        for key in 0..self.paper.keys.len() {
            let label = labels.get(key).copied().unwrap_or_default();
            self.cells.text(sheet, row, column(at), label, look)?;
            widen(&mut self.widths, at, label.chars().count());
            at += 1;
        }
        for (place, (value, of)) in values.iter().zip(&self.paper.columns).enumerate() {
            self.cells.value(sheet, row, column(at), value, of.unit, look)?;
            widen(&mut self.widths, at, shown(value, &self.paper.zone, language).chars().count());
            at += 1;
            if !self.paper.is_compared() {
                continue;
            }
            let was = before.get(place).unwrap_or(&Value::None);
            self.cells.value(sheet, row, column(at), was, of.unit, look)?;
            widen(&mut self.widths, at, shown(was, &self.paper.zone, language).chars().count());
            at += 1;
            if can_change(of) {
                self.cells.change(sheet, row, column(at), Change::between(was, value), look)?;
                at += 1;
            }
        }
        Ok(())
    }
}

/// Where the figures of this column of the table stand on the sheet.
pub(crate) fn sheet_column(paper: &Paper, place: usize) -> u16 {
    let before =
        paper.columns[..place].iter().map(|column| match (paper.is_compared(), can_change(column)) {
            (false, _) => 1,
            (true, true) => 3,
            (true, false) => 2,
        });
    column(paper.keys.len() + before.sum::<usize>())
}

/// With the side that the cells under them stand on.
fn heads(paper: &Paper) -> Vec<(String, FormatAlign)> {
    let language = paper.language;
    let mut heads: Vec<_> = paper.keys.iter().map(|key| (key.clone(), FormatAlign::Left)).collect();
    for column in &paper.columns {
        let side = if column.unit == Unit::Text { FormatAlign::Left } else { FormatAlign::Right };
        heads.push((column.head.clone(), side));
        if paper.is_compared() {
            heads.push((language.fill("{figure}, before", &[("figure", &column.head)]), side));
            if can_change(column) {
                heads.push((language.fill("{figure}, change", &[("figure", &column.head)]), side));
            }
        }
    }
    heads
}

fn can_change(column: &Column) -> bool {
    match column.unit {
        Unit::Count | Unit::Length | Unit::Share | Unit::Number | Unit::Money => true,
        Unit::At | Unit::Text => false,
    }
}

fn heading(
    sheet: &mut Worksheet,
    heads: &[(String, FormatAlign)],
    paper: &Paper,
    cells: &Cells,
) -> Result<(), XlsxError> {
    sheet.set_name(report(paper.language))?;
    sheet.set_row_height(0, 32)?;
    for (at, (head, side)) in heads.iter().enumerate() {
        cells.head(sheet, column(at), head, *side)?;
    }
    sheet.set_freeze_panes(1, column(paper.keys.len()))?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    // An ampersand begins a code in Excel's headers.
    let plain = |text: &str| text.replace('&', "&&").chars().take(100).collect::<String>();
    sheet.set_header(format!("&L{}&R{}", plain(&paper.title), plain(&paper.time)));
    let page = paper.language.fill("Page {page} of {pages}", &[("page", "&P"), ("pages", "&N")]);
    sheet.set_footer(format!("&R{page}"));
    Ok(())
}

/// When it was made is given, because the writer would ask the clock.
fn properties(paper: &Paper) -> DocProperties {
    let made = ExcelDateTime::from_timestamp(paper.made_at.0.div_euclid(1_000)).unwrap_or_default();
    DocProperties::new()
        .set_title(&paper.title)
        .set_subject(&paper.time)
        .set_company(&paper.office)
        .set_comment(&paper.says)
        .set_author("CallDoc")
        .set_creation_datetime(&made)
}

fn widen(widths: &mut [usize], at: usize, letters: usize) {
    if let Some(width) = widths.get_mut(at) {
        *width = (*width).max(letters);
    }
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn made(error: XlsxError) -> Trouble {
    match error {
        XlsxError::IoError(error) => Trouble::Write(error),
        other => Trouble::Made { format: "XLSX", says: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::report::Field;

    #[test]
    fn rows_beyond_what_a_sheet_holds_are_counted_and_told() {
        let column = Column {
            head: "Notes".into(),
            unit: Unit::Text,
            measure: None,
            field: Some(Field::Notes),
            formula: String::new(),
        };
        let mut writer = XlsxWriter::begin(crate::paper::tests::paper(vec![column])).expect("begun");
        writer.most = 3;
        let row = Row { values: vec![Value::Text("x".into())], ..Row::default() };
        for given in 0..5 {
            assert_eq!(writer.is_full(), given >= 3, "it says when it is full");
            writer.row(&row).expect("taken or counted");
        }
        let facts = about::facts(
            &writer.paper,
            &Tail { rows_left_off: 2, ..Tail::default() },
            (3, about::LeftOff::SheetFull),
        );
        let told = "2 more rows: a sheet holds no more. CSV has them all.";
        assert!(facts.iter().any(|(_, text)| text == told), "the reader knows what is missing: {facts:?}");
        assert_eq!((writer.rows, writer.refused), (3, 2), "what is in the file, and what is not");
        let made = writer.end(&Tail::default(), Vec::new()).expect("a full sheet is still a file");
        assert!(made.starts_with(b"PK"), "a workbook");
    }
}
