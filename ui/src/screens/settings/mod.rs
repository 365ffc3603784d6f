//! Settings: the phone system, people and names, call cost, recordings, business hours, mail, backups, privacy, how
//! things stand, how the window looks, all of it in one file, this computer, and what CallDoc is built from.

pub mod about;
pub mod appearance;
pub mod backups;
pub mod computer;
pub mod directory;
pub mod field;
pub mod finder;
pub mod form;
pub mod form_basics;
pub mod form_sources;
pub mod health;
pub mod hours;
pub mod mail;
pub mod marked;
pub mod portable;
pub mod privacy;
pub mod rates;
pub mod recordings;
pub mod report;
pub mod screen;
pub mod sites;

pub use screen::SettingsScreen;
