//! Logs of earlier records, for import: plain or gzip, any size, read once from start to end in bounded memory.

use crate::lines::{Splitter, bare};
use crate::record::is_header;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Cursor, Read};
use thiserror::Error;

/// A chunk becomes one journal entry: small enough to commit while the next is read, large enough that a million rows
/// are some hundred entries.
pub const CHUNK_BYTES: usize = 2 * 1024 * 1024;

/// Well below [`model::call::FACTS_PER_ENTRY`], the most that an entry may hold.
pub const CHUNK_LINES: u32 = 8192;

const _: () = assert!((CHUNK_LINES as i64) < model::call::FACTS_PER_ENTRY);

/// Whole lines, each with its LF. The lines left out (the header and comments that begin with `#`) are empty here, so
/// that line `n` of the chunk (from 0) is line `first_line + n` of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Counted from 1.
    pub first_line: u64,
    pub lines: u32,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Error)]
pub enum ReadError {
    #[error("The file could not be read after line {after_line}: {source}")]
    Read { after_line: u64, source: io::Error },
    #[error("The compressed file is damaged or cut off after line {after_line}.")]
    Damaged { after_line: u64, source: io::Error },
    /// Made to fill the disk.
    #[error(
        "The compressed file unpacks to more than {SWOLLEN_TIMES} times its size, as no log does; stopped after line {after_line}."
    )]
    Swollen { after_line: u64 },
}

/// The chunks of a log. After an error, which comes behind all lines that were whole, nothing follows. What a decompressor
/// made in the same step in which it found damage is not among them: it is not to be trusted.
pub struct LogFile<'r> {
    source: Source<'r>,
    splitter: Splitter,
    buffer: Vec<u8>,
    reading: Reading,
    /// Lines are gathered here; a chunk is cut off when it is full.
    open: Chunk,
    full: std::collections::VecDeque<Chunk>,
    unpacked_bytes: u64,
}

