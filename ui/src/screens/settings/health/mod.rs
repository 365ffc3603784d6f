//! Health: each source, what was looked at, what waits, what went wrong, and a bundle of it for whoever helps.

pub mod diagnostics;
pub mod findings;
pub mod screen;
pub mod troubles;

pub use screen::HealthPage;
