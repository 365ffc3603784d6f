//! Files moved to where they belong, and removed from where they came.

use crate::desk::Desk;
use crate::library::intake::look;
use crate::library::intake::stop::{Done, blocking, failed, library};
use model::RecordingId;
use recordings::Sha256;
use recordings::place::{self, Verdict};
use std::io;
use std::path::{Path, PathBuf};

/// Pools may be on another disk than the working folder: then it is copied there first.
pub(crate) fn place_over(from: &Path, to: &Path) -> io::Result<()> {
    match place::place(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let mut beside = to.as_os_str().to_owned();
            beside.push(".part");
            let beside = PathBuf::from(beside);
            std::fs::copy(from, &beside)?;
            place::place(&beside, to)?;
            std::fs::remove_file(from)
        }
        other => other,
    }
}

/// The working copy under another name, to be placed as the original: the copy itself is needed until the commit.
pub(crate) fn second_name(copy: &Path, name: &Path) -> io::Result<()> {
    match std::fs::remove_file(name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // Not every file system has second names.
    std::fs::hard_link(copy, name).or_else(|_| std::fs::copy(copy, name).map(drop))
}

/// Whether a recording is there to stay, and its stored file is what was put there.
pub(crate) async fn is_safe(desk: &Desk, id: RecordingId) -> Done<bool> {
    let Some(known) = desk.reader().recording(id).await.map_err(library)? else { return Ok(false) };
    if known.trashed_at.is_some() {
        return Ok(false);
    }
    let stored = desk.pool_folder(known.pool).await.map_err(failed)?.join(&known.stored_file);
    let verdict = blocking(move || {
        let sha256 = Sha256::try_from(known.stored_sha256.as_slice()).unwrap_or_default();
        Ok(place::verify(&stored, &sha256))
    });
    Ok(matches!(verdict.await, Ok(Verdict::Same)))
}

/// Empties a source of a file, and of its side file: only of one that is still the one that was taken in.
pub(crate) fn remove_source(path: &Path, sha256: &Sha256) {
    if !matches!(place::verify(path, sha256), Verdict::Same) {
        return;
    }
    if let Err(error) = std::fs::remove_file(path) {
        tracing::warn!(%error, "a file that was taken in could not be removed from its source");
    }
    if let Some(side) = look::side_file_path(path) {
        // It says nothing any more without its recording.
        let _ = std::fs::remove_file(side);
    }
}
