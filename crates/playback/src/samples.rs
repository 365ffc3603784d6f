//! What is played: samples that somebody else decodes, and what is known of them.

use crate::Span;

/// Frames a second of everything in this room. Recordings are stored as Opus, which decodes to this rate.
pub const SAMPLE_RATE: u32 = 48_000;

/// A recording that can be read from any place. A frame holds one sample per channel.
pub trait Samples: Send {
    /// 1, or 2 where the recording keeps the parties apart (left, right).
    fn channels(&self) -> u8;

    fn len_frames(&self) -> u64;

    /// The next read starts at this frame. A place behind the end is the end.
    fn seek(&mut self, frame: u64) -> Result<(), SourceError>;

    /// Interleaved samples into `out`; gives the number of *frames*, fewer than asked as it likes, 0 only at the end.
    fn read(&mut self, out: &mut [f32]) -> Result<usize, SourceError>;
}

/// Why a recording cannot be read on, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SourceError(pub String);

/// A recording, ready to be played.
pub struct Loaded {
    /// The caller's name for it; comes back in [`PlayerState::recording`](crate::PlayerState::recording).
    pub id: i64,
    pub samples: Box<dyn Samples>,
    /// Where nobody speaks, in order. Left out when silence is skipped.
    pub silences: Vec<Span>,
    /// Integrated loudness. Without it, loudness cannot be evened, only limited.
    pub loudness_lufs: Option<f32>,
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Loaded").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The frame that is heard at `ms`.
pub(crate) fn frame_at(ms: u64) -> u64 {
    ms.saturating_mul(u64::from(SAMPLE_RATE)) / 1000
}

pub(crate) fn ms_at(frame: u64) -> u64 {
    frame.saturating_mul(1000) / u64::from(SAMPLE_RATE)
}
