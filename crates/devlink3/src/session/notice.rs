//! Things amiss that a conversation survives, counted so that a flood of them makes few entries.

use std::collections::HashMap;

/// Told the first time, the second, the fourth, the eighth and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    /// How often on this connection so far.
    pub times: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// A payload type not known here.
    UnknownMessage { kind: u32 },
    /// A message that ends too early.
    GarbledMessage { kind: u32 },
    /// An answer to nothing that was asked.
    StrayAnswer,
    /// The PBX did not like a test packet.
    TestRefused,
    /// The connection ended in the middle of a message.
    HalfFrame,
    /// More nodes than a network can have: gaps of some are not noticed.
    TooManyNodes,
}

/// Kinds told apart. Types are the peer's to invent; beyond this many, new ones are no longer told.
const MAX_KINDS: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Notices {
    times: HashMap<NoticeKind, u64>,
    due: Vec<Notice>,
}

impl Notices {
    pub(super) fn add(&mut self, kind: NoticeKind) {
        if self.times.len() >= MAX_KINDS && !self.times.contains_key(&kind) {
            return;
        }
        let times = self.times.entry(kind).or_default();
        *times += 1;
        if times.is_power_of_two() {
            self.due.push(Notice { kind, times: *times });
        }
    }

    pub(super) fn drain(&mut self) -> impl Iterator<Item = Notice> {
        self.due.drain(..)
    }
}
