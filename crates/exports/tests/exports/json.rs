use crate::office::{bytes, compared, details, paper, people};
use exports::Format;
use model::report::{Table, Value};
use serde_json::{Value as Json, json};

fn made(paper: exports::Paper, table: &Table) -> Json {
    serde_json::from_slice(&bytes(Format::Json, paper, table)).expect("it is JSON")
}

#[test]
fn a_summary_has_names_units_and_raw_values() {
    let table = people();
    let made = made(compared(paper("Agents", &table)), &table);
    assert_eq!(made["format"], 1, "scripts know what to expect");
    assert_eq!(made["report"]["before"], "1 to 31 October 2026", "what it is compared with");
    assert_eq!(made["report"]["zone"], "Europe/Berlin", "by which clock");
    assert_eq!(made["report"]["made_at"], "2026-11-30T18:33:09+01:00", "when it was made");
    assert_eq!(made["columns"][4]["name"], "talk_time_ms", "the measure's name, with the unit of lengths");
    assert_eq!(made["columns"][4]["unit"], "length", "the unit by its name");
    assert!(
        made["columns"][4]["formula"].as_str().is_some_and(|formula| formula.contains("talking")),
        "its formula"
    );
    let row = &made["rows"][1];
    assert_eq!(row["label"], json!(["Łukasz Wiśniewski"]), "the row in words");
    assert_eq!(row["key"], json!([{"is": "who", "who": {"is": "person", "id": 2}}]), "the row to ask for");
    assert_eq!(row["values"]["average_talk_ms"], 188_800, "lengths in milliseconds");
    assert_eq!(row["values"]["cost"], json!({"amount": 12.345, "currency": "EUR"}), "money in its currency");
    assert_eq!(row["before"]["presented"], 1_150, "what was before");
    assert_eq!(made["averages"]["miss_rate"], Json::Null, "nothing to tell is null");
    assert_eq!(made["totals"]["last_call"], Json::Null, "the same in totals");
    assert_eq!(made["made_of"], 6_901, "how many calls it was made of");
}

#[test]
fn details_name_their_call_and_have_no_keys() {
    let table = details(2);
    let made = made(paper("Calls", &table), &table);
    assert_eq!(made["rows"][1]["call"], "1-1", "the call can be asked for");
    assert_eq!(made["rows"][1].get("key"), None, "a call is no group of calls");
    assert_eq!(made["rows"][0]["values"]["started_at"], "2026-11-02T08:00:09+01:00", "by the office's clock");
    assert_eq!(made["totals"], json!({}), "details have no totals");
}

#[test]
fn a_column_that_comes_twice_keeps_both_values() {
    let mut table = details(1);
    table.columns[9] = table.columns[8].clone();
    let made = made(paper("Calls", &table), &table);
    let values = &made["rows"][0]["values"];
    assert_eq!(
        (&values["talk_ms"], &values["talk_ms_2"]),
        (&json!(181_500), &json!(190_000)),
        "none hides the other"
    );
}

#[test]
fn what_is_no_number_is_null() {
    let mut table = people();
    table.rows[0].values[3] = Value::Share(f64::NAN);
    let made = made(paper("Agents", &table), &table);
    assert_eq!(made["rows"][0]["values"]["miss_rate"], Json::Null, "JSON has no NaN");
}

#[test]
fn one_row_stands_on_a_line() {
    let table = details(5);
    let text = String::from_utf8(bytes(Format::Json, paper("Calls", &table), &table)).expect("UTF-8");
    assert_eq!(
        text.lines().filter(|line| line.starts_with("{\"values\"")).count(),
        5,
        "long files can be read by line"
    );
}
