//! What sound files are held to, whatever their form.

use recordings::audio::Audio;
use recordings::peaks::Peaks;
use recordings::{AudioFormat, Unreadable};
use std::io::{Cursor, Read};

/// Values after which a probe stops listening: coded silence has no length that its bytes would bound.
pub(crate) const VALUES_MAX: usize = 1 << 21;

/// What was heard of a file.
#[derive(Debug, PartialEq)]
pub(crate) struct Heard {
    pub(crate) format: AudioFormat,
    /// Interleaved.
    pub(crate) values: Vec<f32>,
    /// Why not more of it was, in words.
    pub(crate) trouble: Option<String>,
    pub(crate) remarks: Vec<String>,
}

/// All of it. Every value is a number within full scale, every frame is whole.
pub(crate) fn heard(reader: impl Read + Send + Sync + 'static) -> Result<Heard, String> {
    let mut audio = Audio::open(reader, None).map_err(in_words)?;
    let format = audio.format();
    assert!((1..=2).contains(&format.channels), "{} channels", format.channels);
    let (mut values, mut trouble) = (Vec::new(), None);
    while values.len() < VALUES_MAX {
        match audio.read(&mut values) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                trouble = Some(in_words(error));
                break;
            }
        }
    }
    assert!(values.iter().all(|value| (-1.0..=1.0).contains(value)), "every value is within full scale");
    assert_eq!(values.len() % usize::from(format.channels), 0, "every frame is whole");
    Ok(Heard { format, values, trouble, remarks: audio.remarks() })
}

/// Every reason has words, and none is a fault of the disk: these files are in memory.
fn in_words(error: Unreadable) -> String {
    let words = error.to_string();
    assert!(!words.is_empty(), "{error:?} is told");
    assert!(!matches!(error, Unreadable::Io(_) | Unreadable::NotWritten(_)), "{words}");
    words
}

/// The same values as a WAV of floating point, which loses nothing.
pub(crate) fn as_wav(heard: &Heard) -> Cursor<Vec<u8>> {
    let bytes = 4 * heard.values.len() as u32;
    let (channels, rate) = (u16::from(heard.format.channels), heard.format.rate);
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + bytes).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x03\0");
    wav.extend(channels.to_le_bytes());
    wav.extend(rate.to_le_bytes());
    wav.extend((rate * 4 * u32::from(channels)).to_le_bytes());
    wav.extend((4 * channels).to_le_bytes());
    wav.extend(32u16.to_le_bytes());
    wav.extend(b"data");
    wav.extend(bytes.to_le_bytes());
    wav.extend(heard.values.iter().flat_map(|value| value.to_le_bytes()));
    Cursor::new(wav)
}

/// Any stretch is answered with as many columns as asked, each of a channel that there is.
pub(crate) fn levels(peaks: &mut Peaks, at_ms: u64, columns: usize) {
    let channels = usize::from(peaks.channels());
    let end_ms = peaks.samples() / 48;
    for range in [0..end_ms, at_ms..end_ms, at_ms..at_ms.saturating_add(3_000), end_ms..u64::MAX, 0..u64::MAX]
    {
        let Ok(level) = peaks.level(range, columns) else { continue };
        assert_eq!(level.channels.len(), channels, "a waveform for each channel");
        assert!(level.channels.iter().all(|channel| channel.len() == columns), "as many columns as asked");
    }
}
