//! The office at work: one task that makes each call's next step when it is due and tells everybody who listens.

use crate::clock::Clock;
use crate::faults::Fault;
use crate::kind::Kind;
use crate::leg::Saying;
use crate::office::NODE;
use crate::recordings::Recorder;
use crate::row;
use crate::schedule::Schedule;
use crate::script::Script;
use crate::settings::SipTrack;
use crate::smdr_sender::Counts;
use crate::stage::audience::Audience;
use crate::standing::Standing;
use crate::summary::Summary;
use crate::truth::{self, Told};
use crate::truth_log::TruthLog;
use devlink3::Flags;
use jiff::tz::TimeZone;
use model::At;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::Instant;

mod audience;

/// What others want of the stage.
pub(crate) enum Cue {
    Subscribe { connection: u64, flags: Flags, answer: Vec<u8>, outbox: Outbox },
    Gone { connection: u64 },
    Fault(Fault),
    Stop,
}

/// Where frames for a client go. They are stamped when they are put in; the connection's task writes them at once.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    pub(crate) frames: mpsc::Sender<Vec<u8>>,
    /// Told when the client does not keep up.
    pub(crate) cut: Arc<Notify>,
}

/// How long the first call waits for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    AtOnce,
    FirstClientWithin(Duration),
}

/// How SMDR rows come to their receiver.
#[derive(Clone, Debug)]
pub(crate) enum SmdrWay {
    Collected,
    /// To nobody while there is no address.
    Sent(watch::Receiver<Option<SocketAddr>>),
}

/// Whether anybody can listen to DevLink3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Devlink3 {
    Served,
    Off,
}

/// What a [`Stage`] is made of.
pub(crate) struct Making {
    pub(crate) schedule: Schedule,
    pub(crate) speed: f64,
    pub(crate) calls: Option<u64>,
    /// At speed 1.
    pub(crate) open_for: Option<Duration>,
    pub(crate) opening: Opening,
    pub(crate) linger: Duration,
    pub(crate) zone: TimeZone,
    pub(crate) devlink3: Devlink3,
    pub(crate) sip_track: SipTrack,
    pub(crate) smdr: SmdrWay,
    pub(crate) truth: TruthLog,
    pub(crate) recorder: Option<Recorder>,
    pub(crate) rows: mpsc::UnboundedSender<Vec<u8>>,
    pub(crate) row_counts: Counts,
    pub(crate) cuts: watch::Sender<u64>,
    pub(crate) faults: Vec<(Duration, Fault)>,
}

pub(crate) struct Stage {
    making: Making,
    clock: Clock,
    agenda: BinaryHeap<Reverse<(Instant, u64, Todo)>>,
    entries: u64,
    /// When planned time began; `None` before the opening.
    opened: Option<Instant>,
    playing: HashMap<u64, Playing>,
    begun: u64,
    /// No call is planned any more.
    all_begun: bool,
    /// The furthest that a step went out after it was due.
    late: Duration,
    rows_due: usize,
    standing: Standing,
    audience: Audience,
    calls_by_kind: BTreeMap<Kind, u64>,
    ended: u64,
}

struct Playing {
    script: Script,
    begins: Instant,
    times: Vec<At>,
    told: Told,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Todo {
    Open,
    Fault(usize),
    Step { call: u64 },
    Row { bytes: Vec<u8> },
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    GoesOn,
    IsOver,
}

impl Stage {
    pub(crate) fn new(making: Making) -> Self {
        let mut stage = Self {
            making,
            clock: Clock::start(),
            agenda: BinaryHeap::new(),
            entries: 0,
            opened: None,
            playing: HashMap::new(),
            begun: 0,
            all_begun: false,
            late: Duration::ZERO,
            rows_due: 0,
            standing: Standing::default(),
            audience: Audience::default(),
            calls_by_kind: BTreeMap::new(),
            ended: 0,
        };
        let now = Instant::now();
        for place in 0..stage.making.faults.len() {
            stage.enter(now + stage.making.faults[place].0, Todo::Fault(place));
        }
        let patience = match stage.making.opening {
            Opening::AtOnce => Duration::ZERO,
            Opening::FirstClientWithin(patience) => patience,
        };
        stage.enter(now + patience, Todo::Open);
        stage
    }

