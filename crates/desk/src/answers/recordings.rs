//! The list of recordings, one of them, its waveform, and its call.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::keeping::exporting::silencing_of;
use crate::keeping::{Deed, deed, recording_id, unknown_recording};
use crate::library::matching::{Groups, heard};
use crate::library::rows;
use crate::library::unreadable;
use crate::trouble::{failure_of_store, not_found};
use crate::view;
use contract::Failure;
use contract::calls::CallRow;
use contract::recordings::{
    AskPeaks, AskRecording, AskRecordingCandidates, AskRecordingTotals, AskRecordings, MatchRecording,
    MatchTo, Peaks, RecordingCandidate, RecordingFilter, RecordingPage, RecordingRow, RecordingSort,
    RecordingTotals, RecordingView, VersionLine,
};
use model::{At, Call, CallId, RecordingMatch};
use recordings::matching::{AROUND_MS, likely};
use recordings::peaks;
use store::{MatchDecision, MatchWrite, NumberFilter, RecordingPageRequest, VersionWhy};

/// Candidates that are offered.
const OFFERED: usize = 30;
const COLUMNS_MAX: u32 = 4_000;

impl Answer<AskRecordings> for Desk {
    async fn answer(&self, ask: AskRecordings) -> Result<RecordingPage, Failure> {
        let request = RecordingPageRequest {
            filter: self.recording_filter(ask.filter),
            sort: match ask.sort {
                RecordingSort::NewestFirst => store::RecordingSort::NewestFirst,
                RecordingSort::OldestFirst => store::RecordingSort::OldestFirst,
                RecordingSort::LongestFirst => store::RecordingSort::LongestFirst,
                RecordingSort::ShortestFirst => store::RecordingSort::ShortestFirst,
            },
            after: ask.after,
            limit: ask.limit.clamp(1, 500),
        };
        let page = self.reader().recordings(&request).await.map_err(failure_of_store)?;
        Ok(RecordingPage { rows: self.recording_rows(&page.recordings).await?, next: page.next })
    }
}

impl Answer<AskRecordingTotals> for Desk {
    async fn answer(&self, ask: AskRecordingTotals) -> Result<RecordingTotals, Failure> {
        let filter = self.recording_filter(ask.filter);
        let totals = self.reader().recording_totals(&filter).await.map_err(failure_of_store)?;
        Ok(RecordingTotals {
            recordings: totals.recordings,
            length_ms: totals.length_ms,
            bytes: totals.bytes,
            unmatched: totals.unmatched,
        })
    }
}

impl Answer<AskRecording> for Desk {
    async fn answer(&self, ask: AskRecording) -> Result<RecordingView, Failure> {
        let id = recording_id(&ask.id)?;
        let recording = self.reader().recording(id).await.map_err(failure_of_store)?;
        let recording = recording.ok_or_else(unknown_recording)?;
        let row = self.one_row(&recording).await?;
        let versions = self.reader().versions(id).await.map_err(failure_of_store)?;
        let sources = self.reader().intake_sources().await.map_err(failure_of_store)?;
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let notes = self.notes_of_recording(id).await?;
        let scores = self.scores_of_recording(id).await?;
        let goes = self.goes(&recording).await?;
        let call = match recording.call {
            Some(call) => self.reader().call(call).await.map_err(failure_of_store)?,
            None => None,
        };
        let call_row = match call {
            Some(call) => self.call_rows(std::slice::from_ref(&call)).await?.pop(),
            None => None,
        };
        let source = sources.iter().find(|source| Some(source.id) == recording.source);
        let silenced = versions.iter().filter(|version| version.why == VersionWhy::Silenced);
        Ok(RecordingView {
            call_row,
            file_name: recording.says.file_name,
            came_from: source.map_or_else(|| "Given by hand".to_owned(), came_from),
            taken_ms: recording.taken_at.0,
            original_format: recording.original_format,
            original_bytes: recording.original_bytes,
            original_sha256: deed::hex(&recording.original_sha256),
            original_kept: recording.original_file.is_some(),
            stored_bytes: recording.stored_bytes,
            stored_sha256: deed::hex(&recording.stored_sha256),
            pool: pools
                .into_iter()
                .find(|pool| pool.id == recording.pool)
                .map_or_else(String::new, |pool| pool.name),
            encrypted: recording.sealed_with.is_some(),
            loudness: recording.loudness,
            reasons: recording.reasons,
            hold_reason: recording.hold_reason,
            goes,
            silenced: silenced.flat_map(|version| silencing_of(version.detail.as_deref()).0).collect(),
            versions: versions.iter().map(version_line).collect(),
            notes,
            scores,
            row,
        })
    }
}

