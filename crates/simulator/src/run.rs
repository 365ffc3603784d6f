//! Puts the office together and runs it.

use crate::error::SimulatorError;
use crate::faults::Fault;
use crate::lengths::Lengths;
use crate::office::Size;
use crate::pbx::{self, Certified, Pbx};
use crate::planner::Planner;
use crate::recordings::Recorder;
use crate::schedule::Schedule;
use crate::settings::{MAX_PEOPLE, MAX_SPEED, Pace, Settings, SipTrack, Tls};
use crate::smdr_sender::{self, Counts};
use crate::stage::{self, Cue, Devlink3, Opening, SmdrWay, Stage};
use crate::summary::Summary;
use crate::truth_log::{Told, TruthLog};
use contract::published::Call;
use devlink3::Fingerprint;
use jiff::tz::TimeZone;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinHandle};

/// Cues wait here for at most one step of the stage.
const WAITING_CUES: usize = 64;
/// After the end rows that are on their way may take this long: a little more than one try.
const LAST_ROWS: Duration = Duration::from_secs(4);

/// A running office. Dropping it ends it at once.
#[derive(Debug)]
pub struct Simulator {
    devlink3_addr: Option<SocketAddr>,
    smdr_addr: Option<SocketAddr>,
    fingerprint: Option<Fingerprint>,
    cues: mpsc::Sender<Cue>,
    smdr_to: watch::Sender<Option<SocketAddr>>,
    told: Told,
    summary: watch::Receiver<Option<Summary>>,
    tasks: Vec<AbortHandle>,
}

impl Simulator {
    /// Opens the sockets and begins. Needs a tokio runtime.
    pub async fn start(settings: Settings) -> Result<Self, SimulatorError> {
        let zone = check(&settings)?;
        let lengths = match settings.pace {
            Pace::Lively => Lengths::Lively,
            Pace::CallsPerHour(_) | Pace::Day { .. } => Lengths::Office,
        };
        let size = Size::Of(settings.people);
        let mut planner = Planner::new(size, settings.seed, lengths, settings.speed, settings.leg_fields);
        if settings.sip_track == SipTrack::On {
            planner.open_sip_lines();
        }
        let schedule = Schedule::new(planner, settings.pace, settings.kinds.clone().unwrap_or_default());
        let devlink3 = listen("DevLink3", settings.devlink3).await?;
        let smdr = listen("SMDR", settings.smdr_listen).await?;
        let certified = match (settings.tls, &devlink3) {
            (Tls::SelfSigned, Some(_)) => Some(Certified::make()?),
            (Tls::SelfSigned, None) | (Tls::Off, _) => None,
        };
        let told = Told::default();
        let truth = TruthLog::open(settings.truth.as_deref(), told.clone()).await?;

        let recorder = settings.recorder.as_ref().map(Recorder::open).transpose()?;
        let (cues, cue_receiver) = mpsc::channel(WAITING_CUES);
        let (cuts, cut_receiver) = watch::channel(0);
        let (smdr_to, smdr_target) = watch::channel(settings.smdr_to);
        let (rows, row_receiver) = mpsc::unbounded_channel();
        let row_counts = Counts::default();
        let mut tasks = Vec::new();
        let mut simulator = Self {
            devlink3_addr: address(devlink3.as_ref()),
            smdr_addr: address(smdr.as_ref()),
            fingerprint: certified.as_ref().map(Certified::fingerprint),
            cues: cues.clone(),
            smdr_to,
            told,
            summary: watch::channel(None).1,
            tasks: Vec::new(),
        };
        let way = match &smdr {
            Some(_) => SmdrWay::Collected,
            None => SmdrWay::Sent(smdr_target.clone()),
        };
        let sender = match smdr {
            Some(listener) => tokio::spawn(smdr_sender::serve(row_receiver, listener, row_counts.clone())),
            None => tokio::spawn(smdr_sender::send(row_receiver, smdr_target, row_counts.clone())),
        };
        tasks.push(sender.abort_handle());
        let listening = devlink3.map(|listener| {
            let pbx = Pbx::new(pbx::Making {
                user_list: schedule.office().user_list(),
                hunt_list: schedule.office().hunt_list(),
                settings: settings.clone(),
                stage: cues,
                cuts: cut_receiver,
            });
            tokio::spawn(pbx::listen(Arc::new(pbx), listener, certified))
        });
        tasks.extend(listening.iter().map(JoinHandle::abort_handle));
        let stage = Stage::new(stage::Making {
            schedule,
            speed: settings.speed,
            calls: settings.calls,
            open_for: settings.open_for,
            opening: opening(&settings),
            linger: settings.linger,
            zone,
            devlink3: match simulator.devlink3_addr {
                Some(_) => Devlink3::Served,
                None => Devlink3::Off,
            },
            sip_track: settings.sip_track,
            smdr: way,
            truth,
            recorder,
            rows,
            row_counts: row_counts.clone(),
            cuts,
            faults: settings.faults.timed,
        });
        let (told_summary, summary) = watch::channel(None);
        simulator.summary = summary;
        let playing = tokio::spawn(async move {
            let mut summary = stage.play(cue_receiver).await;
            if let Some(listening) = listening {
                listening.abort();
            }
            // The stage is gone and with it the rows' way in: the sender ends when it has tried them all.
            if tokio::time::timeout(LAST_ROWS, sender).await.is_err() {
                tracing::debug!("the last SMDR rows found no receiver in time");
            }
            summary.rows = row_counts.now();
            told_summary.send_replace(Some(summary));
        });
        tasks.push(playing.abort_handle());
        simulator.tasks = tasks;
        Ok(simulator)
    }

