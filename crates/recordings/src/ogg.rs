//! Ogg pages. Seeking, cutting and byte-identical copies need the pages themselves, not just the packets in them.

mod packets;
mod reader;

pub(crate) use packets::Packets;
pub(crate) use reader::PageReader;

use std::io::{self, Write};

/// A page that ends no packet has no granule position.
pub(crate) const NO_GRANULE: u64 = u64::MAX;
const CONTINUED: u8 = 1;
const FIRST: u8 = 2;
const LAST: u8 = 4;
const HEAD: usize = 27;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) flags: u8,
    pub(crate) granule: u64,
    pub(crate) serial: u32,
    pub(crate) sequence: u32,
    pub(crate) lacing: Vec<u8>,
    pub(crate) body: Vec<u8>,
    /// Where it begins in its file.
    pub(crate) offset: u64,
}

impl Page {
    pub(crate) fn is_continued(&self) -> bool {
        self.flags & CONTINUED != 0
    }

    pub(crate) fn is_first(&self) -> bool {
        self.flags & FIRST != 0
    }

    pub(crate) fn is_last(&self) -> bool {
        self.flags & LAST != 0
    }

    pub(crate) fn len(&self) -> u64 {
        (HEAD + self.lacing.len() + self.body.len()) as u64
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(HEAD + self.lacing.len() + self.body.len());
        bytes.extend_from_slice(b"OggS\0");
        bytes.push(self.flags);
        bytes.extend_from_slice(&self.granule.to_le_bytes());
        bytes.extend_from_slice(&self.serial.to_le_bytes());
        bytes.extend_from_slice(&self.sequence.to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.push(self.lacing.len() as u8);
        bytes.extend_from_slice(&self.lacing);
        bytes.extend_from_slice(&self.body);
        let sum = checksum(&bytes);
        bytes[22..26].copy_from_slice(&sum.to_le_bytes());
        out.write_all(&bytes)
    }
}

/// Writes one stream: puts packets on pages and numbers them.
#[derive(Debug)]
pub(crate) struct PageWriter<W> {
    out: W,
    page: Page,
    packets: usize,
    begun: bool,
}

impl<W: Write> PageWriter<W> {
    pub(crate) fn new(out: W, serial: u32) -> Self {
        let page = Page { flags: FIRST, granule: NO_GRANULE, serial, ..Page::default() };
        Self { out, page, packets: 0, begun: false }
    }

    /// A packet that has its pages to itself, as the two headers of Opus do.
    pub(crate) fn header(&mut self, packet: &[u8]) -> io::Result<()> {
        self.packet(packet, 0)?;
        self.flush(false)
    }

    /// `granule` is the position at the packet's end.
    pub(crate) fn packet(&mut self, packet: &[u8], granule: u64) -> io::Result<()> {
        let needed = packet.len() / 255 + 1;
        if self.packets > 0 && self.page.lacing.len() + needed > 255 {
            self.flush(false)?;
        }
        let mut rest = packet;
        loop {
            if self.page.lacing.len() == 255 {
                self.flush(false)?;
                self.page.flags |= CONTINUED;
            }
            let (piece, after) = rest.split_at(rest.len().min(255));
            self.page.lacing.push(piece.len() as u8);
            self.page.body.extend_from_slice(piece);
            rest = after;
            if piece.len() < 255 {
                break;
            }
        }
        self.page.granule = granule;
        self.packets += 1;
        Ok(())
    }

    /// Packets that end on the page being filled.
    pub(crate) fn waiting(&self) -> usize {
        self.packets
    }

    pub(crate) fn flush(&mut self, last: bool) -> io::Result<()> {
        if self.page.lacing.is_empty() && !last {
            return Ok(());
        }
        if last {
            self.page.flags |= LAST;
        }
        self.page.write(&mut self.out)?;
        self.begun = true;
        self.packets = 0;
        self.page.flags = 0;
        self.page.granule = NO_GRANULE;
        self.page.sequence = self.page.sequence.wrapping_add(1);
        self.page.lacing.clear();
        self.page.body.clear();
        Ok(())
    }

    /// Ends the stream at `granule`, which may lie before the end of the last packet: what is beyond is not played.
    pub(crate) fn finish(mut self, granule: u64) -> io::Result<W> {
        self.page.granule = granule;
        self.flush(true)?;
        Ok(self.out)
    }
}

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut place = 0;
    while place < 256 {
        let mut value = (place as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            value = (value << 1) ^ (if value >> 31 == 1 { 0x04c1_1db7 } else { 0 });
            bit += 1;
        }
        table[place] = value;
        place += 1;
    }
    table
};

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum: u32, byte| (sum << 8) ^ TABLE[usize::from((sum >> 24) as u8 ^ byte)])
}
