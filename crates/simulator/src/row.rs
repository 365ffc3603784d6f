//! SMDR rows of a call that was played: fields 1 to 30, and 31 to 34 where the call has them.

use crate::script::{Length, RecordLegs, RecordPlan, RowPlan};
use crate::truth::local;
use jiff::tz::TimeZone;
use model::fact::LegId;
use model::{At, Direction};

/// Fields 18 to 27 (authorisation, charges), which this office leaves empty.
const EMPTY_FIELDS: usize = 10;

/// A record's rows in the order in which the PBX prints them, each with its line end. `times` are those of the steps, by
/// the PBX's clock.
pub(crate) fn rows(record: &RecordPlan, times: &[At], zone: &TimeZone) -> Vec<Vec<u8>> {
    let last = record.rows.len().saturating_sub(1);
    record
        .rows
        .iter()
        .enumerate()
        .map(|(place, plan)| row(record, plan, times, zone, if place < last { "1" } else { "0" }))
        .collect()
}

fn row(record: &RecordPlan, plan: &RowPlan, times: &[At], zone: &TimeZone, continuation: &str) -> Vec<u8> {
    let seconds = |length| seconds_up(length_ms(plan, length, times));
    let start = local(times.get(record.from).copied().unwrap_or_default(), zone);
    let connected = seconds(Length::Connected);
    let mut fields = vec![
        start.strftime("%Y/%m/%d %H:%M:%S").to_string(),
        format!("{:02}:{:02}:{:02}", connected / 3600, connected / 60 % 60, connected % 60),
        seconds(Length::Ring).to_string(),
        record.caller.clone(),
        match record.direction {
            Direction::Inbound => "I".to_owned(),
            Direction::Outbound | Direction::Internal => "O".to_owned(),
        },
        record.called.clone(),
        record.dialled.clone(),
        String::new(),
        match record.direction {
            Direction::Internal => "1".to_owned(),
            Direction::Inbound | Direction::Outbound => "0".to_owned(),
        },
        record.id.to_string(),
        continuation.to_owned(),
        plan.party1.code.clone(),
        plan.party1.name.clone(),
        plan.party2.code.clone(),
        plan.party2.name.clone(),
        seconds(Length::Hold).to_string(),
        seconds(Length::Park).to_string(),
    ];
    fields.extend(std::iter::repeat_n(String::new(), EMPTY_FIELDS));
    fields.push(plan.targeting.cause.to_owned());
    fields.push(plan.targeting.by.clone());
    fields.push(plan.targeting.number.clone());
    if let Some(RecordLegs { caller, called }) = record.legs {
        for LegId { node, call } in [caller, called] {
            fields.push(node.address().to_string());
            fields.push(call.to_string());
        }
    }
    format!("{}\r\n", fields.join(",")).into_bytes()
}

fn length_ms(plan: &RowPlan, length: Length, times: &[At]) -> i64 {
    let spans = plan.spans.iter().filter(|span| span.counts_as == length);
    spans.filter_map(|span| Some(times.get(span.to)?.ms_since(*times.get(span.from)?))).sum()
}

/// The PBX rounds lengths up to the next second.
fn seconds_up(ms: i64) -> i64 {
    (ms.max(0) + 999) / 1000
}
