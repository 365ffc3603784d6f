//! Files for people who read German, and those for programs, which stay as they are.

use crate::office::{bytes, details, drawn, paper, people};
use crate::pdf::pdf;
use crate::xlsx::{at, sheet, sheets};
use calamine::Data;
use exports::{CsvStyle, Format, Paper, Totals, Utf8Mark};
use model::report::{ChartKind, Measure, Table};
use words::Language;

fn german(table: &Table) -> Paper {
    Paper {
        says: "Was jede Person am Telefon tat.".to_owned(),
        filter: String::new(),
        before: Some("1 to 31 October 2026".to_owned()),
        notes: vec!["The time is not over yet. Calls that are going on are not counted.".to_owned()],
        language: Language::German,
        ..paper("Anrufe je Person", table)
    }
}

fn csv(mark: Utf8Mark, paper: Paper, table: &Table) -> String {
    let written = bytes(Format::Csv(CsvStyle { mark, totals: Totals::With }), paper, table);
    String::from_utf8(written).expect("UTF-8")
}

#[test]
fn a_pdf_is_german_from_its_head_to_its_foot() {
    let table = people();
    let paper = drawn(german(&table), ChartKind::Stacked, &[Measure::Answered, Measure::Missed]);
    let Some(text) = pdf("german", paper, &table) else { return };
    for wanted in [
        "Anrufe je Person",
        "Zeit",
        "1. bis 30. November 2026",
        "Verglichen mit",
        "1. bis 31. Oktober 2026: grau unter jeder Zahl",
        "Alle Anrufe",
        "Verpasstquote",
        "Łukasz Wiśniewski",
        "1.412",
        "Summe",
        "Durchschnitt",
        "Gestapelte Balken: Angenommen und Verpasst nach Person",
        "am meisten",
        "Hinweise zu diesem Bericht",
        "Wie die Zahlen berechnet werden",
        "Verpasst / angeboten.",
        "Erstellt am 30.11.2026 18:33 (Europe/Berlin)",
        "Seite 1 von",
    ] {
        assert!(text.contains(wanted), "{wanted:?} can be read in\n{text}");
    }
    for english in ["Total", "Average", "Made ", "Page ", "October", "Talk time", "Notes"] {
        assert!(!text.contains(english), "{english:?} is left in\n{text}");
    }
}

#[test]
fn a_workbook_has_german_sheets_and_heads_and_real_figures() {
    let table = people();
    let paper = drawn(german(&table), ChartKind::Stacked, &[Measure::Answered]);
    let made = bytes(Format::Xlsx, paper, &table);
    let names: Vec<String> = sheets(made.clone()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Bericht", "Diagramm", "Über diesen Bericht"], "in this order");
    let range = sheet(made.clone(), "Bericht");
    let heads: Vec<String> = (0..4).map(|column| at(&range, 0, column).to_string()).collect();
    assert_eq!(heads, ["Person", "Angeboten", "Angeboten, vorher", "Angeboten, Änderung"], "heads");
    assert_eq!(at(&range, 1, 1), Data::Float(1_412.0), "a figure is one that can be reckoned with");
    let about = sheet(made, "Über diesen Bericht");
    let told: Vec<String> =
        about.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect();
    for wanted in ["Zeit|1. bis 30. November 2026", "Erstellt|30.11.2026 18:33 (Europe/Berlin)"] {
        assert!(told.iter().any(|line| line == wanted), "{wanted} is told: {told:?}");
    }
}

#[test]
fn a_csv_for_excel_is_one_that_a_german_excel_opens() {
    let table = people();
    let text = csv(Utf8Mark::With, german(&table), &table);
    let mut lines = text.lines();
    let heads = lines.next().expect("heads");
    assert!(
        heads.starts_with("\u{feff}Person;Angeboten;Angeboten, vorher;"),
        "parted by semicolons: {heads}"
    );
    let first = lines.next().expect("a row");
    assert!(first.starts_with("Ann Keller;1412;1281;"), "whole numbers have no points: {first}");
    assert!(first.contains("2,20%;"), "a comma stands before decimals: {first}");
    assert!(text.lines().any(|line| line.starts_with("Summe;")), "what stands under it is German: {text}");
}

#[test]
fn what_programs_read_is_the_same_in_every_language() {
    let table = details(3);
    let english = paper("Anrufe", &table);
    let german = Paper { language: Language::German, ..english.clone() };
    assert_eq!(
        csv(Utf8Mark::Without, german.clone(), &table),
        csv(Utf8Mark::Without, english.clone(), &table),
        "plain CSV"
    );
    assert_eq!(bytes(Format::Json, german, &table), bytes(Format::Json, english, &table), "and JSON");
}
