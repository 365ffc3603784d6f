//! The running sources of all sites: started from their settings, stopped and started again when those change.

pub(crate) mod devlink;
pub(crate) mod smdr;

use crate::board::{Board, SiteFacts};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keychain::Kept;
use crate::recorder::Job;
use contract::Failure;
use contract::links::{Lamp, LinkState, Source};
use contract::sites::PasswordState;
use model::{Said, SiteId};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{HealthKind, HealthNote};
use tokio::sync::{Mutex, broadcast, mpsc};
use tokio::task::JoinHandle;

#[derive(Default)]
pub(crate) struct Sources {
    running: Mutex<BTreeMap<SiteId, Running>>,
}

#[derive(Default)]
struct Running {
    link: Option<devlink3::Link>,
    collector: Option<::smdr::Collector>,
    /// Hand over what the sources report; each ends after the last report of its source.
    takers: Vec<JoinHandle<()>>,
}

/// Where a source's words go.
#[derive(Clone)]
pub(crate) struct Feed {
    site: SiteId,
    site_name: String,
    board: Board,
    clock: Arc<Clock>,
    jobs: mpsc::Sender<Job>,
    tell: broadcast::WeakSender<Arc<Happening>>,
}

impl Sources {
    pub(crate) async fn stop(&self, site: SiteId) {
        let stopped = self.running.lock().await.remove(&site);
        if let Some(running) = stopped {
            running.stop().await;
        }
    }

    pub(crate) async fn stop_all(&self) {
        let all = std::mem::take(&mut *self.running.lock().await);
        for running in all.into_values() {
            running.stop().await;
        }
    }
}

impl Running {
    async fn stop(self) {
        if let Some(link) = self.link {
            link.stop().await;
        }
        if let Some(collector) = self.collector {
            collector.stop().await;
        }
        for taker in self.takers {
            // A taker that panicked has been logged by tokio; there is nothing left to wait for.
            let _ = taker.await;
        }
    }
}

impl Desk {
    pub(crate) async fn start_sources(&self) {
        let sites: Vec<SiteFacts> = self.board().now().active_sites().cloned().collect();
        for site in sites {
            self.start_site(site).await;
        }
    }

    /// (Re)starts the sources of one site by its settings.
    pub(crate) async fn start_site(&self, facts: SiteFacts) {
        let site = facts.settings.id;
        self.sources().stop(site).await;
        let feed = self.feed(&facts);
        let mut running = Running::default();
        match &facts.settings.devlink {
            Some(settings) => match self.password_of(settings) {
                Some((password, kept)) => {
                    self.set_password_state(site, kept);
                    let (link, taker) = devlink::start(feed.clone(), devlink::settings(settings, &password));
                    running.link = Some(link);
                    running.takers.push(taker);
                }
                None => devlink::lacks_password(&feed, &facts),
            },
            None => feed.off(Source::Devlink3),
        }
        match &facts.settings.smdr {
            Some(settings) => {
                if let Some((collector, taker)) = smdr::start(&feed, settings) {
                    running.collector = Some(collector);
                    running.takers.push(taker);
                }
            }
            None => feed.off(Source::Smdr),
        }
        self.sources().running.lock().await.insert(site, running);
    }

    fn password_of(&self, settings: &store::DevlinkSettings) -> Option<(String, PasswordState)> {
        match self.keychain().get(&devlink::account(settings)) {
            Ok(Some((secret, kept))) => Some((secret.reveal().to_owned(), password_state(kept))),
            Ok(None) => None,
            Err(trouble) => {
                tracing::warn!(%trouble, "the keychain did not give a password");
                None
            }
        }
    }

    pub(crate) fn set_password_state(&self, site: SiteId, state: PasswordState) {
        if let Some(facts) = self.board().now().sites.get_mut(&site) {
            facts.password = state;
        }
    }
}

pub(crate) fn password_state(kept: Kept) -> PasswordState {
    match kept {
        Kept::InKeychain => PasswordState::InKeychain,
        Kept::ThisRunOnly => PasswordState::ThisRunOnly,
    }
}

impl Feed {
    pub(crate) fn new(
        facts: &SiteFacts,
        board: Board,
        clock: Arc<Clock>,
        jobs: mpsc::Sender<Job>,
        tell: broadcast::WeakSender<Arc<Happening>>,
    ) -> Self {
        Self { site: facts.settings.id, site_name: facts.settings.name.clone(), board, clock, jobs, tell }
    }

    /// Hands bytes over to be committed. Waits while the recorder is behind, and with it the source.
    pub(crate) async fn said(&self, said: Said, bytes: Vec<u8>) {
        if self.jobs.send(Job::Said { site: self.site, said, bytes }).await.is_err() {
            tracing::warn!("the library is closed; what a source said was not taken");
        }
    }

    async fn health(&self, kind: HealthKind, says: String) {
        let note = HealthNote { at: self.clock.now(), site: Some(self.site), kind, says };
        // A closed library takes no notes.
        let _ = self.jobs.send(Job::Health(note)).await;
    }

    pub(crate) fn light(&self, source: Source, state: LinkState, says: String, advice: Option<String>) {
        let lamp = Lamp {
            site: self.site.0,
            site_name: self.site_name.clone(),
            source,
            state,
            says,
            advice,
            since_ms: self.clock.now().0,
            last_event_ms: None,
        };
        let changed = self.board.now().light(lamp);
        if let (Some(lamp), Some(tell)) = (changed, self.tell.upgrade()) {
            // Nobody listening is fine.
            let _ = tell.send(Arc::new(Happening::Lamp(lamp)));
        }
    }

    fn off(&self, source: Source) {
        self.light(
            source,
            LinkState::Off,
            "Not set up.".to_owned(),
            Some("Settings > Phone system".to_owned()),
        );
    }

    /// The certificate seen first is the one to insist on from now on.
    async fn keep_fingerprint(&self, fingerprint: String) {
        let settings = {
            let mut now = self.board.now();
            let Some(facts) = now.sites.get_mut(&self.site) else { return };
            let Some(devlink) = &mut facts.settings.devlink else { return };
            devlink.fingerprint = Some(fingerprint);
            facts.settings.clone()
        };
        let (reply, answer) = tokio::sync::oneshot::channel();
        let sent = self.jobs.send(Job::SaveSite { site: Box::new(settings), reply }).await;
        if sent.is_err() {
            return;
        }
        if let Ok(Err(Failure { message, .. })) = answer.await {
            self.health(HealthKind::Library, message).await;
        }
    }
}
