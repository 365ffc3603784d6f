//! The nouns of the field, shared by every room: what sources say ([`fact`]), what the desk makes of it
//! ([`call`], [`agent`]), and how it is counted ([`figures`]).
//!
//! Deliberately absent: tokio, files, SQL, the clock, time zones. This crate also builds for the webview.

pub mod agent;
pub mod call;
pub mod decision;
pub mod fact;
pub mod figures;
pub mod journal;
pub mod recording;
pub mod report;
pub mod site;
pub mod time;

pub use agent::{AgentState, AgentStatus};
pub use call::{
    Basis, Call, CallId, Direction, Ending, Event, EventKind, Filled, Match, MatchMethod, RecordRef, Related,
    Relation, SourceKind,
};
pub use decision::Decision;
pub use journal::{Entry, Position, Said};
pub use recording::{RecordingId, RecordingMatch};
pub use site::SiteId;
pub use time::At;
