//! One line to one record, or to a complaint that says why it is none.

use crate::complaint::{Complaint, Field};
use crate::fields::Fields;
use crate::local_time::LocalTime;
use crate::quirks::{self, Placement};
use crate::site_clock::SiteClock;
use crate::values::{clock_seconds, digits, party_number, seconds};
use crate::{device, encoding, lines, owned, tail};
use model::fact::{Device, DeviceKind, Record, RecordDirection};
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_128;

/// What a line is.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "boxing would cost an allocation for each of a million rows")]
pub enum Reading<'a> {
    Record(Record<'a>),
    /// The names of the fields, as the old Delta Server writes at the top of its files.
    Header,
    Blank,
    /// No record. Keep the line, and put this beside it.
    Complaint {
        reason: Complaint,
    },
}

/// Reads a line, with or without its end. A record borrows from the line unless the line is Windows-1252 or holds
/// control characters. Its times are those that `clock` gives; access digits are left on the numbers.
pub fn read<'a>(line: &'a [u8], clock: &mut SiteClock) -> Reading<'a> {
    if lines::is_overlong(line) {
        return Reading::Complaint { reason: Complaint::TooLong };
    }
    let row = lines::bare(line);
    if row.is_empty() {
        return Reading::Blank;
    }
    if is_header(row) {
        return Reading::Header;
    }
    let read = match encoding::text(row) {
        Cow::Borrowed(text) => read_row(text, xxh3_128(row), clock),
        Cow::Owned(text) => read_row(&text, xxh3_128(row), clock).map(owned::detached),
    };
    match read {
        Ok(record) => Reading::Record(record),
        Err(reason) => Reading::Complaint { reason },
    }
}

/// The line names the fields instead of filling them.
pub(crate) fn is_header(row: &[u8]) -> bool {
    let row = row.strip_prefix(b"\"").unwrap_or(row);
    row.get(..HEADER.len()).is_some_and(|start| start.eq_ignore_ascii_case(HEADER))
}

const HEADER: &[u8] = b"call start";

fn read_row<'a>(text: &'a str, digest: u128, clock: &mut SiteClock) -> Result<Record<'a>, Complaint> {
    let fields = Fields::of(text)?;
    let started = LocalTime::parse(fields.get(0))?;
    let connected_seconds =
        clock_seconds(fields.get(1)).ok_or(Complaint::Unreadable(Field::ConnectedTime))?;
    let ring_seconds = seconds(fields.get(2)).ok_or(Complaint::Unreadable(Field::RingTime))?;
    let at = quirks::place(&fields)?;
    let call_id = digits(fields.get(at.call_id())).ok_or(Complaint::Unreadable(Field::CallId))?;
    let party1 = party(&fields, at.device1(), at.name1());
    let party2 = party(&fields, at.device2(), at.name2());
    let caller = party_number(span(&fields, at.caller()));
    let is_internal = is_internal(fields.get(at.is_internal()), caller, &party1, &party2);
    let tail = tail::read(&fields, at.tail());
    Ok(Record {
        started_at: clock.instant(started, call_id),
        connected_seconds,
        ring_seconds,
        caller: Cow::Borrowed(caller),
        direction: direction(&fields, at),
        called_number: Cow::Borrowed(party_number(fields.get(at.called_number()))),
        dialled_number: Cow::Borrowed(party_number(fields.get(at.dialled_number()))),
        account: Cow::Borrowed(span(&fields, at.account())),
        is_internal,
        call_id,
        continues: fields.get(at.continuation()) == "1",
        party1,
        party2,
        hold_seconds: seconds(fields.get(at.hold_time())).ok_or(Complaint::Unreadable(Field::HoldTime))?,
        park_seconds: seconds(fields.get(at.park_time())).ok_or(Complaint::Unreadable(Field::ParkTime))?,
        charge: tail.charge,
        targeting_cause: Cow::Borrowed(tail.targeting_cause),
        targeter: Cow::Borrowed(tail.targeter),
        targeted_number: Cow::Borrowed(tail.targeted_number),
        caller_leg: tail.caller_leg,
        called_leg: tail.called_leg,
        digest,
    })
}

fn direction(fields: &Fields<'_>, at: Placement) -> RecordDirection {
    match fields.get(at.direction()) {
        "I" => RecordDirection::In,
        _ => RecordDirection::Out,
    }
}

fn party<'a>(fields: &Fields<'a>, code: usize, name: (usize, usize)) -> Device<'a> {
    device::device(fields.get(code), span(fields, name))
}

fn span<'a>(fields: &Fields<'a>, (from, to): (usize, usize)) -> &'a str {
    fields.span(from, to)
}

/// The flag, or what the row itself shows: two extensions, one of them the caller. Some releases print internal calls
/// with direction I and flag 0; an outside caller on a twinned phone is not the number of either party.
fn is_internal(flag: &str, caller: &str, party1: &Device<'_>, party2: &Device<'_>) -> bool {
    let both_inside = party1.kind == DeviceKind::Extension && party2.kind == DeviceKind::Extension;
    let caller_is_party = !caller.is_empty() && (caller == party1.number || caller == party2.number);
    flag != "0" || (both_inside && caller_is_party)
}
