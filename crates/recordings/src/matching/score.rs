//! How well a recording fits a call.

use super::{Heard, StartedBy};
use crate::naming::Towards;
use model::{At, Call, Direction, EventKind};

/// Recorders write whole seconds, and start a moment after the answer: this far off is as good as equal.
const EQUAL_MS: i64 = 2_500;
/// From here on time says nothing for the pair.
pub(super) const APART_MS: i64 = 20_000;
/// The time of a file is when it was closed, or copied: this much is allowed more.
const FILE_TIME_MS: i64 = 60_000;
/// A recording that ends so far from where anything ended is another's.
const END_APART_MS: i64 = 30_000;
/// Digits that must agree at the end of two spellings of a number.
const SAME_DIGITS: usize = 7;

/// How well, and why.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fit {
    pub(super) score: f32,
    pub(super) reasons: Vec<String>,
}

/// A call as far as recordings go.
pub(super) struct Seen<'a> {
    pub(super) call: &'a Call,
    pub(super) from: At,
    pub(super) to: At,
    stretches: Vec<Stretch<'a>>,
}

/// Somebody of the office had the call, held times included.
struct Stretch<'a> {
    extension: Option<&'a str>,
    from: At,
    to: At,
    held_ms: i64,
}

impl<'a> Seen<'a> {
    pub(super) fn of(call: &'a Call, now: At) -> Self {
        let to = call.ended_at.unwrap_or(now);
        Self { call, from: call.started_at, to, stretches: stretches(call, to) }
    }

    pub(super) fn has_id(&self, id: u64) -> bool {
        self.call.basis.records.iter().any(|record| record.call_id == id)
            || self.call.basis.legs.iter().any(|leg| u64::from(leg.call) == id)
    }

    /// Milliseconds of the recording within the call; `None` when it is not within it at all.
    pub(super) fn overlap(&self, heard: &Heard, ahead_ms: i64) -> Option<i64> {
        let slack = slack(heard);
        let from = heard.started_at.plus_ms(-ahead_ms);
        let to = from.plus_ms(heard.length_ms);
        let shared = to.min(self.to.plus_ms(slack)) - from.max(self.from.plus_ms(-slack));
        (shared > 0 || heard.length_ms == 0 && shared == 0).then_some(shared.min(heard.length_ms))
    }

    pub(super) fn talks(&self, extension: &str) -> bool {
        self.stretches.iter().any(|stretch| stretch.extension == Some(extension))
    }

    /// When an extension first took the call, and how long it had it without holding.
    pub(super) fn first_talk_of(&self, extension: &str) -> Option<(At, i64)> {
        let stretch = self.stretches.iter().find(|stretch| stretch.extension == Some(extension))?;
        Some((stretch.from, (stretch.to - stretch.from) - stretch.held_ms))
    }

    fn knows_people(&self) -> bool {
        self.stretches.iter().any(|stretch| stretch.extension.is_some())
    }
}

/// Main events follow each other: talking and holding of one extension in a row are one stretch. The other side of an
/// internal call has a stretch of its own over the same time.
fn stretches(call: &Call, end: At) -> Vec<Stretch<'_>> {
    let mut all: Vec<Stretch<'_>> = Vec::new();
    for event in &call.events {
        let to = event.ended_at.unwrap_or(end);
        let length = to - event.started_at;
        match event.kind {
            EventKind::Talking | EventKind::Conference | EventKind::Voicemail => {
                let agent = event.agent.as_deref();
                extend(&mut all, agent, event.started_at, to);
                let caller = match call.direction {
                    Direction::Internal => call.caller_extension.as_deref(),
                    Direction::Inbound | Direction::Outbound => None,
                };
                let other = event.party.as_deref().or(caller);
                if other.is_some() && other != agent && event.kind != EventKind::Voicemail {
                    extend(&mut all, other, event.started_at, to);
                }
            }
            EventKind::Hold | EventKind::TransferHold | EventKind::Park => {
                for stretch in all.iter_mut().filter(|stretch| stretch.to == event.started_at) {
                    stretch.to = to;
                    stretch.held_ms += length;
                }
            }
            EventKind::AutoAttendant
            | EventKind::Queue
            | EventKind::Ringing
            | EventKind::Dialing
            | EventKind::Transfer
            | EventKind::Overflow
            | EventKind::Busy
            | EventKind::Listen
            | EventKind::Callback => {}
        }
    }
    all
}

fn extend<'a>(all: &mut Vec<Stretch<'a>>, extension: Option<&'a str>, from: At, to: At) {
    match all.iter_mut().rev().find(|known| known.extension == extension && known.to == from) {
        Some(known) => known.to = to,
        None => all.push(Stretch { extension, from, to, held_ms: 0 }),
    }
}

/// 0 to 1, or `None` where the two contradict each other. `ahead_ms` is how much the recorder's clock is ahead.
pub(super) fn fit(heard: &Heard, seen: &Seen<'_>, ahead_ms: i64) -> Option<Fit> {
    if heard.site != seen.call.site || seen.stretches.is_empty() {
        return None;
    }
    let mut reasons = Vec::new();
    let overlap = seen.overlap(heard, ahead_ms)?;
    // Most of what is heard must have been spoken during the call.
    if overlap * 10 < heard.length_ms * 8 {
        return None;
    }
    let person = person(heard, seen, &mut reasons)?;
    let number = number(heard, seen.call, &mut reasons)?;
    let (time, length) = span(heard, seen, ahead_ms, &mut reasons);
    let group = group(heard, seen.call, &mut reasons);
    let towards = towards(heard, seen.call);
    let score = 0.3 * time + 0.25 * person + 0.25 * number + 0.2 * length;
    Some(Fit { score: (score * group * towards).clamp(0.0, 1.0), reasons })
}

