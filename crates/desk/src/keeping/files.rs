//! Where files of recordings are, and the removal of those that are to be nowhere.

use crate::desk::Desk;
use crate::keeping::off_thread;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use std::path::{Path, PathBuf};
use store::{Doomed, Files, Pool};

/// What shows that a pool's disk is there: an empty folder that a disk is usually mounted on has none.
const MARK: &str = ".calldoc-pool";

/// Marks a folder as a pool; makes it when its parent is there.
pub(crate) fn mark_pool(folder: &Path) -> std::io::Result<()> {
    if !folder.is_dir() {
        std::fs::create_dir(folder)?;
    }
    std::fs::write(folder.join(MARK), "CallDoc keeps recordings in this folder.\n")
}

/// Whether a folder is a pool, and its disk there.
pub(crate) fn is_marked(folder: &Path) -> bool {
    folder.join(MARK).is_file()
}

/// The name for the next state of a file: `12.opus`, `12.v1.opus`, `12.v2.opus`.
pub(crate) fn next_name(file: &str, n: usize) -> String {
    let (folder, name) = match file.rsplit_once('/') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, file),
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_version = |part: &str| {
        part.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let stem = match stem.rsplit_once('.') {
        Some((before, part)) if is_version(part) => before,
        _ => stem,
    };
    let name = if ending.is_empty() { format!("{stem}.v{n}") } else { format!("{stem}.v{n}.{ending}") };
    folder.map_or(name.clone(), |folder| format!("{folder}/{name}"))
}

/// The peaks beside a stored file, by its name within the pool.
pub(crate) fn peaks_name(file: &str) -> String {
    recordings::peaks::beside(Path::new(file)).to_string_lossy().into_owned()
}

/// Everything that a recording has on disk, within its pool.
pub(crate) fn all_of(files: &Files) -> Vec<String> {
    let mut all = vec![files.stored_file.clone(), peaks_name(&files.stored_file)];
    all.extend(files.original_file.clone());
    all
}

/// One that is not there is removed already.
pub(crate) fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl Desk {
    pub(crate) async fn pool(&self, id: i64) -> Result<Pool, Failure> {
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let pool = pools.into_iter().find(|pool| pool.id == id);
        pool.ok_or_else(|| failure_of_store(store::StoreError::UnknownPool))
    }

    /// Whether a pool can be used now. The library's own is made as soon as it is needed.
    pub(crate) fn is_there(&self, pool: &Pool) -> bool {
        let folder = self.library().folder_of(pool);
        if pool.folder.is_empty() {
            return std::fs::create_dir_all(&folder).is_ok();
        }
        is_marked(&folder)
    }

    /// The folder that a recording's files are in; why it cannot be reached, as a sentence.
    pub(crate) async fn folder_with(&self, files: &Files) -> Result<PathBuf, Failure> {
        let pool = self.pool(files.pool).await?;
        if self.is_there(&pool) {
            return Ok(self.library().folder_of(&pool));
        }
        Err(invalid(format!("The pool {} cannot be reached now: its disk may be away.", pool.name)))
    }

    /// Removes what is doomed, as far as its disk is there. The caller holds `at_files`.
    pub(crate) async fn remove_doomed(&self) -> Result<(), Failure> {
        let doomed = self.reader().doomed().await.map_err(failure_of_store)?;
        if doomed.is_empty() {
            return Ok(());
        }
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let mut todo: Vec<(Doomed, PathBuf)> = Vec::new();
        for file in doomed {
            let pool = pools.iter().find(|pool| pool.id == file.pool);
            if let Some(pool) = pool.filter(|pool| self.is_there(pool)) {
                let path = self.library().folder_of(pool).join(&file.file);
                todo.push((file, path));
            }
        }
        let gone = off_thread(move || {
            todo.retain(|(_, path)| {
                remove(path).inspect_err(|why| tracing::warn!(%why, "a file could not be removed")).is_ok()
            });
            todo.into_iter().map(|(file, _)| file).collect::<Vec<_>>()
        })
        .await?;
        self.hand().doomed_are_gone(&gone).await.map_err(failure_of_store)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_of_a_file_has_a_name_of_its_own() {
        assert_eq!(next_name("12.opus", 1), "12.v1.opus", "the first");
        assert_eq!(next_name("2026/11/12.v1.opus", 2), "2026/11/12.v2.opus", "in place of the one before");
        assert_eq!(next_name("2026/a.vip.wav", 1), "2026/a.vip.v1.wav", "what only looks like one stays");
        assert_eq!(next_name("bare", 3), "bare.v3", "without an ending too");
    }
}
