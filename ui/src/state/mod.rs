//! What the window knows between its screens. Everything but [`office`] and [`prefs`] is plain values without a browser.

pub mod call_at;
pub mod call_list;
pub mod calls;
pub mod day_columns;
pub mod day_scale;
pub mod filter;
pub mod list_window;
pub mod live;
pub mod office;
pub mod people;
pub mod people_day;
pub mod person_draft;
pub mod prefs;
pub mod range;
pub mod rates_draft;
pub mod screen;
pub mod settings_tab;
pub mod site_draft;
pub mod standing;

pub use filter::CallQuery;
pub use office::{Office, use_office};
pub use range::{Day, Range};
pub use screen::Screen;
