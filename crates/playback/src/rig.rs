//! Machine, worker and outlet on one thread with a clock of their own, so that every test runs the same each time.

mod always;
mod heard;

use crate::device::Pull;
use crate::machine::{Input, Machine, Output};
use crate::outlet::Outlet;
use crate::shared::Shared;
use crate::worker::{Fault, Filled, Worker};
use crate::{Loaded, PlayerCommand, PlayerState, SAMPLE_RATE, Samples, SourceError, Span};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// Frames the device takes at once: 10 ms.
const BLOCK: usize = 480;

struct Rig {
    machine: Machine,
    shared: Arc<Shared>,
    worker: Worker<Box<dyn Fn(Fault)>>,
    faults: Rc<RefCell<Vec<Fault>>>,
    outlet: Option<Outlet>,
    latency: Duration,
    now: Duration,
    /// Everything the device took, left and right.
    heard: Vec<(f32, f32)>,
    states: Vec<PlayerState>,
}

impl Rig {
    fn new() -> Rig {
        let shared = Arc::new(Shared::default());
        let faults = Rc::new(RefCell::new(Vec::new()));
        let told = faults.clone();
        let on_fault: Box<dyn Fn(Fault)> = Box::new(move |fault| told.borrow_mut().push(fault));
        let worker = Worker::new(shared.clone(), on_fault);
        Rig {
            machine: Machine::new(),
            shared,
            worker,
            faults,
            outlet: None,
            latency: Duration::ZERO,
            now: Duration::ZERO,
            heard: Vec::new(),
            states: Vec::new(),
        }
    }

    fn with(recording: Loaded) -> Rig {
        let mut rig = Rig::new();
        rig.tell(PlayerCommand::Load(recording));
        rig
    }

    fn tell(&mut self, command: PlayerCommand) {
        self.handle(Input::Heard(self.shared.heard()));
        self.handle(Input::Command(command));
    }

    fn state(&self) -> &PlayerState {
        self.states.last().expect("a state was told")
    }

    /// Time passes, and the device takes its frames.
    fn run(&mut self, milliseconds: u64) {
        let until = self.now + Duration::from_millis(milliseconds);
        while self.now < until {
            self.decode();
            if let Some(outlet) = &mut self.outlet {
                let mut block = [0.0; BLOCK * 2];
                outlet.pull(&mut block, Some(self.latency));
                self.heard.extend(block.chunks(2).map(|frame| (frame[0], frame[1])));
            }
            self.now += Duration::from_millis(10);
            if self.machine.next_deadline().is_some_and(|at| at <= self.now) {
                self.handle(Input::Heard(self.shared.heard()));
            }
        }
    }

    /// Until it pauses by itself; everything that was heard from here on.
    fn run_to_the_end(&mut self) -> Vec<(f32, f32)> {
        let from = self.heard.len();
        for _ in 0..100_000 {
            self.run(10);
            if !self.state().playing {
                return self.heard[from..].to_vec();
            }
        }
        panic!("it never ends");
    }

    fn decode(&mut self) {
        while self.worker.fill() == Filled::Some {}
        let faults = std::mem::take(&mut *self.faults.borrow_mut());
        for Fault { generation, error } in faults {
            self.handle(Input::SourceFailed { generation, words: error.to_string() });
        }
    }

    fn handle(&mut self, input: Input) {
        self.machine.handle(self.now, input);
        while let Some(output) = self.machine.next_output() {
            match output {
                Output::State(state) => self.states.push(state),
                Output::Wish(_) | Output::LookForDevice(_) => {}
                Output::Take(samples) => self.worker.take(samples),
                Output::Fill { fill, gapless } => {
                    self.shared.want(fill.generation, gapless);
                    if self.outlet.is_none() {
                        self.shared.ring.clear();
                    }
                    self.worker.begin(&fill);
                }
                Output::Sound(playing) => self.shared.set_playing(playing),
                Output::Volume(volume) => self.shared.set_volume(volume),
                Output::OpenDevice(_) => {
                    self.outlet = Some(Outlet::new(self.shared.clone(), Box::new(|| {})));
                    self.machine.handle(self.now, Input::DeviceOpened { name: "Rig".to_owned() });
                }
                Output::ReleaseDevice => self.outlet = None,
            }
        }
    }
}

/// A recording whose every sample says which frame it is, and where it breaks.
struct Numbered {
    length: u64,
    at: u64,
    breaks_at: u64,
}

impl Samples for Numbered {
    fn channels(&self) -> u8 {
        2
    }

    fn len_frames(&self) -> u64 {
        self.length
    }

    fn seek(&mut self, frame: u64) -> Result<(), SourceError> {
        self.at = frame.min(self.length);
        Ok(())
    }

    fn read(&mut self, out: &mut [f32]) -> Result<usize, SourceError> {
        if self.at >= self.breaks_at {
            return Err(SourceError("The disk went away.".to_owned()));
        }
        let count = (out.len() as u64 / 2).min(self.length - self.at);
        for (at, frame) in (self.at..self.at + count).zip(out.chunks_mut(2)) {
            frame.copy_from_slice(&[left_of(at), right_of(at)]);
        }
        self.at += count;
        Ok(usize::try_from(count).expect("small"))
    }
}

/// Two low tones that repeat after many seconds only, so that a stretch of them fits one place alone.
fn left_of(at: u64) -> f32 {
    let at = at as f64 * std::f64::consts::TAU / f64::from(SAMPLE_RATE);
    (0.3 * (at * 201.0).sin() + 0.2 * (at * 333.37).sin()) as f32
}

fn right_of(at: u64) -> f32 {
    let at = at as f64 * std::f64::consts::TAU / f64::from(SAMPLE_RATE);
    (0.3 * (at * 150.5).sin()) as f32
}

fn numbered(seconds: u64) -> Loaded {
    breaking(seconds, u64::MAX)
}

fn breaking(seconds: u64, breaks_at: u64) -> Loaded {
    let length = seconds * u64::from(SAMPLE_RATE);
    Loaded {
        id: 1,
        samples: Box::new(Numbered { length, at: 0, breaks_at }),
        silences: vec![Span { from_ms: 2_000, to_ms: 3_000 }],
        loudness_lufs: Some(-21.0),
    }
}
