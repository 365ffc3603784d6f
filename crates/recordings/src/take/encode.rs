//! Sound in, an Ogg Opus stream out.

use crate::opus_code::{Encoder, PACKET};
use crate::opus_head::OpusHead;
use crate::opus_pages::StreamWriter;
use crate::{Encoding, Sha256, Tags, Unreadable};
use std::io::Write;

/// Encodes interleaved sound into a stream.
pub(crate) struct Sink<W> {
    stream: StreamWriter<W>,
    encoder: Encoder,
    pre_skip: u64,
    /// Sound that is no whole packet yet.
    waiting: Vec<f32>,
}

impl<W: Write> Sink<W> {
    /// The serial number of the stream is taken from `seed`, so that the same sound always gives the same bytes.
    pub(crate) fn new(
        out: W,
        rate: u32,
        channels: u8,
        encoding: Encoding,
        tags: &Tags,
        seed: &Sha256,
    ) -> Result<Self, Unreadable> {
        let mut head = OpusHead::of_parties(channels, rate);
        let encoder = Encoder::new(&head, rate, encoding)?;
        head.pre_skip = encoder.pre_skip();
        let serial = u32::from_le_bytes([seed[0], seed[1], seed[2], seed[3]]);
        let stream = StreamWriter::new(out, serial, &head, &tags.0)?;
        Ok(Self { stream, encoder, pre_skip: u64::from(head.pre_skip), waiting: Vec::new() })
    }

    pub(crate) fn add(&mut self, samples: &[f32]) -> Result<(), Unreadable> {
        self.waiting.extend_from_slice(samples);
        let frame = self.encoder.frame();
        let whole = self.waiting.len() / frame * frame;
        for frame in self.waiting[..whole].chunks_exact(frame) {
            self.stream.packet(self.encoder.encode(frame)?, PACKET)?;
        }
        self.waiting.drain(..whole);
        Ok(())
    }

    /// Ends the stream after `samples` at 48,000 a second.
    pub(crate) fn finish(mut self, samples: u64) -> Result<W, Unreadable> {
        let end = self.pre_skip + samples;
        while self.stream.position() < end {
            self.waiting.resize(self.encoder.frame(), 0.0);
            self.stream.packet(self.encoder.encode(&self.waiting)?, PACKET)?;
            self.waiting.clear();
        }
        self.stream.finish(end)
    }
}
