//! What is printed.

use crate::compare::Compared;
use crate::sample::Sample;
use crate::verdict::Verdict;
use std::fmt::Write;

const HEAD: &str =
    "  hour   calls  RSS MB  own MB  files  threads  WAL MB  library MB  unread bytes  journal behind";
/// Rows that are printed at most; the lines through the samples take all of them.
const ROWS: usize = 26;

pub(crate) fn row(sample: &Sample) -> String {
    format!(
        "{:6.2}  {:6}  {:6.1}  {:6.1}  {:5}  {:7}  {:6.1}  {:10.1}  {:12}  {:14}",
        sample.hours,
        sample.calls_ended,
        sample.rss_mb,
        sample.own_mb,
        sample.files,
        sample.threads,
        sample.wal_mb,
        sample.database_mb,
        sample.unread_bytes,
        sample.journal_behind
    )
}

pub(crate) fn told(samples: &[Sample], compared: &Compared, verdicts: &[Verdict]) -> String {
    let mut text = format!("{HEAD}\n");
    let every = samples.len().div_ceil(ROWS).max(1);
    let last = samples.len().saturating_sub(1);
    let shown = samples.iter().enumerate().filter(|(place, _)| place % every == 0 || *place == last);
    // Writing to a String cannot fail.
    for (_, sample) in shown {
        let _ = writeln!(text, "{}", row(sample));
    }
    let _ = writeln!(text, "\n{:20} {:>8} {:>8}", "", "truth", "CallDoc");
    for (name, right, ours) in &compared.office {
        let _ = writeln!(text, "{name:20} {right:8} {ours:8}");
    }
    text.push('\n');
    for verdict in verdicts {
        let mark = if verdict.is_well { "ok  " } else { "BAD " };
        let _ = writeln!(text, "{mark} {:8} {}", verdict.about, verdict.says);
    }
    text
}
