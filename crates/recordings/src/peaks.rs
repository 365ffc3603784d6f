//! The waveform of a recording, at several zooms, computed once and kept beside the stored file.

mod file;
mod measure;

pub(crate) use measure::{Measure, Measured};

use crate::seal::Opened;
use crate::stored::Stored;
use crate::{Key, Span, Unreadable};
use file::Head;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Where the peaks of a stored file are: beside it, `.peaks` added to its name.
pub fn beside(stored: &Path) -> PathBuf {
    let mut name = stored.as_os_str().to_owned();
    name.push(".peaks");
    PathBuf::from(name)
}

/// One column of a waveform.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    /// The greatest amplitude, 255 at full scale.
    pub peak: u8,
    /// The mean power in half decibels above -100 dBFS: 200 at full scale, 0 for nothing.
    pub rms: u8,
}

/// A stretch of a waveform: as many columns as asked, for each channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    pub channels: Vec<Vec<Column>>,
}

/// An opened peaks file.
#[derive(Debug)]
pub struct Peaks {
    input: Opened,
    head: Head,
}

impl Peaks {
    /// Reads the head only.
    pub fn open(path: &Path, seal: Option<&Key>) -> Result<Self, Unreadable> {
        let mut input = Opened::open(path, seal)?;
        let head = Head::read(&mut input)?;
        Ok(Self { input, head })
    }

    /// Makes the peaks of a stored file again, at `out`.
    pub fn of_stored(stored: &Path, out: &Path, seal: Option<&Key>) -> Result<Self, Unreadable> {
        let mut stored = Stored::open_natural(stored, seal)?;
        let facts = stored.facts();
        let mut measure = Measure::new(stored.rate(), facts.channels)?;
        let mut buffer = vec![0.0; 32 * 1024];
        loop {
            let read = stored.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            measure.add(&buffer[..read])?;
        }
        file::write(out, &measure.finish(facts.samples), seal)?;
        Self::open(out, seal)
    }

    pub fn channels(&self) -> u8 {
        self.head.channels
    }

    /// At 48,000 a second.
    pub fn samples(&self) -> u64 {
        self.head.samples
    }

    /// Integrated loudness in LUFS; none for silence.
    pub fn loudness(&self) -> Option<f32> {
        self.head.loudness
    }

    /// Where nobody speaks.
    pub fn silences(&self) -> &[Span] {
        &self.head.silences
    }

    /// The waveform of a stretch in `columns` columns; reads no more than it needs. What lies beyond the end is empty.
    pub fn level(&mut self, range_ms: Range<u64>, columns: usize) -> Result<Columns, Unreadable> {
        level(&self.head, &mut self.input, range_ms, columns)
    }
}

fn level(
    head: &Head,
    input: &mut (impl Read + Seek),
    range_ms: Range<u64>,
    columns: usize,
) -> Result<Columns, Unreadable> {
    let columns = columns.min(100_000);
    let channels = usize::from(head.channels);
    let mut result = Columns { channels: vec![vec![Column::default(); columns]; channels] };
    let from = u128::from(range_ms.start) * 48;
    let length = u128::from(range_ms.end.saturating_sub(range_ms.start)) * 48;
    // The coarsest level that still has a column for each that is wanted.
    let fits = |step: u32| length >= u128::from(step) * columns as u128;
    let levels = &head.levels;
    let Some(level) = levels.iter().rev().find(|level| fits(level.step)).or(levels.first()) else {
        return Ok(result);
    };
    if columns == 0 || length == 0 {
        return Ok(result);
    }
    let step = u128::from(level.step);
    let place = |column: usize| from + length * column as u128 / columns as u128;
    let count = u128::from(level.count);
    let first = (from / step).min(count) as u64;
    let last = (from + length).div_ceil(step).min(count) as u64;
    input.seek(SeekFrom::Start(level.offset + first * 2 * channels as u64))?;
    let wanted = last.saturating_sub(first) * 2 * channels as u64;
    let mut bytes = Vec::new();
    input.take(wanted).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < wanted {
        return Err(Unreadable::damaged("it ends too early"));
    }
    for column in 0..columns {
        let begin = place(column) / step;
        let end = place(column + 1).div_ceil(step).max(begin + 1);
        // A stretch far beyond the end is more columns than can be counted: both end where the file does.
        for at in (begin.min(count) as u64).max(first)..(end.min(count) as u64).min(last) {
            let from = (at - first) as usize * 2 * channels;
            for (channel, pair) in bytes[from..from + 2 * channels].as_chunks::<2>().0.iter().enumerate() {
                let column = &mut result.channels[channel][column];
                column.peak = column.peak.max(pair[0]);
                column.rms = column.rms.max(pair[1]);
            }
        }
    }
    Ok(result)
}

/// Writes the peaks file of what was measured.
pub(crate) fn write(path: &Path, measured: &Measured, seal: Option<&Key>) -> Result<(), Unreadable> {
    file::write(path, measured, seal)
}

#[cfg(test)]
mod tests {
    use super::file::{Head, Level, write};
    use super::{Column, Measured, level};
    use std::fs::File;
    use std::io::{self, Read, Seek, SeekFrom};

    struct Counted {
        file: File,
        bytes: usize,
    }

    impl Read for Counted {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let read = self.file.read(out)?;
            self.bytes += read;
            Ok(read)
        }
    }

    impl Seek for Counted {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.file.seek(to)
        }
    }

    #[test]
    fn what_lies_beyond_the_end_of_the_finest_columns_is_empty() {
        let levels = vec![Level { step: 1, count: 3, offset: 0 }];
        let head = Head { channels: 1, samples: 3, loudness: None, silences: Vec::new(), levels };
        let mut input = io::Cursor::new(vec![9; 6]);
        let beyond = level(&head, &mut input, u64::MAX - 9..u64::MAX, 2).expect("any stretch is answered");
        assert_eq!(beyond.channels, [[Column::default(); 2]], "nothing is there");
        let whole = level(&head, &mut input, 0..u64::MAX, 2).expect("any stretch is answered");
        assert_eq!(whole.channels[0][0].peak, 9, "all of it is in the first column");
    }

    #[test]
    fn an_hour_is_shown_without_reading_it_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("hour.peaks");
        let fine = (0..2 * 360_000).map(|at| Column { peak: (at % 251) as u8, rms: 100 }).collect();
        let measured =
            Measured { channels: 2, samples: 3_600 * 48_000, loudness: None, silences: Vec::new(), fine };
        write(&path, &measured, None).expect("written");
        let mut input = Counted { file: File::open(&path).expect("a file"), bytes: 0 };
        let head = Head::read(&mut input).expect("a head");
        assert!(input.bytes < 1_000, "opening reads the head only, not {} bytes", input.bytes);
        let all = level(&head, &mut input, 0..3_600_000, 1_500).expect("columns");
        assert!(all.channels[1].iter().all(|column| column.peak > 240), "each column shows its loudest");
        assert!(input.bytes < 10_000, "the whole in 1,500 columns takes {} bytes", input.bytes);
        input.bytes = 0;
        level(&head, &mut input, 1_800_000..1_803_000, 300).expect("columns");
        assert!(input.bytes < 1_500, "three seconds in the middle take {} bytes", input.bytes);
        for range in [0..u64::MAX, u64::MAX - 5..u64::MAX, 9..9] {
            level(&head, &mut input, range, 10).expect("any stretch is answered");
        }
    }
}
