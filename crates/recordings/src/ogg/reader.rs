//! Pages out of a stream of bytes.

use super::{HEAD, Page, checksum};
use std::io::{self, Read, Seek, SeekFrom};

/// The longest page there can be.
const LONGEST: usize = HEAD + 255 + 255 * 255;
const PIECE: usize = 8 * 1024;

/// Reads page after page. Bytes that are no page are passed over and counted.
#[derive(Debug)]
pub(crate) struct PageReader<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Where the unread part of the buffer begins.
    start: usize,
    /// Where that is in the file.
    position: u64,
    skipped: u64,
    ended: bool,
}

impl<R: Read> PageReader<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, buffer: Vec::new(), start: 0, position: 0, skipped: 0, ended: false }
    }

    /// Bytes that were no page.
    pub(crate) fn skipped(&self) -> u64 {
        self.skipped
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<Page>> {
        loop {
            if !self.has(HEAD)? {
                let rest = self.buffer.len() - self.start;
                self.pass(rest);
                self.skipped += rest as u64;
                return Ok(None);
            }
            if let Some(page) = self.page_here()? {
                return Ok(Some(page));
            }
            let unread = &self.buffer[self.start + 1..];
            let next =
                unread.windows(4).position(|four| four == b"OggS").unwrap_or(unread.len().saturating_sub(3));
            self.pass(next + 1);
            self.skipped += next as u64 + 1;
        }
    }

    fn page_here(&mut self) -> io::Result<Option<Page>> {
        let head = &self.buffer[self.start..self.start + HEAD];
        if &head[..5] != b"OggS\0" {
            return Ok(None);
        }
        let segments = usize::from(head[26]);
        if !self.has(HEAD + segments)? {
            return Ok(None);
        }
        let lacing = self.buffer[self.start + HEAD..self.start + HEAD + segments].to_vec();
        let body = lacing.iter().map(|&piece| usize::from(piece)).sum::<usize>();
        let length = HEAD + segments + body;
        if !self.has(length)? {
            return Ok(None);
        }
        let bytes = &mut self.buffer[self.start..self.start + length];
        let said = word(bytes, 22);
        bytes[22..26].fill(0);
        let is = checksum(bytes);
        bytes[22..26].copy_from_slice(&said.to_le_bytes());
        if said != is {
            return Ok(None);
        }
        let page = Page {
            flags: bytes[5],
            granule: u64::from(word(bytes, 6)) | u64::from(word(bytes, 10)) << 32,
            serial: word(bytes, 14),
            sequence: word(bytes, 18),
            lacing,
            body: bytes[HEAD + segments..].to_vec(),
            offset: self.position,
        };
        self.pass(length);
        Ok(Some(page))
    }

    fn pass(&mut self, bytes: usize) {
        self.start += bytes;
        self.position += bytes as u64;
    }

    /// Whether so many bytes are there to be looked at.
    fn has(&mut self, wanted: usize) -> io::Result<bool> {
        debug_assert!(wanted <= LONGEST, "no page is longer");
        while self.buffer.len() - self.start < wanted && !self.ended {
            self.buffer.drain(..self.start);
            self.start = 0;
            let filled = self.buffer.len();
            self.buffer.resize(filled + PIECE, 0);
            let read = self.inner.read(&mut self.buffer[filled..]);
            self.buffer.truncate(filled + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => self.ended = true,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.buffer.len() - self.start >= wanted)
    }
}

impl<R: Read + Seek> PageReader<R> {
    /// Reads on from this byte of the file.
    pub(crate) fn seek(&mut self, offset: u64) -> io::Result<()> {
        self.inner.seek(SeekFrom::Start(offset))?;
        self.buffer.clear();
        self.start = 0;
        self.position = offset;
        self.ended = false;
        Ok(())
    }

    pub(crate) fn length(&mut self) -> io::Result<u64> {
        let length = self.inner.seek(SeekFrom::End(0))?;
        self.seek(length)?;
        Ok(length)
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte))
}
