//! Business hours of sites and groups, holidays, and what service level means.

pub mod days;
pub mod place;
pub mod screen;
pub mod service;
pub mod spans;

pub use screen::BusinessHours;
