//! What the name of a file says of its recording. File names are not standardised, so what a name means is a *pattern*
//! that a person can change: text as it stands, with fields in braces.
//!
//! `[{name}]_{from}-{to}_{time:YYYYMMDDHHmmss}({call_id})` reads
//! `[Ann Keller]_204-0301234567_20261121093000(17).wav`.
//!
//! A pattern becomes a regular expression of a kind whose time grows with the length of the name only, so that no name
//! and no pattern can stop the intake. The ending of the file name is not part of it.

mod fields;
mod pattern;
mod presets;

pub use fields::{Named, Towards, When};
pub use pattern::{Pattern, PatternError};
pub use presets::{PRESETS, Preset};
