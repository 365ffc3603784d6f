//! How an update goes: looked for, fetched, the library backed up, installed, started. A machine; the shell does its
//! deeds and tells how they ended. Whatever fails leaves the version that runs as it is.

use crate::update_words::{Cause, Step, trouble};
use contract::computer::{Channel, Look, UpdatePrefs};
use contract::updates::{NOTES_CHARS, Release, UpdateState, UpdateView};
use model::At;

/// After the start the library is opened and links are made; looking for updates can wait that long.
const FIRST_LOOK_MS: i64 = 30_000;
const DAY_MS: i64 = 24 * 3_600_000;
/// A computer that is not online in the morning is looked for again in the afternoon.
const AGAIN_MS: i64 = 4 * 3_600_000;
/// Looking that fails for so long is no passing trouble.
const OUT_OF_TOUCH_MS: i64 = 7 * DAY_MS;

/// What the shell is to do. Fetching, backing up and installing are about the release that was found last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Look(Channel),
    Fetch,
    BackUp {
        version: String,
    },
    Install,
    Restart,
    /// Tell the person, wherever they are.
    Tell {
        title: String,
        says: String,
    },
}

/// How a deed ended; what went wrong comes with the technical chain.
#[derive(Clone, Debug)]
pub enum Ended {
    Looked(Result<Option<Release>, (Cause, String)>),
    Fetched(Result<(), (Cause, String)>),
    BackedUp(Result<(), (Cause, String)>),
    Installed(Result<(), (Cause, String)>),
}

#[derive(Debug)]
pub struct Updating {
    running: String,
    prefs: UpdatePrefs,
    state: UpdateState,
    /// To go back to when a look that nobody asked for fails.
    before_look: Option<UpdateState>,
    looked_at: Option<At>,
    next_look: Option<At>,
    failing_since: Option<At>,
    /// The version, or the trouble, that was told last: nobody is told twice.
    told: Option<String>,
    deeds: Vec<Deed>,
}

/// Whether this build knows a genuine update when it sees one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Known,
    Missing,
}

impl Updating {
    /// For a build whose configuration names a key and a server.
    pub fn set_up(running: impl Into<String>, now: At) -> Self {
        Self::new(running.into(), Key::Known, now)
    }

    /// For a build without: it says so, and does nothing.
    pub fn not_set_up(running: impl Into<String>, now: At) -> Self {
        Self::new(running.into(), Key::Missing, now)
    }

    fn new(running: String, key: Key, now: At) -> Self {
        let state = match key {
            Key::Known => UpdateState::NotLooked,
            Key::Missing => UpdateState::NotSetUp,
        };
        Self {
            running,
            prefs: UpdatePrefs::default(),
            next_look: (key == Key::Known).then(|| now.plus_ms(FIRST_LOOK_MS)),
            state,
            before_look: None,
            looked_at: None,
            failing_since: None,
            told: None,
            deeds: Vec::new(),
        }
    }

    /// Another channel has other versions: what was found in the old one is forgotten.
    pub fn choose(&mut self, prefs: UpdatePrefs, now: At) {
        let is_other_channel = prefs.channel != self.prefs.channel;
        self.prefs = prefs;
        if is_other_channel && !self.is_busy() && self.state != UpdateState::NotSetUp {
            self.state = UpdateState::NotLooked;
            self.next_look = Some(self.next_look.map_or(now, |next| next.min(now.plus_ms(FIRST_LOOK_MS))));
        }
    }

    /// A person wants to know now.
    pub fn look(&mut self) {
        if self.is_busy() || self.state == UpdateState::NotSetUp {
            return;
        }
        self.before_look = None;
        self.begin_look();
    }

    /// A person wants the version that they were shown. Another one is not installed under its name.
    pub fn install(&mut self, version: &str) {
        let release = match &self.state {
            UpdateState::Found { release } | UpdateState::Failed { release: Some(release), .. } => {
                release.clone()
            }
            _ => return,
        };
        if release.version != version {
            return;
        }
        self.state = UpdateState::Fetching { release, done_bytes: 0, of_bytes: None };
        self.deeds.push(Deed::Fetch);
    }

    pub fn fetched_so_far(&mut self, done: u64, of: Option<u64>) {
        if let UpdateState::Fetching { done_bytes, of_bytes, .. } = &mut self.state {
            (*done_bytes, *of_bytes) = (done, of);
        }
    }

    /// Begins what is due by now.
    pub fn turn(&mut self, now: At) {
        let is_due = self.next_deadline().is_some_and(|due| due <= now);
        if is_due && !self.is_busy() {
            self.before_look = Some(self.state.clone());
            self.begin_look();
        }
    }

    pub fn next_deadline(&self) -> Option<At> {
        match self.prefs.look {
            Look::Daily if !self.is_busy() => self.next_look,
            Look::Daily | Look::ByHand => None,
        }
    }

