//! The calls in progress as the PBX would tell them to a client that asks for events now.

use crate::leg::{Leg, Saying};
use model::fact::{EndId, LegId};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(crate) struct Standing {
    legs: BTreeMap<LegId, Leg>,
}

impl Standing {
    pub(crate) fn heard(&mut self, saying: &Saying) {
        match saying {
            Saying::State(leg) => {
                self.legs.insert(leg.id, (**leg).clone());
            }
            Saying::Left(left) => self.end_left(left.end),
            Saying::Note(_) => {}
        }
    }

    pub(crate) fn legs(&self) -> impl Iterator<Item = &Leg> {
        self.legs.values()
    }

    /// A leg is over when no party is left on it. When the A end leaves first, the other one is told as A.
    fn end_left(&mut self, end: EndId) {
        self.legs.retain(|_, leg| {
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
