//! What managers decided by hand, laid over what the rules conclude. The rules go on as if nothing had been decided; a
//! decision changes what is told of the calls it names, for as long as it holds.

use crate::engine::Output;
use crate::joined::bare;
use crate::merge::merge;
use model::{At, Call, CallId, Decision};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ByHand {
    /// By their place in the journal.
    made: BTreeMap<i64, Made>,
    /// Calls that decisions name, as the rules conclude them.
    concluded: BTreeMap<CallId, Call>,
    /// The same calls, and those that came of parting, as they were told last.
    told: BTreeMap<CallId, Call>,
    /// Calls whose changes matter here.
    #[serde(default)]
    named: BTreeSet<CallId>,
    #[serde(skip)]
    changed: bool,
}

/// A decision and whether it holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Made {
    /// When it was made.
    pub at: At,
    pub decision: Decision,
    pub taken_back: bool,
    /// The call that parted records make.
    parted: Option<Call>,
}

impl Made {
    /// Calls it names.
    pub fn calls(&self) -> Vec<CallId> {
        match &self.decision {
            Decision::Join { first, second } => vec![*first, *second],
            Decision::Part { call, .. } => {
                std::iter::once(*call).chain(self.parted.as_ref().map(|parted| parted.id)).collect()
            }
            Decision::Separate { call, from } => vec![*call, *from],
            Decision::TakeBack { .. } => Vec::new(),
        }
    }
}

impl ByHand {
    /// Decisions in the order in which they were made, by their place in the journal.
    pub fn made(&self) -> impl DoubleEndedIterator<Item = (i64, &Made)> {
        self.made.iter().map(|(seq, made)| (*seq, made))
    }

    /// When a call that a decision names began.
    pub fn started_at(&self, id: CallId) -> Option<At> {
        self.concluded.get(&id).or_else(|| self.told.get(&id)).map(|call| call.started_at)
    }

    /// Whether a decision names the call.
    pub fn knows(&self, id: CallId) -> bool {
        self.concluded.contains_key(&id) || self.is_parted(id)
    }

    fn is_parted(&self, id: CallId) -> bool {
        self.made.values().any(|made| made.parted.as_ref().is_some_and(|parted| parted.id == id))
    }

    /// Calls of the library as the rules concluded them: what decisions made of them is left out.
    pub fn as_concluded(&self, told: Vec<Call>) -> Vec<Call> {
        let mut calls: Vec<Call> =
            told.into_iter().filter(|call| !self.told.contains_key(&call.id)).collect();
        calls.extend(self.concluded.values().filter(|call| !call.is_live()).cloned());
        calls.sort_by_key(|call| call.id);
        calls
    }

    /// Whether there is something to save since the last time this was asked.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// What was to be saved could not be.
    pub fn mark_changed(&mut self) {
        self.changed = !self.made.is_empty();
    }

    /// Takes the decision at `seq` of the journal, made at `at`. `calls` are the calls it names that were not [known](Self::knows);
    /// `parted` is the call that parted records make by themselves.
    pub fn decide(
        &mut self,
        (seq, at): (i64, At),
        decision: Decision,
        calls: Vec<Call>,
        parted: Option<Call>,
        sink: impl FnMut(Output),
    ) {
        self.changed = true;
        if let Decision::TakeBack { decision } = decision {
            if let Some(made) = self.made.get_mut(&decision) {
                made.taken_back = true;
            }
        } else {
            for call in calls {
                self.told.entry(call.id).or_insert_with(|| call.clone());
                self.concluded.entry(call.id).or_insert(call);
            }
            let made = Made { at, decision, taken_back: false, parted };
            self.named.extend(made.calls());
            self.named.extend(self.concluded.keys());
            self.made.insert(seq, made);
        }
        self.tell(sink);
    }

    /// Lets what the rules conclude through, changed where a decision says so.
    pub fn through(&mut self, output: Output, mut sink: impl FnMut(Output)) {
        let id = match &output {
            Output::Call(call) => call.id,
            Output::Gone(id) => *id,
            Output::Agent(..) | Output::ClockDiffers(..) => return sink(output),
        };
        if !self.named.contains(&id) {
            return sink(output);
        }
        self.changed = true;
        match output {
            Output::Call(call) => {
                self.concluded.insert(id, *call);
            }
            _ => {
                self.concluded.remove(&id);
            }
        }
        self.tell(sink);
    }

    /// Calls below this id stay as they are told: what they were made of is gone. Decisions about them are remembered, and
    /// change nothing any more.
    pub fn let_go(&mut self, below: CallId) {
        let before = self.concluded.len() + self.told.len();
        self.concluded.retain(|id, _| *id >= below);
        self.told.retain(|id, _| *id >= below);
        for made in self.made.values_mut() {
            if let Some(parted) = made.parted.as_mut().filter(|parted| parted.id < below) {
                // Only by its name is it still looked for.
                *parted = Call {
                    id: parted.id,
                    site: parted.site,
                    started_at: parted.started_at,
                    ..Call::default()
                };
            }
        }
        self.changed |= before > 0;
    }

    fn tell(&mut self, mut sink: impl FnMut(Output)) {
        let now = self.decided();
        let ids: BTreeSet<CallId> = self.told.keys().chain(now.keys()).copied().collect();
        for id in ids {
            match (self.told.get(&id), now.get(&id)) {
                (before, Some(call)) if before != Some(call) => sink(Output::Call(Box::new(call.clone()))),
                (Some(_), None) => sink(Output::Gone(id)),
                _ => {}
            }
        }
        self.told = now;
    }

    /// The calls as the decisions that hold make them, in the order in which they were made.
    fn decided(&self) -> BTreeMap<CallId, Call> {
        let mut calls = self.concluded.clone();
        // A call that went into another one is found by its old id.
        let mut now_in: BTreeMap<CallId, CallId> = BTreeMap::new();
        for (seq, made) in self.made.iter().filter(|(_, made)| !made.taken_back) {
            let find = |mut id: CallId| {
                while let Some(next) = now_in.get(&id) {
                    id = *next;
                }
                id
            };
            match &made.decision {
                Decision::Join { first, second } => {
                    let (first, second) = (find(*first), find(*second));
                    let (Some(a), Some(b)) = (calls.get(&first), calls.get(&second)) else { continue };
                    if first == second {
                        continue;
                    }
                    let mut joined = merge(a, b);
                    joined.basis.decisions.push(*seq);
                    let gone = if joined.id == first { second } else { first };
                    calls.remove(&gone);
                    now_in.insert(gone, joined.id);
                    for related in calls.values_mut().flat_map(|call| &mut call.related) {
                        if related.id == gone {
                            related.id = joined.id;
                        }
                    }
                    calls.insert(joined.id, joined);
                }
                Decision::Part { call, records } => {
                    let Some(from) = calls.get_mut(&find(*call)) else { continue };
                    let same = from.basis.records.len() == records.len()
                        && records.iter().all(|record| from.basis.records.contains(record));
                    let Some(parted) = made.parted.as_ref().filter(|_| same) else { continue };
                    *from = bare(from);
                    from.basis.decisions.push(*seq);
                    let mut parted = parted.clone();
                    parted.basis.decisions.push(*seq);
                    calls.insert(parted.id, parted);
                }
                Decision::Separate { call, from } => {
                    let (call, from) = (find(*call), find(*from));
                    for (id, other) in [(call, from), (from, call)] {
                        if let Some(call) = calls.get_mut(&id) {
                            call.related.retain(|related| related.id != other);
                            call.basis.decisions.push(*seq);
                        }
                    }
                }
                Decision::TakeBack { .. } => {}
            }
        }
        calls
    }
}
