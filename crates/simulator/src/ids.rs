//! Numbers that the PBX hands out.

use crate::office::NODE;
use model::fact::{EndId, LegId, NodeId};
use std::collections::BTreeMap;

/// SMDR's call ids of an IP Office begin here.
pub(crate) const FIRST_RECORD_ID: u64 = 1_000_000;
/// The manual's first end.
const FIRST_END: u32 = 0x3ea;
const FIRST_LEG: u32 = 1;

/// Conferences and park slots are numbered round and round.
const CONFERENCES: std::ops::Range<u16> = 100..150;
const PARK_SLOTS: std::ops::Range<u16> = 620..640;

/// Ends, call ids and records: each is given out once until the PBX starts again.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    nodes: BTreeMap<NodeId, Node>,
    record: u64,
    serial: u64,
    conference: u16,
    park_slot: u16,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    end: u32,
    leg: u32,
}

impl Default for Node {
    fn default() -> Self {
        Self { end: FIRST_END, leg: FIRST_LEG }
    }
}

impl Ids {
    pub(crate) fn new() -> Self {
        Self::from_record(FIRST_RECORD_ID)
    }

    pub(crate) fn from_record(record: u64) -> Self {
        Self {
            nodes: BTreeMap::new(),
            record,
            serial: record,
            conference: CONFERENCES.start,
            park_slot: PARK_SLOTS.start,
        }
    }

    /// The PBX restarts: all numbers come again, but for the simulator's own.
    pub(crate) fn start_again(&mut self) {
        self.nodes.clear();
        self.record = FIRST_RECORD_ID;
    }

    pub(crate) fn end(&mut self) -> EndId {
        self.end_on(NODE)
    }

    pub(crate) fn end_on(&mut self, node: NodeId) -> EndId {
        let counts = self.nodes.entry(node).or_default();
        let id = EndId(u64::from(node.0) << 32 | u64::from(counts.end));
        counts.end = counts.end.wrapping_add(1);
        id
    }

    pub(crate) fn leg_on(&mut self, node: NodeId) -> LegId {
        let counts = self.nodes.entry(node).or_default();
        let id = LegId { node, call: counts.leg };
        counts.leg = counts.leg.wrapping_add(1);
        id
    }

    pub(crate) fn record(&mut self) -> u64 {
        let id = self.record;
        self.record += 1;
        id
    }

    /// The number of a conference, and how many were before it in this round.
    pub(crate) fn conference(&mut self) -> (u16, u16) {
        let number = round(&mut self.conference, CONFERENCES);
        (number, number - CONFERENCES.start)
    }

    pub(crate) fn park_slot(&mut self) -> u16 {
        round(&mut self.park_slot, PARK_SLOTS)
    }

    pub(crate) fn serial(&mut self) -> u64 {
        let serial = self.serial;
        self.serial += 1;
        serial
    }
}

fn round(next: &mut u16, numbers: std::ops::Range<u16>) -> u16 {
    let number = *next;
    *next = if number + 1 < numbers.end { number + 1 } else { numbers.start };
    number
}
