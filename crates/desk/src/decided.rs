//! Decisions by hand, as the journal has them: the calls they name are looked up, and they are laid over what the engine
//! concludes.

use crate::board::Decided;
use crate::conclude::hear;
use crate::interpret::{Interpreter, Learned};
use crate::recorder::Recorder;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use model::fact::Record;
use model::{Call, CallId, Decision, Entry, Position, RecordRef, Said, SiteId};
use smdr::Line;
use store::{NewEntry, Reader};

impl Interpreter {
    /// Interprets an entry that holds a decision. One that cannot be read, or names calls that are no more, changes
    /// nothing.
    pub(crate) async fn decision(
        &mut self,
        reader: &Reader,
        entry: &Entry,
        learned: &mut Learned,
    ) -> Result<(), Failure> {
        let Ok(decision) = serde_json::from_slice::<Decision>(&entry.bytes) else { return Ok(()) };
        // What the engine has to say comes first: a decision is about calls as they were when it was made.
        self.collect(entry.at, learned);
        let named = match &decision {
            Decision::Join { first, second } => vec![*first, *second],
            Decision::Part { call, .. } => vec![*call],
            Decision::Separate { call, from } => vec![*call, *from],
            Decision::TakeBack { .. } => Vec::new(),
        };
        let mut calls = Vec::new();
        // Calls that nothing makes anew stay as they were told then.
        let gone = self.gone;
        for id in named.into_iter().filter(|id| !self.by_hand.knows(*id) && !gone.has(*id)) {
            calls.extend(self.find(reader, id).await?);
        }
        if matches!(decision, Decision::Join { .. }) {
            // Their consultations and legs go where they go.
            let related: Vec<CallId> =
                calls.iter().flat_map(|call| &call.related).map(|related| related.id).collect();
            for id in related.into_iter().filter(|id| !self.by_hand.knows(*id)) {
                calls.extend(self.find(reader, id).await?);
            }
        }
        let parted = match &decision {
            Decision::Part { records, .. } => self.parted(reader, entry.site, records).await?,
            _ => None,
        };
        let Self { by_hand, changes, telling, .. } = self;
        by_hand.decide((entry.seq, entry.at), decision, calls, parted, |output| {
            hear(output, entry.at, *telling, changes, learned);
        });
        Ok(())
    }

    /// A call as it stands now: not yet written, or in the library.
    async fn find(&self, reader: &Reader, id: CallId) -> Result<Option<Call>, Failure> {
        if let Some(call) = self.changes.calls.iter().rfind(|call| call.id == id) {
            return Ok(Some(call.clone()));
        }
        if self.changes.gone.contains(&id) {
            return Ok(None);
        }
        reader.call(id).await.map_err(failure_of_store)
    }

    /// The call that parted records make by themselves, read anew from the journal.
    async fn parted(
        &self,
        reader: &Reader,
        site: SiteId,
        records: &[RecordRef],
    ) -> Result<Option<Call>, Failure> {
        let mut facts: Vec<(Position, Record<'static>)> = Vec::new();
        for wanted in records {
            let entry = reader.entry(wanted.position.seq).await.map_err(failure_of_store)?;
            let (Some(entry), Some(mut clock)) = (entry, self.clock_of(site)) else { continue };
            clock.rows_came(entry.at);
            smdr::facts(&entry.bytes, &mut clock, |index, line| {
                if let Line::Record(record) = line
                    && index == wanted.position.index
                {
                    facts.push((wanted.position, smdr::detached(record.clone())));
                }
            });
        }
        Ok(self.engine.of_records(site, &facts))
    }
}

impl Recorder {
    /// Commits a decision and tells what it changes. Gives its place in the journal.
    pub(crate) async fn decide(&mut self, site: SiteId, decision: &Decision) -> Result<i64, Failure> {
        let bytes = serde_json::to_vec(decision).map_err(|error| invalid(error.to_string()))?;
        let at = self.stamp();
        let seq = self.take_at(at, vec![NewEntry { at, site, said: Said::Decision, bytes }]).await;
        self.show_decisions();
        self.project().await?;
        Ok(seq)
    }

    /// Puts what was decided by hand on the board.
    pub(crate) fn show_decisions(&self) {
        let by_hand = &self.interpreter.by_hand;
        let decisions = by_hand.made().map(|(seq, made)| Decided {
            seq,
            at: made.at,
            decision: made.decision.clone(),
            taken_back: made.taken_back,
            calls: made.calls().into_iter().map(|id| (id, by_hand.started_at(id))).collect(),
        });
        self.board.now().decisions = decisions.collect();
    }
}
