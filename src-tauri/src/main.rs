//! The program; what it does is in the library, so that the bundler and tests see one thing.

// A release on Windows opens no console behind its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    calldoc_shell::run()
}
