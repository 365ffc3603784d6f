//! Writing the packets of a stream onto pages.

use crate::Unreadable;
use crate::ogg::PageWriter;
use crate::opus_head::{OpusHead, tags_packet};
use crate::silence::Rewritten;
use std::io::Write;

/// Packets on a page: a second, so that a seek is never far off.
const ON_A_PAGE: usize = 50;

/// An Ogg Opus stream being written.
pub(crate) struct StreamWriter<W> {
    pages: PageWriter<W>,
    /// Written only when it is known whether it is the last.
    waiting: Vec<u8>,
    position: u64,
}

impl<W: Write> StreamWriter<W> {
    pub(crate) fn new(
        out: W,
        serial: u32,
        head: &OpusHead,
        tags: &[(String, String)],
    ) -> Result<Self, Unreadable> {
        let mut pages = PageWriter::new(out, serial);
        pages.header(&head.to_packet()).map_err(Unreadable::NotWritten)?;
        pages.header(&tags_packet(tags)).map_err(Unreadable::NotWritten)?;
        Ok(Self { pages, waiting: Vec::new(), position: 0 })
    }

    /// Where the next packet begins, at 48,000 a second.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    pub(crate) fn packet(&mut self, packet: &[u8], samples: u64) -> Result<(), Unreadable> {
        self.put()?;
        self.waiting.extend_from_slice(packet);
        self.position += samples;
        Ok(())
    }

    fn put(&mut self) -> Result<(), Unreadable> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        if self.pages.waiting() == ON_A_PAGE {
            self.pages.flush(false).map_err(Unreadable::NotWritten)?;
        }
        self.pages.packet(&self.waiting, self.position).map_err(Unreadable::NotWritten)?;
        self.waiting.clear();
        Ok(())
    }

    /// Ends the stream at this position, which may lie within the last packet.
    pub(crate) fn finish(mut self, end: u64) -> Result<W, Unreadable> {
        self.put()?;
        self.pages.finish(end).map_err(Unreadable::NotWritten)
    }
}

impl StreamWriter<crate::output::Output> {
    /// As [`StreamWriter::finish`], down to the disk. `samples` are what is played of it.
    pub(crate) fn finish_file(self, end: u64, samples: u64) -> Result<Rewritten, Unreadable> {
        let (sha256, bytes) = self.finish(end)?.finish()?;
        Ok(Rewritten { sha256, bytes, samples })
    }
}
