//! WAV for programs that know nothing else.

use super::Channels;
use crate::Unreadable;
use crate::output::Output;
use crate::silence::Rewritten;
use crate::stored::Stored;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

/// What is left of 4 GiB when the head is written.
const MOST: u64 = u32::MAX as u64 - 64;

pub(super) fn write(
    stored: &mut Stored,
    range: Range<u64>,
    out: &Path,
    channels: Channels,
) -> Result<Rewritten, Unreadable> {
    let inputs = usize::from(stored.facts().channels);
    let outputs = if channels == Channels::Both { inputs } else { 1 };
    let rate = stored.rate();
    let frames = (range.end - range.start) / u64::from(48_000 / rate);
    let bytes = frames * 2 * outputs as u64;
    if bytes > MOST {
        return Err(Unreadable::TooLong { hours: (MOST / 7_200 / u64::from(rate) / outputs as u64) as u32 });
    }
    stored.seek(range.start)?;
    let mut output = Output::create(out, None)?;
    output.write_all(&head(rate, outputs as u16, bytes as u32)).map_err(Unreadable::NotWritten)?;
    let mut left = frames as usize * inputs;
    let mut buffer = vec![0.0; 16 * 1024];
    let mut pcm = Vec::new();
    while left > 0 {
        let most = left.min(buffer.len());
        let mut read = stored.read(&mut buffer[..most])?;
        if read == 0 {
            // A damaged end is silent: the length is what was asked for.
            read = most;
            buffer[..read].fill(0.0);
        }
        left -= read;
        pcm.clear();
        for frame in buffer[..read].chunks_exact(inputs) {
            let wanted = match channels {
                Channels::Both => frame,
                Channels::Left => &frame[..1],
                Channels::Right => &frame[1..],
            };
            let number = |value: &f32| (value * 32_768.0).round().clamp(-32_768.0, 32_767.0) as i16;
            pcm.extend(wanted.iter().flat_map(|value| number(value).to_le_bytes()));
        }
        output.write_all(&pcm).map_err(Unreadable::NotWritten)?;
    }
    let (sha256, bytes) = output.finish()?;
    Ok(Rewritten { sha256, bytes, samples: range.end - range.start })
}

fn head(rate: u32, channels: u16, bytes: u32) -> Vec<u8> {
    let mut head = b"RIFF".to_vec();
    head.extend((bytes + 36).to_le_bytes());
    head.extend(b"WAVEfmt ");
    head.extend(16u32.to_le_bytes());
    head.extend(1u16.to_le_bytes());
    head.extend(channels.to_le_bytes());
    head.extend(rate.to_le_bytes());
    head.extend((rate * 2 * u32::from(channels)).to_le_bytes());
    head.extend((2 * channels).to_le_bytes());
    head.extend(16u16.to_le_bytes());
    head.extend(b"data");
    head.extend(bytes.to_le_bytes());
    head
}
