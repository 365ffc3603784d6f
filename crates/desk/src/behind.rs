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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Board;
    use crate::clock::Clock;
    use crate::interpret::Interpreter;
    use model::{Said, SiteId};
    use std::path::Path;
    use std::sync::Arc;
    use store::{Library, NewEntry};
    use tokio::sync::broadcast;

    const NOW: At = At(1_773_050_600_000);

    async fn recorder(library: &Path) -> (Recorder, SiteId) {
        let (mut writer, reader) = Library::open_writer(library, "test").await.expect("a new library");
        let settings =
            store::Site { name: "Office".into(), time_zone: "UTC".into(), ..store::Site::default() };
        let site = writer.save_site(&settings).await.expect("a site");
        let mut interpreter = Interpreter::resume(None, Vec::new());
        interpreter.set_site(site, &settings.time_zone, &settings.access_digits);
        let recorder = Recorder {
            writer,
            reader,
            interpreter,
            board: Board::default(),
            clock: Arc::new(Clock::by_hand(NOW)),
            tell: broadcast::channel(16).0,
            last_at: At(0),
            projected_at: At(0),
            ahead: None,
            behind: Behind::default(),
        };
        (recorder, site)
    }

    fn row(site: SiteId, number: u32) -> NewEntry {
        let bytes = format!(
            "2026/03/09 10:{number:02}:00,00:00:05,7,0170729990{number},I,403,390664,,0,100001{number},0,E403,Ann,T9001,Line 1.2,0,0\r\n"
        );
        NewEntry { at: At(0), site, said: Said::SmdrLines, bytes: bytes.into_bytes() }
    }

    async fn callers(library: &Path) -> Vec<Option<String>> {
        let reader = Library::open_reader(library).await.expect("opened");
        let request = store::PageRequest {
            filter: store::CallFilter::default(),
            sort: store::CallSort::OldestFirst,
            after: None,
            limit: 10,
        };
        let page = reader.calls(&request).await.expect("read");
        page.calls.into_iter().map(|call| call.external_number).collect()
    }

    #[tokio::test]
    async fn what_could_not_be_interpreted_is_tried_again_and_what_came_after_it_follows_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut recorder, site) = recorder(folder.path()).await;
        recorder.take(vec![row(site, 1)]).await;
        // Nothing can be read any more; the journal can still be written.
        recorder.reader.close().await;
        recorder.take(vec![row(site, 2)]).await;
        assert!(recorder.behind.is_behind(), "whether the row came before could not be looked up");
        recorder.reader = Library::open_reader(folder.path()).await.expect("readable again");
        recorder.take(vec![row(site, 3)]).await;
        assert_eq!(
            recorder.interpreter.through_seq(),
            1,
            "what comes later waits in the journal behind what could not be interpreted"
        );

        recorder.catch_up_when_due().await;
        assert!(recorder.behind.is_behind(), "it is not tried before its time");
        recorder.clock.turn_to(NOW.plus_ms(AGAIN_AFTER_MS));
        assert_eq!(recorder.until_next_duty(), std::time::Duration::ZERO, "the loop wakes up for it");
        recorder.catch_up_when_due().await;
        assert!(!recorder.behind.is_behind(), "nothing waits any more");
        recorder.project().await.expect("written");
        let expected: Vec<Option<String>> = (1..4).map(|n| Some(format!("0170729990{n}"))).collect();
        assert_eq!(callers(folder.path()).await, expected, "each row is a call, once");
    }
}
