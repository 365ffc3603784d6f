//! Recordings under the bar of their call, on one axis of time.

pub mod call_axis;
pub mod track;

pub use call_axis::CallAxis;
pub use track::{Plain, Touch, Track};
