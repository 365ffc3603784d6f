//! Packets out of the pages of one stream.

use super::{NO_GRANULE, Page, PageReader};
use std::collections::VecDeque;
use std::io::{self, Read, Seek};

/// No packet of sound comes near; what is longer is cut (pictures among the tags).
const LONGEST: usize = 1 << 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Packet {
    pub(crate) data: Vec<u8>,
    /// Position at the end of the page, on the last packet that ends on it.
    pub(crate) granule: Option<u64>,
    /// The stream ends with it.
    pub(crate) last: bool,
}

#[derive(Debug)]
pub(crate) struct Packets<R> {
    pages: PageReader<R>,
    serial: u32,
    ready: VecDeque<Packet>,
    /// The beginning of a packet that goes on on the next page.
    begun: Option<Vec<u8>>,
    sequence: Option<u32>,
    /// Offset of the first page that was not yet taken apart.
    next_page: u64,
    over: bool,
    gaps: u32,
}

impl<R: Read> Packets<R> {
    /// Begins with the first stream whose first packet is one of these.
    pub(crate) fn find(mut pages: PageReader<R>, magic: &[u8]) -> io::Result<Option<Self>> {
        while let Some(page) = pages.next()? {
            if page.is_first() && page.body.starts_with(magic) {
                let mut packets = Self {
                    serial: page.serial,
                    pages,
                    ready: VecDeque::new(),
                    begun: None,
                    sequence: None,
                    next_page: 0,
                    over: false,
                    gaps: 0,
                };
                packets.take_apart(page);
                return Ok(Some(packets));
            }
            if !page.is_first() {
                break;
            }
        }
        Ok(None)
    }

    pub(crate) fn serial(&self) -> u32 {
        self.serial
    }

    /// How often pages were missing.
    pub(crate) fn gaps(&self) -> u32 {
        self.gaps
    }

    pub(crate) fn skipped(&self) -> u64 {
        self.pages.skipped()
    }

    pub(crate) fn next_page(&self) -> u64 {
        self.next_page
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<Packet>> {
        while self.ready.is_empty() {
            if self.over || !self.read_page()? {
                return Ok(None);
            }
        }
        Ok(self.ready.pop_front())
    }

    fn read_page(&mut self) -> io::Result<bool> {
        loop {
            match self.pages.next()? {
                Some(page) if page.serial == self.serial => {
                    self.take_apart(page);
                    return Ok(true);
                }
                Some(_) => {}
                None => return Ok(false),
            }
        }
    }

    fn take_apart(&mut self, page: Page) {
        self.next_page = page.offset + page.len();
        if self.sequence.is_some_and(|before| before.wrapping_add(1) != page.sequence) {
            self.gaps += 1;
            self.begun = None;
        }
        self.sequence = Some(page.sequence);
        let mut current = match (self.begun.take(), page.is_continued()) {
            (Some(begun), true) => Some(begun),
            // The rest of a packet whose beginning is lost is passed over.
            (None, true) => None,
            (_, false) => Some(Vec::new()),
        };
        let mut body = page.body.as_slice();
        for &piece in &page.lacing {
            let (bytes, rest) = body.split_at(usize::from(piece).min(body.len()));
            body = rest;
            if let Some(current) = &mut current {
                let room = LONGEST.saturating_sub(current.len());
                current.extend_from_slice(&bytes[..bytes.len().min(room)]);
            }
            if piece < 255 {
                if let Some(data) = current.take() {
                    self.ready.push_back(Packet { data, granule: None, last: false });
                }
                current = Some(Vec::new());
            }
        }
        let goes_on = page.lacing.last() == Some(&255);
        self.begun = if goes_on { current } else { None };
        if let Some(last) = self.ready.back_mut() {
            last.granule = (page.granule != NO_GRANULE).then_some(page.granule);
            last.last = page.is_last();
        }
        self.over |= page.is_last();
    }
}

impl<R: Read + Seek> Packets<R> {
    /// Goes on with the page at this offset.
    pub(crate) fn go_to(&mut self, offset: u64) -> io::Result<()> {
        self.pages.seek(offset)?;
        self.ready.clear();
        self.begun = None;
        self.sequence = None;
        self.over = false;
        self.next_page = offset;
        Ok(())
    }

    pub(crate) fn pages(&mut self) -> &mut PageReader<R> {
        &mut self.pages
    }
}