    /// Plays until all calls are made, or until stopped.
    pub(crate) async fn play(mut self, mut cues: mpsc::Receiver<Cue>) -> Summary {
        loop {
            let due = self.agenda.peek().map(|Reverse((due, ..))| *due);
            let show = tokio::select! {
                cue = cues.recv() => self.take_cue(cue),
                () = sleep_until(due) => self.do_next().await,
            };
            if show == Show::IsOver {
                return self.summary();
            }
        }
    }

    fn take_cue(&mut self, cue: Option<Cue>) -> Show {
        match cue {
            None | Some(Cue::Stop) => return Show::IsOver,
            Some(Cue::Subscribe { connection, flags, answer, outbox }) => {
                self.audience.admit(connection, flags, answer, outbox, &self.standing);
                self.open();
            }
            Some(Cue::Gone { connection }) => self.audience.leave(connection),
            Some(Cue::Fault(fault)) => self.go_wrong(fault),
        }
        Show::GoesOn
    }

    async fn do_next(&mut self) -> Show {
        let Some(Reverse((due, _, todo))) = self.agenda.pop() else {
            return Show::GoesOn;
        };
        match todo {
            Todo::Open => self.open(),
            Todo::Fault(place) => self.go_wrong(self.making.faults[place].1),
            Todo::Step { call } => self.step(call, due).await,
            Todo::Row { bytes } => {
                self.rows_due -= 1;
                // The sender's task lives until this end is dropped.
                let _ = self.making.rows.send(bytes);
                self.close_when_all_is_said(due);
            }
            Todo::Close => {
                if let Some(recorder) = &mut self.making.recorder {
                    recorder.finish().await;
                }
                return Show::IsOver;
            }
        }
        Show::GoesOn
    }

    /// Planned time begins, once.
    fn open(&mut self) {
        if self.opened.is_some() {
            return;
        }
        let now = Instant::now();
        self.opened = Some(now);
        self.plan_next_call(now);
        self.close_when_all_is_said(now);
    }

    fn plan_next_call(&mut self, opened: Instant) {
        if self.making.calls.is_some_and(|calls| self.begun >= calls) {
            self.all_begun = true;
            return;
        }
        let planned = self.making.schedule.next_call();
        if self.making.open_for.is_some_and(|open_for| u128::from(planned.start_ms) >= open_for.as_millis()) {
            self.all_begun = true;
            return;
        }
        let begins = opened + self.real(planned.start_ms);
        let call = self.begun;
        self.begun += 1;
        self.playing.insert(
            call,
            Playing { script: planned.script, begins, times: Vec::new(), told: Told::default() },
        );
        self.enter(begins, Todo::Step { call });
    }

    async fn step(&mut self, call: u64, due: Instant) {
        let Some(mut playing) = self.playing.remove(&call) else {
            return;
        };
        self.late = self.late.max(due.elapsed());
        let step = playing.times.len();
        if step == 0
            && let Some(opened) = self.opened
        {
            self.plan_next_call(opened);
        }
        if step == 0 {
            self.record(&playing);
        }
        if let Some(step) = playing.script.steps.get(step) {
            for saying in &step.says {
                self.say(saying);
                playing.told.by_devlink |= self.is_heard(saying);
            }
        }
        playing.times.push(self.clock.now());
        self.print_records(&playing, step, due);
        match playing.script.steps.get(step + 1) {
            Some(next) => {
                let due = playing.begins + self.real(next.at_ms);
                self.playing.insert(call, playing);
                self.enter(due, Todo::Step { call });
            }
            None => self.call_ended(&playing, due).await,
        }
    }

