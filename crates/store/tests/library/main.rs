//! What the library promises, one file an idea. Every test has a folder of its own.

mod calls;
mod checking;
mod health;
mod journal;
mod kit;
mod list;
mod names;
mod opening;
mod rebuild;
mod records;
mod search;
mod sites;
mod survival;
mod today;
