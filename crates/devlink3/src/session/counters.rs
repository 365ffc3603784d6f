//! The event counter of each PBX node, and the gaps in it.

use super::notice::{NoticeKind, Notices};
use model::fact::NodeId;
use std::collections::HashMap;
use std::time::Instant;

/// More nodes than an IP Office network can have. A peer that invents more is not followed further.
const MAX_NODES: usize = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) expected: u32,
    pub(super) got: u32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    next: HashMap<NodeId, u32>,
    since: Option<Instant>,
}

impl Counters {
    /// A snapshot makes up for whatever was lost before it, and where the PBX counts from afterwards is not published:
    /// the first event of each node says.
    pub(super) fn begin_snapshot(&mut self, now: Instant) {
        self.next.clear();
        self.since.get_or_insert(now);
    }

    /// When the first snapshot was granted.
    pub(super) fn since(&self) -> Option<Instant> {
        self.since
    }

    pub(super) fn check(&mut self, node: NodeId, got: u32, notices: &mut Notices) -> Option<Gap> {
        if self.next.len() >= MAX_NODES && !self.next.contains_key(&node) {
            notices.add(NoticeKind::TooManyNodes);
            return None;
        }
        let expected = self.next.insert(node, got.wrapping_add(1))?;
        (expected != got).then_some(Gap { expected, got })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_is_counted_by_itself_and_counting_wraps() {
        let (mut counters, mut notices) = (Counters::default(), Notices::default());
        let (one, two) = (NodeId(1), NodeId(2));
        assert_eq!(counters.check(one, u32::MAX, &mut notices), None, "the first says where it begins");
        assert_eq!(counters.check(two, 5, &mut notices), None, "another node begins elsewhere");
        assert_eq!(counters.check(one, 0, &mut notices), None, "after the largest number comes 0");
        assert_eq!(
            counters.check(two, 8, &mut notices),
            Some(Gap { expected: 6, got: 8 }),
            "two events of node 2 are missing"
        );
        assert_eq!(counters.check(two, 9, &mut notices), None, "a gap is told once");
    }

    #[test]
    fn nodes_without_end_do_not_fill_the_memory() {
        let (mut counters, mut notices) = (Counters::default(), Notices::default());
        for node in 0..10_000 {
            counters.check(NodeId(node), 0, &mut notices);
        }
        assert_eq!(counters.next.len(), MAX_NODES, "bounded");
        assert!(notices.drain().count() > 0, "and told");
    }
}
