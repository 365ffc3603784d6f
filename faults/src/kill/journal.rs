//! The journal beside what was sent.

use super::relay::Conversation;
use super::rows::Delivery;
use crate::scenario::Seen;
use model::{Entry, Said};
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::path::Path;
use store::{EntryLimits, Library};

/// What was sent and not yet looked for, and the figures so far.
#[derive(Default)]
pub(crate) struct Journal {
    conversations: VecDeque<Conversation>,
    deliveries: Vec<Delivery>,
    through_seq: i64,
    /// Rows by their bytes: how often they were sent less how often they were found, over all deliveries so far.
    rows: HashMap<Vec<u8>, i64>,
    events: Count,
    records: Count,
    /// Sent on a connection that broke, and then once more: twice in the journal, once among the calls.
    records_again: u64,
}

#[derive(Default)]
struct Count {
    acknowledged: u64,
    committed: u64,
    /// Acknowledged and not committed.
    lost: u64,
    /// The most that one kill cost.
    most_lost: u64,
}

impl Count {
    fn add(&mut self, acknowledged: usize, committed: usize) {
        let lost = acknowledged.saturating_sub(committed) as u64;
        self.acknowledged += acknowledged as u64;
        self.committed += committed as u64;
        self.lost += lost;
        self.most_lost = self.most_lost.max(lost);
    }
}

impl Journal {
    pub(crate) fn heard(&mut self, conversations: Vec<Conversation>, deliveries: Vec<Delivery>) {
        self.conversations.extend(conversations);
        self.deliveries.extend(deliveries);
    }

    /// Acknowledged by TCP and not in the journal: events and rows.
    pub(crate) fn lost(&self) -> (u64, u64) {
        (self.events.lost, self.records.lost)
    }

    pub(crate) fn has_something(&self) -> bool {
        self.events.committed > 0 && self.records.committed > 0
    }

    /// Looks for all that was heard in what the journal got since the last time.
    pub(crate) async fn compare(&mut self, library: &Path, seen: &mut Seen) -> anyhow::Result<()> {
        // A collector that was killed before it had made the library left nothing to look at, and was sent nothing.
        if !library.join("library.sqlite3").is_file() {
            return Ok(());
        }
        let reader = match Library::open_reader(library).await {
            Ok(reader) => reader,
            Err(store::StoreError::OlderThanApp { .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let mut entries = Vec::new();
        loop {
            let more = reader.entries(self.through_seq, EntryLimits::default()).await?;
            let Some(last) = more.last() else { break };
            self.through_seq = last.seq;
            entries.extend(more);
        }
        reader.close().await;
        self.events_of(&entries, seen);
        self.rows_of(&entries, seen);
        Ok(())
    }

    /// Each run of a snapshot and the events after it is the beginning of one connection, in order.
    fn events_of(&mut self, entries: &[Entry], seen: &mut Seen) {
        let said: Vec<&Entry> = entries
            .iter()
            .filter(|entry| {
                matches!(entry.said, Said::DevlinkEvent | Said::DevlinkSnapshot | Said::DevlinkGap)
            })
            .collect();
        let mut connections: Vec<Vec<&Entry>> = Vec::new();
        for entry in said {
            match (entry.said, connections.last_mut()) {
                (Said::DevlinkSnapshot, _) | (_, None) => connections.push(vec![entry]),
                (_, Some(connection)) => connection.push(entry),
            }
        }
        for connection in connections {
            // Of those before it nothing was committed: the kill came first.
            let found = loop {
                let Some(heard) = self.conversations.pop_front() else { break false };
                let is_this = heard.begins_with(&connection);
                let committed = if is_this { connection.len() } else { 0 };
                self.events.add(heard.acknowledged.len(), committed);
                seen.must(committed <= heard.acknowledged.len(), || {
                    format!("{committed} entries of {} acknowledged ones", heard.acknowledged.len())
                });
                if is_this {
                    break true;
                }
            };
            seen.must(found, || {
                let (entries, first) = (connection.len(), connection[0].seq);
                format!("{entries} entries from {first} on are not what the PBX sent, or stand there twice")
            });
        }
        for heard in self.conversations.drain(..) {
            self.events.add(heard.acknowledged.len(), 0);
        }
    }

    /// Of each delivery the first rows are there, and no row more often than it was sent.
    fn rows_of(&mut self, entries: &[Entry], seen: &mut Seen) {
        let mut found: HashMap<&[u8], i64> = HashMap::new();
        let lines = entries.iter().filter(|entry| entry.said == Said::SmdrLines);
        for row in lines.flat_map(|entry| entry.bytes.split_inclusive(|byte| *byte == b'\n')) {
            *found.entry(row).or_default() += 1;
        }
        let mut left = found.clone();
        for delivery in &self.deliveries {
            let mut committed = 0;
            let mut missing = false;
            for row in &delivery.rows {
                *self.rows.entry(row.clone()).or_default() += 1;
                let here = left.get_mut(row.as_slice()).filter(|left| **left > 0);
                match here {
                    Some(left) => {
                        *left -= 1;
                        committed += 1;
                        // The same row may have gone out on a connection before, which was the one that was committed.
                        seen.must(!missing || self.rows[row] > 1, || {
                            "a row is there, and one before it on its connection is not".to_owned()
                        });
                    }
                    None => missing = true,
                }
            }
            self.records.add(delivery.acknowledged, committed);
        }
        for (row, times) in found {
            match self.rows.get_mut(row) {
                Some(sent) if *sent >= times => {
                    self.records_again += u64::try_from(times - 1).unwrap_or(0);
                    *sent -= times;
                }
                Some(_) => {
                    seen.complain(format!("a row stands {times} times in the journal: more than it was sent"))
                }
                None => seen.complain(format!("a row that nobody sent: {}", String::from_utf8_lossy(row))),
            }
        }
        self.deliveries.clear();
    }
}

impl fmt::Display for Journal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { events, records, .. } = self;
        write!(
            out,
            "DevLink3 {} entries acknowledged, {} in the journal, {} not (at most {} a kill); SMDR {} rows acknowledged, \
             {} in the journal ({} of them sent twice), {} lost (at most {} a kill)",
            events.acknowledged,
            events.committed,
            events.lost,
            events.most_lost,
            records.acknowledged,
            records.committed,
            self.records_again,
            records.lost,
            records.most_lost,
        )
    }
}
