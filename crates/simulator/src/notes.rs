//! CMExtn: what each phone says of itself while a call's legs change.

use crate::leg::{Leg, Note, PhoneState, Saying};
use crate::script::Step;
use crate::standing::Standing;
use model::fact::{EndState, Equipment, NodeId};
use std::collections::BTreeMap;

type Phones = BTreeMap<String, (NodeId, PhoneState)>;

/// Adds a note behind what each step says, for every phone whose state the step has changed.
pub(crate) fn add(steps: &mut [Step]) {
    let mut standing = Standing::default();
    let mut before = Phones::new();
    for step in steps {
        for saying in &step.says {
            standing.heard(saying);
        }
        let mut now = Phones::new();
        for leg in standing.legs() {
            note_phones(leg, &mut now);
        }
        for (extension, (node, from)) in &before {
            if !now.contains_key(extension) {
                step.says.push(changed(*node, extension, *from, PhoneState::Idle));
            }
        }
        for (extension, (node, to)) in &now {
            let from = before.get(extension).map(|(_, state)| *state).unwrap_or_default();
            if from != *to {
                step.says.push(changed(*node, extension, from, *to));
            }
        }
        before = now;
    }
}

/// The same end on two nodes is one phone, and the strongest of its states holds.
fn note_phones(leg: &Leg, phones: &mut Phones) {
    let mut note = |extension: &str, node: NodeId, state: PhoneState| {
        let known = phones.entry(extension.to_owned()).or_insert((node, state));
        known.1 = known.1.max(state);
    };
    for party in leg.parties().filter(|party| party.equipment == Equipment::TDM_PHONE) {
        let state =
            if party.state == EndState::CONNECTED { PhoneState::Connected } else { PhoneState::Dialling };
        note(&party.identity, party.node(), state);
    }
    for target in leg.targets.iter().filter(|target| target.mobile.is_none()) {
        note(&target.extension, target.node(), PhoneState::Ringing);
    }
}

fn changed(node: NodeId, extension: &str, from: PhoneState, to: PhoneState) -> Saying {
    Saying::Note(Note::changed(node, extension, from, to))
}
