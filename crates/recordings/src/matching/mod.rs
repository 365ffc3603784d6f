//! Which call each recording belongs to.
//!
//! By a call id in its name or side file; else by time, extension, number and length: the best total over all
//! recordings and all calls at once, not first come first served. One call may have several recordings: a user's and a
//! group's, one before a transfer and one after it. What cannot be is two recordings of the same phone over the same
//! time in one call, and so those compete.
//!
//! The clock of the machine that recorded is estimated for each source and corrected, as the PBX's is.

mod clock;
mod rivals;
mod score;

use crate::naming::Towards;
use assignment::best_total;
use model::{At, Call, CallId, RecordingMatch, SiteId};
use score::{Fit, Seen};
use std::collections::BTreeMap;

/// A recording that is looked for a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    pub site: SiteId,
    /// Recordings of one source are made by one clock.
    pub source: Option<i64>,
    pub started_at: At,
    pub started_by: StartedBy,
    pub length_ms: i64,
    /// Whose phone was recorded.
    pub extension: Option<String>,
    /// The outside party's, as written.
    pub number: Option<String>,
    pub group: Option<String>,
    pub call_id: Option<String>,
    pub towards: Option<Towards>,
}

/// What its beginning is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartedBy {
    Name,
    SideFile,
    /// The file's time less its length: the file may have been written late.
    FileTime,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Matched {
    pub call: CallId,
    pub method: RecordingMatch,
    /// 0 to 1.
    pub confidence: f32,
    /// Sentences for the person who asks why.
    pub reasons: Vec<String>,
}

/// A call that a recording may belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Likely {
    pub call: CallId,
    pub confidence: f32,
    pub reasons: Vec<String>,
}

/// Calls are looked for this far around a recording: a recorder's clock may be an hour off.
pub const AROUND_MS: i64 = 2 * 3_600_000;

/// Below this a recording and a call have nothing to do with each other.
const THRESHOLD: f32 = 0.6;

/// A second recording of the same phone and time is another copy (one automatic, one by hand) only where no other call
/// comes near.
const COPY_SCORE: f32 = 0.85;
const COPY_LEAD: f32 = 0.25;

/// The call of each of `heard`, over all of `calls`. Living calls are as long as they are at `now`.
pub fn assign(heard: &[Heard], calls: &[Call], now: At) -> Vec<Option<Matched>> {
    let seen: Vec<Seen<'_>> = calls.iter().map(|call| Seen::of(call, now)).collect();
    let by_start = ByStart::of(&seen);
    let clocks = clock::ahead(heard, &seen, &by_start);
    let mut matched: Vec<Option<Matched>> = vec![None; heard.len()];
    let mut fits: Vec<Vec<(usize, Fit)>> = vec![Vec::new(); heard.len()];
    for (n, one) in heard.iter().enumerate() {
        let ahead = clocks.of(one);
        let near = || by_start.around(&seen, one.started_at.plus_ms(-ahead), one.length_ms);
        if let Some(found) = by_call_id(one, &seen, near(), ahead) {
            matched[n] = Some(found);
            continue;
        }
        fits[n] = near()
            .filter_map(|call| Some((call, score::fit(one, &seen[call], ahead)?)))
            .filter(|(_, fit)| fit.score >= THRESHOLD)
            .collect();
    }
    for cluster in rivals::clusters(heard, &fits) {
        settle(&cluster, &seen, &fits, &mut matched);
    }
    matched
}

/// Calls that one recording may belong to, the likeliest first, for a person to choose from: also such as
/// [`assign`] would not take.
pub fn likely(heard: &Heard, calls: &[Call], now: At) -> Vec<Likely> {
    let mut all: Vec<Likely> = calls
        .iter()
        .filter_map(|call| {
            let fit = score::fit(heard, &Seen::of(call, now), 0)?;
            Some(Likely { call: call.id, confidence: fit.score, reasons: fit.reasons })
        })
        .collect();
    all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.call.cmp(&b.call)));
    all
}

