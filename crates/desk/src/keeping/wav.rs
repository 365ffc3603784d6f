//! Silence within a WAV file as it came: the samples of a span are overwritten, everything else stays byte for byte.

use recordings::Span;
use std::io::{self, Read, Write};

/// Largest header that is looked through for the samples.
const HEAD_MAX: u64 = 16 << 20;

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const A_LAW: u16 = 6;
const MU_LAW: u16 = 7;
/// The format proper is the first two bytes of a longer name.
const EXTENSIBLE: u16 = 0xFFFE;

struct Format {
    tag: u16,
    rate: u64,
    /// Bytes of one sample of all channels.
    block: u64,
    bits: u16,
}

/// Copies a WAV file with silence in the spans. False, and what was written is of no use: it is no WAV file whose samples
/// stand one after the other.
pub(crate) fn silence(from: &mut impl Read, to: &mut impl Write, spans: &[Span]) -> io::Result<bool> {
    let mut riff = [0; 12];
    if !fill(from, &mut riff)? || &riff[..4] != b"RIFF" || &riff[8..] != b"WAVE" {
        return Ok(false);
    }
    to.write_all(&riff)?;
    let mut format = None;
    loop {
        let mut head = [0; 8];
        if !fill(from, &mut head)? {
            return Ok(false);
        }
        to.write_all(&head)?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        if &head[..4] == b"data" {
            let Some(format) = format.and_then(known) else { return Ok(false) };
            // What follows the samples, and samples that a header written too early does not count, are copied too.
            let counted = if length == 0 || length == u64::from(u32::MAX) { u64::MAX } else { length };
            return samples(from, to, spans, &format, counted).map(|()| true);
        }
        if length > HEAD_MAX {
            return Ok(false);
        }
        let padded = length + length % 2;
        let mut chunk = Vec::new();
        from.take(padded).read_to_end(&mut chunk)?;
        to.write_all(&chunk)?;
        if &head[..4] == b"fmt " {
            format = read_format(&chunk);
        }
    }
}

fn read_format(chunk: &[u8]) -> Option<Format> {
    let short = |at: usize| Some(u16::from_le_bytes([*chunk.get(at)?, *chunk.get(at + 1)?]));
    let rate = u32::from_le_bytes(chunk.get(4..8)?.try_into().ok()?);
    let tag = match short(0)? {
        EXTENSIBLE => short(24)?,
        tag => tag,
    };
    Some(Format { tag, rate: u64::from(rate), block: u64::from(short(12)?), bits: short(14)? })
}

fn known(format: Format) -> Option<Format> {
    let plain = matches!(format.tag, PCM | FLOAT | A_LAW | MU_LAW);
    (plain && format.rate > 0 && format.block > 0 && format.bits >= 8).then_some(format)
}

fn samples(
    from: &mut impl Read,
    to: &mut impl Write,
    spans: &[Span],
    format: &Format,
    counted: u64,
) -> io::Result<()> {
    let silence = match (format.tag, format.bits) {
        (A_LAW, _) => 0xD5,
        (MU_LAW, _) => 0xFF,
        (PCM, 8) => 0x80,
        _ => 0,
    };
    // A sample that begins in a span belongs to it, and one that is cut by its beginning too.
    let within: Vec<(u64, u64)> = spans
        .iter()
        .map(|span| {
            let first = span.from_ms.saturating_mul(format.rate) / 1000;
            let end = span.to_ms.saturating_mul(format.rate).div_ceil(1000);
            (first * format.block, end.saturating_mul(format.block).min(counted))
        })
        .collect();
    let mut buffer = vec![0; 64 * 1024];
    let mut at = 0_u64;
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        for (first, end) in &within {
            let first = first.saturating_sub(at).min(read as u64);
            let end = end.saturating_sub(at).min(read as u64);
            if first < end {
                // Both are at most the length of the buffer.
                buffer[first as usize..end as usize].fill(silence);
            }
        }
        to.write_all(&buffer[..read])?;
        at += read as u64;
    }
}

/// False at an early end.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match from.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(tag: u16, bits: u16, channels: u16, samples: &[u8]) -> Vec<u8> {
        let block = channels * bits / 8;
        let mut file = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
        file.extend(tag.to_le_bytes());
        file.extend(channels.to_le_bytes());
        file.extend(8_000_u32.to_le_bytes());
        file.extend((8_000 * u32::from(block)).to_le_bytes());
        file.extend(block.to_le_bytes());
        file.extend(bits.to_le_bytes());
        file.extend(b"LIST\x03\0\0\0abc\0data");
        file.extend(u32::try_from(samples.len()).expect("short").to_le_bytes());
        file.extend(samples);
        file.extend(b"more after the samples");
        file
    }

    fn silenced(file: &[u8], from_ms: u64, to_ms: u64) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let done = silence(&mut &file[..], &mut out, &[Span { from_ms, to_ms }]).expect("in memory");
        done.then_some(out)
    }

    #[test]
    fn the_samples_of_a_span_are_silence_and_all_other_bytes_are_as_before() {
        for (tag, bits, quiet) in
            [(PCM, 8, 0x80), (PCM, 16, 0), (FLOAT, 32, 0), (A_LAW, 8, 0xD5), (MU_LAW, 8, 0xFF)]
        {
            let before = wav(tag, bits, 2, &[0x55; 200_000]);
            let after = silenced(&before, 100, 300).expect("a format that is known");
            let block = usize::from(bits / 8 * 2);
            let data = before.len() - 22 - 200_000;
            let (first, end) = (data + 800 * block, data + 2_400 * block);
            assert_eq!(after.len(), before.len(), "as long as before");
            assert!(after[first..end].iter().all(|byte| *byte == quiet), "{tag}: silent from 0.1 to 0.3 s");
            assert_eq!(after[..first], before[..first], "{tag}: nothing before it changes");
            assert_eq!(after[end..], before[end..], "{tag}: nor after it");
        }
    }

    #[test]
    fn a_span_to_the_end_leaves_what_follows_the_samples() {
        let before = wav(MU_LAW, 8, 1, &[0x55; 8_000]);
        let after = silenced(&before, 500, 60_000).expect("known");
        assert!(after.ends_with(b"more after the samples"), "it is no sound");
        assert!(after[..after.len() - 22].ends_with(&[0xFF; 4_000]), "all sound is gone from there on");
    }

    #[test]
    fn what_cannot_be_silenced_in_place_is_told() {
        assert_eq!(
            silenced(&wav(0x31, 8, 1, &[0; 100]), 0, 9),
            None,
            "GSM has no samples one after the other"
        );
        assert_eq!(silenced(b"OggS and so on and on", 0, 9), None, "nor has another kind of file");
        assert_eq!(silenced(b"RIFF\0\0\0\0WAVE", 0, 9), None, "nor one that ends before its samples");
    }
}
