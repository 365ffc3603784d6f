//! What the scripts of all kinds have in common: a leg, the people in it, and the moves a call can make.

use crate::dice::Dice;
use crate::leg::{
    Cleared, Leg, Party, Ringing, TONE_DIAL, TONE_HOLD_MUSIC, TONE_NONE, TONE_RINGBACK, trunk_description,
};
use crate::lengths::{Lengths, Stretch};
use crate::office::{ACCESS_DIGIT, Office, Outside, TRUNK_LINE};
use crate::scribe::{Scribe, What};
use crate::script::{Device, RecordLegs, Script};
use model::fact::{CAUSE_NORMAL, EndState};
use model::{Ending, EventKind};

/// Who takes part: chosen by the planner among what is free.
#[derive(Clone, Debug)]
pub(crate) struct Cast {
    pub(crate) outside: Outside,
    pub(crate) channel: usize,
    /// Places in [`Office::people`], at least as many as the kind needs.
    pub(crate) phones: Vec<usize>,
    /// Number of the group, on kinds that have one.
    pub(crate) group: String,
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
    A,
    B,
}

impl Scene<'_> {
    pub(crate) fn extension(&self, nth: usize) -> String {
        self.office.people[self.cast.phones[nth]].extension.clone()
    }

    pub(crate) fn name(&self, nth: usize) -> String {
        self.office.people[self.cast.phones[nth]].name.clone()
    }

    pub(crate) fn pass(&mut self, stretch: Stretch) {
        let ms = self.lengths.ms(stretch, self.dice);
        self.scribe.wait(ms);
    }

    /// A leg whose A end is the trunk on which a caller arrives.
    pub(crate) fn arrive(&mut self, did: &str, called: &str) -> Leg {
        let outside = self.cast.outside.clone();
        let trunk = Party::trunk(self.scribe.ids().end(), self.cast.channel)
            .coming_in()
            .in_state(EndState::RINGBACK, TONE_RINGBACK)
            .with_did(did)
            .with_cli(&outside.number)
            .with_directory_name(&outside.name);
        let heading = self.scribe.heading();
        heading.external_number = (!outside.number.is_empty()).then(|| outside.number.clone());
        heading.external_name = (!outside.name.is_empty()).then(|| outside.name.clone());
        heading.caller = outside.number;
        heading.called = called.to_owned();
        heading.dialled = did.to_owned();
        self.take_channel();
        self.leg_of(trunk)
    }

    /// A leg whose A end is a lifted phone that hears the dial tone.
    pub(crate) fn lift(&mut self, nth: usize) -> Leg {
        let extension = self.extension(nth);
        let phone = Party::phone(self.scribe.ids().end(), &extension)
            .coming_in()
            .in_state(EndState::DIALLING, TONE_DIAL)
            .with_cli(&extension);
        self.leg_of(phone)
    }

    pub(crate) fn take_channel(&mut self) {
        let channel = self.cast.channel;
        let heading = self.scribe.heading();
        heading.trunk = Some(trunk_description(channel));
        heading.channel = Some(channel);
    }

    /// Phones ring: the first is the main event, the others beside it.
    pub(crate) fn ring(&mut self, leg: &mut Leg, phones: &[usize], group: &str) {
        let shown = self.number_on_phones(leg);
        leg.queueing = model::fact::Queueing::No;
        leg.a.state = if leg.a.public_line { EndState::RINGBACK } else { EndState::DIALLED };
        leg.a.tone = TONE_RINGBACK;
        leg.a.audio = true;
        leg.targets = phones
            .iter()
            .map(|nth| {
                let extension = self.extension(*nth);
                Ringing::new(self.scribe.ids().end(), &extension, group, &shown)
            })
            .collect();
        self.scribe.tell(leg);
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
        let extension = self.extension(nth);
        let shown = self.number_on_phones(leg);
        let mut phone = Party::phone(self.scribe.ids().end(), &extension)
            .in_state(EndState::CONNECTED, TONE_NONE)
            .for_group(group)
            .with_cli(&shown);
        if !leg.a.public_line {
            phone = phone.with_user_name(&self.name(nth));
        }
        leg.targets.clear();
        leg.current_user = extension.clone();
        leg.a.state = EndState::CONNECTED;
        leg.a.tone = TONE_NONE;
        leg.b = Some(phone);
        self.scribe.tell(leg);
        for (place, used) in self.cast.phones.iter().enumerate() {
            let in_call = place == nth || (!leg.a.public_line && place == 0);
            if !in_call {
                self.scribe.free_phone(*used);
            }
        }
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

    /// Every end leaves, the one that hangs up first, and the call is over.
    pub(crate) fn hang_up(&mut self, leg: &Leg, who: HangUp) {
        let a = leg.a.id;
        let b = leg.b.as_ref().map(|b| b.id);
        match (who, b) {
            (HangUp::A, b) => {
                self.scribe.leave(a, Cleared::ByThisEnd, CAUSE_NORMAL);
                if let Some(b) = b {
                    self.scribe.leave(b, Cleared::ByAnother, CAUSE_NORMAL);
                }
            }
            (HangUp::B, b) => {
                if let Some(b) = b {
                    self.scribe.leave(b, Cleared::ByThisEnd, CAUSE_NORMAL);
                }
                self.scribe.leave(a, Cleared::ByAnother, CAUSE_NORMAL);
            }
        }
        self.scribe.close(Some(CAUSE_NORMAL));
    }

    /// After a conversation either side hangs up.
    pub(crate) fn either_hangs_up(&mut self, leg: &Leg) -> Ending {
        if self.dice.one_in(2) {
            self.hang_up(leg, HangUp::A);
            Ending::CallingDrop
        } else {
            self.hang_up(leg, HangUp::B);
            Ending::ReceivingDrop
        }
    }

    pub(crate) fn finish(self, ending: Ending) -> Script {
        let delay_ms = self.lengths.ms(Stretch::RowDelay, self.dice);
        self.scribe.finish(ending, delay_ms)
    }

    pub(crate) fn phone_device(&self, nth: usize) -> Device {
        Device { code: format!("E{}", self.extension(nth)), name: self.name(nth) }
    }

    pub(crate) fn trunk_device(&self) -> Device {
        Device {
            code: format!("T{}", 9000 + TRUNK_LINE),
            name: format!("Line {}", trunk_description(self.cast.channel)),
        }
    }

    pub(crate) fn voicemail_device(&self) -> Device {
        let channel = self.cast.voicemail;
        Device { code: format!("V{}", 9500 + channel), name: format!("VM Channel {channel}") }
    }

    /// A phone shows an outside number as it would have to dial it back.
    fn number_on_phones(&self, leg: &Leg) -> String {
        let cli = &leg.a.cli;
        if leg.a.public_line && !cli.is_empty() { format!("{ACCESS_DIGIT}{cli}") } else { cli.clone() }
    }

    fn leg_of(&mut self, a: Party) -> Leg {
        let id = self.scribe.ids().leg();
        if self.cast.record_legs == LegsInRows::Present && self.scribe.heading().record_legs.is_none() {
            // The called end's number comes from the same counter and is seen in no Delta3 record, as in live rows.
            let called = self.scribe.ids().leg();
            self.scribe.heading().record_legs = Some(RecordLegs { caller: id, called });
        }
        Leg::new(id, a)
    }
}
