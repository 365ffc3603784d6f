//! What only the one loop that writes can do: it owns the engine, whose memory holds numbers too.

use super::mask::Mask;
use crate::desk::RECALL_MS;
use crate::interpret::Interpreter;
use crate::recorder::{Recorder, Reply};
use crate::trouble::failure_of_store;
use contract::Failure;
use model::{Call, CallId};
use serde_json::Value;
use std::sync::Arc;
use store::{Changes, Checkpoint, Gone};

/// What becomes of a call; gives whether it changes.
pub(crate) type Change = Arc<dyn Fn(&mut Call) -> bool + Send + Sync>;

pub(crate) enum Work {
    /// The journal is gone up to here: what was decided by hand about its calls is final.
    LetGo { through: Gone, reply: Reply<()> },
    /// Gives how many changed.
    Rewrite { calls: Vec<CallId>, change: Change, reply: Reply<u64> },
    /// The engine's memory goes by what is stored, without what the mask takes out.
    Forget { mask: Box<Mask>, reply: Reply<()> },
}

impl Recorder {
    pub(crate) async fn do_privacy(&mut self, work: Work) {
        // Whoever asked may have stopped waiting.
        match work {
            Work::LetGo { through, reply } => {
                let _ = reply.send(self.let_go(through).await);
            }
            Work::Rewrite { calls, change, reply } => {
                let _ = reply.send(self.rewrite_calls(&calls, &change).await);
            }
            Work::Forget { mask, reply } => {
                let _ = reply.send(self.forget(&mask).await);
            }
        }
    }

    async fn let_go(&mut self, through: Gone) -> Result<(), Failure> {
        self.project().await?;
        self.interpreter.set_gone(through);
        self.interpreter.by_hand.let_go(CallId((through.through_seq + 1) * model::call::FACTS_PER_ENTRY));
        self.save_state().await
    }

    async fn rewrite_calls(&mut self, ids: &[CallId], change: &Change) -> Result<u64, Failure> {
        self.project().await?;
        let mut calls = self.reader.calls_by_id(ids).await.map_err(failure_of_store)?;
        calls.retain_mut(|call| change(call));
        let count = calls.len() as u64;
        if count > 0 {
            let changes = Changes { calls, ..Changes::default() };
            self.writer.commit(&[], &changes).await.map_err(failure_of_store)?;
        }
        Ok(count)
    }

    async fn forget(&mut self, mask: &Mask) -> Result<(), Failure> {
        self.project().await?;
        let state = self.interpreter.state();
        let state = state.map(|state| Checkpoint {
            state: masked(&state.state, mask),
            by_hand: state.by_hand.as_deref().map(|by_hand| masked(by_hand, mask)),
            ..state
        });
        let through = self.interpreter.through_seq();
        let gone = self.reader.journal_gone().await.map_err(failure_of_store)?;
        let sites: Vec<store::Site> =
            self.board.now().sites.values().map(|site| site.settings.clone()).collect();
        let mut ended = Vec::new();
        for site in &sites {
            let since = self.clock.now().plus_ms(-RECALL_MS);
            ended.extend(self.reader.recently_ended(site.id, since).await.map_err(failure_of_store)?);
        }
        ended.retain(|call| call.basis.last.seq <= through && !gone.has(call.id));
        let mut interpreter = Interpreter::resume(state, ended);
        for site in sites {
            interpreter.set_site(site.id, &site.time_zone, &site.access_digits);
        }
        interpreter.set_gone(gone);
        self.interpreter = interpreter;
        self.save_state().await
    }

    async fn save_state(&mut self) -> Result<(), Failure> {
        let changes = Changes { checkpoint: self.interpreter.state(), ..Changes::default() };
        self.writer.commit(&[], &changes).await.map(|_| ()).map_err(failure_of_store)
    }
}

/// What cannot be read is begun anew, which loses calls in progress and keeps nothing that was to go.
fn masked(state: &[u8], mask: &Mask) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(state) else { return Vec::new() };
    mask.json(&mut value);
    serde_json::to_vec(&value).unwrap_or_default()
}
