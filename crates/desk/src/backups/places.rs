//! Where backups lie: folders that may hold them, their names, room on disks, and the places beside a library.

use crate::trouble::invalid;
use crate::zones::Zone;
use contract::{Failure, FailureCode};
use model::At;
use std::fs::File;
use std::path::{Path, PathBuf};

pub(super) const ENDING: &str = "calldoc-backup";

/// Within the library's folder: what a backup is being made of.
const SCRATCH: &str = "backing-up";

/// Room that is left on a disk for others.
const LEFT_FREE_BYTES: u64 = 64_000_000;

/// With less than this, not even a line of the log finds room.
const FULL_BELOW_BYTES: u64 = 512 << 10;

/// Files of one name in a folder; then it is full of them by mistake.
const SAME_NAME_MAX: u32 = 1_000;

/// Whether a folder may hold backups; makes it when its parent is there.
///
/// # Errors
/// Where it is not there, or lies within what is backed up.
pub(super) fn check_folder(folder: &Path, backed_up: &[PathBuf]) -> Result<PathBuf, Failure> {
    if folder.as_os_str().is_empty() {
        return Err(invalid("Choose the folder that backups go to."));
    }
    if !folder.is_absolute() {
        return Err(invalid("Give the whole path of the folder that backups go to."));
    }
    if !folder.is_dir() {
        std::fs::create_dir(folder).map_err(|_| {
            invalid(format!(
                "The folder {} is not there now. Plug its disk in, connect to its server, or choose another folder.",
                folder.display()
            ))
        })?;
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder_now = real(folder);
    if backed_up.iter().any(|inside| folder_now.starts_with(real(inside))) {
        return Err(invalid(
            "This folder lies within the library, which would be lost together with its backups. Choose one on another \
             disk, or at least outside of the library.",
        ));
    }
    Ok(folder_now)
}

/// # Errors
/// What is missing, in words.
pub(super) fn check_room(folder: &Path, needed_bytes: u64, what_for: &str) -> Result<(), Failure> {
    let Ok(free) = fs4::available_space(folder) else { return Ok(()) };
    if free >= needed_bytes.saturating_add(LEFT_FREE_BYTES) {
        return Ok(());
    }
    Err(invalid(format!(
        "There is not enough room {what_for}: about {} are needed, {} more are left free for others, and {} are free on the \
         disk of {}.",
        size(needed_bytes),
        size(LEFT_FREE_BYTES),
        size(free),
        folder.display()
    )))
}

/// A failure on a disk with no room is one for want of room, by whatever words it came: SQLite has several for it.
pub(super) fn told_if_full(failure: Failure, folder: &Path) -> Failure {
    let free = fs4::available_space(folder).unwrap_or(u64::MAX);
    told_if_so_little(failure, free)
}

fn told_if_so_little(failure: Failure, free_bytes: u64) -> Failure {
    if free_bytes >= FULL_BELOW_BYTES || failure.code == FailureCode::DiskFull {
        return failure;
    }
    Failure { code: FailureCode::DiskFull, ..failure }
}

/// `CallDoc 2026-11-21 22.04.05.calldoc-backup`, a number behind it where that is taken.
pub(super) fn free_place(folder: &Path, what: &str, zone: &Zone, at: At) -> Result<PathBuf, Failure> {
    let when = zone.zoned(at).strftime("%Y-%m-%d %H.%M.%S").to_string();
    let harmless =
        |letter: char| if letter.is_control() || "/\\:*?\"<>|".contains(letter) { '-' } else { letter };
    let what: String = what.chars().map(harmless).take(80).collect();
    for n in 1..=SAME_NAME_MAX {
        let count = if n == 1 { String::new() } else { format!(" ({n})") };
        let place = folder.join(format!("{what} {when}{count}.{ENDING}"));
        if !place.exists() && !unfinished(&place).exists() {
            return Ok(place);
        }
    }
    Err(invalid("There are too many backups of the same second in this folder. Choose another one."))
}

/// A backup has its final name only once it was read back.
pub(super) fn unfinished(place: &Path) -> PathBuf {
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    place.with_file_name(name)
}

/// An empty folder within the library for what a backup is made of.
pub(super) struct Scratch {
    folder: PathBuf,
    /// Locked as long as somebody uses the folder.
    _lock: File,
}

impl Scratch {
    pub(super) fn within(library: &Path) -> std::io::Result<Self> {
        // Each program has its own.
        let name = format!("{SCRATCH}-{}", std::process::id());
        let (folder, lock) = (library.join(&name), library.join(format!("{name}.lock")));
        remove_folder(&folder)?;
        std::fs::create_dir_all(&folder)?;
        let lock = File::create(lock)?;
        lock.try_lock()?;
        Ok(Self { folder, _lock: lock })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What cannot be removed now is at the next start.
    pub(super) fn remove(self) {
        let _ = remove_folder(&self.folder);
        let _ = std::fs::remove_file(self.folder.with_extension("lock"));
    }
}

/// What a kill left of it; what another program uses stays.
pub(super) fn clear_scratch(library: &Path) {
    for entry in std::fs::read_dir(library).into_iter().flatten().flatten() {
        let path = entry.path();
        if !path.is_dir() || !entry.file_name().to_string_lossy().starts_with(SCRATCH) {
            continue;
        }
        let lock = path.with_extension("lock");
        let is_used = File::open(&lock).is_ok_and(|file| file.try_lock().is_err());
        if !is_used {
            let _ = remove_folder(&path);
            let _ = std::fs::remove_file(lock);
        }
    }
}

/// One that is not there is removed already.
pub(super) fn remove_folder(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A place in the folder that the library's folder is in.
pub(super) fn beside(library: &Path, ending: &str) -> Result<PathBuf, Failure> {
    let library = whole(library)?;
    let Some(name) = library.file_name() else {
        return Err(invalid("The library cannot be a whole disk. Give it a folder of its own."));
    };
    let mut name = name.to_owned();
    name.push(".");
    name.push(ending);
    Ok(library.with_file_name(name))
}

pub(super) fn whole(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|_| invalid("The library has no folder."))
}

/// "1.5 GB", "12 MB"
pub(super) fn size(bytes: u64) -> String {
    crate::keeping::deed::size(bytes)
}

#[cfg(test)]
mod tests {
    use super::{check_room, told_if_so_little};
    use crate::trouble::failure_of_store;
    use contract::FailureCode;

    #[test]
    fn whatever_failed_on_a_full_disk_failed_for_want_of_room() {
        let closed = || failure_of_store(store::StoreError::Closed);
        assert_eq!(told_if_so_little(closed(), 4_096).code, FailureCode::DiskFull, "there is no room");
        assert_eq!(told_if_so_little(closed(), 1 << 30).code, FailureCode::Library, "there is");
        let full = failure_of_store(store::StoreError::DiskFull);
        assert_eq!(told_if_so_little(full, u64::MAX).code, FailureCode::DiskFull, "its own word counts");
    }

    #[test]
    fn what_is_larger_than_the_disk_is_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        check_room(folder.path(), 1, "to unpack the backup").expect("there is room for a byte");
        let refused = check_room(folder.path(), u64::MAX, "to unpack the backup").expect_err("not for this");
        assert!(
            refused.message.starts_with("There is not enough room to unpack the backup"),
            "{}",
            refused.message
        );
        assert!(
            refused.message.contains("64 MB more are left free"),
            "what is free may be more than what is needed: {}",
            refused.message
        );
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 0, "nothing was tried");
    }
}
