//! The program; what it does is in the library, so that the bundler and tests see one thing.

// A release on Windows opens no console behind its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    #[cfg(target_os = "linux")]
    if let Some(words) = as_command_line(std::env::args_os()) {
        return cli::run(words);
    }
    calldoc_shell::run()
}

/// Where calldoc-cli is a word to the app, so that a package holds what both are made of only once. Elsewhere it is a
/// program of its own: a window's program on Windows has no console, and macOS signs programs, not scripts.
#[cfg(target_os = "linux")]
fn as_command_line(
    words: impl Iterator<Item = std::ffi::OsString>,
) -> Option<impl Iterator<Item = std::ffi::OsString>> {
    let mut words = words.skip(1).peekable();
    (words.peek()? == "command-line").then_some(words)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::as_command_line;
    use std::ffi::OsString;

    fn after(words: &[&str]) -> Option<Vec<OsString>> {
        as_command_line(words.iter().map(OsString::from)).map(Iterator::collect)
    }

    #[test]
    fn the_word_before_all_others_makes_it_the_command_line() {
        let told = after(&["calldoc", "command-line", "calls", "--json"]);
        let told = told.expect("it is the command line");
        assert_eq!(told[1..], ["calls", "--json"], "what follows is handed on");
        assert_eq!(after(&["calldoc"]), None, "a window");
        assert_eq!(after(&["calldoc", "--library", "command-line"]), None, "a folder of that name");
    }
}
