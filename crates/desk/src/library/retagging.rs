//! The facts of its call in a stored file, as Opus tags, so that any player shows them. They follow the match lazily: a
//! recording's row says that they are due until they are written, so that neither an end of CallDoc nor a failure loses them.

use crate::desk::{Desk, Start};
use contract::Failure;
use model::{At, Call, RecordingId, SiteId};
use recordings::Tags;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::RecordingSays;
use tokio::sync::Notify;

const BETWEEN: Duration = Duration::from_millis(50);

/// After which what failed is tried again: its disk may be back.
const AGAIN: Duration = Duration::from_secs(600);

/// Written at most while CallDoc closes; the others are, after its next start.
const CLOSING_MOST: usize = 100;

/// After so many failures in a row the others would fail as well: a disk is away, or a key.
const FAILURES_MOST: usize = 20;

#[derive(Default)]
pub(crate) struct Retagging {
    due: Mutex<BTreeSet<RecordingId>>,
    /// Being listened to: due when they are let go.
    waiting: Mutex<BTreeSet<RecordingId>>,
    woken: Arc<Notify>,
}

impl Retagging {
    pub(crate) fn due(&self, ids: impl IntoIterator<Item = RecordingId>) {
        self.due.lock().unwrap_or_else(PoisonError::into_inner).extend(ids);
        self.woken.notify_one();
    }

    /// Whether a recording is loaded, and so has to wait.
    pub(crate) fn waits(&self, id: RecordingId, is_loaded: impl Fn() -> bool) -> bool {
        if is_loaded() {
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        }
        // It may have been let go just before that was noted.
        is_loaded()
    }

    /// It is not loaded any more.
    pub(crate) fn let_go(&self, id: RecordingId) {
        if self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&id) {
            self.due([id]);
        }
    }

    /// Lets whoever waits see that the desk is closed.
    pub(crate) fn wake(&self) {
        self.woken.notify_one();
    }

    fn next(&self) -> Option<RecordingId> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner).pop_first()
    }
}

impl Desk {
    /// Writes tags that are due, one file at a time, as long as the desk lives.
    pub(crate) fn start_retagging(&self) {
        let weak = self.weak();
        let woken = Arc::clone(&self.library().retagging.woken);
        tokio::spawn(async move {
            loop {
                let Some(desk) = weak.upgrade() else { return };
                if desk.library().intake.cancel.is_cancelled() {
                    return;
                }
                let Some(id) = desk.library().retagging.next() else {
                    drop(desk);
                    if tokio::time::timeout(AGAIN, woken.notified()).await.is_err()
                        && let Some(desk) = weak.upgrade()
                    {
                        desk.recall_tags_due().await;
                    }
                    continue;
                };
                if let Err(failure) = desk.retag(id).await {
                    tracing::warn!(
                        message = failure.message,
                        "the tags of a stored recording stay as they were"
                    );
                }
                drop(desk);
                // Live work, and whoever listens, goes first.
                tokio::time::sleep(BETWEEN).await;
            }
        });
    }

    /// Takes up what the rows say is due: left by an earlier run, or by a failure.
    pub(crate) async fn recall_tags_due(&self) {
        match self.reader().tags_due().await {
            Ok(ids) => self.library().retagging.due(ids),
            Err(error) => tracing::warn!(%error, "which tags are due could not be read"),
        }
    }

    /// Writes all tags that are due, now. What cannot be written stays due; gives the first reason.
    pub async fn settle_tags(&self) -> Result<(), Failure> {
        self.settle_some_tags(usize::MAX).await
    }

    /// While CallDoc closes. Whoever runs a single command waits for all of them.
    pub(crate) async fn settle_tags_at_close(&self) {
        let most = if self.start() != Start::Nothing { CLOSING_MOST } else { usize::MAX };
        if let Err(failure) = self.settle_some_tags(most).await {
            tracing::warn!(message = failure.message, "the tags of stored recordings stay as they were");
        }
    }

    async fn settle_some_tags(&self, most: usize) -> Result<(), Failure> {
        let ids = self.reader().tags_due().await.map_err(crate::trouble::failure_of_store)?;
        let (mut failed, mut in_a_row) = (None, 0);
        for id in ids.into_iter().take(most) {
            match self.retag(id).await {
                Ok(_) => in_a_row = 0,
                Err(failure) => {
                    failed.get_or_insert(failure);
                    in_a_row += 1;
                }
            }
            if in_a_row == FAILURES_MOST {
                break;
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

/// What a stored file says of its recording.
pub(crate) fn tags(
    desk: &Desk,
    site: SiteId,
    started_at: At,
    says: &RecordingSays,
    call: Option<&Call>,
) -> Tags {
    let now = desk.board().now();
    let started = now.zone_of(site).rfc3339(started_at);
    let number = call.and_then(|call| call.external_number.clone()).or_else(|| says.number.clone());
    let name = call.and_then(|call| call.external_name.clone()).or_else(|| says.name.clone());
    let agent = says.extension.clone().or_else(|| {
        let talked = model::figures::agents(call?);
        talked.first().map(|agent| (*agent).to_owned())
    });
    let agent_name = agent.as_ref().and_then(|agent| now.names.extension_at(site, agent, started_at).name);
    let who = name.clone().or_else(|| number.clone()).unwrap_or_else(|| "unknown".to_owned());
    let with = agent_name.clone().or_else(|| agent.clone());
    let title = match with {
        Some(with) => format!("{with} and {who}"),
        None => who,
    };
    let direction = call.map(|call| call.direction).or(says.direction);
    let direction = direction.map(|direction| format!("{direction:?}").to_lowercase());
    let facts = [
        ("TITLE", Some(title)),
        ("DATE", Some(started.clone())),
        ("CALLDOC_SITE", Some(now.site_name(site))),
        ("CALLDOC_STARTED", Some(started)),
        ("CALLDOC_CALL", call.map(|call| call.id.to_text())),
        ("CALLDOC_DIRECTION", direction),
        ("CALLDOC_NUMBER", number),
        ("CALLDOC_NAME", name),
        ("CALLDOC_EXTENSION", agent),
        ("CALLDOC_AGENT", agent_name),
        ("CALLDOC_FILE", Some(says.file_name.clone())),
    ];
    Tags(facts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}