enum Source<'r> {
    Plain(Box<dyn Read + Send + 'r>),
    Gzip(Box<MultiGzDecoder<BufReader<Counted<'r>>>>),
}

/// Counts what is read from the file itself.
struct Counted<'r> {
    file: Box<dyn Read + Send + 'r>,
    bytes: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(out)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

enum Reading {
    Goes,
    Failed(io::Error),
    Swelled,
    Ended,
}

const READ_BYTES: usize = 64 * 1024;

/// Rows pack to a tenth or so; ones that are all the same to a hundredth. What unpacks to more, and to much, is no log.
const SWOLLEN_TIMES: u64 = 200;
const SWOLLEN_BYTES: u64 = 64 * 1024 * 1024;

/// The longest mark looked for at the start of a file.
const MARK_BYTES: usize = 3;
const GZIP: &[u8] = &[0x1f, 0x8b];
const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

impl<'r> LogFile<'r> {
    /// Looks at the first bytes to tell gzip from plain text; a byte order mark is passed over.
    pub fn open(mut file: impl Read + Send + 'r) -> io::Result<Self> {
        let mut start = Vec::with_capacity(MARK_BYTES);
        file.by_ref().take(MARK_BYTES as u64).read_to_end(&mut start)?;
        if start == UTF8_MARK {
            start.clear();
        }
        let is_gzip = start.starts_with(GZIP);
        let whole = Cursor::new(start).chain(file);
        let source = if is_gzip {
            let file = Counted { file: Box::new(whole), bytes: 0 };
            Source::Gzip(Box::new(MultiGzDecoder::new(BufReader::with_capacity(READ_BYTES, file))))
        } else {
            Source::Plain(Box::new(whole))
        };
        Ok(Self {
            source,
            splitter: Splitter::new(),
            buffer: vec![0; READ_BYTES],
            reading: Reading::Goes,
            open: Chunk::from_line(1),
            full: std::collections::VecDeque::new(),
            unpacked_bytes: 0,
        })
    }

    fn read_on(&mut self) {
        let read = match &mut self.source {
            Source::Plain(source) => source.read(&mut self.buffer),
            Source::Gzip(source) => source.read(&mut self.buffer),
        };
        let (open, full) = (&mut self.open, &mut self.full);
        match read {
            Ok(0) => {
                self.splitter.finish(|line| gather(line, open, full));
                self.reading = Reading::Ended;
            }
            Ok(length) => {
                self.splitter.feed(&self.buffer[..length], |line| gather(line, open, full));
                self.unpacked_bytes += length as u64;
                if self.is_swollen() {
                    self.reading = Reading::Swelled;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => self.reading = Reading::Failed(error),
        }
    }

    fn is_swollen(&self) -> bool {
        match &self.source {
            Source::Plain(_) => false,
            Source::Gzip(source) => {
                let packed_bytes = source.get_ref().get_ref().bytes;
                self.unpacked_bytes > SWOLLEN_BYTES.max(packed_bytes.saturating_mul(SWOLLEN_TIMES))
            }
        }
    }

    /// The last chunk, which may be smaller.
    fn rest(&mut self) -> Option<Chunk> {
        let next = self.open.first_line + u64::from(self.open.lines);
        let rest = std::mem::replace(&mut self.open, Chunk::from_line(next));
        rest.says_something().then_some(rest)
    }

    fn after_line(&self) -> u64 {
        self.open.first_line + u64::from(self.open.lines) - 1
    }

    fn error(&self, error: io::Error) -> ReadError {
        let after_line = self.after_line();
        match self.source {
            Source::Plain(_) => ReadError::Read { after_line, source: error },
            Source::Gzip(_) => ReadError::Damaged { after_line, source: error },
        }
    }
}

impl Iterator for LogFile<'_> {
    type Item = Result<Chunk, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(chunk) = self.full.pop_front() {
                return Some(Ok(chunk));
            }
            match self.reading {
                Reading::Goes => self.read_on(),
                Reading::Ended => return self.rest().map(Ok),
                Reading::Failed(_) | Reading::Swelled => {
                    if let Some(rest) = self.rest() {
                        return Some(Ok(rest));
                    }
                    return match std::mem::replace(&mut self.reading, Reading::Ended) {
                        Reading::Failed(error) => Some(Err(self.error(error))),
                        Reading::Swelled => Some(Err(ReadError::Swollen { after_line: self.after_line() })),
                        Reading::Goes | Reading::Ended => None,
                    };
                }
            }
        }
    }
}

impl Chunk {
    fn from_line(first_line: u64) -> Self {
        Self { first_line, lines: 0, bytes: Vec::new() }
    }

    fn has_room_for(&self, line: &[u8]) -> bool {
        self.lines < CHUNK_LINES && self.bytes.len() + line.len() < CHUNK_BYTES
    }

    fn says_something(&self) -> bool {
        self.bytes.iter().any(|byte| *byte != b'\n')
    }
}

fn gather(line: &[u8], open: &mut Chunk, full: &mut std::collections::VecDeque<Chunk>) {
    let line = if is_left_out(line) { &[] } else { line };
    if !open.has_room_for(line) {
        let next = open.first_line + u64::from(open.lines);
        let chunk = std::mem::replace(open, Chunk::from_line(next));
        if chunk.says_something() {
            full.push_back(chunk);
        }
    }
    if open.bytes.capacity() == 0 {
        open.bytes.reserve_exact(CHUNK_BYTES);
    }
    open.bytes.extend_from_slice(line);
    open.bytes.push(b'\n');
    open.lines += 1;
}

fn is_left_out(line: &[u8]) -> bool {
    match line.first() {
        Some(b'0'..=b'9') => false,
        Some(b'#') | None => true,
        Some(_) => {
            let row = bare(line);
            row.is_empty() || is_header(row)
        }
    }
}
