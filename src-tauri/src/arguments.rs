//! The words that the program is started with.

use std::ffi::OsString;
use std::path::PathBuf;

pub(crate) const HELP: &str = "\
CallDoc: calls of an Avaya IP Office, live and as history.

  calldoc [--library DIR]           opens one's own library, or the one in DIR
  calldoc --demo [--library DIR]    an invented office that makes calls, in a library of its own";

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

    /// The one window that a person expects to come to the front when the program is started again.
    pub(crate) fn is_everyday(&self) -> bool {
        self.office == Office::Own && self.library.is_none()
    }
}

/// The error is a sentence.
pub(crate) fn parse(words: impl Iterator<Item = OsString>) -> Result<Asked, String> {
    let mut launch = Launch { office: Office::Own, library: None };
    let mut words = words;
    while let Some(word) = words.next() {
        match word.to_string_lossy().as_ref() {
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
    use super::{Asked, Launch, Office, parse};
    use std::path::PathBuf;

    fn parsed(words: &[&str]) -> Result<Asked, String> {
        parse(words.iter().map(std::ffi::OsString::from))
    }

    #[test]
    fn without_words_the_own_library_is_opened() {
        let launch = Launch { office: Office::Own, library: None };
        assert!(launch.is_everyday(), "this is how a person starts it");
        assert_eq!(parsed(&[]), Ok(Asked::Open(launch)), "nothing asked is the everyday start");
    }

    #[test]
    fn a_demo_can_have_its_library_anywhere() {
        let launch = Launch { office: Office::Demo, library: Some(PathBuf::from("there")) };
        assert_eq!(launch.folder(), PathBuf::from("there"), "the folder named wins over the demo's own");
        let asked = parsed(&["--demo", "--library", "there"]);
        assert_eq!(asked, Ok(Asked::Open(launch)), "both words count");
    }

    #[test]
    fn a_word_that_is_unknown_or_incomplete_is_refused() {
        assert!(parsed(&["--libary", "x"]).is_err(), "a slip must not open the wrong library");
        assert!(parsed(&["--library"]).is_err(), "a folder is missing");
    }
}
