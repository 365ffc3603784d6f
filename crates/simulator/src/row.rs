//! SMDR rows of a call that was played: fields 1 to 30, and 31 to 34 where the call has them.

use crate::script::{PlannedEvent, RecordLegs, RowPlan, Script};
use crate::truth::local;
use jiff::tz::TimeZone;
use model::fact::LegId;
use model::{At, Direction, EventKind};

/// Fields 18 to 30 (authorisation, charges, external targeting), which this office leaves empty.
const EMPTY_FIELDS: usize = 13;

/// The call's rows in the order in which the PBX prints them, each with its line end.
pub(crate) fn rows(script: &Script, times: &[At], zone: &TimeZone) -> Vec<Vec<u8>> {
    let last = script.rows.len().saturating_sub(1);
    script
        .rows
        .iter()
        .enumerate()
        .map(|(place, plan)| row(script, plan, times, zone, if place < last { "1" } else { "0" }))
        .collect()
}

fn row(script: &Script, plan: &RowPlan, times: &[At], zone: &TimeZone, continuation: &str) -> Vec<u8> {
    let lengths = Lengths::of(script, plan, times);
    let start = local(times.first().copied().unwrap_or_default(), zone);
    let connected = seconds_up(lengths.connected_ms);
    let mut fields = vec![
        start.strftime("%Y/%m/%d %H:%M:%S").to_string(),
        format!("{:02}:{:02}:{:02}", connected / 3600, connected / 60 % 60, connected % 60),
        seconds_up(lengths.ring_ms).to_string(),
        script.caller.clone(),
        match script.direction {
            Direction::Inbound => "I".to_owned(),
            Direction::Outbound | Direction::Internal => "O".to_owned(),
        },
        script.called.clone(),
        script.dialled.clone(),
        String::new(),
        match script.direction {
            Direction::Internal => "1".to_owned(),
            Direction::Inbound | Direction::Outbound => "0".to_owned(),
        },
        script.record_id.to_string(),
        continuation.to_owned(),
        plan.party1.code.clone(),
        plan.party1.name.clone(),
        plan.party2.code.clone(),
        plan.party2.name.clone(),
        seconds_up(lengths.hold_ms).to_string(),
        "0".to_owned(),
    ];
    fields.extend(std::iter::repeat_n(String::new(), EMPTY_FIELDS));
    if let Some(RecordLegs { caller, called }) = script.record_legs {
        for LegId { node, call } in [caller, called] {
            fields.push(node.address().to_string());
            fields.push(call.to_string());
        }
    }
    format!("{}\r\n", fields.join(",")).into_bytes()
}

#[derive(Default)]
struct Lengths {
    connected_ms: i64,
    ring_ms: i64,
    hold_ms: i64,
}

impl Lengths {
    fn of(script: &Script, plan: &RowPlan, times: &[At]) -> Self {
        let mut lengths = Self::default();
        let stretch = plan.main_events.len();
        for event in script.main_events().skip(plan.main_events.start).take(stretch) {
            lengths.add(event, times);
        }
        lengths
    }

    /// Ring time is everything before the answer, queueing and dialling included.
    fn add(&mut self, event: &PlannedEvent, times: &[At]) {
        let (Some(from), Some(to)) = (times.get(event.from), times.get(event.to)) else {
            return;
        };
        let ms = to.ms_since(*from);
        match event.kind {
            EventKind::Talking | EventKind::Voicemail | EventKind::AutoAttendant | EventKind::Conference => {
                self.connected_ms += ms;
            }
            EventKind::Ringing
            | EventKind::Queue
            | EventKind::Dialing
            | EventKind::Overflow
            | EventKind::Busy => {
                self.ring_ms += ms;
            }
            EventKind::Hold | EventKind::TransferHold | EventKind::Park => self.hold_ms += ms,
            EventKind::Transfer | EventKind::Listen | EventKind::Callback => {}
        }
    }
}

/// The PBX rounds lengths up to the next second.
fn seconds_up(ms: i64) -> i64 {
    (ms.max(0) + 999) / 1000
}
