//! A definition is made a [`Plan`]; a [`Run`] takes the leaves of a time and becomes a table; a [`Page`] finds the calls
//! behind a figure.
//!
//! What is counted are *units*: calls, people's parts in calls, or groups' parts. In a row each unit counts by itself.
//! In the totals a count has each call once, and shares are of these counts; sums and means are over all parts where
//! they are the parts' own lengths, and over each call once where they are the call's.
//!
//! A condition on people (groups) leaves calls out in every report, and in one whose rows are people (groups) also the
//! parts of all others.

mod axis;
mod cells;
mod conditions;
mod cost;
mod day;
mod dialled;
mod distinct;
mod figures;
mod flags;
mod formula;
mod holders;
mod keep;
mod keys;
mod labels;
mod look;
mod marks;
mod narrow;
mod office;
mod page;
mod parts;
mod peaks;
mod plan;
mod rows;
mod run;
mod spans;
mod states;
mod table;
mod words;

pub use look::Unread;
pub use marks::{Marks, Recorded, Scored};
pub use office::{Book, Held, Office, Service, ServiceOf, Tariff};
pub use page::Page;
pub use plan::{Needs, Plan};
pub use run::Run;
pub use words::line;
