//! What screens are made of. Data comes in by value or signal, actions go out by callback; nothing here asks the desk.

pub mod agent_look;
pub mod basis_words;
pub mod call_bar;
pub mod chart;
pub mod chart_shape;
pub mod clock;
pub mod confirm;
pub mod copy;
pub mod day_strip;
pub mod decision_words;
pub mod dialog;
pub mod directory_words;
pub mod figure_words;
pub mod file_text;
pub mod icon;
pub mod keyboard;
pub mod kind;
pub mod lamp;
pub mod link;
pub mod measured;
pub mod money;
pub mod notice;
pub mod people_words;
pub mod popover;
pub mod site_words;
pub mod words;
