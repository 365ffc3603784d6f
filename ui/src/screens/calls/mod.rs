//! Calls: the history as a list with filters, and one call opened in its place.

pub mod basis;
pub mod filter_bar;
pub mod filter_menu;
pub mod opened;
pub mod row;
pub mod screen;
pub mod table;
pub mod table_head;

pub use screen::CallsScreen;
