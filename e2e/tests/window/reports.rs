//! A report in the real window: made, looked behind, written to a file.

use crate::place::Place;
use e2e::{Office, REPORTS};

#[tokio::test]
async fn a_report_is_made_looked_behind_and_exported() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Demo).await;
    window.go_to(REPORTS).await.expect("the rail leads to Reports");
    window
        .click("[data-testid='report-item'][data-report='agent-call-summary']")
        .await
        .expect("a standard report can be chosen");
    window
        .see("[data-testid='report-row'] [data-testid='report-figure']")
        .await
        .expect("it has rows with figures");
    let figure = "[data-testid='report-row'] [data-testid='report-figure']";
    let said = window.text(figure).await.expect("the page answers");
    let said: u64 = said.trim().parse().expect("the first figure is a count");
    assert!(said > 0, "the demo's people had calls");

    window.click(figure).await.expect("a figure is a button");
    window
        .see("[data-testid='report-calls'] [data-testid='call-row']")
        .await
        .expect("the calls behind it are shown");
    window.click("[data-testid='report-back']").await.expect("and one finds back");
    window.see("[data-testid='report-row']").await.expect("to the report");

    window.click("[data-testid='report-export']").await.expect("it can be written to a file");
    window.click("[data-testid='report-export-csv']").await.expect("in a format of one's choice");
    window.see("[data-testid='report-told']").await.expect("and it is said when that is done");
    let text = file(&place, "csv");
    assert!(text.contains("Person"), "the file has the report's columns: {text}");
    let complaints = window.complaints().await.expect("complaints are kept");
    assert!(complaints.is_empty(), "the page has nothing to complain about: {complaints:#?}");
    window.close().await.expect("the window closes");
}

/// The text of the file that the app wrote where a person would have told it to.
fn file(place: &Place, ending: &str) -> String {
    let mut files = std::fs::read_dir(place.folder.path()).expect("the folder").flatten();
    let file = files.find(|entry| entry.path().extension().is_some_and(|is| is == ending));
    std::fs::read_to_string(file.expect("a file was written").path()).expect("text")
}