impl Answer<AskPeaks> for Desk {
    async fn answer(&self, ask: AskPeaks) -> Result<Peaks, Failure> {
        let recording = self.reader().recording(recording_id(&ask.id)?).await.map_err(failure_of_store)?;
        let recording = recording.ok_or_else(unknown_recording)?;
        let key = self.library().key_of(recording.sealed_with.as_deref()).map_err(not_found)?;
        let stored = self.path_of(&recording).await?;
        let length = recording.length_ms;
        let from_ms = ask.from_ms.clamp(0, length);
        let to_ms = ask.to_ms.unwrap_or(length).clamp(from_ms, length);
        let columns = ask.columns.clamp(1, COLUMNS_MAX) as usize;
        let drawn = tokio::task::spawn_blocking(move || {
            let path = peaks::beside(&stored);
            let mut peaks = match peaks::Peaks::open(&path, key.as_ref()) {
                Ok(peaks) => peaks,
                // They can be made again from what is stored.
                Err(_) if stored.is_file() => peaks::Peaks::of_stored(&stored, &path, key.as_ref())?,
                Err(error) => return Err(error),
            };
            let level = peaks.level(from_ms.unsigned_abs()..to_ms.unsigned_abs(), columns)?;
            let silent = peaks
                .silences()
                .iter()
                .map(|span| (span.from_ms.cast_signed(), span.to_ms.cast_signed()))
                .filter(|(from, to)| *from < to_ms && *to > from_ms)
                .collect();
            let channels = level
                .channels
                .into_iter()
                .map(|channel| channel.into_iter().map(|column| column.peak).collect())
                .collect();
            Ok(Peaks { from_ms, to_ms, channels, silent })
        });
        drawn.await.map_err(|_| crate::trouble::closed())?.map_err(|error| unreadable(&error))
    }
}

impl Answer<AskRecordingCandidates> for Desk {
    async fn answer(&self, ask: AskRecordingCandidates) -> Result<Vec<RecordingCandidate>, Failure> {
        self.settle().await?;
        let recording = self.reader().recording(recording_id(&ask.id)?).await.map_err(failure_of_store)?;
        let mut recording = recording.ok_or_else(unknown_recording)?;
        let from = recording.started_at.plus_ms(-AROUND_MS);
        let to = recording.started_at.plus_ms(recording.length_ms + AROUND_MS);
        let calls = self.reader().calls_going_on(from, to).await.map_err(failure_of_store)?;
        Groups::of(&calls).settle(&mut recording.says);
        let mut candidates = likely(&heard(&recording), &calls, self.clock().now());
        candidates.truncate(OFFERED);
        let chosen: Vec<_> = candidates
            .iter()
            .filter_map(|likely| calls.iter().find(|call| call.id == likely.call).cloned())
            .collect();
        let rows = self.call_rows(&chosen).await?;
        Ok(rows
            .into_iter()
            .zip(candidates)
            .map(|(call, likely)| RecordingCandidate {
                call,
                confidence: likely.confidence,
                reasons: likely.reasons,
            })
            .collect())
    }
}

impl Answer<MatchRecording> for Desk {
    async fn answer(&self, ask: MatchRecording) -> Result<RecordingRow, Failure> {
        let id = recording_id(&ask.id)?;
        let recording = self.reader().recording(id).await.map_err(failure_of_store)?;
        let mut recording = recording.ok_or_else(unknown_recording)?;
        if let MatchTo::Call(call) = &ask.to {
            let call = self.call(call).await?;
            Groups::of(std::slice::from_ref(&call)).settle(&mut recording.says);
        }
        let without = self.of_match(&recording, None, None);
        let (write, deed) = match &ask.to {
            MatchTo::Call(call) => {
                let call = self.call(call).await?;
                let deed = Deed::Matched { call: Some(call.id.to_text()) };
                (self.of_match(&recording, None, Some(&call)), deed)
            }
            MatchTo::None => {
                let write = MatchWrite { matched: RecordingMatch::NoneByHand, ..without };
                (write, Deed::Matched { call: None })
            }
            MatchTo::Rules => (without, Deed::LeftToRules),
        };
        let deeds = [self.deed(Some(id), &deed)];
        let written = self
            .hand()
            .match_recordings(MatchDecision::Person, &[write], &deeds)
            .await
            .map_err(failure_of_store)?;
        self.library().retagging.due(written);
        // What it leaves, and what it takes, may change whose the others are.
        self.library().matching.due(recording.started_at);
        self.match_what_is_due().await?;
        self.happen(crate::happening::Happening::Recordings);
        let recording = self.reader().recording(id).await.map_err(failure_of_store)?;
        self.one_row(&recording.ok_or_else(unknown_recording)?).await
    }
}

