//! Sound files of a tenth of a second: a falling tone, coded in every way that needs no other program. Formats that do
//! (FLAC, Vorbis, MP3) are in the corpus as ffmpeg made them of the same tone.

use super::Seeds;
use recordings::export::{Channels, ExportFormat, export};
use recordings::{Cancel, Encoding, Tags, Take, take};
use std::error::Error;
use std::path::Path;

const RATE: u32 = 8_000;
const FRAMES: usize = 640;

fn tone() -> impl Iterator<Item = f32> {
    (0..FRAMES).map(|at| {
        let at = at as f32 / RATE as f32;
        (at * (900.0 - 2_000.0 * at) * std::f32::consts::TAU).sin() * 0.6
    })
}

fn head(tag: u16, channels: u16, block: u16, bits: u16, extra: &[u8], sound: &[u8]) -> Vec<u8> {
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + extra.len() as u32 + sound.len() as u32).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend((16 + extra.len() as u32).to_le_bytes());
    wav.extend(tag.to_le_bytes());
    wav.extend(channels.to_le_bytes());
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * u32::from(block)).to_le_bytes());
    wav.extend(block.to_le_bytes());
    wav.extend(bits.to_le_bytes());
    wav.extend(extra);
    wav.extend(b"data");
    wav.extend((sound.len() as u32).to_le_bytes());
    wav.extend(sound);
    wav
}

pub(crate) fn wav() -> Seeds {
    let pcm16: Vec<u8> = tone().flat_map(|value| ((value * 32_767.0) as i16).to_le_bytes()).collect();
    let pcm8: Vec<u8> = tone().map(|value| (value * 127.0 + 128.0) as u8).collect();
    let pcm24: Vec<u8> =
        tone().flat_map(|value| ((value * 8e6) as i32).to_le_bytes()[..3].to_vec()).collect();
    let float: Vec<u8> = tone().flat_map(f32::to_le_bytes).collect();
    let double: Vec<u8> = tone().flat_map(|value| f64::from(value).to_le_bytes()).collect();
    // Any bytes are sound in these.
    let coded: Vec<u8> = (0..390_u32).map(|at| (at * 37 % 251) as u8).collect();
    let mut rf64 = head(1, 1, 2, 16, &[], &pcm16[..200]);
    rf64[..4].copy_from_slice(b"RF64");
    let mut sized = rf64[..12].to_vec();
    sized.extend(b"ds64\x1c\0\0\0");
    sized.extend([0; 8]);
    sized.extend(200_u64.to_le_bytes());
    sized.extend([0; 12]);
    sized.extend(&rf64[12..40]);
    sized.extend([0xff; 4]);
    sized.extend(&rf64[44..]);
    let fact = [&b"fact\x04\0\0\0"[..], &640_u32.to_le_bytes()].concat();
    let mut with_fact = head(0x31, 1, 65, 0, &[2, 0, 0x40, 1], &coded);
    with_fact.splice(40..40, fact);
    [
        ("pcm16", head(1, 1, 2, 16, &[], &pcm16)),
        ("pcm16-two", head(1, 2, 4, 16, &[], &pcm16)),
        ("pcm8", head(1, 1, 1, 8, &[], &pcm8)),
        ("pcm24", head(1, 1, 3, 24, &[], &pcm24)),
        ("float", head(3, 1, 4, 32, &[], &float[..800])),
        ("double", head(3, 1, 8, 64, &[], &double[..800])),
        ("a-law", head(6, 1, 1, 8, &[], &coded)),
        ("mu-law", head(7, 2, 2, 8, &[], &coded)),
        ("gsm", with_fact),
        ("ima", head(0x11, 1, 65, 4, &[2, 0, 123, 0], &coded)),
        ("ms", head(2, 1, 65, 4, &[32, 0, 118, 0], &coded)),
        ("rf64", sized),
        ("g729", head(0x83, 1, 10, 0, &[], &coded)),
        ("endless", [&head(1, 1, 2, 16, &[], &[])[..40], &[0xff; 4], &pcm16[..99]].concat()),
    ]
    .map(|(name, wav)| (name.to_owned(), wav))
    .into()
}

/// Stored files and their peaks, by the product itself.
pub(crate) fn stored() -> Result<(Seeds, Seeds), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (mut oggs, mut peaks) = (Seeds::new(), Seeds::new());
    for (name, wav) in wav() {
        if !["pcm16", "pcm16-two", "a-law"].contains(&name.as_str()) {
            continue;
        }
        let (source, working) = (folder.path().join("a.wav"), folder.path().join("a.opus"));
        std::fs::write(&source, wav)?;
        let tags = Tags(vec![("TITLE".to_owned(), name.clone())]);
        let encoding = Encoding { bits_per_second: 12_000, complexity: 5 };
        let ask = Take { source: &source, working: &working, tags, encoding, seal: None };
        let taken = take(&ask, &Cancel::default(), &mut |_| {})?;
        oggs.push((format!("stored-{name}"), std::fs::read(&working)?));
        let file = std::fs::read(&taken.peaks)?;
        peaks.push((format!("peaks-{name}"), [&[0, 30, 12][..], &file].concat()));
        oggs.push((format!("part-{name}"), part(&working)?));
    }
    Ok((oggs, peaks))
}

fn part(stored: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let out = stored.with_file_name("part.opus");
    let span = recordings::Span { from_ms: 20, to_ms: 60 };
    export(stored, None, Some(span), ExportFormat::Opus, &out, Channels::Both)?;
    Ok(std::fs::read(out)?)
}
