//! The calls in progress as the PBX would tell them to a client that asks for events now.

use crate::leg::{Leg, Saying};
use model::fact::{EndId, LegId, NodeId};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(crate) struct Standing {
    legs: BTreeMap<LegId, Leg>,
}

impl Standing {
    pub(crate) fn heard(&mut self, saying: &Saying) {
        match saying {
            Saying::State(leg) => {
                for moved in leg.parties() {
                    self.end_moved(leg.id, moved.id);
                }
                self.legs.insert(leg.id, (**leg).clone());
            }
            Saying::Left(left) => self.end_left(left.node, left.end),
            Saying::Refused(_) | Saying::Note(_) | Saying::Sip(_) => {}
        }
    }

    pub(crate) fn legs(&self) -> impl Iterator<Item = &Leg> {
        self.legs.values()
    }

    fn end_left(&mut self, node: NodeId, end: EndId) {
        self.take_away(end, |id| id.node == node);
    }

    /// A transfer can take an end from one call id to another.
    fn end_moved(&mut self, to: LegId, end: EndId) {
        self.take_away(end, |id| id.node == to.node && *id != to);
    }

    /// A leg is over when no party is left on it. When the A end leaves first, the other one is told as A.
    fn take_away(&mut self, end: EndId, from: impl Fn(&LegId) -> bool) {
        self.legs.retain(|id, leg| {
            if !from(id) {
                return true;
            }
            if leg.b.as_ref().is_some_and(|b| b.id == end) {
                leg.b = None;
                return true;
            }
            if leg.a.id != end {
                return true;
            }
            match leg.b.take() {
                Some(b) => {
                    leg.a = b;
                    true
                }
                None => false,
            }
        });
    }
}