impl Desk {
    pub(crate) async fn one_row(&self, recording: &store::Recording) -> Result<RecordingRow, Failure> {
        let mut rows = self.recording_rows(std::slice::from_ref(recording)).await?;
        rows.pop().ok_or_else(unknown_recording)
    }

    /// Recordings as lists show them.
    pub(crate) async fn recording_rows(
        &self,
        recordings: &[store::Recording],
    ) -> Result<Vec<RecordingRow>, Failure> {
        let ids: Vec<_> = recordings.iter().map(|recording| recording.id).collect();
        let people = self.reader().recording_people(&ids).await.map_err(failure_of_store)?;
        let tags = self.reader().tags_of_recordings(&ids).await.map_err(failure_of_store)?;
        let seal = self.library().seal();
        let key = seal.key.as_ref().map(recordings::Key::fingerprint);
        let now = self.board().now();
        Ok(recordings
            .iter()
            .map(|recording| {
                let tags = tags.iter().filter(|(id, _)| *id == recording.id).map(|(_, tag)| tag.clone());
                let of_it = people.iter().filter(|(id, _)| *id == recording.id);
                let people = of_it.map(|(_, extension)| extension.as_str()).collect();
                rows::row(recording, people, tags.collect(), key.as_deref(), &now.names)
            })
            .collect())
    }

    /// Calls as lists show them.
    pub(crate) async fn call_rows(&self, calls: &[Call]) -> Result<Vec<CallRow>, Failure> {
        let at = self.clock().now();
        let mut rows: Vec<CallRow> = {
            let now = self.board().now();
            calls.iter().map(|call| view::row(call, &now.names, at)).collect()
        };
        self.mark(&mut rows, calls).await?;
        Ok(rows)
    }

    /// A number that was typed is looked for by what it may mean where the sites are.
    pub(crate) fn recording_filter(&self, asked: RecordingFilter) -> store::RecordingFilter {
        filter(asked, |text| {
            let begins = self.board().now().names.beginnings(&text);
            NumberFilter::Typed { text, begins }
        })
    }

    /// Recordings of a call, and of calls that were joined into it, as shown with it.
    pub(crate) async fn recordings_of_calls(&self, calls: &[CallId]) -> Result<Vec<RecordingRow>, Failure> {
        let recordings = self.reader().recordings_of_calls(calls).await.map_err(failure_of_store)?;
        self.recording_rows(&recordings).await
    }
}

/// `number`: how a number that was typed is looked for.
pub(crate) fn filter(
    filter: RecordingFilter,
    number: impl FnOnce(String) -> NumberFilter,
) -> store::RecordingFilter {
    let filled =
        |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    store::RecordingFilter {
        from: filter.from_ms.map(At),
        to: filter.to_ms.map(At),
        direction: filter.direction,
        number: filled(filter.number).map(number),
        agent: filled(filter.agent),
        group: filled(filter.group),
        text: filled(filter.text),
        tag: filled(filter.tag),
        min_ms: filter.min_seconds.map(|seconds| i64::from(seconds) * 1000),
        unmatched: filter.unmatched,
        noted: filter.noted,
        scored: filter.scored,
        held: filter.held,
        trashed: filter.trashed,
        damaged: filter.damaged,
    }
}

/// "Watched folder VRL"
fn came_from(source: &store::IntakeSource) -> String {
    match source.place {
        store::IntakePlace::Folder { .. } => format!("Watched folder {}", source.name),
        store::IntakePlace::Sftp { .. } => format!("Server {}", source.name),
    }
}

fn version_line(version: &store::Version) -> VersionLine {
    let says = match version.why {
        VersionWhy::TakenIn => "Taken in".to_owned(),
        VersionWhy::Silenced => {
            let (spans, why) = silencing_of(version.detail.as_deref());
            format!("Silenced {}: {why}", deed::spans(&spans))
        }
        VersionWhy::FactsChanged => "The call's facts written into the file".to_owned(),
        VersionWhy::Encrypted => "Encrypted".to_owned(),
        VersionWhy::Decrypted => "Decrypted".to_owned(),
        VersionWhy::Moved => "Moved to another pool".to_owned(),
    };
    VersionLine { at_ms: version.at.0, says, sha256: deed::hex(&version.sha256) }
}
