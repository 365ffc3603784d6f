//! A whole backup at once: read back to see that it is whole, or unpacked into a new folder.

use crate::{About, BackupReader, Passphrase, Summary, Trouble};
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// Reads everything back. `watch` is told bytes of members as they are read, and may stop it.
///
/// # Errors
/// Whatever is amiss with it.
pub fn verify(
    input: impl Read,
    passphrase: Option<&Passphrase>,
    watch: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(About, Summary), Trouble> {
    let mut reader = BackupReader::open(input, passphrase)?;
    while let Some(mut member) = reader.next_member()? {
        copy(&mut member, &mut io::sink(), watch)?;
        member.finish()?;
    }
    Ok((reader.about().clone(), reader.summary()))
}

/// Unpacks every member to its name within `folder`, which holds nothing yet. Each file is on the disk when this returns.
/// After an error the folder holds a part, which is for the caller to remove.
///
/// # Errors
/// Whatever is amiss with it; a full disk; a member whose name leads out of the folder, or that is there twice.
pub fn unpack(
    input: impl Read,
    passphrase: Option<&Passphrase>,
    folder: &Path,
    watch: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(About, Summary), Trouble> {
    let mut reader = BackupReader::open(input, passphrase)?;
    while let Some(mut member) = reader.next_member()? {
        let path = folder.join(member.name().as_str());
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(Trouble::written)?;
        }
        let mut file = File::create_new(&path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Trouble::Twice,
            _ => Trouble::written(error),
        })?;
        copy(&mut member, &mut file, watch)?;
        member.finish()?;
        file.sync_all().map_err(Trouble::written)?;
    }
    Ok((reader.about().clone(), reader.summary()))
}

fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    watch: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(), Trouble> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Trouble::read(error)),
        };
        to.write_all(&buffer[..read]).map_err(Trouble::written)?;
        if watch(read as u64).is_break() {
            return Err(Trouble::Stopped);
        }
    }
}
