//! What can go wrong with a backup, in sentences for the person at the desk.

use crate::name::BadName;
use std::io;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    #[error("This file is no CallDoc backup.")]
    NoBackup,
    #[error(
        "This backup was made by a newer CallDoc (its form is {found}, this program reads up to {known}). Install the \
         newer version to restore it."
    )]
    Newer { found: u16, known: u16 },
    #[error("This backup is encrypted. Enter its passphrase.")]
    NeedsPassphrase,
    #[error("This is not the passphrase of this backup. Upper and lower case count, and so do blanks.")]
    WrongPassphrase,
    #[error("The backup is cut short: its end is missing. Take another one.")]
    CutShort,
    #[error("The backup was changed or damaged after it was written. Take another one.")]
    Changed,
    #[error("The backup holds a file that may not be unpacked: {0}")]
    Name(#[from] BadName),
    #[error("The backup holds the same file twice, as no CallDoc writes it. Take another one.")]
    Twice,
    #[error("A passphrase needs at least {least} characters.")]
    ShortPassphrase { least: usize },
    #[error("It was stopped.")]
    Stopped,
    #[error("The disk is full.")]
    DiskFull,
    #[error("It could not be written: {0}.")]
    NotWritten(io::Error),
    #[error("It cannot be read: {0}.")]
    Unreadable(io::Error),
    #[error("A file that belongs to it cannot be read: {0}.")]
    Member(io::Error),
    #[error("It could not be encrypted with this passphrase: {0}.")]
    Sealing(String),
}

impl Trouble {
    /// Of writing.
    pub(crate) fn written(error: io::Error) -> Self {
        match taken_out(error) {
            Ok(trouble) => trouble,
            Err(error)
                if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) =>
            {
                Trouble::DiskFull
            }
            Err(error) => Trouble::NotWritten(error),
        }
    }

    /// Of reading the backup.
    pub(crate) fn read(error: io::Error) -> Self {
        match taken_out(error) {
            Ok(trouble) => trouble,
            Err(error) => match error.kind() {
                io::ErrorKind::UnexpectedEof => Trouble::CutShort,
                // What the decompressor says of bytes that it did not write.
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Trouble::Changed,
                _ => Trouble::Unreadable(error),
            },
        }
    }

    /// For the way through a reader or writer.
    pub(crate) fn through(self) -> io::Error {
        io::Error::other(self)
    }
}

fn taken_out(error: io::Error) -> Result<Trouble, io::Error> {
    error.downcast::<Trouble>()
}
