//! Calls that go by more than one id: what was written about a call before it was joined into another one is shown with
//! that one, and is its own again when the joining is taken back.

use crate::desk::Desk;
use crate::publish::Written;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::calls::CallRow;
use model::{Call, CallId, Decision};
use std::collections::BTreeSet;
use store::{Reader, Tagged};

/// The call's own id first, then those of calls that are part of it now: by hand, or because an SMDR record that once stood
/// alone was found to be its own.
pub(crate) async fn ids_of(reader: &Reader, call: &Call) -> Result<Vec<CallId>, Failure> {
    let mut others: BTreeSet<CallId> =
        call.basis.records.iter().map(|record| CallId::begun_at(record.position)).collect();
    for seq in &call.basis.decisions {
        let entry = reader.entry(*seq).await.map_err(failure_of_store)?;
        let decision = entry.and_then(|entry| serde_json::from_slice::<Decision>(&entry.bytes).ok());
        if let Some(Decision::Join { first, second }) = decision {
            others.extend([first, second]);
        }
    }
    others.remove(&call.id);
    Ok([call.id].into_iter().chain(others).collect())
}

/// Each call with each id that it goes by.
pub(crate) async fn ids_of_all(reader: &Reader, calls: &[Call]) -> Result<Vec<(CallId, CallId)>, Failure> {
    let mut all = Vec::with_capacity(calls.len());
    for call in calls {
        all.extend(ids_of(reader, call).await?.into_iter().map(|id| (call.id, id)));
    }
    Ok(all)
}

/// What the library has beside a call, for those who print it.
pub(crate) async fn written(reader: &Reader, call: &Call) -> Result<Written, Failure> {
    let ids = ids_of(reader, call).await?;
    let recordings = reader.recordings_of_calls(&ids).await.map_err(failure_of_store)?;
    let notes = reader.notes_of_calls(&ids).await.map_err(failure_of_store)?;
    Ok(Written {
        recordings: recordings.into_iter().map(|recording| recording.id.0.to_string()).collect(),
        notes: notes.into_iter().map(|note| note.text).collect(),
        tags: reader.tags_of(&Tagged::Call(ids)).await.map_err(failure_of_store)?,
    })
}

impl Desk {
    /// Calls that are part of another one by decisions that hold, each with the one that is shown.
    pub(crate) async fn joined(&self) -> Result<Vec<(CallId, CallId)>, Failure> {
        let joins: Vec<(CallId, CallId)> = {
            let now = self.board().now();
            let holding = now.decisions.iter().filter(|decided| !decided.taken_back);
            holding
                .filter_map(|decided| match decided.decision {
                    Decision::Join { first, second } => Some((first, second)),
                    _ => None,
                })
                .collect()
        };
        if joins.is_empty() {
            return Ok(Vec::new());
        }
        let groups = together(joins);
        let named: Vec<CallId> = groups.iter().flatten().copied().collect();
        let there = self.reader().calls_by_id(&named).await.map_err(failure_of_store)?;
        let there: BTreeSet<CallId> = there.into_iter().map(|call| call.id).collect();
        let shown = groups.into_iter().filter_map(|group| {
            let shown = group.iter().copied().find(|id| there.contains(id))?;
            Some(group.into_iter().filter(move |id| *id != shown).map(move |id| (id, shown)))
        });
        Ok(shown.flatten().filter(|(gone, _)| !there.contains(gone)).collect())
    }

    /// Puts onto rows what people wrote about their calls, and how many recordings they have.
    pub(crate) async fn mark(&self, rows: &mut [CallRow], calls: &[Call]) -> Result<(), Failure> {
        let ids = ids_of_all(self.reader(), calls).await?;
        let mut marks = self.reader().marks_of_calls(&ids).await.map_err(failure_of_store)?;
        for (row, call) in rows.iter_mut().zip(calls) {
            if let Some(marks) = marks.remove(&call.id) {
                (row.recordings, row.notes, row.tags) = (marks.recordings, marks.notes, marks.tags);
            }
        }
        Ok(())
    }
}

/// What was joined in several steps is one group.
fn together(joins: Vec<(CallId, CallId)>) -> Vec<BTreeSet<CallId>> {
    let mut groups: Vec<BTreeSet<CallId>> = Vec::new();
    for (first, second) in joins {
        let mut group = BTreeSet::from([first, second]);
        groups.retain(|other| {
            let apart = group.is_disjoint(other);
            if !apart {
                group.extend(other);
            }
            apart
        });
        groups.push(group);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_joined_in_several_steps_is_one_group() {
        let id = CallId;
        let joins = vec![(id(1), id(2)), (id(5), id(6)), (id(3), id(4)), (id(4), id(2))];
        let groups = together(joins);
        assert_eq!(groups.len(), 2, "one of four, and one of two: {groups:?}");
        assert!(
            groups.contains(&BTreeSet::from([id(1), id(2), id(3), id(4)])),
            "over the one that both name"
        );
    }
}
