//! A run: leaves are read in one or two streams and reckoned on threads of their own.

use super::leaves::Given;
use super::reporter::{Reporter, Watch};
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::reports::{Asked, ReportView};
use exports::filter_words;
use model::At;
use model::report::{Definition, Rows, Table};
use reports::{Marks, Office, Plan, Run, StateChange, Stretch};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::DAY_MS;
use tokio::sync::mpsc;
use words::Language;

/// Days that are read at once: of a large office some megabytes.
const DAYS_AT_ONCE: i64 = 16;
/// Read ahead of the reckoning.
const CHUNKS_AHEAD: usize = 2;
/// Fewer days are reckoned before a second thread has begun.
const SHARED_FROM_DAYS: i64 = 8 * DAYS_AT_ONCE;

/// More rows than anybody reads; a file of them still opens in a spreadsheet.
pub(super) const ROWS_MAX: usize = 200_000;

type Chunk = Vec<Given>;

impl Reporter {
    /// A definition that sums up, over the time asked for, and the time it is compared with.
    pub(super) async fn summed(
        &self,
        definition: &Definition,
        asked: Asked,
        at: At,
        rows_max: usize,
        watch: &Watch,
    ) -> Result<(Table, Option<Stretch>), Failure> {
        let rows_max = rows_max.min(ROWS_MAX);
        let plan = Plan::of(definition, super::hours::service(self.hours.service)).map_err(invalid)?;
        let plan = Arc::new(plan);
        let run = self.run(&plan, self.stretch(asked.period, at)?, watch).await?;
        if !asked.compared {
            return Ok((run.finish(rows_max), None));
        }
        let before = self.calendar().stretch_before(asked.period, at).map_err(invalid)?;
        let run_before = self.run(&plan, before, watch).await?;
        Ok((run.finish_beside(run_before, rows_max), Some(before)))
    }

    async fn run(&self, plan: &Arc<Plan>, stretch: Stretch, watch: &Watch) -> Result<Run, Failure> {
        let marks = self.marks(plan.needs(), stretch).await?;
        let days = self.days(stretch, plan.lead_in_days()).await?;
        let states = match plan.needs().states {
            true => self.states_at(stretch.from).await?,
            false => Vec::new(),
        };
        let middle = days.start + (days.end - days.start) / 2;
        let (parts, firsts) = if plan.is_parallel() && days.end - days.start >= SHARED_FROM_DAYS {
            let led_in = (middle - plan.lead_in_days()).max(days.start);
            (vec![days.start..middle, led_in..days.end], vec![days.start, middle])
        } else {
            (vec![days.clone()], vec![days.start])
        };
        let (senders, receivers): (Vec<_>, Vec<_>) =
            parts.iter().map(|_| mpsc::channel::<Chunk>(CHUNKS_AHEAD)).unzip();
        let work = Work { plan: Arc::clone(plan), office: Arc::new(self.office()), marks, stretch, states };
        let reckoned = tokio::task::spawn_blocking(move || work.reckon(receivers.into_iter().zip(firsts)));
        let of = parts.iter().map(|part| (part.end - part.start).unsigned_abs()).sum();
        let progress = Progress { done: AtomicU64::new(0), of };
        let mut feeding = Vec::new();
        for (days, sender) in parts.into_iter().zip(senders) {
            feeding.push(self.feed(plan, days, sender, watch, &progress));
        }
        let fed = all(feeding).await;
        let run = reckoned.await.map_err(|_| crate::trouble::closed())?;
        fed?;
        match run {
            Ok(run) => Ok(run),
            Err(Unreadable) => Err(self.damaged().await),
        }
    }

    async fn feed(
        &self,
        plan: &Plan,
        days: Range<i64>,
        sender: mpsc::Sender<Chunk>,
        watch: &Watch,
        progress: &Progress,
    ) -> Result<(), Failure> {
        let mut from = days.start;
        while from < days.end {
            let to = (from + DAYS_AT_ONCE).min(days.end);
            let chunk = self.chunk(from..to, plan.columns()).await?;
            let done = progress.done.fetch_add((to - from).unsigned_abs(), Ordering::Relaxed);
            watch.tell(done + (to - from).unsigned_abs(), progress.of)?;
            if sender.send(chunk).await.is_err() {
                // Whoever reckons has found a fault, and says so.
                return Ok(());
            }
            from = to;
        }
        Ok(())
    }

    pub(super) async fn chunk(&self, days: Range<i64>, wanted: reports::ColumnSet) -> Result<Chunk, Failure> {
        let now_day = self.now.0.div_euclid(DAY_MS);
        self.leaves.of(&self.reader, self.hand.as_ref(), days, wanted, now_day).await
    }

