//! What crosses the boundary between the desk and those who look at it: one request and reply per command, one enum of
//! pushes, one failure. The transport is not known here: the window's IPC today, a socket tomorrow.
//!
//! Deliberately absent: files, SQL, whole tables. A folder stands in settings only, as the text that a person chose. Instants are milliseconds UTC; whoever shows them
//! knows the office's zone from [`about::About`]. [`published`] is the JSON of the command line.

pub mod about;
pub mod backups;
pub mod calls;
pub mod choosing;
pub mod command;
pub mod computer;
pub mod decisions;
pub mod directory;
pub mod failure;
pub mod first_run;
pub mod health;
pub mod intake;
pub mod keeping;
pub mod licences;
pub mod links;
pub mod live;
pub mod lock;
pub mod notes;
pub mod people;
pub mod player;
pub mod portable;
pub mod privacy;
pub mod published;
pub mod push;
pub mod rates;
pub mod recordings;
pub mod reports;
pub mod rescue;
pub mod scorecards;
pub mod search;
pub mod sites;
pub mod today;
pub mod updates;

pub use command::Command;
pub use failure::{Failure, FailureCode};
pub use push::{Place, Push};
