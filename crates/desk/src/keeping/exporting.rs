//! Recordings, or a span of one, for people outside: a sound file that any program plays, and a text of its facts beside it.

use crate::desk::Desk;
use crate::keeping::deed::{Deed, hex, length};
use crate::keeping::files::remove;
use crate::keeping::trash::ids;
use crate::keeping::{off_thread, recording_id, unknown_recording};
use crate::library::unreadable;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::recordings::{ExportFormat, Exported};
use model::RecordingId;
use recordings::Span;
use recordings::export::{Channels, export};
use std::path::{Path, PathBuf};
use store::Recording;

/// Letters of a name at most: with its ending and folder it stays within what every system takes.
const NAME_LETTERS: usize = 100;

/// Files of one name that are counted up.
const SAME_NAME_MAX: u32 = 10_000;

impl Desk {
    /// Copies recordings into a folder. With a span (from and to, in milliseconds from its beginning), a single one.
    pub async fn export_recordings(
        &self,
        ids: &[String],
        format: ExportFormat,
        span_ms: Option<(i64, i64)>,
        folder: &Path,
    ) -> Result<Exported, Failure> {
        let ids = self::ids(ids)?;
        if span_ms.is_some() && ids.len() != 1 {
            return Err(invalid("A span is of one recording. Choose a single one to export a part of it."));
        }
        if !folder.is_dir() {
            return Err(invalid("This folder is not there. Choose another one to export to."));
        }
        let mut exported =
            Exported { folder: Some(folder.to_string_lossy().into_owned()), ..Exported::default() };
        for id in ids {
            match self.export_one(id, format, span_ms, Place::Within(folder)).await {
                Ok(file) => exported.files.push(file),
                Err(failure) => exported.failed.push(format!("Recording {}: {}", id.0, failure.message)),
            }
        }
        Ok(exported)
    }

    /// Copies a recording, or a span of it, into a file that is not there yet, with the text of its facts beside it.
    pub async fn export_recording_to(
        &self,
        id: &str,
        format: ExportFormat,
        span_ms: Option<(i64, i64)>,
        file: &Path,
    ) -> Result<(), Failure> {
        self.export_one(recording_id(id)?, format, span_ms, Place::Named(file)).await.map(|_| ())
    }

    async fn export_one(
        &self,
        id: RecordingId,
        format: ExportFormat,
        span_ms: Option<(i64, i64)>,
        place: Place<'_>,
    ) -> Result<String, Failure> {
        let recording = self.reader().recording(id).await.map_err(failure_of_store)?;
        let recording = recording.ok_or_else(unknown_recording)?;
        let files = self.files_of(id).await?;
        let span = span_ms.map(|span| span_of(span, recording.length_ms)).transpose()?;
        let key = self.library().key_of(files.sealed_with.as_deref()).map_err(invalid)?;
        let stored = self.folder_with(&files).await?.join(&files.stored_file);
        let ending = match format {
            ExportFormat::Wav => "wav",
            ExportFormat::Opus => "opus",
        };
        let (sound, facts) = match place {
            Place::Within(folder) => {
                free_names(folder.to_owned(), self.name_for(&recording).await?, ending).await?
            }
            Place::Named(file) => named(file.to_owned()).await?,
        };
        let (out, made) = (sound.clone(), facts.clone());
        let written = off_thread(move || {
            let format = match format {
                ExportFormat::Wav => recordings::export::ExportFormat::Wav,
                ExportFormat::Opus => recordings::export::ExportFormat::Opus,
            };
            export(&stored, key.as_ref(), span, format, &out, Channels::Both).inspect_err(|_| {
                // Only what this export made.
                let _ = std::fs::remove_file(&out);
                let _ = std::fs::remove_file(&made);
            })
        })
        .await?
        .map_err(|error| unreadable(&error))?;
        let file = sound.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let sha256 = hex(&written.sha256);
        let deed = Deed::Exported {
            format: ending.to_uppercase(),
            from_ms: span_ms.map(|(from, _)| from),
            to_ms: span_ms.map(|(_, to)| to),
            file: file.clone(),
            sha256: sha256.clone(),
        };
        // The sound is outside from here on, whatever becomes of its text.
        if let Err(failure) = self.note_deed(Some(id), &deed).await {
            return Err(take_back(sound, facts, failure).await.1);
        }
        let beside = facts.clone();
        let text = async {
            self.keeping().steps.before("write the text beside it")?;
            let text = self.facts_text(&recording, &files, span_ms, &file, &sha256).await?;
            let written = off_thread(move || std::fs::write(beside, text)).await?;
            written.map_err(|why| invalid(format!("The text beside it could not be written: {why}.")))
        };
        if let Err(failure) = text.await {
            let why = failure.message.clone();
            let (is_gone, failure) = take_back(sound, facts, failure).await;
            if is_gone {
                self.note_deed(Some(id), &Deed::ExportTakenBack { file, why }).await?;
            }
            return Err(failure);
        }
        Ok(file)
    }

    /// "2026-11-20 14.30.05 Ann Keller +498955501432"
    async fn name_for(&self, recording: &Recording) -> Result<String, Failure> {
        let (_, zone) = self.site_name_and_zone(recording.site);
        let when = zone.rfc3339(recording.started_at);
        let mut name = when.get(..19).unwrap_or_default().replace('T', " ").replace(':', ".");
        let people = self.people_of(recording).await?;
        let outside = recording.name.clone().or(recording.number.clone());
        for part in people.first().into_iter().chain(outside.as_ref()) {
            name.push(' ');
            name.push_str(part);
        }
        Ok(any_system(&name))
    }

