//! Settings of recordings: where they come from, how they are named, kept and protected, how they are scored, and who did
//! what with them.

pub mod audit;
pub mod encryption;
pub mod folder_box;
pub mod naming_form;
pub mod namings;
pub mod pools;
pub mod retention;
pub mod retention_rule;
pub mod scorecard_form;
pub mod scorecards;
pub mod screen;
pub mod source_fields;
pub mod source_form;
pub mod sources;
pub mod storage;
pub mod verify;

pub use folder_box::FolderBox;
pub use screen::RecordingSettings;
