//! What crosses the boundary between the desk and those who look at it: one request and reply per command, one enum of
//! pushes, one failure. The transport is not known here: the window's IPC today, a socket tomorrow.
//!
//! Deliberately absent: files and their paths, SQL, whole tables. Instants are milliseconds UTC; whoever shows them
//! knows the office's zone from [`about::About`]. [`published`] is the JSON of the command line.

pub mod about;
pub mod calls;
pub mod command;
pub mod decisions;
pub mod directory;
pub mod failure;
pub mod health;
pub mod links;
pub mod live;
pub mod people;
pub mod published;
pub mod push;
pub mod rates;
pub mod search;
pub mod sites;
pub mod today;

pub use command::Command;
pub use failure::{Failure, FailureCode};
pub use push::Push;
