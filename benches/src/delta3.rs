//! Delta3 bytes to calls, without disk, on one core.

use crate::office::payloads;
use crate::table::{RUNS, Table, spread};
use correlate::Engine;
use model::{At, Position, SiteId};
use std::time::Instant;

const CALLS: usize = 50_000;
/// The desk hands over what became known once per commit.
const EVENTS_PER_COMMIT: usize = 64;

pub(crate) fn measure(table: &mut Table) {
    let payloads = payloads(CALLS);
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(per_second(payloads.len(), || calls_of(&payloads)));
        plain.push(per_second(payloads.len(), || commas_in(&payloads)));
    }
    let ((ours, least, most), (plain, ..)) = (spread(ours), spread(plain));
    table.row(
        "Delta3 bytes to calls, one core, no disk",
        format!("{ours:.0} events/s ({least:.0} to {most:.0})"),
        "500,000 events/s",
        "a loop that counts the commas of the same bytes",
        format!("{:.3}", ours / plain),
    );
}

fn calls_of(payloads: &[Vec<u8>]) -> usize {
    let mut engine = Engine::default();
    let mut scratch = devlink3::Scratch::default();
    let mut outputs = 0;
    for (seq, payload) in payloads.iter().enumerate() {
        let at = At(1_773_050_400_000 + seq as i64);
        let mut index = 0;
        let read = devlink3::facts(payload, &mut scratch, |fact| {
            engine.handle(at, SiteId(1), Position { seq: seq as i64 + 1, index }, &fact);
            index += 1;
        });
        assert!(read.is_ok(), "the bench's events can be read");
        if seq % EVENTS_PER_COMMIT == 0 {
            engine.drain(|_| outputs += 1);
        }
    }
    engine.drain(|_| outputs += 1);
    assert!(outputs >= CALLS, "every call was told: {outputs}");
    outputs
}

fn commas_in(payloads: &[Vec<u8>]) -> usize {
    payloads.iter().map(|payload| payload.iter().filter(|byte| **byte == b',').count()).sum()
}

fn per_second(count: usize, work: impl FnOnce() -> usize) -> f64 {
    let begun = Instant::now();
    std::hint::black_box(work());
    count as f64 / begun.elapsed().as_secs_f64()
}
