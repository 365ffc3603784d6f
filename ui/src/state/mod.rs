//! What the window knows between its screens. Everything but [`office`] and [`prefs`] is plain values without a browser.

pub mod call_list;
pub mod calls;
pub mod filter;
pub mod list_window;
pub mod live;
pub mod office;
pub mod prefs;
pub mod range;
pub mod screen;
pub mod site_draft;
pub mod standing;

pub use filter::CallQuery;
pub use office::{Office, use_office};
pub use range::{Day, Range};
pub use screen::Screen;
