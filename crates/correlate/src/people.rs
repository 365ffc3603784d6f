//! What each phone is doing, from the calls it is part of.

use model::{AgentState, AgentStatus, At, CallId};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

#[derive(Debug, Default)]
pub(crate) struct People {
    phones: FxHashMap<Box<str>, Phone>,
    changed: Vec<Box<str>>,
    /// The link is down: nobody can say what the phones do.
    blind: bool,
    /// The latest time seen, which is when a state that changes now began.
    now: At,
}

#[derive(Debug)]
struct Phone {
    calls: Vec<(CallId, AgentState)>,
    /// State while it is part of no call.
    resting: AgentState,
    shown: AgentState,
    since: At,
    is_queued: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedPerson {
    extension: String,
    resting: AgentState,
    shown: AgentState,
    since: At,
}

impl People {
    pub(crate) fn set_now(&mut self, now: At) {
        self.now = self.now.max(now);
    }

    pub(crate) fn know(&mut self, now: At, extension: &str, idle: bool) {
        self.set_now(now);
        if extension.is_empty() || self.phones.contains_key(extension) {
            return;
        }
        let resting = if idle { AgentState::Idle } else { AgentState::Unknown };
        self.phones.insert(extension.into(), Phone::new(resting, now));
        self.queue(extension);
    }

    pub(crate) fn involve(&mut self, extension: &str, call: CallId, state: AgentState) {
        if !self.phones.contains_key(extension) {
            self.phones.insert(extension.into(), Phone::new(AgentState::Idle, self.now));
        }
        let Some(phone) = self.phones.get_mut(extension) else { return };
        // A phone that takes part in a call is known to be there: when the call is over, it rests. One that is not to be
        // disturbed can still be used to call somebody.
        let calls_itself = matches!(state, AgentState::Dialing | AgentState::Talking | AgentState::Hold);
        if phone.resting != AgentState::DoNotDisturb || !calls_itself {
            phone.resting = AgentState::Idle;
        }
        match phone.calls.iter_mut().find(|(known, _)| *known == call) {
            Some(entry) => entry.1 = state,
            None => phone.calls.push((call, state)),
        }
        self.queue(extension);
    }

    pub(crate) fn release(&mut self, extension: &str, call: CallId) {
        if let Some(phone) = self.phones.get_mut(extension) {
            phone.calls.retain(|(known, _)| *known != call);
            self.queue(extension);
        }
    }

    pub(crate) fn calls_of(&self, extension: &str) -> impl Iterator<Item = CallId> + '_ {
        self.phones.get(extension).into_iter().flat_map(|phone| phone.calls.iter().map(|(call, _)| *call))
    }

    /// A phone said of itself what it does. Calls tell more, where it is in one.
    pub(crate) fn says(&mut self, now: At, extension: &str, state: Option<AgentState>) {
        self.know(now, extension, false);
        let Some(phone) = self.phones.get_mut(extension) else { return };
        if let Some(state) = state {
            phone.resting = match (state, phone.resting) {
                // A phone that is put back rests as it did.
                (AgentState::Idle, AgentState::DoNotDisturb) => AgentState::DoNotDisturb,
                (state, _) => state,
            };
        }
        self.queue(extension);
    }

    /// A phone refused a call because its person does not want to be disturbed; so it is until it takes part in one.
    pub(crate) fn refuses(&mut self, extension: &str) {
        if let Some(phone) = self.phones.get_mut(extension) {
            phone.resting = AgentState::DoNotDisturb;
            self.queue(extension);
        }
    }

    /// The link is down.
    pub(crate) fn lose_sight(&mut self, now: At) {
        self.set_now(now);
        self.blind = true;
        for phone in self.phones.values_mut() {
            phone.resting = AgentState::Unknown;
        }
        self.queue_all();
    }

    pub(crate) fn regain_sight(&mut self, now: At) {
        self.set_now(now);
        self.blind = false;
        self.queue_all();
    }

    /// All calls in progress have been told: who is in none of them is idle.
    pub(crate) fn rest_idle(&mut self, now: At) {
        self.set_now(now);
        for phone in self.phones.values_mut() {
            phone.resting = AgentState::Idle;
        }
        self.queue_all();
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = AgentStatus> + '_ {
        self.phones.iter().map(|(extension, phone)| phone.status(extension))
    }

    pub(crate) fn drain(&mut self, mut sink: impl FnMut(AgentStatus)) {
        for extension in self.changed.drain(..) {
            let Some(phone) = self.phones.get_mut(&extension) else { continue };
            phone.is_queued = false;
            let state = if self.blind { AgentState::Unknown } else { phone.state() };
            if state != phone.shown {
                phone.shown = state;
                phone.since = self.now;
                sink(phone.status(&extension));
            }
        }
    }

    pub(crate) fn save(&self) -> Vec<SavedPerson> {
        let mut people: Vec<SavedPerson> = self
            .phones
            .iter()
            .map(|(extension, phone)| SavedPerson {
                extension: extension.to_string(),
                resting: phone.resting,
                shown: phone.shown,
                since: phone.since,
            })
            .collect();
        people.sort_by(|a, b| a.extension.cmp(&b.extension));
        people
    }

    pub(crate) fn restore(people: Vec<SavedPerson>, blind: bool) -> Self {
        let phones = people.into_iter().map(|person| {
            let phone = Phone { shown: person.shown, ..Phone::new(person.resting, person.since) };
            (person.extension.into(), phone)
        });
        Self { phones: phones.collect(), blind, ..Self::default() }
    }

    fn queue_all(&mut self) {
        for (extension, phone) in &mut self.phones {
            if !phone.is_queued {
                phone.is_queued = true;
                self.changed.push(extension.clone());
            }
        }
        // In one order on every run, whatever the map's.
        self.changed.sort_unstable();
    }

    fn queue(&mut self, extension: &str) {
        if let Some(phone) = self.phones.get_mut(extension)
            && !phone.is_queued
        {
            phone.is_queued = true;
            self.changed.push(extension.into());
        }
    }
}

impl Phone {
    fn new(resting: AgentState, since: At) -> Self {
        // Shown as unknown until the first drain, so that every phone is announced once.
        Self { calls: Vec::new(), resting, shown: AgentState::Unknown, since, is_queued: false }
    }

    /// Of several calls, the one that asks most of the person.
    fn state(&self) -> AgentState {
        let rank = |state: &AgentState| match state {
            AgentState::Talking => 5,
            AgentState::Dialing => 4,
            AgentState::Hold => 3,
            AgentState::Ringing => 2,
            AgentState::Parked => 1,
            AgentState::AfterCallWork
            | AgentState::DoNotDisturb
            | AgentState::Idle
            | AgentState::LoggedOut
            | AgentState::Unknown => 0,
        };
        self.calls.iter().map(|(_, state)| *state).max_by_key(rank).unwrap_or(self.resting)
    }

    fn status(&self, extension: &str) -> AgentStatus {
        AgentStatus { extension: extension.to_owned(), state: self.shown, since: self.since }
    }
}
