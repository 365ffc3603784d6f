//! A recording as lists show it.

use crate::names::Names;
use contract::recordings::{RecordingRow, RecordingState};
use model::RecordingMatch;
use store::{Recording, StoredState};

/// `people`: extensions whose voices are on it. `key`: the fingerprint of the key that is at hand.
pub(crate) fn row(
    recording: &Recording,
    people: Vec<&str>,
    tags: Vec<String>,
    key: Option<&str>,
    names: &Names,
) -> RecordingRow {
    let (site, at) = (recording.site, recording.started_at);
    let locked = recording.sealed_with.is_some() && recording.sealed_with.as_deref() != key;
    let by_rules = !matches!(recording.matched, RecordingMatch::ByHand | RecordingMatch::NoneByHand);
    RecordingRow {
        id: recording.id.0.to_string(),
        site: site.0,
        started_ms: at.0,
        length_ms: recording.length_ms,
        channels: recording.channels,
        call: recording.call.map(|call| call.to_text()),
        direction: recording.direction,
        number: recording.number.clone(),
        shown_number: names.written(site, recording.number_key.as_deref()),
        name: recording.name.clone(),
        people: people.into_iter().map(|extension| names.extension_at(site, extension, at)).collect(),
        group: recording.group.as_deref().map(|group| names.group_at(site, group, at)),
        matched: recording.matched,
        confidence: recording.confidence.filter(|_| by_rules),
        tags,
        notes: recording.notes,
        score: recording.score,
        held: recording.hold_reason.is_some(),
        trashed_ms: recording.trashed_at.map(|at| at.0),
        state: match recording.state {
            StoredState::Missing => RecordingState::Missing,
            StoredState::Changed => RecordingState::Changed,
            StoredState::Good if locked => RecordingState::Locked,
            StoredState::Good => RecordingState::Good,
        },
    }
}
