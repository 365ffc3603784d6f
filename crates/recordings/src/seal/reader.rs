//! Opening while reading, from any place.

use super::head::{CHUNK, Chunks, Head, LENGTH, PROOF};
use super::{Key, SealError};
use std::io::{self, Read, Seek, SeekFrom};
use zeroize::Zeroizing;

/// Reads a sealed file as if it were plain. One chunk is in memory at a time.
#[derive(Debug)]
pub struct SealedReader<R> {
    inner: R,
    chunks: Chunks,
    /// How many chunks there are.
    count: u32,
    /// Length of the plain content.
    length: u64,
    position: u64,
    open: Option<(u32, Zeroizing<Vec<u8>>)>,
}

impl<R: Read + Seek> SealedReader<R> {
    /// Knows a wrong key by the head, and a file cut off by its last chunk.
    pub fn open(mut inner: R, key: &Key) -> Result<Self, SealError> {
        let mut start = Vec::new();
        inner.seek(SeekFrom::Start(0)).map_err(SealError::Io)?;
        (&mut inner).take(LENGTH as u64).read_to_end(&mut start).map_err(SealError::Io)?;
        let head = Head::read(&start)?;
        if head.fingerprint != key.print() {
            let needs = super::key::hex(&head.fingerprint);
            return Err(SealError::WrongKey { needs, given: key.fingerprint() });
        }
        let bytes = inner.seek(SeekFrom::End(0)).map_err(SealError::Io)?;
        let sealed = bytes.saturating_sub(LENGTH as u64);
        let count = sealed.div_ceil((CHUNK + PROOF) as u64);
        let rest = sealed % (CHUNK + PROOF) as u64;
        if count == 0 || (1..PROOF as u64).contains(&rest) {
            return Err(SealError::Damaged);
        }
        let mut reader = Self {
            inner,
            chunks: Chunks::new(key, head),
            count: u32::try_from(count).map_err(|_| SealError::Damaged)?,
            length: sealed - count * PROOF as u64,
            position: 0,
            open: None,
        };
        reader.chunk(reader.count - 1).map_err(|error| match error.downcast() {
            Ok(seal) => seal,
            Err(error) => SealError::Io(error),
        })?;
        Ok(reader)
    }

    fn chunk(&mut self, number: u32) -> io::Result<&[u8]> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != number) {
            let at = LENGTH as u64 + u64::from(number) * (CHUNK + PROOF) as u64;
            self.inner.seek(SeekFrom::Start(at))?;
            let mut sealed = Vec::with_capacity(CHUNK + PROOF);
            (&mut self.inner).take((CHUNK + PROOF) as u64).read_to_end(&mut sealed)?;
            let plain = self.chunks.open(number, number + 1 == self.count, &sealed);
            let plain = plain.ok_or_else(|| io::Error::other(SealError::Damaged))?;
            self.open = Some((number, Zeroizing::new(plain)));
        }
        Ok(self.open.as_ref().map_or(&[], |(_, plain)| plain.as_slice()))
    }
}

impl<R: Read + Seek> Read for SealedReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.length || out.is_empty() {
            return Ok(0);
        }
        let (number, within) = (self.position / CHUNK as u64, (self.position % CHUNK as u64) as usize);
        let plain = self.chunk(number as u32)?.get(within..).unwrap_or_default();
        let count = plain.len().min(out.len());
        out[..count].copy_from_slice(&plain[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl<R: Read + Seek> Seek for SealedReader<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
