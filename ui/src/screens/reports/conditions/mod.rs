//! The filter of a report: chips that read as a sentence, each with its editor, and the menu of all there are.

pub mod chips;
pub mod choosing;
pub mod editor;
pub mod kinds;
pub mod numbers;

pub use chips::ConditionChips;
