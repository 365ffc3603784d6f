//! A site's DevLink3 link: what it reports, and what that means for the lamp and the health list.

use super::Feed;
use crate::board::SiteFacts;
use crate::keychain::devlink_account;
use contract::links::{LinkState as Light, Source};
use contract::sites::{StepResult, TestStep};
use devlink3::probe::ProbeResult;
use devlink3::words::Place;
use devlink3::{FileName, Fingerprint, Flags, Link, LinkState, Password, Report, Settings, words};
use model::Said;
use store::{DevlinkSettings, HealthKind, Transport};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Reports that may wait; the link, and with it the PBX, is held up beyond that.
const REPORTS_WAITING: usize = 1_024;

/// Starts the link of a site, and the task that takes its reports until the link ends.
pub(super) fn start(feed: Feed, settings: Settings) -> (Link, JoinHandle<()>) {
    let (reports, mut incoming) = mpsc::channel(REPORTS_WAITING);
    let link = Link::start(settings.clone(), reports);
    let taker = tokio::spawn(async move {
        let mut directory_read = false;
        while let Some(report) = incoming.recv().await {
            if let Report::State(LinkState::Up(_)) = &report
                && !directory_read
            {
                directory_read = true;
                tokio::spawn(read_directory(feed.clone(), settings.clone()));
            }
            take(&feed, &settings, report).await;
        }
    });
    (link, taker)
}

/// What the link needs to know, from the site's settings and the keychain.
pub(crate) fn settings(devlink: &DevlinkSettings, password: &str) -> Settings {
    Settings {
        host: devlink.host.clone(),
        port: devlink.port,
        transport: match devlink.transport {
            Transport::Tcp => devlink3::Transport::Tcp,
            Transport::Tls => devlink3::Transport::Tls,
        },
        user: devlink.user.clone(),
        password: Password::new(password),
        pinned: devlink.fingerprint.as_deref().and_then(|text| text.parse::<Fingerprint>().ok()),
        flags: Flags::usual(),
        application: concat!("CallDoc ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

pub(crate) fn account(devlink: &DevlinkSettings) -> String {
    devlink_account(&devlink.user, &devlink.host, devlink.port)
}

/// A link that cannot be started because its password is not known.
pub(super) fn lacks_password(feed: &Feed, facts: &SiteFacts) {
    let user = facts.settings.devlink.as_ref().map(|devlink| devlink.user.clone()).unwrap_or_default();
    feed.light(
        Source::Devlink3,
        Light::Stopped,
        format!("The password of service user {user} is not known on this computer."),
        Some("Enter it in Settings > Phone system.".to_owned()),
    );
}

/// Tries the settings once, step by step.
pub(crate) async fn test(settings: &Settings) -> Vec<TestStep> {
    let place = Place::from(settings);
    let steps = devlink3::probe(settings).await;
    steps
        .into_iter()
        .map(|step| {
            let (says, mend) = words::step_result(&step.result, place);
            let result = match &step.result {
                ProbeResult::Good(_) => StepResult::Good,
                ProbeResult::Warning(_) => StepResult::Warning,
                ProbeResult::Bad(_) => StepResult::Bad,
                ProbeResult::Skipped => StepResult::Skipped,
            };
            TestStep { title: words::step_title(step.kind, place), result, says, mend }
        })
        .collect()
}

async fn take(feed: &Feed, settings: &Settings, report: Report) {
    match report {
        Report::Journal { said, bytes } => feed.said(said, bytes).await,
        Report::State(state) => show(feed, settings, &state),
        Report::Fingerprint(fingerprint) => feed.keep_fingerprint(fingerprint.to_string()).await,
        Report::Noted(notice) => feed.health(HealthKind::Protocol, words::notice(notice)).await,
        Report::Stopped(trouble) => {
            let said = words::trouble(&trouble, Place::from(settings));
            let sentence = format!("{} {}", said.says, said.means);
            feed.light(Source::Devlink3, Light::Stopped, sentence.clone(), said.mend.first().cloned());
            feed.health(HealthKind::Link, sentence).await;
        }
    }
}

fn show(feed: &Feed, settings: &Settings, state: &LinkState) {
    let place = Place::from(settings);
    let (light, advice) = match state {
        LinkState::Connecting | LinkState::LoggingIn | LinkState::LoggedIn(_) => (Light::Connecting, None),
        LinkState::Up(granted) if granted.refused.is_empty() => (Light::Up, None),
        LinkState::Up(_) | LinkState::Healing { .. } => (Light::Degraded, None),
        LinkState::Stale { .. } => (Light::Down, None),
        LinkState::Down { trouble, .. } => {
            (Light::Down, words::trouble(trouble, place).mend.first().cloned())
        }
    };
    feed.light(Source::Devlink3, light, words::state(state, place), advice);
}

/// Names and groups of the office, read once a run on a connection of their own. Without them everything works, by
/// number.
async fn read_directory(feed: Feed, settings: Settings) {
    for (name, said) in [(FileName::UserList, Said::UserList), (FileName::HuntList, Said::HuntList)] {
        match devlink3::read_file(&settings, name).await {
            Ok(bytes) => feed.said(said, bytes).await,
            Err(trouble) => tracing::info!(file = name.path(), %trouble, "the PBX's list could not be read"),
        }
    }
}