    /// Those whose voices are on it, by their names then.
    pub(super) async fn people_of(&self, recording: &Recording) -> Result<Vec<String>, Failure> {
        let people = self.reader().recording_people(&[recording.id]).await.map_err(failure_of_store)?;
        let now = self.board().now();
        let named = people.into_iter().map(|(_, extension)| {
            let named = now.names.extension_at(recording.site, &extension, recording.started_at);
            named.name.map_or_else(|| extension.clone(), |name| format!("{name} ({extension})"))
        });
        Ok(named.collect())
    }
}

/// What a version of a silenced file keeps: the spans, and why.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Silencing {
    pub(crate) spans_ms: Vec<(i64, i64)>,
    pub(crate) why: String,
}

pub(crate) fn silencing_of(detail: Option<&str>) -> (Vec<(i64, i64)>, String) {
    let read: Silencing = detail.and_then(|detail| serde_json::from_str(detail).ok()).unwrap_or_default();
    (read.spans_ms, read.why)
}

pub(crate) fn span_of((from, to): (i64, i64), length_ms: i64) -> Result<Span, Failure> {
    if from < 0 || from >= to || from >= length_ms {
        return Err(invalid(format!(
            "A span lies within the recording, which is {} long.",
            length(length_ms)
        )));
    }
    Ok(Span { from_ms: from.cast_unsigned(), to_ms: to.min(length_ms).cast_unsigned() })
}

/// A name that every system takes, as near to `name` as that goes.
fn any_system(name: &str) -> String {
    let taken: String = name
        .chars()
        .map(|letter| match letter {
            '/' | '\\' | '|' => '-',
            ':' => '.',
            '*' | '?' | '"' | '<' | '>' => '_',
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .take(NAME_LETTERS)
        .collect();
    // Windows takes no name that ends so.
    let taken = taken.trim().trim_end_matches(['.', ' ']).to_owned();
    if taken.is_empty() { "Recording".to_owned() } else { taken }
}

/// Where a copy goes.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// Under a name of its own.
    Within(&'a Path),
    Named(&'a Path),
}

/// Removes what an export made that cannot be finished. Gives whether the sound is gone, and what to tell.
async fn take_back(sound: PathBuf, facts: PathBuf, failure: Failure) -> (bool, Failure) {
    let removed = off_thread(move || {
        let removed = remove(&sound);
        remove(&facts).and(removed)
    });
    let (is_gone, says) = match removed.await {
        Ok(Ok(())) => (true, "The sound file was removed again.".to_owned()),
        Ok(Err(why)) => {
            (false, format!("The sound file is still there, because it could not be removed: {why}."))
        }
        Err(_) => (false, "The sound file may still be there.".to_owned()),
    };
    (is_gone, Failure { message: format!("{} {says}", failure.message), ..failure })
}

/// A name that a person gave, and the text's beside it.
async fn named(sound: PathBuf) -> Result<(PathBuf, PathBuf), Failure> {
    off_thread(move || {
        let facts = sound.with_extension("txt");
        if sound.exists() || facts == sound {
            return Err(invalid(
                "There is a file of this name already. Nothing is written over: choose another one.",
            ));
        }
        match std::fs::File::create_new(&facts) {
            Ok(_) => Ok((sound, facts)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(invalid(
                "There is a text of this name already. Nothing is written over: choose another name.",
            )),
            Err(why) => Err(invalid(format!("CallDoc cannot write there: {why}."))),
        }
    })
    .await?
}

/// Names that nothing stands under, the text's one taken so that no other export gets it.
async fn free_names(
    folder: PathBuf,
    name: String,
    ending: &'static str,
) -> Result<(PathBuf, PathBuf), Failure> {
    off_thread(move || {
        for n in 1..=SAME_NAME_MAX {
            let stem = if n == 1 { name.clone() } else { format!("{name} ({n})") };
            let (sound, facts) =
                (folder.join(format!("{stem}.{ending}")), folder.join(format!("{stem}.txt")));
            if sound.exists() {
                continue;
            }
            match std::fs::File::create_new(&facts) {
                Ok(_) => return Ok((sound, facts)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(why) => return Err(invalid(format!("CallDoc cannot write into this folder: {why}."))),
            }
        }
        Err(invalid("There are too many files of this name in the folder. Choose another one."))
    })
    .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_every_system_takes() {
        assert_eq!(
            any_system("2026-11-20 14.30.05 A/B: \"C\"?"),
            "2026-11-20 14.30.05 A-B. _C__",
            "as near as it goes"
        );
        assert_eq!(any_system("x. . "), "x", "no dot and no blank at the end");
        assert_eq!(any_system("\u{7}"), "Recording", "something is left in any case");
        assert_eq!(any_system(&"ü".repeat(300)).chars().count(), NAME_LETTERS, "not too long");
    }

    #[test]
    fn a_span_beyond_the_end_is_cut_and_one_outside_is_refused() {
        let span = span_of((1_000, 99_000), 60_000).expect("within");
        assert_eq!((span.from_ms, span.to_ms), (1_000, 60_000), "up to the end");
        for bad in [(-1, 5), (5, 5), (9, 5), (60_000, 61_000)] {
            assert!(span_of(bad, 60_000).is_err(), "{bad:?} is no part of it");
        }
    }

    #[tokio::test]
    async fn nothing_that_stands_in_the_folder_is_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.wav"), "mine").expect("written");
        let (sound, facts) = free_names(folder.path().to_owned(), "a".into(), "wav").await.expect("a name");
        assert!(
            sound.ends_with("a (2).wav") && facts.ends_with("a (2).txt"),
            "beside what is there: {sound:?}"
        );
        let (sound, _) = free_names(folder.path().to_owned(), "a".into(), "wav").await.expect("a name");
        assert!(sound.ends_with("a (3).wav"), "nor what another export is about to write: {sound:?}");
    }
}
