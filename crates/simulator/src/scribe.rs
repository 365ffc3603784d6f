//! Writes a script step by step: time passes, the PBX says something, the truth moves on.

use crate::ids::Ids;
use crate::kind::Kind;
use crate::leg::{Cleared, Leaving, Leg, Note, Refusal, Saying};
use crate::script::{
    Device, Length, PhoneUse, PlannedEvent, RecordPlan, RowPlan, Script, Span, Step, Targeting,
};
use crate::{notes, siptrack};
use model::fact::{EndId, NodeId};
use model::{Direction, Ending, EventKind, Relation};

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

/// The link between two nodes, as each of them numbers it.
const LINK: u16 = 33;

pub(crate) struct Scribe<'a> {
    ids: &'a mut Ids,
    script: Script,
    open: Vec<usize>,
    rows_told_to: usize,
    over: Option<usize>,
}

impl<'a> Scribe<'a> {
    pub(crate) fn new(kind: Kind, direction: Direction, ids: &'a mut Ids) -> Self {
        let serial = ids.serial();
        let record = RecordPlan {
            id: ids.record(),
            serial,
            relation: None,
            direction,
            caller: String::new(),
            called: String::new(),
            dialled: String::new(),
            legs: None,
            from: 0,
            to: 0,
            rows: Vec::new(),
        };
        let script = Script {
            kind,
            serial,
            direction,
            steps: vec![Step { at_ms: 0, says: Vec::new() }],
            over: 0,
            events: Vec::new(),
            records: vec![record],
            row_delay_ms: 0,
            external_number: None,
            external_name: None,
            dialled: String::new(),
            emergency: false,
            ending: Ending::CallingDrop,
            phones: Vec::new(),
            channels: Vec::new(),
        };
        Self { ids, script, open: Vec::new(), rows_told_to: 0, over: None }
    }

    pub(crate) fn ids(&mut self) -> &mut Ids {
        self.ids
    }

    /// What stands on the call as a whole.
    pub(crate) fn heading(&mut self) -> &mut Script {
        &mut self.script
    }

    /// The call's own record.
    pub(crate) fn record(&mut self) -> &mut RecordPlan {
        &mut self.script.records[0]
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

    /// An end leaves, told by the node on which it lives.
    pub(crate) fn leave(&mut self, end: EndId, cleared: Cleared, cause: u16) {
        let node = NodeId((end.0 >> 32) as u32);
        self.say(Saying::Left(Leaving { node, end, cleared, cause, link: None }));
    }

    /// An end leaves, as another node sees it.
    pub(crate) fn leave_far(&mut self, node: NodeId, end: EndId, cleared: Cleared, cause: u16) {
        self.say(Saying::Left(Leaving { node, end, cleared, cause, link: Some(LINK) }));
    }

    pub(crate) fn refuse(&mut self, end: EndId, extension: &str, qualifier: &'static str) {
        let node = NodeId((end.0 >> 32) as u32);
        self.say(Saying::Refused(Refusal { node, end, extension: extension.to_owned(), qualifier }));
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

    /// What goes on beside the main event for one person ends here.
    pub(crate) fn end_beside(&mut self, extension: &str, cause: Option<u16>) {
        let step = self.step();
        let events = &mut self.script.events;
        self.open.retain(|place| {
            let event = &mut events[*place];
            let ends = event.beside && event.agent.as_deref() == Some(extension);
            if ends {
                event.to = step;
                event.cause = cause;
            }
            !ends
        });
    }

    /// Ends what goes on, for the PBX's `cause`.
    pub(crate) fn close(&mut self, cause: Option<u16>) {
        let step = self.step();
        for place in self.open.drain(..) {
            self.script.events[place].to = step;
            self.script.events[place].cause = cause;
        }
    }

    /// The call is over for the outside party; what follows is putting back.
    pub(crate) fn end_call(&mut self, cause: Option<u16>) {
        self.close(cause);
        self.over = Some(self.step());
    }

    /// A row of the call's own record that tells of the main events since the last one.
    pub(crate) fn row(&mut self, party1: Device, party2: Device) {
        self.row_because(party1, party2, Targeting::default());
    }

    pub(crate) fn row_because(&mut self, party1: Device, party2: Device, targeting: Targeting) {
        self.close(None);
        let spans = self
            .script
            .main_events()
            .skip(self.rows_told_to)
            .filter_map(|event| {
                Some(Span { counts_as: Length::of(event.kind)?, from: event.from, to: event.to })
            })
            .collect();
        self.rows_told_to = self.script.main_events().count();
        self.script.records[0].rows.push(RowPlan { spans, party1, party2, targeting });
    }

    /// A record with a Call ID of its own begins here. Gives its place.
    pub(crate) fn begin_record(&mut self, relation: Relation, direction: Direction) -> usize {
        let from = self.step();
        let (id, serial) = (self.ids.record(), self.ids.serial());
        let own = &self.script.records[0];
        let record = RecordPlan {
            id,
            serial,
            relation: Some(relation),
            direction,
            from,
            to: from,
            rows: Vec::new(),
            ..own.clone()
        };
        self.script.records.push(record);
        self.script.records.len() - 1
    }

    pub(crate) fn record_at(&mut self, place: usize) -> &mut RecordPlan {
        &mut self.script.records[place]
    }

    /// The record ends here, with this row as its last.
    pub(crate) fn end_record(&mut self, place: usize, row: RowPlan) {
        let step = self.step();
        let record = &mut self.script.records[place];
        record.to = step;
        record.rows.push(row);
    }

    pub(crate) fn take_phone(&mut self, place: usize) {
        let phone = PhoneUse { place, until_ms: u64::MAX, in_history_until_ms: u64::MAX };
        self.script.phones.push(phone);
    }

    /// The phone has no part in the call any more.
    pub(crate) fn free_phone(&mut self, place: usize) {
        let now_ms = self.now_ms();
        for phone in self.script.phones.iter_mut().filter(|phone| phone.place == place) {
            phone.until_ms = now_ms;
            phone.in_history_until_ms = phone.in_history_until_ms.min(now_ms);
        }
    }

    /// As [`Scribe::free_phone`], in the past alone: its days come out as they always did, because their rows are known
    /// again by their bytes.
    pub(crate) fn free_phone_in_history(&mut self, place: usize) {
        let now_ms = self.now_ms();
        for phone in self.script.phones.iter_mut().filter(|phone| phone.place == place) {
            phone.in_history_until_ms = now_ms;
        }
    }

    /// The place of the current step.
    pub(crate) fn step(&self) -> usize {
        self.script.steps.len() - 1
    }

    pub(crate) fn finish(mut self, ending: Ending, row_delay_ms: u64) -> Script {
        let (last, end_ms) = (self.step(), self.now_ms());
        for phone in &mut self.script.phones {
            phone.until_ms = phone.until_ms.min(end_ms);
            phone.in_history_until_ms = phone.in_history_until_ms.min(end_ms);
        }
        let mut script = self.script;
        script.over = self.over.unwrap_or(last);
        script.records[0].to = script.over;
        script.dialled.clone_from(&script.records[0].dialled);
        script.ending = ending;
        script.row_delay_ms = row_delay_ms;
        notes::add(&mut script.steps);
        siptrack::add(&mut script.steps);
        script
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
}

enum Place {
    Main,
    Beside,
}
