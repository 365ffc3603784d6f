use crate::office::{berlin, bytes, compared, details, field, paper, people};
use exports::{CsvStyle, CsvWriter, Export, Format, Room, Tail, Totals, Utf8Mark, whole};
use model::report::{Field, Row, Table, Unit, Value};
use proptest::prelude::*;

fn text(style: CsvStyle, table: &Table) -> String {
    String::from_utf8(bytes(Format::Csv(style), paper("Agents", table), table)).expect("CSV is UTF-8")
}

fn cell(content: &str) -> Table {
    let columns = vec![field(Field::Notes, Unit::Text), field(Field::OutsideName, Unit::Text)];
    let values = vec![Value::Text(content.to_owned()), Value::Text("end".to_owned())];
    Table { columns, rows: vec![Row { values, ..Row::default() }], ..Table::default() }
}

#[test]
fn a_summary_is_heads_rows_total_and_average() {
    let mut table = people();
    table.rows.truncate(2);
    let zone = "+01:00";
    assert_eq!(
        text(CsvStyle::default(), &table),
        [
            "Person,Presented,Answered,Missed,Miss rate,Talk time,Average talk,Cost,\"Cost, currency\",Last call",
            &format!("Ann Keller,1412,1381,31,2.20%,69:37:31,0:03:01,0.00,EUR,2026-11-27T09:00:09{zone}"),
            &format!("Łukasz Wiśniewski,1281,1233,48,3.75%,64:39:50,0:03:08,12.3450,EUR,2026-11-27T09:01:09{zone}"),
            "Total,6901,6327,574,8.32%,358:20:00,0:03:23,259.2450,EUR,",
            "Average,986,904,82,,,,,,",
            "",
        ]
        .join("\r\n"),
        "lines end with CR LF, lengths have hours, instants their offset"
    );
}

#[test]
fn what_was_before_stands_beside_each_figure() {
    let mut table = people();
    table.rows.truncate(1);
    let format = Format::Csv(CsvStyle { totals: Totals::Without, ..CsvStyle::default() });
    let made = String::from_utf8(bytes(format, compared(paper("Agents", &table)), &table)).expect("UTF-8");
    let lines: Vec<&str> = made.lines().collect();
    assert_eq!(lines.len(), 2, "heads and one row, no totals where none are wanted");
    assert!(
        lines[0].starts_with("Person,Presented,\"Presented, before\",Answered,"),
        "heads say so: {}",
        lines[0]
    );
    assert!(lines[1].starts_with("Ann Keller,1412,1281,1381,1233,"), "now, then before: {}", lines[1]);
}

#[test]
fn the_mark_of_utf8_is_there_only_when_asked_for() {
    let table = cell("x");
    let with = CsvStyle { mark: Utf8Mark::With, ..CsvStyle::default() };
    assert!(text(with, &table).starts_with('\u{feff}'), "spreadsheets know UTF-8 by it");
    assert!(text(CsvStyle::default(), &table).starts_with("Notes,"), "scripts stumble over it");
}

#[test]
fn a_cell_that_a_spreadsheet_would_reckon_is_harmless() {
    for bad in ["=1+1", "+49895550100", "@SUM(A1)", "-1+cmd|' /C calc'!A0", "  =1+1", "－1", "-A1", "-1-1"] {
        let made = text(CsvStyle::default(), &cell(bad));
        let row = made.lines().nth(1).expect("a row");
        assert!(row.trim_start_matches('"').starts_with('\''), "an apostrophe stands before {bad}: {row}");
    }
    for good in ["-12", "-3.50", "12", "-", "Keller", "a=b", "(089) 555"] {
        let made = text(CsvStyle::default(), &cell(good));
        assert_eq!(made.lines().nth(1), Some(format!("{good},end").as_str()), "nothing is done to {good}");
    }
    for hidden in ["\t=1", "\r=1", "\n=1"] {
        let made = text(CsvStyle::default(), &cell(hidden));
        assert!(made.contains(&format!("'{hidden}")), "white space hides no formula: {made:?}");
    }
}

#[test]
fn a_name_that_is_a_formula_is_harmless_as_a_row_too() {
    let mut table = people();
    table.rows[0].label[0] = "=HYPERLINK(\"http://bad\")".to_owned();
    assert!(
        text(CsvStyle::default(), &table).contains("\"'=HYPERLINK(\"\"http://bad\"\")\""),
        "labels are texts too"
    );
}

#[test]
fn a_row_that_does_not_fit_the_columns_is_refused() {
    let mut table = cell("x");
    table.rows[0].values.pop();
    let trouble = whole(Format::Csv(CsvStyle::default()), Vec::new(), paper("Agents", &table), &table);
    let says = trouble.expect_err("a value is missing").to_string();
    assert_eq!(says, "Row 1 of the report does not fit its columns.", "which row it is");
}

#[test]
fn rows_go_out_as_they_come_and_are_counted() {
    let table = details(3);
    let mut export =
        Export::begin(Format::Csv(CsvStyle::default()), Vec::new(), paper("Calls", &table)).expect("begun");
    for row in &table.rows {
        assert_eq!(export.row(row).expect("written"), Room::More, "CSV is never full");
    }
    let (made, written) = export.end(&Tail::default()).expect("ended");
    assert_eq!((written.rows, written.bytes), (3, made.len() as u64), "what was written is told");
    assert_eq!(String::from_utf8(made).expect("UTF-8").lines().count(), 4, "details have no totals");
}

#[test]
fn a_full_disk_is_told_in_words() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
    }
    let table = details(1);
    let writer = CsvWriter::begin(Full, paper("Calls", &table), CsvStyle::default());
    let trouble =
        writer.and_then(|writer| writer.end(&Tail::default()).map(|_| ())).expect_err("the disk is full");
    assert!(trouble.to_string().contains("disk is full"), "a manager understands: {trouble}");
}

#[test]
fn the_doubled_hour_stays_apart() {
    let columns = vec![field(Field::StartedAt, Unit::At)];
    let hour = 3_600_000;
    // 2026-10-25 is the day on which Berlin has 25 hours; 02:30 comes twice.
    let first =
        jiff::civil::date(2026, 10, 25).at(0, 30, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("UTC");
    let first = first.timestamp().as_millisecond();
    let rows = [first, first + hour].map(|ms| Row { values: vec![Value::At(ms)], ..Row::default() });
    let table = Table { columns, rows: rows.to_vec(), ..Table::default() };
    let mut paper = paper("Calls", &table);
    paper.zone = berlin();
    let made = String::from_utf8(bytes(Format::Csv(CsvStyle::default()), paper, &table)).expect("UTF-8");
    assert_eq!(
        made, "Start\r\n2026-10-25T02:30:00+02:00\r\n2026-10-25T02:30:00+01:00\r\n",
        "told apart by the offset"
    );
}

proptest! {
    #[test]
    fn any_text_comes_back_but_for_the_apostrophe(content in any::<String>()) {
        let made = bytes(Format::Csv(CsvStyle::default()), paper("Agents", &cell(&content)), &cell(&content));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(made.as_slice());
        let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("it is CSV");
        prop_assert_eq!(records.len(), 2, "heads and one row, whatever the text");
        let back = &records[1][0];
        prop_assert!(back == content || back == format!("'{content}"), "{back:?} is not {content:?}");
        prop_assert_eq!(&records[1][1], "end", "the next cell is where it was");
    }
}
