//! Recordings as the command line prints them.

use crate::keeping::{deed, recording_id, unknown_recording};
use crate::look::Look;
use crate::trouble::failure_of_store;
use contract::recordings::{RecordingFilter, RecordingSort, RecordingState};
use contract::{Failure, published};
use store::{NumberFilter, Recording, RecordingPageRequest, StoredState};

impl Look {
    /// A page of recordings, and where the next one begins.
    pub async fn recordings(
        &self,
        filter: RecordingFilter,
        sort: RecordingSort,
        after: Option<String>,
        limit: u32,
    ) -> Result<(Vec<published::Recording>, Option<String>), Failure> {
        let request = RecordingPageRequest { filter: stored(filter), sort: sorted(sort), after, limit };
        let page = self.reader().recordings(&request).await.map_err(failure_of_store)?;
        Ok((self.published(&page.recordings).await?, page.next))
    }

    pub async fn recording(&self, id: &str) -> Result<published::Recording, Failure> {
        let found = self.reader().recording(recording_id(id)?).await.map_err(failure_of_store)?;
        let found = found.ok_or_else(unknown_recording)?;
        self.published(std::slice::from_ref(&found)).await?.pop().ok_or_else(unknown_recording)
    }

    async fn published(&self, recordings: &[Recording]) -> Result<Vec<published::Recording>, Failure> {
        let ids: Vec<_> = recordings.iter().map(|recording| recording.id).collect();
        let people = self.reader().recording_people(&ids).await.map_err(failure_of_store)?;
        let tags = self.reader().tags_of_recordings(&ids).await.map_err(failure_of_store)?;
        let mut printed = Vec::with_capacity(recordings.len());
        for recording in recordings {
            let notes = match recording.notes {
                0 => Vec::new(),
                _ => self.reader().notes_of_recording(recording.id).await.map_err(failure_of_store)?,
            };
            let of_it = |list: &[(model::RecordingId, String)]| -> Vec<String> {
                list.iter().filter(|(id, _)| *id == recording.id).map(|(_, text)| text.clone()).collect()
            };
            let (site, zone) = self.name_and_zone(recording.site);
            printed.push(published::Recording {
                id: recording.id.0.to_string(),
                site,
                started_at: zone.rfc3339(recording.started_at),
                duration_s: recording.length_ms as f64 / 1000.0,
                channels: recording.channels,
                call: recording.call.map(|call| call.to_text()),
                agents: of_it(&people),
                group: recording.group.clone(),
                external_number: recording.number.clone(),
                matched: recording.matched,
                confidence: recording.confidence.map(f64::from),
                file_name: recording.says.file_name.clone(),
                state: match recording.state {
                    StoredState::Good => RecordingState::Good,
                    StoredState::Missing => RecordingState::Missing,
                    StoredState::Changed => RecordingState::Changed,
                },
                held: recording.hold_reason.is_some(),
                trashed_at: recording.trashed_at.map(|at| zone.rfc3339(at)),
                original_sha256: deed::hex(&recording.original_sha256),
                stored_sha256: deed::hex(&recording.stored_sha256),
                stored_bytes: recording.stored_bytes,
                notes: notes.into_iter().map(|note| note.text).collect(),
                tags: of_it(&tags),
            });
        }
        Ok(printed)
    }
}

fn sorted(sort: RecordingSort) -> store::RecordingSort {
    match sort {
        RecordingSort::NewestFirst => store::RecordingSort::NewestFirst,
        RecordingSort::OldestFirst => store::RecordingSort::OldestFirst,
        RecordingSort::LongestFirst => store::RecordingSort::LongestFirst,
        RecordingSort::ShortestFirst => store::RecordingSort::ShortestFirst,
    }
}

/// As it is asked for without knowing how the sites dial.
fn stored(filter: RecordingFilter) -> store::RecordingFilter {
    crate::answers::recordings::filter(filter, |text| NumberFilter::Typed { text, begins: Vec::new() })
}
