//! What one looks at: the frame's bars and the rooms of the window. Screens ask the desk and hand what it says to parts.

pub mod apart;
pub mod calls;
pub mod checklist;
pub mod demo_mark;
pub mod drop_target;
pub mod keys;
pub mod live;
pub mod live_people;
pub mod lock_screen;
pub mod palette;
pub mod palette_items;
pub mod people;
pub mod player;
pub mod rail;
pub mod range_menu;
pub mod recordings;
pub mod remarks;
pub mod reports;
pub mod rescue;
pub mod settings;
pub mod setup;
pub mod today;
pub mod top;
pub mod tracks;