fn person(heard: &Heard, seen: &Seen<'_>, reasons: &mut Vec<String>) -> Option<f32> {
    let Some(extension) = heard.extension.as_deref() else { return Some(0.6) };
    if seen.talks(extension) {
        reasons.push(format!("Extension {extension} talked on the call."));
        return Some(1.0);
    }
    // A source that does not say who talked does not contradict.
    (!seen.knows_people()).then_some(0.5)
}

fn number(heard: &Heard, call: &Call, reasons: &mut Vec<String>) -> Option<f32> {
    let Some(said) = heard.number.as_deref().filter(|said| digits(said).next().is_some()) else {
        return Some(0.6);
    };
    let outside = [&call.external_number, &call.external_e164].into_iter().flatten();
    let inside = [&call.dialed_number, &call.caller_extension].into_iter().flatten();
    let agents = call.events.iter().flat_map(|event| [&event.agent, &event.party, &event.group]).flatten();
    if outside.clone().any(|known| same(said, known)) {
        reasons.push("Its number is the call's.".to_owned());
        return Some(1.0);
    }
    if inside.chain(agents).any(|known| same(said, known)) {
        reasons.push(format!("{said} had part in the call."));
        return Some(0.8);
    }
    // A withheld number contradicts nothing.
    (outside.count() == 0).then_some(0.4)
}

/// How near it begins to where somebody took the call, and how near it ends to where something ended.
fn span(heard: &Heard, seen: &Seen<'_>, ahead_ms: i64, reasons: &mut Vec<String>) -> (f32, f32) {
    let extension = heard.extension.as_deref().filter(|extension| seen.talks(extension));
    let own =
        || seen.stretches.iter().filter(move |stretch| extension.is_none() || stretch.extension == extension);
    let from = heard.started_at.plus_ms(-ahead_ms);
    let to = from.plus_ms(heard.length_ms);
    let slack = slack(heard);
    let begin = own().map(|stretch| (from - stretch.from).abs()).min().unwrap_or(APART_MS);
    let within = own().any(|stretch| from >= stretch.from.plus_ms(-EQUAL_MS) && from <= stretch.to);
    let time = nearness(begin, EQUAL_MS + slack, APART_MS + slack);
    if time == 1.0 {
        reasons.push("It begins where the talking begins.".to_owned());
    } else if within {
        reasons.push("It begins while they talk.".to_owned());
    }
    // A recording started by hand begins in the middle.
    let time = if within { time.max(0.5) } else { time };
    let length = own()
        .flat_map(|stretch| {
            let talked = (stretch.to - stretch.from) - stretch.held_ms;
            // Holding pauses most recorders and not others; a group's ends with the group, a route's with the call.
            [
                (to - stretch.to).abs(),
                (heard.length_ms - talked).abs(),
                (to.plus_ms(stretch.held_ms) - stretch.to).abs(),
                (to - seen.to).abs(),
            ]
        })
        .min()
        .unwrap_or(END_APART_MS);
    let length = nearness(length, EQUAL_MS, END_APART_MS);
    if length == 1.0 {
        reasons.push("It is as long as the talking.".to_owned());
    }
    (time, length)
}

fn group(heard: &Heard, call: &Call, reasons: &mut Vec<String>) -> f32 {
    let Some(group) = heard.group.as_deref() else { return 1.0 };
    let mut groups = call.events.iter().filter_map(|event| event.group.as_deref()).peekable();
    if groups.peek().is_none() {
        return 0.95;
    }
    if groups.any(|known| known.eq_ignore_ascii_case(group)) {
        reasons.push(format!("The call was in group {group}."));
        return 1.0;
    }
    0.8
}

fn towards(heard: &Heard, call: &Call) -> f32 {
    let agrees = match heard.towards {
        None => return 1.0,
        Some(Towards::Inbound) => call.direction == Direction::Inbound,
        Some(Towards::Outbound) => call.direction == Direction::Outbound,
        Some(Towards::Internal) => call.direction == Direction::Internal,
    };
    // After a transfer within the office, recorders tell of an internal call.
    if agrees { 1.0 } else { 0.9 }
}

fn slack(heard: &Heard) -> i64 {
    match heard.started_by {
        StartedBy::Name | StartedBy::SideFile => EQUAL_MS,
        StartedBy::FileTime => FILE_TIME_MS,
    }
}

pub(super) fn same(a: &str, b: &str) -> bool {
    let shared = digits(a).zip(digits(b)).take_while(|(a, b)| a == b).count();
    let shortest = digits(a).count().min(digits(b).count());
    shortest > 0 && shared >= shortest.min(SAME_DIGITS)
}

/// From the end.
fn digits(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().rev().filter(u8::is_ascii_digit)
}

/// 1 up to `equal`, falling to 0 at `apart`.
fn nearness(difference: i64, equal: i64, apart: i64) -> f32 {
    if difference <= equal {
        return 1.0;
    }
    (1.0 - (difference - equal) as f32 / (apart - equal) as f32).max(0.0)
}
