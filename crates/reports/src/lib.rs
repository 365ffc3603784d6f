//! What calls add up to.
//!
//! Calls become [`Leaf`]s, one for each UTC day, column by column. A report's definition becomes a [`Plan`], a [`Run`]
//! takes the leaves of a time, and a table comes out; a [`Page`] finds the calls behind a figure.
//!
//! Deliberately absent: the disk, SQL, threads, the clock.

mod calendar;
mod engine;
mod hours;
pub mod leaf;
mod shared;
mod standard;
mod steps;

pub use calendar::{Calendar, Stretch};
pub use engine::{
    Book, Held, Marks, Needs, Office, Page, Plan, Recorded, Run, Scored, Service, ServiceOf, Tariff, Unread,
    line,
};
pub use hours::check as check_hours;
pub use leaf::{Column, ColumnSet, Damaged, Leaf, StateChange};
pub use shared::{NoReport, read};
pub use standard::{Standard, standard};
