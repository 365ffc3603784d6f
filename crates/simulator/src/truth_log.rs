//! Keeps the truth of the latest calls, and writes that of all to a file.

use crate::error::SimulatorError;
use contract::published::Call;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

/// Calls that [`crate::Simulator::truth`] can tell: a few days of a busy office, some 50 MB. The file has them all.
const KEPT_CALLS: usize = 20_000;

/// What has been told so far, shared with whoever asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    calls: VecDeque<Call>,
    /// With those that are not kept any more.
    count: u64,
}

impl Told {
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).calls.iter().cloned().collect()
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).count
    }

    fn add(&self, call: Call) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.calls.len() == KEPT_CALLS {
            kept.calls.pop_front();
        }
        kept.calls.push_back(call);
        kept.count += 1;
    }
}

#[derive(Debug)]
pub(crate) struct TruthLog {
    told: Told,
    file: Option<File>,
    trouble: Option<String>,
}

impl TruthLog {
    pub(crate) async fn open(path: Option<&Path>, told: Told) -> Result<Self, SimulatorError> {
        let file = match path {
            Some(path) => Some(File::create(path).await.map_err(|source| SimulatorError::Truth { source })?),
            None => None,
        };
        Ok(Self { told, file, trouble: None })
    }

    pub(crate) async fn add(&mut self, call: Call) {
        if let Some(file) = &mut self.file
            && let Err(error) = write_line(file, &call).await
        {
            tracing::warn!(%error, "the truth cannot be written any more");
            self.trouble = Some(error.to_string());
            self.file = None;
        }
        self.told.add(call);
    }

    pub(crate) fn trouble(&self) -> Option<String> {
        self.trouble.clone()
    }
}

/// A whole line at a time, so that a reader never meets half a call.
async fn write_line(file: &mut File, call: &Call) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(call)?;
    line.push(b'\n');
    file.write_all(&line).await?;
    file.flush().await
}
