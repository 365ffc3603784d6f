//! Files on their way into the library, whoever brings them: a queue, and as many transcodes at once as there are cores.
//!
//! Each step is written down before it is taken ([`job`]), so that a file whose intake was cut off is finished or begun
//! again at the next start ([`resume`]). What holds all of them up (a full disk, a missing key) is said, and tried again.

pub(crate) mod given;
pub(crate) mod job;
pub(crate) mod look;
mod moving;
pub(crate) mod names;
pub(crate) mod remote;
pub(crate) mod resume;
pub(crate) mod settle;
mod stop;
pub(crate) mod watch;

use crate::desk::{Desk, Start, WeakDesk};
use crate::happening::Happening;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::intake::{IntakeView, RefusedFile};
use job::{Job, Outcome};
use model::At;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch as tokio_watch};
use tokio::task::{JoinHandle, JoinSet};

/// Refused files that are listed.
const REFUSED_LISTED: u32 = 500;
/// Files from servers that wait here: they take up disk meanwhile.
const FETCHED_WAIT_MAX: usize = 200;
const TELLS_APART_MS: i64 = 500;
/// What holds the intake up may be gone by then.
const HELD_UP: Duration = Duration::from_secs(20);

#[derive(Default)]
pub(crate) struct Intake {
    state: Mutex<State>,
    /// Something came, or is worth trying again.
    woken: Notify,
    /// Counts up whenever there is less to do.
    less: tokio_watch::Sender<u64>,
    pub(crate) cancel: recordings::Cancel,
    pub(crate) watch: watch::Watch,
    /// One at a time from the plan of its files to their commit.
    pub(crate) placing: tokio::sync::Mutex<()>,
    /// Held by whoever writes, moves or removes a copy that is kept aside, until the library names it.
    aside: tokio::sync::Mutex<()>,
    running: Mutex<Vec<JoinHandle<()>>>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Job>,
    working: u32,
    held_up: Option<String>,
    /// What was cut off has been put on its way again.
    resumed: bool,
    told_at: At,
}

impl Intake {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something came, or what held everything up may be gone.
    pub(crate) fn wake(&self) {
        self.state().held_up = None;
        self.woken.notify_one();
    }

    /// Why nothing is taken in now, as a sentence.
    pub(crate) fn held_up(&self) -> Option<String> {
        self.state().held_up.clone()
    }

    pub(crate) fn enqueue(&self, jobs: impl IntoIterator<Item = Job>) {
        self.state().queue.extend(jobs);
        self.wake();
    }

    /// Whether a file waits already, or is being worked on.
    pub(crate) fn has(&self, seen: &store::SeenFile) -> bool {
        self.state().queue.iter().any(|job| job.seen == *seen)
    }

    /// Whether what is fetched from elsewhere would only lie about here.
    pub(crate) fn has_enough(&self) -> bool {
        let state = self.state();
        state.held_up.is_some() || state.queue.len() >= FETCHED_WAIT_MAX
    }

    fn idle(&self) -> bool {
        let state = self.state();
        state.resumed && state.working == 0 && (state.queue.is_empty() || state.held_up.is_some())
    }

    /// An import of many files is told of twice a second, and at its end.
    fn is_worth_telling(&self, now: At) -> bool {
        let mut state = self.state();
        let ended = state.queue.is_empty() && state.working == 0 || state.held_up.is_some();
        let told = !ended && (0..TELLS_APART_MS).contains(&(now - state.told_at));
        if !told {
            state.told_at = now;
        }
        !told
    }

    fn done_one(&self) {
        self.less.send_modify(|count| *count += 1);
    }

    pub(crate) fn keep(&self, task: JoinHandle<()>) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    /// What works on is finished or stops within a moment; what waits is found again at the next start.
    pub(crate) async fn stop(&self) {
        self.cancel.cancel();
        self.watch.stop();
        self.wake();
        let running = std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        for task in running {
            // A task that panicked has been logged by tokio; there is nothing left to wait for.
            let _ = task.await;
        }
    }
}

impl Desk {
    /// Goes on with what was cut off, and takes in what comes from now on.
    pub(crate) fn start_intake(&self) {
        let intake = &self.library().intake;
        let weak = self.weak();
        let watching = self.start() == Start::Sources;
        intake.keep(tokio::spawn(async move {
            if let Some(desk) = weak.upgrade() {
                desk.resume_intake().await;
                desk.library().intake.state().resumed = true;
                desk.library().intake.done_one();
                if watching {
                    desk.watch_all().await;
                }
            }
            work(weak).await;
        }));
    }

