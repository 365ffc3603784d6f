//! The interpretation is behind the journal: an entry could not be interpreted because the library could not be read just
//! then. What comes after it waits in the journal, so that every entry is interpreted, in order; the journal goes on.

use crate::rebuild;
use crate::recorder::Recorder;
use crate::trouble::failure_of_store;
use contract::Failure;
use model::At;
use store::Reader;

/// A disk that could not be read may be readable again in a moment.
const AGAIN_AFTER_MS: i64 = 1_000;

/// When to try again; `None` while nothing is behind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Behind(Option<At>);

impl Behind {
    pub(crate) fn is_behind(self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn next_try(self) -> Option<At> {
        self.0
    }
}

impl Recorder {
    pub(crate) fn falls_behind(&mut self) {
        self.behind = Behind(Some(self.clock.now().plus_ms(AGAIN_AFTER_MS)));
    }

    /// Interprets what waits in the journal, if something does and it is time to try again.
    pub(crate) async fn catch_up_when_due(&mut self) {
        if self.behind.next_try().is_some_and(|due| due <= self.clock.now()) {
            // Why it failed is in the health list.
            let _ = self.catch_up_now().await;
        }
    }

    /// The same, now.
    pub(crate) async fn catch_up_now(&mut self) -> Result<(), Failure> {
        if !self.behind.is_behind() {
            return Ok(());
        }
        self.behind = Behind::default();
        // It is in the journal as well.
        self.ahead = None;
        let caught_up = rebuild::catch_up(self).await;
        if caught_up.is_err() {
            self.falls_behind();
        }
        caught_up.map(|_| ())
    }
}

/// Whether the journal can be read from end to end. Nothing that is made of it may be given up before.
pub(crate) async fn journal_is_readable(reader: &Reader) -> Result<(), Failure> {
    reader.read_through_journal().await.map_err(failure_of_store)
}
