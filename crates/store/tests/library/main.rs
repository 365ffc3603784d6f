//! What the library promises, one file an idea. Every test has a folder of its own.

mod calls;
mod checking;
mod copies;
mod found;
mod health;
mod journal;
mod keys;
mod kit;
mod list;
mod marked;
mod names;
mod numbers;
mod older;
mod opening;
mod people;
mod people_day;
mod rates;
mod rebuild;
mod recordings;
mod records;
mod search;
mod sites;
mod survival;
mod today;
