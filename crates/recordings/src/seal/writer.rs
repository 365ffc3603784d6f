//! Sealing while writing.

use super::Key;
use super::head::{CHUNK, Chunks, Head};
use chacha20poly1305::aead::Generate;
use std::io::{self, Write};
use zeroize::Zeroizing;

/// Seals what is written. Without [`SealedWriter::finish`] the file counts as cut off.
#[derive(Debug)]
pub struct SealedWriter<W> {
    out: W,
    chunks: Chunks,
    number: u32,
    waiting: Zeroizing<Vec<u8>>,
}

impl<W: Write> SealedWriter<W> {
    pub fn new(mut out: W, key: &Key) -> io::Result<Self> {
        let nonce = <[u8; 20]>::try_generate().map_err(io::Error::other)?;
        let head = Head { fingerprint: key.print(), nonce };
        out.write_all(&head.bytes())?;
        let waiting = Zeroizing::new(Vec::with_capacity(CHUNK));
        Ok(Self { out, chunks: Chunks::new(key, head), number: 0, waiting })
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let sealed = self.chunks.seal(self.number, last, &self.waiting);
        let sealed = sealed.ok_or_else(|| io::Error::other("a chunk could not be encrypted"))?;
        self.out.write_all(&sealed)?;
        self.number = self.number.checked_add(1).ok_or(io::ErrorKind::FileTooLarge)?;
        self.waiting.clear();
        Ok(())
    }
}

impl<W: Write> Write for SealedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until it is known that it is not the last.
        if self.waiting.len() == CHUNK && !bytes.is_empty() {
            self.seal(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    /// Nothing: a chunk is sealed once, when it is full or the last.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
