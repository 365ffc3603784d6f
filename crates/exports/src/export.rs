//! One way to write a report, whatever the format: begin, rows, end.

use crate::csv::{CsvStyle, CsvWriter, Utf8Mark};
use crate::json::JsonWriter;
use crate::paper::{Paper, Tail, Trouble};
use crate::pdf::{PDF_ROWS, PdfWriter};
use crate::xlsx::{XLSX_ROWS, XlsxWriter};
use model::report::{Row, Table};
use std::io::Write;
use words::{HeardRows, Language};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv(CsvStyle),
    Xlsx,
    Pdf,
    Json,
}

/// Whether more rows can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a full file takes no more rows: stop asking for them"]
pub enum Room {
    More,
    /// The format holds no more: further rows are counted and told of in the file, not written.
    Full,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    pub bytes: u64,
}

/// A report that is being written. CSV and JSON go out row by row; XLSX and PDF at the end. To stop one while it ends, let
/// the writer fail: nothing is kept.
pub struct Export<W: Write + Send> {
    form: Form<W>,
    rows: HeardRows,
    given: u64,
}

impl Format {
    /// What programs read is the same in every language: plain CSV and JSON.
    pub fn is_for_people(self) -> bool {
        match self {
            Format::Csv(style) => style.mark == Utf8Mark::With,
            Format::Xlsx | Format::Pdf => true,
            Format::Json => false,
        }
    }
}

enum Form<W: Write + Send> {
    Csv(Box<CsvWriter<Counted<W>>>),
    Xlsx(Box<XlsxWriter>, Counted<W>),
    Pdf(Box<PdfWriter>, Counted<W>),
    Json(Box<JsonWriter<Counted<W>>>),
}

impl<W: Write + Send> Export<W> {
    pub fn begin(format: Format, out: W, paper: Paper) -> Result<Self, Trouble> {
        let out = Counted { out, bytes: 0 };
        let language = if format.is_for_people() { paper.language } else { Language::English };
        let rows = HeardRows::of(language, &paper.keys, &paper.columns);
        let paper = Paper { language, ..paper }.heard();
        let form = match format {
            Format::Csv(style) => Form::Csv(Box::new(CsvWriter::begin(out, paper, style)?)),
            Format::Xlsx => Form::Xlsx(Box::new(XlsxWriter::begin(paper)?), out),
            Format::Pdf => Form::Pdf(Box::new(PdfWriter::begin(paper)), out),
            Format::Json => Form::Json(Box::new(JsonWriter::begin(out, paper)?)),
        };
        Ok(Self { form, rows, given: 0 })
    }

    pub fn row(&mut self, row: &Row) -> Result<Room, Trouble> {
        let row = &self.rows.heard(row);
        match &mut self.form {
            Form::Csv(writer) => writer.row(row)?,
            Form::Xlsx(writer, _) => writer.row(row)?,
            Form::Pdf(writer, _) => writer.row(row)?,
            Form::Json(writer) => writer.row(row)?,
        }
        self.given += 1;
        Ok(if self.given < self.most() { Room::More } else { Room::Full })
    }

    /// Writes what is left and gives the writer back.
    pub fn end(self, tail: &Tail) -> Result<(W, Written), Trouble> {
        let rows = self.given.min(self.most());
        let out = match self.form {
            Form::Csv(writer) => writer.end(tail)?,
            Form::Xlsx(writer, out) => writer.end(tail, out)?,
            Form::Pdf(writer, out) => writer.end(tail, out)?,
            Form::Json(writer) => writer.end(tail)?,
        };
        let Counted { mut out, bytes } = out;
        out.flush()?;
        Ok((out, Written { rows, bytes }))
    }

    fn most(&self) -> u64 {
        match self.form {
            Form::Csv(_) | Form::Json(_) => u64::MAX,
            Form::Xlsx(..) => XLSX_ROWS,
            Form::Pdf(..) => PDF_ROWS,
        }
    }
}

/// All rows of a table in one go.
pub fn whole<W: Write + Send>(
    format: Format,
    out: W,
    paper: Paper,
    table: &Table,
) -> Result<(W, Written), Trouble> {
    let mut tail = Tail::of(table);
    let mut export = Export::begin(format, out, paper)?;
    for (at, row) in table.rows.iter().enumerate() {
        if export.row(row)? == Room::Full {
            tail.rows_left_off += (table.rows.len() - at - 1) as u64;
            break;
        }
    }
    export.end(&tail)
}

/// How many bytes went through.
pub(crate) struct Counted<W> {
    out: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}
