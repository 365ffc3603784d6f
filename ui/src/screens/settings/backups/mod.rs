//! Backups: whether the office's data is safe, one now, those by the clock, all that were made, and restoring one.

pub mod list;
pub mod now;
pub mod restore;
pub mod schedule;
pub mod screen;
pub mod standing;

pub use screen::BackupSettings;
