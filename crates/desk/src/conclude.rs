//! What the engine concludes, with what was decided by hand laid over it, goes two ways: into the tables, and to whoever
//! listens.

use crate::import;
use crate::interpret::{Health, Interpreter, Learned, Telling};
use crate::notes::clock_note;
use correlate::Output;
use model::At;
use store::Changes;

impl Interpreter {
    /// Takes over what the engine has to say.
    pub(crate) fn collect(&mut self, now: At, learned: &mut Learned) {
        let Self { engine, by_hand, changes, telling, .. } = self;
        engine
            .drain(|output| by_hand.through(output, |output| hear(output, now, *telling, changes, learned)));
        if self.health == Health::KnownAlready {
            learned.health.clear();
        }
        self.changes.names.extend(learned.names.iter().cloned());
        self.changes.health.extend(learned.health.iter().cloned());
    }
}

impl Interpreter {
    /// What happens between two facts happens at its own time. A replay, which takes many entries at once, then sees what
    /// was seen when they came one by one: each state of a phone, and since when.
    pub(crate) fn pass_time(&mut self, last: Option<At>, now: At, learned: &mut Learned) {
        if let Some(last) = last.filter(|last| *last < now) {
            self.collect_earlier(last, learned);
        }
        while let Some(due) = self.engine.next_deadline().filter(|due| *due <= now) {
            self.engine.advance(due);
            self.collect_earlier(due, learned);
        }
    }

    fn collect_earlier(&mut self, at: At, learned: &mut Learned) {
        let mut then = Learned::default();
        self.collect(at, &mut then);
        self.earlier.outputs.append(&mut learned.outputs);
        self.earlier.outputs.append(&mut then.outputs);
        self.earlier.health.append(&mut then.health);
        self.earlier.calls += then.calls;
    }

    /// Takes over the rest, gives calls their keys, and notes what phones do.
    pub(crate) fn conclude(&mut self, now: At, learned: &mut Learned) {
        self.collect(now, learned);
        let earlier = std::mem::take(&mut self.earlier);
        learned.outputs.splice(0..0, earlier.outputs);
        learned.health.extend(earlier.health);
        learned.calls += earlier.calls;
        self.keys.give(self.changes.calls.iter_mut());
        self.keys.give(learned.outputs.iter_mut().filter_map(|output| match output {
            Output::Call(call) => Some(&mut **call),
            Output::Gone(_) | Output::Agent(..) | Output::ClockDiffers(..) => None,
        }));
        let gone_at = self.gone.through_at;
        self.changes.states.extend(learned.outputs.iter().filter_map(|output| match output {
            Output::Agent(site, status) if status.since > gone_at => Some((*site, status.clone())),
            Output::Agent(..) | Output::Call(_) | Output::Gone(_) | Output::ClockDiffers(..) => None,
        }));
    }
}

pub(crate) fn hear(output: Output, now: At, telling: Telling, changes: &mut Changes, learned: &mut Learned) {
    let output = match (output, telling) {
        // What only records tell was never shown as a call in progress.
        (Output::Call(call), Telling::Counted) if !call.is_live() && call.basis.devlink_facts == 0 => {
            learned.calls += u64::from(import::is_new(&call));
            changes.calls.push(*call);
            return;
        }
        (output, _) => output,
    };
    match &output {
        Output::Call(call) => changes.calls.push((**call).clone()),
        Output::Gone(id) => {
            changes.calls.retain(|call| call.id != *id);
            changes.gone.push(*id);
        }
        Output::Agent(..) => {}
        Output::ClockDiffers(site, ahead_ms) => learned.health.push(clock_note(now, *site, *ahead_ms)),
    }
    learned.outputs.push(output);
}
