//! Reports that go out by themselves: the list, one schedule while it is filled in, and the log.

pub mod form;
pub mod screen;
pub mod sent;
pub mod times;

pub use screen::Schedules;
