//! A recording, or a part of one, for people outside.

mod wav;

use crate::opus_code::one_of_two;
use crate::opus_head::OpusHead;
use crate::opus_pages::StreamWriter;
use crate::output::Output;
use crate::silence::Rewritten;
use crate::stored::Stored;
use crate::{Key, Span, Unreadable};
use std::ops::Range;
use std::path::Path;

/// What a part in Opus has before its beginning for the decoder to settle, as RFC 7845 wants it: 80 ms. No more, as it can be
/// brought to light by those who look for it.
const PRE_ROLL: u64 = 3_840;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// PCM 16 bit, at the rate the original had or the next that Opus knows.
    Wav,
    /// The stored packets themselves, without another loss. A part begins with up to 100 ms of what was before it, which
    /// every player leaves out.
    Opus,
}

/// Which party is exported. A recording with one channel has both in it whatever is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channels {
    Both,
    Left,
    Right,
}

/// Writes all of `stored`, or the span of it, to `out`, never sealed. What lies beyond the end is left out.
pub fn export(
    stored: &Path,
    seal: Option<&Key>,
    span: Option<Span>,
    format: ExportFormat,
    out: &Path,
    channels: Channels,
) -> Result<Rewritten, Unreadable> {
    let mut stored = match format {
        ExportFormat::Wav => Stored::open_natural(stored, seal)?,
        ExportFormat::Opus => Stored::open(stored, seal)?,
    };
    let end = stored.facts().samples;
    let range = match span {
        Some(span) => span.from_ms.saturating_mul(48).min(end)..span.to_ms.saturating_mul(48).min(end),
        None => 0..end,
    };
    if range.is_empty() {
        return Err(Unreadable::Empty);
    }
    let channels = if stored.facts().channels == 1 { Channels::Both } else { channels };
    match format {
        ExportFormat::Wav => wav::write(&mut stored, range, out, channels),
        ExportFormat::Opus => cut(&mut stored, range, out, channels),
    }
}

/// Packets from a little before the beginning, with the rest of that as the part that players leave out.
fn cut(
    stored: &mut Stored,
    range: Range<u64>,
    out: &Path,
    channels: Channels,
) -> Result<Rewritten, Unreadable> {
    let head = stored.head().clone();
    let begin = range.start + u64::from(head.pre_skip);
    // A part that begins with the recording needs nothing before it.
    let from = if range.start == 0 { 0 } else { begin.saturating_sub(PRE_ROLL) };
    stored.go_before(from)?;
    let mut new_head = match channels {
        Channels::Both => head,
        _ if head.streams == 2 && head.coupled == 0 => OpusHead::of_parties(1, head.input_rate),
        _ => return Err(Unreadable::unsupported("Opus with both channels in one stream")),
    };
    let mut stream = None;
    let samples = range.end - range.start;
    let mut end = 0;
    while let Some((begins, packet)) = stored.next_packet()? {
        let length = stored.position() - begins;
        if stored.position() <= from {
            continue;
        }
        let stream = match &mut stream {
            Some(stream) => stream,
            None => {
                let skip = begin.saturating_sub(begins);
                new_head.pre_skip =
                    u16::try_from(skip).map_err(|_| Unreadable::damaged("a part of it is missing"))?;
                end = skip + samples;
                let output = Output::create(out, None)?;
                stream.insert(StreamWriter::new(output, stored.serial(), &new_head, stored.tags())?)
            }
        };
        match channels {
            Channels::Both => stream.packet(&packet, length)?,
            which => {
                let one = one_of_two(&packet, which == Channels::Right);
                stream.packet(&one.ok_or_else(|| Unreadable::damaged("a packet is not whole"))?, length)?;
            }
        }
        if stream.position() >= end {
            break;
        }
    }
    stream.ok_or(Unreadable::Empty)?.finish_file(end, samples)
}
