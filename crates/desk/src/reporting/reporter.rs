//! Everything that a run needs, from a desk or from a look at a library beside it.

use super::book::OfficeBook;
use super::hours;
use super::leaves::Leaves;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::names::Names;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::reports::HoursView;
use jiff::tz::TimeZone;
use model::report::Period;
use model::{At, CallId};
use reports::{Calendar, Marks, Needs, Recorded, Scored, Stretch};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Hand, Reader, Span};
use words::Language;

/// Nobody wants to see a bar that is gone at once.
const TELL_AFTER_MS: i64 = 300;
const TELL_EVERY_MS: i64 = 100;
/// Notes that have a text looked for in reports.
const FOUND_MAX: u32 = 1_000_000;

/// Who waits for a run: is told how far it is, and can stop it.
pub(crate) struct Watch {
    stop: Arc<AtomicBool>,
    told: Box<dyn Fn(u64, u64) + Send + Sync>,
    clock: Arc<Clock>,
    next: Mutex<At>,
}

impl Watch {
    pub(crate) fn new(
        stop: Arc<AtomicBool>,
        clock: Arc<Clock>,
        told: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Self {
        let next = Mutex::new(clock.now().plus_ms(TELL_AFTER_MS));
        Self { stop, told: Box::new(told), clock, next }
    }

    /// Nobody does.
    pub(crate) fn nobody() -> Self {
        Self::new(Arc::default(), Arc::default(), |_, _| {})
    }

    /// An error when it was stopped.
    pub(super) fn tell(&self, done: u64, of: u64) -> Result<(), Failure> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(invalid("The report was stopped."));
        }
        let now = self.clock.now();
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if now >= *next {
            *next = now.plus_ms(TELL_EVERY_MS);
            (self.told)(done, of);
        }
        Ok(())
    }
}

/// The library, the office and its people as of one moment.
pub(crate) struct Reporter {
    pub(super) reader: Reader,
    /// Keeps leaves that had to be made; `None` for those who only look.
    pub(super) hand: Option<Hand>,
    pub(super) leaves: Arc<Leaves>,
    pub(super) names: Arc<Names>,
    pub(super) book: OfficeBook,
    pub(super) zone: TimeZone,
    pub(super) hours: HoursView,
    pub(super) now: At,
    pub(super) clock: Arc<Clock>,
    /// Of all sites, as files say it.
    pub(super) office_name: String,
    pub(super) is_demo: bool,
    /// Of files that people read.
    pub(super) language: Language,
    joined: HashMap<CallId, CallId>,
}

impl Desk {
    pub(crate) async fn reporter(&self) -> Result<Reporter, Failure> {
        self.settle().await?;
        let (names, zone) = {
            let board = self.board().now();
            (Arc::new(board.names.clone()), board.office_zone().into_zone())
        };
        let joined = self.joined().await?;
        let leaves = Arc::clone(&self.reporting().leaves);
        let reader = self.reader().clone();
        let hand = Some(self.hand().clone());
        let mut reporter = Reporter::of(reader, hand, leaves, names, zone, self.clock_arc(), joined).await?;
        reporter.is_demo = self.is_demo();
        reporter.language = self.spoken();
        Ok(reporter)
    }
}

impl Reporter {
    pub(crate) async fn of(
        reader: Reader,
        hand: Option<Hand>,
        leaves: Arc<Leaves>,
        names: Arc<Names>,
        zone: TimeZone,
        clock: Arc<Clock>,
        joined: Vec<(CallId, CallId)>,
    ) -> Result<Self, Failure> {
        let sites = reader.sites().await.map_err(failure_of_store)?;
        let book = OfficeBook::of(&reader, &sites, Arc::clone(&names)).await?;
        let active = sites.iter().filter(|site| site.removed_at.is_none());
        let office_name = active.map(|site| site.name.as_str()).collect::<Vec<_>>().join(", ");
        let hours = hours::read(&reader).await?;
        let joined = joined.into_iter().collect();
        let now = clock.now();
        Ok(Self {
            reader,
            hand,
            leaves,
            names,
            book,
            zone,
            hours,
            now,
            clock,
            office_name,
            is_demo: false,
            language: Language::English,
            joined,
        })
    }

    pub(crate) fn now(&self) -> At {
        self.now
    }

    pub(crate) fn calendar(&self) -> Calendar {
        Calendar::new(self.zone.clone())
    }

    pub(crate) fn stretch(&self, period: Period, at: At) -> Result<Stretch, Failure> {
        self.calendar().stretch(period, at).map_err(invalid)
    }

    pub(super) fn office(&self) -> reports::Office {
        reports::Office {
            zone: self.zone.clone(),
            hours: self.hours.hours.clone(),
            now: self.now,
            book: Box::new(self.book.clone()),
        }
    }

    /// Calls that were joined into one of `ids`, each after it.
    pub(super) fn joined_into(&self, ids: &[CallId]) -> Vec<(CallId, CallId)> {
        let among = |shown: &CallId| ids.contains(shown);
        self.joined.iter().filter(|(_, shown)| among(shown)).map(|(part, shown)| (*shown, *part)).collect()
    }

    /// What was written about the calls of a time, as far as it is asked for.
    pub(super) async fn marks(&self, needs: &Needs, stretch: Stretch) -> Result<Marks, Failure> {
        let span = Span { from: stretch.from, to: stretch.to };
        let shown = |call: CallId| self.joined.get(&call).copied().unwrap_or(call);
        let mut marks = Marks::default();
        if needs.tags {
            for (call, tag) in self.reader.report_tags(span).await.map_err(failure_of_store)? {
                marks.add_tag(shown(call), &tag);
            }
        }
        if needs.recordings {
            for (call, recordings, length_ms) in
                self.reader.report_recordings(span).await.map_err(failure_of_store)?
            {
                marks.add_recordings(shown(call), Recorded { recordings, length_ms });
            }
        }
        if needs.notes {
            for call in self.reader.report_noted(span).await.map_err(failure_of_store)? {
                marks.add_note(shown(call));
            }
        }
        if needs.scores {
            for score in self.reader.report_scores(span).await.map_err(failure_of_store)? {
                let scored = Scored {
                    scorecards: 1,
                    with_points: u32::from(score.percent.is_some()),
                    shares: score.percent.unwrap_or_default() / 100.0,
                };
                marks.add_scores(shown(score.call), scored);
            }
        }
        for (place, text) in needs.texts.iter().enumerate() {
            let found = self.reader.calls_by_words(text, FOUND_MAX).await.map_err(failure_of_store)?;
            found.into_iter().for_each(|call| marks.add_found(place, shown(call)));
        }
        Ok(marks)
    }
}
