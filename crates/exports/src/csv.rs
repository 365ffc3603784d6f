//! CSV as RFC 4180 has it: lines end with CR LF, cells are quoted where they must be, UTF-8.
//!
//! One line of heads, one for each row. Under a summary's rows stand the totals and averages, as on the screen. What was
//! compared has a second column `…, before` beside each figure; money has one for its currency. Lengths are `h:mm:ss`,
//! which spreadsheets read as lengths; shares are percentages; instants are the office's wall clock with its offset from
//! UTC, so that a doubled hour stays apart. Nothing is rounded to thousands.
//!
//! In German, cells are parted by semicolons and a comma stands before decimals: that is how a German Excel reads a CSV.

use crate::cell;
use crate::paper::{Paper, Tail, Trouble, check_even};
use csv::{Terminator, WriterBuilder};
use model::report::{Row, Unit, Value};
use std::io::Write;
use words::Language;

/// The mark by which spreadsheets know UTF-8 (a byte order mark).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Utf8Mark {
    With,
    #[default]
    Without,
}

/// Lines under the rows of a summary: `Total`, `Total, before` and `Average`, in the column of the first key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Totals {
    #[default]
    With,
    Without,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvStyle {
    pub mark: Utf8Mark,
    pub totals: Totals,
}

/// Writes each row as it comes.
pub struct CsvWriter<W: Write> {
    out: csv::Writer<W>,
    paper: Paper,
    style: CsvStyle,
    rows: u64,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the line of heads.
    pub fn begin(mut out: W, paper: Paper, style: CsvStyle) -> Result<Self, Trouble> {
        if style.mark == Utf8Mark::With {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let delimiter = match paper.language {
            Language::English => b',',
            Language::German => b';',
        };
        let mut builder = WriterBuilder::new();
        let out = builder.delimiter(delimiter).terminator(Terminator::CRLF).flexible(true).from_writer(out);
        let mut writer = Self { out, paper, style, rows: 0 };
        let heads = writer.heads();
        writer.line(heads.iter().map(|head| harmless(head)))?;
        Ok(writer)
    }

    pub fn row(&mut self, row: &Row) -> Result<(), Trouble> {
        check_even(self.rows + 1, self.paper.columns.len(), row.values.len(), row.before.len())?;
        let labels = padded(&row.label, self.paper.keys.len());
        let cells = self.cells(&row.values, &row.before);
        self.line(labels.into_iter().chain(cells))?;
        self.rows += 1;
        Ok(())
    }

    /// Writes what stands under the rows and gives the writer back.
    pub fn end(mut self, tail: &Tail) -> Result<W, Trouble> {
        if self.style.totals == Totals::With && !self.paper.is_detail() && !self.paper.keys.is_empty() {
            let before: &[Value] = if self.paper.is_compared() { &tail.totals_before } else { &[] };
            let language = self.paper.language;
            self.under(language.say("Total"), &tail.totals, before)?;
            self.under(language.say("Average"), &tail.averages, &[])?;
        }
        self.out.into_inner().map_err(|error| Trouble::Write(error.into_error()))
    }

    fn under(&mut self, name: &str, values: &[Value], before: &[Value]) -> Result<(), Trouble> {
        if values.len() != self.paper.columns.len() || values.iter().all(|value| *value == Value::None) {
            return Ok(());
        }
        let labels = padded(&[name.to_owned()], self.paper.keys.len());
        let cells = self.cells(values, before);
        self.line(labels.into_iter().chain(cells))
    }

    fn heads(&self) -> Vec<String> {
        let language = self.paper.language;
        let mut heads = self.paper.keys.clone();
        for column in &self.paper.columns {
            heads.push(column.head.clone());
            if column.unit == Unit::Money {
                heads.push(language.fill("{figure}, currency", &[("figure", &column.head)]));
            }
            if self.paper.is_compared() {
                heads.push(language.fill("{figure}, before", &[("figure", &column.head)]));
            }
        }
        heads
    }

    fn cells(&self, values: &[Value], before: &[Value]) -> Vec<String> {
        let mut cells = Vec::with_capacity(values.len() * 2);
        for (at, (value, column)) in values.iter().zip(&self.paper.columns).enumerate() {
            cells.push(self.written(value));
            if column.unit == Unit::Money {
                cells.push(match value {
                    Value::Money { currency, .. } => harmless(currency),
                    _ => String::new(),
                });
            }
            if self.paper.is_compared() {
                cells.push(before.get(at).map(|value| self.written(value)).unwrap_or_default());
            }
        }
        cells
    }

    fn written(&self, value: &Value) -> String {
        match value {
            Value::None => String::new(),
            Value::Count(count) => count.to_string(),
            Value::Length(ms) => cell::long_length(*ms),
            Value::Share(share) if share.is_finite() => self.decimal(&format!("{:.2}%", share * 100.0)),
            Value::Number(number) if number.is_finite() => self.decimal(&cell::trimmed(*number)),
            Value::Share(_) | Value::Number(_) => String::new(),
            Value::Money { amount, .. } => self.decimal(&cell::amount(*amount)),
            Value::At(ms) => cell::iso(*ms, &self.paper.zone).unwrap_or_default(),
            Value::Text(text) => harmless(text),
        }
    }

    fn decimal(&self, number: &str) -> String {
        cell::decimal(number, self.paper.language)
    }

    fn line(&mut self, cells: impl Iterator<Item = String>) -> Result<(), Trouble> {
        self.out.write_record(cells.map(String::into_bytes)).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Trouble::Write(error),
            other => Trouble::Made { format: "CSV", says: format!("{other:?}") },
        })
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises on CSV injection:
/// `+49…` too, which would be reckoned. A plain negative number stays one, and a sign alone (`-` for "nothing") is no
/// formula.
pub(crate) fn harmless(text: &str) -> String {
    let formula = match text.trim_start_matches(' ').chars().next() {
        Some('=' | '+' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => true,
        Some('-') => !is_plain_negative(text),
        Some(_) | None => false,
    };
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn is_plain_negative(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else { return false };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits.is_empty() || (all_digits(whole) && all_digits(rest))
}

fn padded(labels: &[String], keys: usize) -> Vec<String> {
    (0..keys).map(|at| labels.get(at).map(|label| harmless(label)).unwrap_or_default()).collect()
}
