//! Telephone numbers of an office: what it dials, by what two of them are the same, how people there write them.
//!
//! A [`Dialling`] is made of a site's settings. Its [`Dialling::key`] is E.164, made by the rules of the country with
//! string operations only, because an import asks for a million of them; what the rules are comes from the metadata of
//! libphonenumber, read when the first site with a country asks.
//!
//! Deliberately absent: what a number belongs to, calls, the disk.

mod access;
pub mod countries;
mod dialling;
mod digits;
mod rules;
mod shown;
mod world;

pub use access::access_digits;
pub use dialling::Dialling;
