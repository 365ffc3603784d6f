//! Decodes a little ahead of the ear, on a thread of its own, so that neither commands nor the device wait for a disk.

use crate::chain::{Chain, More, Settings};
use crate::ring::Frame;
use crate::shared::{AHEAD, Shared};
use crate::{Samples, SourceError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::Duration;

/// How often a full ring is looked at while the device empties it.
const FULL: Duration = Duration::from_millis(10);
/// Frames after which a new order can be heard: 20 ms, so that the first block of a device is whole.
const ENOUGH: usize = 960;

pub(crate) enum Order {
    /// What is played from now on; `None` gives it back.
    Take(Option<Box<dyn Samples>>),
    Fill(Fill),
    /// Somebody waits for frames, or the device begins to take them.
    Nudge,
    Stop,
}

/// Frames from here on, this way. Takes the place of any order before it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fill {
    pub(crate) generation: u32,
    pub(crate) from: u64,
    pub(crate) settings: Settings,
}

/// The recording could not be read on.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) generation: u32,
    pub(crate) error: SourceError,
}

pub(crate) struct Worker<F: Fn(Fault)> {
    shared: Arc<Shared>,
    on_fault: F,
    samples: Option<Box<dyn Samples>>,
    run: Option<Run>,
}

struct Run {
    generation: u32,
    chain: Chain,
    /// Made and not in the ring yet.
    frames: Vec<Frame>,
    given: usize,
    /// Frames given to the ring in all.
    total: usize,
    more: More,
}

/// What a worker could do when it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filled {
    Some,
    /// The ear is far enough behind.
    Full,
    Nothing,
}

/// Runs until it is told to stop, or nobody is left to tell it.
pub(crate) fn run(shared: Arc<Shared>, orders: &Receiver<Order>, on_fault: impl Fn(Fault)) {
    let mut worker = Worker::new(shared, on_fault);
    loop {
        let order = match worker.fill() {
            Filled::Some => match orders.try_recv() {
                Ok(order) => order,
                Err(TryRecvError::Empty) => continue,
                Err(TryRecvError::Disconnected) => return,
            },
            Filled::Full if worker.shared.is_playing() => match orders.recv_timeout(FULL) {
                Ok(order) => order,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return,
            },
            Filled::Full | Filled::Nothing => match orders.recv() {
                Ok(order) => order,
                Err(_) => return,
            },
        };
        if !worker.obey_all(order, orders) {
            return;
        }
    }
}

impl<F: Fn(Fault)> Worker<F> {
    pub(crate) fn new(shared: Arc<Shared>, on_fault: F) -> Self {
        Worker { shared, on_fault, samples: None, run: None }
    }

    /// This order and all that wait behind it, so that of many seeks only the last is worked on. False means stop.
    fn obey_all(&mut self, first: Order, orders: &Receiver<Order>) -> bool {
        let mut next = Some(first);
        let mut last_fill = None;
        while let Some(order) = next {
            match order {
                Order::Take(samples) => {
                    self.take(samples);
                    last_fill = None;
                }
                Order::Fill(fill) => last_fill = Some(fill),
                Order::Nudge => {}
                Order::Stop => return false,
            }
            next = orders.try_recv().ok();
        }
        if let Some(fill) = last_fill {
            self.begin(&fill);
        }
        true
    }

    pub(crate) fn take(&mut self, samples: Option<Box<dyn Samples>>) {
        self.run = None;
        self.samples = samples;
    }

    pub(crate) fn begin(&mut self, fill: &Fill) {
        self.run = Some(Run {
            generation: fill.generation,
            chain: Chain::new(fill.generation, fill.from, &fill.settings),
            frames: Vec::new(),
            given: 0,
            total: 0,
            more: More::Yes,
        });
    }

    /// Puts one piece into the ring.
    pub(crate) fn fill(&mut self) -> Filled {
        let (Some(run), Some(samples)) = (&mut self.run, &mut self.samples) else { return Filled::Nothing };
        if run.given == run.frames.len() {
            if run.more == More::No {
                return Filled::Nothing;
            }
            run.frames.clear();
            run.given = 0;
            match run.chain.next(samples.as_mut(), &mut run.frames) {
                Ok(more) => run.more = more,
                Err(error) => {
                    let generation = run.generation;
                    self.run = None;
                    (self.on_fault)(Fault { generation, error });
                    // A device that waits for frames need not wait on.
                    self.shared.set_ready(generation);
                    return Filled::Nothing;
                }
            }
        }
        let ahead = AHEAD.saturating_sub(self.shared.ring.len().saturating_sub(stale(run.total)));
        let waiting = run.frames.get(run.given..).unwrap_or_default();
        let given = self.shared.ring.push(waiting.get(..ahead).unwrap_or(waiting));
        run.given += given;
        run.total += given;
        let is_last = run.more == More::No && run.given == run.frames.len();
        if run.total >= ENOUGH || is_last {
            self.shared.set_ready(run.generation);
        }
        if is_last {
            self.shared.set_finished(run.generation);
        }
        if given == 0 && run.given < run.frames.len() { Filled::Full } else { Filled::Some }
    }
}

/// Frames of earlier orders may still stand in the ring; they do not count as heard ahead until this order fills it.
fn stale(total: usize) -> usize {
    if total < AHEAD { usize::MAX } else { 0 }
}

impl std::fmt::Debug for Order {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Order::Take(samples) => write!(out, "Take({})", samples.is_some()),
            Order::Fill(fill) => write!(out, "{fill:?}"),
            Order::Nudge => out.write_str("Nudge"),
            Order::Stop => out.write_str("Stop"),
        }
    }
}

/// Starts the thread. `on_fault` is called from it.
pub(crate) fn start(
    shared: Arc<Shared>,
    on_fault: impl Fn(Fault) + Send + 'static,
) -> std::io::Result<Sender<Order>> {
    let (orders, received) = std::sync::mpsc::channel();
    let work = move || {
        // A decoder that panics takes its recording with it, and not the player.
        while catch_unwind(AssertUnwindSafe(|| run(shared.clone(), &received, &on_fault))).is_err() {
            let error = SourceError("This recording cannot be decoded.".to_owned());
            on_fault(Fault { generation: shared.wanted(), error });
        }
    };
    std::thread::Builder::new().name("player-decoder".to_owned()).spawn(work)?;
    Ok(orders)
}
