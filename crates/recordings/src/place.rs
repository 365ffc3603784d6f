//! Files put where they belong, and looked after there.

use crate::seal::copy_through;
use crate::{Sha256, Unreadable};
use sha2::{Digest, Sha256 as Hasher};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Moves a finished working file to its final name so that it survives a power cut. Never overwrites: `AlreadyExists`
/// when something stands there. Both must be on one disk.
pub fn place(working: &Path, to: &Path) -> io::Result<()> {
    // Windows flushes only what is open for writing.
    File::options().read(true).write(true).open(working)?.sync_all()?;
    match std::fs::hard_link(working, to) {
        // Unlike a rename, a link fails when something stands there.
        Ok(()) => std::fs::remove_file(working)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // Disks without links, such as network shares and memory sticks.
        Err(_) => {
            File::create_new(to)?;
            std::fs::rename(working, to).inspect_err(|_| {
                let _ = std::fs::remove_file(to);
            })?;
        }
    }
    sync_folder(to)?;
    sync_folder(working)
}

#[cfg(unix)]
fn sync_folder(of: &Path) -> io::Result<()> {
    match of.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// Windows keeps names in its journal by itself and opens no folder for this.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the same signature on every system")]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// What became of a file.
#[derive(Debug)]
pub enum Verdict {
    Same,
    Changed { now: Sha256 },
    Missing,
    Unreadable(io::Error),
}

/// Whether the file still has this hash.
pub fn verify(path: &Path, sha256: &Sha256) -> Verdict {
    match hash(path) {
        Ok((now, _)) if now == *sha256 => Verdict::Same,
        Ok((now, _)) => Verdict::Changed { now },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Verdict::Missing,
        Err(error) => Verdict::Unreadable(error),
    }
}

/// Hash and length of a file as it stands.
pub fn hash(path: &Path) -> io::Result<(Sha256, u64)> {
    let mut file = File::open(path)?;
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok((hasher.finalize().into(), bytes)),
            Ok(read) => {
                hasher.update(&buffer[..read]);
                bytes += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Copies `from` to a new file and reads the copy back. Returns the hash both have, and the length.
pub fn copy(from: &Path, to: &Path) -> Result<(Sha256, u64), Unreadable> {
    let mut source = File::open(from).map_err(Unreadable::Io)?;
    let mut output = crate::output::Output::create(to, None)?;
    copy_through(&mut source, &mut output)?;
    let (sha256, bytes) = output.finish()?;
    match verify(to, &sha256) {
        Verdict::Same => Ok((sha256, bytes)),
        _ => {
            let _ = std::fs::remove_file(to);
            Err(Unreadable::NotWritten(io::Error::other("the copy is not the same as the original")))
        }
    }
}
