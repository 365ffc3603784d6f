//! One writer at a time, over processes. The lock is the operating system's: it goes when its holder does, however that ends.
//!
//! The holder's name stands in a file of its own, because Windows lets nobody read a file that is locked.

use crate::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

const LOCK_FILE: &str = "library.lock";
const HOLDER_FILE: &str = "library.holder";

/// Longest name that is read back: the file may hold anything.
const HOLDER_MAX_BYTES: usize = 200;

/// Held as long as this value lives.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock in the library's folder for `holder`, for instance "CallDoc (pid 123)".
    pub(crate) fn take(folder: &Path, holder: &str) -> Result<Self, StoreError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(LOCK_FILE))
            .map_err(StoreError::io("open the library's lock file"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Held { by: holder_of(folder) }),
            Err(TryLockError::Error(source)) => {
                return Err(StoreError::Io { doing: "lock the library", source });
            }
        }
        std::fs::write(folder.join(HOLDER_FILE), holder)
            .map_err(StoreError::io("note who holds the library"))?;
        Ok(Self { _file: file })
    }
}

fn holder_of(folder: &Path) -> String {
    let bytes = std::fs::read(folder.join(HOLDER_FILE)).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(HOLDER_MAX_BYTES)]);
    let holder: String = text.chars().filter(|letter| !letter.is_control()).collect();
    if holder.trim().is_empty() { "another program".into() } else { holder.trim().to_owned() }
}
