//! The commands of the contract, a file per noun.

mod about;
mod backups;
pub(crate) mod calls;
mod checklist;
pub(crate) mod decisions;
pub(crate) mod directory;
mod first_run;
pub(crate) mod intake;
pub(crate) mod keeping;
pub(crate) mod live;
mod namings;
pub(crate) mod notes;
mod people;
mod people_lines;
mod player;
pub(crate) mod rates;
pub(crate) mod recordings;
mod reports;
pub(crate) mod scorecards;
mod search;
pub(crate) mod sites;
mod today;
