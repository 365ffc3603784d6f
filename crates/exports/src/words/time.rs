//! Lengths, times of day and days of the week in a sentence.

use super::list::any_of;
use crate::cell;
use model::report::Timing;
use words::Language;

/// `None`: any length will do.
pub(super) fn lasting(
    timing: Timing,
    from: Option<u32>,
    to: Option<u32>,
    language: Language,
) -> Option<String> {
    let length = |seconds: u32| cell::length(i64::from(seconds) * 1_000);
    let (from, to) = (from.filter(|from| *from > 0).map(length), to.map(length));
    let name = match timing {
        Timing::Total => return total(from, to, language),
        Timing::Talk => language.say("talk time"),
        Timing::Ring => language.say("ring time"),
        Timing::Hold => language.say("hold time"),
        Timing::Queue => language.say("queue time"),
        Timing::Park => language.say("park time"),
        Timing::TransferHold => language.say("transfer hold time"),
        Timing::Wait => language.say("caller wait"),
        Timing::TimeToAnswer => language.say("time to answer"),
    };
    match (from, to) {
        (Some(from), Some(to)) => {
            let both: &[(&str, &str)] = &[("time", name), ("from", &from), ("to", &to)];
            Some(language.fill("{time} {from} to {to}", both))
        }
        (Some(from), None) => {
            Some(language.fill("{time} {from} or more", &[("time", name), ("from", &from)]))
        }
        (None, Some(to)) => Some(language.fill("{time} {to} or less", &[("time", name), ("to", &to)])),
        // Calls without an answer have no time to answer: asking for any still leaves them out.
        (None, None) if timing == Timing::TimeToAnswer => {
            Some(language.say("with a time to answer").to_owned())
        }
        (None, None) => None,
    }
}

fn total(from: Option<String>, to: Option<String>, language: Language) -> Option<String> {
    match (from, to) {
        (Some(from), Some(to)) => Some(language.fill("{from} to {to} long", &[("from", &from), ("to", &to)])),
        (Some(from), None) => Some(language.fill("{from} or longer", &[("from", &from)])),
        (None, Some(to)) => Some(language.fill("{to} or shorter", &[("to", &to)])),
        (None, None) => None,
    }
}

/// `8:00 to 17:00`; 1440 is `24:00`.
pub(super) fn time_of_day(from_minute: u16, to_minute: u16, language: Language) -> String {
    let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    span(&clock(from_minute), &clock(to_minute), language)
}

fn span(first: &str, last: &str, language: Language) -> String {
    language.fill("{first} to {last}", &[("first", first), ("last", last)])
}

fn day_names(language: Language) -> [&'static str; 7] {
    [
        language.say("Monday"),
        language.say("Tuesday"),
        language.say("Wednesday"),
        language.say("Thursday"),
        language.say("Friday"),
        language.say("Saturday"),
        language.say("Sunday"),
    ]
}

/// Three days or more in a row are a span. `None`: no day, or all of them.
pub(super) fn days(days: &[u8], language: Language) -> Option<String> {
    let names = day_names(language);
    let mut days: Vec<usize> =
        days.iter().map(|day| usize::from(*day)).filter(|day| (1..=7).contains(day)).collect();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() || days.len() == names.len() {
        return None;
    }
    let mut words = Vec::new();
    for run in days.chunk_by(|a, b| a + 1 == *b) {
        match run {
            [first, _, .., last] => words.push(span(names[first - 1], names[last - 1], language)),
            few => words.extend(few.iter().map(|day| names[day - 1].to_owned())),
        }
    }
    Some(any_of(&words, language))
}