fn by_call_id(
    heard: &Heard,
    seen: &[Seen<'_>],
    near: impl Iterator<Item = usize>,
    ahead: i64,
) -> Option<Matched> {
    let id: u64 = heard.call_id.as_deref()?.trim().parse().ok()?;
    let call = near
        .filter(|call| seen[*call].has_id(id))
        // Ids start again with the PBX: the one that was going on then.
        .filter_map(|call| Some((call, seen[call].overlap(heard, ahead)?)))
        .max_by_key(|(_, overlap)| *overlap)?
        .0;
    Some(Matched {
        call: seen[call].call.id,
        method: RecordingMatch::CallId,
        confidence: 0.99,
        reasons: vec![format!("It says the call id {id}, and the call of that id was going on then.")],
    })
}

/// One cluster of rivals: the best total, each call once; then those that are copies.
fn settle(cluster: &[usize], seen: &[Seen<'_>], fits: &[Vec<(usize, Fit)>], matched: &mut [Option<Matched>]) {
    let mut columns: Vec<usize> =
        cluster.iter().flat_map(|n| fits[*n].iter().map(|(call, _)| *call)).collect();
    columns.sort_unstable();
    columns.dedup();
    let scores: Vec<Vec<f32>> = cluster
        .iter()
        .map(|n| {
            let mut row = vec![0.0; columns.len()];
            for (call, fit) in &fits[*n] {
                if let Ok(column) = columns.binary_search(call) {
                    row[column] = fit.score;
                }
            }
            row
        })
        .collect();
    for (row, column) in best_total(&scores).into_iter().enumerate() {
        let n = cluster[row];
        let chosen = match column {
            Some(column) => columns[column],
            None => match copy_of(&fits[n]) {
                Some(call) => call,
                None => continue,
            },
        };
        let Some((_, fit)) = fits[n].iter().find(|(call, _)| *call == chosen) else { continue };
        let next = fits[n].iter().filter(|(call, _)| *call != chosen).map(|(_, fit)| fit.score);
        let lead = (fit.score - next.fold(0.0, f32::max)).max(0.0);
        let mut reasons = fit.reasons.clone();
        if lead < 0.1 {
            reasons.push("Another call fits nearly as well.".to_owned());
        }
        matched[n] = Some(Matched {
            call: seen[chosen].call.id,
            method: RecordingMatch::Score,
            confidence: confidence(fit.score, lead),
            reasons,
        });
    }
}

fn copy_of(fits: &[(usize, Fit)]) -> Option<usize> {
    let best = fits.iter().max_by(|a, b| a.1.score.total_cmp(&b.1.score))?;
    let next = fits.iter().filter(|(call, _)| *call != best.0).map(|(_, fit)| fit.score).fold(0.0, f32::max);
    (best.1.score >= COPY_SCORE && best.1.score - next >= COPY_LEAD).then_some(best.0)
}

/// A good fit is worth less when another call fits as well.
fn confidence(score: f32, lead: f32) -> f32 {
    let doubt = (1.0 - lead / 0.3).clamp(0.0, 1.0);
    (score * (1.0 - 0.4 * doubt)).clamp(0.0, 0.98)
}

/// Calls by when they began, to find those around a recording.
struct ByStart {
    order: BTreeMap<(At, usize), ()>,
    longest_ms: i64,
}

impl ByStart {
    fn of(seen: &[Seen<'_>]) -> Self {
        Self {
            order: seen.iter().enumerate().map(|(n, seen)| ((seen.from, n), ())).collect(),
            longest_ms: seen.iter().map(|seen| seen.to - seen.from).max().unwrap_or(0),
        }
    }

    /// Those that may have been going on at some time of a recording.
    fn around<'a>(
        &'a self,
        seen: &'a [Seen<'_>],
        from: At,
        length_ms: i64,
    ) -> impl Iterator<Item = usize> + 'a {
        self.between(seen, from.plus_ms(-score::APART_MS), from.plus_ms(length_ms + score::APART_MS))
    }

    fn between<'a>(&'a self, seen: &'a [Seen<'_>], from: At, to: At) -> impl Iterator<Item = usize> + 'a {
        self.order
            .range((from.plus_ms(-self.longest_ms), 0)..=(to, usize::MAX))
            .map(|((_, n), ())| *n)
            .filter(move |n| seen[*n].to >= from)
    }
}
