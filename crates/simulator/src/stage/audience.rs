//! The clients that asked for events, each with a counter of its own that shows it when one was lost.

use super::Outbox;
use crate::leg::Saying;
use crate::office::NODE;
use crate::standing::Standing;
use devlink3::delta3::write;
use devlink3::event::EventWriter;
use devlink3::message::EncodeError;
use devlink3::{Flag, Flags};
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
    counter: u32,
    outbox: Outbox,
}

impl Audience {
    /// The answer, then every call in progress. A client that asks again keeps its counter.
    pub(crate) fn admit(
        &mut self,
        connection: u64,
        flags: Flags,
        answer: Vec<u8>,
        outbox: Outbox,
        standing: &Standing,
    ) {
        let counter = self.clients.get(&connection).map_or(0, |client| client.counter);
        let mut client = Client { flags, counter, outbox };
        client.put(answer);
        for leg in standing.legs() {
            client.tell(&Saying::State(Box::new(leg.clone())));
            self.events_sent += 1;
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
        let note = matches!(saying, Saying::Note(_));
        // Not everybody gets notes: the event that is lost is one that all of them miss.
        let skip = if note { Skip::Nothing } else { std::mem::take(&mut self.skip) };
        for client in self.clients.values_mut() {
            if note && !client.flags.contains(Flag::CmExtn) {
                continue;
            }
            match skip {
                Skip::Nothing => {
                    client.tell(saying);
                    self.events_sent += 1;
                }
                Skip::NextEvent => client.counter = client.counter.wrapping_add(1),
            }
        }
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
    fn tell(&mut self, saying: &Saying) {
        self.counter = self.counter.wrapping_add(1);
        match frame(saying, self.counter) {
            Ok(frame) => self.put(frame),
            Err(error) => tracing::error!(%error, "an event cannot be written"),
        }
    }

    fn put(&mut self, frame: Vec<u8>) {
        if self.outbox.frames.try_send(frame).is_err() {
            self.outbox.cut.notify_one();
        }
    }
}

fn frame(saying: &Saying, counter: u32) -> Result<Vec<u8>, EncodeError> {
    let mut event = EventWriter::new(NODE, counter);
    match saying {
        Saying::Note(note) => event.cm_extn(&note.as_fact())?,
        Saying::State(_) | Saying::Left(_) => event.delta3(&record(saying))?,
    }
    event.to_frame()
}

/// The Delta3 record; empty for a note, which is none.
fn record(saying: &Saying) -> String {
    let mut text = String::new();
    match saying {
        Saying::State(leg) => write::detail(&leg.as_fact(), &mut text),
        Saying::Left(left) => write::party_left(left, &mut text),
        Saying::Note(_) => {}
    }
    text
}
