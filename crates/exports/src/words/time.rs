//! Lengths, times of day and days of the week in a sentence.

use super::list::any_of;
use crate::cell;
use model::report::Timing;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `None`: any length will do.
pub(super) fn lasting(timing: Timing, from: Option<u32>, to: Option<u32>) -> Option<String> {
    let length = |seconds: u32| cell::length(i64::from(seconds) * 1_000);
    let (from, to) = (from.filter(|from| *from > 0).map(length), to.map(length));
    let name = match timing {
        Timing::Total => {
            return match (from, to) {
                (Some(from), Some(to)) => Some(format!("{from} to {to} long")),
                (Some(from), None) => Some(format!("{from} or longer")),
                (None, Some(to)) => Some(format!("{to} or shorter")),
                (None, None) => None,
            };
        }
        Timing::Talk => "talk time",
        Timing::Ring => "ring time",
        Timing::Hold => "hold time",
        Timing::Queue => "queue time",
        Timing::Park => "park time",
        Timing::TransferHold => "transfer hold time",
        Timing::Wait => "caller wait",
        Timing::TimeToAnswer => "time to answer",
    };
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("{name} {from} to {to}")),
        (Some(from), None) => Some(format!("{name} {from} or more")),
        (None, Some(to)) => Some(format!("{name} {to} or less")),
        // Calls without an answer have no time to answer: asking for any still leaves them out.
        (None, None) if timing == Timing::TimeToAnswer => Some("with a time to answer".to_owned()),
        (None, None) => None,
    }
}

/// `8:00 to 17:00`; 1440 is `24:00`.
pub(super) fn time_of_day(from_minute: u16, to_minute: u16) -> String {
    let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    format!("{} to {}", clock(from_minute), clock(to_minute))
}

/// Three days or more in a row are a span. `None`: no day, or all of them.
pub(super) fn days(days: &[u8]) -> Option<String> {
    let mut days: Vec<usize> =
        days.iter().map(|day| usize::from(*day)).filter(|day| (1..=7).contains(day)).collect();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() || days.len() == DAYS.len() {
        return None;
    }
    let mut words = Vec::new();
    for run in days.chunk_by(|a, b| a + 1 == *b) {
        match run {
            [first, _, .., last] => words.push(format!("{} to {}", DAYS[first - 1], DAYS[last - 1])),
            few => words.extend(few.iter().map(|day| DAYS[day - 1].to_owned())),
        }
    }
    Some(any_of(&words))
}
