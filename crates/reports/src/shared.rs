//! Definitions that come in a file.

use model::report::Definition;
use thiserror::Error;

/// Longest definition that is read: a hundred times the largest standard one.
const FILE_BYTES_MAX: usize = 1 << 18;

/// Why a file gives no report, in words for the person who chose it.
#[derive(Debug, Error)]
pub enum NoReport {
    #[error("This file is too large for a report.")]
    TooLarge,
    #[error("This file holds no report of CallDoc, or one of a newer version.")]
    Unreadable(#[source] serde_json::Error),
    /// It is one, but cannot be run.
    #[error("{0}")]
    Wrong(String),
}

/// Reads the text of a definition's file.
pub fn read(text: &str) -> Result<Definition, NoReport> {
    if text.len() > FILE_BYTES_MAX {
        return Err(NoReport::TooLarge);
    }
    let text = text.trim_start_matches('\u{feff}');
    let definition: Definition = serde_json::from_str(text).map_err(NoReport::Unreadable)?;
    match definition.trouble() {
        None => Ok(definition),
        Some(trouble) => Err(NoReport::Wrong(trouble)),
    }
}
