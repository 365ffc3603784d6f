//! When and where a schedule sends, in words.

use crate::state::schedule_draft::time_text;
use crate::words::{fill, say};
use contract::reports::{Destination, Every};

pub fn every_words(every: Every) -> String {
    match every {
        Every::Hour { minute: 0 } => say("Every full hour").to_owned(),
        Every::Hour { minute } => {
            fill("Every hour, {minute} minutes past", &[("minute", &minute.to_string())])
        }
        Every::Day { minute_of_day } => at(say("Every day at {time}"), minute_of_day),
        Every::Workday { minute_of_day } => at(say("Monday to Friday at {time}"), minute_of_day),
        Every::Week { day, minute_of_day } => {
            let words = match day {
                1 => say("Every Monday at {time}"),
                2 => say("Every Tuesday at {time}"),
                3 => say("Every Wednesday at {time}"),
                4 => say("Every Thursday at {time}"),
                5 => say("Every Friday at {time}"),
                6 => say("Every Saturday at {time}"),
                7 => say("Every Sunday at {time}"),
                _ => say("Every week at {time}"),
            };
            at(words, minute_of_day)
        }
        Every::Month { day: 31, minute_of_day } => {
            at(say("On the last day of every month at {time}"), minute_of_day)
        }
        Every::Month { day, minute_of_day } => fill(
            "On day {day} of every month at {time}",
            &[("day", &day.to_string()), ("time", &time_text(minute_of_day))],
        ),
    }
}

fn at(words: &str, minute_of_day: u16) -> String {
    words.replace("{time}", &time_text(minute_of_day))
}

pub fn to_words(to: &Destination) -> String {
    match to {
        Destination::Folder { folder } => fill("to the folder {folder}", &[("folder", folder)]),
        Destination::Mail { to, subject: _ } => match to.as_slice() {
            [only] => fill("by mail to {who}", &[("who", only)]),
            [first, rest @ ..] => fill(
                "by mail to {who} and {count} more",
                &[("who", first), ("count", &rest.len().to_string())],
            ),
            [] => say("by mail").to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        for (every, words) in [
            (Every::Hour { minute: 0 }, "Every full hour"),
            (Every::Workday { minute_of_day: 450 }, "Monday to Friday at 07:30"),
            (Every::Week { day: 5, minute_of_day: 1_020 }, "Every Friday at 17:00"),
            (Every::Month { day: 31, minute_of_day: 420 }, "On the last day of every month at 07:00"),
        ] {
            assert_eq!(every_words(every), words, "{every:?}");
        }
    }

    #[test]
    fn many_addresses_are_counted() {
        let to = ["a@example.com", "b@example.com", "c@example.com"].map(str::to_owned).to_vec();
        let words = to_words(&Destination::Mail { to, subject: String::new() });
        assert_eq!(words, "by mail to a@example.com and 2 more", "the first stands for them");
    }
}
