//! The recordings: their rows, the list of them, where they come from, and what was done with files of their sources.

mod filter;
mod intake;
mod list;
pub(crate) mod matching;
mod namings;
pub(crate) mod row;
mod sources;
mod wording;
mod words;
pub(crate) mod write;

pub use filter::RecordingFilter;
pub use intake::{Became, Begun, IntakeFile, IntakeToday, NewIntakeFile, SeenFile, TookIn};
pub use list::{RecordingPage, RecordingPageRequest, RecordingSort, RecordingTotals};
pub use matching::{MatchDecision, MatchWrite};
pub use namings::Naming;
pub use row::{Recording, RecordingSays, StartedBy, StoredState};
pub use sources::{IntakePlace, IntakeSource};
pub(crate) use wording::write_words;
pub(crate) use write::add_version;
pub use write::{NewRecording, Version, VersionWhy};
