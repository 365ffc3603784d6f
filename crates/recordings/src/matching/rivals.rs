//! Recordings that compete: of the same phone (or, where the name does not say, of any) over the same time.

use super::score::Fit;
use super::{Heard, StartedBy};

/// How far spans may be off, on each side.
const LOOSE_MS: i64 = 60_000;

/// Groups of those that compete, directly or through others. Only recordings that fit some call are in one.
pub(super) fn clusters(heard: &[Heard], fits: &[Vec<(usize, Fit)>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..heard.len()).filter(|n| !fits[*n].is_empty()).collect();
    order.sort_by(|a, b| {
        track(&heard[*a]).cmp(&track(&heard[*b])).then(from(&heard[*a]).cmp(&from(&heard[*b])))
    });
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut until = i64::MIN;
    for n in order {
        let one = &heard[n];
        let joins = clusters
            .last()
            .and_then(|cluster| cluster.last())
            .is_some_and(|last| track(&heard[*last]) == track(one) && from(one) < until);
        if joins && let Some(cluster) = clusters.last_mut() {
            cluster.push(n);
            until = until.max(to(one));
        } else {
            clusters.push(vec![n]);
            until = to(one);
        }
    }
    clusters
}

/// A user's recording and a group's of the same call do not compete.
fn track(heard: &Heard) -> (i64, Option<&str>, Option<&str>) {
    (heard.site.0, heard.extension.as_deref(), heard.group.as_deref())
}

fn from(heard: &Heard) -> i64 {
    heard.started_at.0 - loose(heard)
}

fn to(heard: &Heard) -> i64 {
    heard.started_at.0 + heard.length_ms + loose(heard)
}

fn loose(heard: &Heard) -> i64 {
    match heard.started_by {
        // Two in a row on one phone are apart by seconds, and are no rivals.
        StartedBy::Name | StartedBy::SideFile => -heard.length_ms / 4,
        StartedBy::FileTime => LOOSE_MS,
    }
}
