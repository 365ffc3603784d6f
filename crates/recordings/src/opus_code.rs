//! libopus, as this house uses it: frames of 20 ms, one stream a party.

use crate::opus_head::OpusHead;
use crate::{Encoding, Unreadable};
use opus::{Application, Bitrate, MSDecoder, MSEncoder, Signal};

/// Samples of a packet at 48,000 a second.
pub(crate) const PACKET: u64 = 960;
/// The longest packet there can be, at 48,000 a second.
const LONGEST: usize = 5_760;
/// 1,275 bytes a frame and some for its length.
const MOST_BYTES: usize = 2 * 1_280;

pub(crate) struct Encoder {
    inner: MSEncoder,
    packet: Vec<u8>,
    frame: usize,
    pre_skip: u16,
}

impl Encoder {
    pub(crate) fn new(head: &OpusHead, rate: u32, encoding: Encoding) -> Result<Self, Unreadable> {
        let channels = head.channels;
        let make = || -> opus::Result<(MSEncoder, i32)> {
            let mut inner =
                MSEncoder::new(rate, head.streams, head.coupled, &head.mapping, Application::Voip)?;
            inner.set_signal(Signal::Voice)?;
            inner.set_bitrate(Bitrate::Bits(
                encoding.bits_per_second.clamp(6_000, 256_000) as i32 * i32::from(channels),
            ))?;
            inner.set_vbr(true)?;
            inner.set_vbr_constraint(false)?;
            inner.set_complexity(i32::from(encoding.complexity.min(10)))?;
            let lookahead = inner.get_lookahead()?;
            Ok((inner, lookahead))
        };
        let (inner, lookahead) = make().map_err(refused)?;
        let pre_skip = (lookahead.max(0) as u32 * (48_000 / rate)) as u16;
        let frame = rate as usize / 50 * usize::from(channels);
        Ok(Self { inner, packet: vec![0; MOST_BYTES], frame, pre_skip })
    }

    /// Values that a packet is made of, of all channels.
    pub(crate) fn frame(&self) -> usize {
        self.frame
    }

    /// What the encoder puts before the sound, at 48,000 a second.
    pub(crate) fn pre_skip(&self) -> u16 {
        self.pre_skip
    }

    /// A packet of [`Encoder::frame`] interleaved values.
    pub(crate) fn encode(&mut self, frame: &[f32]) -> Result<&[u8], Unreadable> {
        let length = self.inner.encode_float(frame, &mut self.packet).map_err(refused)?;
        Ok(&self.packet[..length])
    }
}

pub(crate) struct Decoder {
    inner: MSDecoder,
    channels: usize,
    scratch: Vec<f32>,
}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Decoder").field("channels", &self.channels).finish_non_exhaustive()
    }
}

impl Decoder {
    /// `rate` is one of those libopus knows.
    pub(crate) fn new(head: &OpusHead, rate: u32) -> Result<Self, Unreadable> {
        let mut inner = MSDecoder::new(rate, head.streams, head.coupled, &head.mapping).map_err(refused)?;
        inner.set_gain(i32::from(head.gain)).map_err(refused)?;
        let channels = usize::from(head.channels);
        Ok(Self { inner, channels, scratch: vec![0.0; LONGEST * channels] })
    }

    /// The interleaved sound of a packet; nothing of one that is damaged.
    pub(crate) fn decode(&mut self, packet: &[u8]) -> Option<&[f32]> {
        if packet.is_empty() {
            return None;
        }
        let frames = self.inner.decode_float(packet, &mut self.scratch, false).ok()?;
        self.scratch.get(..frames * self.channels)
    }

    /// Forgets what was before, as after a seek.
    pub(crate) fn reset(&mut self) -> Result<(), Unreadable> {
        self.inner.reset_state().map_err(refused)
    }
}

/// How long a packet plays, at 48,000 a second; 0 for what is no packet.
pub(crate) fn samples_in(packet: &[u8]) -> u64 {
    if packet.is_empty() {
        return 0;
    }
    opus::packet::get_nb_samples(packet, 48_000).map_or(0, |samples| samples as u64)
}

/// The packet of one of two parties, taken out of the packet of both.
pub(crate) fn one_of_two(packet: &[u8], second: bool) -> Option<Vec<u8>> {
    let (&toc, rest) = packet.split_first()?;
    // The first stream says its own length. The encoder writes one frame a packet (code 0), where only that is added.
    if toc & 3 != 0 {
        return None;
    }
    let (length, rest) = match rest {
        [small @ 0..252, rest @ ..] => (usize::from(*small), rest),
        [low, high, rest @ ..] => (usize::from(*low) + 4 * usize::from(*high), rest),
        _ => return None,
    };
    let (first, other) = rest.split_at_checked(length)?;
    if second {
        return (!other.is_empty()).then(|| other.to_vec());
    }
    Some(std::iter::once(toc).chain(first.iter().copied()).collect())
}

fn refused(error: opus::Error) -> Unreadable {
    Unreadable::damaged(format!("the Opus library refuses it ({})", error.description()))
}
