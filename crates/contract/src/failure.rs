//! What a command that failed says.

use serde::{Deserialize, Serialize};

/// A code that a screen acts on, a sentence for the person, and the technical chain one click away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub code: FailureCode,
    pub message: String,
    pub detail: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// What was asked for is not there (any more).
    NotFound,
    /// What was given cannot be right; the message says which field.
    Invalid,
    /// The library could not be read or written.
    Library,
    /// The disk that it had to be written to is full.
    DiskFull,
    /// What stands in the library's database cannot be understood.
    Damaged,
    /// A newer program wrote the library.
    Newer,
    /// Another program has the library open.
    Held,
    /// The operating system's keychain could not be used.
    Keychain,
    /// The window is locked: ask for the passphrase.
    Locked,
    /// A defect of ours.
    Internal,
}
