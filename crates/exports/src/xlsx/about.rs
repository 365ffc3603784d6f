//! The sheet that says what the figures are: of which time and calls, made when, reckoned how.

use crate::cell::grouped;
use crate::paper::{Origin, Paper, Tail};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};
use words::Language;

/// Why rows are left off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftOff {
    SheetFull,
    /// The report itself gives no more.
    FirstOnly,
}

/// Name of this sheet. In the window the same English word names another thing.
fn sheet_name(language: Language) -> &'static str {
    match language {
        Language::English => "About",
        Language::German => language.say("About this report"),
    }
}

/// Of the second column, with some to spare for words that do not break.
const LETTERS_A_LINE: usize = 92;
const LINE_POINTS: f64 = 15.0;

/// `rows`: how many there are on the sheet, and why there are no more.
pub(super) fn add(
    book: &mut Workbook,
    paper: &Paper,
    tail: &Tail,
    rows: (u64, LeftOff),
) -> Result<(), XlsxError> {
    let top = Format::new().set_align(FormatAlign::Top);
    let (bold, wrapped) = (top.clone().set_bold(), top.set_text_wrap());
    let title = Format::new().set_bold().set_font_size(16);
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(paper.language))?.set_column_width(0, 26)?.set_column_width(1, 100)?;
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
    line(paper.language.say("Figure"), paper.language.say("How it is reckoned"))?;
    for column in paper.columns.iter().filter(|column| !column.formula.is_empty()) {
        line(&column.head, &column.formula)?;
    }
    Ok(())
}

pub(super) fn facts(paper: &Paper, tail: &Tail, (rows, why): (u64, LeftOff)) -> Vec<(&'static str, String)> {
    let language = paper.language;
    let mut facts = vec![(language.say("What it answers"), paper.says.clone())];
    if paper.origin == Origin::Demo {
        let says = language.say("These calls are made up to try the product with.");
        facts.push((language.say("Demo"), says.to_owned()));
    }
    if !paper.office.is_empty() {
        facts.push((language.say("Office"), paper.office.clone()));
    }
    facts.push((language.say("Time"), paper.time.clone()));
    if let Some(before) = &paper.before {
        facts.push((language.say("Compared with"), before.clone()));
    }
    facts.push((language.say("Calls"), paper.filter_or_all().to_owned()));
    facts.push((language.say("Made"), paper.made_words()));
    let clock = match paper.zone.iana_name() {
        Some(zone) => {
            language.fill("Dates and times are the office's wall clock, {zone}.", &[("zone", zone)])
        }
        None => language.say("Dates and times are the office's wall clock.").to_owned(),
    };
    facts.push((language.say("Clock"), clock));
    facts.push((language.say("Rows"), grouped(&rows.to_string(), language)));
    if tail.rows_left_off > 0 {
        let more = grouped(&tail.rows_left_off.to_string(), language);
        let count: &[(&str, &str)] = &[("count", &more)];
        let says = match why {
            LeftOff::SheetFull => {
                language.fill("{count} more rows: a sheet holds no more. CSV has them all.", count)
            }
            LeftOff::FirstOnly => {
                language.fill("{count} more rows: the report gives only the first ones.", count)
            }
        };
        facts.push((language.say("Left off"), says));
    }
    facts.extend(paper.notes.iter().map(|note| (language.say("To note"), note.clone())));
    facts
}

/// A cell holds 32,767 letters; nothing here needs a tenth of that.
fn short(text: &str) -> String {
    text.chars().take(3_000).collect()
}
