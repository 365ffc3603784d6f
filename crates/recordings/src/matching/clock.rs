//! How much the clock of each recorder is ahead, from recordings that can belong to one call only.

use super::score::{Seen, same};
use super::{AROUND_MS, ByStart, Heard, StartedBy};
use std::collections::BTreeMap;

/// Fewer say nothing.
const SAMPLES_MIN: usize = 5;
/// Most of them must agree within this.
const AGREE_MS: i64 = 5_000;
/// Less than this is what recorders take to begin.
const MATTERS_MS: i64 = 3_000;
/// Lengths that differ by more are of another call.
const LENGTH_APART_MS: i64 = 4_000;

/// By source.
pub(super) struct Clocks(BTreeMap<Option<i64>, i64>);

impl Clocks {
    pub(super) fn of(&self, heard: &Heard) -> i64 {
        self.0.get(&heard.source).copied().unwrap_or(0)
    }
}

pub(super) fn ahead(heard: &[Heard], seen: &[Seen<'_>], by_start: &ByStart) -> Clocks {
    let mut samples: BTreeMap<Option<i64>, Vec<i64>> = BTreeMap::new();
    for one in heard.iter().filter(|one| one.started_by != StartedBy::FileTime) {
        if let Some(sample) = sample(one, seen, by_start) {
            samples.entry(one.source).or_default().push(sample);
        }
    }
    Clocks(samples.into_iter().filter_map(|(source, samples)| Some((source, agreed(samples)?))).collect())
}

/// How far the recording begins after the talking of the one call that it can belong to.
fn sample(heard: &Heard, seen: &[Seen<'_>], by_start: &ByStart) -> Option<i64> {
    let (extension, number) = (heard.extension.as_deref()?, heard.number.as_deref()?);
    let from = heard.started_at.plus_ms(-AROUND_MS);
    let to = heard.started_at.plus_ms(AROUND_MS);
    let mut fitting = by_start
        .between(seen, from, to)
        .map(|n| &seen[n])
        .filter(|seen| seen.call.site == heard.site)
        .filter(|seen| seen.call.external_number.as_deref().is_some_and(|known| same(number, known)))
        .filter_map(|seen| {
            let (begins, length) = seen.first_talk_of(extension)?;
            ((heard.length_ms - length).abs() <= LENGTH_APART_MS).then(|| heard.started_at - begins)
        });
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only)
}

fn agreed(mut samples: Vec<i64>) -> Option<i64> {
    if samples.len() < SAMPLES_MIN {
        return None;
    }
    samples.sort_unstable();
    let median = samples[samples.len() / 2];
    let agree = samples.iter().filter(|sample| (*sample - median).abs() <= AGREE_MS).count();
    (agree * 10 >= samples.len() * 7 && median.abs() > MATTERS_MS).then_some(median)
}
