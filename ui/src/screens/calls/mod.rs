//! Calls: the history as a list with filters, and one call opened in its place.

pub mod basis;
pub mod deciding;
pub mod filter_bar;
pub mod filter_menu;
pub mod join;
pub mod lead;
pub mod opened;
pub mod related;
pub mod row;
pub mod screen;
pub mod table;
pub mod table_head;

pub use screen::CallsScreen;
