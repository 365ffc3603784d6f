//! A look at a folder: its files that may be recordings, and the side files beside them.

use model::At;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Folders within folders that are looked into.
const DEEP: u32 = 8;
/// Endings of what may be a recording; other files in a folder are let be.
const SOUNDS: &[&str] = &["wav", "wave", "opus", "ogg", "oga", "mp3", "flac"];
const SIDES: &[&str] = &["xml", "json"];
/// A side file has some twenty lines.
pub(crate) const SIDE_BYTES_MAX: u64 = 256 * 1024;

/// A file as one look found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Within the folder, with `/` between its parts.
    pub(crate) file: String,
    pub(crate) bytes: u64,
    pub(crate) changed_at: At,
    /// A side file lies beside it.
    pub(crate) side: bool,
}

/// All that may be recordings, in the folder and the folders in it.
pub(crate) fn look(folder: &Path) -> io::Result<Vec<Found>> {
    let mut all = Vec::new();
    look_into(folder, "", DEEP, &mut all)?;
    Ok(sounds(all))
}

/// Those of a listing that may be recordings.
pub(crate) fn sounds(mut all: Vec<Found>) -> Vec<Found> {
    let sides: std::collections::HashSet<String> = all
        .iter()
        .filter(|found| has_ending(&found.file, SIDES))
        .filter_map(|found| Some(found.file.rsplit_once('.')?.0.to_owned()))
        .collect();
    all.retain(|found| has_ending(&found.file, SOUNDS));
    for found in &mut all {
        let stem = found.file.rsplit_once('.').map_or("", |(stem, _)| stem);
        found.side = sides.contains(stem) || sides.contains(&found.file);
    }
    all
}

/// As it is now; `None` when it is no file, or cannot be opened (yet). A person may have named a link.
pub(crate) fn at(path: &Path) -> Option<(u64, At)> {
    let facts = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    std::fs::File::open(path).ok()?;
    Some((facts.len(), changed_at(&facts)))
}

/// Whether what a look found can be taken now. It is still no link: one that came in its place may lead out of the folder.
pub(crate) fn is_takeable(path: &Path) -> bool {
    is_itself_a_file(path) && std::fs::File::open(path).is_ok()
}

fn is_itself_a_file(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|facts| facts.is_file())
}

/// What the side file beside a recording says.
pub(crate) fn side_file_of(path: &Path) -> Option<Vec<u8>> {
    let side = side_file_path(path)?;
    let small = std::fs::metadata(&side).is_ok_and(|facts| facts.len() <= SIDE_BYTES_MAX);
    if small { std::fs::read(side).ok() } else { None }
}

/// `call.xml` or `call.wav.xml` beside `call.wav`.
pub(crate) fn side_file_path(path: &Path) -> Option<PathBuf> {
    let added = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        PathBuf::from(name)
    };
    SIDES
        .iter()
        .flat_map(|ending| {
            [path.with_extension(ending), path.with_extension(ending.to_uppercase()), added(ending)]
        })
        .find(|path| is_itself_a_file(path))
}

fn look_into(folder: &Path, within: &str, deep: u32, all: &mut Vec<Found>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let Ok(entry) = entry else { continue };
        // A name that is no text could not be told to anybody.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let hidden = name.starts_with('.');
        // A link may lead out of the folder: its own facts are asked, and it is left out.
        let Ok(facts) = entry.metadata() else { continue };
        let file = if within.is_empty() { name } else { format!("{within}/{name}") };
        if facts.is_dir() && !hidden && deep > 0 {
            // A folder that went away, or is somebody else's, hides nothing of the others.
            let _ = look_into(&entry.path(), &file, deep - 1, all);
        } else if facts.is_file() && !hidden {
            all.push(Found { file, bytes: facts.len(), changed_at: changed_at(&facts), side: false });
        }
    }
    Ok(())
}

fn has_ending(file: &str, endings: &[&str]) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn changed_at(facts: &std::fs::Metadata) -> At {
    let since =
        facts.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    At(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_in_a_watched_folder_leads_nowhere() {
        let (watched, elsewhere) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("one"));
        let secret = elsewhere.path().join("secret.wav");
        std::fs::write(&secret, b"RIFF").expect("written");
        std::fs::write(elsewhere.path().join("secret.xml"), b"<call/>").expect("written");
        let within = |name: &str| watched.path().join(name);
        std::fs::write(within("real.wav"), b"RIFF").expect("written");
        symlink(&secret, within("linked.wav")).expect("linked");
        symlink(elsewhere.path(), within("folder")).expect("linked");
        symlink(elsewhere.path().join("secret.xml"), within("real.xml")).expect("linked");

        let found = look(watched.path()).expect("looked");
        let names: Vec<&str> = found.iter().map(|found| found.file.as_str()).collect();
        assert_eq!(names, ["real.wav"], "neither a linked file nor what is behind a linked folder");
        assert_eq!(side_file_of(&within("real.wav")), None, "a side file that is a link is not read");
        assert!(is_takeable(&within("real.wav")), "a file of the folder is taken");
        std::fs::remove_file(within("real.wav")).expect("removed");
        symlink(&secret, within("real.wav")).expect("put in its place");
        assert!(!is_takeable(&within("real.wav")), "a link that came after the look is not");
    }
}
