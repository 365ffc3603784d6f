//! SMDR rows with numbers, and whether a library holds them.

use crate::scenario::Seen;
use model::Said;
use std::collections::BTreeMap;
use std::path::Path;
use store::{CallFilter, EntryLimits, Library};

/// Row `number`: one answered incoming call a minute since the beginning of 2026.
pub(crate) fn row(number: u64) -> Vec<u8> {
    let (minute, hour, day) = (number % 60, number / 60 % 24, number / 1_440);
    let (month, day) = (day / 28 % 12 + 1, day % 28 + 1);
    format!(
        "2026/{month:02}/{day:02} {hour:02}:{minute:02}:00,00:00:{:02},7,0170{number:07},I,403,390664,,0,{},0,E403,Ann,T9001,Line 1.2,0,0\r\n",
        number % 59 + 1,
        1_000_000 + number,
    )
    .into_bytes()
}

/// Rows as a log.
pub(crate) fn log(numbers: std::ops::Range<u64>) -> Vec<u8> {
    numbers.flat_map(row).collect()
}

/// How often each row stands in the journal, by its number; rows of others are left out.
pub(crate) async fn in_journal(library: &Path) -> anyhow::Result<BTreeMap<u64, u32>> {
    let reader = Library::open_reader(library).await?;
    let mut found = BTreeMap::new();
    let mut after = 0;
    loop {
        let entries = reader.entries(after, EntryLimits::default()).await?;
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for entry in entries.iter().filter(|entry| entry.said == Said::SmdrLines) {
            for line in entry.bytes.split_inclusive(|byte| *byte == b'\n') {
                let number = line.split(|byte| *byte == b',').nth(9);
                let number = number.and_then(|number| std::str::from_utf8(number).ok()?.parse::<u64>().ok());
                let number = number.and_then(|number| number.checked_sub(1_000_000));
                if let Some(number) = number.filter(|number| row(*number) == line) {
                    *found.entry(number).or_default() += 1;
                }
            }
        }
    }
    reader.close().await;
    Ok(found)
}

/// Whether a row is among the last entries of the journal.
pub(crate) async fn came_lately(library: &Path, number: u64) -> anyhow::Result<bool> {
    const LAST: i64 = 64;
    let reader = Library::open_reader(library).await?;
    let after = (reader.last_seq().await? - LAST).max(0);
    let entries = reader.entries(after, EntryLimits::default()).await?;
    reader.close().await;
    let looked_for = row(number);
    let mut lines = entries.iter().flat_map(|entry| entry.bytes.split_inclusive(|byte| *byte == b'\n'));
    Ok(lines.any(|line| line == looked_for))
}

/// Calls that count, once what a kill left has been caught up with.
pub(crate) async fn calls(library: &Path) -> anyhow::Result<u64> {
    let reader = Library::open_reader(library).await?;
    let totals = reader.totals(&CallFilter::default()).await?;
    reader.close().await;
    Ok(totals.calls)
}

/// Each of these rows stands in the journal once, and none of the others was kept and forgotten.
pub(crate) async fn must_hold(
    library: &Path,
    kept: std::ops::Range<u64>,
    seen: &mut Seen,
) -> anyhow::Result<()> {
    let found = in_journal(library).await?;
    let missing: Vec<u64> = kept.filter(|number| !found.contains_key(number)).collect();
    seen.must(missing.is_empty(), || format!("rows that were said to be kept are missing: {missing:?}"));
    let twice: Vec<&u64> = found.iter().filter(|(_, times)| **times > 1).map(|(number, _)| number).collect();
    seen.must(twice.is_empty(), || format!("rows stand twice in the journal: {twice:?}"));
    Ok(())
}
