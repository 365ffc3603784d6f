//! How the correlator's cost grows: with the number of calls (it must not), and with how many are open at once.

use crate::table::{Table, spread};
use correlate::Engine;
use model::fact::{
    CallState, CalledType, Device, DeviceKind, End, EndId, EndState, Equipment, Fact, LegId, NodeId,
    PartyLeft, Record, RecordDirection, Target,
};
use model::{At, Position, SiteId};
use std::borrow::Cow;
use std::time::Instant;

const SITE: SiteId = SiteId(1);
const BEGIN: i64 = 1_773_050_400_000;
const NODE: NodeId = NodeId(0xc0a8_2a01);
const FEW: u64 = 100_000;
const MANY: u64 = 1_000_000;
const OPEN: u64 = 20;
const SPILL: u64 = 1_000;
const RUNS: usize = 5;
/// A call every so many milliseconds, so that [`OPEN`] overlap.
const EVERY_MS: i64 = 3_000;
const FACTS_A_CALL: u64 = 5;

pub(crate) fn measure(table: &mut Table) {
    let ratios = (0..RUNS).map(|_| {
        let few = seconds(|| calls(FEW, OPEN));
        let many = seconds(|| calls(MANY, OPEN));
        many / (few * (MANY / FEW) as f64)
    });
    let (median, least, most) = spread(ratios.collect());
    table.row(
        "Correlating 1,000,000 calls, 20 open at a time",
        format!("{median:.2} times ({least:.2} to {most:.2})"),
        "1.3 times",
        "ten times 100,000 calls",
        format!("{median:.2}"),
    );
    let micros = (0..RUNS).map(|_| {
        let begun = Instant::now();
        calls(20 * SPILL, SPILL);
        begun.elapsed().as_secs_f64() * 1e6 / (20 * SPILL * FACTS_A_CALL) as f64
    });
    let calm = (0..RUNS).map(|_| {
        let begun = Instant::now();
        calls(20 * SPILL, OPEN);
        begun.elapsed().as_secs_f64() * 1e6 / (20 * SPILL * FACTS_A_CALL) as f64
    });
    let ((median, least, most), (calm, ..)) = (spread(micros.collect()), spread(calm.collect()));
    table.row(
        "A fact with 1,000 calls open at once",
        format!("{median:.1} µs ({least:.1} to {most:.1})"),
        "50 µs",
        "a fact with 20 open",
        format!("{:.2}", median / calm),
    );
}

fn seconds(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64()
}

/// Calls that ring, are answered and end, with a record each: half of them are to be joined by call id, half by likeness.
fn calls(count: u64, open: u64) {
    let mut engine = Engine::default();
    let mut teller = Teller { engine: &mut engine, seq: 0, told: 0 };
    teller.tell(At(BEGIN - 60_000), &Fact::SnapshotFollows);
    for step in 0..count + open {
        let now = At(BEGIN + step as i64 * EVERY_MS);
        if step < count {
            let number = number(step);
            teller.tell(now, &Fact::CallState(Box::new(ringing(step, &number))));
            teller.tell(now.plus_ms(1_500), &Fact::CallState(Box::new(talking(step, &number))));
        }
        if step >= open {
            let call = step - open;
            let talked = (open as i64 * EVERY_MS) / 1_000;
            teller.tell(now.plus_ms(1_600), &Fact::PartyLeft(left(call, 1)));
            teller.tell(now.plus_ms(1_610), &Fact::PartyLeft(left(call, 2)));
            let number = number(call);
            let record = record(call, &number, At(BEGIN + call as i64 * EVERY_MS), talked);
            teller.tell(now.plus_ms(1_700), &Fact::Record(Box::new(record)));
        }
    }
    engine.advance(At(BEGIN + (count + open) as i64 * EVERY_MS + 60_000));
    let mut told = 0;
    engine.drain(|_| told += 1);
    assert!(engine.open_calls().is_empty(), "every call ended");
}

struct Teller<'e> {
    engine: &'e mut Engine,
    seq: i64,
    told: u64,
}

impl Teller<'_> {
    fn tell(&mut self, at: At, fact: &Fact<'_>) {
        self.seq += 1;
        self.engine.handle(at, SITE, Position { seq: self.seq, index: 0 }, fact);
        self.engine.drain(|_| self.told += 1);
    }
}

fn leg(call: u64) -> LegId {
    LegId { node: NODE, call: call as u32 + 1 }
}

fn end(call: u64, party: u64) -> EndId {
    EndId((u64::from(NODE.0) << 32) | ((call * 4 + party) & 0xffff_ffff))
}

const EXTENSIONS: [&str; 10] = ["201", "202", "203", "204", "205", "206", "207", "208", "209", "210"];

fn extension(call: u64) -> &'static str {
    EXTENSIONS[(call % 10) as usize]
}

fn number(call: u64) -> String {
    format!("0207{:07}", call % 5_000_000)
}

fn trunk(call: u64, state: EndState, number: &str) -> End<'_> {
    End {
        id: end(call, 1),
        came_in: true,
        state,
        audio: true,
        public_line: true,
        equipment: Equipment::SIP_TRUNK,
        did: "5678",
        cli: number,
        cli_presentation: 100,
        ..End::default()
    }
}

fn ringing(call: u64, number: &str) -> CallState<'_> {
    let target = Target {
        id: end(call, 2),
        equipment: Equipment::H323_PHONE,
        identity: extension(call),
        called_type: CalledType(0),
        ..Target::default()
    };
    CallState {
        leg: leg(call),
        a: trunk(call, EndState::RINGBACK, number),
        targets: vec![target],
        ..CallState::default()
    }
}

fn talking(call: u64, number: &str) -> CallState<'_> {
    let phone = End {
        id: end(call, 2),
        state: EndState::CONNECTED,
        audio: true,
        equipment: Equipment::H323_PHONE,
        identity: extension(call),
        ..End::default()
    };
    let a = trunk(call, EndState::CONNECTED, number);
    CallState { leg: leg(call), a, b: Some(phone), ..CallState::default() }
}

fn left(call: u64, party: u64) -> PartyLeft {
    PartyLeft {
        node: NODE,
        end: end(call, party),
        cleared_inbound: party == 1,
        cause: 16,
        stamp_tenths: None,
        transit: false,
    }
}

fn record(call: u64, number: &str, started_at: At, talked: i64) -> Record<'_> {
    let device = |kind, code: &'static str| Device {
        kind,
        code: Cow::Borrowed(code),
        number: Cow::Borrowed(code),
        name: Cow::Borrowed(""),
    };
    Record {
        started_at,
        connected_seconds: talked as u32,
        ring_seconds: 2,
        caller: Cow::Borrowed(number),
        direction: RecordDirection::In,
        called_number: Cow::Borrowed(extension(call)),
        dialled_number: Cow::Borrowed("5678"),
        call_id: 1_000_000 + call,
        party1: device(DeviceKind::Extension, extension(call)),
        party2: device(DeviceKind::Trunk, "9001"),
        caller_leg: call.is_multiple_of(2).then(|| leg(call)),
        digest: u128::from(call),
        ..Record::default()
    }
}
