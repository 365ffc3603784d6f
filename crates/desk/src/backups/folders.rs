//! Where a library's backups went, in a file of its own beside the database: when that cannot be read any more, its
//! settings and its log cannot either, and then the folders are needed most.

use super::log;
use super::making::BEFORE_UPDATES;
use crate::desk::Desk;
use crate::keeping::off_thread;
use crate::trouble::failure_of_store;
use contract::Failure;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use store::BackupState;

const FILE: &str = "backup-folders.json";

/// Folders change with disks, and those of years ago help nobody.
const FOLDERS_MAX: usize = 8;

/// Of a folder's files, the newest: schedules keep fewer, and who looks for an older one chooses the file.
const FILES_MAX: usize = 100;

impl Desk {
    /// Writes down where backups went, if that changed. Nothing depends on it as long as the library can be opened.
    pub(super) async fn note_backup_folders(&self) {
        let noted = async {
            let lines = self.reader().backups(log::LOOKED_THROUGH).await.map_err(failure_of_store)?;
            let good = lines.iter().filter(|line| line.state == BackupState::Good);
            let folders = good.filter_map(|line| Path::new(&line.file).parent().map(Path::to_owned));
            let library = self.library().folder.clone();
            let folders = known_once(folders, &library);
            off_thread(move || write(&library, &folders)).await
        };
        match noted.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "where backups went could not be noted"),
            Err(Failure { message, .. }) => tracing::warn!(message, "where backups went could not be noted"),
        }
    }
}

/// Each once, the first come first; those of the library's own folder are found without a note.
fn known_once(folders: impl Iterator<Item = PathBuf>, library: &Path) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let elsewhere = folders.filter(|folder| folder.is_absolute() && !folder.starts_with(library));
    elsewhere.filter(|folder| seen.insert(folder.clone())).take(FOLDERS_MAX).collect()
}

fn write(library: &Path, folders: &[PathBuf]) -> std::io::Result<()> {
    if read(library) == folders {
        return Ok(());
    }
    let texts: Vec<_> = folders.iter().map(|folder| folder.to_string_lossy()).collect();
    let unfinished = library.join("backup-folders.json.part");
    let mut file = std::fs::File::create(&unfinished)?;
    file.write_all(&serde_json::to_vec(&texts)?)?;
    file.sync_all()?;
    std::fs::rename(unfinished, library.join(FILE))
}

/// Empty where nothing was noted, or nothing that can be read.
fn read(library: &Path) -> Vec<PathBuf> {
    let noted = std::fs::read(library.join(FILE)).unwrap_or_default();
    serde_json::from_slice(&noted).unwrap_or_default()
}

/// What can be found without the library's database.
#[derive(Default)]
pub(super) struct Found {
    pub(super) files: Vec<PathBuf>,
    /// Folders that are not there now.
    pub(super) away: Vec<PathBuf>,
}

pub(super) fn find(library: &Path) -> Found {
    let mut found = Found::default();
    for folder in read(library) {
        match folder.is_dir() {
            true => found.files.extend(backups_in(&folder)),
            false => found.away.push(folder),
        }
    }
    found.files.extend(backups_in(&library.join(BEFORE_UPDATES)));
    found
}

fn backups_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == super::places::ENDING))
        .filter_map(|path| {
            let about = path.metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), path))
        })
        .collect();
    files.sort_by(|one, other| other.cmp(one));
    files.into_iter().take(FILES_MAX).map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::{FILE, FOLDERS_MAX, known_once, read, write};
    use std::path::PathBuf;

    #[test]
    fn folders_are_noted_once_and_not_those_of_the_library() {
        let place = std::env::temp_dir();
        let (library, stick, server) = (place.join("library"), place.join("stick"), place.join("server"));
        let own = library.join("before-updates");
        let given = [stick.clone(), server.clone(), stick.clone(), own, PathBuf::new(), "relative".into()];
        let known = known_once(given.into_iter(), &library);
        assert_eq!(known, [stick, server], "the first come first");
        let many = (0..20).map(|number| place.join(number.to_string()));
        assert_eq!(known_once(many, &library).len(), FOLDERS_MAX, "the list has an end");
    }

    #[test]
    fn what_cannot_be_read_is_no_folder() {
        let library = tempfile::tempdir().expect("a folder");
        assert_eq!(read(library.path()), Vec::<PathBuf>::new(), "nothing was noted yet");
        write(library.path(), &[PathBuf::from("/usb")]).expect("written");
        assert_eq!(read(library.path()), [PathBuf::from("/usb")], "as it was noted");
        std::fs::write(library.path().join(FILE), "not JSON").expect("overwritten");
        assert_eq!(read(library.path()), Vec::<PathBuf>::new(), "somebody else wrote there");
    }
}
