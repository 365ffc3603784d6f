//! This computer: starting and closing, notifications, updates. What is changed holds at once.

pub mod choice;
pub mod notices;
pub mod screen;
pub mod starting;
pub mod updates;

pub use screen::ComputerScreen;
