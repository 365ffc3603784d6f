//! The shell: a window, the commands behind it, and what is pushed into it.
//!
//! Deliberately absent: logic. What a command means is the desk's business; here it gets its name and its transport.

mod again;
mod arguments;
mod automation;
mod chooser;
mod commands;
mod demo;
mod dropped;
mod opened;
mod push;
mod start;

pub use start::run;
