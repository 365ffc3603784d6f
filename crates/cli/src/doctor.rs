//! What works and what does not.

use crate::library::Place;
use desk::doctor::{Finding, Verdict, examine};
use std::fmt::Write;
use std::process::ExitCode;

pub(crate) async fn doctor(place: &Place) -> anyhow::Result<ExitCode> {
    let findings = examine(&place.folder).await;
    place.print(&findings, || text(&findings))?;
    let bad = findings.iter().any(|finding| finding.verdict == Verdict::Bad);
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn text(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let mark = match finding.verdict {
            Verdict::Good => "ok  ",
            Verdict::Warning => "note",
            Verdict::Bad => "BAD ",
        };
        // Writing to a String cannot fail.
        let _ = write!(text, "{mark}  {}: {}", finding.about, finding.says);
        for advice in &finding.advice {
            let _ = write!(text, "\n        {advice}");
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}
