//! Bytes of one connection to whole lines, and whether it is a PBX that speaks. Knows no sockets.
//!
//! A connection is a stranger until it sends a line that could be a row: printable, with a comma. Up to then nothing
//! is passed on, so that scans do not fill the journal; from then on everything is, because a row that cannot be read
//! must be kept.

use super::Disturbance;
use crate::lines::Splitter;

#[derive(Debug, Default)]
pub(crate) struct Intake {
    splitter: Splitter,
    standing: Standing,
    /// First bytes of a stranger, by which TLS and HTTP are told even when TCP cuts them.
    head: Vec<u8>,
    bytes_as_stranger: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing but NULs and line ends so far.
    #[default]
    Silent,
    Stranger,
    Pbx,
}

/// What a piece of bytes gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Whole lines with their ends.
    pub(crate) lines: Vec<u8>,
    pub(crate) disturbance: Option<Disturbance>,
    pub(crate) go_on: GoOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GoOn {
    Reading,
    /// It will never be SMDR.
    Close,
}

/// The longest of the beginnings looked for.
const HEAD_BYTES: usize = 16;

/// A stranger that has sent this much without one row is no PBX.
const MAX_BYTES_AS_STRANGER: usize = 64 * 1024;

const HTTP: [&[u8]; 9] =
    [b"GET ", b"POST ", b"HEAD ", b"PUT ", b"DELETE ", b"OPTIONS ", b"CONNECT ", b"PRI * HTTP", b"HTTP/"];

impl Intake {
    pub(crate) fn standing(&self) -> Standing {
        self.standing
    }

    /// First bytes of a stranger.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    pub(crate) fn take(&mut self, bytes: &[u8]) -> Taken {
        if self.standing == Standing::Pbx {
            return Taken { lines: self.split(bytes), disturbance: None, go_on: GoOn::Reading };
        }
        self.bytes_as_stranger = self.bytes_as_stranger.saturating_add(bytes.len());
        self.look_at_head(bytes);
        if let Some(known) = well_known(&self.head) {
            self.standing = Standing::Stranger;
            return Taken { lines: Vec::new(), disturbance: Some(known), go_on: GoOn::Close };
        }
        let was = self.standing;
        let lines = self.split(bytes);
        let turned_stranger = was == Standing::Silent && self.standing == Standing::Stranger;
        let hopeless = self.standing != Standing::Pbx && self.bytes_as_stranger > MAX_BYTES_AS_STRANGER;
        Taken {
            lines,
            disturbance: turned_stranger.then_some(Disturbance::Garbage),
            go_on: if hopeless { GoOn::Close } else { GoOn::Reading },
        }
    }

    /// The connection closed: an unfinished last line counts, and gets the end that it lacks.
    pub(crate) fn finish(&mut self) -> Taken {
        let was = self.standing;
        let mut lines = Vec::new();
        let standing = &mut self.standing;
        self.splitter.finish(|line| pass_on(line, standing, &mut lines));
        let turned_stranger = was == Standing::Silent && self.standing == Standing::Stranger;
        Taken { lines, disturbance: turned_stranger.then_some(Disturbance::Garbage), go_on: GoOn::Close }
    }

    fn split(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut lines = Vec::new();
        let standing = &mut self.standing;
        self.splitter.feed(bytes, |line| pass_on(line, standing, &mut lines));
        lines
    }

    fn look_at_head(&mut self, bytes: &[u8]) {
        let room = HEAD_BYTES - self.head.len();
        let start =
            if self.head.is_empty() { bytes.iter().take_while(|byte| is_nothing(**byte)).count() } else { 0 };
        self.head.extend(bytes[start..].iter().take(room));
    }
}

/// Blank lines are left out: nothing is said by them.
fn pass_on(line: &[u8], standing: &mut Standing, lines: &mut Vec<u8>) {
    if line.iter().all(|byte| is_nothing(*byte)) {
        return;
    }
    *standing = match *standing {
        Standing::Pbx => Standing::Pbx,
        Standing::Silent | Standing::Stranger if could_be_row(line) => Standing::Pbx,
        Standing::Silent | Standing::Stranger => Standing::Stranger,
    };
    if *standing == Standing::Pbx {
        lines.extend_from_slice(line);
        lines.push(b'\n');
    }
}

/// NULs inside a row were seen from PBXs; other control characters only from strangers.
fn could_be_row(line: &[u8]) -> bool {
    let printable = line.iter().all(|byte| *byte >= 0x20 || matches!(*byte, 0 | b'\t' | b'\r'));
    printable && line.contains(&b',')
}

fn is_nothing(byte: u8) -> bool {
    byte == 0 || byte.is_ascii_whitespace()
}

fn well_known(head: &[u8]) -> Option<Disturbance> {
    // A TLS record of type handshake, version 3.x.
    if head.starts_with(&[0x16, 0x03]) {
        return Some(Disturbance::Tls);
    }
    HTTP.iter().any(|start| head.starts_with(start)).then_some(Disturbance::Http)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &[u8] = b"2026/03/09 14:05:00,00:00:05,7,0123,I\r\n";

    #[test]
    fn a_row_is_passed_on_at_once_and_as_it_came() {
        let taken = Intake::default().take(ROW);
        assert_eq!(
            taken,
            Taken { lines: ROW.to_vec(), disturbance: None, go_on: GoOn::Reading },
            "CR LF stays"
        );
    }

    #[test]
    fn an_unfinished_last_line_gets_its_end_at_close() {
        let mut intake = Intake::default();
        assert!(intake.take(b"a,b").lines.is_empty(), "not whole yet");
        assert_eq!(intake.finish().lines, b"a,b\n", "nothing more comes");
    }

    #[test]
    fn tls_and_http_are_told_however_they_are_cut() {
        let mut intake = Intake::default();
        assert_eq!(intake.take(&[0x16]).disturbance, None, "one byte tells nothing");
        let taken = intake.take(&[0x03, 0x01, 0x02, 0x00]);
        assert_eq!((taken.disturbance, taken.go_on), (Some(Disturbance::Tls), GoOn::Close), "a TLS hello");
        let mut intake = Intake::default();
        intake.take(b"GE");
        let taken = intake.take(b"T / HTTP/1.1\r\nAccept: text/html, */*\r\n\r\n");
        assert_eq!((taken.disturbance, taken.go_on), (Some(Disturbance::Http), GoOn::Close), "a browser");
        assert!(taken.lines.is_empty(), "its commas are no row");
    }

    #[test]
    fn garbage_is_one_disturbance_and_a_row_after_it_still_counts() {
        let mut intake = Intake::default();
        assert_eq!(intake.take(b"SSH-2.0-x\r\n").disturbance, Some(Disturbance::Garbage), "told once");
        let again = intake.take(b"more\r\n\x01\x02,\x03\r\n");
        assert_eq!(
            (again.disturbance, again.lines.is_empty()),
            (None, true),
            "not again, and nothing passed on"
        );
        assert_eq!(intake.take(ROW).lines, ROW, "the end of a cut row came first, then whole rows");
        assert_eq!(intake.take(b"readable or not\n").lines, b"readable or not\n", "a PBX's bad line is kept");
    }

    #[test]
    fn endless_garbage_is_cut_off() {
        let mut intake = Intake::default();
        let closed = (0..100).any(|_| intake.take(&[b'x'; 4096]).go_on == GoOn::Close);
        assert!(closed, "64 KiB without a row is no PBX");
    }
}
