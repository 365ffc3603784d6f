//! Call cost: what a carrier asks for outbound calls, as tables of rates.

pub mod bands;
pub mod draft;
pub mod form;
pub mod grid;
pub mod read;
pub mod screen;
pub mod trial;

pub use screen::RatesScreen;
