//! How well the records of a call fit a call that DevLink3 told.

use crate::group::Group;
use crate::party::likeness;
use crate::records::direction;
use model::figures::Figures;
use model::{Call, Direction, Ending};

/// Below this the two are different calls.
pub(crate) const THRESHOLD: f32 = 0.6;
/// A PBX clock that is set by hand is minutes off, or an hour after a change of clocks. Beyond this nothing is joined
/// by score.
pub(crate) const FARTHEST_MS: i64 = 2 * 3_600_000;
/// From here on the clocks disagree and time says nothing for the pair.
pub(crate) const APART_MS: i64 = 15_000;

/// Whole seconds are rounded up, and a switch takes a moment to tell: this far off is as good as equal.
const EQUAL_MS: i64 = 2_500;
/// Records that differ by more than this in length tell of another call.
const LENGTH_APART_MS: i64 = 20_000;
/// Where one of the two did not see the whole call, its length says little.
const LENGTH_UNKNOWN: (f32, f32) = (0.7, 0.5);

/// 0 to 1, or `None` where the two contradict each other. `ahead_ms` is how much the PBX's clock is ahead.
pub(crate) fn score(group: &Group, call: &Call, ahead_ms: i64) -> Option<f32> {
    let first = group.segments.first()?;
    if direction(first) != call.direction {
        return None;
    }
    let number = match call.direction {
        Direction::Inbound => likeness(&first.caller, call.external_number.as_deref())?,
        Direction::Outbound => likeness(&first.called, call.external_number.as_deref())
            .or_else(|| likeness(&first.dialled, call.dialed_number.as_deref()))?,
        Direction::Internal => likeness(&first.called, call.dialed_number.as_deref())?,
    };
    let time = time(group, call, ahead_ms)?;
    let person = same_people(group, call)?;
    let (length, talk) = lengths(group, call)?;
    // Without the clock's help everything else must agree.
    if time == 0.0 && (number < 1.0 || person < 1.0 || length < 0.7) {
        return None;
    }
    Some(0.3 * time + 0.3 * number + 0.2 * person + 0.1 * length + 0.1 * talk)
}

/// By the end that both saw: the beginning, else the end.
fn time(group: &Group, call: &Call, ahead_ms: i64) -> Option<f32> {
    let (from, to) = group.span();
    let (from, to) = (from.plus_ms(-ahead_ms), to.plus_ms(-ahead_ms));
    if call.start_known {
        let apart = (from - call.started_at).abs();
        return (apart <= FARTHEST_MS).then(|| nearness(apart, EQUAL_MS, APART_MS));
    }
    // It was already going: a record of it cannot begin later.
    if from > call.started_at.plus_ms(APART_MS) || from < call.started_at.plus_ms(-FARTHEST_MS) {
        return None;
    }
    match call.ended_at {
        Some(ended_at) if call.ending != Some(Ending::Unseen) && group.is_complete() => {
            let apart = (to - ended_at).abs();
            Some(nearness(apart, slack(group), APART_MS + slack(group)))
        }
        _ => Some(0.5),
    }
}

fn same_people(group: &Group, call: &Call) -> Option<f32> {
    let is_known = |extension: &str| {
        call.caller_extension.as_deref() == Some(extension)
            || call.events.iter().any(|event| {
                event.agent.as_deref() == Some(extension) || event.party.as_deref() == Some(extension)
            })
    };
    let anyone = call.caller_extension.is_some() || call.events.iter().any(|event| event.agent.is_some());
    let told = group
        .segments
        .iter()
        .flat_map(|segment| [segment.party1.extension(), segment.party2.extension()])
        .flatten();
    let (all, shared) = told
        .fold((0_u16, 0_u16), |(all, shared), extension| (all + 1, shared + u16::from(is_known(extension))));
    if all == 0 || !anyone {
        return Some(0.5);
    }
    (shared > 0).then(|| f32::from(shared) / f32::from(all))
}

fn lengths(group: &Group, call: &Call) -> Option<(f32, f32)> {
    let Some(ended_at) = call.ended_at else { return Some(LENGTH_UNKNOWN) };
    let figures = Figures::of(call, ended_at);
    if !call.start_known || call.ending == Some(Ending::Unseen) {
        let room = group.length_ms() + slack(group) - figures.total_ms;
        return (room >= 0 || !group.is_complete()).then_some(LENGTH_UNKNOWN);
    }
    let slack = slack(group);
    let apart = (group.length_ms() - figures.total_ms).abs();
    let talked: i64 = group.segments.iter().map(|segment| i64::from(segment.connected_seconds) * 1000).sum();
    if apart > LENGTH_APART_MS + figures.total_ms / 10 {
        return None;
    }
    let talk = nearness((talked - figures.talk_ms).abs(), slack, LENGTH_APART_MS);
    Some((nearness(apart, slack, LENGTH_APART_MS), talk))
}

/// Each record rounds each of its lengths up.
fn slack(group: &Group) -> i64 {
    EQUAL_MS + 1_000 * i64::try_from(group.segments.len()).unwrap_or(1)
}

/// 1 up to `equal`, falling to 0 at `apart`.
fn nearness(difference: i64, equal: i64, apart: i64) -> f32 {
    if difference <= equal {
        return 1.0;
    }
    (1.0 - (difference - equal) as f32 / (apart - equal) as f32).max(0.0)
}
