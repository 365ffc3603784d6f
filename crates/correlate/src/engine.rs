//! The door to this room: takes facts and time, gives calls and people's states.

use crate::conversation::Conversation;
use crate::group::Group;
use crate::people::SavedPerson;
use crate::site::{LinkKnowledge, Rules, Site};
use model::fact::{Fact, Record};
use model::{AgentStatus, At, Call, CallId, Position, SiteId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that is known now and was not before.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// A call as it stands now; replaces what was said under its id.
    Call(Box<Call>),
    /// What was taken for a call is none by itself (it was joined with another, or never became one).
    Gone(CallId),
    Agent(SiteId, AgentStatus),
    /// A record and the conversation it belongs to disagree about when the call began: the PBX's clock is ahead by so
    /// many milliseconds (behind, if negative).
    ClockDiffers(SiteId, i64),
}

#[derive(Debug, Default)]
pub struct Engine {
    sites: BTreeMap<SiteId, Site>,
}

/// The state between two facts, to go on from after a restart. Ended calls are not part of it: see [`Engine::recall`].
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Saved {
    sites: Vec<SavedSite>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SavedSite {
    pub(crate) id: SiteId,
    pub(crate) link: LinkKnowledge,
    pub(crate) conversations: Vec<Conversation>,
    pub(crate) groups: Vec<Group>,
    #[serde(default)]
    pub(crate) pbx_clock: crate::clock::PbxClock,
    pub(crate) people: Vec<SavedPerson>,
    pub(crate) hunt_groups: Vec<String>,
}

impl Engine {
    pub fn set_rules(&mut self, site: SiteId, rules: Rules) {
        self.site(site).rules = rules;
    }

    /// An extension that exists although no call has shown it yet (from the PBX's user list).
    pub fn know_extension(&mut self, now: At, site: SiteId, extension: &str) {
        let site = self.site(site);
        let idle = site.link.is_up();
        site.people.know(now, extension, idle);
    }

    /// A number that is a hunt group's (from the PBX's list).
    pub fn know_hunt_group(&mut self, site: SiteId, number: &str) {
        self.site(site).know_hunt_group(number);
    }

    /// Takes one fact. `now` is when it arrived; deadlines that passed before it are handled first.
    pub fn handle(&mut self, now: At, site: SiteId, position: Position, fact: &Fact<'_>) {
        let site = self.site(site);
        site.advance(now);
        match fact {
            Fact::CallState(state) => site.follow(now, position, state),
            Fact::PartyLeft(left) => site.leave(now, position, left),
            Fact::TargetRefused(refused) => site.refuse(now, position, refused),
            Fact::SnapshotFollows => site.snapshot_follows(now),
            Fact::LinkLost => site.link_lost(now),
            Fact::Record(record) => site.take_record(now, position, record),
            Fact::Extension(note) => site.phone_says(now, note),
            // Kept in the journal: which SIP Call-ID an end carries says nothing that the call states do not say, and a
            // gap is healed by the snapshot that follows it.
            Fact::SipLeg(_) | Fact::Gap { .. } => {}
        }
    }

    /// Lets time pass: everything whose deadline is at or before `now` happens, as of its deadline.
    pub fn advance(&mut self, now: At) {
        for site in self.sites.values_mut() {
            site.advance(now);
        }
    }

    /// When [`Engine::advance`] has something to do.
    pub fn next_deadline(&self) -> Option<At> {
        self.sites.values().filter_map(Site::next_deadline).min()
    }

    /// Hands over what became known since the last time: one output per call, however much happened to it.
    pub fn drain(&mut self, mut sink: impl FnMut(Output)) {
        for site in self.sites.values_mut() {
            site.drain(&mut sink);
        }
    }

    /// Calls in progress, in the order they began.
    pub fn open_calls(&self) -> Vec<Call> {
        let mut calls: Vec<Call> = self.sites.values().flat_map(Site::open_calls).collect();
        calls.sort_by_key(|call| call.id);
        calls
    }

    pub fn people(&self) -> Vec<(SiteId, AgentStatus)> {
        self.sites.values().flat_map(|site| site.people.all().map(|status| (site.id, status))).collect()
    }

    /// By how much the PBX's clock is ahead of ours in milliseconds (behind, if negative), and how many calls say so.
    pub fn clock_ahead(&self, site: SiteId) -> Option<(i64, u32)> {
        self.sites.get(&site)?.pbx_clock.estimate()
    }

    /// The call that records make by themselves, whatever they were joined with.
    pub fn of_records(&self, site: SiteId, records: &[(Position, Record<'_>)]) -> Option<Call> {
        self.sites.get(&site)?.of_records(records)
    }

    /// Whether the journal's last word on the site's DevLink3 link is that it is up.
    pub fn link_is_up(&self, site: SiteId) -> bool {
        self.sites.get(&site).is_some_and(|site| site.link.is_up())
    }

    pub fn save(&self) -> Saved {
        Saved { sites: self.sites.values().map(Site::save).collect() }
    }

    pub fn restore(saved: Saved) -> Self {
        let mut engine = Engine::default();
        for site in saved.sites {
            engine.sites.insert(site.id, Site::restore(site));
        }
        engine
    }

    /// Gives back calls that ended before the saved state was taken, so that late records still find them.
    pub fn recall(&mut self, calls: Vec<Call>) {
        for call in calls {
            self.site(call.site).recall(call);
        }
    }

    fn site(&mut self, id: SiteId) -> &mut Site {
        self.sites.entry(id).or_insert_with(|| Site::new(id))
    }
}
