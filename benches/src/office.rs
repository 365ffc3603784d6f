//! Event payloads of a busy office: twenty calls open at a time, each ringing, answered, held, resumed and ended.

use devlink3::delta3::write;
use devlink3::event::EventWriter;
use model::fact::{
    CAUSE_NORMAL, CallState, End, EndId, EndState, Equipment, Fact, LegId, NodeId, PartyLeft, Target,
};

const NODE: NodeId = NodeId(0xc0a8_2a03);
const OPEN_AT_ONCE: usize = 20;
/// Ringing, answered, held, resumed, and a party-left for each end.
pub(crate) const EVENTS_PER_CALL: usize = 6;

/// Payloads of `calls` calls, as they stand in DevLink3 event frames.
pub(crate) fn payloads(calls: usize) -> Vec<Vec<u8>> {
    let mut payloads = Vec::with_capacity(calls * EVENTS_PER_CALL);
    for first in (0..calls).step_by(OPEN_AT_ONCE) {
        for step in 0..EVENTS_PER_CALL {
            for call in first..(first + OPEN_AT_ONCE).min(calls) {
                payloads.push(payload(payloads.len(), call, step));
            }
        }
    }
    payloads
}

/// One step of call number `call`.
pub(crate) fn payload(counter: usize, call: usize, step: usize) -> Vec<u8> {
    let extension = (200 + call % OPEN_AT_ONCE).to_string();
    let number = format!("0170{:07}", call % 10_000_000);
    let channel = format!("5.{}", call % OPEN_AT_ONCE + 1);
    let trunk_id = EndId(0xc0a8_2a03_0000_0000 + call as u64 * 2);
    let phone_id = EndId(trunk_id.0 + 1);
    let trunk = End {
        id: trunk_id,
        came_in: true,
        state: if step == 0 { EndState::RINGBACK } else { EndState::CONNECTED },
        audio: true,
        public_line: true,
        equipment: Equipment::ISDN_TRUNK,
        equipment_type: 2,
        description: &channel,
        did: "5678",
        cli: &number,
        cli_presentation: 100,
        ..End::default()
    };
    let phone = End {
        id: phone_id,
        state: EndState::CONNECTED,
        audio: step != 2,
        equipment: Equipment::TDM_PHONE,
        equipment_type: 106,
        identity: &extension,
        ..End::default()
    };
    let target = Target {
        id: phone_id,
        equipment: Equipment::TDM_PHONE,
        equipment_type: 106,
        identity: &extension,
        ..Target::default()
    };
    let left = |end, cleared_inbound| {
        Fact::PartyLeft(PartyLeft {
            node: NODE,
            end,
            cleared_inbound,
            cause: CAUSE_NORMAL,
            stamp_tenths: None,
            transit: false,
        })
    };
    let fact = match step {
        0 => Fact::CallState(Box::new(CallState {
            leg: LegId { node: NODE, call: call as u32 },
            current_group: "300",
            a: trunk,
            targets: vec![target],
            ..CallState::default()
        })),
        1..=3 => Fact::CallState(Box::new(CallState {
            leg: LegId { node: NODE, call: call as u32 },
            current_group: "300",
            a: trunk,
            b: Some(phone),
            ..CallState::default()
        })),
        4 => left(phone_id, true),
        _ => left(trunk_id, false),
    };
    let mut text = String::new();
    write::fact(&fact, &mut text);
    let mut event = EventWriter::new(NODE, u32::try_from(counter % (1 << 31)).unwrap_or(0) + 1);
    match event.delta3(&text) {
        Ok(()) => event.into_payload(),
        Err(error) => panic!("an event of the bench cannot be written: {error}"),
    }
}
