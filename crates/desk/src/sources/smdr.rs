//! A site's SMDR collector: what it reports, and what that means for the lamp and the health list.

use super::Feed;
use contract::links::{LinkState, Source};
use contract::sites::{StepResult, TestStep};
use model::Said;
use smdr::probe::{Probe, probe};
use smdr::{BadSettings, Collector, Report, Settings, State, words};
use store::{HealthKind, SmdrMode, SmdrSettings};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Reports that may wait; the PBX is held up beyond that, and buffers.
const REPORTS_WAITING: usize = 256;

/// Starts the collector of a site, and the task that takes its reports. `None` where its settings cannot be right; the lamp says so.
pub(super) fn start(feed: &Feed, stored: &SmdrSettings) -> Option<(Collector, JoinHandle<()>)> {
    let settings = match settings(stored) {
        Ok(settings) => settings,
        Err(bad) => {
            let advice = Some("Correct it in Settings > Phone system.".to_owned());
            feed.light(Source::Smdr, LinkState::Stopped, bad.to_string(), advice);
            return None;
        }
    };
    let (reports, mut incoming) = mpsc::channel(REPORTS_WAITING);
    let collector = Collector::start(settings, reports);
    let feed = feed.clone();
    let taker = tokio::spawn(async move {
        while let Some(report) = incoming.recv().await {
            match report {
                Report::Lines(bytes) => feed.said(Said::SmdrLines, bytes).await,
                Report::State(state) => {
                    let light = light(&state);
                    if let State::Failed { .. } = &state {
                        feed.health(HealthKind::Link, state.sentence()).await;
                    }
                    feed.light(Source::Smdr, light, state.sentence(), state.advice().map(str::to_owned));
                }
                Report::Complaint { peer, reason, .. } => {
                    feed.health(HealthKind::Protocol, reason.sentence(peer)).await;
                }
            }
        }
    });
    Some((collector, taker))
}

/// What cannot be right about the settings, as a sentence.
pub(crate) fn check(stored: &SmdrSettings) -> Result<(), String> {
    settings(stored).map(|_| ()).map_err(|bad| bad.to_string())
}

/// Whether a running collector of ours already has the port, or the PBX's only connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InUse {
    ByUs,
    No,
}

/// Tries the settings once. Also gives the records that came meanwhile: the PBX has forgotten them.
pub(crate) async fn test(stored: &SmdrSettings, in_use: InUse) -> (TestStep, Vec<u8>) {
    let title = match stored.mode {
        SmdrMode::Listen => "Listen for SMDR",
        SmdrMode::Connect => "Fetch SMDR",
    };
    let step =
        |result, says: String, mend: Vec<String>| TestStep { title: title.to_owned(), result, says, mend };
    let settings = match settings(stored) {
        Ok(settings) => settings,
        Err(bad) => return (step(StepResult::Bad, bad.to_string(), Vec::new()), Vec::new()),
    };
    if in_use == InUse::ByUs {
        return (
            step(StepResult::Good, "CallDoc is receiving there right now.".to_owned(), Vec::new()),
            Vec::new(),
        );
    }
    let probed = probe(&settings).await;
    let says = probed.sentence(&settings);
    let mut mend: Vec<String> = probed.advice().map(str::to_owned).into_iter().collect();
    mend.extend(words::manager_steps(&settings, None));
    match probed {
        Probe::PortIsFree { .. } => (step(StepResult::Good, says, mend), Vec::new()),
        Probe::Reached { lines, .. } => (step(StepResult::Good, says, mend), lines),
        Probe::Trouble(_) => (step(StepResult::Bad, says, mend), Vec::new()),
    }
}

fn settings(stored: &SmdrSettings) -> Result<Settings, BadSettings> {
    match stored.mode {
        SmdrMode::Listen => Settings::listen(&stored.host, stored.port, stored.only_from.as_deref()),
        SmdrMode::Connect => Settings::connect(&stored.host, stored.port),
    }
}

fn light(state: &State) -> LinkState {
    match state {
        State::Listening { .. } | State::Connected { .. } => LinkState::Up,
        State::Connecting { .. } => LinkState::Connecting,
        State::Waiting { .. } => LinkState::Down,
        State::Failed { .. } => LinkState::Stopped,
    }
}
