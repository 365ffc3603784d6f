//! Settings: the phone system, how things stand, and how the window looks.

pub mod appearance;
pub mod field;
pub mod form;
pub mod form_sources;
pub mod health;
pub mod report;
pub mod screen;
pub mod sites;

pub use screen::SettingsScreen;
