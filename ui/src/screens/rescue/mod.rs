//! What stands in the place of all screens while the library cannot be opened.

pub mod backups;
pub mod restoring;
pub mod screen;
pub mod way;

pub use screen::RescueScreen;
