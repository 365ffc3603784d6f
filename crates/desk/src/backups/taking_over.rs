//! Puts a restored library that stands ready in the library's place, before that is opened.
//!
//! Two folders change their names: the library of now is moved aside, then the restored one gets its name. A kill before,
//! between or after leaves both whole, and the next opening goes on from there. Nothing is removed.

use super::places::{beside, whole};
use super::restoring::{BRING_ALONG, READY, RestoreNote};
use crate::keeping::off_thread;
use crate::keeping::steps::Steps;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use jiff::Timestamp;
use model::At;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use store::Library;

/// Libraries that were moved aside in one second.
const SAME_NAME_MAX: u32 = 100;

/// What came of a look for a restored library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakenOver {
    /// None stands ready.
    Nothing,
    /// Somebody has the library open: it stays, and what stands ready waits.
    Held { by: String },
    Done {
        /// Where the library before it is; none when there was none.
        aside: Option<PathBuf>,
    },
}

/// To be called before a library is opened.
///
/// # Errors
/// When a folder could not be renamed; then the library is where it was.
pub async fn take_over(library: &Path, now: At) -> Result<TakenOver, Failure> {
    let library = library.to_owned();
    off_thread(move || take_over_by(&library, now, &Steps::default())).await?
}

pub(super) fn take_over_by(library: &Path, now: At, steps: &Steps) -> Result<TakenOver, Failure> {
    let library = whole(library)?;
    let ready = beside(&library, READY)?;
    let Some(note) = RestoreNote::of(&ready) else { return Ok(TakenOver::Nothing) };
    if let Some(by) = Library::holder(&library).map_err(failure_of_store)? {
        return Ok(TakenOver::Held { by });
    }
    let aside = match library.is_dir() {
        true => Some(move_aside(&library, &ready, &note, now, steps)?),
        // A kill came between the two names, or there was no library.
        false => note.aside.map(PathBuf::from),
    };
    steps.before("put the restored library in its place")?;
    if let Err(why) = std::fs::rename(&ready, &library) {
        // Somebody else may have been faster.
        if !(why.kind() == ErrorKind::NotFound && library.is_dir()) {
            let _ = aside.as_ref().map(|aside| std::fs::rename(aside, &library));
            return Err(not_moved("The restored library could not be put in the library's place", &why));
        }
    }
    steps.before("end")?;
    Ok(TakenOver::Done { aside })
}

fn move_aside(
    library: &Path,
    ready: &Path,
    note: &RestoreNote,
    now: At,
    steps: &Steps,
) -> Result<PathBuf, Failure> {
    bring_along(library, ready, steps)?;
    let aside = free_aside(library, now)?;
    steps.before("note where the library goes")?;
    let noted = RestoreNote { aside: Some(aside.to_string_lossy().into_owned()), ..note.clone() };
    noted.write(ready).map_err(|why| not_moved("The restored library could not be written to", &why))?;
    steps.before("move the library aside")?;
    std::fs::rename(library, &aside).map_err(|why| {
        not_moved(
            "The library could not be moved aside; another program may be using a file in its folder",
            &why,
        )
    })?;
    Ok(aside)
}

/// Files of recordings that the backup does not hold, and the library of now does. Both libraries have them afterwards;
/// on a disk that knows no links, the restored one.
fn bring_along(library: &Path, ready: &Path, steps: &Steps) -> Result<(), Failure> {
    let Ok(list) = File::open(ready.join(BRING_ALONG)) else { return Ok(()) };
    for line in BufReader::new(list).lines() {
        let Ok(name) = line else { break };
        let (from, to) = (library.join(&name), ready.join(&name));
        if backup::MemberName::parse(&name).is_err() || to.exists() || !from.is_file() {
            continue;
        }
        steps.before("bring a recording along")?;
        let brought = to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| {
            match std::fs::hard_link(&from, &to) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
                Err(_) => std::fs::rename(&from, &to),
                Ok(()) => Ok(()),
            }
        });
        brought
            .map_err(|why| not_moved("A recording could not be brought into the restored library", &why))?;
    }
    Ok(())
}

/// `library.before-restore-20261121-220405` beside it.
fn free_aside(library: &Path, now: At) -> Result<PathBuf, Failure> {
    let stamp = Timestamp::from_millisecond(now.0).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y%m%d-%H%M%S");
    for n in 1..=SAME_NAME_MAX {
        let count = if n == 1 { String::new() } else { format!("-{n}") };
        let place = beside(library, &format!("before-restore-{stamp}{count}"))?;
        if !place.exists() {
            return Ok(place);
        }
    }
    Err(invalid("There are too many libraries that were moved aside. Remove those that are not needed."))
}

fn not_moved(what: &str, why: &std::io::Error) -> Failure {
    Failure { detail: Some(why.to_string()), ..invalid(format!("{what}: {why}. Nothing was lost.")) }
}
