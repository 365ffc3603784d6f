//! A stored recording as the player reads it.

use crate::ogg::{Packets, PageReader};
use crate::opus_code::{Decoder, samples_in};
use crate::opus_head::{OpusHead, is_tags, read_tags};
use crate::seal::Opened;
use crate::{Key, Unreadable};
use std::path::Path;

/// How long before the wanted place decoding begins, so that what is heard there is right: 320 ms. The 80 ms of RFC 7845
/// are not enough for a long vowel, which speech frames code as a repetition of what was before.
const PRE_ROLL: u64 = 15_360;
/// Where the search for a page ends and reading on is quicker.
const CLOSE: u64 = 16 * 1024;
/// The end is looked for in the last bytes; the longest page is shorter.
const TAIL: u64 = 96 * 1024;

/// A week: no recording is as long, and no sum of two such positions overflows.
const LONGEST: u64 = 7 * 24 * 3_600 * 48_000;

/// What a stored file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub channels: u8,
    /// Length of a channel at 48,000 a second.
    pub samples: u64,
}

/// A stored recording that is read from any place. Only pages that are needed are read.
#[derive(Debug)]
pub struct Stored {
    packets: Packets<Opened>,
    head: OpusHead,
    tags: Vec<(String, String)>,
    decoder: Decoder,
    rate: u32,
    samples: u64,
    /// Where the packets of sound begin, and all ends.
    sound: u64,
    end: u64,
    /// Position of the next packet, before `pre_skip` is taken off, at 48,000 a second.
    position: u64,
    /// The first position that is to be heard.
    from: u64,
    /// Decoded and not yet read.
    ready: Vec<f32>,
    given: usize,
}

impl Stored {
    pub fn open(path: &Path, seal: Option<&Key>) -> Result<Self, Unreadable> {
        Self::open_at(path, seal, Some(48_000))
    }

    /// Decodes at the rate that was encoded, which is quicker.
    pub(crate) fn open_natural(path: &Path, seal: Option<&Key>) -> Result<Self, Unreadable> {
        Self::open_at(path, seal, None)
    }

    fn open_at(path: &Path, seal: Option<&Key>, rate: Option<u32>) -> Result<Self, Unreadable> {
        let mut pages = PageReader::new(Opened::open(path, seal)?);
        let end = pages.length()?;
        pages.seek(0)?;
        let missing = || Unreadable::damaged("this is no stored recording");
        let mut packets = Packets::find(pages, b"OpusHead")?.ok_or_else(missing)?;
        let head = OpusHead::read(&packets.next()?.ok_or_else(missing)?.data)?;
        let tags = packets.next()?.filter(|packet| is_tags(&packet.data)).ok_or_else(missing)?;
        let rate = rate.unwrap_or_else(|| head.natural_rate());
        let mut stored = Self {
            decoder: Decoder::new(&head, rate)?,
            tags: read_tags(&tags.data),
            sound: packets.next_page(),
            packets,
            rate,
            samples: 0,
            end,
            position: 0,
            from: u64::from(head.pre_skip),
            head,
            ready: Vec::new(),
            given: 0,
        };
        stored.samples = stored.last_granule()?.saturating_sub(u64::from(stored.head.pre_skip));
        let sound = stored.sound;
        stored.packets.go_to(sound)?;
        Ok(stored)
    }

    fn last_granule(&mut self) -> Result<u64, Unreadable> {
        let serial = self.packets.serial();
        let from = self.end.saturating_sub(TAIL).max(self.sound);
        let pages = self.packets.pages();
        pages.seek(from)?;
        let mut last = 0;
        while let Some(page) = pages.next()? {
            if page.serial == serial && page.granule != crate::ogg::NO_GRANULE {
                last = page.granule;
            }
        }
        if last > LONGEST {
            return Err(Unreadable::damaged("it claims to be longer than any recording"));
        }
        Ok(last)
    }

    pub fn facts(&self) -> Facts {
        Facts { channels: self.head.channels, samples: self.samples }
    }

    /// The tags of the file, in its order.
    pub fn tags(&self) -> &[(String, String)] {
        &self.tags
    }

