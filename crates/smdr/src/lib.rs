//! SMDR of an Avaya IP Office: from bytes on a socket or in a log file to records.
//!
//! Three layers that know nothing of each other's insides: [`lines`] cuts bytes into lines, [`record::read`] turns a
//! line into a record or a complaint, and the [`collector`] and [`log_file`] bring the bytes. What the facts are is
//! written in docs/smdr.md.
//!
//! Deliberately absent: what a call is, the journal, access digits, the clock of this computer in anything that is
//! read. The same bytes always give the same facts, so that a journal can be read again.

pub mod collector;
mod complaint;
mod device;
pub mod encoding;
mod facts;
mod fields;
pub mod lines;
mod local_time;
pub mod log_file;
mod owned;
pub mod probe;
mod quirks;
pub mod record;
mod settings;
mod site_clock;
mod tail;
mod trouble;
mod values;
pub mod words;

pub use collector::{Collector, Disturbance, Report, State};
pub use complaint::{Complaint, Field};
pub use facts::{Line, facts};
pub use log_file::{Chunk, LogFile, ReadError};
pub use owned::detached;
pub use record::{Reading, read};
pub use settings::{BadSettings, Settings};
pub use site_clock::{SiteClock, UnknownZone};
pub use trouble::Trouble;
