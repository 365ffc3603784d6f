//! Delta3: the XML-like text in which the PBX tells the state of calls, read into facts and written from them.
//!
//! It is not XML: leaves are comma-separated fields, entities mean nothing, a quoted field may hold anything. Reading
//! is one pass over the bytes; every text of a fact borrows from the input.

mod parse;
mod scan;
pub mod write;

pub use parse::{Tally, parse};
