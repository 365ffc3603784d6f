//! How it goes, for the health page, the terminal and the diagnostics bundle: all of them look here.

mod advice;
mod report;
mod standing;

pub(crate) use report::gathered;
pub(crate) use standing::of_library;

/// Troubles older than this are history.
pub(crate) const TROUBLED_DAYS: i64 = 7;

pub(crate) const DAY_MS: i64 = 24 * 3_600_000;
