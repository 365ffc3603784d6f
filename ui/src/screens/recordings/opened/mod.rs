//! One recording opened: with its call on one axis of time, what is written about it, why it belongs there, what it is.

pub mod candidates;
pub mod facts;
pub mod lead;
pub mod silence;
pub mod span_bar;
pub mod view;
pub mod why;

pub use view::Opened;
