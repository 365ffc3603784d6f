//! Facts in, calls out. Pure: no clock, no disk, no sockets; `now` and the place of a fact in the journal are passed in,
//! so that replaying the journal gives the same calls.
//!
//! DevLink3 tells the state of legs; a conversation is followed by its *ends* ([`follow`], [`leave`]). SMDR tells
//! records; those of one call are gathered ([`records`]) and joined with the conversation they describe ([`join`]).
//! docs/correlation.md has the rules with their reasons.

mod after_break;
mod attach;
mod by_hand;
mod channels;
mod clock;
mod conference;
mod conversation;
mod ended;
mod engine;
mod follow;
mod group;
mod groups;
mod join;
mod joined;
mod kin;
mod leave;
mod merge;
mod outside;
mod party;
mod people;
mod phone_note;
mod reading;
mod records;
mod score;
mod site;
mod timeline;

pub use by_hand::{ByHand, Made};
pub use engine::{Engine, Output, Saved};
pub use site::Rules;

/// Raised whenever a rule changes, so that a library made by older rules is known to want a `rebuild`.
pub const ENGINE_VERSION: u32 = 3;
