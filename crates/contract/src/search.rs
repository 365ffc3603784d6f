//! Search from anywhere: calls, numbers, people.

use crate::calls::{CallRow, Named};
use crate::command::command;
use crate::notes::Note;
use crate::recordings::RecordingRow;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskSearch {
    pub text: String,
}

/// A few of each, best first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    pub people: Vec<Named>,
    pub groups: Vec<Named>,
    /// Outside numbers with the name last seen.
    pub numbers: Vec<Named>,
    pub calls: Vec<CallRow>,
    pub recordings: Vec<RecordingRow>,
    pub notes: Vec<Note>,
}

command!(AskSearch, "search", Found);
