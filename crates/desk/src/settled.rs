//! What of the journal is gone, as the interpreter goes by it; and its state at any moment.

use crate::interpret::Interpreter;
use store::{Checkpoint, Gone};

impl Interpreter {
    pub(crate) fn set_gone(&mut self, gone: Gone) {
        self.gone = gone;
    }

    /// Entries up to here were passed over: they are gone, or nobody reads them.
    pub(crate) fn pass_over(&mut self, through_seq: i64) {
        self.through_seq = self.through_seq.max(through_seq);
    }

    /// As the next checkpoint has it, whether or not something changed.
    pub(crate) fn state(&self) -> Option<Checkpoint> {
        Some(Checkpoint {
            through_seq: self.through_seq,
            engine_version: correlate::ENGINE_VERSION,
            state: serde_json::to_vec(&self.engine.save()).ok()?,
            by_hand: Some(serde_json::to_vec(&self.by_hand).ok()?),
        })
    }
}
