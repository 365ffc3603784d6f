//! What the scripts of all kinds have in common: a leg, the people in it, and the moves a call can make.

mod printed;
mod second_call;

pub(crate) use printed::ConferenceChannel;
pub(crate) use second_call::Consultation;

use crate::dice::Dice;
use crate::leg::{Cleared, Leg, Party, Ringing, TONE_DIAL, TONE_HOLD_MUSIC, TONE_NONE, TONE_RINGBACK};
use crate::lengths::{Lengths, Stretch};
use crate::office::{ACCESS_DIGIT, Channel, Office, Outside};
use crate::scribe::{Scribe, What};
use crate::script::{RecordLegs, Script};
use model::fact::{CAUSE_NORMAL, EndId, EndState, LegId, NodeId, Queueing};
use model::{Ending, EventKind};

/// Who takes part: chosen by the planner among what is free.
#[derive(Clone, Debug)]
pub(crate) struct Cast {
    pub(crate) outside: Outside,
    /// Someone else outside, to whom a call can be sent on.
    pub(crate) elsewhere: Outside,
    /// Places in [`Office::channels`], as many as the kind needs; the first is the outside party's.
    pub(crate) channels: Vec<usize>,
    /// Places in [`Office::people`], at least as many as the kind needs.
    pub(crate) phones: Vec<usize>,
    /// Number of the group, on kinds that have one.
    pub(crate) group: String,
    /// Another group, on kinds that have two.
    pub(crate) second_group: String,
    /// Voicemail channel, counted from 1.
    pub(crate) voicemail: u16,
    pub(crate) speed: f64,
    pub(crate) record_legs: LegsInRows,
}

/// Whether this call's SMDR rows carry fields 31 to 34.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LegsInRows {
    Absent,
    Present,
}

pub(crate) struct Scene<'a> {
    pub(crate) office: &'a Office,
    pub(crate) cast: &'a Cast,
    pub(crate) dice: &'a mut Dice,
    pub(crate) lengths: Lengths,
    pub(crate) scribe: Scribe<'a>,
}

/// Who hangs up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HangUp {
    Caller,
    Called,
}

impl<'a> Scene<'a> {
    pub(crate) fn extension(&self, nth: usize) -> String {
        self.office.people[self.cast.phones[nth]].extension.clone()
    }

    pub(crate) fn name(&self, nth: usize) -> String {
        self.office.people[self.cast.phones[nth]].name.clone()
    }

    /// Where a person's phone is.
    pub(crate) fn node(&self, nth: usize) -> NodeId {
        self.office.people[self.cast.phones[nth]].node
    }

