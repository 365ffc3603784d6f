//! The commands of the contract, a file per noun.

mod about;
pub(crate) mod calls;
pub(crate) mod live;
mod search;
pub(crate) mod sites;
mod today;
