//! A stored recording as the player takes it.

use playback::{Samples, SourceError};
use recordings::stored::Stored;

pub(crate) struct StoredSamples(pub(crate) Stored);

impl Samples for StoredSamples {
    fn channels(&self) -> u8 {
        self.0.facts().channels
    }

    fn len_frames(&self) -> u64 {
        self.0.facts().samples
    }

    fn seek(&mut self, frame: u64) -> Result<(), SourceError> {
        self.0.seek(frame).map_err(told)
    }

    fn read(&mut self, out: &mut [f32]) -> Result<usize, SourceError> {
        let values = self.0.read(out).map_err(told)?;
        Ok(values / usize::from(self.channels().max(1)))
    }
}

fn told(error: recordings::Unreadable) -> SourceError {
    SourceError(error.to_string())
}
