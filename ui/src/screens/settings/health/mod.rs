//! Health: each source, what was looked at, what waits, what went wrong, and a bundle of it for whoever helps.

mod diagnostics;
mod findings;
mod screen;
mod troubles;

pub use screen::HealthPage;
