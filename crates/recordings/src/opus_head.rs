//! The two headers of an Ogg Opus stream.

use crate::Unreadable;

const HEAD: &[u8] = b"OpusHead";
const TAGS: &[u8] = b"OpusTags";
/// More than any file has; what is beyond is not read.
const MOST_TAGS: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpusHead {
    pub(crate) channels: u8,
    pub(crate) pre_skip: u16,
    /// Of what was encoded; says nothing of the stream.
    pub(crate) input_rate: u32,
    /// In 1/256 dB.
    pub(crate) gain: i16,
    pub(crate) streams: u8,
    pub(crate) coupled: u8,
    pub(crate) mapping: Vec<u8>,
    pub(crate) family: u8,
}

impl OpusHead {
    /// One channel, or two that are streams of their own, so that nothing of one party is ever coded with the other.
    pub(crate) fn of_parties(channels: u8, input_rate: u32) -> Self {
        let mapping = (0..channels).collect();
        let family = u8::from(channels > 1);
        Self { channels, pre_skip: 0, input_rate, gain: 0, streams: channels, coupled: 0, mapping, family }
    }

    pub(crate) fn read(packet: &[u8]) -> Result<Self, Unreadable> {
        let short = || Unreadable::damaged("its Opus header is cut off");
        let Some((head, rest)) = packet.split_at_checked(19) else { return Err(short()) };
        if !head.starts_with(HEAD) || head[8] >> 4 != 0 {
            return Err(Unreadable::damaged("its Opus header is of no known version"));
        }
        let channels = head[9];
        if channels == 0 {
            return Err(Unreadable::damaged("its Opus header names no channel"));
        }
        if channels > 2 {
            return Err(Unreadable::unsupported(format!("Opus with {channels} channels")));
        }
        let (family, streams, coupled, mapping) = match head[18] {
            0 => (0, 1, channels - 1, (0..channels).collect()),
            family => {
                let Some((counts, mapping)) = rest.split_at_checked(2) else { return Err(short()) };
                let mapping = mapping.get(..usize::from(channels)).ok_or_else(short)?.to_vec();
                (family, counts[0], counts[1], mapping)
            }
        };
        let decoded = u16::from(streams) + u16::from(coupled);
        let in_range = mapping.iter().all(|&from| from == 255 || u16::from(from) < decoded);
        if streams == 0 || coupled > streams || decoded > 255 || !in_range {
            return Err(Unreadable::damaged("its Opus header contradicts itself"));
        }
        Ok(Self {
            channels,
            pre_skip: u16::from_le_bytes([head[10], head[11]]),
            input_rate: u32::from_le_bytes([head[12], head[13], head[14], head[15]]),
            gain: i16::from_le_bytes([head[16], head[17]]),
            streams,
            coupled,
            mapping,
            family,
        })
    }

    pub(crate) fn to_packet(&self) -> Vec<u8> {
        let mut packet = HEAD.to_vec();
        packet.extend([1, self.channels]);
        packet.extend(self.pre_skip.to_le_bytes());
        packet.extend(self.input_rate.to_le_bytes());
        packet.extend(self.gain.to_le_bytes());
        packet.push(self.family);
        if self.family != 0 {
            packet.extend([self.streams, self.coupled]);
            packet.extend(&self.mapping);
        }
        packet
    }

    /// The rate at which nothing is lost and no more is computed than needed.
    pub(crate) fn natural_rate(&self) -> u32 {
        match self.input_rate {
            rate @ (8_000 | 12_000 | 16_000 | 24_000) => rate,
            _ => 48_000,
        }
    }
}

/// The comment header: who wrote it, and the tags.
pub(crate) fn tags_packet(tags: &[(String, String)]) -> Vec<u8> {
    let mut packet = TAGS.to_vec();
    let text = |text: &str, packet: &mut Vec<u8>| {
        packet.extend((text.len() as u32).to_le_bytes());
        packet.extend(text.as_bytes());
    };
    text(&format!("{}, CallDoc", opus::version()), &mut packet);
    packet.extend((tags.len() as u32).to_le_bytes());
    for (name, value) in tags {
        text(&format!("{}={value}", tag_name(name)), &mut packet);
    }
    packet
}

/// Names are ASCII from space to `}` without `=`.
fn tag_name(name: &str) -> String {
    name.chars().map(|one| if matches!(one, ' '..='}') && one != '=' { one } else { '_' }).collect()
}

pub(crate) fn is_tags(packet: &[u8]) -> bool {
    packet.starts_with(TAGS)
}

/// Lengths are believed only as far as there are bytes.
pub(crate) fn read_tags(packet: &[u8]) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    let Some(mut rest) = packet.strip_prefix(TAGS) else { return tags };
    if text(&mut rest).is_none() {
        return tags;
    }
    let count = number(&mut rest).unwrap_or(0);
    while tags.len() < (count as usize).min(MOST_TAGS)
        && let Some(tag) = text(&mut rest)
    {
        if let Some((name, value)) = tag.split_once('=') {
            tags.push((name.to_owned(), value.to_owned()));
        }
    }
    tags
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (bytes, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(u32::from_le_bytes(*bytes))
}

fn text(rest: &mut &[u8]) -> Option<String> {
    let length = number(rest)? as usize;
    let (bytes, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(String::from_utf8_lossy(bytes).into_owned())
}
