use crate::office::{bytes, compared, days, details, drawn, paper, people, week};
use calamine::{Data, Range, Reader, Xlsx};
use exports::Format;
use model::report::{ChartKind, Measure, Value};
use proptest::prelude::*;
use std::io::Cursor;

pub(crate) fn sheets(made: Vec<u8>) -> Vec<(String, Range<Data>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(made)).expect("it is a workbook");
    book.worksheets()
}

pub(crate) fn sheet(made: Vec<u8>, name: &str) -> Range<Data> {
    let found = sheets(made).into_iter().find(|(sheet, _)| sheet == name);
    found.unwrap_or_else(|| panic!("there is a sheet {name}")).1
}

pub(crate) fn at(range: &Range<Data>, row: u32, column: u32) -> Data {
    range.get_value((row, column)).cloned().unwrap_or_default()
}

#[test]
fn dates_lengths_and_figures_are_real() {
    let table = people();
    let range = sheet(bytes(Format::Xlsx, paper("Agents", &table), &table), "Report");
    assert_eq!(at(&range, 0, 5), Data::String("Talk time".into()), "heads are in the first row");
    assert_eq!(at(&range, 1, 1), Data::Float(1_412.0), "a count is a number");
    let Data::DateTime(talk) = at(&range, 1, 5) else { panic!("a length is a time") };
    assert!(talk.is_duration(), "and one without a date");
    let milliseconds = talk.as_f64() * 86_400_000.0;
    assert!((milliseconds - 1_381.0 * 181_500.0).abs() < 1.0, "to the millisecond: {milliseconds}");
    let Data::DateTime(last) = at(&range, 2, 8) else { panic!("an instant is a date") };
    assert!(last.is_datetime(), "with its time");
    let (year, month, day, hour, minute, second, _) = last.to_ymd_hms_milli();
    assert_eq!((year, month, day, hour, minute, second), (2026, 11, 27, 9, 1, 9), "the office's wall clock");
    let Data::Float(cost) = at(&range, 2, 7) else { panic!("money is a number") };
    assert!((cost - 12.345).abs() < 1e-9, "in the currency's unit");
    assert_eq!(at(&range, 8, 0), Data::String("Total".into()), "totals stand under the rows");
    assert_eq!(at(&range, 8, 1), Data::Float(6_901.0), "as they were given");
    assert_eq!(at(&range, 9, 0), Data::String("Average".into()), "then the averages");
}

#[test]
fn texts_stay_texts() {
    let mut table = details(3);
    table.rows[0].values[2] = Value::Text("=1+1".to_owned());
    table.rows[1].values[2] = Value::Text("http://example.com".to_owned());
    table.rows[2].values[2] = Value::Text(format!("bell \u{7} {}", "x".repeat(40_000)));
    let range = sheet(bytes(Format::Xlsx, paper("Calls", &table), &table), "Report");
    assert_eq!(at(&range, 1, 2), Data::String("=1+1".into()), "what looks like a formula is a text");
    assert_eq!(at(&range, 1, 3), Data::String("+49 89 55500000".into()), "a number keeps its plus");
    assert_eq!(at(&range, 2, 2), Data::String("http://example.com".into()), "an address is no link");
    let Data::String(long) = at(&range, 3, 2) else { panic!("a long text is a text") };
    assert!(long.len() > 32_000 && long.len() < 32_800, "as much as a cell holds: {}", long.len());
}

#[test]
fn comparison_has_columns_of_its_own() {
    let table = people();
    let range = sheet(bytes(Format::Xlsx, compared(paper("Agents", &table)), &table), "Report");
    let heads: Vec<String> = (0..5).map(|column| at(&range, 0, column).to_string()).collect();
    assert_eq!(
        heads,
        ["Person", "Presented", "Presented, before", "Presented, change", "Answered"],
        "three for one"
    );
    assert_eq!(at(&range, 1, 2), Data::Float(1_281.0), "what was before");
    let Data::Float(change) = at(&range, 1, 3) else { panic!("a change is a number") };
    assert!((change - 131.0 / 1_281.0).abs() < 1e-9, "as a part of what was before");
    assert_eq!(at(&range, 8, 2), Data::Float(6_000.0), "totals are compared too");
}

#[test]
fn a_chart_and_what_it_is_about_have_their_sheets() {
    let table = days(30);
    let paper =
        drawn(paper("Volume & more", &table), ChartKind::Stacked, &[Measure::Inbound, Measure::Outbound]);
    let made = bytes(Format::Xlsx, paper, &table);
    let names: Vec<String> = sheets(made.clone()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Report", "Chart", "About"], "in this order");
    let mut zip_names = String::from_utf8_lossy(&made).into_owned();
    zip_names.retain(|c| c.is_ascii_graphic());
    assert!(zip_names.contains("xl/charts/chart1.xml"), "the chart is the spreadsheet's own");
    let about = sheet(made, "About");
    let told: Vec<String> =
        about.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect();
    for wanted in [
        "Volume & more|",
        "Time|1 to 30 November 2026",
        "Calls|Inbound calls of Sales, Monday to Friday, in business hours",
        "Made|30 Nov 2026 18:33 (Europe/Berlin)",
        "Inbound|Calls from outside.",
    ] {
        assert!(told.iter().any(|line| line == wanted), "{wanted} is told: {told:?}");
    }
}

#[test]
fn a_heat_map_is_a_table_of_days_and_hours() {
    let table = week();
    let made = bytes(Format::Xlsx, drawn(paper("Heat", &table), ChartKind::Heat, &[Measure::Calls]), &table);
    let range = sheet(made, "Chart");
    assert_eq!(at(&range, 1, 0), Data::String("Monday".into()), "days go down");
    assert_eq!(at(&range, 0, 4), Data::String("10:00".into()), "hours go across");
    assert_eq!(at(&range, 5, 4), Data::Float(29.0), "Friday at ten");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let table = people();
    let one = bytes(Format::Xlsx, paper("Agents", &table), &table);
    let two = bytes(Format::Xlsx, paper("Agents", &table), &table);
    assert_eq!(one, two, "nothing asks the clock");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_comes_back_as_a_text(content in any::<String>()) {
        let mut table = details(1);
        table.rows[0].values[4] = Value::Text(content.clone());
        let range = sheet(bytes(Format::Xlsx, paper("Calls", &table), &table), "Report");
        prop_assert_eq!(at(&range, 1, 3), Data::String("+49 89 55500000".into()), "its neighbour is where it was");
        match at(&range, 1, 4) {
            Data::String(_) | Data::Empty => {}
            other => prop_assert!(false, "{content:?} became {other:?}"),
        }
    }
}
