//! The clients that asked for events, each with counters of its own (one a node) that show it when one was lost.

use super::Outbox;
use crate::leg::Saying;
use crate::office::NODE;
use crate::standing::Standing;
use crate::wire::frame;
use devlink3::{Flag, Flags};
use model::fact::NodeId;
use std::collections::BTreeMap;

/// Not the first byte of any frame.
const GARBAGE: &[u8] = b"\x00\xffthis is no DevLink3";

#[derive(Debug, Default)]
pub(crate) struct Audience {
    clients: BTreeMap<u64, Client>,
    skip: Skip,
    events_sent: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Skip {
    #[default]
    Nothing,
    NextEvent,
}

#[derive(Debug)]
struct Client {
    flags: Flags,
    counters: BTreeMap<NodeId, u32>,
    outbox: Outbox,
}

impl Audience {
    /// The answer, then every call in progress. A client that asks again keeps its counters.
    pub(crate) fn admit(
        &mut self,
        connection: u64,
        flags: Flags,
        answer: Vec<u8>,
        outbox: Outbox,
        standing: &Standing,
    ) {
        let counters = self.clients.remove(&connection).map_or_else(BTreeMap::new, |client| client.counters);
        let mut client = Client { flags, counters, outbox };
        client.put(answer);
        for leg in standing.legs() {
            let saying = Saying::State(Box::new(leg.clone()));
            if client.asked_for(&saying) {
                client.tell(&saying);
                self.events_sent += 1;
            }
        }
        self.clients.insert(connection, client);
    }

    pub(crate) fn leave(&mut self, connection: u64) {
        self.clients.remove(&connection);
    }

    pub(crate) fn empty(&mut self) {
        self.clients.clear();
    }

    pub(crate) fn hear(&mut self, saying: &Saying) {
        // What not everybody gets does not count: the event that is lost is one that all of them miss.
        let skip = if is_for_all(saying) { std::mem::take(&mut self.skip) } else { Skip::Nothing };
        for client in self.clients.values_mut().filter(|client| client.asked_for(saying)) {
            match skip {
                Skip::Nothing => {
                    client.tell(saying);
                    self.events_sent += 1;
                }
                Skip::NextEvent => {
                    client.count(saying.node());
                }
            }
        }
    }

    pub(crate) fn asks_for_network(&self) -> bool {
        self.clients.values().any(|client| client.flags.contains(Flag::Scn))
    }

    pub(crate) fn skip_next(&mut self) {
        self.skip = Skip::NextEvent;
    }

    pub(crate) fn garbage(&mut self) {
        for client in self.clients.values_mut() {
            client.put(GARBAGE.to_vec());
        }
    }

    pub(crate) fn events_sent(&self) -> u64 {
        self.events_sent
    }
}

impl Client {
    fn asked_for(&self, saying: &Saying) -> bool {
        let kind = match saying {
            Saying::Note(_) => self.flags.contains(Flag::CmExtn),
            Saying::Sip(_) => self.flags.contains(Flag::SipTrack),
            Saying::State(_) | Saying::Left(_) | Saying::Refused(_) => true,
        };
        kind && (saying.node() == NODE || self.flags.contains(Flag::Scn))
    }

    fn tell(&mut self, saying: &Saying) {
        let counter = self.count(saying.node());
        match frame(saying, counter) {
            Ok(frame) => self.put(frame),
            Err(error) => tracing::error!(%error, "an event cannot be written"),
        }
    }

    /// The next number of a node's events.
    fn count(&mut self, node: NodeId) -> u32 {
        let counter = self.counters.entry(node).or_default();
        *counter = counter.wrapping_add(1);
        *counter
    }

    fn put(&mut self, frame: Vec<u8>) {
        if self.outbox.frames.try_send(frame).is_err() {
            self.outbox.cut.notify_one();
        }
    }
}

fn is_for_all(saying: &Saying) -> bool {
    match saying {
        Saying::State(_) | Saying::Left(_) | Saying::Refused(_) => saying.node() == NODE,
        Saying::Note(_) | Saying::Sip(_) => false,
    }
}
