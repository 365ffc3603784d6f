//! Notes and tags.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::joined::ids_of;
use crate::keeping::{Deed, recording_id};
use crate::trouble::{failure_of_store, invalid, not_found};
use contract::Failure;
use contract::notes::{AskTags, Note, RemoveNote, SaveNote, SetTags, TagLine};
use model::{At, CallId, RecordingId};
use store::Tagged;

/// Longest note, in characters.
const NOTE_MAX: usize = 10_000;

/// Longest tag, in characters.
const TAG_MAX: usize = 60;

impl Answer<SaveNote> for Desk {
    async fn answer(&self, ask: SaveNote) -> Result<Note, Failure> {
        let text = ask.text.trim();
        if text.is_empty() {
            return Err(invalid("The note is empty. Remove it if it is not wanted any more."));
        }
        if text.chars().count() > NOTE_MAX {
            return Err(invalid(format!("A note has at most {NOTE_MAX} characters.")));
        }
        let now = self.clock().now();
        let mut note = store::Note {
            about_at: ask.about_ms.map(At),
            text: text.replace('\0', ""),
            written_at: now,
            ..store::Note::default()
        };
        match ask.id {
            Some(id) => {
                note.id = id;
                note.changed_at = Some(now);
            }
            None => {
                note.call = match &ask.call {
                    Some(id) => Some(self.call(id).await?.id),
                    None => None,
                };
                note.recording = match &ask.recording {
                    Some(id) => Some(self.files_of(recording_id(id)?).await?.id),
                    None => None,
                };
                if note.call.is_none() && note.recording.is_none() {
                    return Err(invalid("A note is about a call or a recording."));
                }
            }
        }
        let stored = self.hand().save_note(&note).await.map_err(failure_of_store)?;
        self.noted(stored.call).await?;
        Ok(shown(stored))
    }
}

impl Answer<RemoveNote> for Desk {
    async fn answer(&self, ask: RemoveNote) -> Result<(), Failure> {
        let note = self.reader().note(ask.id).await.map_err(failure_of_store)?;
        let note = note.ok_or_else(|| not_found("This note is not (or no longer) in the library."))?;
        // Of a recording, its log tells what was taken away.
        let deed = Deed::NoteRemoved { text: note.text };
        let deeds: Vec<store::Deed> =
            note.recording.iter().map(|recording| self.deed(Some(*recording), &deed)).collect();
        self.hand().remove_note(ask.id, &deeds).await.map_err(failure_of_store)?;
        self.noted(note.call).await
    }
}

impl Answer<AskTags> for Desk {
    async fn answer(&self, _ask: AskTags) -> Result<Vec<TagLine>, Failure> {
        let tags = self.reader().tags().await.map_err(failure_of_store)?;
        Ok(tags.into_iter().map(|(tag, times)| TagLine { tag, times }).collect())
    }
}

impl Answer<SetTags> for Desk {
    async fn answer(&self, ask: SetTags) -> Result<Vec<String>, Failure> {
        let (tagged, call) = match (&ask.call, &ask.recording) {
            (Some(id), _) => {
                let call = self.call(id).await?;
                (Tagged::Call(ids_of(self.reader(), &call).await?), Some(call.id))
            }
            (None, Some(id)) => (Tagged::Recording(recording_id(id)?), None),
            (None, None) => return Err(invalid("A tag is given to a call or to a recording.")),
        };
        let add = tags(ask.add)?;
        let remove: Vec<String> = ask.remove.iter().map(|tag| tag.trim().to_owned()).collect();
        let tags = self.hand().set_tags(&tagged, &add, &remove).await.map_err(failure_of_store)?;
        self.noted(call).await?;
        Ok(tags)
    }
}

impl Desk {
    pub(crate) async fn notes_of_calls(&self, calls: &[CallId]) -> Result<Vec<Note>, Failure> {
        let notes = self.reader().notes_of_calls(calls).await.map_err(failure_of_store)?;
        Ok(notes.into_iter().map(shown).collect())
    }

    pub(crate) async fn notes_of_recording(&self, id: RecordingId) -> Result<Vec<Note>, Failure> {
        let notes = self.reader().notes_of_recording(id).await.map_err(failure_of_store)?;
        Ok(notes.into_iter().map(shown).collect())
    }

    /// Tells that something was written. A call that still goes on is pushed again and again, so its marks are put where
    /// that looks.
    pub(crate) async fn noted(&self, call: Option<CallId>) -> Result<(), Failure> {
        let live = call.and_then(|id| self.board().now().calls.get(&id).cloned());
        if let Some(call) = live {
            let ids = [(call.id, call.id)];
            let marks = self.reader().marks_of_calls(&ids).await.map_err(failure_of_store)?;
            let marks = marks.get(&call.id).cloned().unwrap_or_default();
            self.board().now().marks.insert(call.id, marks);
        }
        self.recordings_changed();
        Ok(())
    }
}

fn tags(tags: Vec<String>) -> Result<Vec<String>, Failure> {
    let mut clean = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        let tag: String = tag.chars().filter(|letter| !letter.is_control()).collect();
        if tag.is_empty() {
            return Err(invalid("A tag needs a letter at least."));
        }
        if tag.chars().count() > TAG_MAX {
            return Err(invalid(format!("A tag has at most {TAG_MAX} characters.")));
        }
        clean.push(tag);
    }
    Ok(clean)
}

pub(crate) fn shown(note: store::Note) -> Note {
    Note {
        id: note.id,
        call: note.call.map(|call| call.to_text()),
        recording: note.recording.map(|recording| recording.0.to_string()),
        about_ms: note.about_at.map(|at| at.0),
        text: note.text,
        written_ms: note.written_at.0,
        changed_ms: note.changed_at.map(|at| at.0),
    }
}