    fn say(&mut self, saying: &Saying) {
        if matches!(saying, Saying::Sip(_)) && self.making.sip_track == SipTrack::Off {
            return;
        }
        self.standing.heard(saying);
        self.audience.hear(saying);
    }

    /// Rows of the records that are complete with this step.
    fn print_records(&mut self, playing: &Playing, step: usize, due: Instant) {
        let rows_due = due + self.real(playing.script.row_delay_ms);
        for record in playing.script.records.iter().filter(|record| record.to == step) {
            for bytes in row::rows(record, &playing.times, &self.making.zone) {
                self.rows_due += 1;
                self.enter(rows_due, Todo::Row { bytes });
            }
        }
    }

    /// The recorder follows the plan: a file ends with its stretch, not with the call.
    fn record(&mut self, playing: &Playing) {
        let (now, speed) = (self.clock.now(), self.making.speed);
        let Some(recorder) = &mut self.making.recorder else {
            return;
        };
        let Playing { script, begins, .. } = playing;
        let times: Vec<At> = script.steps.iter().map(|step| now + real(step.at_ms, speed)).collect();
        let call = truth::published(script, &times, &self.making.zone, Told::default());
        recorder.record(&call, now, *begins);
    }

    async fn call_ended(&mut self, playing: &Playing, due: Instant) {
        let Playing { script, times, told, .. } = playing;
        self.ended += 1;
        *self.calls_by_kind.entry(script.kind).or_default() += 1;
        let told = Told { by_smdr: self.prints(), ..*told };
        let mut call = truth::published(script, times, &self.making.zone, told);
        if let Some(recorder) = &mut self.making.recorder {
            call.recordings = recorder.take_names(&call.id);
        }
        self.making.truth.add(call).await;
        self.close_when_all_is_said(due);
    }

    /// Whoever listens now hears it, or would.
    fn is_heard(&self, saying: &Saying) -> bool {
        let served = self.making.devlink3 == Devlink3::Served;
        served && (saying.node() == NODE || self.audience.asks_for_network())
    }

    fn prints(&self) -> bool {
        match &self.making.smdr {
            SmdrWay::Collected => true,
            SmdrWay::Sent(target) => target.borrow().is_some(),
        }
    }

    fn close_when_all_is_said(&mut self, due: Instant) {
        if self.all_begun && self.ended == self.begun && self.rows_due == 0 {
            let closes = due.max(Instant::now()) + self.making.linger;
            self.enter(closes, Todo::Close);
        }
    }

    fn go_wrong(&mut self, fault: Fault) {
        match fault {
            Fault::DropConnections => {
                self.audience.empty();
                self.making.cuts.send_modify(|cuts| *cuts += 1);
            }
            Fault::SkipEvent => self.audience.skip_next(),
            Fault::Garbage => self.audience.garbage(),
        }
    }

    /// Planned time as real time.
    fn real(&self, planned_ms: u64) -> Duration {
        real(planned_ms, self.making.speed)
    }

    fn enter(&mut self, due: Instant, todo: Todo) {
        self.entries += 1;
        self.agenda.push(Reverse((due, self.entries, todo)));
    }

    fn summary(&self) -> Summary {
        let unfinished = self.playing.values().filter(|playing| !playing.times.is_empty()).count();
        let recorder = self.making.recorder.as_ref();
        let (recordings, recordings_trouble) = recorder.map(Recorder::written).unwrap_or_default();
        Summary {
            calls: self.ended,
            calls_by_kind: self.calls_by_kind.clone(),
            unfinished: unfinished as u64,
            latest_step_ms: u64::try_from(self.late.as_millis()).unwrap_or(u64::MAX),
            events_sent: self.audience.events_sent(),
            rows: self.making.row_counts.now(),
            recordings,
            recordings_trouble,
            truth_trouble: self.making.truth.trouble(),
        }
    }
}

fn real(planned_ms: u64, speed: f64) -> Duration {
    Duration::from_millis(planned_ms).div_f64(speed)
}

async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
