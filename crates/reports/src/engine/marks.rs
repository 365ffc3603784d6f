//! What people and recorders added to calls: kept outside the leaves, because it changes long after the call.

use model::CallId;
use rustc_hash::{FxHashMap, FxHashSet};

/// Of the calls of some leaves, by call. Only what [`super::Needs`] asks for has to be there.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    tags: FxHashMap<CallId, Vec<String>>,
    recordings: FxHashMap<CallId, Recorded>,
    scores: FxHashMap<CallId, Scored>,
    noted: FxHashSet<CallId>,
    found: FxHashSet<(u32, CallId)>,
}

/// Recordings of one call, those in the trash left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    pub recordings: u32,
    pub length_ms: i64,
}

/// Filled-in scorecards of one call.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scored {
    pub scorecards: u32,
    /// Those that have points.
    pub with_points: u32,
    /// Of those, points reached / points possible: each 0 to 1, together.
    pub shares: f64,
}

impl Marks {
    /// A tag that a person gave. Those of the PBX are in the leaf.
    pub fn add_tag(&mut self, call: CallId, tag: &str) {
        self.tags.entry(call).or_default().push(tag.to_owned());
    }

    pub fn add_recordings(&mut self, call: CallId, recorded: Recorded) {
        let sum = self.recordings.entry(call).or_default();
        sum.recordings += recorded.recordings;
        sum.length_ms += recorded.length_ms;
    }

    pub fn add_scores(&mut self, call: CallId, scored: Scored) {
        let sum = self.scores.entry(call).or_default();
        sum.scorecards += scored.scorecards;
        sum.with_points += scored.with_points;
        sum.shares += scored.shares;
    }

    pub fn add_note(&mut self, call: CallId) {
        self.noted.insert(call);
    }

    /// A note of the call has the text at this place of [`super::Needs::texts`].
    pub fn add_found(&mut self, text: usize, call: CallId) {
        self.found.insert((text as u32, call));
    }

    /// Those with a recording, in no order.
    pub fn recorded_calls(&self) -> impl Iterator<Item = CallId> {
        self.recordings.keys().copied()
    }

    /// Those with a filled-in scorecard, in no order.
    pub fn scored_calls(&self) -> impl Iterator<Item = CallId> {
        self.scores.keys().copied()
    }

    /// Those with a note, in no order.
    pub fn noted_calls(&self) -> impl Iterator<Item = CallId> {
        self.noted.iter().copied()
    }

    pub(crate) fn tags(&self, call: CallId) -> &[String] {
        self.tags.get(&call).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn recorded(&self, call: CallId) -> Recorded {
        self.recordings.get(&call).copied().unwrap_or_default()
    }

    pub(crate) fn scored(&self, call: CallId) -> Scored {
        self.scores.get(&call).copied().unwrap_or_default()
    }

    pub(crate) fn is_noted(&self, call: CallId) -> bool {
        self.noted.contains(&call)
    }

    pub(crate) fn is_found(&self, text: usize, call: CallId) -> bool {
        self.found.contains(&(text as u32, call))
    }
}
