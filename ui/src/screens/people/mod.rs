//! People: a day of everyone in the office, from left to right in states.

pub mod bar;
pub mod day_menu;
pub mod finder;
pub mod pointing;
pub mod row;
pub mod screen;
pub mod table;

pub use day_menu::DayMenu;
pub use screen::PeopleScreen;
