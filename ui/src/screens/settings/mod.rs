//! Settings: the phone system, people and names, call cost, recordings, business hours, mail, privacy, how things stand, and how the window looks.

pub mod appearance;
pub mod directory;
pub mod field;
pub mod form;
pub mod form_basics;
pub mod form_sources;
pub mod health;
pub mod hours;
pub mod mail;
pub mod privacy;
pub mod rates;
pub mod recordings;
pub mod report;
pub mod screen;
pub mod sites;

pub use screen::SettingsScreen;
