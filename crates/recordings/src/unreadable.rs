//! Why a file cannot be taken, played or exported, in words for a manager.

use crate::seal::SealError;
use std::io;

/// Why a recording could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    #[error("The file is empty.")]
    Empty,
    #[error("This is not a sound file that CallDoc knows (WAV, Opus, MP3, FLAC or Ogg Vorbis).")]
    NotAudio,
    #[error("The file is encrypted by the system that made it: its content looks like random bytes.")]
    Encrypted,
    #[error("The sound is coded as {name}, which CallDoc cannot read.")]
    UnsupportedCodec { name: String },
    #[error("The file is damaged: {what}.")]
    Damaged { what: String },
    #[error("The recording is longer than {hours} hours.")]
    TooLong { hours: u32 },
    #[error("The file cannot be read: {0}.")]
    Io(io::Error),
    #[error("The copy for the library cannot be written: {0}.")]
    NotWritten(io::Error),
    #[error(transparent)]
    Sealed(SealError),
    #[error("Stopped before it was done.")]
    Cancelled,
}

impl Unreadable {
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }

    pub(crate) fn unsupported(name: impl Into<String>) -> Self {
        Self::UnsupportedCodec { name: name.into() }
    }
}

/// A reader of sealed files can only speak in `io::Error`: what it meant is taken out again here.
impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.downcast::<SealError>() {
            Ok(seal) => seal.into(),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Self::damaged("it ends too early"),
            Err(error) => Self::Io(error),
        }
    }
}

impl From<SealError> for Unreadable {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Io(error) => Self::Io(error),
            error => Self::Sealed(error),
        }
    }
}
