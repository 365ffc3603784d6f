//! What symphonia reads: MP3, FLAC, Vorbis, ADPCM.

use super::wav_head::WavHead;
use super::{Decode, Start};
use crate::seal::SealError;
use crate::{AudioFormat, Codec, Unreadable};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Mutex;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions, well_known as codec};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

/// Damaged packets in a row after which a file counts as damaged from there.
const PATIENCE: u32 = 200;

struct Library {
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    format: AudioFormat,
    track: u32,
    samples: Vec<f32>,
    patience: Patience,
}

/// Some damage is passed over; only damage without end ends the reading.
#[derive(Default)]
struct Patience {
    damaged: u32,
    in_a_row: u32,
}

/// A stream that cannot be sought in, so that each byte of the original is read once.
struct Stream(Mutex<Start>);

impl Read for Stream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.get_mut().map_err(|_| io::ErrorKind::Other)?.read(out)
    }
}

impl Seek for Stream {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl MediaSource for Stream {
    fn is_seekable(&self) -> bool {
        false
    }

    fn byte_len(&self) -> Option<u64> {
        None
    }
}

pub(super) fn open(start: Start, ending: &str) -> Result<Box<dyn Decode>, Unreadable> {
    let stream =
        MediaSourceStream::new(Box::new(Stream(Mutex::new(start))), MediaSourceStreamOptions::default());
    let mut hint = Hint::new();
    hint.with_extension(ending);
    let (options, tags) = (FormatOptions::default(), MetadataOptions::default());
    let probe = symphonia::default::get_probe();
    let reader = guarded(|| probe.probe(&hint, stream, options, tags))?.map_err(reason)?;
    let track = reader.default_track(TrackType::Audio).ok_or(Unreadable::NotAudio)?;
    let Some(CodecParameters::Audio(params)) = &track.codec_params else { return Err(Unreadable::NotAudio) };
    let codec = match params.codec {
        codec::CODEC_ID_MP3 => Codec::Mp3,
        codec::CODEC_ID_FLAC => Codec::Flac,
        codec::CODEC_ID_VORBIS => Codec::Vorbis,
        codec::CODEC_ID_ADPCM_MS => Codec::MsAdpcm,
        codec::CODEC_ID_ADPCM_IMA_WAV => Codec::ImaAdpcm,
        codec::CODEC_ID_OPUS => return Err(Unreadable::unsupported("Opus in a form that is not known")),
        other => return Err(Unreadable::unsupported(format!("a codec with the number {other}"))),
    };
    let (codecs, options) = (symphonia::default::get_codecs(), AudioDecoderOptions::default());
    let decoder = guarded(|| codecs.make_audio_decoder(params, &options))?.map_err(reason)?;
    let format = AudioFormat {
        codec,
        rate: params.sample_rate.ok_or_else(|| Unreadable::damaged("its header names no sample rate"))?,
        channels: params.channels.as_ref().map_or(0, |channels| channels.count().min(255) as u8),
    };
    let track = track.id;
    let samples = Vec::new();
    Ok(Box::new(Library { reader, decoder, format, track, samples, patience: Patience::default() }))
}

/// ADPCM: the head was read already and is put before the sound again, whole and with a length that is believed.
pub(super) fn adpcm(start: Start, head: WavHead) -> Result<Box<dyn Decode>, Unreadable> {
    let channels = u32::from(head.channels);
    let per_block = match (head.codec, u32::from(head.block)) {
        (Codec::ImaAdpcm, block) if block > 4 * channels => (block - 4 * channels) * 2 / channels + 1,
        (Codec::MsAdpcm, block) if block > 7 * channels => (block - 7 * channels) * 2 / channels + 2,
        _ => return Err(Unreadable::damaged("its header gives no usable block size")),
    };
    let mut fmt = Vec::new();
    let tag: u16 = if head.codec == Codec::MsAdpcm { 2 } else { 0x11 };
    fmt.extend(tag.to_le_bytes());
    fmt.extend(head.channels.to_le_bytes());
    fmt.extend(head.rate.to_le_bytes());
    let a_second = u64::from(head.rate) * u64::from(head.block) / u64::from(per_block);
    fmt.extend((a_second.min(u64::from(u32::MAX)) as u32).to_le_bytes());
    fmt.extend(head.block.to_le_bytes());
    fmt.extend(4u16.to_le_bytes());
    if head.codec == Codec::MsAdpcm {
        // The seven pairs of coefficients that every encoder uses.
        let pairs: [i16; 14] = [256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232];
        fmt.extend(32u16.to_le_bytes());
        fmt.extend((per_block as u16).to_le_bytes());
        fmt.extend(7u16.to_le_bytes());
        fmt.extend(pairs.iter().flat_map(|pair| pair.to_le_bytes()));
    } else {
        fmt.extend(2u16.to_le_bytes());
        fmt.extend((per_block as u16).to_le_bytes());
    }
    // Whole blocks only: the last one may be cut.
    let block = u64::from(head.block);
    let most = u64::from(u32::MAX - 1_024) / block * block;
    let sound = head.sound.map_or(most, |sound| (sound / block * block).min(most));
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((sound as u32 + 20 + fmt.len() as u32 + 8).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend((fmt.len() as u32).to_le_bytes());
    bytes.extend(fmt);
    bytes.extend(b"data");
    bytes.extend((sound as u32).to_le_bytes());
    let again = Start::read(io::Cursor::new(bytes).chain(start), 1)?;
    open(again, "wav")
}

impl Decode for Library {
    fn format(&self) -> AudioFormat {
        self.format
    }

    fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, Unreadable> {
        loop {
            let packet = match guarded(|| self.reader.next_packet())? {
                Ok(Some(packet)) if packet.track_id == self.track => packet,
                Ok(Some(_)) => continue,
                Ok(None) => return Ok(false),
                Err(Error::IoError(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    return Ok(false);
                }
                Err(Error::ResetRequired) => return Ok(false),
                Err(Error::DecodeError(_)) if self.patience.bears_more() => continue,
                Err(error) => return Err(reason(error)),
            };
            let decoder = &mut self.decoder;
            let sound = match guarded(|| decoder.decode(&packet))? {
                Ok(sound) => sound,
                Err(Error::DecodeError(_)) if self.patience.bears_more() => continue,
                Err(error) => return Err(reason(error)),
            };
            self.patience.in_a_row = 0;
            if sound.spec().rate() != self.format.rate
                || sound.num_planes() != usize::from(self.format.channels)
            {
                return Err(Unreadable::damaged("its sample rate or channels change on the way"));
            }
            self.samples.clear();
            sound.copy_to_vec_interleaved(&mut self.samples);
            out.extend_from_slice(&self.samples);
            return Ok(true);
        }
    }

    fn remarks(&self) -> Vec<String> {
        if self.patience.damaged == 0 {
            return Vec::new();
        }
        vec!["Parts of it are damaged and were left out.".to_owned()]
    }
}

impl Patience {
    fn bears_more(&mut self) -> bool {
        self.damaged += 1;
        self.in_a_row += 1;
        self.in_a_row < PATIENCE
    }
}

/// A decoder for so many formats may stumble over a hostile file in a way that its authors did not foresee: that is a damaged
/// file, not the end of the program. What it worked on is not used again.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Unreadable> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .map_err(|_| Unreadable::damaged("the decoder stumbles over it"))
}

/// The system's error, or that of a sealed file; not one that the decoder made up.
fn is_of_the_disk(error: &io::Error) -> bool {
    let is_seal = error.get_ref().is_some_and(|inner| inner.is::<SealError>());
    error.raw_os_error().is_some() || error.kind() == io::ErrorKind::UnexpectedEof || is_seal
}

fn reason(error: Error) -> Unreadable {
    match error {
        Error::IoError(error) if is_of_the_disk(&error) => error.into(),
        // What the decoder says of bits that end too early.
        Error::IoError(error) => Unreadable::damaged(error.to_string()),
        Error::Unsupported(what) => {
            Unreadable::unsupported(format!("a kind that the decoder does not know ({what})"))
        }
        Error::DecodeError(what) | Error::LimitError(what) => Unreadable::damaged(what),
        _ => Unreadable::damaged("it cannot be read in order"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_that_end_too_early_are_no_fault_of_the_disk() {
        let made_up = io::Error::other("unexpected end of bitstream");
        assert!(matches!(reason(Error::IoError(made_up)), Unreadable::Damaged { .. }), "the file is damaged");
        let disk = io::Error::from_raw_os_error(5);
        assert!(matches!(reason(Error::IoError(disk)), Unreadable::Io(_)), "the disk's own error stays");
    }
}
