//! Backups: whether the office's data is safe, one now, those by the clock, all that were made, and restoring one.

mod list;
mod now;
mod restore;
mod schedule;
mod screen;
mod standing;

pub use screen::BackupSettings;
