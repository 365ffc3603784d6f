//! A recording of the library.

use serde::{Deserialize, Serialize};

/// Name of a recording within a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordingId(pub i64);

/// How a recording came to its call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingMatch {
    /// It has none.
    #[default]
    None,
    /// By the call id in its name or its side file.
    CallId,
    /// By time, extension and number.
    Score,
    ByHand,
    /// A person said that it belongs to no call.
    NoneByHand,
}
