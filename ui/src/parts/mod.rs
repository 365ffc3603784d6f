//! What screens are made of. Data comes in by value or signal, actions go out by callback; nothing here asks the desk.

pub mod basis_words;
pub mod call_bar;
pub mod chart;
pub mod chart_shape;
pub mod clock;
pub mod dialog;
pub mod figure_words;
pub mod icon;
pub mod kind;
pub mod lamp;
pub mod link;
pub mod measured;
pub mod notice;
pub mod popover;
pub mod words;