    /// Where DevLink3 listens, with the port that was taken.
    pub fn devlink3_addr(&self) -> Option<SocketAddr> {
        self.devlink3_addr
    }

    /// Where SMDR rows can be collected, in listen mode.
    pub fn smdr_addr(&self) -> Option<SocketAddr> {
        self.smdr_addr
    }

    /// Of the certificate that is shown to clients, with TLS.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.fingerprint
    }

    /// From the next row on, rows go there. Has no effect in listen mode.
    pub fn set_smdr_to(&self, receiver: Option<SocketAddr>) {
        self.smdr_to.send_replace(receiver);
    }

    /// Makes something go wrong now.
    pub async fn inflict(&self, fault: Fault) {
        // A simulation that has ended has nothing left to go wrong.
        let _ = self.cues.send(Cue::Fault(fault)).await;
    }

    /// The truth about the calls that have ended so far, in the order in which they ended; the latest 20,000.
    pub fn truth(&self) -> Vec<Call> {
        self.told.calls()
    }

    /// How many calls have ended so far.
    pub fn calls_ended(&self) -> u64 {
        self.told.count()
    }

    /// Until all calls were made and the lingering is over. Without an end that is when somebody stops it. Can be
    /// dropped and called again.
    pub async fn wait(&self) -> Summary {
        let mut summary = self.summary.clone();
        match summary.wait_for(Option::is_some).await {
            Ok(told) => told.clone().unwrap_or_default(),
            Err(_) => Summary::default(),
        }
    }

    /// Ends it now; calls in progress stay unfinished.
    pub async fn stop(&self) -> Summary {
        // It may have ended by itself.
        let _ = self.cues.send(Cue::Stop).await;
        self.wait().await
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

fn check(settings: &Settings) -> Result<TimeZone, SimulatorError> {
    if !(settings.speed > 0.0 && settings.speed <= MAX_SPEED) {
        return Err(SimulatorError::BadSpeed);
    }
    match settings.pace {
        Pace::CallsPerHour(calls) if !(calls > 0.0 && calls.is_finite()) => {
            return Err(SimulatorError::BadPace);
        }
        Pace::Day { calls, from_hour } if !(calls > 0.0 && calls.is_finite() && from_hour < 24) => {
            return Err(SimulatorError::BadPace);
        }
        Pace::Lively | Pace::CallsPerHour(_) | Pace::Day { .. } => {}
    }
    if !(10..=MAX_PEOPLE).contains(&settings.people) {
        return Err(SimulatorError::BadPeople);
    }
    if settings.kinds.as_ref().is_some_and(Vec::is_empty) {
        return Err(SimulatorError::NoKinds);
    }
    if settings.smdr_to.is_some() && settings.smdr_listen.is_some() {
        return Err(SimulatorError::TwoSmdrWays);
    }
    TimeZone::get(&settings.time_zone)
        .map_err(|_| SimulatorError::UnknownTimeZone { name: settings.time_zone.clone() })
}

fn opening(settings: &Settings) -> Opening {
    let has_an_end = settings.calls.is_some() || settings.open_for.is_some();
    if settings.devlink3.is_some() && has_an_end {
        return Opening::FirstClientWithin(settings.first_client_within);
    }
    Opening::AtOnce
}

async fn listen(what: &'static str, addr: Option<SocketAddr>) -> Result<Option<TcpListener>, SimulatorError> {
    let Some(addr) = addr else {
        return Ok(None);
    };
    let listener =
        TcpListener::bind(addr).await.map_err(|source| SimulatorError::Listen { what, addr, source })?;
    Ok(Some(listener))
}

fn address(listener: Option<&TcpListener>) -> Option<SocketAddr> {
    listener.and_then(|listener| listener.local_addr().ok())
}
