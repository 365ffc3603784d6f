//! The words that the program is started with.

use contract::computer::Role;
use presence::Started;
use std::ffi::OsString;
use std::path::PathBuf;

/// What the system says when it starts CallDoc as a person logs in.
pub(crate) const IN_BACKGROUND: &str = "--in-background";

pub(crate) const HELP: &str = "\
CallDoc: calls of an Avaya IP Office, live and as history.

  calldoc [--library DIR]           opens one's own library, or the one in DIR
  calldoc --demo [--library DIR]    an invented office that makes calls, in a library of its own
  calldoc --in-background           collects calls without opening the window";

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Open(Launch),
    Help,
    Version,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Launch {
    pub(crate) office: Office,
    /// Instead of the folder for this platform and person.
    pub(crate) library: Option<PathBuf>,
    pub(crate) started: Started,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Office {
    Own,
    Demo,
}

impl Launch {
    pub(crate) fn folder(&self) -> PathBuf {
        match (&self.library, self.office) {
            (Some(folder), _) => folder.clone(),
            (None, Office::Own) => desk::default_library(),
            (None, Office::Demo) => desk::demo_library(),
        }
    }

    /// The everyday window is the one that a person expects to come to the front when the program is started again.
    pub(crate) fn role(&self) -> Role {
        match (self.office, &self.library) {
            (Office::Own, None) => Role::Everyday,
            (Office::Own, Some(_)) | (Office::Demo, _) => Role::Apart,
        }
    }
}

/// The error is a sentence.
pub(crate) fn parse(words: impl Iterator<Item = OsString>) -> Result<Asked, String> {
    let mut launch = Launch { office: Office::Own, library: None, started: Started::ByAPerson };
    let mut words = words;
    while let Some(word) = words.next() {
        match word.to_string_lossy().as_ref() {
            IN_BACKGROUND => launch.started = Started::WithTheComputer,
            "--demo" => launch.office = Office::Demo,
            "--library" => {
                let folder = words.next().ok_or("After --library comes a folder.")?;
                launch.library = Some(PathBuf::from(folder));
            }
            "--help" | "-h" => return Ok(Asked::Help),
            "--version" | "-V" => return Ok(Asked::Version),
            other => return Err(format!("CallDoc does not know \"{other}\".")),
        }
    }
    Ok(Asked::Open(launch))
}

#[cfg(test)]
mod tests {
    use super::{Asked, IN_BACKGROUND, Launch, Office, parse};
    use contract::computer::Role;
    use presence::Started;
    use std::path::PathBuf;

    fn parsed(words: &[&str]) -> Result<Asked, String> {
        parse(words.iter().map(std::ffi::OsString::from))
    }

    #[test]
    fn without_words_the_own_library_is_opened() {
        let launch = Launch { office: Office::Own, library: None, started: Started::ByAPerson };
        assert_eq!(launch.role(), Role::Everyday, "this is how a person starts it");
        assert_eq!(parsed(&[]), Ok(Asked::Open(launch)), "nothing asked is the everyday start");
    }

    #[test]
    fn a_demo_can_have_its_library_anywhere() {
        let launch = Launch {
            office: Office::Demo,
            library: Some(PathBuf::from("there")),
            started: Started::ByAPerson,
        };
        assert_eq!(launch.role(), Role::Apart, "a demo is not what one opens every day");
        assert_eq!(launch.folder(), PathBuf::from("there"), "the folder named wins over the demo's own");
        let asked = parsed(&["--demo", "--library", "there"]);
        assert_eq!(asked, Ok(Asked::Open(launch)), "both words count");
    }

    #[test]
    fn the_system_starts_the_everyday_window_in_the_background() {
        let Ok(Asked::Open(launch)) = parsed(&[IN_BACKGROUND]) else { panic!("it is understood") };
        assert_eq!(launch.started, Started::WithTheComputer, "nobody asked for a window");
        assert_eq!(launch.role(), Role::Everyday, "and it is the one with the tray");
    }

    #[test]
    fn a_word_that_is_unknown_or_incomplete_is_refused() {
        assert!(parsed(&["--libary", "x"]).is_err(), "a slip must not open the wrong library");
        assert!(parsed(&["--library"]).is_err(), "a folder is missing");
    }
}