    pub(crate) fn channel(&self, nth: usize) -> &'a Channel {
        &self.office.channels[self.cast.channels[nth]]
    }

    /// A new end of a person's phone.
    pub(crate) fn phone_end(&mut self, nth: usize) -> EndId {
        let node = self.node(nth);
        self.scribe.ids().end_on(node)
    }

    pub(crate) fn pass(&mut self, stretch: Stretch) {
        let ms = self.lengths.ms(stretch, self.dice);
        self.scribe.wait(ms);
    }

    /// A leg whose A end is the trunk on which a caller arrives.
    pub(crate) fn arrive(&mut self, did: &str, called: &str) -> Leg {
        let outside = self.cast.outside.clone();
        let channel = self.channel(0);
        let trunk = Party::trunk(self.scribe.ids().end_on(channel.node), channel)
            .coming_in()
            .in_state(EndState::RINGBACK, TONE_RINGBACK)
            .with_did(did)
            .with_cli(&outside.number)
            .with_directory_name(&outside.name);
        let caller = printed::caller(channel, &outside);
        self.meet(outside);
        let record = self.scribe.record();
        record.caller = caller;
        record.called = called.to_owned();
        record.dialled = did.to_owned();
        self.take_channel(0);
        self.leg_of(trunk)
    }

    /// A leg whose A end is a lifted phone that hears the dial tone.
    pub(crate) fn lift(&mut self, nth: usize) -> Leg {
        let extension = self.extension(nth);
        let phone = Party::phone(self.phone_end(nth), &extension)
            .coming_in()
            .in_state(EndState::DIALLING, TONE_DIAL)
            .with_cli(&extension);
        self.leg_of(phone)
    }

    /// The call's outside party.
    pub(crate) fn meet(&mut self, outside: Outside) {
        let heading = self.scribe.heading();
        heading.external_number = (!outside.number.is_empty()).then_some(outside.number);
        heading.external_name = (!outside.name.is_empty()).then_some(outside.name);
    }

    pub(crate) fn take_channel(&mut self, nth: usize) {
        let channel = self.cast.channels[nth];
        self.scribe.heading().channels.push(channel);
    }

    /// Phones ring: the first is the main event, the others beside it.
    pub(crate) fn ring(&mut self, leg: &mut Leg, phones: &[usize], group: &str) {
        let shown = self.number_on_phones(leg);
        let targets = phones
            .iter()
            .map(|nth| {
                let extension = self.extension(*nth);
                Ringing::new(self.phone_end(*nth), &extension, group, &shown)
            })
            .collect();
        self.offer(leg, targets);
        self.scribe.tell(leg);
        self.ringing(leg, phones, group);
    }

    /// The leg with these targets.
    pub(crate) fn offer(&self, leg: &mut Leg, targets: Vec<Ringing>) {
        leg.queueing = Queueing::No;
        leg.a.state = if leg.a.public_line { EndState::RINGBACK } else { EndState::DIALLED };
        leg.a.tone = TONE_RINGBACK;
        leg.a.audio = true;
        leg.targets = targets;
    }

    /// The truth about phones that ring.
    pub(crate) fn ringing(&mut self, leg: &Leg, phones: &[usize], group: &str) {
        for (order, nth) in phones.iter().enumerate() {
            let what =
                What::of(EventKind::Ringing).agent(&self.extension(*nth)).group(group).party(&leg.a.identity);
            if order == 0 {
                self.scribe.begin(what);
            } else {
                self.scribe.beside(what);
            }
        }
    }

    /// A phone answers: it is the B end under a new number, as in the manual's records. The others fall silent.
    pub(crate) fn answer(&mut self, leg: &mut Leg, nth: usize, group: &str) {
        let phone = self.answering_phone(leg, nth, group);
        self.free_the_others(leg, nth);
        self.connect(leg, nth, phone);
        self.scribe.tell(leg);
        self.talk(leg, nth, group);
    }

    pub(crate) fn answering_phone(&mut self, leg: &Leg, nth: usize, group: &str) -> Party {
        let extension = self.extension(nth);
        let shown = self.number_on_phones(leg);
        let phone = Party::phone(self.phone_end(nth), &extension)
            .in_state(EndState::CONNECTED, TONE_NONE)
            .for_group(group)
            .with_cli(&shown);
        if leg.a.public_line { phone } else { phone.with_user_name(&self.name(nth)) }
    }

    /// The leg with both ends connected.
    pub(crate) fn connect(&mut self, leg: &mut Leg, nth: usize, other: Party) {
        leg.targets.clear();
        leg.current_user = self.extension(nth);
        leg.a.state = EndState::CONNECTED;
        leg.a.tone = TONE_NONE;
        leg.a.audio = true;
        leg.b = Some(other);
    }

    /// Phones that ring in vain have no part in the call any more.
    pub(crate) fn free_the_others(&mut self, leg: &Leg, answering: usize) {
        for (nth, place) in self.cast.phones.iter().enumerate() {
            let extension = &self.office.people[*place].extension;
            if nth != answering && leg.targets.iter().any(|target| target.extension == *extension) {
                self.scribe.free_phone(*place);
            }
        }
    }

    /// The truth about a person who has answered.
    pub(crate) fn talk(&mut self, leg: &Leg, nth: usize, group: &str) {
        let extension = self.extension(nth);
        if leg.a.public_line {
            self.scribe.begin(What::of(EventKind::Talking).agent(&extension).group(group));
        } else {
            // Both talk: the caller is the main event's person, the colleague's talking stands beside it.
            let caller = leg.a.identity.clone();
            self.scribe.begin(What::of(EventKind::Talking).agent(&caller).party(&extension));
            self.scribe.beside(What::of(EventKind::Talking).agent(&extension).party(&caller));
        }
    }

    /// The B end puts the call on hold. The manual leaves open whether the audio path of both ends tells it or of the
    /// held one only: each occurs.
    pub(crate) fn hold(&mut self, leg: &mut Leg, kind: EventKind) {
        let only_held_end = self.dice.one_in(2);
        leg.a.audio = false;
        leg.a.tone = TONE_HOLD_MUSIC;
        let mut extension = String::new();
        if let Some(b) = &mut leg.b {
            b.audio = only_held_end;
            extension.clone_from(&b.identity);
        }
        self.scribe.tell(leg);
        self.scribe.begin(What::of(kind).agent(&extension).group(&leg.current_group));
    }

    /// The B end takes the call back.
    pub(crate) fn resume(&mut self, leg: &mut Leg) {
        leg.a.audio = true;
        leg.a.tone = TONE_NONE;
        let mut extension = String::new();
        if let Some(b) = &mut leg.b {
            b.audio = true;
            extension.clone_from(&b.identity);
        }
        self.scribe.tell(leg);
        self.scribe.begin(What::of(EventKind::Talking).agent(&extension));
    }

    /// Every end leaves, the one that hangs up first, and the call is over.
    pub(crate) fn hang_up(&mut self, leg: &Leg, who: HangUp) {
        let caller = leg.parties().find(|party| party.came_in).unwrap_or(&leg.a).id;
        let called = leg.parties().find(|party| party.id != caller).map(|party| party.id);
        let (first, second) = match who {
            HangUp::Caller => (Some(caller), called),
            HangUp::Called => (called, Some(caller)),
        };
        for (end, cleared) in [(first, Cleared::ByThisEnd), (second, Cleared::ByAnother)] {
            if let Some(end) = end {
                self.scribe.leave(end, cleared, CAUSE_NORMAL);
            }
        }
        self.scribe.close(Some(CAUSE_NORMAL));
    }

    /// The leg's new state, and the ends that have no part in it any more: the order of the two is not published.
    pub(crate) fn tell_without(
        &mut self,
        leg: &Leg,
        gone: impl IntoIterator<Item = EndId>,
        cleared: Cleared,
        cause: u16,
    ) {
        if self.dice.one_in(2) {
            self.scribe.tell(leg);
            self.leave_all(gone, cleared, cause);
        } else {
            self.leave_all(gone, cleared, cause);
            self.scribe.tell(leg);
        }
    }

    pub(crate) fn leave_all(&mut self, ends: impl IntoIterator<Item = EndId>, cleared: Cleared, cause: u16) {
        for end in ends {
            self.scribe.leave(end, cleared, cause);
        }
    }

    /// The PBX sends the call on to a number outside, over the second channel.
    pub(crate) fn go_out(&mut self, leg: &mut Leg, number: &str, on_behalf_of: &str) {
        let channel = self.channel(1);
        let id = self.scribe.ids().end_on(channel.node);
        let mut trunk = Party::trunk(id, channel).in_state(EndState::RINGBACK, TONE_NONE);
        trunk.target_number = number.to_owned();
        trunk.on_behalf_of = on_behalf_of.to_owned();
        leg.a.audio = true;
        leg.a.tone = TONE_RINGBACK;
        leg.b = Some(trunk);
        leg.current_user.clear();
        self.take_channel(1);
    }

    /// After a conversation either side hangs up.
    pub(crate) fn either_hangs_up(&mut self, leg: &Leg) -> Ending {
        if self.dice.one_in(2) {
            self.hang_up(leg, HangUp::Caller);
            Ending::CallingDrop
        } else {
            self.hang_up(leg, HangUp::Called);
            Ending::ReceivingDrop
        }
    }

    pub(crate) fn finish(self, ending: Ending) -> Script {
        let delay_ms = self.lengths.ms(Stretch::RowDelay, self.dice);
        self.scribe.finish(ending, delay_ms)
    }

    /// Fields 31 to 34 of rows about `leg`. The called end's number comes from the same counter and is seen in no Delta3
    /// record, as in live rows.
    pub(crate) fn record_legs(&mut self, leg: LegId) -> Option<RecordLegs> {
        (self.cast.record_legs == LegsInRows::Present)
            .then(|| RecordLegs { caller: leg, called: self.scribe.ids().leg_on(leg.node) })
    }

    /// A phone shows an outside number as it would have to dial it back.
    pub(crate) fn number_on_phones(&self, leg: &Leg) -> String {
        let cli = &leg.a.cli;
        if leg.a.public_line && !cli.is_empty() { format!("{ACCESS_DIGIT}{cli}") } else { cli.clone() }
    }

    fn leg_of(&mut self, a: Party) -> Leg {
        let id = self.scribe.ids().leg_on(a.node());
        if self.scribe.record().legs.is_none() {
            let legs = self.record_legs(id);
            self.scribe.record().legs = legs;
        }
        Leg::new(id, a)
    }
}
