//! The file of peaks.
//!
//! Little-endian. Magic `CallDocPeaks`, version, channels, two spare bytes; samples (u64), loudness (f32, NaN for none),
//! number of levels (u32), number of silences (u32); for each level its step in samples of 48,000 a second (u32), its count
//! of columns (u64) and the offset of the first (u64); the silences in ms (two u64); then the columns, two bytes for each
//! channel.

use super::{Column, Measured};
use crate::output::Output;
use crate::{Key, Span, Unreadable};
use std::io::{Read, Write};
use std::path::Path;

const MAGIC: &[u8; 12] = b"CallDocPeaks";
const VERSION: u8 = 1;
const FIXED: usize = 36;
const LEVEL: usize = 20;
const SPAN: usize = 16;
/// The finest level: a column each 10 ms.
const FINE_STEP: u32 = 480;
/// Columns of the level that shows all of a recording.
const OVERVIEW: usize = 2_000;
const MOST_SPANS: usize = 1 << 20;
const MOST_COLUMNS: u64 = 1 << 32;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Level {
    pub(super) step: u32,
    pub(super) count: u64,
    pub(super) offset: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub(super) channels: u8,
    pub(super) samples: u64,
    pub(super) loudness: Option<f32>,
    pub(super) silences: Vec<Span>,
    /// Fine to coarse.
    pub(super) levels: Vec<Level>,
}

impl Head {
    pub(super) fn read(input: &mut impl Read) -> Result<Self, Unreadable> {
        let fixed = bytes(input, FIXED)?;
        if !fixed.starts_with(MAGIC) || fixed[12] != VERSION || !(1..=2).contains(&fixed[13]) {
            return Err(Unreadable::damaged("this is no file of peaks, or of a later version"));
        }
        let loudness = f32::from_le_bytes([fixed[24], fixed[25], fixed[26], fixed[27]]);
        let (levels, silences) = (short(&fixed, 28) as usize, short(&fixed, 32) as usize);
        if levels > 16 || silences > MOST_SPANS {
            return Err(Unreadable::damaged("its head contradicts itself"));
        }
        let table = bytes(input, levels * LEVEL)?;
        let levels = table.as_chunks::<LEVEL>().0.iter().map(|level| Level {
            step: short(level, 0).max(1),
            count: long(level, 4),
            offset: long(level, 12),
        });
        let levels: Vec<Level> = levels.collect();
        if levels.iter().any(|level| level.count > MOST_COLUMNS || level.offset > MOST_COLUMNS * 16) {
            return Err(Unreadable::damaged("its head contradicts itself"));
        }
        let spans = bytes(input, silences * SPAN)?;
        let silences = spans.as_chunks::<SPAN>().0.iter();
        let silences = silences.map(|span| Span { from_ms: long(span, 0), to_ms: long(span, 8) });
        Ok(Self {
            channels: fixed[13],
            samples: long(&fixed, 16),
            loudness: loudness.is_finite().then_some(loudness),
            silences: silences.collect(),
            levels,
        })
    }
}

pub(super) fn write(path: &Path, measured: &Measured, seal: Option<&Key>) -> Result<(), Unreadable> {
    let channels = usize::from(measured.channels);
    let tenth = coarser(&measured.fine, channels, 10);
    let by = (measured.fine.len() / channels).div_ceil(OVERVIEW).max(1);
    let mut levels = vec![(FINE_STEP, measured.fine.clone()), (10 * FINE_STEP, tenth)];
    if by > 10 {
        levels.push((by as u32 * FINE_STEP, coarser(&measured.fine, channels, by)));
    }
    let mut head = MAGIC.to_vec();
    head.extend([VERSION, measured.channels, 0, 0]);
    head.extend(measured.samples.to_le_bytes());
    head.extend(measured.loudness.unwrap_or(f32::NAN).to_le_bytes());
    head.extend((levels.len() as u32).to_le_bytes());
    head.extend((measured.silences.len() as u32).to_le_bytes());
    let mut offset = (FIXED + levels.len() * LEVEL + measured.silences.len() * SPAN) as u64;
    // The coarse levels come first in the file, so that what is shown on opening is close to the head.
    let mut offsets = vec![0; levels.len()];
    for (place, (_, columns)) in levels.iter().enumerate().rev() {
        offsets[place] = offset;
        offset += 2 * columns.len() as u64;
    }
    for ((step, columns), offset) in levels.iter().zip(&offsets) {
        head.extend(step.to_le_bytes());
        head.extend(((columns.len() / channels) as u64).to_le_bytes());
        head.extend(offset.to_le_bytes());
    }
    for span in &measured.silences {
        head.extend(span.from_ms.to_le_bytes());
        head.extend(span.to_ms.to_le_bytes());
    }
    let mut output = Output::create(path, seal)?;
    output.write_all(&head).map_err(Unreadable::NotWritten)?;
    for (_, columns) in levels.iter().rev() {
        let bytes: Vec<u8> = columns.iter().flat_map(|column| [column.peak, column.rms]).collect();
        output.write_all(&bytes).map_err(Unreadable::NotWritten)?;
    }
    output.finish()?;
    Ok(())
}

fn coarser(columns: &[Column], channels: usize, by: usize) -> Vec<Column> {
    let mut coarse = Vec::with_capacity(columns.len() / by + channels);
    for group in columns.chunks(by * channels) {
        for channel in 0..channels {
            let own = group.iter().skip(channel).step_by(channels);
            coarse.push(own.fold(Column::default(), |all, one| Column {
                peak: all.peak.max(one.peak),
                rms: all.rms.max(one.rms),
            }));
        }
    }
    coarse
}

/// Never more memory than there are bytes.
fn bytes(input: &mut impl Read, count: usize) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    input.take(count as u64).read_to_end(&mut bytes)?;
    if bytes.len() < count { Err(Unreadable::damaged("it ends too early")) } else { Ok(bytes) }
}

fn short(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from(short(bytes, at)) | u64::from(short(bytes, at + 4)) << 32
}
