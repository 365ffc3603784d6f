//! Ogg Opus from anywhere, to the sample.

use super::{Decode, Start};
use crate::ogg::{Packets, PageReader};
use crate::opus_code::{Decoder, samples_in};
use crate::opus_head::OpusHead;
use crate::{AudioFormat, Codec, Unreadable};

pub(super) struct OpusSource {
    packets: Packets<Start>,
    decoder: Decoder,
    head: OpusHead,
    rate: u32,
    /// Frames at the beginning that are not played.
    skip: u64,
    /// Position at 48,000 a second at which the next packet begins.
    position: Option<u64>,
    damaged: u64,
    ended: bool,
}

impl OpusSource {
    pub(super) fn open(start: Start) -> Result<Self, Unreadable> {
        let missing = || Unreadable::damaged("its Opus header is missing");
        let mut packets = Packets::find(PageReader::new(start), b"OpusHead")?.ok_or_else(missing)?;
        let head = OpusHead::read(&packets.next()?.ok_or_else(missing)?.data)?;
        // The tags of a source are not kept.
        packets.next()?;
        let rate = head.natural_rate();
        let decoder = Decoder::new(&head, rate)?;
        let skip = u64::from(head.pre_skip) * u64::from(rate) / 48_000;
        Ok(Self { packets, decoder, head, rate, skip, position: None, damaged: 0, ended: false })
    }
}

impl Decode for OpusSource {
    fn format(&self) -> AudioFormat {
        AudioFormat { codec: Codec::Opus, rate: self.rate, channels: self.head.channels }
    }

    /// A page at a time: the position on the last one says where the sound ends.
    fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, Unreadable> {
        let channels = usize::from(self.head.channels);
        let before = out.len();
        let mut played = 0;
        let ratio = 48_000 / u64::from(self.rate);
        loop {
            let Some(packet) = self.packets.next()? else {
                self.ended = true;
                return Ok(false);
            };
            match self.decoder.decode(&packet.data) {
                Some(sound) => {
                    played += (sound.len() / channels) as u64 * ratio;
                    let skip = self.skip.min((sound.len() / channels) as u64);
                    self.skip -= skip;
                    out.extend_from_slice(&sound[skip as usize * channels..]);
                }
                None => {
                    self.damaged += 1;
                    // Its time passes all the same.
                    let length = samples_in(&packet.data);
                    played += length;
                    let frames = length / ratio;
                    let skip = self.skip.min(frames);
                    self.skip -= skip;
                    out.resize(out.len() + (frames - skip) as usize * channels, 0.0);
                }
            }
            let Some(granule) = packet.granule else { continue };
            if packet.last {
                // The first page may begin anywhere; a stream of one page begins at 0.
                let begin = self.position.unwrap_or(0);
                let beyond = begin.saturating_add(played).saturating_sub(granule.max(begin)) / ratio;
                let keep = out.len().saturating_sub(beyond as usize * channels).max(before);
                out.truncate(keep);
                self.ended = true;
                return Ok(false);
            }
            self.position = Some(granule);
            return Ok(true);
        }
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.packets.gaps() > 0 || self.packets.skipped() > 0 || self.damaged > 0 {
            remarks.push("Parts of it are damaged and were left out.".to_owned());
        }
        remarks
    }
}
