//! The commands of the contract, a file per noun.

mod about;
pub(crate) mod calls;
pub(crate) mod decisions;
pub(crate) mod directory;
pub(crate) mod live;
mod people;
mod people_lines;
pub(crate) mod rates;
mod search;
pub(crate) mod sites;
mod today;
