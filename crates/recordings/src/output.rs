//! New files: hashed as they are written, sealed if wanted, gone again if they are not finished.

use crate::seal::SealedWriter;
use crate::{Key, Sha256, Unreadable};
use sha2::{Digest, Sha256 as Hasher};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub(crate) struct Hashing {
    file: BufWriter<File>,
    hasher: Hasher,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Hashing {
    fn finish(self) -> io::Result<(Sha256, u64)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok((self.hasher.finalize().into(), self.bytes))
    }
}

#[derive(Debug)]
enum Form {
    Plain(Hashing),
    Sealed(Box<SealedWriter<Hashing>>),
}

/// A new file. Dropped before [`Output::finish`], it is deleted.
#[derive(Debug)]
pub(crate) struct Output {
    form: Option<Form>,
    path: PathBuf,
}

impl Output {
    pub(crate) fn create(path: &Path, seal: Option<&Key>) -> Result<Self, Unreadable> {
        Self::open(path, seal).map_err(Unreadable::NotWritten)
    }

    fn open(path: &Path, seal: Option<&Key>) -> io::Result<Self> {
        let file = BufWriter::with_capacity(64 * 1024, File::create(path)?);
        let plain = Hashing { file, hasher: Hasher::new(), bytes: 0 };
        let mut output = Self { form: None, path: path.to_owned() };
        output.form = Some(match seal {
            Some(key) => Form::Sealed(Box::new(SealedWriter::new(plain, key)?)),
            None => Form::Plain(plain),
        });
        Ok(output)
    }

    /// Everything is on the disk after this. Gives hash and length of the file.
    pub(crate) fn finish(mut self) -> Result<(Sha256, u64), Unreadable> {
        let finished = match self.form.take() {
            Some(Form::Plain(plain)) => plain.finish(),
            Some(Form::Sealed(sealed)) => sealed.finish().and_then(Hashing::finish),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        finished.map_err(|error| {
            let _ = std::fs::remove_file(&self.path);
            Unreadable::NotWritten(error)
        })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.form {
            Some(Form::Plain(plain)) => plain.write(bytes),
            Some(Form::Sealed(sealed)) => sealed.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // An open file cannot be deleted on every system.
        if self.form.take().is_some() {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