    /// Those of the time in which anything may have begun.
    pub(super) async fn days(&self, stretch: Stretch, lead_in_days: i64) -> Result<Range<i64>, Failure> {
        let from = stretch.from.0.div_euclid(DAY_MS) - lead_in_days;
        let to = stretch.to.plus_ms(-1).0.div_euclid(DAY_MS) + 1;
        let known = self.reader.leaf_span().await.map_err(failure_of_store)?;
        let Some((first, last)) = known else { return Ok(from..from) };
        let from = from.max(first);
        Ok(from..to.min(last + 1).max(from))
    }

    /// In which state each phone was at an instant.
    async fn states_at(&self, at: At) -> Result<Vec<StateChange>, Failure> {
        let span = store::Span { from: at, to: at.plus_ms(1) };
        let phones = self.reader.phones_seen(span).await.map_err(failure_of_store)?;
        let asked: Vec<_> = phones.iter().map(|(site, extension)| (*site, extension.as_str())).collect();
        let states = self.reader.states_of(span, &asked).await.map_err(failure_of_store)?;
        let known = phones.iter().zip(states).filter_map(|((site, extension), states)| {
            let (since, state) = states.first().copied()?;
            Some(StateChange { site: *site, extension: extension.clone(), at: since, state })
        });
        Ok(known.collect())
    }

    pub(super) async fn damaged(&self) -> Failure {
        if let Some(hand) = &self.hand
            && let Err(error) = hand.forget_leaves().await
        {
            return failure_of_store(error);
        }
        invalid(
            "What reports are reckoned from was damaged, and is made anew from the calls. Run the report again.",
        )
    }

    /// For the screen.
    pub(crate) async fn view(
        &self,
        definition: &Definition,
        asked: Asked,
        limit: u32,
        after: Option<String>,
        watch: &Watch,
    ) -> Result<ReportView, Failure> {
        let stretch = self.stretch(asked.period, self.now)?;
        let (table, before, next) = match &definition.rows {
            Rows::Summed { .. } => {
                let (table, before) = self.summed(definition, asked, self.now, limit as usize, watch).await?;
                (table, before, None)
            }
            Rows::Calls { .. } | Rows::Events { .. } => {
                let (table, next) = self.detailed(definition, stretch, after, limit, watch).await?;
                (table, None, next)
            }
        };
        Ok(ReportView {
            from_ms: stretch.from.0,
            to_ms: stretch.to.0,
            time: self.calendar().words(stretch),
            before: before.map(|before| self.calendar().words(before)),
            filter: filter_words(definition, &self.book, Language::English),
            zone: self.zone.iana_name().unwrap_or("UTC").to_owned(),
            table,
            next,
            notes: self.notes(stretch),
            took_ms: self.clock.now().ms_since(self.now).unsigned_abs(),
        })
    }
}

struct Progress {
    done: AtomicU64,
    of: u64,
}

/// A leaf that was kept cannot be read.
pub(super) struct Unreadable;

/// What the threads share.
struct Work {
    plan: Arc<Plan>,
    office: Arc<Office>,
    marks: Marks,
    stretch: Stretch,
    states: Vec<StateChange>,
}

impl Work {
    /// The first part on this thread, any other on one of its own; each with the first day that is its own.
    fn reckon(
        &self,
        mut parts: impl Iterator<Item = (mpsc::Receiver<Chunk>, i64)>,
    ) -> Result<Run, Unreadable> {
        let Some((first, first_day)) = parts.next() else {
            return Ok(Run::new(&self.plan, &self.office, self.stretch));
        };
        std::thread::scope(|scope| {
            let others: Vec<_> =
                parts.map(|(chunks, from)| scope.spawn(move || self.take(chunks, from))).collect();
            let mut whole = self.take(first, first_day)?;
            for other in others {
                whole.merge(other.join().unwrap_or(Err(Unreadable))?);
            }
            Ok(whole)
        })
    }

    fn take(&self, mut chunks: mpsc::Receiver<Chunk>, first_day: i64) -> Result<Run, Unreadable> {
        let mut run = Run::new(&self.plan, &self.office, self.stretch).from_day(first_day);
        run.begin_states(&self.states);
        while let Some(chunk) = chunks.blocking_recv() {
            for given in chunk {
                let leaf = given.leaf(self.plan.columns())?;
                run.take(&leaf, &self.marks).map_err(|_| Unreadable)?;
            }
        }
        Ok(run)
    }
}

/// Both at once, where there are two.
async fn all(feeding: Vec<impl Future<Output = Result<(), Failure>>>) -> Result<(), Failure> {
    let mut feeding = feeding.into_iter();
    match (feeding.next(), feeding.next()) {
        (Some(first), Some(second)) => {
            let (first, second) = tokio::join!(first, second);
            first.and(second)
        }
        (Some(only), None) => only.await,
        (None, _) => Ok(()),
    }
}