    pub fn ended(&mut self, ended: Ended, now: At) {
        match (ended, self.state.clone()) {
            (Ended::Looked(outcome), UpdateState::Looking) => self.looked(outcome, now),
            (Ended::Fetched(Ok(())), UpdateState::Fetching { release, .. }) => {
                self.deeds.push(Deed::BackUp { version: release.version.clone() });
                self.state = UpdateState::BackingUp { release };
            }
            (Ended::BackedUp(Ok(())), UpdateState::BackingUp { release }) => {
                self.deeds.push(Deed::Install);
                self.state = UpdateState::Installing { release };
            }
            (Ended::Installed(Ok(())), UpdateState::Installing { release }) => {
                self.deeds.push(Deed::Restart);
                self.state = UpdateState::Restarting { release };
            }
            (Ended::Fetched(Err(why)), UpdateState::Fetching { release, .. }) => {
                self.fail(Step::Fetching, release, why);
            }
            (Ended::BackedUp(Err(why)), UpdateState::BackingUp { release }) => {
                self.fail(Step::BackingUp, release, why);
            }
            (Ended::Installed(Err(why)), UpdateState::Installing { release }) => {
                self.fail(Step::Installing, release, why);
            }
            // The end of something that was given up meanwhile.
            _ => {}
        }
    }

    pub fn take(&mut self) -> Vec<Deed> {
        std::mem::take(&mut self.deeds)
    }

    pub fn view(&self) -> UpdateView {
        UpdateView {
            running: self.running.clone(),
            state: self.state.clone(),
            looked_ms: self.looked_at.map(|at| at.0),
        }
    }

    /// The version that can be installed.
    pub fn offered(&self) -> Option<&str> {
        match &self.state {
            UpdateState::Found { release } => Some(&release.version),
            _ => None,
        }
    }

    fn begin_look(&mut self) {
        self.state = UpdateState::Looking;
        self.deeds.push(Deed::Look(self.prefs.channel));
    }

    fn looked(&mut self, outcome: Result<Option<Release>, (Cause, String)>, now: At) {
        let before = self.before_look.take();
        match outcome {
            Ok(found) => {
                (self.looked_at, self.failing_since) = (Some(now), None);
                self.next_look = Some(now.plus_ms(DAY_MS));
                self.state = match found {
                    Some(release) => UpdateState::Found { release: shortened(release) },
                    None => UpdateState::Newest,
                };
                let new = self.offered().map(str::to_owned);
                if let (Some(version), Some(_)) = (new, &before) {
                    let title = format!("CallDoc {version} is there");
                    self.tell(&version, title, "Settings, This computer, shows what is new.".to_owned());
                }
            }
            Err((cause, detail)) => {
                self.next_look = Some(now.plus_ms(AGAIN_MS));
                let since = *self.failing_since.get_or_insert(now);
                let trouble = trouble(Step::Looking, &cause, Some(detail));
                if now.ms_since(since) >= OUT_OF_TOUCH_MS {
                    let title = "CallDoc has not found out about updates for a week".to_owned();
                    self.tell("out of touch", title, trouble.says.clone());
                }
                let keeps = matches!(
                    before,
                    Some(UpdateState::Found { .. } | UpdateState::Failed { release: Some(_), .. })
                );
                self.state = match before {
                    Some(before) if keeps => before,
                    Some(_) | None => UpdateState::Failed { release: None, trouble },
                };
            }
        }
    }

    fn fail(&mut self, step: Step, release: Release, (cause, detail): (Cause, String)) {
        let trouble = trouble(step, &cause, Some(detail));
        let title = format!("CallDoc {} was not installed", release.version);
        self.deeds.push(Deed::Tell { title, says: trouble.says.clone() });
        self.state = UpdateState::Failed { release: Some(release), trouble };
    }

    fn tell(&mut self, what: &str, title: String, says: String) {
        if self.told.as_deref() != Some(what) {
            self.told = Some(what.to_owned());
            self.deeds.push(Deed::Tell { title, says });
        }
    }

    fn is_busy(&self) -> bool {
        match self.state {
            UpdateState::Looking
            | UpdateState::Fetching { .. }
            | UpdateState::BackingUp { .. }
            | UpdateState::Installing { .. }
            | UpdateState::Restarting { .. } => true,
            UpdateState::NotSetUp
            | UpdateState::NotLooked
            | UpdateState::Newest
            | UpdateState::Found { .. }
            | UpdateState::Failed { .. } => false,
        }
    }
}

fn shortened(mut release: Release) -> Release {
    if let Some((end, _)) = release.notes.char_indices().nth(NOTES_CHARS) {
        release.notes.truncate(end);
        release.notes.push('\u{2026}');
    }
    release
}

#[cfg(test)]
#[path = "updating_tests.rs"]
mod tests;
