//! What there is about a number outside.

use super::subject::Subject;
use crate::answer::Answer;
use crate::desk::Desk;
use crate::joined::ids_of_all;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::privacy::{AskNumber, NumberView};
use model::{Call, CallId, RecordingId};
use std::collections::BTreeSet;

/// Spellings and names that are shown.
const SHOWN: usize = 12;

/// Calls that are read at once.
pub(super) const AT_A_TIME: usize = 200;

#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) calls: Vec<CallId>,
    /// Those of the calls, and those that name the number themselves.
    pub(super) recordings: Vec<RecordingId>,
    pub(super) spellings: BTreeSet<String>,
}

impl Answer<AskNumber> for Desk {
    async fn answer(&self, ask: AskNumber) -> Result<NumberView, Failure> {
        let subject = Subject::of(&ask.number)?;
        let found = self.find_number(&subject).await?;
        let mut view = NumberView {
            calls: found.calls.len() as u64,
            recordings: found.recordings.len() as u64,
            spellings: found.spellings.into_iter().take(SHOWN).collect(),
            live: self.is_live(&subject),
            ..NumberView::default()
        };
        let mut names = BTreeSet::new();
        for some in found.calls.chunks(AT_A_TIME) {
            let calls = self.reader().calls_by_id(some).await.map_err(failure_of_store)?;
            for call in &calls {
                let at_ms = call.started_at.0;
                view.first_ms = Some(view.first_ms.map_or(at_ms, |known| known.min(at_ms)));
                view.last_ms = Some(view.last_ms.map_or(at_ms, |known| known.max(at_ms)));
                names.extend(names_of(call, &subject));
            }
            let ids = ids_of_all(self.reader(), &calls).await?;
            let marks = self.reader().marks_of_calls(&ids).await.map_err(failure_of_store)?;
            view.notes += marks.values().map(|marks| u64::from(marks.notes)).sum::<u64>();
        }
        for some in found.recordings.chunks(AT_A_TIME) {
            let recordings = self.reader().recordings_by_id(some).await.map_err(failure_of_store)?;
            view.held += recordings.iter().filter(|recording| recording.hold_reason.is_some()).count() as u64;
        }
        view.names = names.into_iter().take(SHOWN).collect();
        Ok(view)
    }
}

impl Desk {
    pub(super) async fn find_number(&self, subject: &Subject) -> Result<Found, Failure> {
        self.settle().await?;
        let rows = self.reader().rows_of_number(subject.ending()).await.map_err(failure_of_store)?;
        let mut found = Found::default();
        let (mut calls, mut recordings) = (BTreeSet::new(), BTreeSet::new());
        for (id, numbers) in rows.calls {
            let own = numbers.into_iter().filter(|number| subject.is(number)).collect::<Vec<_>>();
            if !own.is_empty() {
                calls.insert(id);
                found.spellings.extend(own);
            }
        }
        for (id, numbers) in rows.recordings {
            let own = numbers.into_iter().filter(|number| subject.is(number)).collect::<Vec<_>>();
            if !own.is_empty() {
                recordings.insert(id);
                found.spellings.extend(own);
            }
        }
        found.calls = calls.into_iter().collect();
        for some in found.calls.chunks(AT_A_TIME) {
            let read = self.reader().calls_by_id(some).await.map_err(failure_of_store)?;
            let ids = ids_of_all(self.reader(), &read).await?;
            let ids: Vec<CallId> = ids.into_iter().map(|(_, id)| id).collect();
            recordings.extend(self.reader().all_recordings_of_calls(&ids).await.map_err(failure_of_store)?);
        }
        found.recordings = recordings.into_iter().collect();
        Ok(found)
    }

    pub(super) fn is_live(&self, subject: &Subject) -> bool {
        let now = self.board().now();
        now.calls.values().any(|call| {
            let parties = call.events.iter().filter_map(|event| event.party.as_deref());
            let own = [call.external_number.as_deref(), call.dialed_number.as_deref()];
            own.into_iter().flatten().chain(parties).any(|number| subject.is(number))
        })
    }
}

/// Names that were told with the number.
pub(super) fn names_of(call: &Call, subject: &Subject) -> Option<String> {
    let own = call.external_number.as_deref().is_some_and(|number| subject.is(number));
    call.external_name.clone().filter(|name| own && !name.trim().is_empty())
}
