//! The bytes of a recording: made as they are written, so that an hour needs no memory.

use super::turns::Who;
use super::voice::{Noise, Voice, frames_of};
use super::wav::{GROWING, a_law, header, mu_law};
use super::{Recorded, SideFile};
use crate::dice::Dice;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Frames made at once: a quarter of a second.
const BLOCK: usize = 2_000;
/// What a line hisses, of full scale.
const LINE_NOISE: f32 = 0.0006;

/// How the samples of a file are written, at 8 kHz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Codec {
    ALaw,
    MuLaw,
    Pcm16,
}

impl Codec {
    pub(super) fn by_chance(dice: &mut Dice) -> Self {
        [Codec::ALaw, Codec::MuLaw, Codec::Pcm16][dice.weighted(&[6, 2, 2])]
    }

    fn sample_bytes(self) -> u64 {
        match self {
            Codec::ALaw | Codec::MuLaw => 1,
            Codec::Pcm16 => 2,
        }
    }

    fn put(self, sample: i16, out: &mut Vec<u8>) {
        match self {
            Codec::ALaw => out.push(a_law(sample)),
            Codec::MuLaw => out.push(mu_law(sample)),
            Codec::Pcm16 => out.extend(sample.to_le_bytes()),
        }
    }
}

impl Recorded {
    /// Writes the whole file, and its side file, into `folder`. The recording appears under its name when it is complete.
    pub fn write_to(&self, folder: &Path) -> io::Result<PathBuf> {
        let path = folder.join(&self.file_name);
        let unfinished = folder.join(format!(".{}.part", self.file_name));
        let mut file = BufWriter::new(File::create(&unfinished)?);
        self.write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        if let Some(side_file) = &self.side_file {
            side_file.write_to(folder)?;
        }
        std::fs::rename(&unfinished, &path)?;
        Ok(path)
    }

    /// The bytes of the file.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&header(self.codec, self.channels, self.data_bytes()))?;
        let mut sound = Sound::of(self);
        while let Some(block) = sound.next_block(u64::MAX) {
            out.write_all(&block)?;
        }
        Ok(())
    }

    pub(super) fn data_bytes(&self) -> u32 {
        let frames = frames_of(self.length_ms) as u64;
        // A file has at most an hour.
        u32::try_from(frames * u64::from(self.channels) * self.codec.sample_bytes()).unwrap_or(GROWING - 1)
    }
}

impl SideFile {
    pub(super) fn write_to(&self, folder: &Path) -> io::Result<()> {
        std::fs::write(folder.join(&self.file_name), &self.text)
    }
}

/// A file that grows while its call goes on; its header is right only when it is finished.
pub(super) struct GrowingFile {
    recorded: Recorded,
    folder: PathBuf,
    file: File,
    sound: Sound,
}

impl GrowingFile {
    pub(super) fn begin(recorded: Recorded, folder: &Path) -> io::Result<Self> {
        let mut file = File::create(folder.join(&recorded.file_name))?;
        file.write_all(&header(recorded.codec, recorded.channels, GROWING))?;
        let sound = Sound::of(&recorded);
        Ok(Self { recorded, folder: folder.to_owned(), file, sound })
    }

    /// Writes what was said so far; `since_ms` is the time since the recording began.
    pub(super) fn grow(&mut self, since_ms: u64) -> io::Result<()> {
        let runs = self.recorded.runs.iter();
        let said_ms = runs.map(|run| since_ms.min(run.to_ms).saturating_sub(run.from_ms)).sum();
        while let Some(block) = self.sound.next_block(said_ms) {
            self.file.write_all(&block)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.grow(u64::MAX)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&header(
            self.recorded.codec,
            self.recorded.channels,
            self.recorded.data_bytes(),
        ))?;
        self.file.sync_all()?;
        match &self.recorded.side_file {
            Some(side_file) => side_file.write_to(&self.folder),
            None => Ok(()),
        }
    }
}

/// Makes the samples in order.
pub(super) struct Sound {
    codec: Codec,
    channels: u8,
    turns: std::vec::IntoIter<super::Turn>,
    seed: u64,
    voices: [Voice; 2],
    noise: Noise,
    /// The turn that is heard or comes next: who, its first frame, its sound.
    turn: Option<(Who, usize, Vec<f32>)>,
    frame: usize,
    frames: usize,
}

impl Sound {
    pub(super) fn of(recorded: &Recorded) -> Self {
        let seed = recorded.voice_seed;
        Self {
            codec: recorded.codec,
            channels: recorded.channels,
            turns: recorded.turns.clone().into_iter(),
            seed,
            voices: [Voice::of(Who::Office, seed), Voice::of(Who::Other, seed)],
            noise: Noise(seed as u32 | 1),
            turn: None,
            frame: 0,
            frames: frames_of(recorded.length_ms),
        }
    }

    /// Some of what is said before `until_ms`; nothing when all of it was given.
    pub(super) fn next_block(&mut self, until_ms: u64) -> Option<Vec<u8>> {
        let end = frames_of(until_ms.min(u64::from(u32::MAX))).min(self.frames).min(self.frame + BLOCK);
        if self.frame >= end {
            return None;
        }
        let mut block = Vec::with_capacity((end - self.frame) * 4);
        while self.frame < end {
            let (office, other) = self.next_frame();
            match self.channels {
                1 => self.codec.put(self.with_noise(office + other), &mut block),
                _ => {
                    let (left, right) = (self.with_noise(office), self.with_noise(other));
                    self.codec.put(left, &mut block);
                    self.codec.put(right, &mut block);
                }
            }
            self.frame += 1;
        }
        Some(block)
    }

    fn next_frame(&mut self) -> (f32, f32) {
        if self.turn.as_ref().is_none_or(|(_, from, sound)| self.frame >= from + sound.len()) {
            self.turn = self.turns.next().map(|turn| {
                let [office, other] = &self.voices;
                let voice = match turn.who {
                    Who::Office => office,
                    Who::Other => other,
                };
                (turn.who, frames_of(turn.from_ms), voice.speak(turn, self.seed))
            });
        }
        let Some((who, from, sound)) = &self.turn else { return (0.0, 0.0) };
        let sample = self.frame.checked_sub(*from).and_then(|place| sound.get(place)).copied().unwrap_or(0.0);
        match who {
            Who::Office => (sample, 0.0),
            Who::Other => (0.0, sample),
        }
    }

    fn with_noise(&mut self, sample: f32) -> i16 {
        ((sample + self.noise.next() * LINE_NOISE) * f32::from(i16::MAX)) as i16
    }
}
