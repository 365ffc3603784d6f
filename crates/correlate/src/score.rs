//! How well the records of a call fit a call that DevLink3 told.

use crate::group::Group;
use crate::records::direction;
use model::figures::Figures;
use model::{Call, Direction};

/// Below this the two are different calls.
pub(crate) const THRESHOLD: f32 = 0.6;
/// A PBX clock that is set by hand is minutes off, or an hour after a change of clocks. Beyond this nothing is joined
/// by score.
pub(crate) const FARTHEST_MS: i64 = 2 * 3_600_000;

/// Whole seconds are rounded up, and a switch takes a moment to tell: this far off is as good as equal.
const EQUAL_MS: i64 = 2_500;
/// From here on the clocks disagree and time says nothing for the pair.
const APART_MS: i64 = 15_000;
/// Records that differ by more than this in length tell of another call.
const LENGTH_APART_MS: i64 = 20_000;
/// Digits that must agree at the end of two spellings of a number (+49 89 5550 1432, 08955501432).
const SAME_DIGITS: usize = 7;

/// 0 to 1, or `None` where the two contradict each other.
pub(crate) fn score(group: &Group, call: &Call) -> Option<f32> {
    let first = group.segments.first()?;
    if direction(first) != call.direction {
        return None;
    }
    let time = nearness((group.key.started_at - call.started_at).abs(), EQUAL_MS, APART_MS);
    let number = match call.direction {
        Direction::Inbound => same_number(&first.caller, call.external_number.as_deref())?,
        Direction::Outbound => same_number(&first.called, call.external_number.as_deref())
            .or_else(|| same_number(&first.dialled, call.dialed_number.as_deref()))?,
        Direction::Internal => same_number(&first.called, call.dialed_number.as_deref())?,
    };
    let person = same_people(group, call)?;
    let (length, talk) = lengths(group, call)?;
    // Without the clock's help everything else must agree.
    if time == 0.0 && (number < 1.0 || person < 1.0 || length < 0.7) {
        return None;
    }
    Some(0.3 * time + 0.3 * number + 0.2 * person + 0.1 * length + 0.1 * talk)
}

/// 1 for the same, 0.5 where one side does not say, `None` for different ones.
fn same_number(record: &str, known: Option<&str>) -> Option<f32> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (record, known) = (digits(record), digits(known.unwrap_or_default()));
    if record.is_empty() && known.is_empty() {
        return Some(0.7);
    }
    if record.is_empty() || known.is_empty() {
        return Some(0.4);
    }
    let shared = record.iter().rev().zip(known.iter().rev()).take_while(|(a, b)| a == b).count();
    (shared == record.len().min(known.len()) || shared >= SAME_DIGITS).then_some(1.0)
}

fn same_people(group: &Group, call: &Call) -> Option<f32> {
    let known: Vec<&str> = call
        .events
        .iter()
        .filter_map(|event| event.agent.as_deref())
        .chain(call.caller_extension.as_deref())
        .collect();
    let told: Vec<&str> = group
        .segments
        .iter()
        .flat_map(|segment| [segment.party1.extension(), segment.party2.extension()])
        .flatten()
        .collect();
    if known.is_empty() || told.is_empty() {
        return Some(0.5);
    }
    let shared = told.iter().filter(|extension| known.contains(extension)).count();
    (shared > 0).then(|| shared as f32 / told.len() as f32)
}

fn lengths(group: &Group, call: &Call) -> Option<(f32, f32)> {
    let Some(ended_at) = call.ended_at else { return Some((0.5, 0.5)) };
    if !call.start_known {
        return Some((0.5, 0.5));
    }
    let figures = Figures::of(call, ended_at);
    // Each record rounds each of its lengths up.
    let slack = EQUAL_MS + 1_000 * i64::try_from(group.segments.len()).unwrap_or(1);
    let apart = (group.length_ms() - figures.total_ms).abs();
    let talked: i64 = group.segments.iter().map(|segment| i64::from(segment.connected_seconds) * 1000).sum();
    if apart > LENGTH_APART_MS + figures.total_ms / 10 {
        return None;
    }
    let talk = nearness((talked - figures.talk_ms).abs(), slack, LENGTH_APART_MS);
    Some((nearness(apart, slack, LENGTH_APART_MS), talk))
}

/// 1 up to `equal`, falling to 0 at `apart`.
fn nearness(difference: i64, equal: i64, apart: i64) -> f32 {
    if difference <= equal {
        return 1.0;
    }
    (1.0 - (difference - equal) as f32 / (apart - equal) as f32).max(0.0)
}
