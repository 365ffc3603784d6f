//! A stream and where the network cut it, both out of one input.

use std::io::{self, Read};

/// A stream in pieces.
pub(crate) struct Pieces {
    /// Used in turn, again and again; empty for one piece.
    lengths: Vec<usize>,
    pub(crate) stream: Vec<u8>,
}

/// Most lengths that an input gives.
const LENGTHS_MAX: u8 = 16;

/// Before a number: so many times [`RUN`] of the same byte follow. Inputs stay short, streams need not.
const RUNS: u8 = 0xfe;
const RUN: usize = 128;
/// Enough for several lines and frames that are too long; more of the same only takes time.
const STREAM_BYTES_MAX: usize = 64 * 1024;

impl Pieces {
    /// The first byte says how many lengths follow; the rest is the stream.
    pub(crate) fn of(data: &[u8]) -> Self {
        let (count, rest) = data.split_first().map_or((0, data), |(count, rest)| (count % LENGTHS_MAX, rest));
        let (lengths, stream) = rest.split_at(rest.len().min(usize::from(count)));
        Self {
            lengths: lengths.iter().map(|length| usize::from(*length) + 1).collect(),
            stream: stretched(stream),
        }
    }

    /// The stream as it is, in pieces of these lengths.
    pub(crate) fn cut(stream: &[u8], lengths: &[u8]) -> Self {
        Self {
            lengths: lengths.iter().map(|length| usize::from(*length) + 1).collect(),
            stream: stream.to_vec(),
        }
    }

    pub(crate) fn each(&self, mut take: impl FnMut(&[u8])) {
        let mut rest = self.stream.as_slice();
        let mut lengths = self.lengths.iter().cycle();
        while !rest.is_empty() {
            let length = lengths.next().copied().unwrap_or(rest.len());
            let (piece, after) = rest.split_at(length.min(rest.len()));
            take(piece);
            rest = after;
        }
    }

    /// A reader that gives one piece at a time.
    pub(crate) fn reader(&self) -> impl Read + Send + Sync + use<> {
        Reader { lengths: self.lengths.clone(), at: 0, rest: io::Cursor::new(self.stream.clone()) }
    }
}

struct Reader {
    lengths: Vec<usize>,
    at: usize,
    rest: io::Cursor<Vec<u8>>,
}

impl Read for Reader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.lengths.get(self.at % self.lengths.len().max(1)).copied().unwrap_or(usize::MAX);
        self.at += 1;
        let length = length.min(out.len());
        self.rest.read(&mut out[..length])
    }
}

fn stretched(bytes: &[u8]) -> Vec<u8> {
    let mut stream = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while stream.len() < STREAM_BYTES_MAX
        && let Some(byte) = rest.next()
    {
        match (*byte == RUNS).then(|| rest.next()).flatten() {
            Some(times) => stream.extend(std::iter::repeat_n(b'x', usize::from(*times) * RUN)),
            None => stream.push(*byte),
        }
    }
    stream
}
