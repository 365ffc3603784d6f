//! Rows to records: every published row, and what goes wrong in the field.

use model::At;
use model::fact::{DeviceKind, LegId, NodeId, Record, RecordDirection};
use smdr::{Complaint, Field, Line, Reading, SiteClock, facts, read};

/// The manuals' rows carry no zone; UTC makes instants comparable by eye.
fn clock() -> SiteClock {
    SiteClock::new("UTC").expect("UTC is a zone")
}

fn with_records(bytes: &[u8], look: impl FnOnce(&[Record<'_>])) {
    let mut clock = clock();
    let mut owned: Vec<Vec<u8>> = Vec::new();
    facts(bytes, &mut clock, |index, line| match line {
        Line::Record(_) => {
            owned.push(bytes.split(|byte| *byte == b'\n').nth(index as usize).unwrap().to_vec())
        }
        Line::Complaint { reason, .. } => panic!("line {index} is a record: {reason}"),
        Line::Skipped => panic!("line {index} is a record, not skipped"),
    });
    let records: Vec<Record<'_>> = owned
        .iter()
        .map(|line| match read(line, &mut clock) {
            Reading::Record(record) => record,
            other => panic!("read twice, read differently: {other:?}"),
        })
        .collect();
    look(&records);
}

fn complaint(line: &[u8]) -> Complaint {
    match read(line, &mut clock()) {
        Reading::Complaint { reason } => reason,
        other => panic!("{:?} should not be read as {other:?}", String::from_utf8_lossy(line)),
    }
}

fn digest(line: &[u8]) -> u128 {
    match read(line, &mut clock()) {
        Reading::Record(record) => record.digest,
        other => panic!("a record: {other:?}"),
    }
}

/// Seconds since 1970 of a UTC time of day on 2008-06-28, the day of most rows of the manual.
fn june_28(hour: i64, minute: i64, second: i64) -> At {
    At::from_seconds(1_214_611_200 + hour * 3600 + minute * 60 + second)
}

const ROW: &str =
    "2026/03/09 14:05:00,00:00:05,7,01707299900,I,403,390664,,0,1000013,0,E403,Ann,T9001,Line 1.2,0,0";

#[test]
fn a_live_row_with_charges_and_legs() {
    with_records(include_bytes!("fixtures/outbound_with_charges_and_legs.csv"), |records| {
        let [record] = records else { panic!("one row") };
        assert_eq!((record.connected_seconds, record.ring_seconds), (38, 9), "fields 2 and 3");
        assert_eq!(
            (record.caller.as_ref(), record.direction),
            ("12", RecordDirection::Out),
            "fields 4 and 5"
        );
        assert_eq!(record.called_number, "99040", "field 6, access digits left on it");
        assert_eq!(record.dialled_number, "00540299040", "field 7");
        assert_eq!(
            (record.call_id, record.continues, record.is_internal),
            (1_009_687, false, false),
            "fields 9 to 11"
        );
        assert_eq!((record.party1.code.as_ref(), record.party1.name.as_ref()), ("E12", "Zim12"), "party 1");
        assert_eq!(
            (record.party2.kind, record.party2.number.as_ref()),
            (DeviceKind::Trunk, "1"),
            "party 2 is line 1"
        );
        let charge = record.charge.as_ref().expect("the row is charged");
        assert_eq!(
            (charge.user.as_ref(), charge.amount_ten_thousandths),
            ("Zim12", 618),
            "padded with blanks"
        );
        assert_eq!(
            (record.targeting_cause.as_ref(), record.targeter.as_ref()),
            ("U", "Zim12"),
            "fields 28 and 29"
        );
        let node = NodeId(0xc0a8_0082);
        assert_eq!(record.caller_leg, Some(LegId { node, call: 38_411 }), "fields 31 and 32");
        assert_eq!(record.called_leg, Some(LegId { node, call: 38_414 }), "fields 33 and 34");
    });
}

#[test]
fn a_lost_inbound_call() {
    with_records(include_bytes!("fixtures/lost_inbound.csv"), |records| {
        let [record] = records else { panic!("one row") };
        assert_eq!(record.started_at, june_28(9, 28, 41), "field 1");
        assert_eq!(
            (record.connected_seconds, record.ring_seconds),
            (0, 9),
            "it rang 9 s and was never answered"
        );
        assert_eq!(
            (record.party1.number.as_ref(), record.party1.name.as_ref()),
            ("4324", "Joe Bloggs"),
            "whose phone"
        );
        assert_eq!(record.party2.number, "161", "T9161 is line 161, whatever its name says");
        assert!(record.charge.is_none() && record.caller_leg.is_none(), "empty fields say nothing");
    });
}

#[test]
fn a_call_answered_by_voicemail_where_the_flag_is_a_letter() {
    with_records(include_bytes!("fixtures/answered_by_voicemail_with_letter_i.csv"), |records| {
        let [record] = records else { panic!("one row") };
        assert!(record.is_internal, "the letter I stands for 1");
        assert_eq!(record.party2.kind, DeviceKind::Voicemail, "V9051 is named as a voicemail channel");
    });
}

#[test]
fn a_call_transferred_to_voicemail_is_two_rows_of_one_call() {
    with_records(include_bytes!("fixtures/transferred_to_voicemail.csv"), |records| {
        let [first, last] = records else { panic!("two rows") };
        assert_eq!(
            (first.call_id, first.started_at),
            (last.call_id, last.started_at),
            "one id and one start"
        );
        assert_eq!((first.continues, last.continues), (true, false), "the first announces the second");
        assert_eq!(first.hold_seconds, 11, "held while it was transferred");
        assert_eq!(
            (last.party1.kind, last.party1.number.as_ref()),
            (DeviceKind::Voicemail, "2"),
            "voicemail is party 1"
        );
        assert_eq!(last.party2.kind, DeviceKind::Trunk, "the caller's trunk is party 2");
    });
}

#[test]
fn an_external_inbound_call_keeps_the_ddi() {
    with_records(include_bytes!("fixtures/external_inbound.csv"), |records| {
        let [record] = records else { panic!("one row") };
        assert_eq!(
            (record.called_number.as_ref(), record.dialled_number.as_ref()),
            ("403", "390664"),
            "target and DDI"
        );
        assert_eq!((record.direction, record.is_internal), (RecordDirection::In, false), "inbound");
    });
}

#[test]
fn internal_calls_are_internal() {
    with_records(include_bytes!("fixtures/internal.csv"), |records| {
        let [record] = records else { panic!("one row") };
        assert!(record.is_internal, "field 9 is 1");
        assert_eq!(record.party2.name, "John Smith", "the other colleague");
    });
    with_records(include_bytes!("fixtures/internal_twinning.csv"), |records| {
        let [record] = records else { panic!("one row") };
        assert_eq!(
            (record.party2.number.as_ref(), record.connected_seconds),
            ("203", 3),
            "shown at the primary phone"
        );
    });
}

#[test]
fn a_transfer_to_the_outside_has_three_rows_of_two_calls() {
    with_records(include_bytes!("fixtures/transfer_to_outside_proposed_and_done.csv"), |records| {
        let [proposed, consulted, done] = records else { panic!("three rows") };
        assert_eq!((proposed.call_id, done.call_id), (1_000_044, 1_000_044), "the outside leg");
        assert_eq!(consulted.call_id, 1_000_043, "the call between the colleagues");
        assert_eq!(
            (proposed.targeting_cause.as_ref(), proposed.targeter.as_ref()),
            ("U XfP", "Extn207"),
            "proposed"
        );
        assert_eq!((done.targeting_cause.as_ref(), done.targeter.as_ref()), ("U Xfd", "Extn203"), "done");
        assert_eq!(
            done.charge.as_ref().map(|charge| charge.user.as_ref()),
            Some("Extn207"),
            "who is charged"
        );
    });
}

#[test]
fn an_internal_call_printed_as_inbound_is_internal() {
    let row = "2026/03/09 14:05:00,00:00:05,7,204,I,403,403,,0,1000013,0,E204,Ann,E403,Jo,0,0";
    with_records(row.as_bytes(), |records| {
        assert!(records[0].is_internal, "two phones, one of them the caller")
    });
    let twin = "2026/03/09 14:05:00,00:00:05,7,01707299900,I,403,403,,0,1000013,0,E204,Ann,E403,Jo,0,0";
    with_records(twin.as_bytes(), |records| assert!(!records[0].is_internal, "the caller is from outside"));
}

#[test]
fn a_comma_in_a_name_shifts_nothing() {
    let row = "2026/03/09 14:05:00,00:00:05,7,01707299900,I,403,390664,,0,1000013,0,E403,Keller, Ann,T9001,Line 1.2,3,4,\
               ,,Keller, Ann,0.05,EUR,,,,,,U fb,Keller, Ann,9416,10.0.0.1,7,10.0.0.1,8";
    with_records(row.as_bytes(), |records| {
        let record = &records[0];
        assert_eq!(record.party1.name, "Keller, Ann", "the comma is part of the name");
        assert_eq!(
            (record.party2.name.as_ref(), record.hold_seconds, record.park_seconds),
            ("Line 1.2", 3, 4),
            "in place"
        );
        assert_eq!(
            (record.targeter.as_ref(), record.targeted_number.as_ref()),
            ("Keller, Ann", "9416"),
            "further on too"
        );
        assert_eq!(record.called_leg.map(|leg| leg.call), Some(8), "up to field 34");
    });
}

#[test]
fn a_stray_quote_swallows_nothing() {
    let row = ROW.replace("Ann", "\"Ann");
    with_records(row.as_bytes(), |records| {
        assert_eq!(records[0].party1.name, "\"Ann", "a character like any other");
        assert_eq!(records[0].party2.name, "Line 1.2", "the next fields are there");
    });
}

#[test]
fn nuls_and_latin_1_in_names_are_harmless() {
    let mut row = vec![0, 0];
    row.extend(ROW.replace("Ann", "J\u{1}rg").bytes().map(|byte| if byte == 1 { 0xf6 } else { byte }));
    row.extend(b"\r\n\0");
    with_records(&row[..row.len() - 1], |records| {
        assert_eq!(records[0].party1.name, "J\u{f6}rg", "Windows-1252")
    });
    let row = ROW.replace("Ann", "A\0n\0n");
    with_records(row.as_bytes(), |records| assert_eq!(records[0].party1.name, "Ann", "NULs are dropped"));
}

#[test]
fn a_withheld_caller_is_nobody() {
    let row = ROW.replace("01707299900", "anonymous@anonymous.invalid");
    with_records(row.as_bytes(), |records| {
        assert_eq!(records[0].caller, "", "as trunks without SIP print it")
    });
    let row = ROW.replace("01707299900", "01707299900@sip.example.org");
    with_records(row.as_bytes(), |records| {
        assert_eq!(records[0].caller, "01707299900", "the host is no part of it")
    });
}

#[test]
fn rows_of_any_length_from_17_fields_are_read() {
    for fields in [17, 18, 29, 30, 31, 34, 35, 36, 37, 50] {
        let row = format!("{ROW}{}", ",".repeat(fields - 17));
        with_records(row.as_bytes(), |records| assert_eq!(records.len(), 1, "{fields} fields"));
    }
    let row = format!("{ROW}{},2026/03/09 14:05:12,6,N/A,new", ",".repeat(17));
    with_records(row.as_bytes(), |records| {
        assert_eq!(records[0].hold_seconds, 0, "what is extra does not disturb")
    });
}

#[test]
fn the_short_form_of_the_date_is_read() {
    let row = ROW.replace("14:05:00", "14:05");
    let mut starts = Vec::new();
    with_records(format!("{ROW}\n{row}").as_bytes(), |records| {
        starts.extend(records.iter().map(|r| r.started_at))
    });
    assert_eq!(starts[0], starts[1], "no seconds are zero seconds");
}

#[test]
fn what_is_no_record_says_why() {
    for (line, reason) in [
        ("a,b,c".to_owned(), Complaint::TooFewFields { found: 3 }),
        (vec!["1"; 3000].join(","), Complaint::TooManyFields { found: 3000 }),
        ("x".repeat(9000), Complaint::TooLong),
        (ROW.replace("2026", "1970"), Complaint::StartOutOfRange { year: 1970 }),
        (ROW.replace("2026", "2300"), Complaint::StartOutOfRange { year: 2300 }),
        (ROW.replace("03/09", "02/30"), Complaint::StartImpossible),
        (ROW.replace("2026/03/09", "yesterday"), Complaint::StartUnreadable),
        (ROW.replace("00:00:05", "5"), Complaint::Unreadable(Field::ConnectedTime)),
        (ROW.replace(",7,", ",-7,"), Complaint::Unreadable(Field::RingTime)),
        (ROW.replace(",I,", ",X,"), Complaint::Unreadable(Field::Direction)),
        (ROW.replace("E403", "403"), Complaint::Unreadable(Field::Party1Device)),
        (ROW.replace("1000013", "id"), Complaint::Unreadable(Field::CallId)),
        (ROW.replace("Ann,T9001", "Ann,E404,T9001"), Complaint::Ambiguous),
    ] {
        let short: String = line.chars().take(80).collect();
        assert_eq!(complaint(line.as_bytes()), reason, "{short}");
        assert!(reason.to_string().ends_with('.'), "a sentence for the health list: {reason}");
    }
}

#[test]
fn blank_lines_and_headers_are_no_complaints() {
    let mut clock = clock();
    for blank in [&b""[..], b"\r\n", b"\0\0\0", b"  \r"] {
        assert_eq!(read(blank, &mut clock), Reading::Blank, "{blank:?}");
    }
    assert_eq!(
        read(b"Call Start,Connected Time,Ring Time\r\n", &mut clock),
        Reading::Header,
        "the old Delta Server's"
    );
}

#[test]
fn a_record_that_comes_twice_is_known_by_its_digest() {
    let ends = [format!("{ROW}\r"), format!("{ROW}\n"), format!("\0{ROW} \0")];
    for again in ends {
        assert_eq!(
            digest(again.as_bytes()),
            digest(ROW.as_bytes()),
            "line ends and NULs are not the record: {again:?}"
        );
    }
    assert_ne!(digest(ROW.replace(",7,", ",8,").as_bytes()), digest(ROW.as_bytes()), "another record");
}

#[test]
fn ordinary_rows_are_borrowed() {
    let mut clock = clock();
    let Reading::Record(record) = read(ROW.as_bytes(), &mut clock) else { panic!("a record") };
    let texts = [&record.caller, &record.dialled_number, &record.party1.name, &record.party2.number];
    assert!(
        texts.iter().all(|text| matches!(text, std::borrow::Cow::Borrowed(_))),
        "no copies for a million rows"
    );
}
