//! What is yes or no about a call or a part in it, as bits: counting is adding bits up.

use super::marks::Marks;
use super::office::Service;
use crate::leaf::{Column, Leaf, NO_CHARGE, mark, part};
use model::CallId;

pub(crate) const ALL: u64 = 1;
pub(crate) const INBOUND: u64 = 1 << 1;
pub(crate) const OUTBOUND: u64 = 1 << 2;
pub(crate) const INTERNAL: u64 = 1 << 3;
/// Inbound, no short abandon.
pub(crate) const OFFERED: u64 = 1 << 4;
pub(crate) const ANSWERED: u64 = 1 << 5;
/// No short abandon.
pub(crate) const ABANDONED: u64 = 1 << 6;
pub(crate) const ON_HOLD: u64 = 1 << 7;
pub(crate) const SHORT: u64 = 1 << 8;
pub(crate) const LOST: u64 = 1 << 9;
pub(crate) const UNANSWERED: u64 = 1 << 10;
pub(crate) const VOICEMAIL: u64 = 1 << 11;
pub(crate) const MISSED: u64 = 1 << 12;
pub(crate) const EMERGENCY: u64 = 1 << 13;
pub(crate) const CONFERENCE: u64 = 1 << 14;
pub(crate) const QUEUED: u64 = 1 << 15;
pub(crate) const RECORDED: u64 = 1 << 16;
pub(crate) const SCORED: u64 = 1 << 17;
pub(crate) const ANSWERED_IN: u64 = 1 << 18;
/// Inbound, answered within the service level's time.
pub(crate) const SERVED: u64 = 1 << 19;
/// Inbound, answered, its beginning seen.
pub(crate) const TIMED: u64 = 1 << 20;
pub(crate) const RANG: u64 = 1 << 21;
pub(crate) const HELD: u64 = 1 << 22;
/// Abandoned without an answer, no short abandon.
pub(crate) const GAVE_UP: u64 = 1 << 23;
/// Abandoned without an answer, short ones too.
pub(crate) const GAVE_UP_EVER: u64 = 1 << 24;
/// Has an outside number.
pub(crate) const NUMBERED: u64 = 1 << 25;
pub(crate) const CHARGED: u64 = 1 << 26;
/// The channel of its trunk is known.
pub(crate) const CHANNELLED: u64 = 1 << 27;
/// Outbound and answered: the rates apply.
pub(crate) const SOLD: u64 = 1 << 28;
/// The rate table has a rate.
pub(crate) const COSTED: u64 = 1 << 29;

/// Bits of a part stand above those of its call.
const PART_SHIFT: u32 = 40;
pub(crate) const PART_RANG: u64 = (part::RANG as u64) << PART_SHIFT;
pub(crate) const PART_TALKED: u64 = (part::TALKED as u64) << PART_SHIFT;
pub(crate) const PART_MISSED: u64 = (part::MISSED as u64) << PART_SHIFT;
pub(crate) const PART_CONFERENCE: u64 = (part::CONFERENCE as u64) << PART_SHIFT;
pub(crate) const PART_HELD: u64 = (part::HELD as u64) << PART_SHIFT;
pub(crate) const PART_PRESENTED: u64 = (part::PRESENTED as u64) << PART_SHIFT;
pub(crate) const PART_QUEUED: u64 = (part::QUEUED as u64) << PART_SHIFT;
/// Rang and talked.
pub(crate) const PART_PICKED_UP: u64 = 1 << 60;

/// Flags that need to know which abandons are short.
const BY_LENGTH: u64 = OFFERED | ABANDONED | SHORT | LOST | GAVE_UP;

/// Columns that the flags in `wanted` rest on.
pub(crate) fn columns(wanted: u64) -> Vec<Column> {
    let mut columns = vec![Column::Marks];
    for (flags, column) in [
        (BY_LENGTH, Column::Total),
        (SERVED, Column::AnsweredAfter),
        (NUMBERED, Column::Outside),
        (CHARGED, Column::Charge),
        (CHANNELLED, Column::Trunk),
        (RECORDED | SCORED, Column::Id),
    ] {
        if wanted & flags != 0 {
            columns.push(column);
        }
    }
    columns
}

