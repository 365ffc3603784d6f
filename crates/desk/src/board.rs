//! What is going on now, shared between the loop that learns it and those who ask.

use crate::keys::dialling;
use crate::names::Names;
use crate::zones::{self, Zone};
use contract::links::{Lamp, LinkState, Source};
use contract::live::LiveCall;
use contract::sites::PasswordState;
use correlate::{Engine, Output};
use model::{AgentStatus, At, Call, CallId, Decision, SiteId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Clone, Default)]
pub(crate) struct Board {
    inner: Arc<Mutex<Now>>,
}

#[derive(Default)]
pub(crate) struct Now {
    pub(crate) calls: BTreeMap<CallId, Call>,
    pub(crate) people: BTreeMap<(SiteId, String), AgentStatus>,
    /// What people wrote about calls while these went on: each push of such a call shows it.
    pub(crate) marks: BTreeMap<CallId, store::CallMarks>,
    pub(crate) names: Names,
    pub(crate) lamps: BTreeMap<(SiteId, Source), Lamp>,
    pub(crate) sites: BTreeMap<SiteId, SiteFacts>,
    /// How far each PBX's clock is ahead, in milliseconds, and how many calls say so.
    pub(crate) pbx_clocks: BTreeMap<SiteId, (i64, u32)>,
    /// What was decided by hand, in order.
    pub(crate) decisions: Vec<Decided>,
    /// Ends the search for a PBX that is going on.
    pub(crate) finding: Option<tokio::sync::oneshot::Sender<()>>,
    /// SMDR lines that came while settings were tested that are not saved yet, by address and port.
    pub(crate) untaken: BTreeMap<(String, u16), Vec<u8>>,
}

/// A decision by hand, for those who ask.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    pub(crate) seq: i64,
    pub(crate) at: At,
    pub(crate) decision: Decision,
    pub(crate) taken_back: bool,
    /// Calls it names, and when they began.
    pub(crate) calls: Vec<(CallId, Option<At>)>,
}

/// What is needed of a site to show its calls.
#[derive(Clone, Debug)]
pub(crate) struct SiteFacts {
    pub(crate) settings: store::Site,
    pub(crate) zone: Zone,
    pub(crate) password: PasswordState,
}

impl Board {
    /// Held for moments only, never across an await.
    pub(crate) fn now(&self) -> MutexGuard<'_, Now> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Now {
    /// With what was written about it while it goes on.
    pub(crate) fn marked(&self, mut live: LiveCall, id: CallId) -> LiveCall {
        if let Some(marks) = self.marks.get(&id) {
            let row = &mut live.row;
            (row.recordings, row.notes, row.tags) = (marks.recordings, marks.notes, marks.tags.clone());
        }
        live
    }

    /// The office's zone: the first site's; before there is one, this computer's.
    pub(crate) fn office_zone_name(&self) -> String {
        self.active_sites().next().map_or_else(zones::here, |site| site.settings.time_zone.clone())
    }

    pub(crate) fn office_zone(&self) -> Zone {
        self.active_sites().next().map_or_else(|| Zone::named(&zones::here()), |site| site.zone.clone())
    }

    pub(crate) fn active_sites(&self) -> impl Iterator<Item = &SiteFacts> + '_ {
        self.sites.values().filter(|site| site.settings.removed_at.is_none())
    }

    pub(crate) fn site_name(&self, site: SiteId) -> String {
        self.sites.get(&site).map_or_else(String::new, |facts| facts.settings.name.clone())
    }

    pub(crate) fn zone_of(&self, site: SiteId) -> Zone {
        self.sites.get(&site).map_or_else(|| self.office_zone(), |facts| facts.zone.clone())
    }

    /// Replaces a lamp. Returns it when it says something else than before.
    pub(crate) fn light(&mut self, mut lamp: Lamp) -> Option<Lamp> {
        let key = (SiteId(lamp.site), lamp.source);
        if let Some(before) = self.lamps.get(&key) {
            lamp.last_event_ms = lamp.last_event_ms.or(before.last_event_ms);
            if before.state == lamp.state && before.says == lamp.says {
                return None;
            }
            if before.state == lamp.state && lamp.state == LinkState::Down {
                lamp.since_ms = before.since_ms;
            }
        }
        self.lamps.insert(key, lamp.clone());
        Some(lamp)
    }
}

pub(crate) fn take_clocks(now: &mut Now, engine: &Engine) {
    for site in now.sites.keys() {
        match engine.clock_ahead(*site) {
            Some(clock) => now.pbx_clocks.insert(*site, clock),
            None => now.pbx_clocks.remove(site),
        };
    }
}

/// Keeps the calls in progress and the people up to date.
pub(crate) fn take(now: &mut Now, output: &Output) {
    match output {
        Output::Call(call) if call.is_live() => {
            now.calls.insert(call.id, (**call).clone());
        }
        Output::Call(call) => {
            now.calls.remove(&call.id);
        }
        Output::Gone(id) => {
            now.calls.remove(id);
        }
        Output::Agent(site, status) => {
            now.people.insert((*site, status.extension.clone()), status.clone());
        }
        Output::ClockDiffers(..) => {}
    }
}

/// Puts a site's settings on the board.
pub(crate) fn keep_site(board: &Board, settings: store::Site) {
    let zone = Zone::named(&settings.time_zone);
    let dialling = dialling(&settings);
    let mut now = board.now();
    now.names.set_dialling(settings.id, dialling);
    let password = now.sites.get(&settings.id).map_or(PasswordState::Missing, |known| known.password);
    now.sites.insert(settings.id, SiteFacts { zone, password, settings });
}
