//! Other facts on a stored recording.

use crate::opus_pages::StreamWriter;
use crate::output::Output;
use crate::silence::Rewritten;
use crate::stored::Stored;
use crate::{Key, Tags, Unreadable};
use std::path::Path;

/// Writes `stored` to `out` with these tags in place of all that it has; its sound stays as it is, byte by byte, and so
/// do its peaks.
pub fn retag(stored: &Path, out: &Path, tags: &Tags, seal: Option<&Key>) -> Result<Rewritten, Unreadable> {
    let mut stored = Stored::open(stored, seal)?;
    let output = Output::create(out, seal)?;
    let mut stream = StreamWriter::new(output, stored.serial(), stored.head(), &tags.0)?;
    while let Some((begins, packet)) = stored.next_packet()? {
        stream.packet(&packet, stored.position() - begins)?;
    }
    let samples = stored.facts().samples;
    stream.finish_file(samples + u64::from(stored.head().pre_skip), samples)
}
