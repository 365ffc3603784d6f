//! The shell: a window, the commands behind it, what is pushed into it, and what stays when it is closed.
//!
//! Deliberately absent: logic. What a command means is the desk's business; here it gets its name and its transport.

mod again;
mod arguments;
mod attendant;
mod automation;
mod autostart;
mod chooser;
mod closing;
mod commands;
mod demo;
mod dropped;
mod licences;
mod notify;
mod opened;
#[cfg(target_os = "linux")]
mod painting;
mod prefs;
mod push;
mod rescue;
mod spoken;
mod start;
mod tray;
mod updates;
#[cfg(target_os = "linux")]
mod webview;
mod window;

pub use start::run;
