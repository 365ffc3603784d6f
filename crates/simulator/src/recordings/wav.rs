//! WAV as recorders write it: a header, then G.711 or PCM at 8 kHz.

use super::sound::Codec;
use super::voice::RATE;

/// What a header says of a file whose end is not known yet.
pub(super) const GROWING: u32 = u32::MAX;

/// `data_bytes` is the length of all samples, or [`GROWING`].
pub(super) fn header(codec: Codec, channels: u8, data_bytes: u32) -> Vec<u8> {
    let channels = u16::from(channels);
    let (format, bits): (u16, u16) = match codec {
        Codec::Pcm16 => (1, 16),
        Codec::ALaw => (6, 8),
        Codec::MuLaw => (7, 8),
    };
    let frame_bytes = channels * bits / 8;
    let frames = data_bytes / u32::from(frame_bytes);
    let mut format_chunk = Vec::new();
    format_chunk.extend(format.to_le_bytes());
    format_chunk.extend(channels.to_le_bytes());
    format_chunk.extend(RATE.to_le_bytes());
    format_chunk.extend((RATE * u32::from(frame_bytes)).to_le_bytes());
    format_chunk.extend(frame_bytes.to_le_bytes());
    format_chunk.extend(bits.to_le_bytes());
    let mut chunks = Vec::new();
    match codec {
        Codec::Pcm16 => chunk(&mut chunks, *b"fmt ", &format_chunk),
        Codec::ALaw | Codec::MuLaw => {
            // Every format but PCM says how much more follows (nothing), and how many frames there are.
            format_chunk.extend(0u16.to_le_bytes());
            chunk(&mut chunks, *b"fmt ", &format_chunk);
            chunk(&mut chunks, *b"fact", &frames.to_le_bytes());
        }
    }
    let padding = data_bytes % 2;
    let rest = u32::try_from(chunks.len()).unwrap_or(0) + 12;
    let whole =
        if data_bytes == GROWING { GROWING } else { rest.saturating_add(data_bytes).saturating_add(padding) };
    let mut out = b"RIFF".to_vec();
    out.extend(whole.to_le_bytes());
    out.extend(b"WAVE");
    out.extend(chunks);
    out.extend(b"data");
    out.extend(data_bytes.to_le_bytes());
    out
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    out.extend(name);
    out.extend(u32::try_from(content.len()).unwrap_or(0).to_le_bytes());
    out.extend(content);
}

/// G.711 A-law.
pub(super) fn a_law(sample: i16) -> u8 {
    let (sign, magnitude) = if sample >= 0 { (0xd5, sample) } else { (0x55, !sample) };
    let magnitude = magnitude >> 4;
    let coded = if magnitude < 32 {
        magnitude
    } else {
        let segment = 12 - i16::try_from(magnitude.leading_zeros()).unwrap_or(0);
        (segment << 4) | ((magnitude >> (segment - 1)) & 0x0f)
    };
    u8::try_from(coded & 0x7f).unwrap_or(0) ^ sign
}

/// G.711 mu-law.
pub(super) fn mu_law(sample: i16) -> u8 {
    let (sign, magnitude) = if sample >= 0 { (0xff, sample) } else { (0x7f, !sample) };
    let magnitude = (magnitude >> 2).min(8_158) + 33;
    let segment = 10 - i16::try_from(magnitude.leading_zeros()).unwrap_or(0);
    let coded = (segment << 4) | ((magnitude >> (segment + 1)) & 0x0f);
    u8::try_from(coded & 0x7f).unwrap_or(0) ^ sign
}
