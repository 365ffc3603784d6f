//! SMDR lines.

use crate::plain;
use model::fact::{Device, Record};
use smdr::lines::MAX_LINE_BYTES;
use smdr::{Complaint, Line, Reading, SiteClock, detached, encoding, facts, read};

/// A zone with a doubled and a skipped hour.
const ZONE: &str = "Europe/Berlin";

/// Longest length of a call, in seconds.
const YEAR_SECONDS: u32 = 366 * 24 * 3600;
/// 1994-12-31 and 2101-01-02: starts lie between, whatever the zone.
const STARTS_SECONDS: std::ops::Range<i64> = 788_832_000..4_134_153_600;

/// Each line has one answer; a record's figures are within their bounds and its texts no longer than its line; line ends,
/// NULs and blanks around a line change nothing of it; rows of too few and too many fields are told as such; what cannot
/// be read is kept as it came.
pub fn smdr_lines(data: &[u8]) {
    let mut clock = SiteClock::new(ZONE).expect("a zone");
    let lines = plain::lines(data);
    let mut told = 0;
    facts(data, &mut clock, |index, line| {
        assert_eq!(index, told, "one answer for each line, in order");
        told += 1;
        if let Line::Complaint { raw, .. } = line {
            assert_eq!(raw, lines[index as usize], "the quarantine gets the line as it came");
        }
    });
    assert_eq!(told as usize, lines.len(), "each line is accounted for");
    let mut clock = SiteClock::new(ZONE).expect("a zone");
    for line in lines {
        one(line, &mut clock);
    }
}

fn one(line: &[u8], clock: &mut SiteClock) {
    let before = clock.clone();
    let reading = read(line, clock);
    let around = [&b"\0\0"[..], line, b" \0\r"].concat();
    if around.len() < MAX_LINE_BYTES {
        assert_eq!(read(&around, &mut before.clone()), reading, "what stands around a line is not of it");
    }
    match &reading {
        Reading::Record(record) => within_bounds(record, line),
        Reading::Complaint { reason } => is_right(*reason, line),
        Reading::Header | Reading::Blank => {}
    }
}

fn within_bounds(record: &Record<'_>, line: &[u8]) {
    for seconds in [record.connected_seconds, record.ring_seconds, record.hold_seconds, record.park_seconds] {
        assert!(seconds <= YEAR_SECONDS, "{seconds} seconds");
    }
    let started = record.started_at.0.div_euclid(1_000);
    assert!(STARTS_SECONDS.contains(&started), "a start at {started}");
    let of_device = |device: &Device<'_>| device.code.len() + device.number.len() + device.name.len();
    let texts = [&record.caller, &record.called_number, &record.dialled_number, &record.account];
    let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
    let longest = longest.max(of_device(&record.party1)).max(of_device(&record.party2));
    // A byte of Windows-1252 takes three in UTF-8; a device's number stands within its code.
    assert!(longest <= 6 * line.len(), "{longest} bytes of text out of {}", line.len());
    assert_eq!(&detached(record.clone()), record, "a copy is the same");
}

fn is_right(complaint: Complaint, line: &[u8]) {
    let fields = encoding::text(line).split(',').count();
    match complaint {
        Complaint::TooFewFields { found } => assert_eq!(found, fields, "too few"),
        Complaint::TooManyFields { found } => assert_eq!(found, fields, "too many"),
        Complaint::TooLong => assert!(line.len() >= MAX_LINE_BYTES, "a line of {} bytes", line.len()),
        _ => assert!((17..=64).contains(&fields), "{complaint:?} of {fields} fields"),
    }
}