/// Of each call; flags that are not `wanted` may be missing.
pub(crate) fn of_calls(leaf: &Leaf, marks: &Marks, service: Service, wanted: u64) -> Vec<u64> {
    let bits = leaf.numbers(Column::Marks);
    let mut flags: Vec<u64> = if wanted & BY_LENGTH == 0 {
        bits.iter().map(|bits| of_marks(*bits, i64::MAX, 0)).collect()
    } else {
        let short_ms = i64::from(service.short_seconds) * 1_000;
        let totals = leaf.numbers(Column::Total);
        bits.iter().zip(totals).map(|(bits, total)| of_marks(*bits, *total, short_ms)).collect()
    };
    if wanted & SERVED != 0 {
        let in_time_ms = i64::from(service.seconds) * 1_000;
        for (flags, after) in flags.iter_mut().zip(leaf.numbers(Column::AnsweredAfter)) {
            let served = *flags & TIMED != 0 && *after <= in_time_ms;
            *flags |= when(SERVED, served);
        }
    }
    if wanted & CHARGED != 0 {
        for (flags, charge) in flags.iter_mut().zip(leaf.numbers(Column::Charge)) {
            *flags |= when(CHARGED, *charge != NO_CHARGE);
        }
    }
    if wanted & NUMBERED != 0 {
        set_by_entry(&mut flags, leaf, Column::Outside, NUMBERED, |number| !number.is_empty());
    }
    if wanted & CHANNELLED != 0 {
        set_by_entry(&mut flags, leaf, Column::Trunk, CHANNELLED, |trunk| trunk.contains('.'));
    }
    if wanted & (RECORDED | SCORED) != 0 {
        for (flags, id) in flags.iter_mut().zip(leaf.numbers(Column::Id)) {
            *flags |= when(RECORDED, marks.recorded(CallId(*id)).recordings > 0);
            *flags |= when(SCORED, marks.scored(CallId(*id)).scorecards > 0);
        }
    }
    flags
}

/// Of a part, to be joined with its call's.
pub(crate) fn of_part(bits: i64) -> u64 {
    let picked_up = bits & (part::RANG | part::TALKED) == part::RANG | part::TALKED;
    ((bits as u64 & 0xff) << PART_SHIFT) | when(PART_PICKED_UP, picked_up)
}

/// Decided once for each entry of a dictionary, by its first text.
fn set_by_entry(flags: &mut [u64], leaf: &Leaf, column: Column, flag: u64, is: impl Fn(&str) -> bool) {
    let texts = leaf.texts(column);
    let of_entry: Vec<u64> = (0..texts.len()).map(|entry| when(flag, is(texts.get(entry, 0)))).collect();
    for (flags, code) in flags.iter_mut().zip(leaf.numbers(column)) {
        *flags |= of_entry[*code as usize];
    }
}

fn of_marks(bits: i64, total_ms: i64, short_ms: i64) -> u64 {
    let direction = match bits & mark::DIRECTION {
        0 => INBOUND,
        1 => OUTBOUND,
        _ => INTERNAL,
    };
    let has = |mark: i64| bits & mark != 0;
    let inbound = direction == INBOUND;
    let answered = has(mark::ANSWERED);
    let abandoned = has(mark::ABANDONED);
    let gave_up = abandoned && !answered;
    let short = gave_up && total_ms < short_ms;
    ALL | direction
        | when(OFFERED, inbound && !short)
        | when(ANSWERED, answered)
        | when(ABANDONED, abandoned && !short)
        | when(ON_HOLD, has(mark::ON_HOLD))
        | when(SHORT, short)
        | when(LOST, has(mark::LOST) && !short)
        | when(UNANSWERED, !answered)
        | when(VOICEMAIL, has(mark::VOICEMAIL))
        | when(MISSED, has(mark::MISSED))
        | when(EMERGENCY, has(mark::EMERGENCY))
        | when(CONFERENCE, has(mark::CONFERENCE))
        | when(QUEUED, has(mark::QUEUED))
        | when(ANSWERED_IN, inbound && answered)
        | when(TIMED, inbound && answered && has(mark::START_KNOWN))
        | when(RANG, has(mark::RANG))
        | when(HELD, has(mark::HELD))
        | when(GAVE_UP, gave_up && !short)
        | when(GAVE_UP_EVER, gave_up)
        | when(SOLD, direction == OUTBOUND && answered)
}

/// Without a branch: most of them are as likely as not.
fn when(flag: u64, is: bool) -> u64 {
    flag * u64::from(is)
}
