//! Search from anywhere.

use crate::answer::Answer;
use crate::answers::notes;
use crate::desk::Desk;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::calls::Named;
use contract::recordings::{AskRecordings, RecordingFilter, RecordingRow, RecordingSort};
use contract::search::{AskSearch, Found};
use model::{Call, CallId};

/// Of each kind; more would not be looked through.
const OF_EACH: u32 = 6;

impl Answer<AskSearch> for Desk {
    async fn answer(&self, ask: AskSearch) -> Result<Found, Failure> {
        let text = ask.text.trim();
        if text.is_empty() {
            return Ok(Found::default());
        }
        self.settle().await?;
        let begins = self.board().now().names.beginnings(text);
        let found = self.reader().search(text, &begins, OF_EACH).await.map_err(failure_of_store)?;
        let calls = self.with_written(text, found.calls).await?;
        let calls = self.call_rows(&calls).await?;
        let recordings = self.recordings_found(text).await?;
        let notes = self.reader().notes_by_words(text, OF_EACH).await.map_err(failure_of_store)?;
        let named =
            |entry: &store::Named| Named { number: entry.number.clone(), name: Some(entry.name.clone()) };
        Ok(Found {
            people: found.people.iter().map(named).collect(),
            groups: found.groups.iter().map(named).collect(),
            numbers: found
                .numbers
                .into_iter()
                .map(|party| Named { number: party.number, name: party.name })
                .collect(),
            calls,
            recordings,
            notes: notes.into_iter().map(notes::shown).collect(),
        })
    }
}

impl Desk {
    /// Calls that were found by names and numbers, then those whose notes and tags say it; those that were joined into
    /// others are shown as these.
    async fn with_written(&self, text: &str, mut calls: Vec<Call>) -> Result<Vec<Call>, Failure> {
        let found = self.reader().calls_by_words(text, OF_EACH).await.map_err(failure_of_store)?;
        let joined = self.joined().await?;
        let shown = |id: &CallId| joined.iter().find(|(gone, _)| gone == id).map_or(*id, |(_, shown)| *shown);
        let ids: Vec<CallId> = found.iter().map(shown).collect();
        for call in self.reader().calls_by_id(&ids).await.map_err(failure_of_store)?.into_iter().rev() {
            if !calls.iter().any(|known| known.id == call.id) {
                calls.push(call);
            }
        }
        // What was written says more than a number that happens to match: half of the room is kept for it.
        let written = calls.iter().filter(|call| ids.contains(&call.id)).count();
        let others = (OF_EACH as usize).saturating_sub(written.min(OF_EACH as usize / 2));
        let mut rest = 0;
        calls.retain(|call| {
            let by_words = ids.contains(&call.id);
            rest += usize::from(!by_words);
            by_words || rest <= others
        });
        calls.truncate(OF_EACH as usize);
        Ok(calls)
    }

    async fn recordings_found(&self, text: &str) -> Result<Vec<RecordingRow>, Failure> {
        let ask = AskRecordings {
            filter: RecordingFilter { text: Some(text.to_owned()), ..RecordingFilter::default() },
            sort: RecordingSort::NewestFirst,
            after: None,
            limit: OF_EACH,
        };
        Ok(self.answer(ask).await?.rows)
    }
}
