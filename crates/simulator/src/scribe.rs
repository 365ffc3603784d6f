//! Writes a script step by step: time passes, the PBX says something, the truth moves on.

use crate::kind::Kind;
use crate::leg::{Cleared, Leg, Note, Saying, left};
use crate::office::NODE;
use crate::script::{Device, PhoneUse, PlannedEvent, RowPlan, Script, Step};
use model::fact::{EndId, LegId};
use model::{Direction, Ending, EventKind};

/// Numbers that the PBX hands out, each once.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    end: u32,
    leg: u32,
    record: u64,
}

/// SMDR call ids of an IP Office begin here.
pub(crate) const FIRST_RECORD_ID: u64 = 1_000_000;
/// The manual's first end.
const FIRST_END: u32 = 0x3ea;

impl Ids {
    pub(crate) fn new() -> Self {
        Self::from_record(FIRST_RECORD_ID)
    }

    pub(crate) fn from_record(record: u64) -> Self {
        Self { end: FIRST_END, leg: 1, record }
    }

    pub(crate) fn end(&mut self) -> EndId {
        let id = EndId(u64::from(NODE.0) << 32 | u64::from(self.end));
        self.end = self.end.wrapping_add(1);
        id
    }

    pub(crate) fn leg(&mut self) -> LegId {
        let id = LegId { node: NODE, call: self.leg };
        self.leg = self.leg.wrapping_add(1);
        id
    }

    pub(crate) fn record(&mut self) -> u64 {
        let id = self.record;
        self.record += 1;
        id
    }
}

/// What goes on in a stretch of the call.
#[derive(Clone, Debug)]
pub(crate) struct What {
    kind: EventKind,
    agent: Option<String>,
    group: Option<String>,
    party: Option<String>,
}

impl What {
    pub(crate) fn of(kind: EventKind) -> Self {
        Self { kind, agent: None, group: None, party: None }
    }

    pub(crate) fn agent(self, extension: &str) -> Self {
        Self { agent: Some(extension.to_owned()), ..self }
    }

    /// Empty: none.
    pub(crate) fn group(self, number: &str) -> Self {
        Self { group: (!number.is_empty()).then(|| number.to_owned()), ..self }
    }

    /// Empty: the call's outside party.
    pub(crate) fn party(self, number: &str) -> Self {
        Self { party: (!number.is_empty()).then(|| number.to_owned()), ..self }
    }
}

pub(crate) struct Scribe<'a> {
    ids: &'a mut Ids,
    script: Script,
    open: Vec<usize>,
    rows_told_to: usize,
}

impl<'a> Scribe<'a> {
    pub(crate) fn new(kind: Kind, direction: Direction, ids: &'a mut Ids) -> Self {
        let script = Script {
            kind,
            direction,
            steps: vec![Step { at_ms: 0, says: Vec::new() }],
            events: Vec::new(),
            rows: Vec::new(),
            row_delay_ms: 0,
            record_id: ids.record(),
            record_legs: None,
            external_number: None,
            external_name: None,
            caller: String::new(),
            called: String::new(),
            dialled: String::new(),
            trunk: None,
            ending: Ending::CallingDrop,
            phones: Vec::new(),
            channel: None,
        };
        Self { ids, script, open: Vec::new(), rows_told_to: 0 }
    }

    pub(crate) fn ids(&mut self) -> &mut Ids {
        self.ids
    }

    /// What stands on the call as a whole.
    pub(crate) fn heading(&mut self) -> &mut Script {
        &mut self.script
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.script.length_ms()
    }

    /// Time passes: what follows belongs to a new step.
    pub(crate) fn wait(&mut self, ms: u64) {
        let at_ms = self.now_ms() + ms.max(1);
        self.script.steps.push(Step { at_ms, says: Vec::new() });
    }

    pub(crate) fn tell(&mut self, leg: &Leg) {
        self.say(Saying::State(Box::new(leg.clone())));
    }

    pub(crate) fn leave(&mut self, end: EndId, cleared: Cleared, cause: u16) {
        self.say(Saying::Left(left(end, cleared, cause)));
    }

    pub(crate) fn note(&mut self, note: Note) {
        self.say(Saying::Note(note));
    }

    /// The next main event; whatever went on before ends here.
    pub(crate) fn begin(&mut self, what: What) {
        self.close(None);
        self.add(what, Place::Main);
    }

    /// Goes on beside the main event, and ends with it.
    pub(crate) fn beside(&mut self, what: What) {
        self.add(what, Place::Beside);
    }

    /// Happens at this moment and has no length.
    pub(crate) fn mark(&mut self, what: What) {
        self.add(what, Place::Beside);
        self.open.pop();
    }

    /// Ends what goes on, for the PBX's `cause`.
    pub(crate) fn close(&mut self, cause: Option<u16>) {
        let step = self.step();
        for place in self.open.drain(..) {
            self.script.events[place].to = step;
            self.script.events[place].cause = cause;
        }
    }

    /// A row that tells of the main events since the last one.
    pub(crate) fn row(&mut self, party1: Device, party2: Device) {
        let until = self.script.main_events().count();
        self.script.rows.push(RowPlan { main_events: self.rows_told_to..until, party1, party2 });
        self.rows_told_to = until;
    }

    pub(crate) fn take_phone(&mut self, place: usize) {
        self.script.phones.push(PhoneUse { place, until_ms: u64::MAX });
    }

    /// The phone has no part in the call any more.
    pub(crate) fn free_phone(&mut self, place: usize) {
        let now_ms = self.now_ms();
        for phone in self.script.phones.iter_mut().filter(|phone| phone.place == place) {
            phone.until_ms = now_ms;
        }
    }

    pub(crate) fn finish(mut self, ending: Ending, row_delay_ms: u64) -> Script {
        let end_ms = self.now_ms();
        for phone in &mut self.script.phones {
            phone.until_ms = phone.until_ms.min(end_ms);
        }
        self.script.ending = ending;
        self.script.row_delay_ms = row_delay_ms;
        self.script
    }

    fn say(&mut self, saying: Saying) {
        if let Some(step) = self.script.steps.last_mut() {
            step.says.push(saying);
        }
    }

    fn add(&mut self, what: What, place: Place) {
        let step = self.step();
        self.open.push(self.script.events.len());
        self.script.events.push(PlannedEvent {
            kind: what.kind,
            from: step,
            to: step,
            beside: matches!(place, Place::Beside),
            agent: what.agent,
            group: what.group,
            party: what.party,
            cause: None,
        });
    }

    fn step(&self) -> usize {
        self.script.steps.len() - 1
    }
}

enum Place {
    Main,
    Beside,
}
