use crate::office::{bytes, compared, days, details, drawn, paper, people, week};
use exports::{Format, Origin, Paper};
use model::report::{Chart, ChartKind, Measure, Table, Value};
use proptest::prelude::*;
use std::path::PathBuf;
use std::process::Command;

/// What another program reads in it; `None` where `pdftotext` is not installed.
#[expect(clippy::print_stderr, reason = "a test that could not look says so")]
fn text(name: &str, made: &[u8]) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&file, made).expect("the target folder can be written");
    let run = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output();
    let Ok(output) = run else {
        eprintln!("pdftotext is not installed: {name} was not read back");
        return None;
    };
    assert!(output.status.success(), "pdftotext accepts {name}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("pdftotext writes UTF-8");
    // Where words stand is a matter for the eye.
    let pages = text.split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" "));
    Some(pages.collect::<Vec<_>>().join("\u{c}"))
}

pub(crate) fn pdf(name: &str, paper: Paper, table: &Table) -> Option<String> {
    text(name, &bytes(Format::Pdf, paper, table))
}

#[test]
fn a_summary_reads_as_it_was_written() {
    let table = people();
    let paper =
        drawn(paper("Agent call summary", &table), ChartKind::Stacked, &[Measure::Answered, Measure::Missed]);
    let Some(text) = pdf("agents", compared(paper), &table) else { return };
    for wanted in [
        "Agent call summary",
        "Hollerith & Söhne, Munich",
        "1 to 30 November 2026",
        "1 to 31 October 2026",
        "Inbound calls of Sales, Monday to Friday, in business hours",
        "Łukasz Wiśniewski",
        "Ελένη Παπαδοπούλου",
        "Екатерина Щербакова",
        "1 412",
        "Total",
        "Average",
        "+10 %",
        "Stacked bars of Answered and Missed by person",
        "Notes",
        "On 12 November from 10:05 to 10:40",
        "How the figures are reckoned",
        "Missed / presented.",
        "Made 30 Nov 2026 18:33 (Europe/Berlin)",
        "Page 1 of",
    ] {
        assert!(text.contains(wanted), "{wanted:?} can be read and searched for in\n{text}");
    }
}

#[test]
fn a_long_table_has_its_heads_on_every_page() {
    let table = details(400);
    let mut paper = paper("Call details", &table);
    paper.origin = Origin::Demo;
    let Some(text) = pdf("details", paper, &table) else { return };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 8, "four hundred calls need pages: {}", pages.len());
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "page {} is numbered", at + 1);
        assert!(page.contains("made-up calls of a demo"), "a demo says so on every page");
        if page.contains("Müller GmbH") {
            assert!(page.contains("Direction"), "page {} has the heads", at + 1);
        }
    }
    let rows = text.matches("+49 89 5550").count();
    assert_eq!(rows, 400, "no row is lost between pages");
}

#[test]
fn charts_of_every_kind_are_drawn() {
    let month = days(30);
    let stacked = drawn(
        paper("Volume per day", &month),
        ChartKind::Stacked,
        &[Measure::Inbound, Measure::Outbound, Measure::Internal],
    );
    let line = drawn(paper("Performance per day", &month), ChartKind::Line, &[Measure::AnswerRate]);
    let bar = drawn(paper("Volume per day", &month), ChartKind::Bar, &[Measure::Inbound]);
    let heat = drawn(paper("Heat map", &week()), ChartKind::Heat, &[Measure::Calls]);
    let layers = drawn(paper("Layers", &week()), ChartKind::Stacked, &[Measure::Calls]);
    for (name, paper, table) in [
        ("stacked", stacked, &month),
        ("line", line, &month),
        ("bar", bar, &month),
        ("heat", heat, &week()),
        ("layers", layers, &week()),
    ] {
        let Some(text) = pdf(name, paper, table) else { return };
        let says = text.contains("chart of") || text.contains("bars of") || text.contains("map of");
        assert!(says, "{name} is told in words too:\n{text}");
    }
}

#[test]
fn nothing_to_show_is_said() {
    let mut table = people();
    table.rows.clear();
    let mut paper = paper("Agent call summary", &table);
    paper.filter = String::new();
    paper.chart = Some(Chart { kind: ChartKind::Bar, measures: vec![Measure::Answered] });
    let Some(text) = pdf("empty", paper, &table) else { return };
    assert!(text.contains("No calls in this time."), "an empty page would look like a mistake:\n{text}");
    assert!(text.contains("All calls"), "no filter is said as well");
}

#[test]
fn what_does_not_fit_on_paper_is_told() {
    let mut table = details(3);
    let columns = table.columns.clone();
    for _ in 0..4 {
        table.columns.extend(columns.iter().cloned());
    }
    for row in &mut table.rows {
        let values = row.values.clone();
        (0..4).for_each(|_| row.values.extend(values.iter().cloned()));
        row.values[2] = Value::Text("田中 商店".to_owned());
    }
    let Some(text) = pdf("wide", paper("Call details", &table), &table) else { return };
    assert!(text.contains("Columns without room on this paper:"), "which columns are missing:\n{text}");
    assert!(text.contains("Some letters have no shape"), "why there are boxes");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let table = people();
    let one = bytes(Format::Pdf, paper("Agents", &table), &table);
    assert_eq!(one, bytes(Format::Pdf, paper("Agents", &table), &table), "nothing asks the clock");
    assert!(one.len() < 120_000, "only the letters that occur are in the file: {} bytes", one.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_can_be_printed(content in any::<String>()) {
        let mut table = people();
        table.rows[0].label[0] = content.clone();
        let mut paper = drawn(paper(&content, &table), ChartKind::Bar, &[Measure::Answered]);
        paper.notes.push(content);
        prop_assert!(bytes(Format::Pdf, paper, &table).starts_with(b"%PDF"), "whatever people are called");
    }
}
