//! The sheet that says what the figures are: of which time and calls, made when, reckoned how.

use crate::cell::grouped;
use crate::paper::{Origin, Paper, Tail};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

/// Why rows are left off.
pub(super) const SHEET_FULL: &str = "a sheet holds no more. CSV has them all.";
pub(super) const FIRST_ONLY: &str = "the report gives only the first ones.";

/// Of the second column, with some to spare for words that do not break.
const LETTERS_A_LINE: usize = 92;
const LINE_POINTS: f64 = 15.0;

/// `rows`: how many there are on the sheet, and why there are no more.
pub(super) fn add(
    book: &mut Workbook,
    paper: &Paper,
    tail: &Tail,
    rows: (u64, &str),
) -> Result<(), XlsxError> {
    let top = Format::new().set_align(FormatAlign::Top);
    let (bold, wrapped) = (top.clone().set_bold(), top.set_text_wrap());
    let title = Format::new().set_bold().set_font_size(16);
    let sheet = book.add_worksheet();
    sheet.set_name("About")?.set_column_width(0, 26)?.set_column_width(1, 100)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, short(&paper.title), &title)?;
    let mut row = 1;
    let mut line = |name: &str, text: &str| -> Result<(), XlsxError> {
        row += 1;
        sheet.write_string_with_format(row, 0, short(name), &bold)?;
        sheet.write_string_with_format(row, 1, short(text), &wrapped)?;
        // Not every program makes room for a text of several lines by itself.
        let lines = text.chars().count().div_ceil(LETTERS_A_LINE).max(1);
        sheet.set_row_height(row, LINE_POINTS * lines as f64)?;
        Ok(())
    };
    for (name, text) in facts(paper, tail, rows) {
        line(name, &text)?;
    }
    line("", "")?;
    line("Figure", "How it is reckoned")?;
    for column in paper.columns.iter().filter(|column| !column.formula.is_empty()) {
        line(&column.head, &column.formula)?;
    }
    Ok(())
}

pub(super) fn facts(paper: &Paper, tail: &Tail, (rows, why): (u64, &str)) -> Vec<(&'static str, String)> {
    let mut facts = vec![("What it answers", paper.says.clone())];
    if paper.origin == Origin::Demo {
        facts.push(("Demo", "These calls are made up to try the product with.".to_owned()));
    }
    if !paper.office.is_empty() {
        facts.push(("Office", paper.office.clone()));
    }
    facts.push(("Time", paper.time.clone()));
    if let Some(before) = &paper.before {
        facts.push(("Compared with", before.clone()));
    }
    facts.push(("Calls", paper.filter_or_all().to_owned()));
    facts.push(("Made", paper.made_words()));
    let zone = paper.zone.iana_name().map(|zone| format!(", {zone}")).unwrap_or_default();
    facts.push(("Clock", format!("Dates and times are the office's wall clock{zone}.")));
    facts.push(("Rows", grouped(&rows.to_string())));
    if tail.rows_left_off > 0 {
        let more = grouped(&tail.rows_left_off.to_string());
        facts.push(("Left off", format!("{more} more rows: {why}")));
    }
    facts.extend(paper.notes.iter().map(|note| ("Note", note.clone())));
    facts
}

/// A cell holds 32,767 letters; nothing here needs a tenth of that.
fn short(text: &str) -> String {
    text.chars().take(3_000).collect()
}