    /// Waits until nothing is on its way, or all of it is held up.
    pub(crate) async fn settle_intake(&self) -> Result<(), Failure> {
        let intake = &self.library().intake;
        let mut less = intake.less.subscribe();
        while !intake.idle() {
            if less.changed().await.is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Waits until nothing is on its way, or all of it is held up, and every recording has been looked at for its call.
    pub async fn settle_recordings(&self) -> Result<(), Failure> {
        self.settle_intake().await?;
        self.match_what_is_due().await
    }

    /// What goes on, and what could not be read.
    pub(crate) async fn intake_view(&self) -> Result<IntakeView, Failure> {
        let now = self.clock().now();
        let (today, _) = self.board().now().office_zone().day_of(now);
        let taken = self.reader().taken_since(today).await.map_err(failure_of_store)?;
        let refused = self.reader().refused_files(REFUSED_LISTED).await.map_err(failure_of_store)?;
        let sources = self.reader().intake_sources().await.map_err(failure_of_store)?;
        let named = |source: Option<i64>| {
            let found = sources.iter().find(|known| Some(known.id) == source);
            found.map_or_else(|| "Given by hand".to_owned(), |source| source.name.clone())
        };
        let refused = refused
            .into_iter()
            .map(|file| RefusedFile {
                id: file.id,
                file_name: names::last_part(&file.seen.file).to_owned(),
                source: named(file.seen.source),
                at_ms: file.seen_at.0,
                bytes: file.seen.bytes,
                reason: file.detail.unwrap_or_default(),
            })
            .collect();
        let settling = self.library().intake.watch.settling();
        let state = self.library().intake.state();
        Ok(IntakeView {
            waiting: state.queue.len() as u64 + settling,
            working: state.working,
            taken_today: taken.taken,
            matched_today: taken.matched,
            held_up: state.held_up.clone(),
            refused,
        })
    }

    /// Tells the window how the intake stands.
    pub(crate) async fn tell_intake(&self) {
        if let Ok(view) = self.intake_view().await {
            self.happen(Happening::Intake(Box::new(view)));
        }
    }
}

/// Takes files in until the desk is closed.
async fn work(weak: WeakDesk) {
    let at_once = std::thread::available_parallelism().map_or(2, |cores| cores.get() as u32);
    let mut working: JoinSet<()> = JoinSet::new();
    loop {
        let Some(desk) = weak.upgrade() else { break };
        let library = desk.library_arc();
        drop(desk);
        if library.intake.cancel.is_cancelled() {
            break;
        }
        let next = {
            let mut state = library.intake.state();
            let free = state.working < at_once && state.held_up.is_none();
            let next = if free { state.queue.pop_front() } else { None };
            state.working += u32::from(next.is_some());
            next
        };
        match next {
            Some(job) => {
                working.spawn(one(weak.clone(), Arc::clone(&library), job));
            }
            None => {
                let held_up = library.intake.state().held_up.is_some();
                let try_again = tokio::select! {
                    () = library.intake.woken.notified() => true,
                    _ = working.join_next(), if !working.is_empty() => false,
                    () = tokio::time::sleep(HELD_UP), if held_up => true,
                };
                if try_again {
                    library.intake.state().held_up = None;
                }
            }
        }
    }
    while working.join_next().await.is_some() {}
}

/// One file, and what its end means for the others.
async fn one(weak: WeakDesk, library: Arc<super::Library>, job: Job) {
    let Some(desk) = weak.upgrade() else { return };
    let outcome = job::take_in(&desk, job).await;
    {
        let mut state = library.intake.state();
        state.working -= 1;
        match outcome {
            Outcome::Taken(started_at) => library.matching.due(started_at),
            Outcome::HeldUp { why, job } => {
                state.queue.push_front(*job);
                state.held_up = Some(why);
            }
            // Cut off: as if the power had failed, nothing of it is done on.
            Outcome::Before | Outcome::Refused | Outcome::Dropped | Outcome::Cut => {}
        }
    }
    library.intake.done_one();
    if library.intake.is_worth_telling(desk.clock().now()) {
        desk.tell_intake().await;
    }
}
