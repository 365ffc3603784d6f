//! Reports as files: CSV, XLSX, PDF, JSON. An [`Export`] is begun with a [`Paper`], is given rows, and ended with what
//! stands under them; [`whole`] does it in one go for a [`model::report::Table`].
//!
//! Also here, because files and screens say the same: the conditions of a report as an English sentence
//! ([`filter_words`]), and the geometry of charts ([`chart::picture`]).
//!
//! Deliberately absent: where files go, the clock, how figures are reckoned, the sender's mail. Nothing is written but
//! to the given writer; only an XLSX of details puts its rows by in a nameless temporary file, so that memory does not
//! grow with them.

mod cell;
mod change;
pub mod chart;
mod csv;
mod export;
mod json;
mod paper;
mod pdf;
mod pivot;
mod words;
mod xlsx;

pub use csv::{CsvStyle, CsvWriter, Totals, Utf8Mark};
pub use export::{Export, Format, Room, Written, whole};
pub use json::JsonWriter;
pub use paper::{Origin, Paper, Tail, Trouble};
pub use pdf::{PDF_ROWS, PdfWriter};
pub use words::{Names, filter_words};
pub use xlsx::{XLSX_ROWS, XlsxWriter};
