//! Bytes in any cuts to whole lines. Knows nothing of what stands in a line.

use std::io::BufRead;

/// A line of this length or more is no record: 37 fields with long names stay under 2 KiB, and a peer that never ends
/// its line must not fill the memory.
pub const MAX_LINE_BYTES: usize = 8 * 1024;

/// Puts lines together from whatever cuts TCP makes. Leading NULs (seen from some PBXs) are taken off. A line longer
/// than [`MAX_LINE_BYTES`] is delivered cut to that length, and the rest of it is passed over.
#[derive(Debug, Default)]
pub struct Splitter {
    pending: Vec<u8>,
    rest_of_line: RestOfLine,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum RestOfLine {
    #[default]
    Wanted,
    PassedOver,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    EndsTheLine,
    GoesOn,
}

impl Splitter {
    pub fn new() -> Self {
        Self::default()
    }

    /// Calls `sink` with each line that ends in `bytes`, in order, without its LF (a CR before it stays).
    pub fn feed(&mut self, mut bytes: &[u8], mut sink: impl FnMut(&[u8])) {
        while !bytes.is_empty() {
            let (part, rest) = bytes.split_at(line_length(bytes));
            bytes = rest;
            match part.strip_suffix(b"\n") {
                Some(part) => self.take(part, Part::EndsTheLine, &mut sink),
                None => self.take(part, Part::GoesOn, &mut sink),
            }
        }
    }

    /// No more bytes come: the last line may lack its end.
    pub fn finish(&mut self, mut sink: impl FnMut(&[u8])) {
        self.rest_of_line = RestOfLine::Wanted;
        if !self.pending.is_empty() {
            sink(&self.pending);
            self.pending.clear();
        }
    }

    fn take(&mut self, part: &[u8], kind: Part, sink: &mut impl FnMut(&[u8])) {
        if self.rest_of_line == RestOfLine::PassedOver {
            if kind == Part::EndsTheLine {
                self.rest_of_line = RestOfLine::Wanted;
            }
            return;
        }
        let part = if self.pending.is_empty() { without_leading_nuls(part) } else { part };
        if self.pending.is_empty() && kind == Part::EndsTheLine {
            sink(&part[..part.len().min(MAX_LINE_BYTES)]);
            return;
        }
        let room = MAX_LINE_BYTES - self.pending.len();
        self.pending.extend_from_slice(&part[..part.len().min(room)]);
        let full = self.pending.len() == MAX_LINE_BYTES;
        if full || kind == Part::EndsTheLine {
            sink(&self.pending);
            self.pending.clear();
        }
        if full && kind == Part::GoesOn {
            self.rest_of_line = RestOfLine::PassedOver;
        }
    }
}

/// Calls `sink` with the index and the bytes of each line of `bytes`, line ends taken off. A last line may lack its end.
pub fn each_line<'a>(mut bytes: &'a [u8], mut sink: impl FnMut(u32, &'a [u8])) {
    let mut index = 0;
    while !bytes.is_empty() {
        let (line, rest) = bytes.split_at(line_length(bytes));
        bytes = rest;
        sink(index, line.strip_suffix(b"\n").unwrap_or(line));
        index += 1;
    }
}

/// The line was cut, or should have been.
pub(crate) fn is_overlong(line: &[u8]) -> bool {
    line.len() >= MAX_LINE_BYTES
}

/// The line without leading NULs, and without NULs, blanks and line ends after it.
pub(crate) fn bare(line: &[u8]) -> &[u8] {
    let line = without_leading_nuls(line);
    let end =
        line.iter().rposition(|byte| *byte != 0 && !byte.is_ascii_whitespace()).map_or(0, |last| last + 1);
    &line[..end]
}

fn without_leading_nuls(line: &[u8]) -> &[u8] {
    let nuls = line.iter().take_while(|byte| **byte == 0).count();
    &line[nuls..]
}

/// Length of the first line with its LF, or of all when none ends. `skip_until` looks a word at a time, which a loop
/// over bytes does not, and a slice cannot fail as a reader.
fn line_length(mut bytes: &[u8]) -> usize {
    let all = bytes.len();
    bytes.skip_until(b'\n').unwrap_or(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(pieces: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut splitter = Splitter::new();
        let mut lines = Vec::new();
        for piece in pieces {
            splitter.feed(piece, |line| lines.push(line.to_vec()));
        }
        splitter.finish(|line| lines.push(line.to_vec()));
        lines
    }

    #[test]
    fn a_line_cut_in_three_and_glued_to_the_next_is_two_lines() {
        let lines = fed(&[b"2026", b"/01,a", b"\r\nsecond\n"]);
        assert_eq!(lines, [b"2026/01,a\r".to_vec(), b"second".to_vec()], "cuts do not matter, ends do");
    }

    #[test]
    fn the_last_line_counts_though_its_end_never_came() {
        assert_eq!(fed(&[b"one\ntw", b"o"]), [b"one".to_vec(), b"two".to_vec()], "the PBX closed without LF");
        assert_eq!(fed(&[b"one\n"]).len(), 1, "nothing follows the last LF");
    }

    #[test]
    fn nuls_before_a_line_are_taken_off_even_when_they_come_alone() {
        assert_eq!(fed(&[b"\0\0", b"\0a\n\0b\n"]), [b"a".to_vec(), b"b".to_vec()], "NULs lead each line");
    }

    #[test]
    fn a_line_without_end_is_cut_once_and_the_next_line_is_whole() {
        let flood = vec![b'x'; MAX_LINE_BYTES];
        let mut splitter = Splitter::new();
        let mut lines = Vec::new();
        for _ in 0..100 {
            splitter.feed(&flood, |line| lines.push(line.to_vec()));
        }
        assert!(splitter.pending.capacity() <= 2 * MAX_LINE_BYTES, "memory stays bounded");
        splitter.feed(b"x\ngood\n", |line| lines.push(line.to_vec()));
        assert_eq!(lines.len(), 2, "one cut line, one whole");
        assert!(is_overlong(&lines[0]), "the cut line can be told by its length");
        assert_eq!(lines[1], b"good", "the intake goes on");
    }

    #[test]
    fn a_bare_line_has_no_nuls_blanks_or_ends_around_it() {
        assert_eq!(bare(b"\0\0a b,\0c \r\n\0"), b"a b,\0c", "what stands inside stays");
        assert_eq!(bare(b"\0 \r\n"), b"", "nothing is left of a blank line");
    }
}
