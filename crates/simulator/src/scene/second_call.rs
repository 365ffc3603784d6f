//! The call that a person makes while holding another one: a leg of its own, of which the outside party knows nothing.

use super::Scene;
use crate::leg::{Leg, Party, Ringing, TONE_NONE, TONE_RINGBACK};
use crate::lengths::Stretch;
use crate::script::{Length, RowPlan, Span};
use model::fact::EndState;
use model::{Direction, Relation};

/// From the hold to the second call's dial tone, at speed 1.
const SECOND_CALL_MS: u64 = 400;

/// A consultation: the colleague's leg, and the record that tells of it.
pub(crate) struct Consultation {
    pub(crate) leg: Leg,
    /// The place of its record.
    pub(crate) record: usize,
    /// The step at which the phone was lifted.
    begun_at: usize,
    answered_at: Option<usize>,
}

impl Scene<'_> {
    /// `nth` lifts for a second call and dials `digits`: the leg as it is when the last digit is dialled.
    pub(crate) fn second_call(&mut self, nth: usize, digits: &str) -> Leg {
        self.scribe.wait(SECOND_CALL_MS);
        let mut leg = self.lift(nth);
        self.scribe.tell(&leg);
        self.pass(Stretch::Digits);
        leg.a.state = EndState::DIALLED;
        leg.a.tone = TONE_NONE;
        leg.a.dialled = digits.to_owned();
        leg
    }

    /// `holder` calls `colleague`, whose phone rings on the consultation.
    pub(crate) fn consult(&mut self, holder: usize, colleague: usize) -> Consultation {
        let (caller, called) = (self.extension(holder), self.extension(colleague));
        let begins = self.scribe.step() + 1;
        let mut leg = self.second_call(holder, &called);
        leg.a.tone = TONE_RINGBACK;
        leg.first_user.clone_from(&called);
        leg.current_user.clone_from(&called);
        leg.targets = vec![Ringing::new(self.phone_end(colleague), &called, "", &caller)];
        self.scribe.tell(&leg);
        let legs = self.record_legs(leg.id);
        let place = self.scribe.begin_record(Relation::Consultation, Direction::Internal);
        let record = self.scribe.record_at(place);
        record.from = begins;
        record.caller = caller;
        record.called.clone_from(&called);
        record.dialled = called;
        record.legs = legs;
        Consultation { leg, record: place, begun_at: begins, answered_at: None }
    }

    /// The colleague answers the consultation.
    pub(crate) fn consult_answered(&mut self, consultation: &mut Consultation, colleague: usize) {
        let shown = consultation.leg.a.cli.clone();
        let phone = Party::phone(self.phone_end(colleague), &self.extension(colleague))
            .in_state(EndState::CONNECTED, TONE_NONE)
            .with_cli(&shown)
            .with_user_name(&self.name(colleague));
        self.connect(&mut consultation.leg, colleague, phone);
        consultation.answered_at = Some(self.scribe.step());
        self.scribe.tell(&consultation.leg);
    }

    /// The consultation's record ends here: it became part of something else, or nothing.
    pub(crate) fn consult_ends(&mut self, consultation: &Consultation, holder: usize, colleague: usize) {
        let now = self.scribe.step();
        let answered_at = consultation.answered_at.unwrap_or(now);
        let spans = vec![
            Span { counts_as: Length::Ring, from: consultation.begun_at, to: answered_at },
            Span { counts_as: Length::Connected, from: answered_at, to: now },
        ];
        let (party1, party2) = (self.phone_device(holder), self.phone_device(colleague));
        let row = RowPlan { spans, party1, party2, ..RowPlan::default() };
        self.scribe.end_record(consultation.record, row);
    }
}
