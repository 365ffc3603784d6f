//! Recordings: the library as a list with filters, one of them opened, what comes in, and scores by person.

pub mod acting;
pub mod filter_bar;
pub mod filter_menu;
pub mod head;
pub mod hold_dialog;
pub mod locked;
pub mod opened;
pub mod refused;
pub mod row;
pub mod scores;
pub mod screen;
pub mod table;
pub mod table_head;

pub use screen::RecordingsScreen;
