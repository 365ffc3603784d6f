//! What people write about a call or a recording: notes at a time, tags, scorecards.

pub mod note_form;
pub mod notes;
pub mod score_form;
pub mod scores;
pub mod tags;

use contract::calls::{CallView, Named};
use contract::notes::Note;
use contract::recordings::{RecordingRow, RecordingView};
use contract::scorecards::ScoreLine;
use leptos::prelude::*;

/// What is remarked on. What is being written stands beside it, so that an answer that draws the details anew does not
/// take it away.
#[derive(Clone, Copy)]
pub struct Remarks {
    pub about: RwSignal<About>,
    pub note: note_form::NoteDraft,
    pub scoring: RwSignal<Option<crate::state::score_draft::ScoreDraft>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    pub call: Option<String>,
    pub recording: Option<String>,
    /// Where times are counted from.
    pub started_ms: i64,
    pub recordings: Vec<RecordingRow>,
    /// Who can be scored.
    pub people: Vec<Named>,
    pub tags: Vec<String>,
    pub notes: Vec<Note>,
    pub scores: Vec<ScoreLine>,
}

impl About {
    pub fn call(view: &CallView) -> Self {
        let row = &view.row;
        let recorded = view.recordings.iter().flat_map(|recording| recording.people.clone());
        Self {
            call: Some(row.id.clone()),
            recording: None,
            started_ms: row.started_ms,
            recordings: view.recordings.clone(),
            people: each_once(row.talked.iter().cloned().chain(recorded).chain(row.rung.clone())),
            tags: row.tags.clone(),
            notes: view.notes.clone(),
            scores: view.scores.clone(),
        }
    }

    pub fn recording(view: &RecordingView) -> Self {
        let row = &view.row;
        let talked = view.call_row.iter().flat_map(|call| call.talked.clone());
        Self {
            call: row.call.clone(),
            recording: Some(row.id.clone()),
            started_ms: row.started_ms,
            recordings: vec![row.clone()],
            people: each_once(row.people.iter().cloned().chain(talked)),
            tags: row.tags.clone(),
            notes: view.notes.clone(),
            scores: view.scores.clone(),
        }
    }

    /// The recording in which an instant can be heard, and where in it.
    pub fn heard_at(&self, at_ms: i64) -> Option<(String, i64)> {
        let row = self
            .recordings
            .iter()
            .find(|row| (row.started_ms..row.started_ms + row.length_ms).contains(&at_ms))?;
        Some((row.id.clone(), at_ms - row.started_ms))
    }
}

fn each_once(people: impl Iterator<Item = Named>) -> Vec<Named> {
    let mut seen: Vec<Named> = Vec::new();
    for person in people {
        if !seen.iter().any(|known| known.number == person.number) {
            seen.push(person);
        }
    }
    seen
}

impl Remarks {
    pub fn new() -> Self {
        Self {
            about: RwSignal::new(About::default()),
            note: note_form::NoteDraft::new(),
            scoring: RwSignal::new(None),
        }
    }

    /// More is known of it, or it is another one: what was being written about the other one is put away.
    pub fn is_about(self, about: About) {
        let same = self
            .about
            .with_untracked(|known| (&known.call, &known.recording) == (&about.call, &about.recording));
        if !same {
            self.note.clear();
            self.scoring.set(None);
        }
        if self.about.with_untracked(|known| *known != about) {
            self.about.set(about);
        }
    }
}

impl Default for Remarks {
    fn default() -> Self {
        Self::new()
    }
}

#[component]
pub fn RemarksView(remarks: Remarks) -> impl IntoView {
    view! {
        <div class="remarks" data-testid="remarks">
            <notes::Notes remarks />
            <div class="remarks-side">
                <tags::Tags remarks />
                <scores::Scores remarks />
            </div>
            <score_form::ScoreDialog remarks />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::recording_list::tests::row;

    #[test]
    fn a_note_leads_to_the_recording_that_holds_its_instant() {
        let mut first = row("first");
        first.started_ms = 1_000;
        first.length_ms = 10_000;
        let mut second = row("second");
        second.started_ms = 20_000;
        let about = About { recordings: vec![first, second], ..About::default() };
        assert_eq!(about.heard_at(21_500), Some(("second".to_owned(), 1_500)), "within the second");
        assert_eq!(about.heard_at(15_000), None, "between the two nothing was recorded");
    }

    #[test]
    fn a_person_is_offered_once() {
        let ann = |name: Option<&str>| Named { number: "204".into(), name: name.map(str::to_owned) };
        let people = each_once([ann(Some("Ann Keller")), ann(None)].into_iter());
        assert_eq!(people, [ann(Some("Ann Keller"))], "as first heard of");
    }
}
