//! Sound replaced by silence for good: in the stored file, and in the original where it was kept.
//!
//! The new files are made beside the old ones; one transaction puts them in their place and dooms the old ones, which are
//! then removed. A kill before that transaction leaves everything as it was, one after it leaves only what is silent.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::keeping::deed::{Deed, Original, hex};
use crate::keeping::exporting::{Silencing, span_of};
use crate::keeping::files::{next_name, peaks_name, remove};
use crate::keeping::{off_thread, recording_id, wav};
use crate::library::unreadable;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::recordings::{AskRecording, RecordingView, SilenceRecording};
use recordings::seal::{SealedReader, SealedWriter};
use recordings::{Key, Span, Unreadable, place};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use store::{Doomed, Files, OriginalNow, Replacement, VersionWhy};

/// Spans of one request at most.
const SPANS_MAX: usize = 100;

impl Answer<SilenceRecording> for Desk {
    async fn answer(&self, ask: SilenceRecording) -> Result<RecordingView, Failure> {
        let id = recording_id(&ask.id)?;
        let why = ask.why.trim();
        if why.is_empty() {
            return Err(invalid("Say why it is silenced: it is written down with it."));
        }
        {
            let _files = self.keeping().at_files.lock().await;
            let files = self.files_of(id).await?;
            if files.hold_reason.is_some() {
                return Err(invalid("This recording is under legal hold, so nothing changes it."));
            }
            if files.trashed_at.is_some() {
                return Err(invalid("This recording is in the trash. Take it back first."));
            }
            let spans_ms = joined(ask.spans_ms, files.length_ms)?;
            self.silence(&files, &spans_ms, why).await?;
            self.let_go_of(id).await;
            self.keeping().steps.before("remove the old files")?;
            self.remove_doomed().await?;
        }
        self.recordings_changed();
        self.answer(AskRecording { id: ask.id }).await
    }
}

impl Desk {
    async fn silence(&self, files: &Files, spans_ms: &[(i64, i64)], why: &str) -> Result<(), Failure> {
        let key = self.library().key_of(files.sealed_with.as_deref()).map_err(invalid)?;
        let folder = self.folder_with(files).await?;
        let versions = self.reader().versions(files.id).await.map_err(failure_of_store)?;
        let stored_file = next_name(&files.stored_file, versions.len());
        let new_original = files.original_file.as_deref().map(|file| next_name(file, versions.len()));
        let doomed = |file: String| Doomed { pool: files.pool, file };
        let mut placed = vec![doomed(stored_file.clone()), doomed(peaks_name(&stored_file))];
        placed.extend(new_original.clone().map(doomed));
        self.hand().doom(&placed).await.map_err(failure_of_store)?;
        self.keeping().steps.before("make the new file")?;
        let spans = spans_ms
            .iter()
            .map(|span| span_of(*span, files.length_ms))
            .collect::<Result<Vec<Span>, Failure>>()?;
        let (from, to) = (folder.join(&files.stored_file), folder.join(&stored_file));
        let (key_there, spans_there) = (key.clone(), spans.clone());
        let written =
            off_thread(move || recordings::silence::silence(&from, &to, &spans_there, key_there.as_ref()))
                .await?
                .map_err(|error| unreadable(&error))?;
        self.keeping().steps.before("make the new original")?;
        let original = match (files.original_file.as_deref(), new_original) {
            (Some(from), Some(to)) => {
                let (from, path) = (folder.join(from), folder.join(&to));
                let sha256 = off_thread(move || silence_original(&from, &path, &spans, key.as_ref())).await?;
                match sha256.map_err(|error| unreadable(&error))? {
                    Some(sha256) => OriginalNow::Is { file: to, sha256: Some(sha256.to_vec()) },
                    None => OriginalNow::Gone,
                }
            }
            _ => OriginalNow::AsItWas,
        };
        self.keeping().steps.before("put them in place")?;
        let told = match original {
            OriginalNow::AsItWas => Original::NotKept,
            OriginalNow::Is { .. } => Original::Silenced,
            OriginalNow::Gone => Original::Removed,
        };
        let deed = Deed::Silenced {
            spans_ms: spans_ms.to_vec(),
            why: why.to_owned(),
            sha256: hex(&written.sha256),
            original: told,
        };
        if original == OriginalNow::Gone {
            // What there is of the new one stays doomed.
            placed.truncate(2);
        }
        let detail = Silencing { spans_ms: spans_ms.to_vec(), why: why.to_owned() };
        let with = Replacement {
            recording: files.id,
            sha256_before: files.stored_sha256.clone(),
            stored_file,
            stored_bytes: written.bytes,
            stored_sha256: written.sha256.to_vec(),
            sealed_with: files.sealed_with.clone(),
            original,
            why: VersionWhy::Silenced,
            detail: serde_json::to_string(&detail).ok(),
            at: self.clock().now(),
            doomed: crate::keeping::files::all_of(files).into_iter().map(doomed).collect(),
            placed,
        };
        let deeds = [self.deed(Some(files.id), &deed)];
        self.hand().replace_files(&with, &deeds).await.map_err(failure_of_store)
    }
}

/// In order, overlapping ones as one.
fn joined(mut spans: Vec<(i64, i64)>, length_ms: i64) -> Result<Vec<(i64, i64)>, Failure> {
    if spans.is_empty() || spans.len() > SPANS_MAX {
        return Err(invalid("Choose the spans that are to be silenced."));
    }
    for span in &spans {
        span_of(*span, length_ms)?;
    }
    spans.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to.min(length_ms))),
        }
    }
    Ok(joined)
}

/// The hash of the new original; `None`: it is of a kind whose sound cannot be silenced in place.
fn silence_original(
    from: &Path,
    to: &PathBuf,
    spans: &[Span],
    key: Option<&Key>,
) -> Result<Option<recordings::Sha256>, Unreadable> {
    let source = match File::open(from) {
        Ok(source) => source,
        // A kept original that is gone has no sound to silence.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Unreadable::Io(error)),
    };
    remove(to).map_err(Unreadable::NotWritten)?;
    let out = File::create_new(to).map_err(Unreadable::NotWritten)?;
    let done = match key {
        None => {
            let mut out = BufWriter::new(out);
            let done = wav::silence(&mut BufReader::new(source), &mut out, spans)?;
            out.flush().map_err(Unreadable::NotWritten)?;
            out.get_ref().sync_all().map_err(Unreadable::NotWritten)?;
            done
        }
        Some(key) => {
            let mut source = BufReader::new(SealedReader::open(source, key)?);
            let mut out = SealedWriter::new(out, key).map_err(Unreadable::NotWritten)?;
            let done = wav::silence(&mut source, &mut out, spans)?;
            out.finish().and_then(|file| file.sync_all()).map_err(Unreadable::NotWritten)?;
            done
        }
    };
    if !done {
        remove(to).map_err(Unreadable::NotWritten)?;
        return Ok(None);
    }
    Ok(Some(place::hash(to).map_err(Unreadable::Io)?.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_overlap_are_one_and_all_lie_within() {
        let spans = vec![(40_000, 90_000), (5_000, 9_000), (1_000, 6_000)];
        assert_eq!(joined(spans, 60_000).expect("within"), [(1_000, 9_000), (40_000, 60_000)], "in order");
        assert!(joined(Vec::new(), 60_000).is_err(), "nothing is nothing to silence");
        assert!(joined(vec![(61_000, 62_000)], 60_000).is_err(), "nor what is not on it");
    }
}