    pub(crate) fn head(&self) -> &OpusHead {
        &self.head
    }

    pub(crate) fn serial(&self) -> u32 {
        self.packets.serial()
    }

    /// Where the next packet begins, at 48,000 a second, the part that is not played included.
    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// Samples a second of what is read.
    pub(crate) fn rate(&self) -> u32 {
        self.rate
    }

    /// The next [`Stored::read`] begins at this sample (of 48,000 a second); past the end it reads nothing.
    pub fn seek(&mut self, sample: u64) -> Result<(), Unreadable> {
        self.from = sample.min(self.samples) + u64::from(self.head.pre_skip);
        self.go_before(self.from.saturating_sub(PRE_ROLL))?;
        self.decoder.reset()?;
        self.ready.clear();
        self.given = 0;
        Ok(())
    }

    /// Goes to the packets of the page in which `position` is. [`Stored::position`] says where it begins.
    pub(crate) fn go_before(&mut self, position: u64) -> Result<(), Unreadable> {
        let serial = self.packets.serial();
        // Nothing is before the beginning, whatever pages say of themselves.
        let (mut low, mut high) = (self.sound, if position == 0 { self.sound } else { self.end });
        let mut begins = 0;
        let pages = self.packets.pages();
        while high > low {
            let middle = if high - low <= CLOSE { low } else { low + (high - low) / 2 };
            pages.seek(middle)?;
            let page = loop {
                match pages.next()? {
                    Some(page) if page.serial != serial || page.granule == crate::ogg::NO_GRANULE => {}
                    other => break other,
                }
            };
            match page {
                Some(page) if page.offset < high && page.granule <= position => {
                    low = page.offset + page.len();
                    begins = page.granule;
                }
                _ if middle == low => break,
                _ => high = middle,
            }
        }
        self.packets.go_to(low)?;
        self.position = begins;
        Ok(())
    }

    /// The next packet as it is, with the position at its beginning.
    pub(crate) fn next_packet(&mut self) -> Result<Option<(u64, Vec<u8>)>, Unreadable> {
        let Some(packet) = self.packets.next()? else { return Ok(None) };
        let begins = self.position;
        self.position += samples_in(&packet.data);
        Ok(Some((begins, packet.data)))
    }

    /// Fills `out` with interleaved samples at 48,000 a second. Returns how many values were written, always whole frames;
    /// 0 at the end.
    pub fn read(&mut self, out: &mut [f32]) -> Result<usize, Unreadable> {
        let channels = usize::from(self.head.channels);
        let wanted = out.len() / channels * channels;
        let mut filled = 0;
        while filled < wanted {
            if self.given == self.ready.len() && !self.decode()? {
                break;
            }
            let waiting = &self.ready[self.given..];
            let count = waiting.len().min(wanted - filled);
            out[filled..filled + count].copy_from_slice(&waiting[..count]);
            filled += count;
            self.given += count;
        }
        Ok(filled)
    }

    /// Decodes a packet of which something is to be heard.
    fn decode(&mut self) -> Result<bool, Unreadable> {
        let channels = usize::from(self.head.channels);
        let ratio = 48_000 / u64::from(self.rate);
        let end = self.samples + u64::from(self.head.pre_skip);
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() {
            if self.position >= end {
                return Ok(false);
            }
            let Some((begins, packet)) = self.next_packet()? else { return Ok(false) };
            let ends = self.position;
            if ends + PRE_ROLL <= self.from {
                continue;
            }
            let frames = ((ends - begins) / ratio) as usize;
            match self.decoder.decode(&packet) {
                Some(sound) => self.ready.extend_from_slice(sound),
                // A damaged packet is silent, and what comes after keeps its place.
                None => self.ready.resize(frames * channels, 0.0),
            }
            let beyond = (ends.saturating_sub(end) / ratio) as usize;
            self.ready.truncate(frames.saturating_sub(beyond) * channels);
            let before = (self.from.saturating_sub(begins) / ratio) as usize;
            self.ready.drain(..(before * channels).min(self.ready.len()));
        }
        Ok(true)
    }
}
