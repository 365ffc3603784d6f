//! Files encrypted at rest, in chunks, so that they can be read from any place.
//!
//! A sealed file is a head of 48 bytes and chunks of 64 KiB, each with 16 bytes that prove it unchanged. Every file has
//! random bytes of its own in its nonces, so one key does for a whole library. What proves a chunk also covers the head,
//! the chunk's number and whether it is the last, so that a file cut off, or with chunks moved or taken from another file,
//! is told.

mod head;
mod key;
mod reader;
mod writer;

pub use key::{Key, RecoveryTypo};
pub use reader::SealedReader;
pub use writer::SealedWriter;

use crate::output::Output;
use crate::{Sha256, Unreadable};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Why a sealed file cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    #[error("The recording is encrypted with another key (it needs {needs}, this is {given}).")]
    WrongKey { needs: String, given: String },
    #[error("The recording is encrypted, and its key ({needs}) is not here.")]
    NoKey { needs: String },
    #[error("The encrypted file was changed or cut off.")]
    Damaged,
    #[error("The file is not encrypted.")]
    NotSealed,
    #[error("The file cannot be read: {0}.")]
    Io(io::Error),
}

/// Which key a file is sealed with, by its fingerprint; none when it is not sealed.
pub fn sealed_with(path: &Path) -> io::Result<Option<String>> {
    let mut start = Vec::new();
    File::open(path)?.take(head::LENGTH as u64).read_to_end(&mut start)?;
    Ok(head::Head::read(&start).ok().map(|head| key::hex(&head.fingerprint)))
}

/// Whether these bytes begin a sealed file.
pub(crate) fn is_sealed(start: &[u8]) -> bool {
    start.starts_with(head::MAGIC)
}

/// A file of the library, sealed or not: while encryption is switched there are both.
#[derive(Debug)]
pub(crate) enum Opened {
    Plain(File),
    Sealed(Box<SealedReader<File>>),
}

impl Opened {
    pub(crate) fn open(path: &Path, seal: Option<&Key>) -> Result<Self, Unreadable> {
        let mut file = File::open(path).map_err(Unreadable::Io)?;
        let mut start = Vec::new();
        (&mut file).take(head::LENGTH as u64).read_to_end(&mut start)?;
        file.rewind()?;
        if !is_sealed(&start) {
            return Ok(Self::Plain(file));
        }
        let Some(key) = seal else {
            let needs = key::hex(&head::Head::read(&start)?.fingerprint);
            return Err(SealError::NoKey { needs }.into());
        };
        Ok(Self::Sealed(Box::new(SealedReader::open(file, key)?)))
    }
}

impl Read for Opened {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.read(out),
            Self::Sealed(sealed) => sealed.read(out),
        }
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Plain(file) => file.seek(to),
            Self::Sealed(sealed) => sealed.seek(to),
        }
    }
}

/// Copies a file with its seal changed: put on, taken off or under another key. Returns the new file's hash and length.
pub fn reseal(
    from: &Path,
    to: &Path,
    old: Option<&Key>,
    new: Option<&Key>,
) -> Result<(Sha256, u64), Unreadable> {
    let mut input = Opened::open(from, old)?;
    let mut output = Output::create(to, new)?;
    copy_through(&mut input, &mut output)?;
    output.finish()
}

/// Copies all there is; says which side failed.
pub(crate) fn copy_through(from: &mut impl Read, to: &mut impl io::Write) -> Result<u64, Unreadable> {
    let mut buffer = vec![0; 64 * 1024];
    let mut copied = 0;
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok(copied),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        to.write_all(&buffer[..read]).map_err(Unreadable::NotWritten)?;
        copied += read as u64;
    }
}
